"""Workbooks written as text: a line a row, bars between cells, `#` before a number, `@` before a day.

`read_book` writes them with openpyxl, reads them by the engine and gives what was found; `records` and `problems`
give it as text again, so that a case is two small tables.
"""

import io
from datetime import datetime
from typing import Any

from openpyxl import Workbook

from hieuhoc.sheets.engine import _sets
from hieuhoc.sheets.reader import read
from hieuhoc.sheets.tests.given import SETS, TODAY, VILLAGES


def lines(text: str) -> list[list[str]]:
    """The cells of a table of text."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").split("\n")]


def cell(typed: str) -> Any:
    """A cell of a table of text: a number, a day, a text or nothing."""
    if typed.startswith("#"):
        return float(typed[1:]) if "." in typed else int(typed[1:])
    return datetime.fromisoformat(typed[1:]) if typed.startswith("@") else typed.replace("\\n", "\n") or None


def write(sheets: str | dict[str, str], merges: str = "") -> bytes:
    """An .xlsx of one sheet or of several by name."""
    book = Workbook()
    book.remove(book.active)
    for name, text in ({"Sheet1": sheets} if isinstance(sheets, str) else sheets).items():
        page = book.create_sheet(name)
        for at, row in enumerate(lines(text), 1):
            for place, typed in enumerate(row, 1):
                page.cell(at, place, cell(typed))
        for merged in merges.split():
            page.merge_cells(merged)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def read_book(data: bytes, kind: str) -> dict[str, Any]:
    """The report of the reader."""
    request = {"kind": kind, "villages": VILLAGES, "today": TODAY.isoformat(), "sets": _sets(SETS)}
    return read(data, request)


def records(report: dict[str, Any], keys: list[str]) -> list[list[str]]:
    """The records found, in the order of the file, the values of these keys as text."""
    return [
        ["" if value is None else str(value) for value in row]
        for columns in report["columns"]
        for row in zip(*(columns.get(key, [None] * len(columns["_row"])) for key in keys), strict=True)
    ]


def problems(report: dict[str, Any]) -> str:
    """Row, column and code of every problem."""
    return ", ".join(f"{one['row']} {one['column']} {one['code']}" for one in report["problems"])
