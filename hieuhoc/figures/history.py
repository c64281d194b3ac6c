"""The years of a place over mergers and splits, read from the tree and the facts; the rule is in ``series``.

"Theo đơn vị mới" (``now``): the place as it stands today, each year made of the units that held its territory then.
"Theo đơn vị cũ" (``then``): each of those units by itself, as long as it was; after that its years say where it went.
A place that has ended is read as itself and points to what it became. In the year of a merger figures of the units
before it stand in where the new one has none. Use: ``lines(place_id, range(2019, 2027), today)``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hieuhoc.common.dates import vn_date
from hieuhoc.figures import facts
from hieuhoc.figures.checks.series import NEW_CRITERIA
from hieuhoc.figures.facts import Value
from hieuhoc.figures.indicators import BY_KEY
from hieuhoc.figures.series import Cell, Line, Part, cell, marked
from hieuhoc.places import heirs, tree
from hieuhoc.places.models import Succession, UnitVersion
from hieuhoc.places.tree import Named

NOW, THEN = "now", "then"
BEFORE_MERGER = "theo đơn vị trước sáp nhập trong năm"
Values = dict[tuple[int, int], dict[str, Value]]
Parts = dict[int, list[list[Part]]]  # by year: the units of its last day, then those before each change in it


def day_of(year: int, today: date) -> date:
    """The day a year's tree is read: its last, today for a year that runs."""
    return min(date(year, 12, 31), today)


def lines(
    place_id: int, years: Sequence[int], today: date, *, of: str = NOW, by_default: bool = False,
    running: Values | None = None,
) -> dict[str, list[Line]]:  # fmt: skip
    """The series of a place by indicator; ``running`` adds figures of open rounds by (place, year)."""
    parts = parts_of(place_id, years, today)
    ways = [way for several in parts.values() for way in several]
    units = sorted({place_id} | {part.place_id for way in ways for part in way})
    values = _values(units, years, today, running or {})
    if of == NOW:
        return _now(place_id, years, parts, values, today, by_default)
    return _then(place_id, units, years, values, today)


def _values(units: Collection[int], years: Sequence[int], today: date, running: Values) -> Values:
    kept = facts.with_expected(facts.of_places(units, years, today), today)
    found = {key: facts.best(several) for key, several in kept.items()}
    for key, several in running.items():
        found[key] = {**found.get(key, {}), **several}
    return found


def _now(
    place_id: int, years: Sequence[int], parts: Parts, values: Values, today: date, by_default: bool
) -> dict[str, list[Line]]:
    name = tree.name_of(place_id, today)
    found: dict[str, list[Line]] = {}
    for key in _indicators(values):
        at = {year: {one: values[one, year][key] for one, when in values if when == year and key in values[one, year]}
              for year in years}  # fmt: skip
        cells = [_cell(year, parts[year], at[year], by_default) for year in years]
        found[key] = [marked(Line(place_id, name, key, tuple(cells)), NEW_CRITERIA)]
    return found


def _cell(year: int, ways: Sequence[Sequence[Part]], values: Mapping[int, Value], by_default: bool) -> Cell:
    """The year from the units of its last day; where they have no figure, from those before a change in it."""
    cells = [cell(year, way, values, by_default=by_default) for way in ways]
    found = next((at for at, one in enumerate(cells) if one.value), 0)
    return replace(cells[found], marks=(*cells[found].marks, BEFORE_MERGER)) if found else cells[0]


def _then(
    place_id: int, units: Sequence[int], years: Sequence[int], values: Values, today: date
) -> dict[str, list[Line]]:
    spans = {unit: spans_of(unit, today) for unit in units}
    found: dict[str, list[Line]] = {}
    for key in _indicators(values):
        for unit in units:
            for begin, end, name, note in spans[unit]:
                cells = tuple(_own(unit, key, year, values, begin, end, note, today) for year in years)
                if any(one.value for one in cells):
                    line = Line(unit, name, key, cells, note, end)
                    found.setdefault(key, []).append(marked(line, NEW_CRITERIA))
    return found


