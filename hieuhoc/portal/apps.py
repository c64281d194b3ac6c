from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.portal"
    label = "portal"
    verbose_name = "Cổng công khai"
