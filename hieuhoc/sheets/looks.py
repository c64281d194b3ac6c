"""What a cell is by its looks alone, strictly: a person's name, a clan, an office, a count, a day of birth.

Where no heading says what a column is, only what cannot well be anything else counts.
"""

import re
from datetime import date
from typing import Any

from hieuhoc.common.text import fold, nfc
from hieuhoc.sheets import values
from hieuhoc.sheets.columns import Column, words
from hieuhoc.sheets.villages import looks_like_village

_FAMILY = frozenset(
    words(
        """
nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|trinh|mai|dao|doan|luong|to|lam|truong|ha|cao
|thai|chau|ta|phung|tong|nong|vi|lo|quang|ca|tong|luong|giang|vang|sung|thao|mua|hang|ma|siu|ro|rah|rahlan|rmah|rcham|rcom
|rochom|romah|rocham|ksor|kpuih|puih|kpa|nay|y|h|a|e|nie|eban|ayun|mlo|kbuor|bkrong|bdap|hmok|kdoh|kso|rolan|dinh|hoang
|chu|luu|la|kieu|tu|trieu|quach|quan|khuat|kim|thach|son|danh|au|nghiem|nhu|ninh|dam|thi|banh|than|tieu|ban|phu|dieu|hua
|leo|sam|lu|mong|lau|cu|giap|ung|vuong|mac|luc|hon|bach|khong|cung|lieu|lai|co|tang|van|chang|cong|khuong|phi|cam|hau
"""
    )
)
_NAME = re.compile(r"[^\W\d_]['’`ʼ.]?(?:[^\W\d_]|['’`ʼ.\u0300-\u036f])*")
_SAID_BEFORE = re.compile(r"(?:hộ )?(?:ông|bà|anh|chị|cụ)\s+(?=\S)|hộ\s+(?=[A-ZĐÂĂÊÔƠƯ])", re.IGNORECASE)
_CLAN = re.compile(r"(?:dong ho|dong toc|ho toc|gia toc|toc ho|chi ho|ho|toc|chi toc) \S+")
_OFFICE = re.compile(
    r"(?:trường|trạm|công ty|cty|ubnd|ủy ban|uỷ ban|hội|ban|quỹ|bưu điện|công an|chi nhánh|chùa|htx|hợp tác xã|phòng"
    r"|doanh nghiệp|dntn|trung tâm|đảng ủy|đảng uỷ|mặt trận|mttq|đoàn (?:thanh niên|tn|xã|kinh tế)|văn phòng|xí nghiệp"
    r"|ngân hàng|cửa hàng|cơ sở|nhóm trẻ|mầm non|quân sự|bch|chi cục|hạt kiểm|đồn|giáo xứ|nhà thờ|liên đoàn|tổ chức"
    r"|tòa án|toà án|viện|nhà máy|nông trường|th|thcs|thpt|mn|mg|truong (?:tieu|th|mam|mau|pt)|tram y|cong ty|uy ban"
    r"|hoi (?:khuyen|nong|phu|cuu)|cong an|buu dien|hop tac xa)\b"
)
_CODE = re.compile(r"[A-ZĐ]{1,6}\d{0,6}(?:[-./ ]?\d{1,6}){1,3}")
_OLDEST = 1900


def is_person(cell: Any) -> bool:
    """Two to six capitalised words of letters alone, no village and no office."""
    if not isinstance(cell, str):
        return False
    parts = _SAID_BEFORE.sub("", nfc(cell)).split()
    if not 2 <= len(parts) <= 6 or not all(_NAME.fullmatch(part) and part[0].isupper() for part in parts):
        return False
    return not looks_like_village(" ".join(parts)) and not is_office(cell) and not is_clan(cell)


def has_family_name(cell: Any) -> bool:
    """Whether a name begins with a family name of the country's peoples, or with Y and H'."""
    if not isinstance(cell, str):
        return False
    plain = fold(_SAID_BEFORE.sub("", nfc(cell)).replace("'", " ").replace("’", " "))
    first = plain.split()[:1]
    return bool(first) and first[0] in _FAMILY


def is_clan(cell: Any) -> bool:
    """Dòng họ Nguyễn, Họ Lê Văn, Tộc Phan: a family name that is Hồ is written otherwise."""
    if not isinstance(cell, str) or nfc(cell).lower().startswith(("hồ", "hố", "hộ", "hổ")):
        return False
    return _CLAN.match(fold(cell)) is not None


def is_office(cell: Any) -> bool:
    """Trường …, Trạm …, Công ty …: with its marks, for Trương and Truong are family names."""
    return isinstance(cell, str) and _OFFICE.match(nfc(cell).lower()) is not None


def is_citizen_number(cell: Any) -> bool:
    """Twelve digits; a number that lost its zeros has ten or eleven."""
    return not isinstance(cell, date) and not isinstance(values.cccd(_ANY, cell), values.Bad)


def is_phone(cell: Any) -> bool:
    """Ten digits that begin with 0, however they are typed."""
    found = values.phone(_ANY, cell)
    return isinstance(found, str) and len(found) == 10 and found.isdigit() and found[0] == "0"


def year_of_birth(cell: Any, today: date) -> int | None:
    """The year of a day, or a year alone; a bare number of another length is none."""
    if isinstance(cell, float) and not _OLDEST < cell <= today.year:
        return None
    if isinstance(cell, str) and nfc(cell).isdigit() and len(nfc(cell)) != 4:
        return None
    found = values.birth_date(today, _ANY, cell)
    return None if isinstance(found, values.Bad) else int(found[:4])


def whole(cell: Any) -> int | None:
    """A whole number, not negative."""
    found = values.count(_ANY, cell) if isinstance(cell, str | float) else None
    return found if isinstance(found, int) else None


def is_sex(cell: Any) -> bool:
    """Nam or Nữ in words."""
    return isinstance(cell, str) and len(cell) > 1 and values.sex(_ANY, cell) in ("male", "female")


def is_code(cell: Any) -> bool:
    """Letters and numbers as a household code has them: IT01-0001."""
    return isinstance(cell, str) and _CODE.fullmatch(nfc(cell).upper()) is not None and not is_phone(cell)


_ANY = Column("", "", "count")
