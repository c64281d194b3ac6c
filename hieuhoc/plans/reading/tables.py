"""Targets in tables: a row for what is asked, a column for each year; or years in rows and titles in columns.

Columns of results ("Thực hiện 2021") are left. A bare number is a share only where the cell, its heading, its row
or the column of units says so; else it is told to a person and not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from hieuhoc.plans.reading import words
from hieuhoc.plans.reading.document import Document, Line
from hieuhoc.plans.reading.figures import Amount, area_of
from hieuhoc.plans.reading.grammar import asked, subject_before
from hieuhoc.plans.reading.populations import Counted, counted
from hieuhoc.plans.reading.result import Span
from hieuhoc.plans.reading.sentence import Sentence, Statement, Subject

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_PAST = re.compile(r"kết quả|thực hiện(?! năm sau)|hiện trạng|hiện có|ước|đã đạt|đạt được|thực trạng")
_GOAL = re.compile(r"tỷ lệ|tỉ lệ|mục tiêu|chỉ tiêu|kế hoạch|phấn đấu|%")
_LABEL = re.compile(r"chỉ tiêu|nội dung|mô hình|danh hiệu|tiêu chí|mục tiêu|đối tượng|chỉ số|tên")
_UNIT = re.compile(r"đơn vị tính|đvt|đơn vị$")
_CELL = re.compile(
    r"(?P<bound>trên|hơn|>=|≥|>|tối thiểu|ít nhất|từ|đạt)?\s*(?:(?P<low>\d{1,3}(?:[.,]\d+)?)\s*%?\s*(?:-|đến)\s*)?"
    r"(?P<high>\d{1,3}(?:\.\d{3})+|\d{1,6}(?:,\d+)?|\d{1,3}\.\d{1,2})\s*(?P<unit>%|phần trăm|điểm %)?\s*(?:trở lên)?"
)
_PART = re.compile(r"[-+*•]|[a-zđ][).]|trong đó")
HEADING_ROWS = 3


@dataclass(frozen=True)
class Cell:
    """A value of a table with what it counts."""

    span: Span
    row: Line
    year: int | None
    area: str | None
    amount: Amount | None
    counts: Counted


_NOBODY = Subject()


@dataclass(frozen=True)
class _Column:
    at: int
    year: int | None
    area: str | None
    share: bool
    subject: Subject = _NOBODY
    measure: str | None = None


class TargetTable:
    """One table of targets, or nothing where it is another kind of table."""

    def __init__(self, document: Document, table: int):
        self.document = document
        self.rows = document.rows(table)
        self.heads = self._heading_rows()
        self.columns = list(self._columns()) if self.heads else []
        self.label = self._label()
        values = (self._value(row, column) for row in self.rows[self.heads :] for column in self.columns)
        self.percents = any(value and value["unit"] for value in values)

    def __bool__(self) -> bool:
        return bool(self.columns) and len(self.rows) > self.heads

    def cells(self) -> Iterator[Cell]:
        """The values in order, with what they count."""
        above = Statement(_no_figure(), Subject(), None)
        for row in self.rows[self.heads :]:
            said = self._said(row)
            values = [column for column in self.columns if self._value(row, column)]
            told = self._row(said, above)
            if not values:
                above = told
                continue
            for column in values:
                yield from self._cell(row, column, told, said)

    def _cell(self, row: Line, column: _Column, told: Statement, said: str) -> Iterator[Cell]:
        match = self._value(row, column)
        if match is None:
            return
        subject = column.subject if column.subject else told.subject
        one = replace(told, subject=subject, measure=told.measure or column.measure)
        unit = self._unit(row)
        share = column.share or "%" in unit + said or self.percents or bool(re.match(r"\W*t[ỷỉ] lệ", said))
        years = _YEAR.search(said) if column.year is None else None
        amount = _amount(match, share, counting=bool(re.search(r"hộ|dòng họ|thôn|đơn vị|người|số lượng", unit)))
        for counts in counted(one, learning=True, centre=True):
            year = int(years[1]) if years else column.year
            yield Cell(row.cells[column.at], row, year, column.area, amount, counts)

    def _row(self, said: str, above: Statement) -> Statement:
        """What a row asks, with what the row above it heads lends."""
        sentence = _sentence(said)
        span = range(len(sentence.tokens))
        measure, models, registered = asked(sentence, span)
        subject = replace(subject_before(sentence, span), registered=registered)
        if models and measure in ("register", "recognise") and not subject.group:
            subject = replace(subject, models=tuple(models))
        if subject.group and not subject.models and "CITIZEN" in above.subject.models:
            subject = replace(subject, models=("CITIZEN",))
        if not subject and (measure or _PART.match(said)):
            subject = above.subject
        return Statement(_no_figure(), subject, measure or (above.measure if subject == above.subject else None))

    def _heading_rows(self) -> int:
        """How many rows head the table: up to the last of the first rows that names years, titles or shares."""
        last = 0
        for at, row in enumerate(self.rows[:HEADING_ROWS]):
            texts = [self._text(cell) for cell in row.cells]
            if any(
                _CELL.fullmatch(text) and not _YEAR.fullmatch(text) for text in texts[1:] if not text.isdigit() or at
            ):
                break
            if any(_YEAR.search(text) or _GOAL.search(text) or _LABEL.search(text) for text in texts):
                last = at + 1
        return last

    def _columns(self) -> Iterator[_Column]:
        """The columns that hold values to be reached."""
        heads = [self._heading(at) for at in range(len(self.rows[self.heads - 1].cells))]
        dated = [at for at, head in enumerate(heads) if _YEAR.search(head) and len(head) < 120]
        titled = {at: _sentence(head) for at, head in enumerate(heads)}
        for at, head in enumerate(heads):
            area = next((own for token in titled[at].tokens if (own := area_of(token))), None)
            share = "%" in head or "tỷ lệ" in head or "tỉ lệ" in head
            if _PAST.search(head) or _UNIT.search(head) or (at == 0 and not dated):
                continue
            measure = asked(titled[at], range(len(titled[at].tokens)))[0]
            if at in dated:
                yield _Column(at, int(_YEAR.findall(head)[-1]), area, share, measure=measure)
            elif not dated and self._years_below() is not None:
                subject = subject_before(titled[at], range(len(titled[at].tokens)))
                if subject.models:
                    yield _Column(at, None, area, share, subject, measure)
            elif not dated and _GOAL.search(head) and self._numbers_below(at):
                yield _Column(at, None, area, share, measure=measure)

    def _years_below(self) -> int | None:
        """The column where every row has its year."""
        rows = self.rows[self.heads :]
        for at in range(2):
            if rows and all(_YEAR.search(self._of(row, at)) and len(self._of(row, at)) < 30 for row in rows):
                return at
        return None

    def _numbers_below(self, at: int) -> bool:
        cells = [self._text(row.cells[at]) for row in self.rows[self.heads :] if at < len(row.cells)]
        return any(_CELL.fullmatch(cell) for cell in cells) and all(not cell or _CELL.fullmatch(cell) for cell in cells)

    def _heading(self, at: int) -> str:
        """The words above a column; a cell merged over several columns heads them all."""
        parts = []
        for row in self.rows[: self.heads]:
            texts = [self._text(cell) for cell in row.cells]
            while at >= len(texts):
                texts.append("")
            place = at
            while place > 0 and not texts[place] and row is not self.rows[self.heads - 1]:
                place -= 1
            parts.append(texts[place])
        return " ".join(parts)

    def _label(self) -> int:
        """The column that says what is asked."""
        by_year = self._years_below() if self.heads else 0
        if by_year is not None:
            return by_year
        taken = {column.at for column in self.columns}
        heads = {at: self._heading(at) for at in range(len(self.rows[self.heads - 1].cells)) if at not in taken}
        named = [at for at, head in heads.items() if _LABEL.search(head) and not _UNIT.search(head)]
        widest = sorted(heads, key=lambda at: -sum(len(self._of(row, at)) for row in self.rows[self.heads :]))
        return (named or widest or [0])[0]

    def _said(self, row: Line) -> str:
        """The words of a row that say what is asked, or by when."""
        return self._of(row, self.label) if self.label < len(row.cells) else ""

    def _unit(self, row: Line) -> str:
        heads = range(len(self.rows[self.heads - 1].cells))
        at = next((at for at in heads if _UNIT.search(self._heading(at))), None)
        return self._of(row, at) if at is not None else ""

    def _value(self, row: Line, column: _Column) -> re.Match[str] | None:
        text = self._of(row, column.at)
        return _CELL.fullmatch(text) if text and not _YEAR.fullmatch(text) else None

    def _of(self, row: Line, at: int) -> str:
        return self._text(row.cells[at]) if at < len(row.cells) else ""

    def _text(self, span: Span) -> str:
        return self.document.plain[span.start : span.end].strip()


def _amount(match: re.Match[str], share: bool, counting: bool) -> Amount | None:
    """The value of a cell; None where nothing says whether it is a share or a number."""
    number = match["high"].replace(".", "") if re.search(r"\.\d{3}", match["high"]) else match["high"]
    high = Decimal(number.replace(",", "."))
    if counting and not share:
        return Amount(high, "number", "count")
    if not share or high > 100:
        return None
    if match["low"]:
        return Amount(Decimal(match["low"].replace(",", ".")), "percent", "range", high)
    return Amount(high, "percent", ">" if match["bound"] in ("trên", "hơn", ">") else ">=")


def _sentence(plain: str) -> Sentence:
    text = words.blanked(plain)
    return Sentence(text, words.all_tokens(text))


def _no_figure() -> words.Token:
    """A statement of a table has its figure in another cell."""
    return words.Token("VALUE", "", 0, 0, re.match("", ""))  # type: ignore[arg-type]
