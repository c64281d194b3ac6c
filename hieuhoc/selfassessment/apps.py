from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.selfassessment"
    label = "selfassessment"
    verbose_name = "Tự chấm"
