"""Lists out to Excel: Vietnamese headings, widths, a header that stays, no cell that runs.

`workbook([Page(…)])` gives the bytes of an .xlsx. A text that begins with = + - @, tab or return is kept from being
read as a formula by an apostrophe in front; numbers, days and yes/no stay what they are.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from rustpy_xlsxwriter import FastExcel

_RUNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Page:
    """One sheet: its name, headings, rows of values in the order of the headings."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]


def neutral(value: Any) -> Any:
    """A value as a cell may hold it: text that would run gets an apostrophe, Decimal becomes a number."""
    if isinstance(value, str):
        return "'" + value if value.startswith(_RUNS) else value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bool):
        return "x" if value else ""
    return value if value is None or isinstance(value, int | float | date) else neutral(str(value))


def workbook(pages: Sequence[Page]) -> bytes:
    """An .xlsx of these pages, headings bold, frozen and as wide as what stands below them."""
    writer = FastExcel(_buffer := BytesIO())
    writer.format(bold_headers=True)
    for page in pages:
        name = sheet_name(page.name)
        rows = [list(map(neutral, row)) for row in page.rows]
        headings = [neutral(heading) for heading in page.headings]
        records = [dict(zip(headings, row, strict=True)) for row in rows] or [dict.fromkeys(headings)]
        writer.sheet(name, records, column_widths=_widths(headings, rows), autofilter=bool(rows))
        writer.freeze(row=1, sheet=name)
    writer.save()
    return _buffer.getvalue()


def sheet_name(name: str) -> str:
    """A name Excel takes: at most 31 characters, none of []:*?/\\, not empty."""
    return re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:31] or "Danh sách"


def _widths(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[float]:
    """Widths from the headings and a sample of the rows, between 6 and 48 characters."""
    sample = [*rows[:200], *rows[-50:]]
    return [
        float(min(48, max(6, len(heading) + 2, *(len(str(row[at])) + 2 for row in sample), 0)))
        for at, heading in enumerate(headings)
    ]
