"""A place's year: every figure by its source, the targets that bind beside them, the places below and how they stand.

Figures of a commune run while its round is open; frozen ones, reported and published ones are facts. What differs
between sources is said, never averaged. Use: ``of_place(place_id, 2026, today)``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from hieuhoc.figures import facts, queries
from hieuhoc.figures.facts import ORDER, Value
from hieuhoc.figures.history import day_of
from hieuhoc.figures.indicators import INDICATORS, Indicator
from hieuhoc.figures.models import Source
from hieuhoc.figures.progress import Progress, progress
from hieuhoc.places import naming, tree
from hieuhoc.places.models import Level
from hieuhoc.plans import queries as plans
from hieuhoc.plans import wholes
from hieuhoc.plans.binding import Bound, PlanFact, Reach, TargetFact
from hieuhoc.plans.models import Plan
from hieuhoc.rounds.models import Round
from hieuhoc.rounds.queries import area_of

_UNITS = """
select v.unit_id, v.name, v.kind, u.level,
       case when u.level <> 'commune' and (v.unit_id <> %(place)s or not %(below)s) then (
           select count(*) from places_ancestry a join places_unit c on c.id = a.descendant_id and c.level = 'commune'
            where a.ancestor_id = v.unit_id and a.valid @> %(day)s::date and not a.former)
       else (u.level = 'commune')::int end
  from places_unitversion v join places_unit u on u.id = v.unit_id
 where v.valid @> %(day)s::date and (v.unit_id = %(place)s or %(below)s and v.unit_id in (
       select a.descendant_id from places_ancestry a
         join places_unit below on below.id = a.descendant_id join places_unit own on own.id = %(place)s
        where a.ancestor_id = %(place)s and a.valid @> %(day)s::date and not a.former and a.depth > 0
          and (own.level, below.level) in (('nation', 'province'), ('province', 'commune'))))
 order by v.sort_key
"""


@dataclass(frozen=True)
class Row:
    """An indicator with what each source says of it; ``differs`` where two sources count differently."""

    indicator: Indicator
    values: tuple[Value, ...]

    @property
    def differs(self) -> bool:
        """Whether two sources give different numbers for the same count."""
        return any(
            len({found for one in self.values if (found := one.get(name)) is not None}) > 1
            for name in ("total", "registered", "count")
        )

    @property
    def first(self) -> Value | None:
        """The figure that targets are held against."""
        return facts.best(self.values).get(self.indicator.key)


@dataclass(frozen=True)
class Year:
    """All of a place's year; ``closed`` of ``communes`` communes have frozen theirs, ``at_work`` run."""

    place_id: int
    name: str
    level: str
    year: int
    rows: tuple[Row, ...]
    progress: tuple[Progress, ...]
    round: Round | None = None
    closed: int = 0
    at_work: int = 0
    communes: int = 0
    since: date | None = None  # where the unit was not there yet in that year

    @property
    def best(self) -> dict[str, Value]:
        """By indicator the figure targets are held against."""
        return {row.indicator.key: row.first for row in self.rows if row.first}


@dataclass(frozen=True)
class Below:
    """A place below with its best figures and the targets of the titles that are furthest from being reached."""

    place_id: int
    name: str
    best: dict[str, Value]
    progress: tuple[Progress, ...]

    @property
    def late(self) -> list[Progress]:
        """The targets not reached, the furthest first."""
        return [one for one in self.progress if one.missing]


@dataclass(frozen=True)
class Standing:
    """What a unit is called and how many communes it has, itself not counted; a commune below counts as one."""

    name: str
    kind: str
    level: str
    communes: int

    @property
    def in_sentence(self) -> str:
        """The name inside a sentence: "tỉnh Sơn La"."""
        return naming.in_sentence(self.name, self.kind)


def of_place(place_id: int, year: int, today: date) -> Year:
    """A place's year as it stands."""
    return with_below(place_id, year, today, below=False)[0]


def with_below(place_id: int, year: int, today: date, *, below: bool = True) -> tuple[Year, list[Below]]:
    """A place's year, and that of the places one level below: those furthest from their targets first."""
    day = day_of(year, today)
    units = _units(place_id, day, below)
    own = units.get(place_id)
    level = own.level if own else ""
    under = {unit: one.name for unit, one in units.items() if unit != place_id}
    round_ = Round.objects.filter(place_id=place_id, year=year).first() if level == Level.COMMUNE else None
    communes = {unit: one.communes for unit, one in units.items()}
    if below:
        communes[place_id] = sum(one.communes for unit, one in units.items() if unit != place_id)
    values = _values(place_id, level, communes, year, today)
    values[place_id] = _with_running(round_, values.get(place_id, []))
    names = {unit: one.in_sentence for unit, one in units.items()} or {place_id: ""}
    bound = _bound(names, level, year, day, area_of(round_))
    rows = _rows(values[place_id])
    best = {row.indicator.key: row.first for row in rows if row.first}
    whole = Year(
        place_id, own.name if own else tree.name_of(place_id, day), level, year, rows,
        tuple(progress(bound[place_id], best, year)), round_,
        max((one.closed for one in values[place_id]), default=0),
        max((one.parts - one.closed for one in values[place_id]), default=0), communes.get(place_id, 0),
        _since(place_id, day) if own is None else None,
    )  # fmt: skip
    found = [_below(unit, name, facts.best(values.get(unit, ())), bound[unit], year) for unit, name in under.items()]
    return whole, sorted(found, key=lambda one: (not one.best, -_gap(one)))


