"""The targets that bind a place year by year, beside its series: the line of the chart and the row under the table.

A target is drawn only where it speaks of the share that is drawn: counted over all, of the whole place. One of another
denominator, or of a part of the place, is told with the reason. Units that have ended have the targets of their time.
Use: ``over_years(lines, years, today)``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hieuhoc.figures.history import day_of
from hieuhoc.figures.indicators import BY_KEY, MATTERS
from hieuhoc.figures.progress import PART, Progress, hold
from hieuhoc.figures.series import Cell, Line
from hieuhoc.places.models import Level, Unit
from hieuhoc.plans import queries as plans
from hieuhoc.plans import wholes
from hieuhoc.plans.binding import Bound, Reach
from hieuhoc.rounds.models import Round

OTHER = "Tính trên mẫu số khác, không vẽ và không so với tỷ lệ của biểu đồ."
Span = tuple[int, date | None]
Years = dict[int, list[Bound]]


@dataclass(frozen=True)
class Aim:
    """A year of a series beside its target: the one of the share that is drawn, and what else is told."""

    year: int
    held: Progress | None = None
    told: tuple[Progress, ...] = ()


def over_years(lines: Iterable[Line], years: Sequence[int], today: date) -> dict[Span, Years]:
    """The targets that bind each line's unit in each year it kept its territory; a few queries for each merger."""
    spans = {(line.place_id, line.until) for line in lines}
    by_day: dict[date, list[Span]] = defaultdict(list)
    for span in spans:
        by_day[span[1] - timedelta(days=1) if span[1] else today].append(span)
    given = _areas({unit for unit, _ in spans})
    found: dict[Span, Years] = {}
    for day, several in by_day.items():
        days = {year: day_of(year, today) for year in years if day_of(year, today) <= day}
        bound = plans.bound_over(_reaching({unit for unit, _ in several}, day), days, day, given)
        found |= {span: bound[span[0]] for span in several}
    return found


def _reaching(places: Collection[int], day: date) -> dict[int, list[Reach]]:
    """The plans that reach each place; of the nation without a look at every commune's past."""
    nations = set(Unit.objects.filter(pk__in=places, level=Level.NATION).values_list("pk", flat=True))
    found = wholes.reaching(nations, day) if nations else {}
    others = set(places) - nations
    return found | (plans.reaching(others, day) if others else {})


def _areas(places: Collection[int]) -> dict[int, dict[int, str]]:
    """By year the areas their rounds are judged by, where one is not the general one."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = Round.objects.filter(place_id__in=places).exclude(area="general")
    for year, place, area in rows.values_list("year", "place_id", "area"):
        found[year][place] = area
    return found


def beside(line: Line, bound: Mapping[int, Sequence[Bound]], today: date) -> list[Aim]:
    """For each year of a line its target, held against the year's figure; none before the unit was as it is."""
    there = {one.year for one in line.cells if line.since is None or day_of(one.year, today) >= line.since}
    return [_aim(line.indicator, one, bound.get(one.year, ()) if one.year in there else ()) for one in line.cells]


def _aim(key: str, cell: Cell, bound: Iterable[Bound]) -> Aim:
    values = {key: cell.value} if cell.value else {}
    drawn, told = None, []
    for one in bound:
        if not _speaks_of(one, key):
            continue
        held = hold(one, values, cell.year)
        if one.territory:
            told.append(replace(held, why=PART))
        elif MATTERS.get(one.target.matter) == (key, "count", "total"):
            drawn = drawn or held
        else:
            told.append(replace(held, needed=None, why=OTHER))
    return Aim(cell.year, drawn, tuple(told))


def _speaks_of(one: Bound, key: str) -> bool:
    """Whether a target is of the indicator, or of its title with another denominator that has no figures."""
    names = MATTERS.get(one.target.matter)
    return names[0] == key if names else bool(BY_KEY[key].model) and one.target.model == BY_KEY[key].model
