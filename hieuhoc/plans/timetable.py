"""When the activities of a plan fall due: pure. It gets an activity's times and the plan's years, never the clock.

A quarter is due on its last day, a month on its last day, a year at its end. "Hằng năm" comes once in each year of the
plan, "mỗi quý" four times, "mỗi tháng" twelve; with a year or quarter before it ("hằng năm, từ quý III/2022") it begins
then. "Thường xuyên" has no day. A quarter or month without a year comes in every year of the plan. A time outside the
plan's years is never due; an activity none of whose times lies in them is shown without a day, not hidden.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

YEAR, HALF, QUARTER, MONTH, ALWAYS, UNDATED = "year", "half", "quarter", "month", "always", "undated"
MONTHS = {YEAR: 12, HALF: 6, QUARTER: 3, MONTH: 1}
SIGNS = {HALF: "H", QUARTER: "Q", MONTH: "M"}
ROMAN = ("", "I", "II", "III", "IV")
KEY = re.compile(r"(2\d{3})(?:-(?:(H)([12])|(Q)([1-4])|(M)(0[1-9]|1[0-2])|(always|undated)))?")
When = Mapping[str, Any]


@dataclass(frozen=True)
class Period:
    """A year, a half, a quarter or a month of it; "always" and "undated" are a year without a day in it."""

    year: int
    kind: str = YEAR
    number: int = 1

    @property
    def key(self) -> str:
        """What names it for good: "2026", "2026-H1", "2026-Q3", "2026-M10", "2026-always"."""
        if self.kind in SIGNS:
            return f"{self.year}-{SIGNS[self.kind]}{self.number:0{2 if self.kind == MONTH else 1}}"
        return f"{self.year}" if self.kind == YEAR else f"{self.year}-{self.kind}"

    @property
    def due(self) -> date | None:
        """Its last day; None where there is no day."""
        if self.kind not in MONTHS:
            return None
        month = self.number * MONTHS[self.kind]
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def quarter(self) -> int:
        """The quarter it is due in; 0 without a day."""
        return (self.due.month + 2) // 3 if self.due else 0

    @property
    def words(self) -> str:
        """How a person says it: "Quý III/2026"."""
        return {
            YEAR: f"Năm {self.year}",
            HALF: f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}",
            QUARTER: f"Quý {ROMAN[self.number] if self.kind == QUARTER else ''}/{self.year}",
            MONTH: f"Tháng {self.number}/{self.year}",
            ALWAYS: f"Thường xuyên trong năm {self.year}",
        }.get(self.kind, "Chưa rõ thời gian")


def period_of(key: str) -> Period | None:
    """The period a key names; None for what is no key."""
    found = KEY.fullmatch(key)
    if found is None:
        return None
    year, *signs, open_ended = found.groups()
    if open_ended:
        return Period(int(year), open_ended)
    kinds = {sign: kind for kind, sign in SIGNS.items()}
    for sign, number in zip(signs[::2], signs[1::2], strict=True):
        if sign:
            return Period(int(year), kinds[sign], int(number))
    return Period(int(year))


def occurrences(when: Sequence[When], years: tuple[int, int], year: int) -> tuple[Period, ...]:
    """When an activity of a plan made for ``years`` falls due in the year, each period once, in order of its day."""
    first, last = years
    if not first <= year <= last:
        return ()
    found = {one: None for time in when for one in _falls(time, year)}
    if not found and not any(_falls(time, each) for time in when for each in range(first, last + 1)):
        found = {Period(year, UNDATED): None}
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.key)))


def _falls(time: When, year: int) -> Iterable[Period]:
    """When one of the times falls due in the year, whatever the plan's years."""
    named, every = time.get("year"), time.get("every")
    if every is None:
        return [_part(time, year)] if named == year or (named is None and _is_part(time)) else []
    if named and year < named:
        return []
    if every == ALWAYS:
        return [Period(year, ALWAYS)]
    if every == YEAR:
        return [Period(year) if named else _part(time, year)]
    if every not in MONTHS:
        return []
    begins = _part(time, named).due if named and _is_part(time) else None
    each = [Period(year, every, number) for number in range(1, 12 // MONTHS[every] + 1)]
    return [one for one in each if begins is None or (one.due and one.due >= begins)]


def _is_part(time: When) -> bool:
    return time.get("month") in range(1, 13) or time.get("quarter") in range(1, 5)


def _part(time: When, year: int) -> Period:
    """The month or quarter of the year that is named, else the year."""
    if time.get("month") in range(1, 13):
        return Period(year, MONTH, time["month"])
    if time.get("quarter") in range(1, 5):
        return Period(year, QUARTER, time["quarter"])
    return Period(year)
