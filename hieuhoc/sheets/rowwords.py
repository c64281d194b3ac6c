"""What a cell gives away of its row: a sum, a mean, a signature, a heading of a section, a row number. Pure."""

import re
from typing import Any

from hieuhoc.common.text import fold, nfc
from hieuhoc.sheets.headers import is_column_numbers

# With marks the words are sure: Tống and Công are family names, tổng and cộng are not.
_TOTAL = re.compile(
    r"\W*(?:toàn (?:xã|thôn|làng|phường|bộ)\W*$|trong đó\b|mang (?:sang|trang)\b"
    r"|chuyển (?:sang |từ )?trang\b|l(?:uỹ|ũy) kế\b"
    r"|(?:tổng|cộng)\b)"
    r"(?! (?:đồng|hoà|hòa|tác|hưởng|công ty|đội|cục|kho|đài|hội))"
)
_TOTAL_UNMARKED = re.compile(
    r"\W*(?:toan xa\W*$|mang (?:sang|trang)\b|chuyen (?:sang |tu )?trang\b|luy ke\b"
    r"|tong (?:cong|so|ket)|(?:tong|cong|tc)\W*$|cong (?:thon|lang|ban|to|khu|\w\W*$))"
)
_TOTAL_NAME = (
    "Tổng",
    "TỔNG",
    "tổng",
    "Cộng",
    "CỘNG",
    "cộng",
    "Tong",
    "TONG",
    "Cong",
    "CONG",
    "TC",
    "Toàn",
    "Trong đó",
    "Hộ ",
    "HỘ ",
    "TOÀN",
    "*",
    "+",
    "Mang ",
    "Chuyển ",
    "Lũy",
    "Luỹ",
    "TổNG",
    "CộNG",
)
FOOTER = re.compile(
    r"ngay .{0,12}thang .{0,12}nam|nguoi (?:lap|tong hop|cham|ghi)|chu tich|ky ten|ghi ro ho ten|xac nhan|thu ky"
    r"|^tm\b|^kt\b|danh sach (?:nay )?co|^ghi chu|noi nhan|an dinh|thu truong don vi|lap bieu|ke toan|to truong to"
    r"|truong ban|hieu truong|^(?:truong (?:thon|lang|ban|buon|xom|ap|khu)|to truong|gia lang)\b"
)
MAXIMUM_WORDS = re.compile(r"(?:so )?(?:diem|thang diem|muc diem|muc)?\s*(?:toi da|chuan|quy dinh)?(?: \(.*)?")
_POINTS = re.compile(r"\(?\s*(?:toi da\s*)?(\d+)\s*(?:d|diem)?\.?\s*\)?")
EXAMPLE = {"vd", "vi du", "mau", "vd:", "vi du:"}
IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*")
_MEAN = re.compile(r"(?:diem )?(?:trung binh|binh quan)(?: (?:chung|cong|toan xa|moi ho))?\W*")
GROUP = re.compile(
    r"(?:các )?(?:nhóm |diện |đối tượng |(?:số )?hộ (?:(?:cận|thoát|không) )?"
    r"(?:nghèo|khác|chính sách|trung bình|khá|giàu|còn lại|đăng ký|đồng bào|dtts|mới)\b)"
)
SURE_VILLAGE = ("thôn ", "làng ", "buôn ", "xóm ", "tổ dân phố ", "khu phố ", "khóm ", "plei ")
SECTION_WORDS = (
    "thôn",
    "làng",
    "bản",
    "buôn",
    "ấp",
    "xóm",
    "tổ ",
    "khu ",
    "khối",
    "plei",
    "thon",
    "lang",
    "khóm",
    "hộ ",
    "nhóm ",
    "diện ",
    "đối tượng ",
    "các hộ ",
)


def is_total(cell: Any) -> bool:
    """Whether a cell begins with a word for a sum."""
    if not isinstance(cell, str):
        return False
    lower = nfc(cell).lower()
    return bool((_TOTAL_UNMARKED if lower.isascii() else _TOTAL).match(lower))


def is_mean(name: Any) -> bool:
    """Whether a mean stands where a name would: in another column the same words grade somebody."""
    return isinstance(name, str) and _MEAN.fullmatch(fold(name)) is not None


def is_other_thing(row: list[Any], name: Any) -> bool:
    """Whether a row with something in place of a name is a total or numbers the columns, or the name is blank."""
    return not isinstance(name, str) or not name.strip() or is_total(name) or is_column_numbers(row)


def is_no_name(cell: Any) -> bool:
    """Whether a cell may be something else than a name, so that a closer look is due."""
    return not isinstance(cell, str) or len(cell) < 5 or cell.startswith(_TOTAL_NAME)


def points(cell: Any) -> float | None:
    """The points a cell of a row of maxima says: 10, "(10đ)", "10 điểm"."""
    if isinstance(cell, float):
        return cell
    match = _POINTS.fullmatch(fold(cell)) if isinstance(cell, str) else None
    return float(match[1]) if match else None


def is_row_number(cell: Any) -> bool:
    """Whether a cell holds a row number."""
    if isinstance(cell, str):
        return cell.strip().strip("().").replace(".", "").isdigit()
    return isinstance(cell, float)
