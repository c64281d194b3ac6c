"""What a list of dossiers is asked for, and the dossiers that fit: shared by lists, steps, bulk moves, export, grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from hieuhoc.dossiers import access, queries
from hieuhoc.dossiers.models import Dossier, Outcome, State
from hieuhoc.rounds.models import Round

UNSCORED = "none"  # no answer written yet
OUTCOMES = (
    (UNSCORED, "Chưa chấm"),
    (Outcome.PASS, "Đạt"),
    (Outcome.FAIL, "Chưa đạt"),
    (Outcome.INCOMPLETE, "Chưa đủ để kết luận"),
)


@dataclass(frozen=True)
class Asked:
    """The filters of a list of dossiers."""

    model: str = ""
    states: tuple[str, ...] = ()
    outcome: str = ""
    place: str = ""
    text: str = ""


def asked_from(data: QueryDict | Mapping[str, Any], model: str = "", states: tuple[str, ...] = ()) -> Asked:
    """The filters of an address or a form; ``states`` are those the page lists when none is asked for."""
    state = data.get("state", "")
    return Asked(
        model,
        (state,) if state in State.values and (not states or state in states) else states,
        data.get("outcome", ""),
        data.get("thon", ""),
        data.get("q", "").strip()[:100],
    )


def found(user: Any, round_: Round, asked: Asked, right: str = "dossier.read") -> QuerySet[Dossier]:
    """The dossiers of the round within reach that fit, by village and given name."""
    rows = access.dossiers_for(user, round_, right)
    if asked.model:
        rows = rows.filter(model=asked.model)
    if asked.states:
        rows = rows.filter(state__in=asked.states)
    if asked.outcome in (*Outcome.values[1:], UNSCORED):
        fits = Q(outcome="") | Q(answers={}) if asked.outcome == UNSCORED else Q(outcome=asked.outcome)
        rows = rows.filter(fits)
    if asked.place.isdigit():
        rows = rows.filter(place_id=int(asked.place))
    return queries.search(rows, asked.text).order_by("place_id", "subject__sort_key", "id")


def page_of(rows: QuerySet[Dossier], number: Any, size: int) -> tuple[Page, list[Dossier]]:
    """One page and its dossiers: keys are sorted first, and only the page's rows are read in full."""
    page = Paginator(rows.values_list("pk", flat=True), size).get_page(number)
    keys = list(page.object_list)
    read = Dossier.objects.select_related("subject").in_bulk(keys)
    return page, [read[pk] for pk in keys if pk in read]
