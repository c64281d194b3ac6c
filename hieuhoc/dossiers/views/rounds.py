"""The round as five steps with counts, and each step as a list to work through.

These pages hang in the room of rounds (names ``rounds:round``, ``rounds:step``); they live here because they work on
dossiers, which stand above rounds.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from hieuhoc.common.numbers import vn_int
from hieuhoc.criteria.models import State as Standing
from hieuhoc.dossiers import access, actions, derived, queries, steps
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.dossiers.views.listing import OUTCOMES, Asked, asked_from, found, page_of
from hieuhoc.dossiers.workflow import MOVES
from hieuhoc.places import tree
from hieuhoc.registry import access as reg_access
from hieuhoc.registry import queries as registry
from hieuhoc.registry import wording
from hieuhoc.registry.models import Model
from hieuhoc.rounds.access import round_for
from hieuhoc.rounds.models import Round

PER_PAGE = 50
VIEWS = (("chua", "Chưa đăng ký"), ("da", "Đã đăng ký"), ("rut", "Đã rút"))


@login_required
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The year at a glance: the five steps, and each model's counts in them."""
    round_ = round_for(request.user, pk)
    by_model = model_counts(request.user, round_)
    totals: dict[str, int] = {}
    for counts, _ in by_model.values():
        for state, number in counts.items():
            totals[state] = totals.get(state, 0) + number
    everybody = sum(total for _, total in by_model.values())
    overall = steps.counts(totals, everybody)
    shown = {
        "steps": [(count, getattr(round_, count.step.due)) for count in overall],
        "now_at": steps.now_at(overall),
        "rows": [_row(round_, model, *by_model[str(model)]) for model in wording.TABS],
        "entries": entries(round_),
        "outdated": _outdated(request.user, round_),
    }
    return render(request, "dossiers/round.html", shown | frame(request, round_))


def model_counts(user: Any, round_: Round) -> dict[str, tuple[dict[str, int], int]]:
    """For each model: number of dossiers by state, and of subjects, both within reach."""
    whole = access.can(user, "dossier.read", round_.place_id)
    places = None if whole else access.places_for(user)
    found_: dict[str, tuple[dict[str, int], int]] = {str(model): ({}, 0) for model in wording.TABS}
    for (model, state, _), number in queries.counts_by_state(round_.pk, places).items():
        if model in found_:
            found_[model][0][state] = found_[model][0].get(state, 0) + number
    within = None if whole else set(places or ())
    for (place, model), number in registry.count_by_place(round_.place_id).items():
        if model in found_ and (within is None or place in within):
            found_[model] = (found_[model][0], found_[model][1] + number)
    return found_


def _outdated(user: Any, round_: Round) -> list[tuple[Dossier, int]]:
    """Dossiers within reach whose frozen sheet counted titles taken back since, with how many."""
    titles = derived.outdated_of_round(round_.pk)
    near = access.dossiers_for(user, round_).filter(pk__in=titles) if titles else Dossier.objects.none()
    return [(one, len(titles[one.pk])) for one in near.select_related("subject").order_by("model", "subject__sort_key")]


def _row(round_: Round, model: str, by_state: dict[str, int], total: int) -> dict[str, Any]:
    return {
        "model": model,
        "words": wording.TABS[Model(model)],
        "one": wording.ONE[Model(model)],
        "total": total,
        "counts": steps.counts(by_state, total),
        "registered": sum(n for state, n in by_state.items() if state != State.WITHDRAWN),
        "recognised": by_state.get(State.RECOGNISED, 0),
        "refused": by_state.get(State.NOT_RECOGNISED, 0),
    }


def entries(round_: Round) -> dict[str, Any]:
    """The round's entry of each model, with the version it judges by."""
    return {entry.model: entry for entry in round_.models.select_related("version__set")}


def notice(entry: Any) -> str:
    """The mark a model's screens carry: of an illustrative or provisional set, else ""."""
    if entry is None:
        return ""
    version = entry.version
    if version.notice:
        return str(version.notice)
    marked = (Standing.ILLUSTRATIVE, Standing.PROVISIONAL, Standing.NOT_ENTERED)
    return f"Bộ tiêu chí: {version.get_state_display().lower()}" if version.state in marked else ""


def frame(request: HttpRequest, round_: Round) -> dict[str, Any]:
    """What every page of a round shows around its matter."""
    return {
        "round": round_,
        "commune_name": tree.name_of(round_.place_id, localdate()),
        "rights": reg_access.rights_within(request.user, round_.place_id),
        "closed": round_.state != Round.State.OPEN,
    }


