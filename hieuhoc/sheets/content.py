"""What the cells of a column look like, from a sample: it confirms a heading, vetoes it, or stands in for it."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hieuhoc.common.numbers import parse_number
from hieuhoc.common.text import fold, nfc
from hieuhoc.sheets import values
from hieuhoc.sheets.columns import Column

SAMPLE = 240

_TODAY = date(2100, 1, 1)
_ANY = Column("", "", "count")
_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True)
class Content:
    """Shares of the filled cells of a sample that read as each kind."""

    filled: int
    numbers: float = 0.0
    marks: float = 0.0
    phones: float = 0.0
    cccds: float = 0.0
    days: float = 0.0
    names: float = 0.0
    villages: float = 0.0
    sexes: float = 0.0

    def vetoes(self, kind: str, key: str) -> bool:
        """Whether these cells cannot be of this kind; an empty column vetoes nothing."""
        if self.filled < 2:
            return False
        return _VETO[kind](self) if kind in _VETO else False


_VETO: dict[str, Callable[[Content], bool]] = {
    "name": lambda c: c.names < 0.3,
    "count": lambda c: c.numbers < 0.4 or c.phones > 0.6 or c.cccds > 0.6,
    "share": lambda c: c.numbers < 0.4,
    "yes_no": lambda c: c.marks < 0.5,
    "phone": lambda c: c.phones < 0.3,
    "cccd": lambda c: c.cccds < 0.3,
    "date": lambda c: c.days < 0.4,
    "sex": lambda c: c.sexes < 0.5,
    "score": lambda c: (c.names > 0.6 and c.marks < 0.5) or c.phones > 0.6 or c.cccds > 0.6,
    "village": lambda c: c.phones > 0.5 or c.cccds > 0.5 or c.days > 0.9,
    "code": lambda c: c.cccds > 0.6 or c.phones > 0.8,
    "text": lambda c: c.villages > 0.6 or c.phones > 0.6 or c.cccds > 0.6 or (c.numbers > 0.9 and c.filled > 3),
}


def look(cells: Sequence[Any], is_village: Callable[[str], bool]) -> Content:
    """The content of a column from its first filled cells."""
    filled = [cell for cell in cells if cell != "" and not (isinstance(cell, str) and not cell.strip())][:SAMPLE]
    if not filled:
        return Content(0)

    times = Counter(filled).items()

    def part(test: Callable[[Any], bool]) -> float:
        return sum(count for cell, count in times if test(cell)) / len(filled)

    return Content(
        len(filled),
        numbers=part(_is_number),
        marks=part(_is_mark),
        phones=part(_is_phone),
        cccds=part(_is_cccd),
        days=part(lambda cell: not isinstance(values.birth_date(_TODAY, _ANY, cell), values.Bad)),
        names=part(_is_name),
        villages=part(lambda cell: is_village(values.text(cell))),
        sexes=part(lambda cell: values.sex(_ANY, cell) in ("male", "female")),
    )  # fmt: skip


def _is_mark(cell: Any) -> bool:
    if isinstance(cell, float):
        return cell in (0.0, 1.0)
    return not isinstance(values.yes_no(_ANY, cell), values.Bad)


def _is_number(cell: Any) -> bool:
    if not isinstance(cell, str):
        return isinstance(cell, float)
    typed = nfc(cell).rstrip(" %")
    return typed in ("-", "–") or parse_number(typed) is not None


def _is_phone(cell: Any) -> bool:
    found = values.phone(_ANY, cell)
    return isinstance(found, str) and found.isdigit() and len(found) in (10, 11) and found[0] == "0"


def _is_cccd(cell: Any) -> bool:
    typed = values.text(cell)
    digits = re.sub(r"\D", "", typed)
    if sum(map(str.isalpha, typed)) > 1:
        return False
    return 9 <= len(digits) <= 13 and not (len(digits) in (9, 10) and _is_phone(cell) and digits.startswith("0"))


def _is_name(cell: Any) -> bool:
    return isinstance(cell, str) and _LETTERS.search(cell) is not None and fold(cell) not in values.NOT_APPLICABLE_SIGNS
