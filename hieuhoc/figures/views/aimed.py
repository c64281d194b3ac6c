"""The targets of a series as its page and its workbook show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Any

from hieuhoc.common.numbers import vn_int, vn_number
from hieuhoc.figures.aims import Aim
from hieuhoc.figures.progress import Progress
from hieuhoc.figures.series import Line
from hieuhoc.plans import wording

HEADINGS = ("Chỉ tiêu", "Đến năm", "Còn thiếu", "Kế hoạch", "Câu nêu chỉ tiêu", "Chỉ tiêu khác, không so")
Rows = Sequence[tuple[Line, Sequence[Aim]]]


def drawn(rows: Rows) -> list[dict[str, Any]]:
    """The lines of targets in the chart: one where all units have the same, else one a unit."""
    lines = [(line.name, [_mark(one) for one in aims], [_label(one) for one in aims]) for line, aims in rows]
    lines = [one for one in lines if any(mark is not None for mark in one[1])]
    if len({tuple(marks) for _, marks, _ in lines}) == 1:
        lines = [("", *lines[0][1:])]
    return [
        {"name": f"Chỉ tiêu: {name}" if name else "Chỉ tiêu", "values": marks, "labels": _changes(labels)}
        for name, marks, labels in lines
    ]


def _mark(one: Aim) -> float | None:
    """The level for the chart: never below what is asked."""
    mark = one.held.mark if one.held else None
    return None if mark is None else float(mark.quantize(Decimal("0.0001"), ROUND_CEILING))


def _label(one: Aim) -> str:
    return wording.amount(one.held.bound.target) if one.held and one.held.mark is not None else ""


def _changes(labels: Sequence[str]) -> list[str]:
    """A label where the level begins or changes."""
    return ["" if at and labels[at - 1] == label else label for at, label in enumerate(labels)]


def cell(one: Aim) -> dict[str, Any]:
    """A year's target under the figures: its level, and how it stands where it can be compared."""
    held = one.held
    if held is None:
        return {"amount": "", "stands": "", "good": False, "other": bool(one.told)}
    stands = "đạt" if held.reached else f"còn {vn_int(held.missing)}" if held.missing is not None else ""
    return {"amount": wording.amount(held.bound.target), "mark": _resolved(held), "stands": stands,
            "good": bool(held.reached), "other": bool(one.told)}  # fmt: skip


def _resolved(held: Progress) -> str:
    """The percent a relative target comes to."""
    relative = held.bound.target.comparator == "relative" and held.mark is not None
    return f"là {vn_number(held.mark)} %" if relative and held.mark is not None else ""


def sources(rows: Rows) -> list[dict[str, Any]]:
    """Every target of the table with its years, its plan and sentence; those not compared with the reason."""
    found: dict[tuple[int, str, str], dict[str, Any]] = {}
    for line, aims in rows:
        for year, held, why in _each(aims):
            target = held.bound.target
            about = f"{wording.amount(target)} {wording.whom(target.measure, target.population)}"
            named = {"one": held, "about": about, "name": line.name, "years": [], "why": why}
            found.setdefault((target.id, line.name, held.bound.territory), named)["years"].append(year)
    return [one | {"span": _span(one["years"])} for one in found.values()]


def _each(aims: Sequence[Aim]) -> Iterator[tuple[int, Progress, str]]:
    for one in aims:
        if one.held:
            yield one.year, one.held, ""
        for held in one.told:
            yield one.year, held, held.why


def _span(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def columns(one: Aim) -> tuple[Any, ...]:
    """The same in the columns of the workbook."""
    told = "; ".join(
        f"{wording.amount(held.bound.target)} {wording.whom(*held.bound.target.matter[1:])}: {held.why}"
        for held in one.told
    )  # fmt: skip
    if one.held is None:
        return None, None, None, "", "", told
    target, plan = one.held.bound.target, one.held.bound.reach.plan
    missing = one.held.missing
    return (wording.amount(target), target.year, missing, f"{plan.place} {plan.number}".strip(), target.sentence,
            told)  # fmt: skip
