"""A criteria set typed in Excel: its rows become criteria and indicators, or a list of problems by row.

The columns are those of the export; headings are found by their words, wherever the table begins. Conditions
and derivations have no column: an indicator that is there already keeps its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hieuhoc.common.numbers import parse_number
from hieuhoc.common.text import fold, nfc
from hieuhoc.criteria.models import Kind

HEADINGS = {
    "group": "Mã tiêu chí",
    "group_label": "Tiêu chí",
    "key": "Mã chỉ số",
    "label": "Chỉ số",
    "kind": "Loại",
    "points": "Điểm tối đa",
    "floor": "Điểm sàn",
    "mark_1": "Ngưỡng mức độ 1",
    "mark_2": "Ngưỡng mức độ 2",
    "hard_1": "Ngưỡng mức độ 1 vùng khó khăn",
    "hard_2": "Ngưỡng mức độ 2 vùng khó khăn",
    "note": "Ghi chú",
}
_ALSO = {
    "ten tieu chi": "group_label",
    "ma": "key",
    "ten chi so": "label",
    "noi dung": "label",
    "noi dung chi so": "label",
    "loai chi so": "kind",
    "diem chuan": "points",
    "diem": "points",
    "diem liet": "floor",
    "nguong": "mark_1",
    "muc do 1": "mark_1",
    "muc do 2": "mark_2",
}
_KINDS = {
    "co/khong": Kind.YES_NO,
    "co khong": Kind.YES_NO,
    "co": Kind.YES_NO,
    "diem": Kind.SCORE,
    "cham diem": Kind.SCORE,
    "ty le": Kind.SHARE,
    "ti le": Kind.SHARE,
    "so": Kind.NUMBER,
    "so luong": Kind.NUMBER,
    "muc": Kind.LEVEL,
    "muc dat duoc": Kind.LEVEL,
    "thay doi": Kind.CHANGE,
    "thay doi so voi nam truoc": Kind.CHANGE,
}
_NUMBERS = ("points", "floor", "mark_1", "mark_2", "hard_1", "hard_2")
_SUMS = ("tong", "cong")
_LOOK_FOR_HEADER = 60


@dataclass(frozen=True)
class RowProblem:
    """One problem of the table: the row as a spreadsheet shows it, and the sentence."""

    row: int
    message: str


@dataclass(frozen=True)
class Read:
    """What a workbook holds: criteria with their indicators in the written shape, and every problem."""

    groups: list[dict[str, Any]]
    problems: list[RowProblem]


def read_grids(grids: Sequence[Sequence[Sequence[Any]]]) -> Read:
    """The first table of indicators in the sheets of a workbook."""
    for rows in grids:
        found = _header(rows)
        if found:
            return _read(rows, *found)
    needed = f"“{HEADINGS['key']}” và “{HEADINGS['label']}”"
    return Read([], [RowProblem(1, f"Không tìm thấy dòng tiêu đề có các cột {needed}.")])


def _header(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]] | None:
    """The row of headings and the column of each known one."""
    words = {fold(heading): name for name, heading in HEADINGS.items()} | _ALSO
    for at, row in enumerate(rows[:_LOOK_FOR_HEADER]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            name = words.get(fold(str(cell)).strip()) if cell != "" else None
            if name:
                columns.setdefault(name, column)
        if {"key", "label"} <= columns.keys():
            return at, columns
    return None


def _read(rows: Sequence[Sequence[Any]], header: int, columns: dict[str, int]) -> Read:
    groups: dict[str, dict[str, Any]] = {}
    problems: list[RowProblem] = []
    seen: dict[str, int] = {}
    group = ("", "")
    for at, row in enumerate(rows[header + 1 :], start=header + 2):
        cells = {name: row[column] if column < len(row) else "" for name, column in columns.items()}
        group = _group(cells, group)
        if not _text(cells, "key"):
            problems += _without_key(cells, at)
            continue
        found, wrong = _indicator(cells, at)
        if found["key"] in seen:
            wrong.append(RowProblem(at, f"Mã chỉ số {found['key']} đã có ở dòng {seen[found['key']]}."))
        seen.setdefault(found["key"], at)
        problems += wrong
        key = group[0] or "1"
        groups.setdefault(key, {"key": key, "label": group[1] or f"Tiêu chí {key}", "indicators": []})
        groups[key]["indicators"].append(found)
    if not seen and not problems:
        problems.append(RowProblem(header + 1, "Dưới dòng tiêu đề không có chỉ số nào."))
    return Read(list(groups.values()), problems)


def _group(cells: dict[str, Any], last: tuple[str, str]) -> tuple[str, str]:
    """The criterion of a row: written on it, or the one above (a merged cell shows only its first row)."""
    key, label = _text(cells, "group"), _text(cells, "group_label")
    if not key:
        return (last[0], label or last[1])
    return (key, label or (last[1] if key == last[0] else ""))


def _without_key(cells: dict[str, Any], at: int) -> list[RowProblem]:
    label = _text(cells, "label")
    if not label or fold(label).startswith(_SUMS):
        return []
    return [RowProblem(at, f"Chỉ số “{label[:60]}” chưa có mã.")]


def _indicator(cells: dict[str, Any], at: int) -> tuple[dict[str, Any], list[RowProblem]]:
    """The written shape of one indicator, and what is wrong with its row."""
    numbers, problems = {}, []
    for name in _NUMBERS:
        value = _number(cells.get(name, ""))
        if value is not None and (isinstance(value, str) or value < 0):
            problems.append(RowProblem(at, f"Cột “{HEADINGS[name]}”: “{cells[name]}” không phải là số dùng được."))
            value = None
        numbers[name] = value
    key, label = _text(cells, "key"), _text(cells, "label")
    if not label:
        problems.append(RowProblem(at, f"Chỉ số {key} chưa có tên."))
    kind = _kind(_text(cells, "kind"), numbers["points"])
    if kind is None:
        problems.append(RowProblem(at, f"Loại “{_text(cells, 'kind')}” không có; dùng: {', '.join(Kind.labels)}."))
    found = {"key": key, "label": label, "kind": kind, "points": numbers["points"], "floor": numbers["floor"]}
    return found | {"marks": _marks(numbers), "note": _text(cells, "note")}, problems


def _kind(text: str, points: Decimal | None) -> str | None:
    """The kind named; where none is, a score if there are points, else yes or no."""
    if not text:
        return Kind.YES_NO if points is None else Kind.SCORE
    return text if text in Kind.values else _KINDS.get(fold(text))


def _marks(numbers: dict[str, Any]) -> dict[str, list[Decimal]] | None:
    areas = {"general": ("mark_1", "mark_2"), "hard": ("hard_1", "hard_2")}
    marks = {area: [numbers[n] for n in names if numbers[n] is not None] for area, names in areas.items()}
    return {area: asked for area, asked in marks.items() if asked} or None


def _number(cell: Any) -> Decimal | str | None:
    """A number, None for an empty cell, the text itself where it is no number."""
    if isinstance(cell, float | int):
        return Decimal(repr(cell)).normalize() if cell % 1 else Decimal(int(cell))
    text = nfc(str(cell)).removesuffix("%").strip()
    if not text:
        return None
    found = parse_number(text)
    return text if found is None else found


def _text(cells: dict[str, Any], name: str) -> str:
    cell = cells.get(name, "")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return nfc(str(cell))
