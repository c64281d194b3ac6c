from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"
