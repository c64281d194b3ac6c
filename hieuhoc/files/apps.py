from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.files"
    label = "files"
    verbose_name = "Tệp"
