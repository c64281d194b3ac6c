from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.recognition"
    label = "recognition"
    verbose_name = "Công nhận"
