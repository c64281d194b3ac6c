"""Lists as workbooks: what a page lists, with its filters, to be read and printed in Excel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from hieuhoc.files.delivery import attachment
from hieuhoc.registry import wording
from hieuhoc.registry.models import Model, Subject
from hieuhoc.sheets.export import Page, workbook


def subjects_workbook(
    model: str, found: Iterable[Subject], places: Mapping[int, str], states: Mapping[UUID, Any], round_: Any
) -> HttpResponse:
    """The list of one model, a row a subject; citizen numbers and telephones stay out."""
    fields = wording.FIELDS[model]
    code = [wording.CODE[Model(model)]] if model in wording.CODE else []
    year = [f"Hồ sơ năm {round_.year}"] if round_ else []
    headings = ["STT", wording.NAMES[Model(model)], *code, "Thôn/làng", *(field.label for field in fields), *year]
    rows = []
    for number, one in enumerate(found, start=1):
        details = [_cell(field.key, one.details.get(field.key)) for field in fields]
        row = [number, one.name, *([one.code] if code else []), places.get(one.place_id, ""), *details]
        state = states.get(one.pk)
        rows.append(row + ([state.get_state_display() if state else "Chưa đăng ký"] if year else []))
    return answer(f"Danh sách {wording.TABS[Model(model)].lower()}", headings, rows)


def _cell(key: str, value: Any) -> Any:
    return value if isinstance(value, int | float) and key != "group" else wording.shown(key, value)


def answer(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A workbook of one table as a download named after its title."""
    return attachment(workbook([Page(title, headings, rows)]), f"{title}.xlsx")
