from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.config"
    label = "config"
    verbose_name = "Cài đặt"
