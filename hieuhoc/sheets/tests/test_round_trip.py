"""A random roster written in a random shape is read back exactly: no record invented, none lost, none changed.

The shape is drawn apart from the people: titles, where the village stands, the order of the columns, one heading or
two, a name or a day in one column or in several, two lists side by side, sums between, the encoding, the file.
"""

import csv
import io
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from hieuhoc.common.legacy import unicode_to_tcvn3, unicode_to_vni
from hieuhoc.sheets.tests.given import VILLAGES
from hieuhoc.sheets.tests.tables import problems, read_book

FAMILIES = ("Nguyễn", "Trần", "Lê", "Bùi", "Rơ Châm", "Ksor", "Tống", "Công", "Đặng")
MIDDLES = ("Văn", "Thị", "Đức", "Thị Kim", "Hữu")
GIVEN = ("Hòa", "Bình", "Dũng", "Thúy", "Quý", "H'Klưi", "Hùng", "Loan", "Tổng", "Cộng")
TITLES = (
    "UBND XÃ IA TÔR",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "DANH SÁCH CÔNG DÂN ĐĂNG KÝ NĂM 2026",
    "(Kèm theo Kế hoạch số 12/KH-HKH ngày 05/11/2026)",
    "Số: 12/DS-HKH",
    "Đơn vị tính: người",
)
ENCODINGS = {
    "nfc": str,
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "tcvn3": unicode_to_tcvn3,
    "vni": unicode_to_vni,
}
SIGNED = [["", "", "Ia Tôr, ngày 05 tháng 11 năm 2026"], ["", "Người lập biểu", "", "CHỦ TỊCH"], [], ["", "Lê Văn Tám"]]

Row = list[Any]


@dataclass(frozen=True)
class Shape:
    """How an officer writes a list."""

    titles: tuple[str, ...]
    order: tuple[str, ...]
    village: str
    split_name: bool
    split_day: bool
    beside: bool
    gap: bool
    numbers: bool
    sums: bool
    signed: bool
    encoding: str
    file: str


shapes = st.builds(
    Shape,
    titles=st.lists(st.sampled_from(TITLES), max_size=6, unique=True).map(tuple),
    order=st.permutations(["name", "birth_date", "cccd", "registered"]).map(tuple),
    village=st.sampled_from(["column", "section", "sheet", "ditto"]),
    split_name=st.booleans(),
    split_day=st.booleans(),
    beside=st.booleans(),
    gap=st.booleans(),
    numbers=st.booleans(),
    sums=st.booleans(),
    signed=st.booleans(),
    encoding=st.sampled_from(list(ENCODINGS)),
    file=st.sampled_from(["xlsx", "xlsx", "utf-8", "utf-8-sig", "utf-16"]),
)
people = st.fixed_dictionaries(
    {
        "family": st.tuples(st.sampled_from(FAMILIES), st.sampled_from(MIDDLES)).map(" ".join),
        "given": st.sampled_from(GIVEN),
        "birth_date": st.one_of(
            st.dates(min_value=date(1930, 1, 1), max_value=date(2008, 1, 1)),
            st.integers(1930, 2008),
        ),
        "registered": st.booleans(),
    }
)
rosters = st.dictionaries(st.sampled_from(VILLAGES), st.lists(people, min_size=3, max_size=6), min_size=1, max_size=3)


