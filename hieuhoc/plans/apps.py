from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.plans"
    label = "plans"
    verbose_name = "Kế hoạch"
