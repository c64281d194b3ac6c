"""The number on a form: a running number of the round and a check digit, "0012-7". Pure.

The check digit (Damm) is counted over the round and the running number: one wrong digit or two changed places are
always caught, and nine of ten numbers of another round. A scanner that types the whole address is understood too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
WIDTH, MOST = 4, 9
_BETWEEN = re.compile(r"[\s.\-–—_]+")
_ADDRESS = re.compile(r"(\d+)\D+(\d+)\D*$")


class Unreadable(ValueError):
    """What was typed is no number of a form; the message is the sentence to show."""


@dataclass(frozen=True)
class Typed:
    """A number as typed or scanned; ``round`` is known where the whole address was scanned."""

    serial: int
    check: int
    round: int | None = None

    def fits(self, round_id: int) -> bool:
        """Whether the check digit is that of this round."""
        return check_digit(round_id, self.serial) == self.check


def check_digit(round_id: int, serial: int) -> int:
    """The digit that makes the whole come out at zero."""
    interim = 0
    for digit in f"{round_id}{serial:0{WIDTH}}":
        interim = DAMM[interim][int(digit)]
    return interim


def written(round_id: int, serial: int) -> str:
    """The number as it stands on the form: "0012-7"."""
    return f"{serial:0{WIDTH}}-{check_digit(round_id, serial)}"


def in_address(round_id: int, serial: int) -> int:
    """The number as the address of its page holds it: digits alone."""
    return int(written(round_id, serial).replace("-", ""))


def read(text: str) -> Typed:
    """The number typed, with or without zeros and hyphen, or the address a scanner typed; raises Unreadable."""
    if "/" in text and (match := _ADDRESS.search(text)):
        return _typed(match[2], int(match[1][-MOST:]))
    return _typed(_BETWEEN.sub("", text))


def _typed(digits: str, round_id: int | None = None) -> Typed:
    if not (digits.isascii() and digits.isdigit() and 2 <= len(digits.lstrip("0")) <= MOST):
        raise Unreadable("Chưa đọc được số phiếu. Số in dưới mã QR ở góc phiếu, ví dụ 0012-7.")
    return Typed(int(digits[:-1]), int(digits[-1]), round_id)
