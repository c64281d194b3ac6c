"""What of a reading goes into the registers: the columns of its good rows, over all tables of the file. Pure.

The engine says what is wrong with a row as a roster; here a row is also held back when a text is longer than the
registers hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, compress
from typing import Any

from hieuhoc.sheets.engine import CheckResult

LONGEST = {"head_name": 150, "name": 150, "village": 150, "household_code": 40}
LABELS = {"head_name": "Họ tên", "name": "Tên", "village": "Tên thôn", "household_code": "Mã hộ"}

Columns = dict[str, list[Any]]


def columns_of(result: CheckResult) -> Columns:
    """The values of the good rows by canonical key, ``_row`` with them; None where a table has no such column."""
    keys = dict.fromkeys(chain.from_iterable(result.columns))
    bad = result.bad_rows()
    tables = list(zip(result.tables, result.columns, strict=True))
    if len(tables) == 1 and not bad:
        return result.columns[0]
    masks = [_mask(table, columns["_row"], bad) for table, columns in tables]
    return {
        key: [
            value
            for columns, mask in zip(result.columns, masks, strict=True)
            for value in _kept(columns.get(key), mask)
        ]
        for key in keys
    }


def sheets_of(result: CheckResult) -> list[str]:
    """The sheet of each good row, in the order of ``columns_of``."""
    bad = result.bad_rows()
    return [
        table["sheet"]
        for table, columns in zip(result.tables, result.columns, strict=True)
        for row in columns["_row"]
        if (table["sheet"], row, table.get("side", 0)) not in bad
    ]


def _mask(table: Mapping[str, Any], rows: Iterable[int], bad: frozenset[tuple[str, int, int]]) -> list[bool]:
    here = (table["sheet"], table.get("side", 0))
    wrong = {row for name, row, side in bad if (name, side) == here}
    return [row not in wrong for row in rows]


def _kept(values: list[Any] | None, mask: list[bool]) -> Iterable[Any]:
    return [None] * sum(mask) if values is None else compress(values, mask)


def too_long(result: CheckResult) -> Iterator[dict[str, Any]]:
    """A problem for each text longer than the registers hold."""
    for table, columns in zip(result.tables, result.columns, strict=True):
        for key, longest in LONGEST.items():
            values = columns.get(key, [])
            if max(map(len, filter(None, values)), default=0) <= longest:
                continue
            for row, value in zip(columns["_row"], values, strict=True):
                if value and len(value) > longest:
                    yield _problem(table, row, key, "too_long", f"{LABELS[key]} dài quá {longest} chữ.")


def unplaced(result: CheckResult) -> Iterator[dict[str, Any]]:
    """A problem for each row that names a village, while the commune has none."""
    for table, columns in zip(result.tables, result.columns, strict=True):
        for row, village in zip(columns["_row"], columns.get("village", ()), strict=False):
            if village:
                message = f"Thôn “{village}”: xã chưa có thôn nào trong phần mềm."
                yield _problem(table, row, "village", "unknown_village", message)


def _problem(table: Mapping[str, Any], row: int, key: str, code: str, message: str) -> dict[str, Any]:
    letter = table["columns"].get(key)
    where: dict[str, Any] = {"cell": f"{letter}{row}"} if letter else {}
    if table.get("side"):
        where["side"] = table["side"]
    return {"sheet": table["sheet"], "row": row, "column": key, "code": code, "message": message, **where}
