"""Officers who do not exist: workbooks with the habits of communes mixed at random, and what is really in them.

`make(seed)` gives a `Made`: the bytes, the kind, the records as they should be read and the problems to be found. Every
habit of the domain page is here by itself and with the others; a seed that once read wrong can be kept as a case.
"""

import csv
import io
import random
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from hieuhoc.common.legacy import unicode_to_tcvn3, unicode_to_vni
from hieuhoc.sheets.tests.given import CITIZEN_SET, FAMILY_SET, VILLAGES

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Rơ Châm", "Ksor", "Kpuih", "Tòng", "Công", "Đặng", "Tống")
MIDDLE = ("Văn", "Thị", "Đức", "Xuân", "Thị Kim", "Hữu", "Phụ")
GIVEN = ("Hòa", "Bình", "An", "Hlơi", "Thúy", "Quý", "Hùng", "Dũng", "Loan", "H'Klưi", "Ngưn", "Tổng", "Cộng")
WORDINGS = {
    "village": ("Thôn/làng", "Thôn", "Làng", "THÔN, LÀNG", "Tên thôn", "Địa bàn", "Thôn (làng)"),
    "household_code": ("Mã hộ", "Mã số hộ", "MÃ HỘ GĐ"),
    "head_name": ("Họ và tên chủ hộ", "Chủ hộ", "HỌ TÊN CH.HỘ", "Họ tên\nchủ hộ", "Tên chủ hộ", "Họ & tên chủ hộ"),
    "cccd": ("Số CCCD", "CCCD", "Số định danh", "CCCD/Định danh"),
    "phone": ("Điện thoại", "SĐT", "ĐT liên hệ", "Số ĐT", "Đ.thoại liên hệ"),
    "members": ("Số khẩu", "S.khẩu", "Nhân khẩu", "Số nhân khẩu", "Tổng số khẩu (người)"),
    "children_school_age": ("Trẻ em đi học", "TE đi học", "Số trẻ đang đi học", "TE"),
    "adults": ("Người lớn", "N.lớn", "NL", "Số người lớn"),
    "address": ("Địa chỉ", "Đ/c", "Chỗ ở", "Nơi cư trú"),
    "registered": ("Đăng ký", "ĐK GĐHT", "Đăng ký năm 2026", "Đăng kí", "Có ĐK"),
    "name": ("Họ và tên", "HỌ TÊN", "Họ, tên", "Họ và tên\ncông dân"),
    "birth_date": ("Ngày sinh", "Năm sinh", "Ngày, tháng,\nnăm sinh", "NS"),
    "sex": ("Giới tính", "Nam/Nữ", "GT", "Phái"),
    "group": ("Nhóm đối tượng", "Nhóm", "Đối tượng"),
    "families": ("Số gia đình", "Số hộ", "Số GĐ", "Tổng số gia đình"),
    "kind": ("Loại hình", "Loại đơn vị", "Thuộc khối"),
    "staff": ("Số CB, CC, VC, NLĐ", "Số CBCCVC", "Số người", "Tổng số CB"),
    "learners": ("Số người học", "Số HS", "Học sinh"),
    "share_percent": ("Tỷ lệ (%)", "Tỉ lệ %", "Tỷ lệ"),
    "households": ("Tổng số hộ", "Số hộ", "Hộ"),
    "population": ("Nhân khẩu", "Dân số", "Số khẩu"),
}
OTHER_WORDINGS = {
    ("clans", "name"): ("Tên dòng họ", "Dòng họ", "Họ", "Tên họ"),
    ("clans", "head_name"): ("Trưởng họ", "Trưởng tộc", "Họ tên trưởng họ"),
    ("organisations", "name"): ("Tên cơ quan, đơn vị", "Đơn vị", "Tên đơn vị", "Cơ quan, đơn vị"),
    ("organisations", "head_name"): ("Thủ trưởng\nđơn vị", "Người đứng đầu", "Lãnh đạo"),
    ("communities", "head_name"): ("Trưởng thôn", "Già làng, trưởng làng", "Họ tên trưởng thôn"),
}
COUNTS = ("members", "children_school_age", "adults", "families", "staff", "learners", "households", "population")
GROUPED = COUNTS[:3]
KINDS = {
    "households": ("head_name", ("household_code", "cccd", "phone", *GROUPED, "address", "registered")),
    "citizens": ("name", ("birth_date", "sex", "cccd", "household_code", "group", "registered")),
    "clans": ("name", ("head_name", "families", "registered")),
    "communities": ("village", ("head_name", "households", "population", "share_percent")),
    "organisations": ("name", ("kind", "head_name", "staff", "learners", "share_percent")),
    "family scores": ("head_name", ("household_code", *(one.key for one in FAMILY_SET.indicators))),
    "citizen scores": ("name", ("birth_date", "cccd", *(one.key for one in CITIZEN_SET.indicators))),
}
LISTS = ("households", "households", "households", "citizens", "citizens", "clans", "communities", "organisations")
JUNK = ("Ghi chú", "Dân tộc", "Ký nhận", "Hộ nghèo")
TITLES = (
    "UBND XÃ IA TÔR",
    "HỘI KHUYẾN HỌC XÃ",
    "DANH SÁCH ĐĂNG KÝ NĂM 2026",
    "(Kèm theo Kế hoạch số 12/KH-UBND)",
    "Biểu số 01",
)


