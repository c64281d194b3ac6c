"""One file: what was found in it, what is wrong, what applying will do; the workbook with its errors marked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hieuhoc.files import store
from hieuhoc.files.delivery import attachment
from hieuhoc.intake import access, actions, effects, page, reading, wording
from hieuhoc.jobs.models import Job
from hieuhoc.rounds import queries as rounds
from hieuhoc.sheets import errors as marked
from hieuhoc.sheets.models import Import, State


@login_required
@require_safe
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page of a file."""
    made = access.import_for(request.user, pk)
    return render(request, "intake/one.html", shown(request, made))


@login_required
@require_safe
def what_it_does(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What applying would do, said again after the registers have changed; a part of the page."""
    access.import_for(request.user, pk)
    made = actions.say_effects(pk, by=request.user)
    return render(request, "intake/_effects.html", shown(request, made))


def shown(request: HttpRequest, made: Import) -> dict[str, Any]:
    """Everything the page of a file shows."""
    report, standing = made.report, actions.standing(made)
    choices = wording.columns_of(made.kind, page.chosen_set(made))
    outcome, will = report.get("outcome") or {}, report.get("effects") or {}
    return {
        "made": made,
        "report": report,
        "standing": standing,
        "state_words": wording.STATES[State(standing)],
        "job": _job(made),
        "broken_off": made.state == State.APPLYING and standing != State.APPLYING,
        "layouts": page.layouts(made, choices),
        "choices": choices,
        "kind_words": wording.LABELS.get(made.kind, ""),
        "encoding": wording.ENCODINGS.get(report.get("encoding", ""), ""),
        "bad": made.records - made.ok,
        "refused": report.get("refused") if standing == State.REFUSED else None,
        "effects": will,
        "unchanged": max(will.get("rows", 0) - will.get("changed", 0) - len(will.get("closed", ())), 0),
        "outcome": outcome,
        "open": standing in actions.OPEN,
        "stale": standing in (State.CHECKED, State.UNDONE) and effects.stale(made),
        "again": standing == State.APPLIED and bool(outcome.get("left")),
        "left": page.left(made),
        "unknown_villages": page.unknown_villages(made),
        "model": page.model_of(made),
        "round": rounds.of_place(made.place_id or 0).filter(year=made.year or 0).first(),
        **_problems(request, made),
        **kinds(made),
    }


def _problems(request: HttpRequest, made: Import) -> dict[str, Any]:
    """The problems asked for, with what filters them."""
    code, text = request.GET.get("loi", ""), request.GET.get("q", "").strip()[:80]
    return {
        "code": code,
        "text": text,
        "problem_kinds": page.problem_kinds(made),
        "problems": page.problems(made, code, text, request.GET.get("trang", "1")),
        "kept_problems": reading.KEPT_PROBLEMS,
    }


def kinds(made: Import) -> dict[str, Any]:
    """What the file may be read as: kinds, and the years of the commune."""
    years = [one.year for one in rounds.of_place(made.place_id or 0)]
    return {"kinds": wording.KINDS, "years": years if years and years != [made.year] else []}


def _job(made: Import) -> Job | None:
    return Job.objects.filter(pk=made.report["job"]).first() if actions.busy(made) else None


@login_required
@require_safe
def errors(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same rows with the wrong cells marked, to correct and drop again."""
    made = access.import_for(request.user, pk)
    data = store.read(made.file)
    result = reading.read(data, made.kind, made.place_id or 0, made.year, made.mapping)
    if result.refused:
        raise Http404
    name = made.file.name.rpartition(".")[0] or made.file.name
    return attachment(marked.workbook(data, result), f"{name} - đánh dấu lỗi.xlsx")
