"""Pure checks of an account: where a role may sit, user names, telephones, how long a post holds."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from hieuhoc.accounts.models import Role
from hieuhoc.common.dates import vn_date
from hieuhoc.common.text import fold
from hieuhoc.places.models import Level

MANY_LEVELS = frozenset({Level.NATION, Level.PROVINCE, Level.COMMUNE})
LEVELS: dict[str, frozenset[str]] = {
    Role.VILLAGE_RECORDER: frozenset({Level.VILLAGE}),
    Role.COMMUNE_OFFICER: frozenset({Level.COMMUNE}),
    Role.COMMUNE_APPROVER: frozenset({Level.COMMUNE}),
    Role.PROVINCE_OFFICER: frozenset({Level.PROVINCE}),
    Role.PROVINCE_APPROVER: frozenset({Level.PROVINCE}),
    Role.NATIONAL_OFFICER: frozenset({Level.NATION}),
    Role.INSPECTOR: MANY_LEVELS,
    Role.ADMINISTRATOR: MANY_LEVELS,
}
LEVEL_WORDS = {
    Level.NATION: "cả nước",
    Level.PROVINCE: "tỉnh, thành phố",
    Level.COMMUNE: "xã, phường, đặc khu",
    Level.VILLAGE: "thôn, làng, tổ dân phố",
}
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,29}")
LONGEST_NAME = 120


class Refused(ValueError):
    """The act is not possible; the message is the sentence to show."""


@dataclass(frozen=True)
class NewAccount:
    """What is needed to make one account: the person and the first post."""

    full_name: str
    username: str
    role: str
    place_id: int
    start: date
    last: date | None = None
    phone: str = ""


def role_problem(role: str, level: str) -> str:
    """Say why ``role`` cannot sit at a place of ``level`` ("" where the place has ended); "" when it can."""
    if role not in LEVELS:
        return "Không có vai trò này."
    if not level:
        return "Địa bàn này hôm nay không còn; chọn đơn vị đang có."
    if level in LEVELS[role]:
        return ""
    wanted = ", hoặc ".join(words for one, words in LEVEL_WORDS.items() if one in LEVELS[role])
    return f"Vai trò «{Role(role).label}» phải gắn với: {wanted}."


def username_problem(username: str) -> str:
    """Say why ``username`` cannot be used; "" when it can."""
    if USERNAME.fullmatch(username):
        return ""
    return "Tên đăng nhập dài 3 đến 30 ký tự, chỉ gồm chữ thường không dấu, chữ số và các dấu . _ -"


def suggest_username(full_name: str, taken: Collection[str]) -> str:
    """Given name and initials, without marks (Nguyễn Văn Minh → minhnv); a number behind it when taken."""
    words = [re.sub("[^a-z0-9]", "", word) for word in fold(full_name).split()]
    words = [word for word in words if word] or ["nguoi"]
    stem = (words[-1] + "".join(word[0] for word in words[:-1]))[:26].ljust(3, "x")
    names = (stem if n == 1 else f"{stem}{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def read_phone(text: str) -> str | None:
    """Ten digits with the lost zero given back, "" when nothing was typed, None when it is no telephone."""
    digits = re.sub(r"[\s.()-]", "", text)
    if not digits:
        return ""
    if digits.startswith("+84"):
        digits = "0" + digits[3:]
    if re.fullmatch(r"[1-9]\d{8}", digits):
        digits = "0" + digits
    return digits if re.fullmatch(r"0\d{9}", digits) else None


def span(start: date, last: date | None) -> DateRange:
    """From the first to the last day, both counted; no last day means until further notice."""
    if last is not None and last < start:
        raise Refused(f"Ngày cuối {vn_date(last)} đứng trước ngày đầu {vn_date(start)}.")
    return DateRange(start, None if last is None else last + timedelta(days=1))


def last_day(valid: DateRange) -> date | None:
    """The last day a post holds; None until further notice."""
    return None if valid.upper is None else valid.upper - timedelta(days=1)
