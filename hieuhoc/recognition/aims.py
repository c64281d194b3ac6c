"""The targets that bind the commune beside the counts of a tờ trình, in sentences. Reads only.

What is put forward is held only against a target of the same denominator; of the others the target is said, and why it
is not compared. Targets of a part of the territory are told together: a paper to be signed stays short.
Use: ``sentences(round_, stated, on)`` with the counts the submission states.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hieuhoc.common.numbers import percent, vn_int
from hieuhoc.plans import marks, queries, wording
from hieuhoc.plans.binding import Bound
from hieuhoc.registry.models import Model
from hieuhoc.registry.wording import ONE
from hieuhoc.rounds.models import Round
from hieuhoc.rounds.queries import area_of

# The counts of a submission, by the names marks give them: what it puts forward is to be recognised.
STATED = {"total": "total", "registered": "registered", "count": "proposed"}
SAID = {"registered": "đăng ký", "count": "đề nghị công nhận"}
PART = "chưa tách được số liệu của phần địa bàn này nên không so sánh"
OTHER_DENOMINATOR = "tính trên mẫu số khác với biểu trên nên không so sánh"
RELATIVE = "so với mức của năm khác nên không so sánh ở đây"
NOBODY = "không có đối tượng nào để tính"


def sentences(round_: Round, stated: Iterable[Mapping[str, Any]], on: date) -> list[str]:
    """One sentence for each target that binds a title with anybody in the counts, in their order; then of the parts."""
    bound = queries.bound([round_.place_id], round_.year, on, area_of(round_))[round_.place_id]
    counted = [one for one in stated if one["total"] or one["registered"]]
    found = [(one, counts) for counts in counted for one in bound if one.target.model == counts["model"]]
    return [sentence(one, counts) for one, counts in found if not one.territory] + of_parts(one for one, _ in found)


def of_parts(bound: Iterable[Bound]) -> list[str]:
    """One sentence for each plan that speaks only of a part of the place: how many targets, and why no more."""
    plans = Counter((_whose(one), wording.inside(one.territory)) for one in bound if one.territory)
    return [
        f"{count} chỉ tiêu theo {whose} chỉ cho phần địa bàn {part}; {PART}." for (whose, part), count in plans.items()
    ]


def _whose(bound: Bound) -> str:
    plan = bound.reach.plan
    return wording.document(plan.number, plan.place, plan.level)


def sentence(bound: Bound, counts: Mapping[str, Any]) -> str:
    """One target with its plan, and what is put forward held against it."""
    target = bound.target
    due = f"đến năm {target.year}" if target.year else "của kế hoạch"
    return (
        f"{Model(target.model).label}: chỉ tiêu {due} theo {_whose(bound)} là "
        f"{wording.amount(target)} {wording.whom(target.measure, target.population)}; {_held(bound, counts)}."
    )


def _held(bound: Bound, counts: Mapping[str, Any]) -> str:
    names = marks.counts_of(bound.target)
    if names is None:
        return OTHER_DENOMINATOR
    count, of = counts[STATED[names[0]]], counts[STATED[names[1]]]
    if not of:
        return NOBODY
    unit, least = ONE[Model(bound.target.model)], marks.needed(bound, of)
    said = f"{SAID[names[0]]} {vn_int(count)}/{vn_int(of)} {unit} ({percent(count, of, target=marks.level(bound))})"
    if least is None:
        return f"{said}; {RELATIVE}"
    return f"{said}, " + ("đạt chỉ tiêu" if count >= least else f"còn thiếu {vn_int(least - count)} {unit}")
