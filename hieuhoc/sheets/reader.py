"""The reading process: one workbook from standard input, one JSON object to standard output.

Started by `engine` for every file (`python -m hieuhoc.sheets.reader`), never forked from a server: limits of memory
and time are set on itself first, so a hostile file ends this process and nothing else.
"""

import gc
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from hieuhoc.common import apart
from hieuhoc.common.text import nfc
from hieuhoc.sheets import bare, flat, forms, guess, rosters, sets, submissions
from hieuhoc.sheets.check import TableCheck, duplicates
from hieuhoc.sheets.columns import Indicator, IndicatorSet, Sheet
from hieuhoc.sheets.find import Notice, tables_of, unused
from hieuhoc.sheets.frames import pack
from hieuhoc.sheets.headings import words_of
from hieuhoc.sheets.rows import Table
from hieuhoc.sheets.source import Book, Grid, Refused, open_book, refuse
from hieuhoc.sheets.values import shown
from hieuhoc.sheets.villages import Villages

PREVIEW_ROWS = 8


def main() -> int:
    """Read the request line and the file, write the report; a code of its own where memory gave out."""
    gc.disable()  # a short life with a million cells and no cycles: looking for garbage costs more than it frees
    request = json.loads(sys.stdin.buffer.readline())
    apart.bound(request["memory"], request["seconds"])
    try:
        report = (cells if request["kind"] == "cells" else read)(sys.stdin.buffer.read(), request)
    except Refused as refused:
        report = {"refused": {"code": refused.code, "message": refused.message}}
    except MemoryError:
        return apart.OUT_OF_MEMORY
    sys.stdout.buffer.write(pack(report))
    return 0


def read(data: bytes, request: Mapping[str, Any]) -> dict[str, Any]:
    """The whole report of a file: tables, problems, values by column."""
    book = open_book(data)
    today = date.fromisoformat(request["today"])
    villages = Villages(request.get("villages"))
    collected = submissions.settle(book.grids)
    chosen, said = _scored(book, _sets(request)) if request["kind"] == "scores" else (None, [])
    sheet = sets.score_sheet(chosen) if chosen else _roster(book, request["kind"], villages)
    tables, notices = tables_of(book, sheet, villages, request.get("mapping") or {}, today)
    notices = collected + said + notices + unused(tables, sheet) + (sets.missing(chosen, tables) if chosen else [])
    checks = [TableCheck(table, sheet, villages, today).run() for table in tables]
    duplicates(checks, sheet)
    notices += [notice for check in checks for notice in check.notices] + _placeless(checks)
    return _report(book, checks, chosen, notices) | {"kind": sheet.kind}


def _placeless(checks: Sequence[TableCheck]) -> list[Notice]:
    """The lists that name no village while others of the file do."""
    without = [check.table for check in checks if check.village_from is None]
    if len(without) == len(checks):
        return []
    return [
        {"sheet": table.grid.name, "row": table.data[0] + 1, "code": "no_village",
         "message": f"Trang “{table.grid.name}”: không thấy danh sách từ dòng {table.data[0] + 1} là của thôn nào."}
        for table in without
    ]  # fmt: skip


def _scored(book: Book, known: Sequence[IndicatorSet]) -> tuple[IndicatorSet, list[Notice]]:
    """The set a score sheet was filled in for, its indicators named, and what is to be checked of that."""
    sets.spell_numbers(book.grids)
    notices = flat.name_in_order(book.grids, known)
    chosen = sets.choose(book.grids, known)
    if chosen is None:
        forms.refuse_score_form(book.grids, [i.key for one in known for i in one.indicators])
        bare.refuse_scores(book.grids)
        raise refuse("no_table")
    return chosen, notices


def _roster(book: Book, kind: str, villages: Villages) -> Sheet:
    return guess.roster(book, villages) if kind == guess.ANY else rosters.ROSTERS[kind]


def cells(data: bytes, request: Mapping[str, Any]) -> dict[str, Any]:
    """The bare cells of the sheets asked for, of all that are shown where none is named; days as text."""
    wanted = None if request["sheets"] is None else set(request["sheets"])
    return {
        "grids": [
            {
                "sheet": grid.name,
                "rows": [[cell if isinstance(cell, str | float) else shown(cell) for cell in row] for row in grid.rows],
            }
            for grid in open_book(data).grids
            if (not grid.hidden if wanted is None else grid.name in wanted)
        ]
    }


