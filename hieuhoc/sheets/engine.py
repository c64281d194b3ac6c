"""The face of the spreadsheet engine: check a workbook of a kind, get what is in it and what is wrong.

`check(path, "households", villages=[…])` starts a process that reads within limits and returns a `CheckResult`;
a file that cannot be read is a result too, with `refused` set. Nothing is written anywhere and nothing needs a
database. A person's corrections come in as `mapping`: heading words (`header_key`) or a letter ("B",
"Trang 1!B") to the key of a column, "" to leave it out.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from hieuhoc.common import apart
from hieuhoc.sheets.columns import IndicatorSet
from hieuhoc.sheets.frames import unpack
from hieuhoc.sheets.guess import ANY
from hieuhoc.sheets.rosters import GROUPS, KINDS
from hieuhoc.sheets.source import REFUSALS

MAXIMUM_BYTES = 60 << 20
MEMORY = 2 << 30
SECONDS = 120

_REPORTED = ("sheet", "header_row", "header_rows", "first_row", "last_row", "rows", "columns", "village_from",
             "village", "title", "skipped")  # fmt: skip
_SELDOM = ("side",)  # told only of a table that has it


@dataclass
class CheckResult:
    """What a workbook holds. `tables` say where; `columns` hold the values, one dict of lists a table.

    `notices` say what a person must check by eye; they hold nothing back.
    """

    kind: str
    refused: dict[str, str] | None = None
    tables: list[dict[str, Any]] = field(default_factory=list)
    records: int = 0
    ok: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    notices: list[dict[str, Any]] = field(default_factory=list)
    encoding: str = "unicode"
    file_encoding: str | None = None
    delimiter: str | None = None
    set: str | None = None
    model: str | None = None
    columns: list[dict[str, list[Any]]] = field(default_factory=list)

    def to_json(self, *, records: bool = False) -> dict[str, Any]:
        """The report of `hieuhoc sheet check --json`; with records also `data`."""
        if self.refused:
            return {"refused": self.refused}
        report: dict[str, Any] = {
            "tables": [_told(table) for table in self.tables],
            "records": self.records,
            "ok": self.ok,
            "problems": self.problems,
            "encoding": self.encoding,
        }
        for name in ("file_encoding", "delimiter", "set", "model", "notices"):
            if getattr(self, name) not in (None, []):
                report[name] = getattr(self, name)
        return report | ({"data": [_marked(row) for row in self.rows()]} if records else {})

    def rows(self, *, only_ok: bool = False) -> Iterator[dict[str, Any]]:
        """Records in the order of the file, with `_sheet` and `_row`; without those that have a problem."""
        bad = self.bad_rows() if only_ok else frozenset()
        for table, columns in zip(self.tables, self.columns, strict=True):
            keys, name, side = ("_sheet", *columns), table["sheet"], table.get("side", 0)
            for values in zip(*columns.values(), strict=True):
                if not bad or (name, values[0], side) not in bad:
                    yield dict(zip(keys, (name, *values), strict=True))

    def bad_rows(self) -> frozenset[tuple[str, int, int]]:
        """Sheet, row and side of every record with a problem; the side tells lists side by side apart."""
        return frozenset((problem["sheet"], problem["row"], problem.get("side", 0)) for problem in self.problems)

    def column(self, key: str) -> list[Any]:
        """The values of one column over all tables, None where a table has no such column."""
        return [
            value
            for table, columns in zip(self.tables, self.columns, strict=True)
            for value in columns.get(key, [None] * table["rows"])
        ]

    def seen(self) -> list[dict[str, Any]]:
        """Every column of every table: sheet, letter, header, header_key, key guessed ("" for none), samples."""
        return [{"sheet": table["sheet"], **one} for table in self.tables for one in table["seen"]]

    def preview(self, table: int = 0) -> list[dict[str, Any]]:
        """The first rows of data of one table as a spreadsheet shows them: row number and cells."""
        return self.tables[table]["preview"]

    def page(self, number: int = 1, size: int = 50) -> tuple[list[dict[str, Any]], int]:
        """One page of the problems, from 1, and how many pages there are."""
        pages = max(1, -(-len(self.problems) // size))
        return self.problems[(number - 1) * size : number * size], pages


def _told(table: dict[str, Any]) -> dict[str, Any]:
    """A table with the columns that name a group set apart: they are ours, not of the rosters' common keys."""
    reported = {name: table[name] for name in _REPORTED} | {name: table[name] for name in _SELDOM if table.get(name)}
    columns = table["columns"]
    groups = {key: letter for key, letter in columns.items() if key in GROUPS}
    rest = {key: letter for key, letter in columns.items() if key not in GROUPS}
    return reported | {"columns": rest} | ({"groups": groups} if groups else {})


