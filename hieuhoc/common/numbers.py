"""Numbers as Vietnamese read and write them, and shares that never flatter.

`1.234,5` on paper; a share is printed beside its count and denominator and is not rounded across a mark
(79,996 % is printed 79,99 %, never 80,00 %). Whether a target is reached is asked of whole numbers.
"""

import re
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal

NO_SHARE = "–"

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_PLAIN = re.compile(r"[+-]?\d+")
_GROUPED = re.compile(r"[+-]?\d{1,3}([. ]\d{3})+(,\d+)?")
_ENGLISH = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_COMMA = re.compile(r"[+-]?\d+,\d+")
_DOT = re.compile(r"[+-]?\d+\.\d+")


def vn_number(x: Decimal | int | float) -> str:
    """A number with a point between thousands and a decimal comma: 1234.5 is "1.234,5"."""
    text = f"{Decimal(str(x)):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def vn_int(n: int) -> str:
    """A whole number with a point between thousands: 1234 is "1.234"."""
    return f"{n:,d}".replace(",", ".")


def whole(text: str | None, usual: int | None = None) -> int | None:
    """A whole number in plain digits, as addresses carry them; ``usual`` for anything else ("²" is a digit too)."""
    plain = text or ""
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 18 else usual


def percent(count: int | None, of: int | None, digits: int = 2, target: Decimal | int | None = None) -> str:
    """A share as printed, "74,99 %": rounded, unless that would reach a whole percent or the target."""
    if count is None or not of:
        return NO_SHARE
    exact = Decimal(count) * 100 / Decimal(of)
    step = Decimal(1).scaleb(-digits)
    shown = exact.quantize(step, ROUND_HALF_UP)
    marks = [shown.to_integral_value(ROUND_FLOOR)] + ([Decimal(target)] if target is not None else [])
    if any(shown >= mark and not reached(count, of, mark) for mark in marks):
        shown = exact.quantize(step, ROUND_DOWN)
    return f"{shown:,f}".translate(str.maketrans(",.", ".,")) + " %"


def reached(count: int, of: int, target_percent: Decimal | int | str) -> bool:
    """Whether count of `of` reaches the target, compared exactly; nobody to count reaches nothing."""
    return of > 0 and Decimal(count) * 100 >= Decimal(target_percent) * of


def parse_number(text: str) -> Decimal | None:
    """A number as officers type it ("1.234,5", "1 234", "04", "-3"); None for anything else.

    A single point with three digits after it parts thousands, as on Vietnamese paper.
    """
    plain = _SPACES.sub(" ", text).strip().replace("−", "-")
    if _PLAIN.fullmatch(plain):
        return Decimal(plain)
    if _GROUPED.fullmatch(plain):
        return Decimal(plain.replace(".", "").replace(" ", "").replace(",", "."))
    if _COMMA.fullmatch(plain):
        return Decimal(plain.replace(",", "."))
    if _DOT.fullmatch(plain):
        return Decimal(plain)
    return Decimal(plain.replace(",", "")) if _ENGLISH.fullmatch(plain) else None
