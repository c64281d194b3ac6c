"""The bytes of a workbook into plain grids of cells, or one clear refusal.

The content decides, not the file's name. Runs in the reading process only (see `reader`): a native reader may
abort on a hostile file. Legacy encodings are turned into Unicode here, so that nothing above knows of them.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from typing import Any

from hieuhoc.common import legacy
from hieuhoc.sheets import failed, fonts

MAXIMUM_UNPACKED = 1 << 30
MAXIMUM_CELLS = 40_000_000

_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|[^\W\d_]\?(?=\s[^\W\d_])|(?<=\s)\?[^\W\d_]{2}")
_BIFF_START = re.compile(rb"\x09\x08(?:\x10\x00\x00\x06|\x08\x00\x00\x05)")


class Refused(Exception):
    """A file that cannot be taken: a code for programs and one sentence for people."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code
        self.message = message


REFUSALS = {
    "empty": "Tệp rỗng, không có dữ liệu để đọc.",
    "html": "Tệp này là trang web được đặt tên thành bảng tính. Hãy mở bằng Excel, chọn Lưu thành .xlsx rồi gửi lại.",
    "encrypted": "Tệp đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại rồi gửi.",
    "corrupted": "Tệp hỏng hoặc tải lên chưa trọn. Hãy mở lại bằng Excel, lưu thành tệp mới rồi gửi.",
    "not_a_spreadsheet": "Tệp này không phải bảng tính. Cần tệp .xlsx, .xls, .ods hoặc .csv.",
    "too_large": "Bảng tính quá lớn, hoặc có ô ghi ở rất xa bảng. Hãy xóa các ô thừa, lưu lại rồi gửi.",
    "too_slow": "Đọc tệp quá lâu nên đã dừng. Hãy tách tệp thành các tệp nhỏ hơn.",
    "lost_letters": "Tệp CSV mất dấu khi lưu, chữ có dấu thành “?”. Hãy mở tệp gốc, lưu thành .xlsx rồi gửi lại.",
    "no_table": "Không tìm thấy bảng danh sách nào trong tệp. Cần một dòng tiêu đề có các cột như mẫu.",
}


def refuse(code: str) -> Refused:
    """The refusal of this code with its sentence."""
    return Refused(code, REFUSALS[code])