def _sets(request: Mapping[str, Any]) -> list[IndicatorSet]:
    return [
        IndicatorSet(one["code"], one["model"], tuple(Indicator(*indicator) for indicator in one["indicators"]))
        for one in request.get("sets") or ()
    ]


def _report(
    book: Book, checks: Sequence[TableCheck], chosen: IndicatorSet | None, notices: list[Notice]
) -> dict[str, Any]:
    problems = [problem for check in checks for problem in check.problems]
    order = {grid.name: at for at, grid in enumerate(book.grids)}
    problems.sort(key=lambda problem: (order[problem["sheet"]], problem["row"], problem["column"]))
    records = sum(len(check.table.data) for check in checks)
    bad = {(problem["sheet"], problem["row"], problem.get("side", 0)) for problem in problems}
    wrong = sum(len(bad.intersection(_places(check.table))) for check in checks) if bad else 0
    return {
        "tables": [_table(check) for check in checks],
        "records": records,
        "ok": records - wrong,
        "problems": problems,
        "notices": notices,
        "encoding": book.encoding,
        "file_encoding": book.file_encoding,
        "delimiter": book.delimiter,
        "set": chosen.code if chosen else None,
        "model": chosen.model if chosen else None,
        "columns": [{"_row": [row + 1 for row in check.table.data], **check.values} for check in checks],
    }


def _places(table: Table) -> Iterator[tuple[str, int, int]]:
    """Sheet, row and side of each row of data."""
    return ((table.grid.name, row + 1, table.grid.side) for row in table.data)


def _table(check: TableCheck) -> dict[str, Any]:
    """One table as the report tells it, with what a person needs to judge and correct its columns."""
    table = check.table
    keys = {match.at: match.column.key for match in table.matches}
    known = keys | {at: key for key, places in table.parts.items() for at in places}
    return {
        "sheet": table.grid.name,
        "side": table.grid.side,
        "header_row": table.header.rows[0] + 1 if table.header.rows else None,
        "header_rows": [row + 1 for row in table.header.rows],
        "first_row": table.data[0] + 1,
        "last_row": table.data[-1] + 1,
        "rows": len(table.data),
        "columns": {key: table.letter(at) for at, key in keys.items()},
        "village_from": check.village_from,
        "village": check.village,
        "title": _title(table),
        "skipped": _skipped(table),
        "seen": [
            _seen(table, at, known)
            for at, names in enumerate(table.header.names)
            if names or at in known or _bare(table, at)
        ],
        "preview": [_preview(table.grid, row) for row in table.data[:PREVIEW_ROWS]],
    }


def _title(table: Table) -> str | None:
    texts = [shown(cell) for row in table.titles for cell in table.grid.rows[row] if cell != ""]
    return texts[-1] if texts else None


def _skipped(table: Table) -> list[dict[str, Any]]:
    """Rows with words that are not data, and what they are."""
    rows = [(row, "title") for row in table.titles] + table.skipped
    return [{"row": row + 1, "what": what} for row, what in sorted(rows)]


def _bare(table: Table, at: int) -> bool:
    """Whether cells stand in a column of a list without a header: a person may say what it is."""
    return not table.header.rows and any(table.grid.rows[row][at] != "" for row in table.data[:PREVIEW_ROWS])


def _seen(table: Table, at: int, keys: Mapping[int, str]) -> dict[str, Any]:
    """A column as found: its letter, heading, the key guessed, a few cells."""
    names = table.header.names[at]
    cells = (table.grid.rows[row][at] for row in table.data)
    samples = [shown(cell) for cell in (next(cells, "") for _ in range(40)) if cell != ""][:3]
    return {
        "letter": table.letter(at),
        "header": nfc(names[1] if len(names) > 2 else names[0]) if names else "",
        "header_key": words_of(names[0]) if names else "",
        "key": keys.get(at, ""),
        "samples": samples,
    }


def _preview(grid: Grid, row: int) -> dict[str, Any]:
    return {"row": row + 1, "cells": [shown(cell) if cell != "" else "" for cell in grid.rows[row]]}


if __name__ == "__main__":
    ended = main()
    sys.stdout.flush()
    # Everything is handed over: the process goes at once, without taking a million cells apart first.
    os._exit(ended)