def already_reached(plan: Plan, today: date) -> list[Progress]:
    """The targets of a plan that the place's latest figures already reach (M20: a target below the result)."""
    years = range(today.year, today.year - 3, -1)
    kept = facts.with_expected(facts.of_places([plan.place_id], years, today), today)
    latest = next(((year, kept[plan.place_id, year]) for year in years if (plan.place_id, year) in kept), None)
    if latest is None:
        return []
    year, values = latest
    reach = Reach(PlanFact(plan.pk, plan.place_id, "", "", today, 0, 0), own=True)
    targets = [TargetFact(*row) for row in plan.targets.values_list(*plans.FIELDS)]
    held = progress([Bound(one, reach, "") for one in targets], facts.best(values), year)
    return [one for one in held if one.reached and one.bound.target.area == "general"]


def _units(place_id: int, day: date, below: bool) -> dict[int, Standing]:
    """The place and, where asked, what stands one level below it: provinces of the nation, communes of a province."""
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, {"place": place_id, "day": day, "below": below})
        return {row[0]: Standing(*row[1:]) for row in cursor.fetchall()}


def _values(
    place_id: int, level: str, communes: Mapping[int, int], year: int, today: date
) -> dict[int, list[Value]]:  # fmt: skip
    """The figures of the place and of those below, with how many communes each has; the nation's sums are those of
    its provinces added up.
    """
    under = [one for one in communes if one != place_id]
    by_parts = level == Level.NATION and bool(under)
    kept = facts.of_places([place_id, *under], [year], today, summed=under if by_parts else None)
    found = {
        place: [replace(one, expected=communes.get(place, 0)) if one.parts else one for one in several]
        for (place, _), several in kept.items()
    }
    if by_parts:
        parts = [one for unit in under for one in found.get(unit, ())]
        sums = facts.added(place_id, parts)
        found[place_id] = [*found.get(place_id, ()), *(replace(one, expected=communes[place_id]) for one in sums)]
    return found


def _bound(
    names: Mapping[int, str], level: str, year: int, day: date, areas: Mapping[int, str]
) -> dict[int, list[Bound]]:
    """The targets of all the places; of the nation and its provinces without a look at every commune's past."""
    if level == Level.NATION:
        return wholes.bound(names, year, day)
    return plans.bound(list(names), year, day, areas)


def _since(place_id: int, day: date) -> date | None:
    """From when the unit is there, where it was not yet on the day."""
    first = tree.versions_of([place_id], day)[place_id].first_day
    return first if first and first > day else None


def _with_running(round_: Round | None, values: Sequence[Value]) -> list[Value]:
    """The values with those that run, in the place of frozen ones of an earlier close, while the round is open."""
    if round_ is None or round_.state != Round.State.OPEN:
        return list(values)
    return [*running(round_).values(), *(one for one in values if one.source != Source.COMPUTED)]


def running(round_: Round, sums: Mapping[str, queries.Line] | None = None) -> dict[str, Value]:
    """The figures of a round that change until it closes, by indicator; ``sums`` where they were counted already."""
    return {
        key: Value(round_.place_id, round_.year, key, Source.COMPUTED, **found, running=True)
        for key, found in queries.computed(round_, sums).items()
    }


def _rows(values: Sequence[Value]) -> tuple[Row, ...]:
    """Every indicator with its values in the order of sources, those without any left out."""
    by_key: dict[str, list[Value]] = {}
    for one in sorted(values, key=lambda value: (ORDER.index(Source(value.source)), value.figure or 0)):
        by_key.setdefault(one.indicator, []).append(one)
    return tuple(Row(one, tuple(by_key[one.key])) for one in INDICATORS if one.key in by_key)


def _below(unit: int, name: str, best: dict[str, Value], bound: Sequence[Bound], year: int) -> Below:
    return Below(unit, name, best, tuple(progress(bound, best, year)))


def _gap(one: Below) -> float:
    """How far the worst target is, as a part of its denominator."""
    return max((late.missing / late.of for late in one.late if late.missing and late.of), default=0.0)
