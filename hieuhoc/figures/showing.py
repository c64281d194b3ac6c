"""A place's year for programs and for one who types: what `hieuhoc figures show` says.

``now`` reads the code as of today and the year by today's units; ``then`` reads both as of the year. Shares are exact
from the counts, cut at four decimals, never rounded up; None is "not known".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from hieuhoc.common.numbers import percent, vn_int, vn_number
from hieuhoc.figures import history, yearly
from hieuhoc.figures.history import NOW, THEN, day_of
from hieuhoc.figures.indicators import BY_KEY
from hieuhoc.figures.progress import Progress, progress
from hieuhoc.figures.series import Cell, Line
from hieuhoc.places import heirs, tree
from hieuhoc.places.models import Level, UnitVersion
from hieuhoc.plans import queries as plans
from hieuhoc.plans import wording
from hieuhoc.plans.reading.result import plain
from hieuhoc.rounds.models import Round
from hieuhoc.rounds.queries import area_of

LEVELS = (Level.COMMUNE, Level.PROVINCE, Level.DISTRICT, Level.NATION)
STEP = Decimal("0.0001")


def unit_of(code: str, level: str | None, year: int, of: str, today: date) -> UnitVersion | None:
    """The unit a code means: as of the year for ``then``; as of today for ``now``, else the heir of what it was."""
    then = _by_code(code, level, day_of(year, today))
    if of == THEN:
        return then or _by_code(code, level, today) or _last_of(code, level)
    now = _by_code(code, level, today)
    if now is not None or then is None:
        return now
    after = heirs.heirs(then.unit_id, today, day_of(year, today))
    return tree.version_on(after[0].unit_id, today) if after else then


def _by_code(code: str, level: str | None, day: date) -> UnitVersion | None:
    levels = [level] if level else LEVELS
    return next((unit for one in levels if (unit := tree.by_code(code, one, day)) is not None), None)


def _last_of(code: str, level: str | None) -> UnitVersion | None:
    """The unit that had the code last, where none has it any more."""
    found = UnitVersion.objects.filter(code=code, unit__level__in=[level] if level else LEVELS)
    return found.select_related("unit").order_by("-valid").first()


def shown(unit: UnitVersion, year: int, of: str, today: date, *, by_default: bool = False) -> dict[str, Any]:
    """Counts, denominators, shares, targets and gaps of the place in the year, and what is not comparable."""
    day = day_of(year, today)
    day = day if of == THEN or tree.exists_on(unit.unit_id, day) else today
    running = _running(unit.unit_id, year)
    found = history.lines(unit.unit_id, [year], today, of=of, by_default=by_default, running=running)
    lines = {key: _own(unit.unit_id, several) for key, several in found.items()}
    cells = {key: line.cells[0] for key, line in lines.items() if line is not None}
    values = {key: cell.value for key, cell in cells.items() if cell.value}
    round_ = Round.objects.filter(place_id=unit.unit_id, year=year).first()
    there = tree.exists_on(unit.unit_id, day)
    bound = plans.bound([unit.unit_id], year, day, area_of(round_))[unit.unit_id] if there else []
    held = progress(bound, values, year)
    return {
        "place": {"code": unit.code, "name": unit.name, "level": _level(unit)},
        "year": year,
        "map": of,
        "figures": [_figure(key, cell) for key, cell in cells.items() if cell.value],
        "targets": [_target(one) for one in held],
        "not_comparable": [
            {"indicator": key, "because": cell.because}
            for key, cell in cells.items()
            if not cell.value and cell.because
        ],
    }


def _level(unit: UnitVersion) -> str:
    return unit.unit.level


def _own(unit_id: int, lines: list[Line]) -> Line | None:
    return next((line for line in reversed(lines) if line.place_id == unit_id), None)


def _running(place_id: int, year: int) -> history.Values:
    round_ = Round.objects.filter(place_id=place_id, year=year, state=Round.State.OPEN).first()
    return {(place_id, year): yearly.running(round_)} if round_ else {}


def _figure(key: str, cell: Cell) -> dict[str, Any]:
    value = cell.value
    assert value is not None
    model = BY_KEY[key].model or None
    return {
        "indicator": key, "model": model, "source": value.source, "total": value.total, "registered": value.registered,
        "recognised": value.count, "first_time": value.first_time, "again": value.again,
        "share_percent": _share(value.count, value.total), "share_of_registered_percent":
        _share(value.count, value.registered), "printed_percent": None if value.share is None else plain(value.share),
        "qualifier": value.qualifier or None, "running": value.running, "communes": value.parts or None,
        "of_communes": value.expected or None,
        "address": value.address or None, "marks": list(cell.marks),
    }  # fmt: skip


def _share(count: int | None, of: int | None) -> float | None:
    if count is None or not of:
        return None
    return float((Decimal(count) * 100 / of).quantize(STEP, ROUND_FLOOR))


def _target(one: Progress) -> dict[str, Any]:
    target, plan = one.bound.target, one.bound.reach.plan
    return {
        "model": target.model or None, "measure": target.measure, "population": target.population,
        "comparator": target.comparator, "value": plain(target.value), "unit": target.unit, "year": target.year,
        "territory": one.bound.territory or None, "count": one.count, "of": one.of, "needed": one.needed,
        "gap": one.missing, "reached": one.reached, "pace_per_year": one.pace, "why": one.why or None,
        "from": {"plan": plan.number, "place": plan.place, "sentence": target.sentence},
    }  # fmt: skip


def in_words(told: Mapping[str, Any]) -> Iterator[str]:
    """The same in lines for one who types."""
    yield f"{told['place']['name']}, năm {told['year']} ({'đơn vị mới' if told['map'] == NOW else 'đơn vị cũ'})"
    for one in told["figures"]:
        yield f"  {BY_KEY[one['indicator']].label}: {_counted(one)}"
    for one in told["targets"]:
        yield f"  Chỉ tiêu {_aimed(one)}"
    for one in told["not_comparable"]:
        yield f"  {BY_KEY[one['indicator']].label}: {one['because']}"
    if not told["figures"]:
        yield "  Chưa có số liệu."


def _counted(one: Mapping[str, Any]) -> str:
    if one["recognised"] is None:
        before = f"{one['qualifier']} " if one["qualifier"] else ""
        return f"{before}{vn_number(one['printed_percent'])} %" if one["printed_percent"] is not None else "chưa rõ"
    said = f"{vn_int(one['recognised'])}"
    if one["total"]:
        said = f"{said}/{vn_int(one['total'])} · {percent(one['recognised'], one['total'])}"
    part = one["communes"] and one["of_communes"] and one["communes"] < one["of_communes"]
    said = f"{said} (mới {one['communes']}/{one['of_communes']} xã)" if part else said
    return f"{said}{' (đang chạy)' if one['running'] else ''}"


def _aimed(one: Mapping[str, Any]) -> str:
    what = wording.about(one["model"], one["measure"], one["population"])
    unit = " %" if one["unit"] == "percent" else ""
    mark = f"{'trên ' if one['comparator'] == '>' else ''}{vn_number(one['value'])}{unit} ({one['year'] or '–'})"
    if one["reached"]:
        return f"{what} {mark}: đạt"
    return f"{what} {mark}: " + (f"còn {vn_int(one['gap'])}" if one["gap"] is not None else one["why"])
