"""The scoring grid: the page, and the two answers its script asks for (one cell, many cells)."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from hieuhoc.accounts.access import reach
from hieuhoc.criteria.queries import criteria_of
from hieuhoc.dossiers import access, actions, grid, typed
from hieuhoc.dossiers.answering import Given
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.dossiers.views.listing import OUTCOMES, asked_from, found, page_of
from hieuhoc.dossiers.views.rounds import entries, frame, notice
from hieuhoc.places import tree
from hieuhoc.registry import access as reg_access
from hieuhoc.registry import wording
from hieuhoc.registry.models import Model
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.access import round_for
from hieuhoc.scoring import Criteria

PER_PAGE = 100
MOST_CELLS = 5000
SCORED = tuple(state for state in State.values if state != State.WITHDRAWN)


@login_required
@require_safe
def page(request: HttpRequest, round_id: int, model: str) -> HttpResponse:
    """Subjects by indicators, a hundred to a page."""
    round_ = round_for(request.user, round_id)
    entry = entries(round_).get(model)
    if model not in wording.TABS:
        raise Http404
    shown = frame(request, round_) | {
        "model": model,
        "tabs": wording.TABS.items(),
        "one": wording.ONE[Model(model)],
        "name_label": wording.NAMES[Model(model)],
        "entry": entry,
        "notice": notice(entry),
    }
    if entry is None:
        return render(request, "dossiers/grid.html", shown)
    return render(request, "dossiers/grid.html", shown | _table(request, round_, entry))


def _table(request: HttpRequest, round_: Any, entry: Any) -> dict[str, Any]:
    criteria = criteria_of(entry.version_id)
    asked = asked_from(request.GET, entry.model, SCORED)
    page, dossiers = page_of(found(request.user, round_, asked), request.GET.get("trang"), PER_PAGE)
    names = reg_access.places_for(request.user, round_.place_id, "dossier.read")
    return {
        "asked": asked,
        "page": page,
        "columns": grid.columns(criteria),
        "criteria": criteria,
        "rows": _rows(request.user, round_, criteria, dossiers, names),
        "places": [(str(pk), name) for pk, name in names.items() if pk != round_.place_id],
        "outcomes": OUTCOMES,
        "states": [(state, State(state).label) for state in SCORED],
    }


def _rows(user: Any, round_: Any, criteria: Criteria, dossiers: list[Dossier], names: dict[int, str]) -> list[grid.Row]:
    for one in dossiers:
        one.round = round_
    there = {one.place_id for one in dossiers}
    writable = set(reach(user, "dossier.write").filter(descendant_id__in=there))
    far = there - names.keys()
    names = names | (tree.names_of(far, localdate()) if far else {})
    return grid.rows(criteria, round_, dossiers, places=names, writable=writable)


@login_required
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """One cell typed: ``{"id", "key", "text", "was"}`` gives its row again, or the sentence of its refusal."""
    return _write(request, [_body(request)])


@login_required
@require_POST
def paste(request: HttpRequest) -> HttpResponse:
    """Many cells: ``{"cells": [{"id", "key", "text", "was"}]}``; each is taken or refused by itself."""
    cells = _body(request).get("cells")
    if not isinstance(cells, list) or len(cells) > MOST_CELLS:
        return _unreadable(f"Dán mỗi lần tối đa {MOST_CELLS} ô.")
    return _write(request, cells)


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _unreadable(sentence: str) -> JsonResponse:
    problem = {"title": "Yêu cầu không đọc được", "detail": sentence, "kept": "Không có gì bị thay đổi."}
    return JsonResponse(problem, status=400, content_type="application/problem+json")


def _write(request: HttpRequest, cells: list[Any]) -> HttpResponse:
    """Read the typed texts, write what can be, answer with the rows as they are now and every refusal."""
    wanted = {pk: cell for cell in cells if (pk := _place_of(cell)) is not None}
    if not wanted or len(wanted) != len(cells):
        return _unreadable("Thiếu hồ sơ, chỉ số hoặc nội dung của ô.")
    near = Dossier.objects.filter(pk__in={pk for pk, _ in wanted}, place_id__in=access.places_for(request.user))
    dossiers = {one.pk: one for one in near}
    given, refused = _given(wanted, dossiers)
    answered = actions.answer_many(given, by=request.user)
    refused |= {cell: refusal.sentence for cell, refusal in answered.refused.items()}
    return JsonResponse({
        "rows": [grid.reply(row) for row in fresh_rows(request.user, {pk for pk, _ in wanted})],
        "refused": [{"id": str(pk), "key": key, "message": said} for (pk, key), said in refused.items()],
    })  # fmt: skip


def _place_of(cell: Any) -> tuple[UUID, str] | None:
    """The dossier and indicator of a cell, or None when it does not say them."""
    if not isinstance(cell, dict) or not isinstance(cell.get("text"), str) or not isinstance(cell.get("key"), str):
        return None
    try:
        return UUID(str(cell.get("id"))), cell["key"]
    except ValueError:
        return None


def _given(wanted: dict, dossiers: dict[UUID, Dossier]) -> tuple[list[Given], dict[tuple[UUID, str], str]]:
    """The cells as values; a text that cannot be read is refused with its sentence."""
    given: list[Given] = []
    refused: dict[tuple[UUID, str], str] = {}
    known: dict[tuple[int, str], Criteria] = {}
    for (pk, key), cell in wanted.items():
        dossier = dossiers.get(pk)
        of = (dossier.round_id, dossier.model) if dossier else None
        criteria = (known.get(of) or known.setdefault(of, rounds.criteria_of(*of))) if of else None
        indicator = criteria.by_key.get(key) if criteria else None
        if indicator is None:
            given.append(Given(pk, key, None))
            continue
        try:
            seen = typed.read(indicator, str(cell.get("was") or ""))
            given.append(Given(pk, key, typed.read(indicator, cell["text"]), seen))
        except typed.Unreadable as said:
            refused[pk, key] = str(said)
    return given, refused


def fresh_rows(user: Any, ids: set[UUID]) -> list[grid.Row]:
    """The rows of these dossiers as they are now, those out of reach left out."""
    near = Dossier.objects.filter(pk__in=ids, place_id__in=access.places_for(user))
    groups: dict[tuple[int, str], list[Dossier]] = {}
    for one in near.select_related("subject", "round").order_by("pk"):
        groups.setdefault((one.round_id, one.model), []).append(one)
    return [
        row
        for (round_id, model), group in groups.items()
        for row in _rows(user, group[0].round, rounds.criteria_of(round_id, model), group, {})
    ]
