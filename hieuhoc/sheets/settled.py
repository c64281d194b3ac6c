"""Which cells of a column need converting at all: most are canonical as typed, and a quick look tells.

Texts are judged all at once, joined into one string; numbers of people by their shape. What is left is converted
once for each distinct value.
"""

import re
import unicodedata
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from hieuhoc.sheets.values import FAILED

_UNTIDY = re.compile("[^\\S \n]|  | \n|\n |[\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]")
_TEXTS = ("name", "text", "code")
_SAYING_NOTHING = FAILED | {""}


def unsettled(kind: str, cells: Sequence[Any]) -> set[Any]:
    """The distinct cells that must be converted; every other cell is its own value."""
    if kind == "cccd":
        return set() if _all_digits(cells, 12) else {cell for cell in set(cells) if not _digits(cell, 12)}
    if kind == "phone":
        if _all_digits(cells, 10) and set(map(itemgetter(0), cells)) == {"0"}:
            return set()
        return {cell for cell in set(cells) if not (_digits(cell, 10) and cell[0] == "0")}
    different = set(cells)
    return different if kind not in _TEXTS else _unsettled_texts(different)


def _all_digits(cells: Sequence[Any], count: int) -> bool:
    """Whether every cell is a text of so many digits, looked at all at once."""
    if set(map(type, cells)) != {str} or set(map(len, cells)) != {count}:
        return False
    joined = "".join(cells)
    return joined.isascii() and joined.isdigit()


def _digits(cell: Any, count: int) -> bool:
    return isinstance(cell, str) and len(cell) == count and cell.isdigit() and cell.isascii()


def _unsettled_texts(cells: set[Any]) -> set[Any]:
    """Cells that are not texts in NFC with single plain spaces; a line break within a cell makes all be looked at."""
    others = {cell for cell in cells if not isinstance(cell, str)} if set(map(type, cells)) - {str} else set()
    others |= cells.intersection(_SAYING_NOTHING)
    texts = cells - others if others else cells
    joined = "\n".join(texts)
    tidy = joined.count("\n") == max(len(texts) - 1, 0) and not joined.startswith(" ") and not joined.endswith(" ")
    if tidy and not _UNTIDY.search(joined) and unicodedata.is_normalized("NFC", joined):
        return others
    return cells
