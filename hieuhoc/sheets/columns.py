"""What a kind of sheet may hold: columns with the words officers use for them. Data, no logic.

A `Sheet` lists its columns; a `Column` says what its cells are (`kind`) and by which headings it goes.
Headings are written as people write them; matching folds them (see `headings`).
"""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "name", "text", "code", "village", "count", "share", "score", "yes_no", "phone", "cccd", "date", "sex", "group"
]  # fmt: skip


ERRORS = "Lỗi cần sửa"  # heads what the error workbook adds, so that it is left out when it comes back


def words(text: str) -> tuple[str, ...]:
    """Headings written one after the other with bars between them."""
    return tuple(" ".join(part.split()) for part in text.split("|"))


def letter(at: int) -> str:
    """The letter of a column: 0 is A, 26 is AA."""
    return (letter(at // 26 - 1) if at >= 26 else "") + chr(65 + at % 26)


@dataclass(frozen=True)
class Column:
    """One column: its canonical key, its Vietnamese label, what its cells are, its other headings."""

    key: str
    label: str
    kind: Kind
    also: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    maximum: float | None = None
    judged: Literal["number", "yes_no", "share", "change"] = "number"


@dataclass(frozen=True)
class Sheet:
    """One kind of sheet: its columns, the one that names a row, and what makes two rows one."""

    kind: str
    title: str
    columns: tuple[Column, ...]
    subject: str
    unique: tuple[str, ...]

    def column(self, key: str) -> Column | None:
        """The column with this key, or None."""
        return next((column for column in self.columns if column.key == key), None)

    def pick(self, *keys: str) -> tuple[Column, ...]:
        """The columns with these keys, in their order."""
        return tuple(column for key in keys for column in self.columns if column.key == key)


@dataclass(frozen=True)
class Indicator:
    """An indicator of a criteria set as a score sheet needs it; `kind` is number, yes_no, share or change."""

    key: str
    label: str
    maximum: float | None = None
    kind: Literal["number", "yes_no", "share", "change"] = "number"


@dataclass(frozen=True)
class IndicatorSet:
    """The indicators of one criteria set and the model it judges (FAMILY, CLAN, …)."""

    code: str
    model: str
    indicators: tuple[Indicator, ...] = field(default_factory=tuple)
