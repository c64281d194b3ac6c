from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.web"
    label = "web"
    verbose_name = "Trang"
