from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.sheets"
    label = "sheets"
    verbose_name = "Bảng tính"
