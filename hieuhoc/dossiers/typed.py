"""What people type into a cell, and how a stored answer reads there: "8,5", "18/20", Có, KAD. Pure.

Typing nothing takes the answer back; KAD or a dash says not applicable. Whether a value may stand (12 of 10) is for
scoring to say; here only its kind is read. Use: ``read(indicator, "8,5")`` is 8.5, ``shown(indicator, 8.5)`` "8,5".
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from hieuhoc.common.numbers import parse_number, vn_number
from hieuhoc.common.text import fold, nfc
from hieuhoc.scoring import Indicator

NOT_APPLICABLE = "n/a"
SAID = "KAD"
_NOT_APPLICABLE = {"kad", "k.a.d", "khong ap dung", "n/a", "-", "–", "—"}
_YES = {"co", "c", "x", "v", "1", "true", "yes", "y", "✓", "✔", "dat"}
_NO = {"khong", "ko", "k", "0", "false", "no", "n", "chua", "chua dat", "khong dat"}
_PAIR = re.compile(r"(.+?)\s*/\s*(.+)")
LONGEST = 60


class Unreadable(ValueError):
    """The text is no answer of this kind; the message is the sentence to show."""


def read(indicator: Indicator, text: str) -> Any:
    """The answer a person typed: None for nothing, "n/a" for KAD, else a value as it is stored."""
    plain = nfc(text)
    if not plain:
        return None
    if len(plain) > LONGEST:
        raise Unreadable(f"{indicator.key}: chữ quá dài. {hint(indicator)}")
    folded = fold(plain).strip(". ") or plain
    if folded in _NOT_APPLICABLE:
        return NOT_APPLICABLE
    return _READERS[indicator.kind](indicator, plain, folded)


def shown(indicator: Indicator, value: Any) -> str:
    """A stored answer as it stands in a cell: what, typed again, gives the same answer."""
    if value is None:
        return ""
    if value == NOT_APPLICABLE:
        return SAID
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, dict):
        first, second = ("count", "of") if "of" in value else ("now", "before")
        return f"{_written(value[first])}/{_written(value[second])}"
    return _written(value)


def hint(indicator: Indicator) -> str:
    """What may be typed, in one short sentence."""
    if indicator.kind == "score":
        return f"Điểm từ 0 đến {vn_number(indicator.points or 0)}."
    if indicator.kind == "level":
        names = ", ".join(f"{n} ({name})" for n, name in enumerate(indicator.names, start=1))
        return f"Mức đạt được: {names}." if names else "Mức đạt được, ghi bằng số."
    return HINTS[indicator.kind]


HINTS = {
    "yes_no": "Có hoặc Không.",
    "share": "Số đạt/tổng số, ví dụ 18/20.",
    "number": "Một số, ví dụ 4 hoặc 8,5.",
    "change": "Năm nay/năm trước, ví dụ 15/12; hoặc số tăng thêm.",
}


def _written(value: Any) -> str:
    """A number without points between thousands, so that it reads back whatever its size."""
    return "" if value is None else vn_number(Decimal(str(value))).replace(".", "")


def stored(number: Decimal) -> int | float:
    """A number as JSON keeps it: whole numbers whole; the rest by its digits, which repr gives back."""
    return int(number) if number == number.to_integral_value() else float(number)


def _number(indicator: Indicator, plain: str, folded: str) -> int | float:
    number = parse_number(plain)
    if number is None:
        raise Unreadable(f"{indicator.key}: «{plain}» không phải là số. {hint(indicator)}")
    return stored(number)


def _yes_no(indicator: Indicator, plain: str, folded: str) -> bool:
    if folded in _YES or folded in _NO:
        return folded in _YES
    raise Unreadable(f"{indicator.key}: không rõ «{plain}» là có hay không. {hint(indicator)}")


def _share(indicator: Indicator, plain: str, folded: str) -> dict[str, int | float]:
    pair = _PAIR.fullmatch(plain)
    if pair is None:
        raise Unreadable(f"{indicator.key}: «{plain}» thiếu tổng số. {hint(indicator)}")
    return {"count": _number(indicator, pair[1], ""), "of": _number(indicator, pair[2], "")}


def _change(indicator: Indicator, plain: str, folded: str) -> Any:
    pair = _PAIR.fullmatch(plain)
    if pair is None:
        return _number(indicator, plain, "")
    return {"now": _number(indicator, pair[1], ""), "before": _number(indicator, pair[2], "")}


def _level(indicator: Indicator, plain: str, folded: str) -> int | float:
    names = [fold(name) for name in indicator.names]
    wanted = folded.removeprefix("muc ").strip()
    return names.index(wanted) + 1 if wanted in names else _number(indicator, wanted, "")


_READERS = {
    "score": _number,
    "number": _number,
    "yes_no": _yes_no,
    "share": _share,
    "change": _change,
    "level": _level,
}
