"""The list of a commune's subjects: by model, searched without marks, filtered, and as a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from hieuhoc.accounts.access import require_somewhere
from hieuhoc.places import tree
from hieuhoc.places.models import Unit
from hieuhoc.registry import access, queries, wording
from hieuhoc.registry.models import Model, Subject
from hieuhoc.registry.workbooks import subjects_workbook

PER_PAGE = 50
TAKING_PART = (("co", "Đã đăng ký"), ("chua", "Chưa đăng ký"))


@dataclass(frozen=True)
class Asked:
    """What the address asks for: the commune, the model, the filters."""

    commune: int
    model: str
    text: str
    place: str
    taking_part: str
    closed: bool


@login_required
@require_safe
def subjects(request: HttpRequest) -> HttpResponse:
    """The list of one model; only its moving part when htmx asks."""
    require_somewhere(request.user, "registry.read")
    asked = _asked(request)
    if asked is None:
        return communes(request)
    places = access.places_for(request.user, asked.commune)
    round_ = Unit(pk=asked.commune).rounds.order_by("-year").first()
    page = Paginator(_found(request, asked, round_), PER_PAGE).get_page(request.GET.get("trang"))
    shown = {
        "asked": asked,
        "page": page,
        "rows": list(_rows(asked, page.object_list, places, round_)),
        "columns": [wording.label_of(asked.model, key) for key in wording.LISTED[asked.model]],
        "places": [(str(pk), name) for pk, name in places.items() if pk != asked.commune],
        "taking_part": TAKING_PART,
        "round": round_,
        "name_label": wording.NAMES[Model(asked.model)],
        "one": wording.ONE[Model(asked.model)],
        "query": request.GET.urlencode(),
    }
    if request.headers.get("HX-Request"):
        return render(request, "registry/_list.html", shown)
    return render(request, "registry/list.html", shown | _head(request, asked, places))


def communes(request: HttpRequest) -> HttpResponse:
    """Choose a commune, for those whose post stands above communes."""
    lines = tree.lines_of(list(access.communes_for(request.user)), localdate())
    found = sorted(lines.items(), key=lambda one: one[1])
    return render(request, "registry/communes.html", {"communes": found})


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as a workbook, with the filters of the page; citizen numbers stay out."""
    require_somewhere(request.user, "registry.read")
    asked = _asked(request)
    if asked is None:
        return communes(request)
    round_ = Unit(pk=asked.commune).rounds.order_by("-year").first()
    places = access.places_for(request.user, asked.commune)
    found = list(_found(request, asked, round_))
    states = queries.dossier_states(found, round_.pk) if round_ else {}
    return subjects_workbook(asked.model, found, places, states, round_)


def _asked(request: HttpRequest) -> Asked | None:
    commune = access.commune_for(request)
    if commune is None:
        return None
    given = request.GET.get
    model = given("loai", "")
    return Asked(
        commune,
        model if model in wording.TABS else str(Model.FAMILY),
        given("q", "").strip()[:100],
        given("thon", ""),
        given("dk", ""),
        given("dong") == "1",
    )


def _found(request: HttpRequest, asked: Asked, round_: Any) -> QuerySet[Subject]:
    found = access.subjects_for(request.user, asked.commune).filter(model=asked.model)
    found = found.exclude(active_to=None) if asked.closed else found.filter(active_to=None)
    found = queries.search(found, asked.text)
    if asked.place.isdigit():
        found = found.filter(place_id=int(asked.place))
    if round_ and asked.taking_part in dict(TAKING_PART):
        found = queries.registered(found, round_.pk, asked.taking_part == "co")
    return found.order_by("sort_key", "id")


def _rows(asked: Asked, found: Any, places: dict[int, str], round_: Any) -> Any:
    """Each subject of the page with its place in words, its details and its dossier of the year."""
    subjects = list(found)
    dossiers = queries.dossier_states(subjects, round_.pk) if round_ else {}
    far = {one.place_id for one in subjects} - places.keys()
    names = places | (tree.names_of(far, localdate()) if far else {})
    for one in subjects:
        details = [wording.shown(key, one.details.get(key)) for key in wording.LISTED[asked.model]]
        yield one, names.get(one.place_id, ""), details, dossiers.get(one.pk)


def _head(request: HttpRequest, asked: Asked, places: dict[int, str]) -> dict[str, Any]:
    """What stands above the list: tabs with counts, what may be done."""
    counts: dict[str, int] = {}
    for (place, model), number in queries.count_by_place(asked.commune).items():
        if place in places or asked.commune in places:
            counts[model] = counts.get(model, 0) + number
    return {
        "tabs": [(model, words, counts.get(str(model), 0)) for model, words in wording.TABS.items()],
        "commune_name": tree.versions_of([asked.commune], localdate())[asked.commune].in_sentence,
    }
