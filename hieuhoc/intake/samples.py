"""Sample workbooks: an empty roster of each kind, a score sheet of each model with its registered subjects filled in.

Headings are those the engine knows best, so a sample that was filled in is read without a correction. Codes, telephones
and citizen numbers are text columns: a zero in front is not lost. Text is written as text; what would run as a formula
gets an apostrophe in front.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.timezone import localdate

from hieuhoc.common.numbers import vn_number
from hieuhoc.dossiers import queries as dossiers
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.intake import places, wording
from hieuhoc.registry.models import Model, Subject
from hieuhoc.registry.wording import TABS
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.models import Round
from hieuhoc.scoring import Indicator
from hieuhoc.sheets import rosters
from hieuhoc.sheets.export import neutral, sheet_name

ROSTERS = [one for one in wording.KINDS if one[0] in rosters.ROSTERS]
AS_TEXT = ("code", "phone", "cccd", "date")
NOT_ASKED = ("birth_date_male", "birth_date_female", "sex_male", "sex_female", "share_percent", "clan")
EMPTY_ROWS = 500
CHOICES = {"sex": ["Nam", "Nữ"], "yes_no": ["x"], "group": ["1", "2", "3", "4"]}
HINTS = {
    "registered": "Ghi x nếu đã tự nguyện đăng ký; để trống nếu chưa.",
    "group": "1: người dân; 2: người lao động; 3: cán bộ, công chức, viên chức, doanh nhân; 4: học sinh, sinh viên.",
    "birth_date": "Ghi ngày/tháng/năm, hoặc chỉ năm.",
    "cccd": "Không bắt buộc. Đủ 12 chữ số.",
}
SCORE_HINT = "Để trống: chưa chấm. KAD hoặc -: không áp dụng."
WIDTHS = {"name": 28, "village": 18, "text": 26, "cccd": 16, "phone": 14, "score": 14}


@dataclass(frozen=True)
class Heading:
    """One column of a sample: its heading, how wide, whether text, what may be chosen, a hint."""

    text: str
    width: int = 12
    as_text: bool = False
    choices: Sequence[str] = ()
    hint: str = ""


def roster(kind: str, commune_id: int) -> tuple[str, bytes]:
    """The title and workbook of an empty roster, the villages of the commune to choose from."""
    sheet = rosters.ROSTERS[kind]
    villages = list(places.villages_of(commune_id, localdate()))
    asked = [column for column in sheet.columns if column.key not in NOT_ASKED]
    headings = [
        Heading(
            column.label,
            WIDTHS.get(column.kind, 12),
            column.kind in AS_TEXT,
            villages if column.kind == "village" else CHOICES.get(column.kind, ()),
            HINTS.get(column.key, ""),
        )
        for column in asked
    ]
    return sheet.title, _workbook(sheet.title, [], headings, [()] * EMPTY_ROWS)


def in_sentence(model: str) -> str:
    """The title inside a sentence: "gia đình học tập"."""
    label = str(Model(model).label)
    return label[:1].lower() + label[1:]


def score_sheets(round_: Round | None) -> list[tuple[str, str]]:
    """(model, words) of the models of a round whose set has indicators that are typed."""
    if round_ is None:
        return []
    pinned = round_.models.select_related("version").filter(version__indicators__isnull=False).distinct()
    having = {one.model for one in pinned}
    return [(str(model), in_sentence(model)) for model in TABS if model in having]


def scores(round_: Round, model: str) -> tuple[str, bytes]:
    """The title and workbook of a model's score sheet, one row for each registered subject that is still open."""
    criteria = rounds.criteria_of(round_.pk, model)
    title = f"Bảng chấm điểm {in_sentence(model)} năm {round_.year}"
    identity = _identity(model)
    typed = [one for one in criteria.indicators if one.derived is None]
    headings = [heading for heading, _ in identity] + [_scored(one) for one in typed]
    names = {unit: name for name, unit in places.villages_of(round_.place_id, localdate()).items()}
    rows = ([tell(one.subject, names) for _, tell in identity] for one in _registered(round_, model))
    notes = [f"Theo: {criteria.title}", *filter(None, [criteria.notice]), SCORE_HINT]
    return title, _workbook(title, notes, headings, rows)


