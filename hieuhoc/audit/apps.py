from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.audit"
    label = "audit"
    verbose_name = "Nhật ký"
