"""Series over years and mergers: a chart with its table, by today's units or by those of the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from hieuhoc.common.dates import vn_date
from hieuhoc.common.numbers import percent, vn_number, whole
from hieuhoc.figures import access, aims, history, yearly
from hieuhoc.figures.history import NOW, THEN
from hieuhoc.figures.indicators import BY_KEY, INDICATORS
from hieuhoc.figures.series import Cell, Line
from hieuhoc.figures.views import aimed
from hieuhoc.places import tree
from hieuhoc.registry.workbooks import answer
from hieuhoc.rounds.models import Round

FIRST, SPAN = 2012, 10
HEADINGS = ("Đơn vị", "Số liệu", "Năm", "Tổng số", "Đăng ký", "Được công nhận hoặc đạt", "Tỷ lệ trên tổng số (%)",
            "Tỷ lệ như đã in (%)", "Nguồn", "Ghi chú", "Địa chỉ", *aimed.HEADINGS)  # fmt: skip


@login_required
@require_safe
def series(request: HttpRequest) -> HttpResponse:
    """The years of a place side by side."""
    place, today = access.place_for(request), localdate()
    asked = _asked(request, today.year)
    found = history.lines(
        place, range(asked["first"], asked["last"] + 1), today, of=asked["of"], by_default=asked["by_default"],
        running=_running(place),
    )  # fmt: skip
    if "excel" in request.GET:
        everything = _aimed([line for lines in found.values() for line in lines], asked, today)
        rows = [
            (*_row(line, cell), *aimed.columns(aim))
            for line, several in everything
            for cell, aim in zip(line.cells, several, strict=True)
        ]
        return answer(f"Chuỗi số liệu {asked['first']}-{asked['last']}", HEADINGS, rows)
    key = asked["key"] if asked["key"] in found else next(iter(found), asked["key"])
    lines = found.get(key, [])
    return render(request, "figures/series.html", _shown(request, place, asked, key, lines, list(found)))


def _aimed(lines: Sequence[Line], asked: dict[str, Any], today: date) -> aimed.Rows:
    """Each line with the targets beside its years."""
    bound = aims.over_years(lines, range(asked["first"], asked["last"] + 1), today)
    return [(line, aims.beside(line, bound[line.place_id, line.until], today)) for line in lines]


def _asked(request: HttpRequest, this_year: int) -> dict[str, Any]:
    """Years, indicator and map asked for; years that make no sense are the last ten."""
    first, last = _int(request.GET.get("tu"), this_year - SPAN + 1), _int(request.GET.get("den"), this_year)
    if not FIRST <= first <= last <= 2045 or last - first > 40:
        first, last = this_year - SPAN + 1, this_year
    of = THEN if request.GET.get("theo") == "cu" else NOW
    return {"first": first, "last": last, "of": of, "key": request.GET.get("ve", ""),
            "by_default": request.GET.get("mac-dinh") == "1"}  # fmt: skip


def _int(text: str | None, usual: int) -> int:
    return whole(text, usual) or usual


def _running(place: int) -> history.Values:
    """The figures of the place's open rounds."""
    rounds = Round.objects.filter(place_id=place, state=Round.State.OPEN)
    return {(place, one.year): yearly.running(one) for one in rounds}


def _shown(
    request: HttpRequest, place: int, asked: dict[str, Any], key: str, lines: Sequence[Line], there: list[str]
) -> dict[str, Any]:
    today = localdate()
    units = {line.place_id for line in lines} - {place}
    exists, held = tree.exists_on(place, today), _aimed(lines, asked, today)
    return {
        "place": place,
        "name": tree.line_of(place, today),
        "asked": asked,
        "indicator": BY_KEY.get(key),
        "choices": [(one.key, one.label) for one in INDICATORS if one.key in there],
        "lines": [(line, [_cell(one) for one in line.cells], _under(several)) for line, several in held],
        "sources": aimed.sources(held),
        "several": len(lines) > 1,
        "years": range(asked["first"], asked["last"] + 1),
        "chart": _chart(lines, asked) | {"aims": aimed.drawn(held)},
        "others": sorted(tree.lines_of(units, today).items(), key=lambda one: one[1]),
        "heirs": [] if exists else tree.heirs(place, today),
        "query": request.GET.urlencode(),
        "first_years": range(FIRST, today.year + 1),
        "notes": [note for line in lines for note in _notes(line, several=len(lines) > 1)],
    }


def _under(several: Sequence[aims.Aim]) -> list[dict[str, Any]]:
    """The row of targets under a line; none where no year has any."""
    return [aimed.cell(one) for one in several] if any(one.held or one.told for one in several) else []


def _notes(line: Line, *, several: bool) -> Iterator[str]:
    """What a reader must know of the years, years that follow each other with the same words as one."""
    for said, cells in groupby(line.cells, key=_note):
        if said:
            years = [one.year for one in cells]
            span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
            yield f"{line.name}, {span}: {said}" if several else f"{span}: {said}"


def _cell(one: Cell) -> dict[str, Any]:
    return {"cell": one, "value": one.value, "note": _note(one)}


def _note(one: Cell) -> str:
    """What a reader must know of a year."""
    return ", ".join(filter(None, (one.because.rstrip("."), *one.marks)))


def _chart(lines: Sequence[Line], asked: dict[str, Any]) -> dict[str, Any]:
    """What the chart draws: a share a year, None where there is none; marks are drawn under the year."""
    years = list(range(asked["first"], asked["last"] + 1))
    marks = {one.year: one.marks for line in lines for one in line.cells if one.marks}
    return {
        "years": [str(year) for year in years],
        "marks": [("*" if year in marks else "") for year in years],
        "lines": [
            {"name": line.name, "values": [None if one.percent is None else _cut(one.percent)
                                           for one in line.cells]}
            for line in lines
        ],
    }  # fmt: skip


def _cut(share: Decimal) -> float:
    """A share for the chart: cut, never rounded up to a mark it does not reach."""
    return float(share.quantize(Decimal("0.0001"), ROUND_FLOOR))


def _row(line: Line, one: Cell) -> tuple[Any, ...]:
    value = one.value
    label = BY_KEY[line.indicator].label
    if value is None:
        return line.name, label, one.year, *[None] * 6, one.because, ""
    share = percent(value.count, value.total).removesuffix(" %") if value.count is not None and value.total else None
    printed = f"{value.qualifier} {vn_number(value.share)}".strip() if value.share is not None else None
    source = f"{value.label}{f' ({vn_date(value.recorded_at)})' if value.recorded_at else ''}"
    return (line.name, label, one.year, value.total, value.registered, value.count, share, printed, source,
            ", ".join(one.marks), value.address)  # fmt: skip
