"""The cells of a sheet of accounts, read in a process of its own with limits of memory and time.

A hostile file may abort a native reader: then this module's process ends, not the server, and the person
gets one sentence. Use: ``grids(data)`` gives each visible sheet as rows of texts; it refuses with ``Unreadable``.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from typing import Any

from hieuhoc.common import apart
from hieuhoc.sheets.source import REFUSALS, Refused, open_book

MEMORY = 1 << 30
SECONDS = 20
MOST_ROWS = 5000


class Unreadable(ValueError):
    """The sheet as a whole cannot be taken; the message is the sentence to show."""


def grids(data: bytes) -> list[list[list[str]]]:
    """Every visible sheet of a workbook or CSV as rows of texts."""
    why, out = apart.run("hieuhoc.accounts.reading", data=data, seconds=SECONDS)
    if why:
        raise Unreadable(REFUSALS[why])
    said = json.loads(out)
    if "refused" in said:
        raise Unreadable(said["refused"])
    return said["grids"]


def as_text(value: Any) -> str:
    """A cell as typed: a whole number without its decimals, a day as the spreadsheet shows it."""
    if isinstance(value, date | datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def main() -> int:
    """Read the file from standard input, write its grids or its refusal as JSON."""
    apart.bound(MEMORY, SECONDS)
    try:
        book = open_book(sys.stdin.buffer.read())
        found = [[list(map(as_text, row)) for row in grid.rows[:MOST_ROWS]] for grid in book.grids if not grid.hidden]
        said: dict[str, Any] = {"grids": found}
    except Refused as refused:
        said = {"refused": refused.message}
    json.dump(said, sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
