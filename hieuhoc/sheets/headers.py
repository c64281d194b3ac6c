"""Find header rows in a grid: below title blocks, over one to three rows, with groups above their columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hieuhoc.common.text import fold
from hieuhoc.sheets.columns import Sheet
from hieuhoc.sheets.headings import is_ordinal, strength
from hieuhoc.sheets.source import Grid
from hieuhoc.sheets.villages import looks_like_village

DEPTH = 3
LONGEST = 120

_STRONG = 1.8
_DIGITS = re.compile(r"(?!\s*\d{1,2}[.,]\d{1,2}\.?\s*$)\s*\(?[\d.,]+\)?\s*")  # 1.1 may head an indicator
_INDICATOR = re.compile(r"\s*\d{1,2}[.,]\d{1,2}\.?\s*")
_NUMBERED = re.compile(r"\s*[\[(]?\s*(?:\d{1,2}|[A-Za-z])\s*[\])]?\s*(?:=.*)?")
TITLE = re.compile(
    r"ubnd|uy ban|cong hoa xa hoi|doc lap|danh sach|bieu|^so:|kem theo|don vi tinh|hoi khuyen hoc|ban hanh|nam 20\d\d"
)


@dataclass(frozen=True)
class Header:
    """The rows of a header (from 0) and, for each column, the names it may go by, deepest first."""

    rows: tuple[int, ...]
    names: tuple[tuple[str, ...], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The deepest text of each column, folded, to know the header again."""
        return tuple(fold(names[0]) if names else "" for names in self.names)


def is_blank(cell: Any) -> bool:
    """Whether nothing is in a cell."""
    return cell == "" or (isinstance(cell, str) and not cell.strip())


def filled(row: Sequence[Any]) -> list[int]:
    """Places of the filled cells of a row."""
    return [at for at, cell in enumerate(row) if not is_blank(cell)]


def header_at(grid: Grid, row: int, sheet: Sheet) -> Header | None:
    """The header that begins in this row, or None."""
    if not _may_be_header(grid.rows[row]):
        return None
    alone = _header(grid, range(row, row + 1))
    block = _header(grid, range(row, row + _depth(grid, row)))
    best = max((alone, block), key=lambda header: (_strength(header, sheet), len(header.rows)))
    if _strength(best, sheet) < _STRONG:
        return None
    if _is_group_row(grid, row - 1, row):
        return _header(grid, range(row - 1, best.rows[-1] + 1))
    return block if _strength(block, sheet) >= _strength(alone, sheet) - 1 else alone


def _may_be_header(row: Sequence[Any]) -> bool:
    """A header row is words only, in two cells or more; what stands apart to the right of four does not count."""
    places = filled(row)
    apart = next((i for i, (a, b) in enumerate(pairwise(places), 1) if b - a > 2 and i > 3), len(places))
    cells = [row[at] for at in places[:apart]]
    if sum(isinstance(cell, str) and cell.rstrip().endswith(":") for cell in cells) > 1:
        return False  # labels of a form
    if len(cells) < 2 or not all(isinstance(cell, str) and len(cell) <= LONGEST for cell in cells):
        return False
    return not any(_DIGITS.fullmatch(cell) for cell in cells) and not is_column_numbers(row)


def _strength(header: Header, sheet: Sheet) -> float:
    named = [names for names in header.names if names]
    return strength(named, sheet) + (0.8 if any(is_ordinal(names[0]) for names in named) else 0.0)


def _depth(grid: Grid, row: int) -> int:
    """How many rows the header that begins here takes."""
    depth = 1
    while depth < DEPTH and row + depth < len(grid.rows) and _continues(grid, row, row + depth):
        depth += 1
    return depth


