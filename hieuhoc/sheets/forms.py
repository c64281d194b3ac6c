"""Forms laid out down the page: a label, its value beside it or behind a colon, one subject a sheet or several.

A form becomes a table of one row for each subject, in the row of its name, so that the check goes on as with lists;
`cells` remember where each value really stands. Only known wordings are labels; a form without a name is refused.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hieuhoc.common.text import nfc
from hieuhoc.sheets.columns import ERRORS, Sheet, letter
from hieuhoc.sheets.headers import Header, filled, is_blank
from hieuhoc.sheets.headings import Match, words_of
from hieuhoc.sheets.rows import Table
from hieuhoc.sheets.source import Grid, Refused
from hieuhoc.sheets.wordings import BY_SEX, PERSON_WORDS

SEARCHED = 5000
_LOOKED = 200
_BETWEEN = re.compile(r"\s{3,}|[\n\t;…]+|\.{3,}|_{3,}")
_NUMBERING = re.compile(r"^\s*(?:\(?(?:\d{1,2}|[a-zđ]|[IVX]{1,4})\s*[.)]|[-*+•])\s*", re.IGNORECASE)
_UNSAID = " .…_:-"


@dataclass(frozen=True)
class Field:
    """A label found, and its value with the place where it stands."""

    key: str
    label: str
    value: Any
    row: int
    at: int


def form_table(grid: Grid, sheet: Sheet, mapping: Mapping[str, str]) -> Table | None:
    """The forms of a sheet as a table, or None where there is none; raises Refused where it cannot be told."""
    known = _wordings(sheet) | {words: key for words, key in mapping.items() if sheet.column(key)}
    if len({field.key for field in _fields(grid.rows[:_LOOKED], known)}) < 2:
        return None
    fields = _of_one_wording(list(_fields(grid.rows[:SEARCHED], known)), sheet)
    if len({field.row for field in fields}) < 2:
        return None
    wide = {field.key for field in fields if _values_beside(grid.rows[field.row], known) > 1}
    if sheet.subject in wide and len(wide) > 1:
        raise Refused("sideways", "Bảng xoay ngang: mỗi cột một người hoặc một hộ. Hãy xoay lại (Dán đặc biệt, chọn "
                      "Chuyển vị – Transpose) để mỗi dòng là một, rồi gửi lại.")  # fmt: skip
    return _table(grid, sheet, list(_records(fields, sheet)))


def is_form(table: Table, sheet: Sheet) -> bool:
    """Whether what was taken for a list is a form: labels stand where names would."""
    known, at = _wordings(sheet), table.place(sheet.subject)
    cells = [table.grid.rows[row][at] for row in table.data[:8]] if at is not None else []
    labels = [cell for cell in cells if isinstance(cell, str) and known.get(_words(cell))]
    return len(labels) * 2 > len(cells)


def refuse_score_form(grids: Iterable[Grid], keys: Iterable[str]) -> None:
    """Say what to do with a paper on which the indicators of one subject stand one under another."""
    wanted = {key.partition("-")[2] for key in keys}
    for grid in grids:
        for column in zip(*grid.rows[:_LOOKED], strict=True):
            texts = {_number_of(cell) for cell in column if not is_blank(cell)}
            if len(wanted & texts) > max(3, len(wanted) // 2):
                why = "Phiếu ghi các chỉ số theo dòng, mỗi phiếu một người hoặc một hộ, nên chưa đọc được."
                raise Refused("score_form", f"{why} Hãy lập bảng mỗi người một dòng, mỗi chỉ số một cột rồi gửi lại.")


def _number_of(cell: Any) -> str:
    """The number of an indicator at the head of a cell."""
    match = re.match(r"\D{0,12}?(\d{1,2}[.,]\d{1,2}[a-d]?)", cell if isinstance(cell, str) else f"{cell:g}"
                     if isinstance(cell, float) else "")  # fmt: skip
    return match[1].replace(",", ".") if match else ""


def _wordings(sheet: Sheet) -> dict[str, str]:
    """Every known heading by its words; of two columns the first."""
    found: dict[str, str] = {}
    for column in (one for one in sheet.columns if one not in BY_SEX):  # Nam and Nữ are values here
        for name in (column.label, *column.also):
            found.setdefault(words_of(name), column.key)
    return found


def _words(text: str) -> str:
    return words_of(_NUMBERING.sub("", text.rstrip(_UNSAID)))


def _fields(rows: Sequence[Sequence[Any]], known: Mapping[str, str]) -> Iterator[Field]:
    """The labels of the rows from left to right, each with its value."""
    for at, row in enumerate(rows):
        places = [place for place in filled(row) if not str(row[place]).startswith(ERRORS)]
        for i, place in enumerate(places):
            if isinstance(row[place], str):
                beside = places[i + 1] if i + 1 < len(places) else None
                yield from _of_cell(row, at, place, beside, known)


def _of_cell(row: Sequence[Any], at: int, place: int, beside: int | None, known: Mapping[str, str]) -> Iterator[Field]:
    """The fields of one cell: "label: value", perhaps several, or a label alone with its value in the next cell."""
    for piece in _BETWEEN.split(row[place]):
        label, colon, value = piece.partition(":")
        key = known.get(_words(label), "")
        if not key:
            continue
        said: Any = nfc(value).strip(_UNSAID)
        where = place
        if not said and beside is not None and not _is_label(row[beside], known):
            said, where = row[beside], beside
        elif not colon:
            continue
        elif not said and piece == row[place]:
            where = place + 1
        yield Field(key, _words(label), "" if is_blank(said) else said, at, where)


def _is_label(cell: Any, known: Mapping[str, str]) -> bool:
    return isinstance(cell, str) and _words(cell.partition(":")[0]) in known


def _values_beside(row: Sequence[Any], known: Mapping[str, str]) -> int:
    """How many cells to the right of the labels hold values, in a row with one label."""
    cells = [row[at] for at in filled(row)]
    labels = sum(_is_label(cell, known) for cell in cells)
    return len(cells) - labels if labels == 1 and not (isinstance(cells[0], str) and ": " in cells[0]) else 0


def _of_one_wording(fields: list[Field], sheet: Sheet) -> list[Field]:
    """Where the subject goes by a name of its own, a plain "họ và tên" is somebody else's."""
    plain = set(map(words_of, PERSON_WORDS))
    own = {field.label for field in fields if field.key == sheet.subject} - plain
    return [field for field in fields if field.key != sheet.subject or not own or field.label in own]


