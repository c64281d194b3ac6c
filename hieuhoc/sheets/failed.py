"""Cells of an .xlsx whose formula failed (#N/A, #REF!): the native reader leaves them blank, a person sees them.

Blank would be missing, or go on with the village above; so the sign goes back into the grid, where it is no number, no
day and no village. Only sheets of a size that people make by hand are looked through.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Protocol

MAXIMUM_BYTES = 8 << 20

_FAILED = re.compile(
    rb'<c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*?\bt="e"[^>]*>(?:<f[^>]*?(?:/>|>[^<]*</f>))?<v>([^<]{2,12})</v>'
)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<Relationship\s[^>]*>")


class Sheet(Protocol):
    """What is needed of a grid: its name and its cells from A1."""

    name: str
    rows: list[list]


def mark(data: bytes, grids: list[Sheet]) -> None:
    """Put the signs of failed formulas where they stand in the file; nothing where the file is no .xlsx."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [one for one in archive.infolist() if one.filename.startswith("xl/worksheets/")]
        small = [one.filename for one in parts if one.file_size <= MAXIMUM_BYTES]
        found = {name: cells for name in small if (cells := list(_cells(archive.read(name))))}
        names = _names(archive) if found else {}
    by_name = {grid.name: grid.rows for grid in grids}
    for part, cells in found.items():
        rows = by_name.get(names.get(part, ""), [])
        for row, place, sign in cells:
            if row < len(rows) and place < len(rows[row]):
                rows[row][place] = sign


def _cells(xml: bytes) -> Iterator[tuple[int, int, str]]:
    """Row, place and sign of each failed cell."""
    if b't="e"' not in xml:
        return
    for match in _FAILED.finditer(xml):
        place = 0
        for letter in match[1]:
            place = place * 26 + letter - 64
        yield int(match[2]) - 1, place - 1, match[3].decode("utf-8", "replace")


def _names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The name of the sheet each part holds."""
    try:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return {}
    targets = {_said(one, "Id"): _said(one, "Target").removeprefix("/xl/") for one in _RELATION.findall(relations)}
    sheets = [(_said(one, "name"), targets.get(_said(one, r"\w+:id"), "")) for one in _SHEET.findall(book)]
    return {f"xl/{target}": name for name, target in sheets}


def _said(tag: str, name: str) -> str:
    match = re.search(rf'\s{name}="([^"]*)"', tag)
    return html.unescape(match[1]) if match else ""