@dataclass
class Made:
    """A workbook of an officer who does not exist."""

    data: bytes
    kind: str
    records: list[dict[str, Any]]
    problems: set[tuple[str, int, str, str]]
    encoding: str
    habits: dict[str, Any] = field(default_factory=dict)


@dataclass
class Page:
    name: str
    rows: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


class Officer:
    """One officer's way of making lists, drawn from a seed."""

    def __init__(self, seed: int):
        self.chance = chance = random.Random(seed)
        self.kind = chance.choice((*LISTS, "family scores", "citizen scores"))
        self.subject, optional = KINDS[self.kind]
        self.scored = {one.key: one for one in (*FAMILY_SET.indicators, *CITIZEN_SET.indicators)}
        self.file = chance.choice(("xlsx", "xlsx", "csv"))
        self.village_by = chance.choice(("column", "column", "section", "sheet", "ditto", "merged", "title"))
        if self.file == "csv" and self.village_by in ("sheet", "merged"):
            self.village_by = "section"
        if self.kind in ("communities", "organisations"):
            self.village_by = "none"
        self.encoding = chance.choice(("nfc", "nfc", "nfd", "tcvn3", "vni"))
        self.ordinal = chance.random() < 0.85 or self.village_by == "section"
        self.keys = [self.subject, *(key for key in optional if key in self.scored or chance.random() < 0.7)]
        if len(self.keys) < 3:
            self.keys = [self.subject, *optional[:3]]
        if self.village_by in ("column", "ditto", "merged"):
            self.keys.insert(chance.randrange(len(self.keys) + 1), "village")
        if chance.random() < 0.4 and "scores" not in self.kind:
            chance.shuffle(self.keys)
        self.columns: list[str] = list(self.keys)
        for junk in chance.sample(JUNK, chance.randrange(3)):
            self.columns.insert(chance.randrange(1, len(self.columns) + 1), f"!{junk}")
        self.left = chance.randrange(2)
        style = chance.choice(("key", "maximum", "spaced", "number", "label"))
        self.heading = {key: self.wording(key, style) for key in self.keys}
        grouped = sum(key in GROUPED for key in self.keys)
        self.groups = self.kind == "households" and grouped >= 2 and chance.random() < 0.4
        if self.groups:
            counts = [key for key in self.columns if key in GROUPED]
            rest = [key for key in self.columns if key not in GROUPED]
            self.columns = rest[:1] + counts + rest[1:]
        self.numbers = chance.choice(("", "(1)", "1", "A"))
        self.subtotals = chance.random() < 0.4
        self.total = chance.choice(("", "Tổng cộng", "CỘNG", "Tổng số: 10 hộ"))
        self.repeat = chance.random() < 0.25 and self.village_by != "title"
        self.signed = chance.random() < 0.7
        self.problems: set[tuple[str, int, str, str]] = set()
        self.records: list[dict[str, Any]] = []
        self.names: set[str] = set()

    def make(self, seed: int) -> Made:
        """Write the workbook and keep what is in it."""
        most = (6, 10) if self.kind == "communities" else (2, 5)
        villages = self.chance.sample(VILLAGES, self.chance.randrange(*most))
        if self.village_by == "sheet":
            pages = [self.page(unmarked(name) if self.chance.random() < 0.5 else name, [name]) for name in villages]
        elif self.village_by == "title":
            pages = [self.page("Sheet1", villages[:1])]
        else:
            pages = [self.page("DS 2026", villages)]
        data = self.xlsx(pages) if self.file == "xlsx" else self.csv(pages[0])
        encoding = self.encoding if self.encoding in ("tcvn3", "vni") else "unicode"
        return Made(
            data,
            "scores" if "scores" in self.kind else self.kind,
            self.records,
            self.problems,
            encoding,
            {**vars(self), "seed": seed},
        )

    def page(self, name: str, villages: list[str]) -> Page:
        """One sheet: titles, header, villages one after the other, totals, signatures."""
        page = Page(name if self.file == "xlsx" else "")
        for title in self.chance.sample(TITLES, self.chance.randrange(4)):
            page.rows.append(["", title] if self.chance.random() < 0.3 else [title])
            page.rows += [[]] * (self.chance.random() < 0.3)
        if self.village_by == "title":
            page.rows.append([f"DANH SÁCH {villages[0].upper()}"])
        self.header(page)
        number = 0
        for at, village in enumerate(villages):
            if self.village_by == "section":
                page.rows.append(self.spaced([f"{('I', 'II', 'III', 'IV', 'V')[at]}. {village}"]))
            number = self.village(page, village, number)
            if self.repeat and at == 0 and len(villages) > 1:
                page.rows.append([])
                self.header(page)
        if self.total:
            page.rows.append(self.sums(self.total))
        if self.signed:
            page.rows += [[], ["", "", "", "Ia Tôr, ngày 05 tháng 11 năm 2026"], ["", "Người lập biểu", "", "CHỦ TỊCH"]]
            page.rows += [[], [], ["", "Nguyễn Thị Loan", "", "Siu Phưn"]]
        return page

    def header(self, page: Page) -> None:
        """One row of headings, or two with the counts under a group; then perhaps the numbers of the columns."""
        texts = [key[1:] if key.startswith("!") else self.heading[key] for key in self.columns]
        top = len(page.rows)
        row = self.spaced([*(["STT"] if self.ordinal else []), *texts])
        if self.groups:
            shift = len(row) - len(texts)
            places = [at + shift for at, key in enumerate(self.columns) if key in GROUPED]
            below: list[Any] = [row[at] if at in places else "" for at in range(len(row))]
            row = ["" if at in places[1:] else "Nhân khẩu" if at == places[0] else cell for at, cell in enumerate(row)]
            page.rows += [row, below]
            page.merges.append((top, places[0], top, places[-1]))
        else:
            page.rows.append(row)
        if self.numbers:
            count = len(row) - self.left
            page.rows.append(self.spaced([numbered(self.numbers, at) for at in range(count)]))

    def village(self, page: Page, village: str, number: int) -> int:
        """The rows of one village, perhaps with a subtotal; gives the last row number."""
        first = len(page.rows)
        count = 1 if self.kind == "communities" else self.chance.randrange(4, 9)
        for at in range(count):
            number += 1
            self.row(page, village, number, first=at == 0)
            if self.chance.random() < 0.06:
                page.rows.append([])
        if self.village_by == "merged":
            column = self.left + self.ordinal + self.columns.index("village")
            page.merges.append((first, column, len(page.rows) - 1, column))
        if self.subtotals and self.kind != "communities":
            page.rows.append(self.sums(self.chance.choice(("Cộng", f"Cộng {village}", "CỘNG"))))
        return number

    def row(self, page: Page, village: str, number: int, *, first: bool) -> None:
        """One record: its true values, and the cells as this officer types them."""
        at = len(page.rows) + 1
        record: dict[str, Any] = {"_sheet": page.name, "_row": at}
        if self.kind != "organisations":
            record["village"] = village
        cells: list[Any] = [number] if self.ordinal else []
        for key in self.columns:
            if key.startswith("!"):
                cells.append(self.chance.choice(("", "", "đã gặp")))
                continue
            value, cell = self.a_score(key) if key in self.scored else getattr(self, f"a_{key}")(village, number, first)
            if key != "village":
                record[key] = value
            cells.append(self.spoil(page.name, at, key, record, cell))
        page.rows.append(self.spaced(cells))
        self.records.append(record)

    def spoil(self, sheet: str, at: int, key: str, record: dict[str, Any], cell: Any) -> Any:
        """Now and then a cell is wrong; the problem is kept."""
        if self.chance.random() > 0.03:
            return cell
        wrong: dict[str, tuple[str, Any, Any]] = {
            self.subject: ("missing_name", "", None),
            "cccd": ("bad_cccd", "231045678", "231045678"),
            "birth_date": ("bad_birth_date", "31/02/1985", "31/02/1985"),
        }
        wrong |= {count: ("not_a_number", "không rõ", "không rõ") for count in (*COUNTS, *self.scored)}
        wrong["share_percent"] = ("share_over_100", "120,5", 120.5)
        if key not in wrong or key == "village":
            return cell
        code, typed, value = wrong[key]
        self.problems.add((sheet, at, key, code))
        record[key] = value
        return typed

    def a_village(self, village: str, number: int, first: bool) -> tuple[Any, Any]:
        if self.village_by == "merged":
            return village, village if first else ""
        if self.village_by == "ditto" and not first:
            return village, self.chance.choice(("nt", "", "-nt-"))
        forms = (village, village.upper(), f"{village} ", village.replace("Hòa", "Hoà").replace("Thôn ", "T. "))
        return village, self.chance.choice(forms)

    def a_head_name(self, village: str, number: int, first: bool) -> tuple[Any, Any]:
        name = ""
        while not name or name in self.names:
            name = " ".join(self.chance.choice(part) for part in (FAMILY, MIDDLE, GIVEN))
            name += f" {self.chance.choice(GIVEN)}" if name in self.names else ""
        self.names.add(name)
        return name, self.chance.choice(
            (name, name, f"  {name} ", name.replace(" ", "\u00a0", 1), name.replace(" ", "  ", 1))
        )

    def a_name(self, village: str, number: int, first: bool) -> tuple[Any, Any]:
        if self.kind == "clans":
            name = f"Dòng họ {self.chance.choice(FAMILY)} {number}"
        elif self.kind == "organisations":
            name = f"{self.chance.choice(('Trường Tiểu học', 'Trạm Y tế', 'Công ty TNHH', 'Tổng đội'))} số {number}"
        else:
            return self.a_head_name(village, number, first)
        return name, self.chance.choice((name, f"{name}  "))

    def a_kind(self, village: str, number: int, first: bool) -> tuple[Any, Any]:
        kind = self.chance.choice(("Trường học", "Cơ quan", "Doanh nghiệp", "Cơ sở tôn giáo"))
        return kind, kind

    def a_share_percent(self, village: str, number: int, first: bool) -> tuple[Any, Any]:
        value = self.chance.randrange(100, 10_000) / 100
        return value, self.chance.choice((value, f"{value:.2f}".replace(".", ",")))

    def a_score(self, key: str) -> tuple[Any, Any]:
        """Points of one indicator: full or half, missing, or not applicable."""
        most = self.scored[key].maximum or 10
        value = self.chance.randrange(int(most) * 2 + 1) / 2
        shown = f"{value:g}".replace(".", ",")
        return self.chance.choice(
            (
                (value, value),
                (value, value),
                (value, shown),
                (value, f" {shown} "),
                (None, ""),
                ("KAD", "KAD"),
                ("KAD", "-"),
            )
        )

    def wording(self, key: str, style: str) -> str:
        """A heading as this officer words it."""
        if key not in self.scored:
            return self.chance.choice(OTHER_WORDINGS.get((self.kind, key), WORDINGS[key]))
        prefix, _, number = key.partition("-")
        most = f"{self.scored[key].maximum:g}"
        plain = {"key": key, "maximum": f"{key} ({most}đ)", "spaced": f"{prefix} {number}", "number": number}
        return plain.get(style, self.scored[key].label if prefix == "CD" else f"Chỉ số {number}")

    def a_household_code(self, village: str, number: int, first: bool) -> tuple[Any, Any]:
        return f"IT01-{number:03d}", f"IT01-{number:03d}"

    def a_cccd(self, village: str, number: int, first: bool) -> tuple[Any, Any]:
        digits = f"064{self.chance.randrange(10**9):09d}"
        forms: list[Any] = [digits, f"{digits[:3]} {digits[3:6]} {digits[6:9]} {digits[9:]}"]
        return digits, self.chance.choice(forms + ([int(digits)] if self.file == "xlsx" else []))

    def a_phone(self, village: str, number: int, first: bool) -> tuple[Any, Any]:
        digits = f"090{self.chance.randrange(10**7):07d}"
        old = digits[3:]
        forms: list[tuple[str, Any]] = [
            (digits, digits),
            (digits, int(digits)),
            (digits, f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"),
            (f"036{old}", f"0166{old}"),
            (digits, f"+84{digits[1:]}"),
            (None, ""),
        ]
        return self.chance.choice(forms)

    def a_count(self, village: str, number: int, first: bool) -> tuple[Any, Any]:
        value = self.chance.randrange(10)
        return value, self.chance.choice((value, value, str(value), f" {value} ", f"0{value}"))

    a_members = a_children_school_age = a_adults = a_count

    def a_large_count(self, village: str, number: int, first: bool) -> tuple[Any, Any]:
        value = self.chance.randrange(1, 3000)
        dotted = f"{value:,d}".replace(",", ".")
        return value, self.chance.choice((value, str(value), dotted, f"{dotted},0", dotted.replace(".", " ")))

    a_families = a_staff = a_learners = a_households = a_population = a_large_count

    def a_address(self, village: str, number: int, first: bool) -> tuple[Any, Any]:
        text = f"Tổ {self.chance.randrange(1, 9)}, số nhà {self.chance.randrange(1, 200)}"
        return text, text

    def a_registered(self, village: str, number: int, first: bool) -> tuple[Any, Any]:
        forms = [
            (True, "x"),
            (True, "X"),
            (True, "Có"),
            (True, 1),
            (False, ""),
            (False, "Không"),
            (True, "✓"),
            (False, 0),
        ]
        if self.encoding in ("tcvn3", "vni"):
            forms = [(True, "x"), (False, "")]
        return self.chance.choice(forms)

    def a_birth_date(self, village: str, number: int, first: bool) -> tuple[Any, Any]:
        year, month, day = self.chance.randrange(1940, 2008), self.chance.randrange(1, 13), self.chance.randrange(1, 29)
        whole = f"{year}-{month:02d}-{day:02d}"
        forms: list[tuple[str, Any]] = [
            (whole, f"{day:02d}/{month:02d}/{year}"),
            (whole, f"{day}-{month}-{year}"),
            (whole, f"{day}.{month}.{year}"),
            (str(year), str(year)),
            (str(year), year),
            (whole, whole),
        ]
        return self.chance.choice(forms)

    def a_sex(self, village: str, number: int, first: bool) -> tuple[Any, Any]:
        return self.chance.choice((("male", "Nam"), ("female", "Nữ"), ("male", "nam"), ("female", "NỮ")))

    def a_group(self, village: str, number: int, first: bool) -> tuple[Any, Any]:
        return self.chance.choice(
            ((1, 1), (2, "2"), (1, "Nhân dân"), (3, "Cán bộ, công chức"), (4, "Học sinh, sinh viên"))
        )

    def sums(self, word: str) -> list[Any]:
        """A row of totals: the word where a name stands, numbers under the counts."""
        summed = (*COUNTS, *self.scored)
        cells: list[Any] = [self.chance.randrange(20, 90) if key in summed else "" for key in self.columns]
        cells[self.columns.index(self.subject)] = word
        return self.spaced([*([""] if self.ordinal else []), *cells])

    def spaced(self, cells: list[Any]) -> list[Any]:
        return [""] * self.left + cells

    def typed(self, cell: Any) -> Any:
        """A text in this officer's encoding."""
        if not isinstance(cell, str):
            return cell
        if self.encoding == "nfd":
            return unicodedata.normalize("NFD", cell)
        convert = {"tcvn3": unicode_to_tcvn3, "vni": unicode_to_vni}.get(self.encoding)
        return convert(cell) if convert else cell

    def xlsx(self, pages: list[Page]) -> bytes:
        output = io.BytesIO()
        book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_numbers": False})
        for page in pages:
            sheet = book.add_worksheet(page.name)
            for top, left, bottom, right in page.merges:
                if (top, left) != (bottom, right):
                    sheet.merge_range(top, left, bottom, right, "")
            for at, row in enumerate(page.rows):
                for place, cell in enumerate(row):
                    if cell != "":
                        sheet.write(at, place, self.typed(cell))
        book.close()
        return output.getvalue()

    def csv(self, page: Page) -> bytes:
        lines = io.StringIO()
        width = max(map(len, page.rows))
        writer = csv.writer(lines, delimiter=self.chance.choice(";,\t"))
        for row in page.rows:
            writer.writerow([self.typed(cell) for cell in row] + [""] * (width - len(row)))
        return lines.getvalue().encode(self.chance.choice(("utf-8", "utf-8-sig")))


def numbered(style: str, at: int) -> Any:
    """The number of a column in a style: (1), 1 or A."""
    return {"(1)": f"({at + 1})", "1": at + 1, "A": chr(65 + at)}[style]


def unmarked(name: str) -> str:
    """A name without diacritics, as sheets are named."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def make(seed: int) -> Made:
    """The workbook of the officer of this seed."""
    return Officer(seed).make(seed)