def refuse_nameless(grids: Iterable[Grid], sheet: Sheet) -> None:
    """Say so where labels of a form stand on a sheet, but none of them names anybody."""
    column = sheet.column(sheet.subject)
    for grid in grids:
        keys = {field.key for field in _fields(grid.rows[:_LOOKED], _wordings(sheet))}
        if column and len(keys) > 2 and sheet.subject not in keys:
            why = f"Tệp có vẻ là phiếu nhưng không thấy ô “{column.label}”."
            raise Refused("no_name", f"{why} Hãy ghi rõ nhãn ấy rồi gửi lại.")


def _records(fields: Sequence[Field], sheet: Sheet) -> Iterator[dict[str, Field]]:
    """The fields of each subject: a label that comes again begins the next; a village said once is that of all."""
    villages = [field for field in fields if field.key == "village"]
    named = sum(field.key == sheet.subject for field in fields)
    shared = villages[0] if len(villages) == 1 and named > 1 and sheet.subject != "village" else None
    record: dict[str, Field] = {"village": shared} if shared else {}
    for field in fields:
        if field is shared:
            continue
        if field.key in record and field.key != (shared and "village"):
            yield record
            record = {"village": shared} if shared else {}
        record[field.key] = field
    yield record


def _table(grid: Grid, sheet: Sheet, records: Sequence[dict[str, Field]]) -> Table | None:
    """One row a subject, in the row of its name."""
    records = [one for one in records if sheet.subject in one and any(field.value != "" for field in one.values())]
    keys = [column.key for column in sheet.columns if any(column.key in one for one in records)]
    rows: list[list[Any]] = [[""] * len(keys) for _ in grid.rows]
    cells: dict[tuple[int, int], str] = {}
    for one in records:
        row = one[sheet.subject].row
        for place, key in enumerate(keys):
            if key in one:
                rows[row][place] = one[key].value
                cells[row, place] = f"{letter(one[key].at)}{one[key].row + 1}"
    if len(keys) < 2:
        return None
    first = {key: next(one[key] for one in records if key in one) for key in keys}
    matches = [Match(place, column, 1.0) for place, key in enumerate(keys) if (column := sheet.column(key))]
    header = Header((), tuple((first[key].label,) for key in keys))
    letters = {place: letter(first[key].at) for place, key in enumerate(keys)}
    data = sorted(one[sheet.subject].row for one in records)
    return Table(
        Grid(grid.name, rows, [], grid.hidden), header, matches, data, end=len(rows), cells=cells, letters=letters
    )