def _marked(row: dict[str, Any]) -> dict[str, Any]:
    return {f"_{key}" if key in GROUPS else key: value for key, value in row.items()}


def check(
    source: str | os.PathLike[str] | bytes,
    kind: str,
    *,
    villages: Iterable[str] | None = None,
    criteria: IndicatorSet | Sequence[IndicatorSet] | None = None,
    mapping: Mapping[str, str] | None = None,
    today: date | None = None,
    memory: int = MEMORY,
    seconds: int = SECONDS,
) -> CheckResult:
    """Check a workbook (path or bytes) of a kind; `criteria` are the sets a score sheet may be of.

    The kind "any" is the roster its headings speak of most; the result says which.
    """
    if kind not in (*KINDS, ANY):
        raise ValueError(f"unknown kind {kind!r}")
    size = len(source) if isinstance(source, bytes) else os.stat(source).st_size
    if size > MAXIMUM_BYTES:
        return _refusal(kind, "too_large")
    request = {
        "kind": kind,
        "villages": list(villages) if villages is not None else None,
        "sets": _sets(criteria),
        "mapping": dict(mapping or {}),
        "today": (today or date.today()).isoformat(),
        "memory": memory,
        "seconds": seconds,
    }
    why, out = _run(request, _bytes_of(source), seconds)
    return _refusal(kind, why) if why else CheckResult(**{"kind": kind} | unpack(out))


def cells(source: str | os.PathLike[str] | bytes, sheets: Iterable[str]) -> dict[str, list[list[Any]]]:
    """The bare cells of these sheets by name, read within the same limits; empty where it cannot be read."""
    request = {"kind": "cells", "sheets": list(sheets), "memory": MEMORY, "seconds": SECONDS}
    why, out = _run(request, _bytes_of(source), SECONDS)
    found = {} if why else unpack(out)
    return {grid["sheet"]: grid["rows"] for grid in found.get("grids", ())}


def grids(source: str | os.PathLike[str] | bytes) -> tuple[dict[str, str] | None, dict[str, list[list[Any]]]]:
    """The bare cells of every sheet that is shown, by name, read within the same limits; or why not (code, message)."""
    size = len(source) if isinstance(source, bytes) else os.stat(source).st_size
    if size > MAXIMUM_BYTES:
        return _refusal("cells", "too_large").refused, {}
    request = {"kind": "cells", "sheets": None, "memory": MEMORY, "seconds": SECONDS}
    why, out = _run(request, _bytes_of(source), SECONDS)
    found = {"refused": _refusal("cells", why).refused} if why else unpack(out)
    return found.get("refused"), {grid["sheet"]: grid["rows"] for grid in found.get("grids", ())}


def _bytes_of(source: str | os.PathLike[str] | bytes) -> bytes:
    return source if isinstance(source, bytes) else Path(source).read_bytes()


def _sets(criteria: IndicatorSet | Sequence[IndicatorSet] | None) -> list[dict[str, Any]]:
    chosen = [criteria] if isinstance(criteria, IndicatorSet) else list(criteria or ())
    return [
        {
            "code": one.code,
            "model": one.model,
            "indicators": [
                (i.key, i.label, None if i.maximum is None else float(i.maximum), i.kind) for i in one.indicators
            ],
        }
        for one in chosen
    ]


def _run(request: Mapping[str, Any], data: bytes, seconds: int) -> tuple[str, bytes]:
    """Run the reader on the request and the file: why it cannot be read, and the report."""
    line = json.dumps(request, ensure_ascii=False).encode() + b"\n"
    return apart.run("hieuhoc.sheets.reader", data=line + data, seconds=seconds)


def _refusal(kind: str, code: str) -> CheckResult:
    return CheckResult(kind, refused={"code": code, "message": REFUSALS[code]})
