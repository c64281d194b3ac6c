from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.registry"
    label = "registry"
    verbose_name = "Sổ đăng ký"
