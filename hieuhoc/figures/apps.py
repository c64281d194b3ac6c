from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.figures"
    label = "figures"
    verbose_name = "Số liệu"

    def ready(self) -> None:
        from hieuhoc.figures import running  # noqa: F401  (registers what the worker does from time to time)
