"""Printed forms as Excel workbooks: the list annexed to a decision and the statistics of a round.

A4, the title block of administrative papers, header rows repeated on every page, numbers as numbers
with the reader's own separators. Text is always written as text, so that a name that begins with
"=" is a name. A share is written as it is printed everywhere (never rounded across a mark), beside
its count and denominator. Missing is an empty cell, not applicable is "x", zero is 0.

    workbooks.award_list(letterhead, title=…, annexed_to=…, sections=[…])   # bytes
    workbooks.statistics(letterhead, title=…, tables=[Table("Gia đình học tập", [Row(…), …]), …])
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hieuhoc.common.numbers import parse_number, percent, vn_int
from hieuhoc.documents import wording
from hieuhoc.documents.papers import Letterhead, Section

FONT = "Times New Roman"
NOT_APPLICABLE = "x"
AIMS = ("TT", "Chỉ tiêu", "Mức", "Đến năm", "Hiện có", "Mẫu số", "Tỷ lệ", "Kết quả", "Kế hoạch", "Câu trong kế hoạch")
Count = int | str | None  # a number, NOT_APPLICABLE, or None for missing
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "center": {"align": "center", "text_wrap": True},
    "bold": {"align": "center", "bold": True, "text_wrap": True},
    "italic": {"align": "center", "italic": True, "text_wrap": True},
    "notice": {"align": "center", "bold": True, "italic": True, "font_color": "#A8161C", "text_wrap": True},
    "title": {"align": "center", "bold": True, "font_size": 14, "text_wrap": True},
    "header": {"align": "center", "bold": True, "border": 1, "text_wrap": True, "bg_color": "#F2F2F2"},
    "section": {"bold": True, "border": 1, "bg_color": "#FAF3E3"},
    "group": {"bold": True, "border": 1},
    "cell": {"border": 1, "text_wrap": True},
    "middle": {"border": 1, "align": "center"},
    "count": {"border": 1, "num_format": "#,##0", "align": "right"},
    "share": {"border": 1, "num_format": '0.00" %"', "align": "right"},
    "day": {"border": 1, "num_format": "dd/mm/yyyy", "align": "center"},
    "sum": {"border": 1, "num_format": "#,##0", "bold": True, "align": "right"},
    "sum_share": {"border": 1, "num_format": '0.00" %"', "bold": True, "align": "right"},
}


@dataclass(frozen=True)
class Row:
    """One village or one title: all, registered, assessed, recognised."""

    name: str
    total: Count
    registered: Count
    assessed: Count
    recognised: Count


@dataclass(frozen=True)
class Table:
    """The rows of one title; `summed` adds the line of totals."""

    name: str
    first_column: str
    rows: Sequence[Row]
    summed: bool = True
    note: str = ""


def award_list(head: Letterhead, *, title: str, annexed_to: str, sections: Sequence[Section]) -> bytes:
    """Danh sách kèm theo quyết định: one sheet, by title and village, numbered through within a title."""
    with _Book() as book:
        sheet = book.sheet("Danh sách", (6, 38, 14, 20, 12))
        row = _heading(book, sheet, head, [("title", "DANH SÁCH"), ("bold", title), ("italic", annexed_to)], last=4)
        row = book.header(sheet, row, ("TT", "Tên", "Kết quả", "Số vào sổ", "Ghi chú"))
        for section in sections:
            row = _section(book, sheet, row, section)
        total = "; ".join(f"{vn_int(section.count)} {section.unit}" for section in sections)
        sheet.write_string(row + 1, 0, f"Danh sách có {total} được công nhận.", book.style["plain"])
        _signing(book, sheet, head, row + 3, first=2, last=4)
    return book.data


@dataclass(frozen=True)
class Aim:
    """A target beside its figure, in words where there is nothing to compare."""

    about: str
    amount: str
    due: int | None
    count: Count
    of: Count
    standing: str
    plan: str
    sentence: str


def statistics(head: Letterhead, *, title: str, tables: Sequence[Table], aims: Sequence[Aim] = ()) -> bytes:
    """Biểu thống kê: a sheet per table; counts, and the shares of all and of the registered; then the targets."""
    with _Book() as book:
        for table in tables:
            sheet = book.sheet(table.name, (6, 30, 12, 12, 12, 12, 15, 15), landscape=True)
            lines = [("title", title), ("bold", table.name)] + ([("italic", table.note)] if table.note else [])
            row = _heading(book, sheet, head, lines, last=7)
            row = book.header(sheet, row, _columns(table.first_column))
            row = _counts(book, sheet, row, table)
            _signing(book, sheet, head, row + 2, first=4, last=7)
        if aims:
            _aims(book, head, title, aims)
    return book.data


def plain_list(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[float]) -> bytes:
    """A list as a plain sheet: header kept in sight, filters, text as text, numbers and days as such."""
    with _Book() as book:
        sheet = book.sheet(name, widths, landscape=True)
        line = book.header(sheet, 0, header)
        for line, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                _write_plain(sheet, line, column, value, book.style)
        sheet.autofilter(0, 0, max(line, 1), len(header) - 1)
    return book.data


def _write_plain(sheet: Worksheet, row: int, column: int, value: Any, style: dict[str, Format]) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style["cell"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), style["day"])
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, column, float(value), style["middle"])
    else:
        sheet.write_string(row, column, str(value), style["cell"])


class _Book:
    """A workbook in memory with the styles of the forms; `data` holds it after the block."""

    def __enter__(self) -> "_Book":
        self._packed = BytesIO()
        self._book = xlsxwriter.Workbook(self._packed, {"in_memory": True})
        self._names: set[str] = set()
        base = {"font_name": FONT, "font_size": 12, "valign": "vcenter"}
        self.style: dict[str, Format] = {name: self._book.add_format(base | own) for name, own in _STYLES.items()}
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._book.close()
        self.data = self._packed.getvalue()

    def sheet(self, name: str, widths: Sequence[float], *, landscape: bool = False) -> Worksheet:
        sheet = self._book.add_worksheet(self._free(name))
        sheet.set_paper(9)
        sheet.set_landscape() if landscape else sheet.set_portrait()
        sheet.set_margins(left=0.9 if not landscape else 0.6, right=0.6, top=0.8, bottom=0.8)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P/&N")
        sheet.hide_gridlines(2)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def header(self, sheet: Worksheet, row: int, names: Sequence[str]) -> int:
        """Write the header row, repeat it on every page, keep it in sight; gives the next row."""
        for column, name in enumerate(names):
            sheet.write_string(row, column, name, self.style["header"])
        sheet.set_row(row, 34)
        sheet.repeat_rows(row)
        sheet.freeze_panes(row + 1, 0)
        return row + 1

    def _free(self, name: str) -> str:
        """A sheet name Excel takes: 31 characters, none of its marks, not used yet."""
        plain = name.translate(_FORBIDDEN).strip()[:31] or "Trang"
        tries = [plain] + [f"{plain[:27]} ({n})" for n in range(2, 99)]
        free = next(one for one in tries if one.lower() not in self._names)
        self._names.add(free.lower())
        return free


def _heading(book: _Book, sheet: Worksheet, head: Letterhead, lines: Sequence[tuple[str, str]], *, last: int) -> int:
    """Issuing body, nation and motto, the notice where there is one, the title; gives the next row."""
    half = 1 if last < 6 else 2
    left, right = (
        (("center", head.parent.upper()), ("bold", wording.authority(head.authority))),
        (
            ("bold", wording.NATION),
            ("bold", wording.MOTTO),
        ),
    )
    pairs = zip(left, right, strict=True)
    if not head.parent:
        pairs = zip(reversed(left), right, strict=True)
    for row, ((style, words), (other, nation)) in enumerate(pairs):
        sheet.merge_range(row, 0, row, half, words, book.style[style])
        sheet.merge_range(row, half + 1, row, last, nation, book.style[other])
    notice = wording.notice(illustrative=head.illustrative, demonstration=head.demonstration)
    rows = ([("notice", notice)] if notice else []) + list(lines)
    for row, (style, words) in enumerate(rows, 3):
        sheet.merge_range(row, 0, row, last, words, book.style[style])
        sheet.set_row(row, 36 if len(words) > 80 else 20)
    return 4 + len(rows)


def _section(book: _Book, sheet: Worksheet, row: int, section: Section) -> int:
    name = f"{section.title} ({vn_int(section.count)} {section.unit})"
    sheet.merge_range(row, 0, row, 4, name, book.style["section"])
    row, number = row + 1, 0
    for village in section.villages:
        if village.name:
            words = f"{village.name}: {vn_int(len(village.lines))} {section.unit}"
            sheet.merge_range(row, 0, row, 4, words, book.style["group"])
            row += 1
        for line in village.lines:
            number += 1
            sheet.write_number(row, 0, number, book.style["middle"])
            for column, text in enumerate((line.name, line.detail, line.certificate, line.note), 1):
                sheet.write_string(row, column, text, book.style["cell" if column == 1 else "middle"])
            row += 1
    return row


def _columns(first: str) -> tuple[str, ...]:
    counts = ("Tổng số", "Đăng ký", "Đã chấm điểm", "Được công nhận")
    return ("TT", first, *counts, "Tỷ lệ trên tổng số", "Tỷ lệ trên số đăng ký")


def _counts(book: _Book, sheet: Worksheet, row: int, table: Table) -> int:
    for number, one in enumerate(table.rows, 1):
        sheet.write_number(row, 0, number, book.style["middle"])
        sheet.write_string(row, 1, one.name, book.style["cell"])
        _numbers(book, sheet, row, one, "count", "share")
        row += 1
    if table.summed and table.rows:
        sheet.merge_range(row, 0, row, 1, "Cộng", book.style["header"])
        _numbers(book, sheet, row, total_of(table.rows), "sum", "sum_share")
        row += 1
    return row


def _aims(book: _Book, head: Letterhead, title: str, aims: Sequence[Aim]) -> None:
    """The sheet of targets: each with its figure, what is missing, and the sentence it is from."""
    sheet = book.sheet("So với chỉ tiêu", (6, 38, 12, 9, 11, 11, 13, 22, 20, 44), landscape=True)
    row = _heading(book, sheet, head, [("title", title), ("bold", "SO VỚI CHỈ TIÊU")], last=9)
    names = (
        "TT",
        "Chỉ tiêu",
        "Mức",
        "Đến năm",
        "Hiện có",
        "Mẫu số",
        "Tỷ lệ",
        "Kết quả",
        "Kế hoạch",
        "Câu trong kế hoạch",
    )
    row = book.header(sheet, row, names)
    for number, one in enumerate(aims, 1):
        sheet.write_number(row, 0, number, book.style["middle"])
        sheet.write_string(row, 1, one.about, book.style["cell"])
        sheet.write_string(row, 2, one.amount, book.style["middle"])
        _write_plain(sheet, row, 3, one.due, book.style)
        for column, count in ((4, one.count), (5, one.of)):
            sheet.write(row, column, count if isinstance(count, int) else "", book.style["count"])
        share = percent(one.count, one.of) if isinstance(one.count, int) and isinstance(one.of, int) else ""
        sheet.write_string(row, 6, share, book.style["middle"])
        for column, text in ((7, one.standing), (8, one.plan), (9, one.sentence)):
            sheet.write_string(row, column, text, book.style["cell"])
        lines = max(len(one.about) // 34, len(one.sentence) // 40, len(one.standing) // 19, len(one.plan) // 17) + 1
        sheet.set_row(row, 16 * lines + 2)
        row += 1


def total_of(rows: Sequence[Row]) -> Row:
    """The sum of rows; a column in which one number is missing has no sum, x counts for nothing."""
    columns = zip(*((row.total, row.registered, row.assessed, row.recognised) for row in rows), strict=True)
    return Row("Cộng", *map(_sum, columns))


def _sum(values: Sequence[Count]) -> Count:
    if any(value is None for value in values):
        return None
    numbers = [value for value in values if isinstance(value, int)]
    return sum(numbers) if numbers else NOT_APPLICABLE


def _numbers(book: _Book, sheet: Worksheet, row: int, one: Row, count: str, share: str) -> None:
    for column, value in enumerate((one.total, one.registered, one.assessed, one.recognised), 2):
        _write(sheet, row, column, value, book.style[count])
    for column, of in ((6, one.total), (7, one.registered)):
        _write(sheet, row, column, _share(one.recognised, of), book.style[share])


def _share(count: Count, of: Count) -> Decimal | str | None:
    """The printed share as a number of per cent; nobody to count is not applicable."""
    if NOT_APPLICABLE in (count, of) or of == 0:
        return NOT_APPLICABLE
    if not isinstance(count, int) or not isinstance(of, int):
        return None
    return parse_number(percent(count, of).removesuffix(" %"))


def _write(sheet: Worksheet, row: int, column: int, value: Count | Decimal, style: Format) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, float(value), style)


def _signing(book: _Book, sheet: Worksheet, head: Letterhead, row: int, *, first: int, last: int) -> None:
    day = wording.day_of(head.issued_place, head.day, head.year)
    lines = [("italic", day)] + [("bold", words) for words in head.signing]
    for place, (style, words) in enumerate(lines, row):
        sheet.merge_range(place, first, place, last, words, book.style[style])
    sheet.merge_range(row + len(lines) + 4, first, row + len(lines) + 4, last, head.signer, book.style["bold"])
