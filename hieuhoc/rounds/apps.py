from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.rounds"
    label = "rounds"
    verbose_name = "Đợt xét"
