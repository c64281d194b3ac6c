"""``hieuhoc data_model``: the tables as a page, read from the models; ``docs/data-model.md`` is what it prints."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models

ORDER = (
    *("places", "accounts", "registry", "criteria", "plans", "rounds", "dossiers", "recognition", "figures"),
    "selfassessment",
    *("sheets", "files", "jobs", "audit"),
)  # by floor, the tools last


class Command(BaseCommand):
    help = "In mô tả các bảng dữ liệu (Markdown)."
    requires_system_checks = []

    def handle(self, **options) -> None:
        self.stdout.write("\n".join(page()))


def page() -> Iterator[str]:
    """The lines of the page."""
    yield "# Data model"
    yield ""
    yield "Printed by `hieuhoc data_model`; a test says when it is out of date. → is a foreign key, ? may be empty."
    for label in ORDER:
        config = apps.get_app_config(label)
        yield from ("", f"## {label}", "")
        yield " ".join(inspect.getdoc(config.models_module).split("\n\n")[0].split())
        for model in config.get_models():
            yield from table(model)


def table(model: type[models.Model]) -> Iterator[str]:
    """One table: what it is, its columns, its constraints."""
    doc = inspect.getdoc(model) or ""
    yield from ("", f"**{model.__name__}** — {' '.join(doc.split())}", "")
    yield ", ".join(column(field) for field in model._meta.concrete_fields)
    names = [constraint.name for constraint in model._meta.constraints]
    if names:
        yield f"<br>constraints: {', '.join(f'`{name}`' for name in names)}"


def column(field: models.Field) -> str:
    """A column with its target and whether it may be empty."""
    target = f" → {field.related_model.__name__}" if field.is_relation else ""
    return f"`{field.name}`{target}{'?' if field.null else ''}"