class Writer:
    """Writes a roster in a shape and keeps what must be read back."""

    def __init__(self, shape: Shape, roster: dict[str, list[dict[str, Any]]]):
        self.shape, self.roster = shape, roster
        self.number = 0
        self.wanted: list[list[str]] = []

    def sheets(self) -> dict[str, list[Row]]:
        """The rows of each sheet by its name."""
        shape, roster = self.shape, self.roster
        if shape.village == "sheet":
            return {village: self.page({village: members}) for village, members in roster.items()}
        return {"DS": self.page(roster)}

    def page(self, roster: dict[str, list[dict[str, Any]]]) -> list[Row]:
        """Titles, header, villages one below the other, a sum, signatures."""
        shape = self.shape
        rows: list[Row] = [[title] for title in shape.titles]
        header = self.header()
        rows += [[]] * shape.gap + [header]
        if shape.numbers:
            rows.append([f"({at})" for at in range(1, len(header) + 1)])
        for at, (village, members) in enumerate(roster.items()):
            if shape.village == "section":
                rows.append([f"{('I', 'II', 'III')[at]}. {village}"])
            rows += [self.row(village, one, first=place == 0) for place, one in enumerate(members)]
            if shape.sums:
                rows.append(["", "Cộng"] + [""] * (len(header) - 3) + [len(members)])
        return rows + ([[], *SIGNED] if shape.signed else [])

    def header(self) -> Row:
        """The headings in the order of the shape."""
        headings = {
            "name": ["Họ và đệm", "Tên"] if self.shape.split_name else ["Họ và tên"],
            "birth_date": ["Ngày", "Tháng", "Năm sinh"] if self.shape.split_day else ["Ngày sinh"],
            "cccd": ["Số CCCD"],
            "registered": ["Đăng ký"],
        }
        village = ["Thôn"] if self.shape.village in ("column", "ditto") else []
        return ["STT", *(heading for key in self.shape.order for heading in headings[key]), *village]

    def row(self, village: str, one: dict[str, Any], *, first: bool) -> Row:
        """One person as typed; what is to be read is kept."""
        self.number += 1
        cccd = f"0640{self.number:08d}"
        day = one["birth_date"]
        wanted_day = str(day) if isinstance(day, int) else day.isoformat()
        # TCVN3 has no capitals with a tone: names are compared without case.
        name = f"{one['family']} {one['given']}"
        self.wanted.append([village, name.lower(), wanted_day, cccd, str(one["registered"])])
        cells = {
            "name": [one["family"], one["given"]] if self.shape.split_name else [name],
            "birth_date": self.day(day),
            "cccd": [cccd],
            "registered": ["x" if one["registered"] else ""],
        }
        typed = {"column": [village], "ditto": [village if first else "nt"]}.get(self.shape.village, [])
        return [self.number, *(cell for key in self.shape.order for cell in cells[key]), *typed]

    def day(self, day: Any) -> Row:
        if self.shape.split_day:
            return ["", "", day] if isinstance(day, int) else [day.day, day.month, day.year]
        return [day] if isinstance(day, int) else [f"{day.day:02d}/{day.month}/{day.year}"]

    def typed(self, cell: Any) -> Any:
        return ENCODINGS[self.shape.encoding](cell) if isinstance(cell, str) else cell

    def write(self) -> bytes:
        """The bytes of the file; a text holds one sheet."""
        sheets = {name: self.doubled(rows) for name, rows in self.sheets().items()}
        if self.shape.file == "xlsx" or self.shape.village == "sheet":
            return xlsx({name: [list(map(self.typed, row)) for row in rows] for name, rows in sheets.items()})
        lines = io.StringIO()
        for rows in sheets.values():
            csv.writer(lines, delimiter=";").writerows([self.typed(cell) for cell in row] for row in rows)
        return lines.getvalue().encode(self.shape.file)

    def doubled(self, rows: list[Row]) -> list[Row]:
        """The rows of data in two halves beside each other, where the shape says so and nothing stands between."""
        shape = self.shape
        if not shape.beside or shape.village != "column" or shape.sums or shape.numbers:
            return rows
        top = next(at for at, row in enumerate(rows) if row[:1] == ["STT"])
        data = [row for row in rows[top + 1 :] if row and isinstance(row[0], int)]
        half = (len(data) + 1) // 2
        blank: Row = [""] * len(data[0])
        pairs = [left + [""] + right for left, right in zip(data, [*data[half:], *[blank] * len(data)], strict=False)]
        return [*rows[:top], rows[top] + [""] + rows[top], *pairs[:half]]


def xlsx(sheets: dict[str, list[Row]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append([None if cell == "" else cell for cell in row])
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def read_back(report: dict[str, Any]) -> list[list[str]]:
    """Village, name, day, CCCD and registration of every record, by CCCD."""
    found = []
    for columns in report["columns"]:
        names = [name.lower() for name in columns["name"]]
        keys = ("village", None, "birth_date", "cccd", "registered")
        values = [names if key is None else columns[key] for key in keys]
        found += [list(map(str, row)) for row in zip(*values, strict=True)]
    return sorted(found, key=lambda row: row[3])


@settings(max_examples=150, deadline=None)
@given(shapes, rosters)
def test_a_roster_in_any_shape_is_read_back(shape, roster):
    writer = Writer(shape, roster)
    report = read_book(writer.write(), "citizens")
    assert read_back(report) == writer.wanted
    assert {code.split()[-1] for code in problems(report).split(", ") if code} <= {"duplicate"}
