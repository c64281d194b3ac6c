"""What the tree of places knows for the checks: how many communes a place had in a year, and whether it changed.

The catalogue knows places as they stood at the end of June 2025 and every change since; years before are counted as on
that day, and said not to be exact. Places are found by name ("Huyện Duy Xuyên, Quảng Nam") or code: those of a whole
table in a few statements (``Catalogue.of``), else each once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import F, Q

from hieuhoc.common.dates import vn_date
from hieuhoc.common.numbers import vn_int
from hieuhoc.figures.checks.rows import Row
from hieuhoc.figures.checks.sizes import Units
from hieuhoc.places import lookup, search, tree
from hieuhoc.places.models import Level, Succession

REFORM = date(2025, 7, 1)
BEFORE = date(2025, 6, 30)


class Catalogue:
    """Answers from the tree; each question about a place and year is asked once. ``unit`` is that of all rows."""

    def __init__(self, unit: int | None = None) -> None:
        self._unit: Any = cache(_unit) if unit is None else lambda place, level, day: unit
        self._count: Any = cache(_count)
        self._changed: Any = cache(_changed)

    @classmethod
    def of(cls, rows: Collection[Row]) -> Catalogue:
        """A catalogue that knows the places of a table already: five statements however many they are."""
        made = cls()
        made._unit = _Known(_unit, _units(rows))
        units = {unit for unit in made._unit.known.values() if unit is not None}
        made._count = _Known(_count, _counts({(unit, day) for unit in units for day in _all_days(rows)}))
        made._changed = _Changes(units).between
        return made

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


class _Known:
    """Answers that were asked for together; what was not among them is asked by itself."""

    def __init__(self, ask: Callable[..., Any], known: dict[tuple, Any]) -> None:
        self.ask, self.known = ask, known

    def __call__(self, *asked: Any) -> Any:
        if asked not in self.known:
            self.known[asked] = self.ask(*asked)
        return self.known[asked]


class _Changes:
    """The mergers and splits of some units since the reform, read at once."""

    def __init__(self, units: Collection[int]) -> None:
        rows = Succession.objects.filter(Q(new_id__in=units) | Q(old_id__in=units), day__gt=BEFORE)
        self.days: dict[int, list[date]] = defaultdict(list)
        for old, new, day in rows.exclude(old=F("new")).values_list("old_id", "new_id", "day"):
            self.days[old].append(day)
            self.days[new].append(day)

    def between(self, unit: int, first: date, last: date) -> bool:
        """Whether the unit gained or lost territory in between."""
        return any(first < day <= last for day in self.days.get(unit, ()))


def _all_days(rows: Iterable[Row]) -> set[date]:
    """Every day a question about the rows may be asked of."""
    days = {day for row in rows for day in _days(row.year)}
    return days | {max(day, BEFORE) for day in days}


def _units(rows: Collection[Row]) -> dict[tuple, int | None]:
    """The unit of each row on each of its days; two statements."""
    asked = {
        (row.place, row.level, on) for row in rows for day in _days(row.year) for on in {day, max(day, BEFORE)}
    }  # fmt: skip
    found = lookup.meant({(place, _level(level), day) for place, level, day in asked})
    return {(place, level, day): found.get((place, _level(level), day)) for place, level, day in asked}


def _level(level: str) -> str:
    return level if level in Level.values else ""


_COUNTS = """
select asked.unit, asked.day, count(u.id)
  from unnest(%(units)s::bigint[], %(days)s::date[]) as asked (unit, day)
  left join places_ancestry a on a.ancestor_id = asked.unit and a.valid @> asked.day and not a.former
  left join places_unit u on u.id = a.descendant_id and u.level = 'commune'
 group by asked.unit, asked.day
"""


def _counts(asked: Collection[tuple[int, date]]) -> dict[tuple, int]:
    """How many communes each unit had on each day; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"units": [unit for unit, _ in asked], "days": [day for _, day in asked]})
        return {(unit, day): number for unit, day, number in cursor.fetchall()}


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
