"""The list of a round's dossiers, by model or of all models, and as a workbook."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from hieuhoc.accounts.access import require_somewhere
from hieuhoc.dossiers.models import State
from hieuhoc.dossiers.typed import shown
from hieuhoc.dossiers.views.listing import OUTCOMES, Asked, asked_from, found, page_of
from hieuhoc.dossiers.views.rounds import bulk_moves, entries, frame, notice, rows_of
from hieuhoc.dossiers.workflow import moves_from
from hieuhoc.places import tree
from hieuhoc.registry import access as reg_access
from hieuhoc.registry import wording
from hieuhoc.registry.models import Model
from hieuhoc.registry.workbooks import answer
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.access import round_for
from hieuhoc.rounds.models import Round

PER_PAGE = 50


@login_required
@require_safe
def dossiers(request: HttpRequest, round_id: int | None = None, model: str = "") -> HttpResponse:
    """The dossiers that fit the filters; of all models where none is asked for."""
    require_somewhere(request.user, "dossier.read")
    round_ = _round(request, round_id)
    if round_ is None:
        return redirect("rounds:list")
    asked = asked_from(request.GET, _model(request, model))
    page, found_here = page_of(found(request.user, round_, asked), request.GET.get("trang"), PER_PAGE)
    around = frame(request, round_)
    names = tuple(moves_from(asked.states[0])) if len(asked.states) == 1 else ()
    offered = bulk_moves(tuple(name for name in names if name != "recognise"), asked, around["rights"])
    places = reg_access.places_for(request.user, round_.place_id, "dossier.read")
    around |= {
        "asked": asked,
        "model": asked.model,
        "states": ",".join(asked.states),
        "page": page,
        "rows": rows_of(found_here),
        "moves": [] if around["closed"] else offered,
        "tabs": [("", "Tất cả"), *wording.TABS.items()],
        "places": [(str(pk), name) for pk, name in places.items() if pk != round_.place_id],
        "outcomes": OUTCOMES,
        "state_choices": State.choices,
        "notice": notice(entries(round_).get(asked.model)) if asked.model else "",
        "query": request.GET.urlencode(),
    }
    return render(request, "dossiers/list.html", around)


def _round(request: HttpRequest, round_id: int | None) -> Round | None:
    """The round of the address, that of ``?round=``, or the current one of the commune worked for."""
    asked = request.GET.get("round", "")
    if round_id is not None or asked:
        if round_id is None and not asked.isdigit():
            raise Http404
        return round_for(request.user, round_id if round_id is not None else int(asked))
    commune = reg_access.commune_for(request, "dossier.read")
    return rounds.current(commune) if commune else None


def _model(request: HttpRequest, model: str) -> str:
    wanted = model or request.GET.get("model", "")
    if wanted and wanted not in wording.TABS:
        raise Http404
    return wanted


@login_required
@require_safe
def export(request: HttpRequest, round_id: int, model: str) -> HttpResponse:
    """The list of one model as a workbook: a row a dossier with its answers, outcome and reason."""
    round_ = round_for(request.user, round_id)
    if model not in wording.TABS or model not in entries(round_):
        raise Http404
    asked = asked_from(request.GET, model)
    title = f"Hồ sơ {wording.TABS[Model(model)].lower()} {round_.year}"
    headings, rows = _sheet(request, round_, asked)
    return answer(title, headings, rows)


def _sheet(request: HttpRequest, round_: Round, asked: Asked) -> tuple[list[str], list[list[Any]]]:
    criteria = rounds.criteria_of(round_.pk, asked.model)
    mark = notice(entries(round_).get(asked.model))
    keys = [one for one in criteria.indicators if one.derived is None]
    code = wording.CODE.get(Model(asked.model), "Mã")
    headings = ["STT", wording.NAMES[Model(asked.model)], code, "Thôn/làng", "Bước", *(one.key for one in keys)]
    headings += ["Tổng điểm", "Kết quả", "Lý do", *([mark] if mark else [])]
    dossiers = list(found(request.user, round_, asked).select_related("subject"))
    names = tree.names_of({one.place_id for one in dossiers}, localdate())
    rows = []
    for number, one in enumerate(dossiers, start=1):
        texts = [_cell(key, one.answers.get(key.key)) for key in keys]
        row = [number, one.subject.name, one.subject.code, names.get(one.place_id, ""), one.get_state_display()]
        row += [*texts, one.total, one.get_outcome_display(), one.because, *([""] if mark else [])]
        rows.append(row)
    return headings, rows


def _cell(indicator: Any, stored: dict | None) -> Any:
    value = (stored or {}).get("value")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number else shown(indicator, value) or None
