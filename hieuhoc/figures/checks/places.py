"""What the tree of places knows for the checks: how many communes a place had in a year, and whether it changed.

The catalogue knows places as they stood at the end of June 2025 and every change since; years before are counted as on
that day, and said not to be exact. Places are found by name ("Huyện Duy Xuyên, Quảng Nam") or code, each once.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from hieuhoc.common.dates import vn_date
from hieuhoc.common.numbers import vn_int
from hieuhoc.figures.checks.rows import Row
from hieuhoc.figures.checks.sizes import Units
from hieuhoc.places import search, tree
from hieuhoc.places.models import Level, Succession

REFORM = date(2025, 7, 1)
BEFORE = date(2025, 6, 30)


class Catalogue:
    """Answers from the tree; each question about a place and year is asked once. ``unit`` is that of all rows."""

    def __init__(self, unit: int | None = None) -> None:
        self._unit = cache(_unit) if unit is None else lambda place, level, day: unit
        self._count = cache(_count)
        self._changed = cache(_changed)

    def communes(self, row: Row) -> Units | None:
        """The most communes the place had on a day of the year; None where the place is not found."""
        days = _days(row.year)
        units = {day: unit for day in days if (unit := self._unit(row.place, row.level, day))}
        found = {max(day, BEFORE): self._count(unit, max(day, BEFORE)) for day, unit in units.items()}
        if not any(found.values()):
            return None
        said = ", ".join(f"{vn_int(count)} (ngày {vn_date(day)})" for day, count in found.items())
        return Units(max(found.values()), days[0] >= BEFORE, said)

    def place(self, row: Row) -> int | None:
        """The unit a row is of: on the last day of its year, for 2025 else as before the reform."""
        days = [max(day, BEFORE) for day in reversed(_days(row.year))]
        return next((unit for day in days if (unit := self._unit(row.place, row.level, day)) is not None), None)

    def changed(self, before: Row, after: Row) -> bool:
        """Whether the place gained or lost territory between the years; a place not found may have."""
        first, last = _days(before.year)[0], _days(after.year)[-1]
        if last < REFORM:
            return False
        unit, other = (
            self._unit(before.place, before.level, max(first, BEFORE)),
            self._unit(after.place, after.level, last),
        )
        return unit is None or unit != other or self._changed(unit, max(first, BEFORE), last)

    def targets(self, row: Row) -> list[Decimal]:
        """Targets of plans are not held against printed figures yet."""
        return []


def _days(year: int | None) -> list[date]:
    """The days a year's figures may speak of: its end, in 2025 also the day before the reform."""
    end = date(year or REFORM.year, 12, 31)
    return [BEFORE, end] if end.year == REFORM.year else [end]


def _unit(place: str, level: str, day: date) -> int | None:
    hits = search.find(place, day, level if level in Level.values else None, limit=2)
    return hits[0].unit_id if hits and (len(hits) == 1 or (hits[0].exact and not hits[1].exact)) else None


def _count(unit: int, day: date) -> int:
    return tree.below(unit, day, Level.COMMUNE).count()


def _changed(unit: int, first: date, last: date) -> bool:
    """Whether the unit, or a commune passed to it or taken from it, is part of a merge or split in between."""
    days = {"day__gt": first, "day__lte": last}
    return Succession.objects.filter(new=unit, **days).exclude(old=unit).exists() or (
        Succession.objects.filter(old=unit, **days).exclude(new=unit).exists()
    )
