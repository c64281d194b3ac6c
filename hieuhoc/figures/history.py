"""The years of a place over mergers and splits, read from the tree and the facts; the rule is in ``series``.

"Theo đơn vị mới" (``now``): the place as it stands today, each year made of the units that held its territory then.
"Theo đơn vị cũ" (``then``): each of those units by itself, as long as it was; after that the units that lie wholly in
its former territory are added up, or its years say why they cannot be (``successors``). A place that has ended is read
as itself and points to what it became. In the year of a merger figures of the units before it stand in where the new
one has none. Use: ``lines(place_id, range(2019, 2027), today)``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from hieuhoc.common.dates import vn_date
from hieuhoc.figures import facts, successors
from hieuhoc.figures.checks.series import NEW_CRITERIA
from hieuhoc.figures.facts import Value
from hieuhoc.figures.indicators import BY_KEY
from hieuhoc.figures.series import MISSING, NOT_COMPARABLE, Cell, Line, Part, cell, marked
from hieuhoc.figures.successors import Territory
from hieuhoc.places import heirs, tree
from hieuhoc.places.models import Succession, UnitVersion
from hieuhoc.places.tree import Named

NOW, THEN = "now", "then"
BEFORE_MERGER = "theo đơn vị trước sáp nhập trong năm"
NOW_CALLED = "số của {}, nay giữ trọn địa bàn này"
Later = Mapping[successors.Span, Mapping[int, Territory]]
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
    if of == NOW:
        return _now(place_id, years, parts, _values(units, years, today, running or {}), today, by_default)
    stretches = [one for unit in units for one in _stretches(unit, today)]
    later = successors.after({(one.unit, one.end) for one in stretches if one.end}, years, today)
    heirs_too = {unit for several in later.values() for one in several.values() for unit in one.units}
    values = _values({*units, *heirs_too}, years, today, running or {})
    return _then(place_id, stretches, years, values, today, later)


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


@dataclass(frozen=True)
class _Stretch:
    """A time in which a unit kept its territory: from, until, its name then, what came after; ``last`` of its times."""

    unit: int
    begin: date | None
    end: date | None
    name: str
    note: str
    last: bool


def _stretches(unit: int, today: date) -> list[_Stretch]:
    spans = spans_of(unit, today)
    return [_Stretch(unit, *span, last=span is spans[-1]) for span in spans]


def _then(
    place_id: int, stretches: Sequence[_Stretch], years: Sequence[int], values: Values, today: date, later: Later
) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for key in _indicators(values):
        for one in stretches:
            after = later[one.unit, one.end] if one.end else {}
            cells = tuple(_own(one, key, year, values, after, today) for year in years)
            if any(cell.value for cell in cells) or (one.unit == place_id and any(_told(cell) for cell in cells)):
                line = Line(one.unit, one.name, key, cells, one.note, one.begin, one.end)
                found.setdefault(key, []).append(marked(line, NEW_CRITERIA))
    return found


def _told(one: Cell) -> bool:
    """Whether a year without a figure says why the units of its territory do not give one."""
    return one.because.startswith((NOT_COMPARABLE, MISSING.partition("{")[0]))


def _own(one: _Stretch, key: str, year: int, values: Values, later: Mapping[int, Territory], today: date) -> Cell:
    """A unit's own figure of a year in which it kept its territory; after that what its territory gives."""
    day = day_of(year, today)
    if one.begin and day < one.begin:
        return Cell(year, because=f"Chưa có: từ ngày {vn_date(one.begin)}.")
    own = values.get((one.unit, year), {}).get(key)
    if not one.end or day < one.end:
        return Cell(year, own)
    found = _of_territory(one, key, year, values, later[year])
    if found.value is None and own and one.last and one.end.year == year:
        return Cell(year, own, marks=(BEFORE_MERGER,))
    return found


def _of_territory(one: _Stretch, key: str, year: int, values: Values, territory: Territory) -> Cell:
    """The figures of the units that lie wholly in the former territory, added up; else why not."""
    if territory.because:
        return Cell(year, because=territory.because)
    there = {part.place_id: values.get((part.place_id, year), {}).get(key) for part in territory.parts}
    known = {unit: value for unit, value in there.items() if value}
    if not known:
        return Cell(year, because=one.note)
    found = cell(year, territory.parts, known)
    if found.value is not None and len(territory.parts) == 1:
        return replace(found, marks=(NOW_CALLED.format(territory.parts[0].name), *found.marks))
    return found


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
