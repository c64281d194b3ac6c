from django.apps import AppConfig


class Config(AppConfig):
    name = "hieuhoc.intake"
    label = "intake"
    verbose_name = "Nhập từ bảng tính"

    def ready(self) -> None:
        from hieuhoc.intake import jobs  # noqa: F401  (registers the long work)
