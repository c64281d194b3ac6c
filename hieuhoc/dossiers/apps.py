from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.dossiers"
    label = "dossiers"
    verbose_name = "Hồ sơ"
