"""A table on a page: title block, header in one or two rows, entries, totals, signatures.

An `Entry` is a true record and, in a few rows, a `Fault`: the wrong thing written in one of its cells. The
draft of a page notes where each fault lands, so that the makers know what the import has to find.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from demo import NOTICE
from demo.habits import Habit, plain
from demo.pages import Formula, Page, Value

KEEP = object()
NUMBER = "#"  # the key of the running number
FREE = ""  # the key of a column that nobody imports
TOTAL = "="  # the key of a column that adds up the row's scores by formula
RANK = "?"  # the key of a column that says whether that total is enough
GROUPED = "|"  # in a label: group over the label, for headers in two rows


@dataclass(frozen=True)
class Column:
    """A column: canonical key, label, how its values are typed, whether totals add it up."""

    key: str
    label: str
    habit: Habit = plain
    summed: bool = False
    width: int = 12


@dataclass(frozen=True)
class Fault:
    """A wrong cell: what a check must call it, where, and what is typed (KEEP: the value itself stays)."""

    code: str
    column: str
    value: object = KEEP


@dataclass(frozen=True)
class Entry:
    """One row: the true record by canonical key, and what is wrong with it."""

    record: Mapping[str, Value]
    fault: Fault | None = None


@dataclass(frozen=True)
class Problem:
    """A fault where it landed; the row as a spreadsheet shows it."""

    sheet: str
    row: int
    column: str
    cell: str
    code: str


@dataclass
class Draft:
    """A page being filled."""

    page: Page
    columns: tuple[Column, ...]
    rng: Random
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    offset: int = 0  # empty columns at the left
    enough: int = 80  # the total that the rank column takes for a pass

    @property
    def width(self) -> int:
        """Columns in use, the empty ones at the left included."""
        return self.offset + len(self.columns)

    def title(self, left: Sequence[str], title: Sequence[str], motto: bool = True) -> None:
        """The letterhead, the title, and the notice that nothing here is real."""
        page, middle = self.page, max(4, self.width // 2)
        mottoes = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
        for at, line in enumerate(left):
            right = mottoes[at] if motto and at < 2 else ""
            page.add([line, *[""] * (middle - 1), right], "title")
        page.add()
        for line in title:
            page.add(["", line] if self.offset else [line], "title")
        page.add(["", NOTICE] if self.offset else [NOTICE], "notice")
        page.add()

    def head(self, numbered: bool = False) -> None:
        """The header, over two rows where a label has a group; `numbered` adds the row of column numbers."""
        groups = [column.label.partition(GROUPED) for column in self.columns]
        labels = [group if not bar else label for group, bar, label in groups]
        if any(bar for _, bar, _ in groups):
            self._head_in_two(groups)
        else:
            self._row(labels, "head")
        if numbered:
            self._row([f"({n})" for n in range(1, len(labels) + 1)], "head")
        self.page.widths |= {self.offset + n: column.width for n, column in enumerate(self.columns)}

    def _head_in_two(self, groups: list[tuple[str, str, str]]) -> None:
        page, top = self.page, len(self.page.rows)
        tops = [group if n == 0 or group != groups[n - 1][0] else "" for n, (group, _, _) in enumerate(groups)]
        self._row(tops, "head")
        self._row([label for _, _, label in groups], "head")
        for first, last in _runs([group for group, _, _ in groups]):
            below = top if groups[first][1] else top + 1
            page.merge(top, self.offset + first, below, self.offset + last)

    def _row(self, values: Iterable[Value], look: str) -> int:
        return self.page.add([*[None] * self.offset, *values], look)

    def section(self, text: str) -> None:
        """A row with nothing but the name of what follows, joined over the width."""
        at = self._row([text], "section") - 1
        self.page.merge(at, self.offset, at, self.width - 1)

    def entries(self, entries: Iterable[Entry], blanks: int = 0) -> tuple[int, int]:
        """Rows of the entries, `blanks` of a thousand followed by an empty row. First and last row."""
        first = len(self.page.rows) + 1
        for entry in entries:
            self.entry(entry)
            if blanks and self.rng.randrange(1000) < blanks:
                self.page.add()
        return first, len(self.page.rows)

    def entry(self, entry: Entry, hide: Iterable[str] = ()) -> int:
        """One row; the keys in `hide` stay empty (they stand in a merged cell or as a sign like nt)."""
        self.rows += 1
        cells = [None if column.key in hide else self._cell(column, entry) for column in self.columns]
        self._add_up(cells)
        row = self._row(cells, "row")
        if entry.fault:
            self.problems.append(self._problem(entry.fault, row))
        return row

    def _problem(self, fault: Fault, row: int) -> Problem:
        at = [column.key for column in self.columns].index(fault.column)
        cell = xl_rowcol_to_cell(row - 1, self.offset + at)
        return Problem(self.page.name, row, fault.column, cell, fault.code)

    def merged(self, entries: Sequence[Entry]) -> tuple[int, int]:
        """Rows of one village, its name in the first column joined over them. First and last row."""
        first = self.entry(entries[0])
        for entry in entries[1:]:
            self.entry(entry, hide=(self.columns[0].key,))
        last = len(self.page.rows)
        self.page.merge(first - 1, self.offset, last - 1, self.offset)
        return first, last

    def _cell(self, column: Column, entry: Entry) -> Value:
        if column.key == NUMBER:
            return self.rows
        fault = entry.fault
        if fault and fault.column == column.key and fault.value is not KEEP:
            return fault.value  # type: ignore[return-value]
        value = entry.record.get(column.key)
        return value if value is None else column.habit(value, self.rng)

    def _add_up(self, cells: list[Value]) -> None:
        """Total and rank of the row, as a spreadsheet has them: scores typed as text are not counted."""
        keys = [column.key for column in self.columns]
        if TOTAL not in keys:
            return
        scored = [n for n, column in enumerate(self.columns) if column.summed]
        row = len(self.page.rows) + 1
        text = xl_range(row - 1, self.offset + scored[0], row - 1, self.offset + scored[-1])
        cells[keys.index(TOTAL)] = Formula(f"SUM({text})", _sum(cells[n] for n in scored))
        if RANK in keys:
            enough = _sum(cells[n] for n in scored) >= self.enough
            cells[keys.index(RANK)] = "Đạt" if enough else "Chưa đạt"

    def total(self, label: str, first: int, last: int, at: int = 1) -> None:
        """A row that adds up the summed columns from row to row, as SUM does: text cells are not counted."""
        cells: list[Value] = [None] * len(self.columns)
        cells[at] = label
        for n, column in enumerate(self.columns):
            if column.summed:
                where = self.offset + n
                rows = self.page.rows[first - 1 : last]
                found = _sum(row[where] for row in rows if len(row) > where)
                cells[n] = Formula(f"SUM({xl_range(first - 1, where, last - 1, where)})", found)
        self._row(cells, "total")

    def sign(self, where_and_when: str, left: str, right: str, names: tuple[str, str]) -> None:
        """Place and day, offices and names below the table."""
        page, middle = self.page, max(4, self.width // 2)
        page.add()
        page.add([*[""] * middle, where_and_when])
        page.add(["", left, *[""] * (middle - 2), right], "title")
        page.add()
        page.add()
        page.add(["", names[0], *[""] * (middle - 2), names[1]])


def _sum(values: Iterable[Value]) -> int | float:
    """What SUM gives: the numbers only."""
    return sum(value for value in values if isinstance(value, (int, float)) and not isinstance(value, bool))


def _runs(values: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last index of each run of equal values."""
    first = 0
    for at in range(1, len(values) + 1):
        if at == len(values) or values[at] != values[first]:
            yield first, at - 1
            first = at


def with_faults(
    entries: Sequence[Entry],
    spares: Sequence[Entry],
    faults: Sequence[Fault],
    rng: Random,
    same: Callable[[Entry], object],
) -> list[Entry]:
    """The entries with wrong rows among them, each near its like (`same` gives its village).

    A duplicate repeats a good row below it; any other fault is written into a spare.
    """
    mixed, left = list(entries), list(spares)
    for fault in faults:
        if fault.code == "duplicate":
            at = rng.choice([n for n, entry in enumerate(mixed) if entry.fault is None])
            wrong, kin = mixed[at], [at]
        elif left:
            wrong = left.pop(0)
            kin = [n for n, entry in enumerate(mixed) if same(entry) == same(wrong)]
        else:
            continue
        mixed.insert((rng.choice(kin) + 1) if kin else len(mixed), Entry(wrong.record, fault))
    return mixed


def roman(number: int) -> str:
    """1 is I: how sections are numbered."""
    text = ""
    for value, sign in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        text += sign * (number // value)
        number %= value
    return text
