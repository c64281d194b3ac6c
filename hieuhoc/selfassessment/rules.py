"""Rules of self-assessment as pure functions: what a link is on a day, whether it takes answers, who confirms.

They get values and the day, ask neither the database nor the clock, and say why in a sentence.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hmac import compare_digest

from hieuhoc.common.dates import vn_date

TRIES_SUBJECT = 10  # wrong confirmations until the link of one subject stops
TRIES_NAME = 5  # of one name under the link of a village
TRIES_VILLAGE = 300  # of all names under it
ADULT = 16  # younger ones are children (Luật Trẻ em 2016) and are represented
TAKES_ANSWERS = frozenset({"draft", "returned"})
ASK = "Hỏi trưởng thôn hoặc Hội Khuyến học xã để nhận phiếu mới."


@dataclass(frozen=True)
class Standing:
    """What a link is: a word for programs, one for people, and why it does not open ("" when it does)."""

    state: str
    label: str
    why: str = ""


def standing(*, revoked: bool, expires_on: date, locked: bool, opened: bool, ended: bool, on: date) -> Standing:
    """What a link is on a day; what stops it for good goes before what stops it for now."""
    if revoked:
        return Standing("revoked", "Đã thu hồi", f"Đường dẫn này đã được xã thu hồi. {ASK}")
    if ended:
        return Standing("revoked", "Đã ra khỏi sổ", f"Tên trên phiếu này không còn trong sổ đăng ký của xã. {ASK}")
    if on > expires_on:
        return Standing(
            "expired", "Hết hạn", f"Đường dẫn này đã hết hạn: chỉ dùng đến hết ngày {vn_date(expires_on)}. {ASK}"
        )
    if locked:
        return Standing(
            "locked", "Tạm khóa", "Đường dẫn này tạm khóa vì đã thử sai nhiều lần. Hỏi Hội Khuyến học xã để mở lại."
        )
    return Standing("opened", "Đã mở") if opened else Standing("unopened", "Chưa mở")


def locks(misses: int, *, of_subject: bool) -> bool:
    """Whether so many wrong confirmations stop the link."""
    return misses >= (TRIES_SUBJECT if of_subject else TRIES_VILLAGE)


def closed(*, round_open: bool, year: int, until: date | None, dossier: str, on: date) -> str:
    """Say why answers cannot be changed any more; "" while they can. ``dossier`` is its state, "" without one."""
    if not round_open:
        return f"Đợt xét năm {year} đã khóa, không sửa được nữa."
    if dossier == "withdrawn":
        return "Đăng ký của năm nay đã rút, không tự chấm được nữa. Muốn tham gia lại thì báo trưởng thôn."
    if dossier and dossier not in TAKES_ANSWERS:
        return "Hồ sơ đã gửi lên xã, không sửa được nữa."
    if until is not None and on > until:
        return f"Thôn đã chốt: nhận đến hết ngày {vn_date(until)}, nay không sửa được nữa."
    return ""


def is_year(typed: str, known: Collection[str]) -> bool:
    """Whether what was typed is a year of birth the registry knows."""
    year = "".join(letter for letter in typed if letter.isdecimal())
    return any(compare_digest(year.encode(), one.encode()) for one in known)


def is_code(typed: str, code: str) -> bool:
    """Whether what was typed is the code on the paper; blanks and points do not matter."""
    digits = "".join(letter for letter in typed if letter.isdecimal())
    return compare_digest(digits.encode(), code.encode())


def under_age(born: str, on: date) -> bool | None:
    """Whether somebody born then ("2012-05-01" or "2012") is under 16; a year alone counts to its last day."""
    try:
        born_on = date.fromisoformat(born) if len(born) == 10 else date(int(born), 12, 31)
    except ValueError:
        return None
    grown = (born_on.month, born_on.day) <= (on.month, on.day)
    return on.year - born_on.year - (0 if grown else 1) < ADULT


def state_of(*, finished: bool, withdrawn: bool, taken: bool) -> tuple[str, str]:
    """Where a self-assessment stands, for programs and for people."""
    if withdrawn:
        return "withdrawn", "Đã rút đồng ý"
    if taken:
        return "applied", "Xã đã lấy vào hồ sơ"
    return ("done", "Đã chấm xong") if finished else ("draft", "Đang làm")