@login_required
@require_safe
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step as a list to work through, by model."""
    round_ = round_for(request.user, pk)
    at = steps.BY_KEY.get(step)
    if at is None:
        raise Http404
    by_model = model_counts(request.user, round_)
    model = _model(request, at, by_model)
    entry = entries(round_).get(model)
    tabs = [(key, words, _waiting(at, *by_model[str(key)])) for key, words in wording.TABS.items()]
    shown = frame(request, round_) | {
        "step": at,
        "steps": [(count, getattr(round_, count.step.due)) for count in steps.counts(*by_model[model])],
        "due": getattr(round_, at.due),
        "tabs": tabs,
        "model": model,
        "one": wording.ONE[Model(model)],
        "notice": notice(entry),
        "entry": entry,
        "places": _places(request, round_),
        "outcomes": OUTCOMES,
    }
    if at.key == "register":
        return render(request, "dossiers/register.html", shown | _registering(request, round_, model, shown["rights"]))
    return render(request, "dossiers/step.html", shown | _working(request, round_, at, model, shown["rights"]))


def _model(request: HttpRequest, at: steps.Step, by_model: dict[str, tuple[dict[str, int], int]]) -> str:
    """The model asked for, else the first with work waiting, else the first."""
    asked = request.GET.get("model", "")
    if asked in by_model:
        return asked
    return next((model for model, counts in by_model.items() if _waiting(at, *counts)), str(Model.FAMILY))


def _waiting(at: steps.Step, by_state: dict[str, int], total: int) -> int:
    return next(count.waiting for count in steps.counts(by_state, total) if count.step == at)


def _places(request: HttpRequest, round_: Round) -> list[tuple[str, str]]:
    names = reg_access.places_for(request.user, round_.place_id, "dossier.read")
    return [(str(pk), name) for pk, name in names.items() if pk != round_.place_id]


def _working(request: HttpRequest, round_: Round, at: steps.Step, model: str, rights: frozenset[str]) -> dict[str, Any]:
    """The dossiers of a step and the moves its list offers to this person."""
    asked = asked_from(request.GET, model, steps.states_of(at))
    page, dossiers = page_of(found(request.user, round_, asked), request.GET.get("trang"), PER_PAGE)
    offered = bulk_moves(at.moves, asked, rights) if round_.state == Round.State.OPEN else []
    return {
        "asked": asked,
        "states": ",".join(asked.states),
        "state_choices": [(s, State(s).label) for s in steps.states_of(at)] if len(steps.states_of(at)) > 1 else [],
        "page": page,
        "rows": rows_of(dossiers),
        "moves": offered,
    }


def bulk_moves(names: tuple[str, ...], asked: Asked, rights: frozenset[str]) -> list[tuple[str, Any]]:
    """The moves a list offers: those of the step, from a state it lists, that the person has the right to make.

    Who verifies returns with a reason; taking back is for the village.
    """
    left_out = {"take_back"} if "dossier.verify" in rights else set()
    return [
        (name, MOVES[name])
        for name in names
        if MOVES[name].right in rights and MOVES[name].sources & set(asked.states) and name not in left_out
    ]


def rows_of(dossiers: Any) -> list[tuple[Any, str]]:
    """Each dossier of a page with its place in words."""
    page = list(dossiers)
    names = tree.names_of({one.place_id for one in page}, localdate())
    return [(one, names.get(one.place_id, "")) for one in page]


def _registering(request: HttpRequest, round_: Round, model: str, rights: frozenset[str]) -> dict[str, Any]:
    """Who is not registered yet, who is, who withdrew."""
    view = request.GET.get("xem", "chua")
    asked = asked_from(request.GET, model)
    common = {"view": view, "views": VIEWS, "asked": asked, "last_year": _last_year(request, round_, model)}
    if view != "chua":
        states = (State.WITHDRAWN,) if view == "rut" else steps.BY_KEY["register"].done
        asked = asked_from(request.GET, model, tuple(states))
        page, dossiers = page_of(found(request.user, round_, asked), request.GET.get("trang"), PER_PAGE)
        names = ("register_again",) if view == "rut" else ("withdraw",)
        may = round_.state == Round.State.OPEN and "dossier.write" in rights
        offered = [(name, MOVES[name]) for name in names] if may else []
        return common | {
            "asked": asked,
            "page": page,
            "rows": rows_of(dossiers),
            "states": ",".join(states),
            "moves": offered,
        }
    here = reg_access.subjects_for(request.user, round_.place_id).filter(model=model, active_to=None)
    here = here.filter(place_id=int(asked.place)) if asked.place.isdigit() else here
    here = registry.search(here.exclude(dossiers__round=round_), asked.text).order_by("sort_key", "id")
    page = Paginator(here, PER_PAGE).get_page(request.GET.get("trang"))
    return common | {"page": page, "rows": rows_of(page.object_list)}


def _last_year(request: HttpRequest, round_: Round, model: str) -> int:
    """How many took part last year and are not registered yet."""
    here = reg_access.subjects_for(request.user, round_.place_id, "dossier.write").filter(model=model, active_to=None)
    before = registry.registered_in_year(here, round_.year - 1)
    return before.exclude(dossiers__round=round_).count()


@login_required
@require_POST
def judge_anew(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge every open dossier of a model anew, as when titles it counts have been decided."""
    round_ = round_for(request.user, pk)
    model = request.POST.get("model", "")
    if model not in entries(round_):
        raise Http404
    try:
        count = actions.judge_all(pk, model, by=request.user)
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Đã tính lại kết quả của {vn_int(count)} hồ sơ.")
    return redirect(f"{reverse('rounds:step', args=[pk, 'propose'])}?model={model}")
