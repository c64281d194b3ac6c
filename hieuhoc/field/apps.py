from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.field"
    label = "field"
    verbose_name = "Thực địa"

    def ready(self) -> None:
        from hieuhoc.field import leftover  # noqa: F401  (registers what the worker does from time to time)