def _registered(round_: Round, model: str) -> Iterable[Dossier]:
    done = [State.WITHDRAWN, State.PROPOSED, State.RECOGNISED, State.NOT_RECOGNISED]
    return dossiers.of_round(round_.pk, model).exclude(state__in=done).iterator(chunk_size=2000)


def _scored(one: Indicator) -> Heading:
    """An indicator as a heading: key, label, and its most points or how it is answered."""
    kinds = {"yes_no": " (có/không)", "share": " (%)"}
    most = f" (tối đa {vn_number(one.points)})" if one.points is not None else kinds.get(one.kind, "")
    return Heading(f"{one.key} {one.label}{most}", WIDTHS["score"])


def _identity(model: str) -> list[tuple[Heading, Any]]:
    """The columns that say whose row it is, and how each is told from a subject."""
    village = (Heading("Thôn/làng", 18), lambda one, names: names.get(one.place_id, ""))
    name = {Model.FAMILY: "Họ và tên chủ hộ", Model.CLAN: "Tên dòng họ", Model.ORGANISATION: "Tên cơ quan, đơn vị"}
    named = (Heading(name.get(Model(model), "Họ và tên"), 28), lambda one, names: one.name)
    code = (Heading("Mã hộ", 12, as_text=True), lambda one, names: one.code)
    born = (Heading("Ngày sinh", 12, as_text=True), lambda one, names: _birth(one))
    return {
        Model.FAMILY: [village, code, named],
        Model.CLAN: [village, named],
        Model.COMMUNITY: [(Heading("Thôn/làng", 28), lambda one, names: one.name)],
        Model.ORGANISATION: [named],
        Model.CITIZEN: [village, named, born],
    }[Model(model)]


def _birth(one: Subject) -> str:
    return wording.value("birth_date", one.details.get("birth_date") or "")


def _workbook(title: str, notes: Sequence[str], headings: Sequence[Heading], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet: the title, notes, numbered headings that stay in sight, the rows."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet_name("Danh sách"))
        looks = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "note": book.add_format({"italic": True}),
            "head": book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#DFE9F5",
                                     "valign": "vcenter"}),
            "text": book.add_format({"num_format": "@"}),
        }  # fmt: skip
        page.write_string(0, 0, title.upper(), looks["title"])
        for at, note in enumerate(notes, 1):
            page.write_string(at, 0, note, looks["note"])
        top = len(notes) + 2
        page.write_string(top, 0, "STT", looks["head"])
        page.set_column(0, 0, 6)
        last = _rows(page, top + 1, rows)
        for place, heading in enumerate(headings, 1):
            _column(page, top, last, place, heading, looks)
        page.freeze_panes(top + 1, 3)
    return made.getvalue()


def _rows(page: Any, first: int, rows: Iterable[Sequence[Any]]) -> int:
    """Write the rows that are known, numbered; return the last row that may be filled in."""
    at = first
    for at, row in enumerate(rows, first):
        if row:
            page.write_number(at, 0, at - first + 1)
        for place, value in enumerate(row, 1):
            if value:
                page.write_string(at, place, neutral(str(value)))
    return max(at, first)


def _column(page: Any, top: int, last: int, place: int, heading: Heading, looks: dict[str, Any]) -> None:
    page.write_string(top, place, heading.text, looks["head"])
    page.set_column(place, place, heading.width, looks["text"] if heading.as_text else None)
    if heading.hint:
        page.write_comment(top, place, heading.hint)
    if heading.choices and sum(map(len, heading.choices)) + len(heading.choices) < 250:
        rule = {"validate": "list", "source": list(heading.choices), "error_type": "warning"}
        page.data_validation(top + 1, place, last, place, rule)
