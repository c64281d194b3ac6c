"""Figures held against the targets that bind: what is reached, and how many more are needed. Pure.

A target is held only against a figure of its own denominator (domain §6: one "80 %" has six). Where there is none, or
where the target holds for a part of the place, nothing is compared and the reason is said. Counts are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from hieuhoc.figures.checks.rows import Printed
from hieuhoc.figures.facts import Value
from hieuhoc.figures.indicators import MATTERS
from hieuhoc.plans.binding import Bound
from hieuhoc.plans.marks import above, level, needed

PART = "Chỉ tiêu của một phần địa bàn; chưa tách được số liệu của phần ấy."
OTHER_DENOMINATOR = "Chưa có số liệu tính trên mẫu số này."
NO_FIGURE = "Chưa có số liệu."
NOT_COUNTED = "Nguồn chỉ ghi tỷ lệ hoặc số khác, không ghi số đếm này."
SHARE_REACHED = "Theo tỷ lệ đã in thì đạt; nguồn không ghi số đếm."
SHARE_SHORT = "Theo tỷ lệ đã in thì chưa đạt; nguồn không ghi số đếm nên không rõ còn thiếu bao nhiêu."
SHARE_NEAR = "Tỷ lệ đã in sát mức chỉ tiêu; cần số đếm mới biết đạt hay chưa."
NO_DENOMINATOR = "Nguồn không ghi mẫu số."
NO_COMPARISON = "Chỉ tiêu so với mức khác; cần số liệu của năm gốc."
NOBODY = "Không có đối tượng nào để tính."


@dataclass(frozen=True)
class Progress:
    """A target beside its figure; ``missing`` is how many more are needed, None where nothing is compared (``why``).

    ``pace`` is how many more a year that is, up to the year of the target; ``value`` the figure, with its source.
    """

    bound: Bound
    count: int | None = None
    of: int | None = None
    needed: int | None = None
    why: str = ""
    value: Value | None = None
    year: int = 0

    @property
    def missing(self) -> int | None:
        """How many more are needed; 0 when the target is reached."""
        if self.needed is None or self.count is None:
            return None
        return max(0, self.needed - self.count)

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where nothing is compared."""
        return None if self.missing is None else self.missing == 0

    @property
    def years_left(self) -> int | None:
        """How many years there are to the target's year; None where it names none or it has passed."""
        due = self.bound.target.year
        return due - self.year if due and self.year and due > self.year else None

    @property
    def pace(self) -> int | None:
        """How many more a year reach the target in its year."""
        return -(-self.missing // self.years_left) if self.missing and self.years_left else None

    @property
    def share(self) -> Decimal | None:
        """The share in percent, exact; the printed one where no counts were said."""
        if self.count is not None and self.of:
            return Decimal(self.count) * 100 / self.of
        return self.value.share if self.value else None

    @property
    def mark(self) -> Decimal | None:
        """The percent the target asks for, resolved where it is relative to a general one."""
        return level(self.bound)


def hold(bound: Bound, values: Mapping[str, Value], year: int = 0) -> Progress:
    """One target beside the figure of its indicator in the whole place."""
    names = MATTERS.get(bound.target.matter)
    if bound.territory:
        return Progress(bound, why=PART, year=year)
    if names is None:
        return Progress(bound, why=OTHER_DENOMINATOR, year=year)
    key, counted, whole = names
    value = values.get(key)
    if value is None:
        return Progress(bound, why=NO_FIGURE, year=year)
    count, of = value.get(counted), value.get(whole)
    if count is None:
        return Progress(bound, None, of, why=_by_share(bound, value, counted, whole), value=value, year=year)
    if of is None and level(bound) is not None:
        return Progress(bound, count, None, why=NO_DENOMINATOR, value=value, year=year)
    if of == 0:
        return Progress(bound, count, of, why=NOBODY, value=value, year=year)
    if value.partial:
        return Progress(bound, count, of, why=value.part_said, value=value, year=year)
    least = needed(bound, of)
    return Progress(bound, count, of, least, NO_COMPARISON if least is None else "", value, year)


def _by_share(bound: Bound, value: Value, counted: str, whole: str) -> str:
    """What a printed share alone says of the target: only where it is of the target's denominator and beyond doubt."""
    mark = level(bound)
    if value.share is None or mark is None or counted != "count" or value.share_of != whole:
        return NOT_COUNTED
    low, high = Printed(value.share, value.share_digits, value.qualifier).between
    if low > mark or (low == mark and not above(bound)):
        return SHARE_REACHED
    return SHARE_SHORT if high < mark else SHARE_NEAR


def progress(bound: Iterable[Bound], values: Mapping[str, Value], year: int = 0) -> list[Progress]:
    """Every target beside its figure, the furthest from being reached first, those without a figure last."""
    return sorted((hold(one, values, year) for one in bound), key=_late_first)


def _late_first(one: Progress) -> tuple[int, Decimal]:
    if one.missing is None:
        return 2, Decimal(0)
    if one.missing == 0:
        return 1, Decimal(0)
    return 0, -Decimal(one.missing) / (one.of or one.needed or 1)
