"""A criteria version as the phone takes it: what is asked, what it is worth, when it passes (PROTOCOL.md). Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hieuhoc.dossiers import evidence, typed
from hieuhoc.scoring import Criteria, Indicator
from hieuhoc.scoring.criteria import POINTS


def of_model(criteria: Criteria, area: str) -> dict[str, Any]:
    """The version for one area; marks and floors as numbers, words as they stand in the set."""
    return {
        "title": criteria.title, "notice": criteria.notice, "judging": criteria.judging, "levels": criteria.levels,
        "pass_mark": _number(criteria.pass_mark(area)), "complete": criteria.complete,
        "why_incomplete": criteria.why_incomplete, "evidence": evidence.asked_by(criteria),
        "groups": [{"key": one.key, "label": one.label, "floor": _number(one.floor)} for one in criteria.groups],
        "indicators": [_indicator(criteria, one, area) for one in criteria.indicators],
    }  # fmt: skip


def _indicator(criteria: Criteria, one: Indicator, area: str) -> dict[str, Any]:
    marks = one.marks_in(area)
    return {
        "key": one.key, "label": one.label, "kind": one.kind, "criterion": one.criterion,
        "points": _number(one.points), "floor": _number(one.floor), "names": list(one.names),
        "top": _number(one.top) if one.kind == "level" else None,
        "marks": [_number(mark) if isinstance(mark, Decimal) else mark for mark in marks],
        "better": one.better, "derived": one.derived.rule if one.derived else "",
        "hint": "" if one.derived else typed.hint(one), "note": one.note, "when_none": one.when_none,
        "counts": criteria.judging == POINTS,
    }  # fmt: skip


def _number(value: Any) -> Any:
    return None if value is None else typed.stored(Decimal(value))
