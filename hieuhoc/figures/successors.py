"""What became of a former territory: the units of a later day that lie wholly in it, or those that only partly do.

A territory is its communes on its last day. A unit of a later day is of it when all it came from lay in it; then its
figures are part of the territory's. One that took in others besides makes the territory uncountable from there on.
Use: ``after({(unit_id, day_it_ended)}, range(2022, 2027), today)``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hieuhoc.figures.series import NOT_COMPARABLE, Part, named
from hieuhoc.places import heirs, tree
from hieuhoc.places.models import Ancestry, Level, Succession

PARTLY = NOT_COMPARABLE + "{} chỉ có một phần từ địa bàn này, phần khác từ {}."
LOST = NOT_COMPARABLE + "không rõ {} nay thuộc đơn vị nào."
Span = tuple[int, date]


@dataclass(frozen=True)
class Territory:
    """A former territory on a later day: the units it is made of, or why they cannot be told apart."""

    parts: tuple[Part, ...] = ()
    because: str = ""
    units: frozenset[int] = frozenset()  # all that took it over, also those that only partly come from it


def after(spans: Iterable[Span], years: Sequence[int], today: date) -> dict[Span, dict[int, Territory]]:
    """For each unit whose territory changed hands on a day, its territory in the years after; a few queries each."""
    changes = sorted(set(Succession.objects.filter(day__lte=today).values_list("day", flat=True)))
    return {span: _over(span, years, today, changes) for span in spans}


def _over(span: Span, years: Sequence[int], today: date, changes: Sequence[date]) -> dict[int, Territory]:
    """The territory in each year; years between two changes of the tree are asked once."""
    unit, end = span
    last, found = end - timedelta(days=1), {}
    days = {year: min(date(year, 12, 31), today) for year in years}
    asked: dict[int, Territory] = {}
    communes = _communes(unit, last) if any(day >= end for day in days.values()) else {}
    for year, day in days.items():
        if day >= end:
            state = sum(1 for one in changes if one <= day)
            found[year] = asked[state] if state in asked else asked.setdefault(state, _on(communes, last, day))
    return found


def _communes(unit: int, day: date) -> dict[int, str]:
    """The communes of a unit on a day, a commune being its own, by name."""
    rows = Ancestry.objects.filter(ancestor_id=unit, valid__contains=day, former=False)
    return tree.names_of(set(rows.filter(descendant__level=Level.COMMUNE).values_list("descendant_id", flat=True)), day)


def _on(communes: Mapping[int, str], last: date, day: date) -> Territory:
    later = heirs.heirs_of(list(communes), day, last)
    lost = [name for unit, name in communes.items() if unit not in later]
    if lost:
        return Territory(because=LOST.format(named(lost)))
    names = {one.unit_id: one.name for several in later.values() for one in several}
    others = _others(names, communes, last, day)
    torn = [names[unit] for unit in sorted(others)]
    if torn:
        foreign = dict.fromkeys(name for unit in sorted(others) for name in others[unit])
        return Territory((), PARTLY.format(named(torn), named(foreign)), frozenset(names))
    return Territory(tuple(Part(unit, name) for unit, name in sorted(names.items())), units=frozenset(names))


def _others(units: Collection[int], ours: Collection[int], last: date, day: date) -> dict[int, list[str]]:
    """For each unit that took in others besides ours: what those were called on the last day."""
    origins = heirs.origins_of(units, day)
    then = tree.versions_of(set().union(*origins.values()) - set(ours), last)
    held = {unit: one.name for unit, one in then.items() if _there(one, last)}
    found = {unit: [held[one] for one in sorted(several) if one in held] for unit, several in origins.items()}
    return {unit: several for unit, several in found.items() if several}


def _there(one: tree.Named, day: date) -> bool:
    return (one.first_day is None or one.first_day <= day) and (one.last_day is None or day <= one.last_day)
