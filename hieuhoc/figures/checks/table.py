"""Reading a file of figures (in the shape of published figures) into rows; one clear sentence where it cannot.

A .csv: any of comma, semicolon and tab parts the cells; UTF-8 (with or without mark), UTF-16 and Windows-1258 are read.
An .xlsx, .xls or .ods is opened in the reading process of ``sheets``; the table may stand under a title. Columns are
found by their English names or Vietnamese headings; a column that is not known is left alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from pathlib import Path

from hieuhoc.common.text import fold
from hieuhoc.figures.checks.rows import Row, read_rows
from hieuhoc.sheets import engine

MAXIMUM = 50 << 20
NEEDED = ("place", "year", "model")
HEADINGS = {
    "dia phuong": "place",
    "don vi": "place",
    "noi": "place",
    "cap": "level",
    "nam": "year",
    "mo hinh": "model",
    "danh hieu": "model",
    "tong so": "total",
    "so dang ky": "registered",
    "dang ky": "registered",
    "so duoc cong nhan": "recognised",
    "cong nhan": "recognised",
    "so cong nhan": "recognised",
    "ty le": "share_percent",
    "ty le %": "share_percent",
    "ti le": "share_percent",
    "mau so": "share_of",
    "tinh tren": "share_of",
    "chi tieu": "target",
    "ghi chu": "note",
    "nguon": "url",
    "dia chi": "url",
}
WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
WITHIN = 20  # rows a title may take above the table
FINEST = Decimal("0.0001")
_ASIDE = re.compile(r"\(.*?\)")
Number = int | float | Decimal
Cell = str | Number
_LEVELS = {"tinh": "province", "huyen": "district", "xa": "commune", "thon": "village", "quoc gia": "nation"}


class Refused(ValueError):
    """The file cannot be read; ``code`` for programs, the message is the sentence to show."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


def read(path: Path) -> list[Row]:
    """The rows of a file; the content decides of which kind it is. Raises ``Refused``."""
    if path.stat().st_size > MAXIMUM:
        raise Refused("too_large", "Tệp lớn hơn 50 MB, không phải bảng số liệu.")
    data = path.read_bytes()
    return _of_workbook(data) if data.startswith(WORKBOOKS) else _of_text(data)


def _of_text(data: bytes) -> list[Row]:
    text = _decoded(data)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as problem:
        raise Refused("not_a_table", "Tệp không phải là bảng: có dấu nháy không đóng hoặc một ô quá dài.") from problem
    header = [_name(cell) for cell in lines[0]] if lines else []
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise Refused("missing_columns", f"Thiếu cột {', '.join(missing)} ở dòng đầu của tệp.")
    return read_rows(_record(header, cells) for cells in lines[1:])


def _of_workbook(data: bytes) -> list[Row]:
    """The rows of the one sheet that holds the table, numbered as the spreadsheet shows them."""
    refused, sheets = engine.grids(data)
    if refused:
        code = "not_a_table" if refused["code"] in ("corrupted", "not_a_spreadsheet") else refused["code"]
        raise Refused(code, refused["message"])
    tables = {name: at for name, rows in sheets.items() if (at := _header_at(rows)) is not None}
    if not tables:
        raise Refused("missing_columns", f"Không thấy dòng tiêu đề có các cột {', '.join(NEEDED)} trong tệp.")
    if len(tables) > 1:
        said = ", ".join(f"«{name}»" for name in tables)
        raise Refused("several_tables", f"Tệp có nhiều trang chứa bảng số liệu: {said}. Lưu riêng từng trang rồi nhập.")
    name, at = next(iter(tables.items()))
    rows = sheets[name]
    header = [_name(" ".join(str(cell).split())) for cell in rows[at]]
    shares = _shares(header, rows[at + 1 :])
    return read_rows((_record(header, [_said(cell) for cell in cells]) for cells in shares), first=at + 2)


def _header_at(rows: Sequence[Sequence[Cell]]) -> int | None:
    """Which of the first rows names the columns."""
    for at, cells in enumerate(rows[:WITHIN]):
        if set(NEEDED) <= {_name(" ".join(str(cell).split())) for cell in cells}:
            return at
    return None


def _shares(header: Sequence[str], rows: Sequence[list[Cell]]) -> list[list[Cell]]:
    """The rows with their shares in percent: a spreadsheet keeps a cell that shows "74,99 %" as 0,7499.

    That is what the column means when no number in it is above one; of such cells four decimals are kept.
    """
    if "share_percent" not in header:
        return list(rows)
    at = header.index("share_percent")
    numbers = [cells[at] for cells in rows if at < len(cells) and isinstance(cells[at], Number)]
    parts = bool(numbers) and all(0 <= number <= 1 for number in numbers)
    return [[_cut(cell, parts) if n == at else cell for n, cell in enumerate(cells)] for cells in rows]


def _cut(cell: Cell, part: bool) -> Cell:
    """A share as text; what a formula gave is cut at four decimals, never rounded up."""
    if not isinstance(cell, Number):
        return cell
    exact = Decimal(str(cell)) * (100 if part else 1)
    return f"{exact.quantize(FINEST, ROUND_DOWN).normalize():f}".replace(".", ",")


def _said(cell: Cell) -> str:
    """A cell as a person would have typed it: 1847, not 1847.0."""
    if isinstance(cell, Number):
        return f"{int(cell)}" if cell == int(cell) else f"{cell}".replace(".", ",")
    return cell


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise Refused("empty", "Tệp không có gì.")
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1258")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refused("not_a_table", "Tệp không phải là bảng chữ (.csv); lưu lại từ Excel với định dạng CSV UTF-8.")


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _name(cell: str) -> str:
    plain = cell.strip().lower()
    folded = " ".join(_ASIDE.sub(" ", fold(plain)).split())
    return HEADINGS.get(fold(plain)) or HEADINGS.get(folded, plain.replace(" ", "_"))


def _record(header: list[str], cells: list[str]) -> dict[str, str]:
    record = dict(zip(header, cells, strict=False))
    if "level" in record:
        record["level"] = _LEVELS.get(fold(record["level"]), record["level"].strip().lower())
    return record
