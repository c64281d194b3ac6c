"""One value over several columns, and several lists over one width: what stands side by side.

Family name and given name, or day, month and year, may each have a column of their own; and a list may go on beside
itself to save paper. Both are told by the headings alone.
"""

from collections.abc import Sequence
from typing import Any

from hieuhoc.sheets.columns import Column, Sheet, words
from hieuhoc.sheets.headers import Header
from hieuhoc.sheets.headings import ENOUGH, is_ordinal, score, words_of
from hieuhoc.sheets.source import Grid
from hieuhoc.sheets.values import text

_FAMILY_NAME = set(
    map(
        words_of,
        words(
            """
họ | họ đệm | họ và đệm | họ, đệm | họ và chữ đệm | họ, chữ đệm | họ chữ đệm | họ lót | họ và lót | họ và tên
đệm | họ tên đệm | họ và tên lót | họ tên lót | họ và chữ lót | họ chủ hộ | họ đệm chủ hộ | họ và đệm chủ hộ
"""
        ),
    )
)
_GIVEN_NAME = {"ten", "ten chu ho", "ten goi", "ten rieng"}
_DAY = ({"ngay", "ngay sinh"}, {"thang", "thang sinh"}, {"nam", "nam sinh"})

Parts = dict[str, tuple[int, ...]]


def parts_of(names: Sequence[Sequence[str]], sheet: Sheet) -> Parts:
    """The places that together hold a person's name, or a day of birth, by the key of the column."""
    texts = [words_of(one[0]) if one else "" for one in names]
    found: Parts = {}
    subject = sheet.column(sheet.subject)
    if subject and subject.label.startswith("Họ và tên"):
        pairs = zip(texts, texts[1:], names, names[1:], strict=False)
        at = next((at for at, pair in enumerate(pairs) if _is_split_name(*pair)), None)
        if at is not None:
            found[sheet.subject] = (at, at + 1)
    if sheet.column("birth_date"):
        days = zip(texts, texts[1:], texts[2:], strict=False)
        at = next((at for at, day in enumerate(days) if all(w in _DAY[i] for i, w in enumerate(day))), None)
        if at is not None:
            found["birth_date"] = (at, at + 1, at + 2)
    return found


def _is_split_name(left: str, right: str, names: Sequence[str], others: Sequence[str]) -> bool:
    """Họ đệm | Tên, or one heading merged over both."""
    if left in _FAMILY_NAME and right in _GIVEN_NAME:
        return True
    return bool(left) and list(names) == list(others) and left in ("ho va ten", "ho ten", "ho va ten chu ho")


def joined(key: str, columns: Sequence[Sequence[Any]]) -> list[Any]:
    """The cells of the parts of a value as one column: a name, or a day as 3/5/1980."""
    together = _one_day if key == "birth_date" else _one_name
    return list(map(together, *columns))


def _one_name(*cells: Any) -> str:
    return " ".join(filter(None, map(text, cells)))


def _one_day(*cells: Any) -> Any:
    day, month, year = (text(cell) for cell in cells)
    if not (day or month):
        return cells[2]
    return "/".join(part for part in (day if month else "", month, year) if part)


def panels(header: Header, sheet: Sheet) -> list[tuple[int, int]]:
    """From and until which column each of the lists side by side stands; none where there is one list."""
    return _alike(header.texts) or _numbered(header, sheet)


def _numbered(header: Header, sheet: Sheet) -> list[tuple[int, int]]:
    """Lists whose headings differ a little: each begins with its own row numbers and names its rows."""
    starts = [at for at, names in enumerate(header.names) if names and is_ordinal(names[0])]
    lists = list(zip([0, *starts[1:]], [*starts[1:], len(header.names)], strict=True)) if len(starts) > 1 else []
    subject = sheet.column(sheet.subject)
    return lists if all(_names_one(header.names[left:right], subject) for left, right in lists) else []


def _names_one(names: Sequence[Sequence[str]], subject: Column | None) -> bool:
    return subject is not None and any(one and score(one[0], subject) >= ENOUGH for one in names)


def _alike(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Lists under the same headings, one after the other."""
    places = [at for at, text in enumerate(texts) if text]
    starts = [at for at in places if texts[at] == texts[places[0]]]
    ends = [*starts[1:], len(texts)]
    lists = [[texts[at] for at in places if start <= at < end] for start, end in zip(starts, ends, strict=True)]
    if len(lists) < 2 or len(lists[0]) < 2 or any(one != lists[0] for one in lists):
        return []
    return list(zip([0, *starts[1:]], ends, strict=True))


def panel(grid: Grid, row: int, left: int, right: int, side: int) -> Grid:
    """The grid with nothing in it but these columns, from this row on: one of the lists side by side."""
    width = len(grid.rows[0]) if grid.rows else 0
    before, after = [""] * left, [""] * (width - right)
    rows = [[""] * width if at < row else before + cells[left:right] + after for at, cells in enumerate(grid.rows)]
    merges = [one for one in grid.merges if left <= one[1] < right]
    return Grid(grid.name, rows, merges, grid.hidden, side)
