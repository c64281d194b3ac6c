"""A place's year: targets with their bars, every source side by side, what would count next, the places below."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from hieuhoc.common.numbers import whole
from hieuhoc.dossiers import near
from hieuhoc.dossiers import queries as dossiers
from hieuhoc.dossiers.models import Outcome, State
from hieuhoc.figures import access, yearly
from hieuhoc.figures.indicators import BY_KEY
from hieuhoc.figures.progress import Progress
from hieuhoc.figures.yearly import Below, Year
from hieuhoc.plans import access as plans
from hieuhoc.plans import wording
from hieuhoc.registry.models import Model
from hieuhoc.registry.wording import TABS
from hieuhoc.registry.workbooks import answer
from hieuhoc.rounds.access import round_for
from hieuhoc.rounds.models import Round

FIRST, LAST = 2012, 2030
SHOWN = (Model.FAMILY, Model.CLAN, Model.COMMUNITY, Model.ORGANISATION, Model.CITIZEN)
HEADINGS = ("Nơi", "Chỉ tiêu", "Mức", "Đến năm", "Số hiện có", "Mẫu số", "Còn thiếu", "Mỗi năm cần thêm", "Nguồn số",
            "Kế hoạch", "Câu trong kế hoạch", "Ghi chú")  # fmt: skip


def year_of(request: HttpRequest) -> int:
    """The year asked for (``nam``), else this one."""
    year = whole(request.GET.get("nam"), 0) or 0
    return year if 1996 <= year <= 2045 else localdate().year


@login_required
@require_safe
def place(request: HttpRequest) -> HttpResponse:
    """The year of the place: targets and figures, late ones first."""
    place_id, year, today = access.place_for(request), year_of(request), localdate()
    whole, below = yearly.with_below(place_id, year, today)
    if "excel" in request.GET:
        return _workbook(whole, below)
    shown = {
        "whole": whole,
        "held": [_said(one) for one in whole.progress if one.value],
        "bare": [_said(one) for one in whole.progress if not one.value],
        "rows": whole.rows,
        "below": [(one, [(TABS[key], one.best.get(key)) for key in SHOWN], _late(one)) for one in below if one.best],
        "silent": [one for one in below if not one.best],
        "models": [TABS[key] for key in SHOWN],
        "years": range(LAST, FIRST - 1, -1),
        "may_write": access.may_write(request.user, place_id, whole.level),
        "next": whole.round if whole.round and whole.round.state == Round.State.OPEN else None,
    }
    return render(request, "figures/place.html", shown)


def _said(one: Progress) -> dict[str, Any]:
    """A target in words beside its figure."""
    target = one.bound.target
    return {
        "one": one,
        "about": wording.about(*target.matter),
        "amount": wording.amount(target),
        "unit": _unit(one),
        "mark": f"{one.mark:.2f}" if one.mark is not None else "",  # for the style, which knows no decimal comma
    }


def _unit(one: Progress) -> str:
    return BY_KEY[one.value.indicator].unit if one.value else "đối tượng"


def _late(one: Below) -> str:
    """What is furthest from being reached, in words."""
    if not one.best:
        return ""
    worst = next((held for held in one.late if held.of), None)
    if worst is None:
        return "đạt các chỉ tiêu có số liệu" if any(held.reached for held in one.progress) else ""
    return f"còn {worst.missing:,d} {_unit(worst)}".replace(",", ".")


def _workbook(whole: Year, below: list[Below]) -> HttpResponse:
    rows = [_line(whole.name, one) for one in whole.progress]
    rows += [_line(one.name, held) for one in below for held in one.progress]
    return answer(f"Số liệu và chỉ tiêu {whole.year}", HEADINGS, rows)


def _line(name: str, one: Progress) -> tuple[Any, ...]:
    target, plan = one.bound.target, one.bound.reach.plan
    return (
        name, wording.about(*target.matter), wording.amount(target), target.year, one.count, one.of, one.missing,
        one.pace, one.value.label if one.value else "", f"{plan.place} {plan.number}".strip(), target.sentence, one.why,
    )  # fmt: skip


@login_required
@require_safe
def low_targets(request: HttpRequest, pk: int) -> HttpResponse:
    """The targets of a draft that the latest figures already reach, as a fragment of the plan's page."""
    plan = plans.draft_for(request.user, pk)
    return render(
        request, "figures/low.html", {"held": [_said(one) for one in yearly.already_reached(plan, localdate())]}
    )


@login_required
@require_safe
def coming(request: HttpRequest, pk: int) -> HttpResponse:
    """What would count next in an open round: registered and not judged, passed and not proposed, near misses."""
    round_ = round_for(request.user, pk)
    counts = dossiers.counts_by_state(round_.pk)
    rows = [_coming(round_, one.model, counts) for one in round_.models.order_by("pk")]
    return render(request, "figures/coming.html", {"round": round_, "rows": [row for row in rows if row]})


def _coming(round_: Round, model: str, counts: dict[tuple[str, str, str], int]) -> dict[str, Any] | None:
    def number(states: tuple[str, ...], outcomes: tuple[str, ...]) -> int:
        return sum(n for (of, state, outcome), n in counts.items() if of == model and state in states and
                   outcome in outcomes)  # fmt: skip

    working = (State.DRAFT, State.RETURNED, State.SUBMITTED, State.VERIFIED)
    unjudged = number(working, (Outcome.NONE, Outcome.INCOMPLETE))
    passed = number(working, (Outcome.PASS,))
    waiting = number((State.PROPOSED,), tuple(Outcome.values))
    failed = number((*working, State.NOT_RECOGNISED), (Outcome.FAIL,))
    missed = near.near(round_.pk, model) if failed else None
    if not (unjudged or passed or waiting or failed):
        return None
    return {
        "model": model, "label": Model(model).label, "unit": BY_KEY[model].unit if model in BY_KEY else "hồ sơ",
        "unjudged": unjudged, "passed": passed, "waiting": waiting, "failed": failed, "near": missed,
    }  # fmt: skip