def _continues(grid: Grid, first: int, row: int) -> bool:
    """Whether this row goes on with the header: merged with it, or words only under its groups."""
    if any(top <= row - 1 and bottom >= row and top >= first for top, _, bottom, _ in grid.merges):
        return True
    cells = filled(grid.rows[row])
    if not cells or not all(_is_heading(grid.rows[row][at]) for at in cells):
        return False
    if len(cells) == 1 and not _under_group(grid, row - 1, cells[0]):
        return False
    return all(_under_group(grid, row - 1, at) for at in cells)


def _is_heading(cell: Any) -> bool:
    return isinstance(cell, str) and len(cell) <= LONGEST and not _NUMBERED.fullmatch(cell)


def _under_group(grid: Grid, row: int, at: int) -> bool:
    """Whether the cell above is part of a group heading: blank beside one, or with blanks to its right."""
    above = grid.rows[row]
    if isinstance(above[at], str) and _INDICATOR.fullmatch(above[at]):
        return True  # "1.1" above the words of the indicator
    if is_blank(above[at]):
        return any(not is_blank(above[left]) for left in range(at))
    return at + 1 < len(above) and is_blank(above[at + 1])


def _is_group_row(grid: Grid, row: int, header: int) -> bool:
    """Whether a row holds only group headings over the header below it, not a title."""
    if row < 0:
        return False
    cells = filled(grid.rows[row])
    width = len(filled(grid.rows[header]))
    if not cells or len(cells) >= width or not all(_is_heading(grid.rows[row][at]) for at in cells):
        return False
    if any(TITLE.search(fold(grid.rows[row][at])) for at in cells) or cells[0] == filled(grid.rows[header])[0]:
        return False
    if all(looks_like_village(grid.rows[row][at]) for at in cells):
        return False
    spans = [_span(grid, row, at) for at in cells]
    return all(2 <= span <= width * 0.6 for span in spans)


def _span(grid: Grid, row: int, at: int) -> int:
    """How many columns a heading is merged over, or how many blanks it stands before."""
    for top, left, _, right in grid.merges:
        if top == row and left == at:
            return right - left + 1
    rest = grid.rows[row][at + 1 :]
    return 1 + next((i for i, cell in enumerate(rest) if not is_blank(cell)), 1)


def _header(grid: Grid, rows: range) -> Header:
    """Header of these rows; the names of a column: its deepest text, with its group, the group alone."""
    spread = [_spread(grid, row, last=row == rows[-1]) for row in rows]
    names = []
    for column in zip(*spread, strict=True):
        texts = [text for text in reversed(column) if text]
        if len(texts) > 1 and texts[0] != texts[-1]:
            texts = [texts[0], f"{texts[-1]} {texts[0]}", *texts[1:]]
        names.append(tuple(dict.fromkeys(texts)))
    return Header(tuple(rows), tuple(names))


def _spread(grid: Grid, row: int, *, last: bool) -> list[str]:
    """Texts of a header row, group headings carried over the columns below them."""
    cells = [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in grid.rows[row]]
    for top, left, bottom, right in grid.merges:
        if top <= row <= bottom and right > left and left < len(cells):
            cells[left : right + 1] = [cells[left]] * len(cells[left : right + 1])
    if last or grid.merges:
        return cells
    for at in range(1, len(cells)):
        if not cells[at] and _has_text_below(grid, row, at):
            cells[at] = cells[at - 1]
    return cells


def _has_text_below(grid: Grid, row: int, at: int) -> bool:
    below = grid.rows[row + 1][at] if row + 1 < len(grid.rows) else ""
    return isinstance(below, str) and bool(below.strip())


def is_column_numbers(row: Sequence[Any]) -> bool:
    """Whether a row only numbers the columns: (1) (2) …, A B 1 2 …, 1 2 3 …"""
    cells = [row[at] for at in filled(row)]
    if len(cells) < 3:
        return False
    texts = [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in cells]
    if not all(_NUMBERED.fullmatch(text) for text in texts):
        return False
    numbers = [int(digits[0]) for text in texts if (digits := re.findall(r"\d+", text))]
    return all(b - a in (0, 1, 2) for a, b in pairwise(numbers))
