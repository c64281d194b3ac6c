"""The error workbook: the officer's own rows back, wrong cells coloured, the sentences beside them.

Every sheet with a table comes back as it was read, so the file can be corrected and sent again as it is: the added
column is left out when it is read. Nothing in it runs as a formula.
"""

import io
import os
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from hieuhoc.sheets import engine
from hieuhoc.sheets.columns import ERRORS
from hieuhoc.sheets.export import neutral, sheet_name

HEADING = ERRORS

_HARMLESS = re.compile(r"[+\-–—\s\d.,/]*|-nt-")


def workbook(source: str | os.PathLike[str] | bytes, result: engine.CheckResult) -> bytes:
    """An .xlsx of the sheets that hold tables, with the problems of the check marked."""
    grids = engine.cells(source, {table["sheet"] for table in result.tables})
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    looks = {
        "bad": book.add_format({"bg_color": "#FFD7D7", "font_color": "#9C0006", "border": 1}),
        "why": book.add_format({"font_color": "#9C0006", "text_wrap": True, "valign": "top"}),
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
    }
    for name, rows in grids.items():
        _sheet(book.add_worksheet(sheet_name(name)), rows, _problems(result, name), _headers(result, name), looks)
    if not grids:
        book.add_worksheet(sheet_name(HEADING))
    book.close()
    return output.getvalue()


def _problems(result: engine.CheckResult, sheet: str) -> Mapping[int, list[dict[str, Any]]]:
    """Problems of a sheet by row from 0."""
    by_row = defaultdict(list)
    for problem in result.problems:
        if problem["sheet"] == sheet:
            by_row[problem["row"] - 1].append(problem)
    return by_row


def _headers(result: engine.CheckResult, sheet: str) -> set[int]:
    return {row - 1 for table in result.tables if table["sheet"] == sheet for row in table["header_rows"][:1]}


def _sheet(
    page: Any,
    rows: Sequence[Sequence[Any]],
    problems: Mapping[int, list[dict[str, Any]]],
    headers: set[int],
    looks: Mapping[str, Any],
) -> None:
    """Write the cells, then mark the wrong ones and say why beside them."""
    width = max(map(len, rows), default=0)
    for at, row in enumerate(rows):
        look = looks["head"] if at in headers else None
        for place, cell in enumerate(row):
            if cell != "":
                page.write(at, place, _safe(cell), look)
    for at in headers:
        page.write_string(at, width, HEADING, looks["head"])
    for at, found in problems.items():
        _mark(page, rows, found, looks["bad"])
        said = " ".join(problem["message"] for problem in found)
        page.write_string(at, width, said if headers else f"{HEADING}: {said}", looks["why"])
    page.set_column(0, max(width - 1, 0), 16)
    page.set_column(width, width, 60)
    if len(headers) == 1:
        page.freeze_panes(max(headers) + 1, 0)


def _mark(page: Any, rows: Sequence[Sequence[Any]], found: Sequence[Mapping[str, Any]], look: Any) -> None:
    """Colour the wrong cells of a row, each with its sentence as a note."""
    for problem in found:
        if "cell" in problem:
            at, place = xl_cell_to_rowcol(problem["cell"])
            cell = rows[at][place] if place < len(rows[at]) else ""
            page.write(at, place, _safe(cell), look)
            page.write_comment(at, place, problem["message"])


def _safe(cell: Any) -> Any:
    """A cell that will not run; numbers and dashes typed as text stay readable as they were."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if not isinstance(cell, str) or _HARMLESS.fullmatch(cell) else neutral(cell)
