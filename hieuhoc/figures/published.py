"""Published figures read from a table (.csv, .xlsx, .xls, .ods): which can be kept, and why not.

A row is kept when its place is found as of its year, its heading is a whole indicator, its address is given and the
place is within reach of whoever brings it. Nothing is filled in: what was not printed stays unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any

from hieuhoc.accounts.access import reach
from hieuhoc.figures import checks, facts, rules
from hieuhoc.figures.access import WRITE
from hieuhoc.figures.checks import Finding, Row, table
from hieuhoc.figures.checks.places import Catalogue
from hieuhoc.figures.indicators import of_words
from hieuhoc.figures.models import Figure, Source
from hieuhoc.figures.seats import seats

FINEST = Decimal("0.0001")
NO_PLACE = "Không tìm thấy địa phương này vào năm ấy, hoặc có nhiều nơi trùng tên."
NO_INDICATOR = "Không rõ là số liệu nào: chỉ nhận năm danh hiệu và cộng đồng học tập cấp xã, tính trên toàn bộ."
NO_YEAR = "Không rõ năm."
NO_ADDRESS = "Thiếu nơi đã công bố (cột url)."
OUT_OF_REACH = "Địa phương này ngoài phạm vi phụ trách."
NOTHING = "Không có số nào."
TWICE = "Đã có một dòng nói về cùng nơi, năm, danh hiệu và nguồn."
UNREAD = "Có ô không đọc được thành số."


@dataclass
class Line:
    """A row of the file: the figure it would be, or why it stays out; what the checks found in it."""

    row: Row
    figure: Figure | None = None
    problem: str = ""
    found: list[Finding] = field(default_factory=list)
    place_name: str = ""
    known: bool = False  # the same stands already


def read(path: Path, by: Any) -> list[Line]:
    """The rows of the file with what can be kept; raises ``table.Refused`` with a sentence."""
    rows = table.read(path)
    catalogue = Catalogue.of(rows)
    lines = [Line(row, *_figure(row, catalogue)) for row in rows]
    _hold_back(lines, by)
    found: dict[int, list[Finding]] = defaultdict(list)
    for one in checks.check(rows, catalogue):
        found[one.row].append(one)
    for line in lines:
        line.found = found[line.row.row]
    return lines


def _figure(row: Row, catalogue: Catalogue) -> tuple[Figure | None, str]:
    """The figure of a row, or why there is none."""
    indicator = of_words(row.model)
    if row.unread:
        return None, UNREAD
    if row.year is None or not rules.FIRST_YEAR <= row.year <= rules.LAST_YEAR:
        return None, NO_YEAR
    if not indicator:
        return None, NO_INDICATOR
    if all(value is None for value in (row.total, row.registered, row.recognised, row.share)):
        return None, NOTHING
    if not row.address:
        return None, NO_ADDRESS
    problem = _impossible(row)
    if problem:
        return None, problem
    place = catalogue.place(row)
    return (_made(row, indicator, place), "") if place is not None else (None, NO_PLACE)


def _impossible(row: Row) -> str:
    """Why the numbers of a row cannot be kept, in a sentence."""
    counts = {"total": row.total, "registered": row.registered, "count": row.recognised}
    share = row.share.value if row.share else None
    if share is not None and share != share.quantize(FINEST, ROUND_DOWN):
        return "Tỷ lệ có quá bốn chữ số lẻ."
    return rules.impossible({**counts, "share": share})


def _made(row: Row, indicator: str, place: int) -> Figure:
    share = row.share
    return Figure(
        place_id=place, year=row.year, indicator=indicator, source=Source.PUBLISHED, total=row.total,
        registered=row.registered, count=row.recognised, share=share.value if share else None,
        share_digits=share.digits if share else None, share_of=row.share_of, title=row.model[:160],
        qualifier=share.qualifier if share else "", note=row.note, address=row.address[:600],
    )  # fmt: skip


def _hold_back(lines: Sequence[Line], by: Any) -> None:
    """Leave out what is out of reach, said twice in the file or too large to be a share; mark what stands already."""
    figures = [line.figure for line in lines if line.figure]
    held_at = seats({one.place_id for one in figures})
    within = set(reach(by, WRITE).filter(descendant_id__in=set(held_at.values())))
    standing = facts.last_published(figures)
    seen: set[facts.Identity] = set()
    for line in lines:
        if line.figure is None:
            continue
        key = facts.identity(line.figure)
        if held_at[line.figure.place_id] not in within:
            line.figure, line.problem = None, OUT_OF_REACH
        elif key in seen:
            line.figure, line.problem = None, TWICE
        else:
            seen.add(key)
            line.known = key in standing and standing[key].said == _stored(line.figure)


def _stored(figure: Figure) -> tuple:
    """What the figure says once the database has kept it (shares have four decimals there)."""
    if figure.share is not None:
        figure.share = Decimal(figure.share).quantize(FINEST, ROUND_DOWN)
    return figure.said


def taken(lines: Iterable[Line]) -> list[Figure]:
    """The figures to keep, in the order of the file."""
    return [line.figure for line in lines if line.figure is not None]
