"""Rules of recognition as pure functions: the council, votes, codes, names shown, what stands on a day.

They get values and the day, ask neither the database nor the clock, and say why in a sentence.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hieuhoc.common.dates import vn_date
from hieuhoc.common.text import APOSTROPHES, name_key, nfc
from hieuhoc.registry.models import Model

COUNCIL_AT_LEAST = 5
_ADDRESSED = re.compile(r"^(?:(?:ông\s*/\s*bà|ông|bà|đồng chí|đ/c)(?:\s*[:.]\s*|\s+|$))+", re.IGNORECASE)
_JOINTS = re.compile(f"[-‐‑–{APOSTROPHES}]")
_DAY = re.compile(r"(\d{1,2})(?:\s*tháng\s*|[/.-])(\d{1,2})(?:\s*năm\s*|[/.-])(\d{4})")
# Digits and capitals that are not taken for one another; 31 of them, a prime, so that the check
# character finds every wrong character and every two that changed places.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RANDOM_CHARACTERS = 15  # 74 bits
CODE_LENGTH = RANDOM_CHARACTERS + 1
PEOPLE = frozenset({Model.FAMILY, Model.CITIZEN})
SHORT = {
    Model.FAMILY: "GĐHT",
    Model.CLAN: "DHHT",
    Model.COMMUNITY: "CĐHT",
    Model.ORGANISATION: "ĐVHT",
    Model.CITIZEN: "CDHT",
    Model.COMMUNE: "CĐHT-X",
}
SUBJECT_WORDS = {
    Model.FAMILY: "Hộ gia đình",
    Model.CLAN: "Dòng họ",
    Model.COMMUNITY: "Cộng đồng dân cư",
    Model.ORGANISATION: "Đơn vị",
    Model.CITIZEN: "Công dân",
    Model.COMMUNE: "Cộng đồng dân cư",
}
UNITS = {
    Model.FAMILY: "hộ gia đình",
    Model.CLAN: "dòng họ",
    Model.COMMUNITY: "cộng đồng",
    Model.ORGANISATION: "đơn vị",
    Model.CITIZEN: "công dân",
    Model.COMMUNE: "cộng đồng cấp xã",
}


def council_problems(members: Sequence[tuple[str, str, bool]]) -> list[str]:
    """Members (name, role, sits for the association) in; why the council may not work (domain §4, §5)."""
    problems = []
    if len(members) < COUNCIL_AT_LEAST:
        problems.append(f"Hội đồng có {len(members)} thành viên; cần ít nhất {COUNCIL_AT_LEAST}.")
    if len(members) % 2 == 0:
        problems.append(f"Hội đồng có {len(members)} thành viên; số thành viên phải là số lẻ.")
    if not any(association for _, _, association in members):
        problems.append("Hội đồng chưa có thành viên của Hội Khuyến học.")
    if sum(role == "chair" for _, role, _ in members) != 1:
        problems.append("Hội đồng cần đúng một chủ tịch.")
    if any(not name.strip() for name, _, _ in members):
        problems.append("Có thành viên chưa ghi họ tên.")
    return problems + [problem for name, _, _ in members if name.strip() and (problem := name_problem(name))]


def person_name(typed: str) -> str:
    """A name as typed in; out the name without what a person is addressed by: "Ông Trần Văn Hòa" → "Trần Văn Hòa"."""
    return _ADDRESSED.sub("", nfc(typed))


def name_problem(typed: str) -> str:
    """Why a text is no person's name: two letters or more, in words of letters, hyphens and apostrophes; or ""."""
    words = person_name(typed).split(" ")
    if sum(_is_letter(one) for word in words for one in word) >= 2 and all(map(_is_name_word, words)):
        return ""
    return (
        f"«{nfc(typed)[:60]}» không phải là họ tên: ghi họ tên người bằng chữ, có thể có dấu nháy, dấu gạch nối;"
        " không ghi số, chức vụ hay ký hiệu."
    )


def _is_name_word(word: str) -> bool:
    parts = _JOINTS.split(word)
    return all(parts) and all(_is_letter(one) or unicodedata.combining(one) for part in parts for one in part)


def _is_letter(one: str) -> bool:
    return one.isalpha() and unicodedata.name(one, "").startswith("LATIN")


def vote_problem(yes: int, no: int, abstained: int, voters: int) -> str:
    """Why the votes cannot be: they are not as many as the members who voted; empty when they add up."""
    cast = yes + no + abstained
    if min(yes, no, abstained) < 0:
        return "Số phiếu không thể âm."
    if voters == 0:
        return "Chưa có thành viên nào biểu quyết."
    if cast > voters:
        return f"Có {cast} phiếu nhưng chỉ {voters} thành viên biểu quyết."
    if cast < voters:
        return f"Mới có {cast} phiếu của {voters} thành viên biểu quyết; phiếu trắng ghi vào «không ý kiến»."
    return ""


