"""The figures of a round: by model and village, each share with its count and denominator."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hieuhoc.figures import actions, progress, queries, workbooks, yearly
from hieuhoc.files.delivery import attachment
from hieuhoc.places import tree
from hieuhoc.plans import queries as plans
from hieuhoc.plans import wording
from hieuhoc.registry.models import Model
from hieuhoc.registry.wording import ONE
from hieuhoc.rounds import actions as rounds
from hieuhoc.rounds.access import round_for
from hieuhoc.rounds.models import Round
from hieuhoc.rounds.queries import area_of


@login_required
def of_round(request: HttpRequest, pk: int) -> HttpResponse:
    """The running figures of a round, one table a model."""
    round_ = round_for(request.user, pk)
    lines = queries.of_round(round_)
    commune = tree.name_of(round_.place_id, queries.day_of(round_))
    sums = queries.totals(lines, round_.place_id, commune)
    tables = [
        {
            "model": model,
            "label": Model(model).label,
            "unit": ONE[Model(model)],
            "whole": whole,
            "lines": [line for line in lines if line.model == model],
        }
        for model, whole in sums.items()
    ]
    shown = {"round": round_, "commune": commune, "tables": tables, "held": _held(round_, sums)}
    return render(request, "figures/round.html", shown)


def _held(round_: Round, sums: dict[str, queries.Line]) -> list[tuple[progress.Progress, str, str, str]]:
    """The targets that bind the commune in the year of the round beside its counts, in words."""
    day = queries.day_of(round_)
    bound = plans.bound([round_.place_id], round_.year, day, area_of(round_))[round_.place_id]
    values = yearly.running(round_, sums)
    held = progress.progress(bound, values, round_.year)
    return [
        (one, wording.about(*one.bound.target.matter), wording.amount(one.bound.target), _unit(one.bound.target.model))
        for one in held
    ]


def _unit(model: str) -> str:
    return ONE.get(model, "đối tượng")


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a year and freeze its figures; it can be opened again with a reason."""
    round_ = round_for(request.user, pk, "round.open")
    try:
        actions.close_year(pk, by=request.user)
    except rounds.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Đã khóa đợt năm {round_.year}; số liệu của năm đã chốt.")
    return redirect("rounds:settings", pk)


@login_required
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The same figures as a workbook."""
    round_ = round_for(request.user, pk)
    return attachment(workbooks.statistics(round_), f"bieu-thong-ke-{round_.year}.xlsx")
