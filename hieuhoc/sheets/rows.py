"""Down from a header: which rows of a table are data, which are not and why.

A row is judged by habit: row numbers, totals, section rows, repeated headers, signatures. Regular rows (a row
number and a name) are taken in one pass; only the odd ones are looked at one by one.
"""

from dataclasses import dataclass, field
from typing import Any

from hieuhoc.common.text import fold, nfc
from hieuhoc.sheets import values
from hieuhoc.sheets.columns import Sheet, letter
from hieuhoc.sheets.headers import Header, filled, header_at, is_blank, is_column_numbers
from hieuhoc.sheets.headings import Match, is_ordinal
from hieuhoc.sheets.parts import Parts
from hieuhoc.sheets.rowwords import (
    EXAMPLE,
    FOOTER,
    GROUP,
    IN_BRACKETS,
    MAXIMUM_WORDS,
    SECTION_WORDS,
    SURE_VILLAGE,
    is_mean,
    is_no_name,
    is_other_thing,
    is_row_number,
    is_total,
    points,
)
from hieuhoc.sheets.source import Grid
from hieuhoc.sheets.villages import Villages, is_section_mark, looks_like_village


@dataclass
class Table:
    """One table found: rows and places count from 0."""

    grid: Grid
    header: Header
    matches: list[Match]
    data: list[int] = field(default_factory=list)
    sections: dict[int, str] = field(default_factory=dict)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    end: int = 0
    parts: Parts = field(default_factory=dict)
    start: int = 0  # without a header: the first row of data, and where the row numbers stand
    numbers: int | None = None
    cells: dict[tuple[int, int], str] = field(default_factory=dict)  # of a form: where its values really stand
    letters: dict[int, str] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The first row that may be data."""
        return self.header.rows[-1] + 1 if self.header.rows else self.start

    def letter(self, at: int) -> str:
        """The letter of a column in the file."""
        return self.letters.get(at) or letter(at)

    def place(self, key: str) -> int | None:
        """Where the column with this key stands."""
        return next((match.at for match in self.matches if match.column.key == key), None)

    @property
    def ordinal(self) -> int | None:
        """Where the row numbers stand."""
        if not self.header.rows:
            return self.numbers
        return next((at for at, names in enumerate(self.header.names) if names and is_ordinal(names[0])), None)


class RowReader:
    """Goes down from a header and tells data from the rest, until the next table begins."""

    def __init__(self, table: Table, sheet: Sheet, villages: Villages):
        self.table, self.sheet, self.villages = table, sheet, villages
        self.rows = table.grid.rows
        self.ordinal = table.ordinal
        self.subject = next(match.at for match in table.matches if match.column.key == sheet.subject)
        self.places = {match.at for match in table.matches}.union(*table.parts.values())
        told_elsewhere = {match.at for match in table.matches if match.column.key in ("village", "registered")}
        self.telling = self.places - told_elsewhere | {self.subject}
        counted = ("count", "share", "score")
        self.stated = {match.at for match in table.matches if match.column.kind not in counted}
        self.first = table.first
        self._repeated: set[int] = set()
        self._signed = False
        column = sheet.column(sheet.subject)
        self._header_words = set(table.header.texts) | {fold(name) for name in (column.also if column else ())}

    def read(self) -> None:
        """Fill the table: data, sections, skipped rows, where it ends."""
        table = self.table
        regular = self._regular()
        table.end = self._end(regular)
        odd = [row for row in range(self.first, table.end) if row not in regular and filled(self.rows[row])]
        data = {row for row in regular if row < table.end}
        sure = [row for row in odd if self._numbered(row) and self.telling.intersection(filled(self.rows[row]))]
        last = max([*data, *sure], default=0)
        for row in odd:
            what = self._judge(row, last)
            if what == "data":
                data.add(row)
            elif what == "section":
                table.sections[row] = self._section_text(row)
            if what != "data":
                table.skipped.append((row, what))
        table.data = sorted(data)

    def _regular(self) -> set[int]:
        """Rows with a row number (where the table has them), a name and something more."""
        rows, subject, ordinal = self.rows, self.subject, self.ordinal
        least = 3 if ordinal is not None else self._usual()
        width = len(self.table.header.names)
        doubtful = set(filter(is_no_name, {row[subject] for row in rows[self.first :]}))
        found = set()
        for at, row in enumerate(rows[self.first :], self.first):
            name = row[subject]
            if name == "" or width - row.count("") < least:
                continue
            if ordinal is not None and type(row[ordinal]) is not float and not is_row_number(row[ordinal]):
                continue
            if name not in doubtful or not is_other_thing(row, name):
                found.add(at)
        top = range(self.first, self.first + 3)
        found -= self._section_rows(found) | set(filter(self._said_at_top, top))
        if ordinal is not None:
            return found
        return self._unsigned({at for at in found if not self._is_other(at)})

    def _section_rows(self, found: set[int]) -> set[int]:
        """Numbered section rows: where no column tells the village, one may stand in place of a name."""
        if self.table.place("village") is not None or not self.sheet.column("village") or not self._of_people():
            return set()
        names = {at: self.rows[at][self.subject] for at in found}
        likely = [
            at for at, name in names.items() if isinstance(name, str) and nfc(name).lower().startswith(SECTION_WORDS)
        ]
        return {at for at in likely if self._is_numbered_section(at)}

    def _of_people(self) -> bool:
        """Whether the rows name people or clans: an organisation may be called as a village or a group is."""
        subject = self.sheet.column(self.sheet.subject)
        return subject is not None and subject.kind == "name" and not subject.label.startswith("Tên cơ quan")

    def _is_numbered_section(self, at: int) -> bool:
        """Whether a row with a row number has a village in place of a name: Lang Văn Ba is a person."""
        name = self._village_name(at)
        if name is None or name != self.rows[at][self.subject]:
            return self._is_group(at)
        return self.villages.find(name) is not None or nfc(name).lower().startswith(SURE_VILLAGE)

    def _said_at_top(self, at: int) -> str:
        """What a row right below the header says that is no data: the most points, or how to fill in the list."""
        if self._is_maximum(at):
            return "maximum"
        return "hint" if self._is_hint(at) else ""

    def _is_hint(self, at: int) -> bool:
        """Whether a row says how to fill in the list: "(ghi rõ)" below each heading, or an example marked as one."""
        cells = [self.rows[at][place] for place in filled(self.rows[at])] if at < len(self.rows) else []
        if self.ordinal is not None and cells and fold(values.text(self.rows[at][self.ordinal])) in EXAMPLE:
            return True
        return len(cells) > 1 and all(isinstance(cell, str) and IN_BRACKETS.fullmatch(cell) for cell in cells)

    def _is_maximum(self, at: int) -> bool:
        """Whether a row says the most points of each indicator: 10 | 10 | 20 below the header of a score sheet."""
        scored = [match for match in self.table.matches if match.column.kind == "score"]
        if len(scored) < 3 or at >= len(self.rows):
            return False
        row = self.rows[at]
        name = row[self.subject]
        if name != "" and not (isinstance(name, str) and MAXIMUM_WORDS.fullmatch(fold(name))):
            return False
        stated = self.stated - {self.subject}
        if any(not is_blank(row[place]) and not points(row[place]) for place in stated):
            return False
        found = [(points(row[match.at]), match.column.maximum) for match in scored]
        return all(points is not None and most in (None, points) for points, most in found)

    def _unsigned(self, found: set[int]) -> set[int]:
        """Without row numbers the names under signatures look like rows: they fill less, below a line of that kind."""
        counts = sorted(len(filled(self.rows[at])) for at in list(found)[:300])
        most = counts[len(counts) // 2] * 3 / 4 if counts else 0
        for at in range(self.first, len(self.rows)):
            if self._signs(at) and (at not in found or len(filled(self.rows[at])) < most):
                below = {row for row in found if row >= at}
                if all(len(filled(self.rows[row])) < most for row in below):
                    return found - below
        return found

    def _signs(self, at: int) -> bool:
        """Whether a row holds words of the foot of a paper: a day, an office, a signature."""
        return any(isinstance(cell, str) and cell and FOOTER.search(fold(cell)) for cell in self.rows[at])

    def _usual(self) -> int:
        """Without row numbers: a row of data fills at least half of the cells most rows fill."""
        counts = sorted(len(filled(row)) for row in self.rows[self.first : self.first + 300] if len(filled(row)) > 1)
        return max(2, counts[len(counts) // 2] // 2) if counts else 2

    def _is_other(self, at: int) -> bool:
        """Without row numbers: a header, numbers of columns, a total or a signature."""
        name = fold(values.text(self.rows[at][self.subject]))
        said = self.rows[at][self.subject]
        if name in self._header_words or is_total(said) or is_mean(said) or FOOTER.search(name):
            return True
        return at - self.first < 2 and is_column_numbers(self.rows[at])

    def _numbered(self, at: int) -> bool:
        return self.ordinal is not None and is_row_number(self.rows[at][self.ordinal])

    def _end(self, regular: set[int]) -> int:
        """Where the next table begins: a header with other words, or the same below a new title."""
        at = self.first
        while at < len(self.rows):
            if at in regular or not filled(self.rows[at]):
                at += 1
                continue
            header = header_at(self.table.grid, at, self.sheet) if at > self.first else None
            if header is None:
                at += 1
                continue
            if header.texts != self.table.header.texts or self._title_before(at, regular):
                return self._without_titles(at, regular)
            self._repeated |= set(header.rows)
            at = header.rows[-1] + 1
        return len(self.rows)

    def _title_before(self, at: int, regular: set[int]) -> bool:
        """Whether a line of words that is no total and no signature stands right above a repeated header."""
        above = next((row for row in range(at - 1, self.first, -1) if filled(self.rows[row])), None)
        return above is not None and above not in regular and self._is_title(above)

    def _is_title(self, at: int) -> bool:
        cells = [self.rows[at][place] for place in filled(self.rows[at])]
        if len(cells) > 2 or not all(isinstance(cell, str) for cell in cells):
            return False
        folded = fold(cells[0])
        return not is_total(cells[0]) and not FOOTER.search(folded)

    def _without_titles(self, at: int, regular: set[int]) -> int:
        """The first row of the title lines that stand above a header."""
        start = at
        for row in range(at - 1, self.first, -1):
            if row in regular or (filled(self.rows[row]) and not self._is_title(row)):
                break
            if filled(self.rows[row]):
                start = row
        return start

    def _judge(self, at: int, last: int) -> str:
        """What an odd row is: data, section, total, subtotal, footer, header_repeat, column_numbers, empty."""
        row = self.rows[at]
        places = filled(row)
        if at in self._repeated:
            return "header_repeat"
        if is_column_numbers(row) and (at - 1 in self._repeated or self._only_numbers_above(at)):
            return "column_numbers"
        if at - self.first < 3 and (said := self._said_at_top(at)):
            return said
        texts = [fold(row[at]) for at in places if isinstance(row[at], str) and not is_row_number(row[at])]
        if not self._numbered(at) and (any(map(is_total, row)) or is_mean(row[self.subject])):
            return "total"
        if at > last:
            return self._judge_after(places, texts)
        if self._is_section(at, places):
            return "section"
        if not self.telling.intersection(places) or (not texts and not self._numbered(at) and self.ordinal is not None):
            return "empty" if self._numbered(at) else "subtotal"
        return "data"

    def _only_numbers_above(self, at: int) -> bool:
        """Whether nothing but rows that number the columns stands between the header and this row."""
        return at - self.first < 3 and all(is_column_numbers(self.rows[row]) for row in range(self.first, at))

    def _judge_after(self, places: list[int], texts: list[str]) -> str:
        """After the last sure row: a row of data without a number or a name, or the signatures and all below them."""
        self._signed = self._signed or any(FOOTER.search(text) for text in texts)
        found = self.places.intersection(places)
        named = self.subject in places or (self.ordinal is None and len(found) > 2)
        return "data" if not self._signed and named and len(found) * 2 > len(self.places) else "footer"

    def _is_section(self, at: int, places: list[int]) -> bool:
        """A row of words alone; or a village's name, or a roman numeral, where a name or number would stand."""
        row = self.rows[at]
        if self._numbered(at):
            return self._of_people() and self._is_numbered_section(at)
        words = [row[place] for place in places if isinstance(row[place], str) and not is_row_number(row[place])]
        if len(places) == 1:
            return bool(words)
        if self.sheet.subject == "village":
            return False
        if self._is_group(at):
            return True
        if len(words) == 2 and len(places) == 2 and is_section_mark(words[0]):
            return True
        return self._village_name(at) is not None

    def _is_group(self, at: int) -> bool:
        """Whether "hộ nghèo", "diện chính sách" stands in place of a name, with nothing but counts beside it."""
        row = self.rows[at]
        name = row[self.subject]
        if not self._of_people() or not isinstance(name, str) or not GROUP.match(nfc(name).lower()):
            return False
        return not (self.stated - {self.subject}).intersection(filled(row))

    def _village_name(self, at: int) -> str | None:
        """The village named where a person's name would stand or in the first cells, all but counts empty beside it."""
        row = self.rows[at]
        for place in filled(row)[:3]:
            text = row[place]
            if place == self.table.place("village") or (place == self.ordinal and is_row_number(text)):
                continue
            if isinstance(text, str) and self._is_village(text):
                return None if (self.stated - {place}).intersection(filled(row)) else text
        return None

    def _is_village(self, text: str) -> bool:
        found = self.villages.in_section(text)
        return found is not None and (self.villages.known or looks_like_village(text)) and len(text) < 60

    def _section_text(self, at: int) -> str:
        row = self.rows[at]
        texts = [row[place] for place in filled(row) if isinstance(row[place], str)]
        texts = [text for text in texts if not is_row_number(text)] or texts
        marked = len(texts) > 1 and is_section_mark(texts[0])
        return self._village_name(at) or texts[1 if marked else 0]


def name_totals(tables: list[Table]) -> None:
    """Sums within a sheet are subtotals; the last one, called "tổng" or alone, is the total, the rest footer."""
    alone = sum(what == "total" for table in tables for _, what in table.skipped) == 1
    seen = False
    for table in tables:
        last = table.data[-1] if table.data else 0
        named = []
        for row, what in sorted(table.skipped):
            if what == "total":
                whole = row > last and (alone or "tong" in _sum_word(table.grid.rows[row]))
                what = ("footer" if seen else "total") if whole else "subtotal"
                seen = seen or whole
            named.append((row, what))
        table.skipped = named


def _sum_word(row: list[Any]) -> str:
    return next((fold(cell) for cell in row if is_total(cell)), "")
