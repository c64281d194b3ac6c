"""Check the rows of the tables found: column by column, each distinct value once.

Gives compact columns and the problems; a wrong value stays as it was typed. Lean on purpose: a commune sends a
hundred thousand cells, so nothing here calls a function per cell where a dictionary of distinct values does.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from hieuhoc.common.text import fold, name_key, nfc
from hieuhoc.sheets.columns import Column, Sheet, letter
from hieuhoc.sheets.parts import joined
from hieuhoc.sheets.rows import Table
from hieuhoc.sheets.settled import unsettled
from hieuhoc.sheets.values import DITTO, FAILED, Bad, converter, text
from hieuhoc.sheets.villages import Villages

_ROW_NUMBER = re.compile(r"\s*\d{1,5}\s*[.)/-]\s*(?=[^\W\d])")
# A column with more different values than this does not say "as above".
_FEW = 5000
_FILLED_DOWN = ("village", "household_code", "address", "group", "kind")
_BY_SEX = {"birth_date_male": ("birth_date", "male"), "birth_date_female": ("birth_date", "female"),
           "sex_male": ("sex", "male"), "sex_female": ("sex", "female")}  # fmt: skip

Problem = dict[str, Any]


class TableCheck:
    """The columns of one table as canonical values, and what is wrong with them."""

    def __init__(self, table: Table, sheet: Sheet, villages: Villages, today: date):
        self.table, self.sheet, self.villages, self.today = table, sheet, villages, today
        self.rows = table.grid.rows
        self._columns = list(zip(*map(self.rows.__getitem__, table.data), strict=True))
        self.problems: list[Problem] = []
        self.values: dict[str, list[Any]] = {}
        self.village_from: str | None = None
        self.village: str | None = None
        self.notices: list[Problem] = []

    def run(self) -> "TableCheck":
        """Convert every column; the village first, it may come from elsewhere than a column."""
        self._villages()
        for match in self.table.matches:
            if match.column.key != "village":
                self._column(match.at, match.column)
        self._merge_sexes()
        self._missing_names()
        return self

    def add(self, row: int, key: str, code: str, message: str, at: int | None = None, **more: Any) -> None:
        """Note a problem of a row (from 0) in the column with this key."""
        found = {"sheet": self.table.grid.name, "row": row + 1, "column": key, "code": code, "message": message, **more}
        if self.table.grid.side:
            found["side"] = self.table.grid.side
        if at is not None:
            found["cell"] = self.table.cells.get((row, at)) or f"{letter(at)}{row + 1}"
        self.problems.append(found)

    def _raw(self, at: int, key: str) -> list[Any]:
        """The cells of a column in the rows of data; values of groups filled down."""
        cells = list(self._columns[at])
        if key in _FILLED_DOWN:
            self._fill_merged(cells, at)
            self._fill_ditto(cells)
        return cells

    def _fill_merged(self, cells: list[Any], at: int) -> None:
        spans = [
            (top, bottom) for top, left, bottom, right in self.table.grid.merges if left <= at <= right and bottom > top
        ]
        if not spans:
            return
        start = {row: top for top, bottom in spans for row in range(top, bottom + 1)}
        for i, row in enumerate(self.table.data):
            if row in start:
                cells[i] = self.rows[start[row]][at]

    def _fill_ditto(self, cells: list[Any]) -> None:
        """Replace "nt" and its kin by the value above."""
        ditto = _dittos(cells)
        if not ditto:
            return
        last: Any = ""
        for i, cell in enumerate(cells):
            if cell in ditto:
                cells[i] = last
            elif cell != "":
                last = cell

    def _column(self, at: int, column: Column) -> None:
        """Convert one column by its distinct values and note the bad ones."""
        parts = self.table.parts.get(column.key)
        cells = joined(column.key, [self._columns[place] for place in parts]) if parts else self._raw(at, column.key)
        if column.kind == "name" and self.table.ordinal is None:
            cells = _without_numbers(cells)
        convert = converter(column, self.today)
        memo = {cell: None if _blank(cell) else convert(cell) for cell in unsettled(column.kind, cells)}
        if column.key == "registered":
            memo = {cell: False if value is None else value for cell, value in memo.items()}
        if column.kind == "share":
            _percents(memo)
        if column.kind == "phone":
            self._note_odd(column, cells, {cell for cell, value in memo.items() if value and not _is_phone(value)})
        self.values[column.key] = list(map(memo.get, cells, cells)) if memo else cells
        self._note_bad(column.key, at, memo)

    def _note_odd(self, column: Column, cells: Sequence[Any], odd: set[Any]) -> None:
        """Say once which numbers of telephones cannot be right; they hold nobody back."""
        rows = [self.table.data[i] + 1 for i, cell in enumerate(cells) if cell in odd] if odd else []
        if rows:
            said = ", ".join(map(str, rows[:12])) + ("…" if len(rows) > 12 else "")
            message = f"{column.label} không đủ 10 chữ số, giữ như đã ghi: dòng {said}."
            self.notices.append(
                {"sheet": self.table.grid.name, "row": rows[0], "code": "odd_phones", "message": message}
            )

    def _note_bad(self, key: str, at: int, memo: dict[Any, Any]) -> None:
        """Take out the bad values of a column, leaving what was typed."""
        if not any(type(value) is Bad for value in memo.values()):
            return
        found = self.values[key]
        said = _BY_SEX[key][0] if key in _BY_SEX else key
        for i, value in enumerate(found):
            if type(value) is Bad:
                self.add(self.table.data[i], said, value.code, value.message, at)
                found[i] = value.value

    def _villages(self) -> None:
        """The village of each row: its column, else section rows, else the title, else the sheet's name."""
        at = self.table.place("village")
        typed = self._village_column(at) if at is not None else [""] * len(self.table.data)
        if at is None or "" in typed:
            self._from_sections(typed)
        if not any(typed):
            self._from_outside(typed)
        if at is None and not any(typed):
            self._from_address(typed)
        if at is not None or any(typed):
            self._resolve(typed, at)

    def _village_column(self, at: int) -> list[str]:
        """Names in the village column; blanks go on with the name above where that is the habit."""
        merged = any(left <= at <= right and bottom > top and top >= self.table.first - 1
                     for top, left, bottom, right in self.table.grid.merges)  # fmt: skip
        ditto = bool(_dittos(self._columns[at]))
        listed = not self.table.sections and not self.table.cells
        cells = self._raw(at, "village")
        memo = {cell: "" if _blank(cell) else cell if cell in FAILED else text(cell) for cell in set(cells)}
        names = list(map(memo.__getitem__, cells))
        blanks = names.count("")
        self.village_from = "merged" if merged else "column"
        if ditto or (not merged and len(names) > 2 and blanks * 4 > len(names) and listed):
            self.village_from = "ditto"
            last = ""
            for i, name in enumerate(names):
                names[i] = last = name or last
        return names

    def _from_sections(self, typed: list[str]) -> None:
        """Fill blanks from the section row above each row."""
        marks = sorted((row, self._section_village(name)) for row, name in self.table.sections.items())
        marks = [(row, name) for row, name in marks if name]
        marks = self._without_parts(marks)
        if not marks:
            return
        if not any(typed):
            self.village_from = "section"
        place, current = 0, ""
        for i, row in enumerate(self.table.data):
            while place < len(marks) and marks[place][0] < row:
                current = marks[place][1] or ""
                place += 1
            typed[i] = typed[i] or current

    def _without_parts(self, marks: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """Sections without the parts of a village (Tổ 1), where its own name stands in a section or above the table."""
        if not self.villages.known:
            return marks
        known = [(row, name) for row, name in marks if self.villages.find(name)]
        if not known and not self._outside():
            return marks
        return [(row, name) for row, name in marks if (row, name) in known or self.villages.has_such(name)]

    def _section_village(self, name: str) -> str | None:
        """The village of a section row; among offices "Khối trường học" is none."""
        found = self.villages.in_section(name)
        column = self.sheet.column(self.sheet.subject)
        offices = column is not None and column.label.startswith("Tên cơ quan")
        return None if found and offices and self.villages.find(found) is None else found

    def _from_outside(self, typed: list[str]) -> None:
        """The village named outside the table is that of every row."""
        found = self._outside()
        if found:
            self.village, self.village_from = found
            typed[:] = [self.village] * len(typed)

    def _outside(self) -> tuple[str, str] | None:
        """The village named in the title block, else by the sheet's name, and which of them."""
        if self.sheet.column("village") is None or self.sheet.subject == "village":
            return None
        titles = [
            text(cell)
            for row in reversed(self.table.titles)
            for cell in self.rows[row]
            if isinstance(cell, str) and cell
        ]
        named = [(found, "title") for title in titles if (found := self._in_title(title))]
        name = self.table.grid.name
        if name and (found := self.villages.in_section(name)):
            named.append((found, "sheet"))
        return named[0] if named else None

    def _from_address(self, typed: list[str]) -> None:
        """The village at the end of an address ("Tổ 1, Thôn 1"), where most addresses name one."""
        at = self.table.place("address")
        if at is None or not self.villages.known or self.sheet.column("village") is None:
            return
        cells = self._columns[at]
        first = {cell for cell in cells[:200] if isinstance(cell, str) and cell.strip()}
        if not first or sum(self.villages.in_title(cell) is not None for cell in first) < len(first) * 0.6:
            return
        memo = {cell: self.villages.in_title(text(cell)) or text(cell) for cell in set(cells)}
        typed[:] = map(memo.__getitem__, cells)
        self.village_from = "column"

    def _in_title(self, title: str) -> str | None:
        if fold(title).startswith(("ubnd", "uy ban", "hoi ", "cong hoa")):
            return None
        return self.villages.in_title(title) or self.villages.in_section(title)

    def _resolve(self, typed: list[str], at: int | None) -> None:
        """Names as the commune knows them; the unknown stay as typed and are problems."""
        known: dict[str, str | None] = {name: self.villages.find(name) if name else None for name in set(typed)}
        if not self.villages.known:
            known = {name: name or None for name in known}
        self.values["village"] = [known[name] or name or None for name in typed]
        if None not in known.values() or not self.villages.known:
            return
        for i, name in enumerate(typed):
            if known[name] is None and (name or self.sheet.subject != "village"):
                said = f"Thôn “{name}” không có trong danh mục của xã." if name else "Chưa ghi thôn."
                self.add(self.table.data[i], "village", "unknown_village", said, at)

    def _merge_sexes(self) -> None:
        """Nam | Nữ columns: the one that is filled gives the sex, and the day of birth where it holds one."""
        keys = [key for key in _BY_SEX if key in self.values]
        for key in keys:
            target, sex = _BY_SEX[key]
            found = self.values.pop(key)
            sexes = self.values.setdefault("sex", [None] * len(found))
            days = self.values.setdefault(target, [None] * len(found))
            for i, value in enumerate(found):
                if value not in (None, False):
                    sexes[i] = sex if sexes[i] in (None, sex) else None  # marked twice it says nothing
                    if target == "birth_date":
                        days[i] = value

    def _missing_names(self) -> None:
        key = self.sheet.subject
        column, at = self.sheet.column(key), self.table.place(key)
        for i, name in enumerate(self.values.get(key, ())):
            if not name:
                self.values[key][i] = None
                self.add(
                    self.table.data[i], key, "missing_name", f"Thiếu {(column.label if column else key).lower()}.", at
                )


def _without_numbers(cells: Sequence[Any]) -> Sequence[Any]:
    """Names without the row numbers typed before them ("1. Lê Văn An"), where most have one."""
    numbered = sum(isinstance(cell, str) and _ROW_NUMBER.match(cell) is not None for cell in cells[:300])
    if numbered * 2 <= len(cells[:300]):
        return cells
    return [_ROW_NUMBER.sub("", cell) if isinstance(cell, str) else cell for cell in cells]


def _dittos(cells: Sequence[Any]) -> set[Any]:
    """The cells among these that say "as above"."""
    if len(set(cells[: _FEW + 1])) > _FEW:
        return set()
    different = set(cells)
    if len(different) > _FEW:
        return set()
    return {cell for cell in different if isinstance(cell, str) and nfc(cell).lower().replace(" ", "") in DITTO}


def _blank(cell: Any) -> bool:
    return isinstance(cell, str) and (not cell or not cell.strip())


def _is_phone(value: Any) -> bool:
    return isinstance(value, str) and value.isdigit() and len(value) in (10, 11)


def _percents(memo: dict[Any, Any]) -> None:
    """Shares of cells formatted as percent come as fractions: all at most one, some not whole."""
    numbers = [value for value in memo.values() if isinstance(value, int | float)]
    if not numbers or max(numbers) > 1 or all(isinstance(number, int) for number in numbers):
        return
    for cell, value in memo.items():
        if isinstance(cell, float) and isinstance(value, int | float):
            percent = round(value * 100, 4)
            memo[cell] = int(percent) if float(percent).is_integer() else percent


def duplicates(checks: Sequence[TableCheck], sheet: Sheet) -> None:
    """Note rows that name the same subject twice; over all tables of the file, the later row is the problem."""
    order = [sheet.subject, *(key for key in sheet.unique if key != sheet.subject)]
    columns = [_over_all(checks, key) for key in order]
    if "household_code" in order and _told_by_code(columns, order):
        return
    keys = list(zip(*map(_folded, order, columns), strict=True))
    if len(set(keys)) == len(keys):
        return
    first: dict[tuple[Any, ...], tuple[TableCheck, int]] = {}
    for (check, i), key in zip(_places(checks), keys, strict=True):
        if key[0] is None:
            continue
        if key not in first:
            first[key] = (check, i)
            continue
        _note_duplicate(check, i, first[key], sheet)


def _places(checks: Sequence[TableCheck]) -> Iterable[tuple[TableCheck, int]]:
    return ((check, i) for check in checks for i in range(len(check.table.data)))


def _note_duplicate(check: TableCheck, i: int, seen: tuple[TableCheck, int], sheet: Sheet) -> None:
    other, j = seen
    row, name = other.table.data[j] + 1, other.table.grid.name
    same = other.table.grid.name == check.table.grid.name
    where = f"dòng {row}" if same else f"dòng {row}, trang “{name}”"
    more = {"other_row": row} | ({} if same else {"other_sheet": name})
    at = check.table.place(sheet.subject)
    beside = other.table.place(sheet.subject)
    if same and other.table.grid.side and beside is not None:
        where += f", cột {letter(beside)}"
    what = "cùng thôn, cùng tên" if "village" in sheet.unique and sheet.subject != "village" else "cùng tên"
    check.add(check.table.data[i], sheet.subject, "duplicate", f"Trùng với {where}: {what}.", at, **more)


def _over_all(checks: Sequence[TableCheck], key: str) -> list[Any]:
    """The values under a key over all tables of the file, None where a table has no such column."""
    found: list[Any] = []
    for check in checks:
        found += check.values.get(key) or [None] * len(check.table.data)
    return found


def _told_by_code(columns: list[list[Any]], order: list[str]) -> bool:
    """Whether village and code alone already tell every row from every other: no name need be compared."""
    codes = columns[order.index("household_code")]
    if None in codes:
        return False
    pairs = zip(columns[order.index("village")], codes, strict=True)
    return len(set(codes)) == len(codes) or len(set(pairs)) == len(codes)


_KEYS: dict[str, Callable[[str], str]] = {"household_code": str.upper, "birth_date": lambda day: day[:4]}


def _folded(key: str, column: list[Any]) -> list[Any]:
    """A column as its values are compared: names as names, of days of birth the year alone."""
    convert = _KEYS.get(key, name_key)
    memo = {value: convert(value) if isinstance(value, str) and value else None for value in set(column)}
    return list(map(memo.__getitem__, column))