def repeated(members: Iterable[tuple[str, str]]) -> list[str]:
    """Members (name, post) in; the names of those who sit twice, however they are typed and addressed.

    Two people may bear one name: their posts, where both are given, tell them apart.
    """
    seen: dict[str, set[str]] = {}
    twice = []
    for name, post in members:
        posts, own = seen.setdefault(name_key(person_name(name)), set()), name_key(post)
        if posts and (own in posts or not own or "" in posts):
            twice.append(person_name(name))
        posts.add(own)
    return twice


def number_problem(number: str) -> str:
    """Why a number of a decision cannot be: nothing, or more than the number itself; empty when it can."""
    if not number:
        return "Chưa ghi số quyết định."
    if "/" in number or not any(letter.isdigit() for letter in number):
        return "Chỉ ghi phần số của quyết định, ví dụ 57; phần «/QĐ-UBND» phần mềm tự ghi."
    return ""


def same_number(one: str, other: str) -> bool:
    """Whether two numbers are one on paper: "57" and "057" are."""
    return one.strip().lstrip("0").casefold() == other.strip().lstrip("0").casefold()


def day_in(text: str) -> date | None:
    """The day said in words or figures: "19 giờ 00, ngày 12 tháng 11 năm 2026", "12/11/2026"; None where none is."""
    found = _DAY.search(nfc(text))
    try:
        return date(*(int(part) for part in reversed(found.groups()))) if found else None
    except ValueError:
        return None


def before_problem(day: date, submitted: date | None, met: date | None) -> str:
    """Why a decision cannot be signed on a day: it stands on a submission and a meeting that came later."""
    if submitted is not None and day < submitted:
        return f"Ngày ký quyết định không thể trước ngày tờ trình ({vn_date(submitted)})."
    if met is not None and day < met:
        return f"Ngày ký quyết định không thể trước ngày họp hội đồng ({vn_date(met)})."
    return ""


def new_code() -> str:
    """A random check code of 74 bits with its check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return body + check_character(body)


def check_character(body: str) -> str:
    """The character that makes the weighted sum of the code 0 modulo 31."""
    total = sum(place * ALPHABET.index(letter) for place, letter in enumerate(body, 1))
    weight = len(body) + 1
    return ALPHABET[-total * pow(weight, -1, len(ALPHABET)) % len(ALPHABET)]


def read_code(typed: str) -> str | None:
    """A code as typed, with or without hyphens, in any case; None when it cannot be a code."""
    code = "".join(letter for letter in typed.upper() if letter not in " -–—.\u00a0\t\r\n")
    if len(code) != CODE_LENGTH or not set(code) <= set(ALPHABET):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def show_code(code: str) -> str:
    """A code as printed: "7KQM-2RXW-94TD-H6PC"."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def masked(name: str, model: str) -> str:
    """A name as anybody may see it: of a person the given name keeps its first letter, "Nguyễn Văn T***".

    Groups and organisations are not people and are named in full (domain §10: collect and show little).
    """
    if model not in PEOPLE:
        return name
    *before, given = nfc(name).split(" ")
    return " ".join([*before, given[:1] + "***"])


def register_number(sequence: int, model: str, year: int) -> str:
    """The number in the register of certificates: "0012/GĐHT-2026"."""
    return f"{sequence:04}/{SHORT[Model(model)]}-{year}"


def title_of(model: str, year: int, level: int | None, months: int | None) -> str:
    """The title as printed: of a year ("Gia đình học tập năm 2026"), or with its level and without one."""
    words = str(Model(model).label)
    if level is not None:
        words += f" mức độ {level}"
    return words if months else f"{words} năm {year}"


def last_day(day: date, months: int | None) -> date | None:
    """The last day of a title given for some months; None for the title of a year."""
    if not months:
        return None
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True)
class Standing:
    """Whether a title stands on a day, as a word for badges and a sentence for people."""

    state: str  # standing, unsigned, revoked, expired
    because: str

    @property
    def stands(self) -> bool:
        """True only for a title in force."""
        return self.state == "standing"


def standing(
    *, signed: date | None, months: int | None, revoked: tuple[str, date | None] | None, year: int, on: date
) -> Standing:
    """What a title is on a day: the day of its decision, its months, the revoking decision (name, day)."""
    if signed is None:
        return Standing("unsigned", "Quyết định công nhận chưa được ký, danh hiệu chưa có hiệu lực.")
    if revoked is not None and revoked[1] is not None:
        return Standing(
            "revoked", f"Danh hiệu đã bị thu hồi theo Quyết định số {revoked[0]} ngày {vn_date(revoked[1])}."
        )
    end = last_day(signed, months)
    if end is not None and on > end:
        return Standing("expired", f"Danh hiệu có giá trị đến hết ngày {vn_date(end)}, nay đã hết hạn.")
    if end is not None:
        return Standing("standing", f"Danh hiệu có giá trị đến hết ngày {vn_date(end)}.")
    return Standing("standing", f"Danh hiệu của năm {year}, đã được công nhận.")
