from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.jobs"
    label = "jobs"
    verbose_name = "Việc chạy lâu"
