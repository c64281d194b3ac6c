from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.criteria"
    label = "criteria"
    verbose_name = "Bộ tiêu chí"