@dataclass
class Grid:
    """One sheet: its cells from A1, the merged ranges (first row, first column, last row, last column)."""

    name: str
    rows: list[list[Any]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    side: int = 0  # of lists side by side: which of them, from 1


@dataclass
class Book:
    """A workbook as read: grids, the encoding its texts were typed in, and how a CSV was written."""

    grids: list[Grid]
    encoding: str = "unicode"
    file_encoding: str | None = None
    delimiter: str | None = None


def open_book(data: bytes) -> Book:
    """Grids of a workbook, texts in Unicode; raises Refused."""
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise refuse("empty")
    book = _native(data) if data.startswith((b"PK", _CFB)) or _BIFF_START.match(data) else _text(data)
    if not any(any(cell != "" for cell in row) for grid in book.grids for row in grid.rows):
        raise refuse("empty")
    return _to_unicode(book)


def _native(data: bytes) -> Book:
    """A workbook of Excel or LibreOffice by the native reader."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    _refuse_container(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = []
        for meta in workbook.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(meta.name)
            if sheet.end and (sheet.end[0] + 1) * (sheet.end[1] + 1) > MAXIMUM_CELLS:
                raise refuse("too_large")
            merges = [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ()]
            hidden = meta.visible != SheetVisibleEnum.Visible
            grids.append(Grid(meta.name, _plain_cells(sheet.to_python(skip_empty_area=False)), merges, hidden))
    except CalamineError as error:
        raise refuse("encrypted" if "assword" in str(error) else "corrupted") from error
    if not grids:
        raise refuse("empty")
    if data.startswith(b"PK"):
        failed.mark(data, grids)
    return Book(grids)


def _plain_cells(rows: list[list[Any]]) -> list[list[Any]]:
    """Text, float, date only: TRUE and 1 would be one key of a dict, and old files give whole numbers."""
    kinds = set(map(type, chain.from_iterable(rows)))
    if kinds <= {str, float, date}:
        return rows
    return [list(map(_plain_cell, row)) for row in rows]


def _plain_cell(cell: Any) -> Any:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int):
        return float(cell)
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, str | float | date) else str(cell)


def _refuse_container(data: bytes) -> None:
    """Say what is wrong before the native reader sees it: passwords, other kinds of file, zip bombs."""
    if not data.startswith(b"PK"):
        _refuse_compound(data)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
            manifest = (
                archive.read("META-INF/manifest.xml") if sizes.get("META-INF/manifest.xml", 1 << 20) < 1 << 20 else b""
            )
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError, KeyError) as error:
        raise refuse("corrupted") from error
    if b"encryption-data" in manifest:
        raise refuse("encrypted")
    if sum(sizes.values()) > MAXIMUM_UNPACKED or len(sizes) > 10_000:
        raise refuse("too_large")
    if not {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} & {name.lower() for name in sizes}:
        raise refuse("not_a_spreadsheet")


def _refuse_compound(data: bytes) -> None:
    """Old Excel files: a password shows as an encrypted package or as a FILEPASS record after the start."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refuse("encrypted")
    start = _BIFF_START.search(data)
    if not start:
        raise refuse("not_a_spreadsheet" if "WordDocument".encode("utf-16-le") in data else "corrupted")
    place = start.start()
    for _ in range(6):
        kind = int.from_bytes(data[place : place + 2], "little")
        if kind == 0x2F:
            raise refuse("encrypted")
        place += 4 + int.from_bytes(data[place + 2 : place + 4], "little")


def _text(data: bytes) -> Book:
    """A CSV in UTF-8, UTF-16 or windows-1258, or in a legacy font's bytes; HTML and binary are refused."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if (
        head.startswith((b"mime-version:", b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"<style"))
        or b"<table" in head
    ):
        raise refuse("html")
    encoding, content = _decode(data)
    if data.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")) or "\x00" in content:
        raise refuse("not_a_spreadsheet")
    if sum(c < " " and c not in "\t\r\n" for c in content[:4096]) > 8:
        raise refuse("not_a_spreadsheet")
    lines = content[:200_000].splitlines()
    if sum(_LOST.search(line) is not None for line in lines) * 3 > len(lines):
        raise refuse("lost_letters")
    delimiter = _delimiter(content)
    csv.field_size_limit(1 << 20)
    try:
        rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise refuse("corrupted") from error
    width = max(map(len, rows), default=0)
    if width < 2:
        raise refuse("not_a_spreadsheet" if not rows else "no_table")
    if width * len(rows) > MAXIMUM_CELLS:
        raise refuse("too_large")
    return Book([Grid("", [row + [""] * (width - len(row)) for row in rows])], "unicode", encoding, delimiter)


def _decode(data: bytes) -> tuple[str, str]:
    """Encoding and text of a CSV: BOM first, then UTF-8, then what reads as Vietnamese."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", data.decode("utf-16", "replace")
    if data[1:200:2].count(0) > 40 or data[:200:2].count(0) > 40:  # UTF-16 that lost its mark: half of Latin is zeros
        wide = "utf-16-le" if data[1:200:2].count(0) > 40 else "utf-16-be"
        return wide, data.decode(wide, "replace")
    try:
        return ("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"), data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    vietnamese, western = data.decode("cp1258", "replace"), data.decode("cp1252", "replace")
    sample = {line for line in vietnamese[:200_000].splitlines() if not line.isascii()}
    typed = [line for line in western[:200_000].splitlines() if not line.isascii()]
    if legacy.reading(sample) >= max(legacy.reading(map(legacy.tcvn3_to_unicode, typed)),
                                     legacy.reading(map(legacy.vni_to_unicode, typed))):  # fmt: skip
        return "windows-1258", vietnamese
    return "windows-1252", western


def _delimiter(content: str) -> str:
    """The delimiter that splits the most lines into the same number of cells."""
    if content[:6].lower().startswith("sep=") and len(content) > 4:
        return content[4]
    lines = [line for line in content[:50_000].splitlines() if line.strip()][:60]

    def regular(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=lambda n: (counts.count(n) if n else 0, n), default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(";\t,|", key=regular)


def _to_unicode(book: Book) -> Book:
    """Turn texts typed in TCVN3 or VNI into Unicode; a cell that must be Unicode already stays."""
    texts = {cell for grid in book.grids for row in grid.rows[: fonts.SAMPLE] for cell in row if isinstance(cell, str)}
    book.encoding = fonts.encoding_of(texts)
    if book.encoding == "unicode":
        return book
    for grid in book.grids:
        # Tabs show in the system's font, whatever the cells are typed in.
        if legacy.guess_encoding([grid.name]) == book.encoding:
            grid.name = fonts.to_unicode([[grid.name]], book.encoding)[0][0]
        grid.rows = fonts.to_unicode(grid.rows, book.encoding)
    return book
