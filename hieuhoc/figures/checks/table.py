"""Reading a file of figures (.csv, as in the shape of published figures) into rows; one clear sentence where it cannot.

Any of comma, semicolon and tab parts the cells; UTF-8 (with or without mark), UTF-16 and Windows-1258 are read. Columns
are found by their English names or Vietnamese headings; a column that is not known is left alone.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from hieuhoc.common.text import fold
from hieuhoc.figures.checks.rows import Row, read_rows

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
_LEVELS = {"tinh": "province", "huyen": "district", "xa": "commune", "thon": "village", "quoc gia": "nation"}


class Refused(ValueError):
    """The file cannot be read; ``code`` for programs, the message is the sentence to show."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


def read(path: Path) -> list[Row]:
    """The rows of a CSV file; raises ``Refused``."""
    if path.stat().st_size > MAXIMUM:
        raise Refused("too_large", "Tệp lớn hơn 50 MB, không phải bảng số liệu.")
    text = _decoded(path.read_bytes())
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as problem:
        raise Refused("not_a_table", "Tệp không phải là bảng: có dấu nháy không đóng hoặc một ô quá dài.") from problem
    header = [_name(cell) for cell in lines[0]] if lines else []
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise Refused("missing_columns", f"Thiếu cột {', '.join(missing)} ở dòng đầu của tệp.")
    return read_rows(_record(header, cells) for cells in lines[1:])


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
    return HEADINGS.get(fold(plain), plain.replace(" ", "_"))


def _record(header: list[str], cells: list[str]) -> dict[str, str]:
    record = dict(zip(header, cells, strict=False))
    if "level" in record:
        record["level"] = _LEVELS.get(fold(record["level"]), record["level"].strip().lower())
    return record