def _own(
    unit: int, key: str, year: int, values: Values, begin: date | None, end: date | None, note: str, today: date
) -> Cell:
    """A unit's own figure of a year within one of its spans, else why not."""
    day = day_of(year, today)
    if begin and day < begin:
        return Cell(year, because=f"Chưa có: từ ngày {vn_date(begin)}.")
    if end and day >= end:
        return Cell(year, because=note)
    return Cell(year, values.get((unit, year), {}).get(key))


def _indicators(values: Values) -> list[str]:
    there = {key for several in values.values() for key in several}
    return [key for key in BY_KEY if key in there]


def parts_of(place_id: int, years: Sequence[int], today: date) -> Parts:
    """For each year the units that held the place's territory; years between two changes are asked once."""
    origins = heirs.origins_of([place_id], today)[place_id]
    days = _changes(origins)
    asked: dict[int, list[Part]] = {}

    def on(day: date) -> list[Part]:
        state = sum(1 for one in days if one <= day)
        if state not in asked:
            asked[state] = _parts_on(place_id, origins, day, today)
        return asked[state]

    within = {year: [one for one in reversed(days) if one.year == year and one <= today] for year in years}
    return {year: [on(day_of(year, today)), *(on(one - timedelta(days=1)) for one in within[year])] for year in years}


def _changes(units: Collection[int]) -> list[date]:
    """The days on which one of the units passed into another, began or ended."""
    passed = Succession.objects.filter(old_id__in=units).values_list("day", flat=True)
    spans = UnitVersion.objects.filter(unit_id__in=units).values_list("valid", flat=True)
    return sorted({*passed, *(day for span in spans for day in (span.lower, span.upper) if day)})


def _parts_on(place_id: int, origins: Collection[int], day: date, today: date) -> list[Part]:
    names = {unit: one for unit, one in tree.versions_of(origins, day).items() if _held(one, day)}
    after = heirs.heirs_of(list(names), today, day)
    return [_part(place_id, unit, names[unit], after.get(unit, [])) for unit in sorted(names)]


def _held(one: Named, day: date) -> bool:
    return (one.first_day is None or one.first_day <= day) and (one.last_day is None or day <= one.last_day)


def _part(place_id: int, unit: int, name: Named, after: Sequence[heirs.Heir]) -> Part:
    ours = next((one for one in after if one.unit_id == place_id), None)
    others = ", ".join(one.name for one in after if one.unit_id != place_id)
    whole = bool(ours and ours.whole)
    return Part(unit, name.name, whole, others, bool(ours and ours.default))


def spans_of(unit: int, today: date) -> list[tuple[date | None, date | None, str, str]]:
    """The stretches in which a unit kept its territory: (from, until, name, what came after)."""
    gained = Succession.objects.filter(new_id=unit, day__lte=today).exclude(old_id=unit)
    lost = Succession.objects.filter(old_id=unit, day__lte=today).exclude(new_id=unit)
    days = sorted({*gained.values_list("day", flat=True), *lost.values_list("day", flat=True), *_end(unit, today)})
    bounds = [None, *days, None]
    found = []
    for begin, end in pairwise(bounds):
        last = (end - timedelta(days=1)) if end else today
        name = tree.versions_of([unit], last).get(unit)
        if name is None or not _held(name, last):
            continue
        found.append((begin, end, _span_name(name.name, begin, end), _went(unit, end)))
    return found


def _end(unit: int, today: date) -> list[date]:
    """The first day a unit is no more; districts ended without passing into anything."""
    last = tree.versions_of([unit], today)[unit].last_day
    return [last + timedelta(days=1)] if last and last < today else []


def _span_name(name: str, begin: date | None, end: date | None) -> str:
    if begin and end:
        return f"{name} ({vn_date(begin)} – {vn_date(end - timedelta(days=1))})"
    if end:
        return f"{name} (trước {vn_date(end)})"
    return f"{name} (từ {vn_date(begin)})" if begin else name


def _went(unit: int, end: date | None) -> str:
    """What became of a unit's territory on a day, in a sentence."""
    if end is None:
        return ""
    into = [one for one in heirs.heirs(unit, end, end - timedelta(days=1)) if one.unit_id != unit]
    if not into:
        return f"Từ ngày {vn_date(end)} không còn đơn vị này."
    return f"Từ ngày {vn_date(end)} thuộc {', '.join(one.name for one in into)}."
