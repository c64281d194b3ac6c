"""What others ask of the registry: lists with search, twins, groups, counts by village.

All take a commune (or places) and give querysets or plain rows; none loops. Search is by the folded key, so
"ksor h'ngun" finds "Ksor H'Ngưn"; lists come in the order of Vietnamese given names.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hieuhoc.audit import log
from hieuhoc.audit.models import Entry
from hieuhoc.common import rows
from hieuhoc.common.text import fold
from hieuhoc.registry import identity
from hieuhoc.registry.models import Membership, Subject
from hieuhoc.registry.twins import Pair, count_pairs, pairs

__all__ = [
    "Pair", "active", "count_by_place", "count_pairs", "dossier_states", "groups_of", "looks", "members_of", "pairs",
    "places_of", "registered", "registered_in_year", "search",
]  # fmt: skip
PLACES = f"select distinct place_id from registry_subject where id = {rows.AMONG}"


def active(commune_id: int, model: str = "") -> QuerySet[Subject]:
    """The subjects of a commune that are not closed, of one model or of all, by given name."""
    found = Subject.objects.filter(commune_id=commune_id, active_to=None)
    return (found.filter(model=model) if model else found).order_by("sort_key", "id")


def places_of(ids: Collection[UUID]) -> set[int]:
    """The places where the subjects live."""
    return {row[0] for row in rows.ask(PLACES, [list(ids)])}


def search(subjects: QuerySet[Subject], text: str) -> QuerySet[Subject]:
    """Keep those whose name holds every word of ``text`` (marks do not matter), or whose code or number it is."""
    text = text.strip()
    if not text:
        return subjects
    digits = text.replace(" ", "")
    if len(digits) == 12 and digits.isdigit():
        return subjects.filter(citizen_number__digest=identity.digest(digits))
    wanted = Q()
    for word in fold(text).split():
        wanted &= Q(search_key__contains=word)
    return subjects.filter(wanted | Q(code__iexact=text) | Q(phone=digits))


def registered(subjects: QuerySet[Subject], round_id: int, wanted: bool) -> QuerySet[Subject]:
    """Keep those that take part in the round (a withdrawn dossier does not count), or those that do not."""
    taking_part = Exists(_dossiers().filter(round_id=round_id, subject=OuterRef("pk")).exclude(state="withdrawn"))
    return subjects.filter(taking_part if wanted else ~taking_part)


def registered_in_year(subjects: QuerySet[Subject], year: int) -> QuerySet[Subject]:
    """Keep those that took part in a round of the year."""
    found = _dossiers().filter(round__year=year, subject=OuterRef("pk")).exclude(state="withdrawn")
    return subjects.filter(Exists(found))


def dossier_states(subjects: list[Subject], round_id: int) -> dict[UUID, Any]:
    """The dossier of each subject in the round, in one query."""
    found = _dossiers().filter(round_id=round_id, subject__in=subjects)
    return {one.subject_id: one for one in found.only("id", "subject_id", "state", "outcome")}


def _dossiers() -> QuerySet:
    """The dossiers, a floor above, by way of the subjects they are made for."""
    return Subject.dossiers.rel.related_model._default_manager.all()


def count_by_place(commune_id: int, on: date | None = None) -> dict[tuple[int, str], int]:
    """Number of subjects by (place, model) that are active, or were on the day."""
    found = active(commune_id)
    if on is not None:
        there = Q(active_to=None) | Q(active_to__gt=on)
        found = Subject.objects.filter(there, commune_id=commune_id, active_from__lte=on)
    rows = found.order_by().values_list("place_id", "model").annotate(n=Count("id"))
    return {(place, model): n for place, model, n in rows}


def members_of(group: Subject) -> QuerySet[Membership]:
    """Current members of a household, clan or organisation, by given name."""
    return (
        Membership.objects.filter(group=group, valid__upper_inf=True)
        .select_related("member")
        .order_by("member__sort_key")
    )


def groups_of(member: Subject) -> QuerySet[Membership]:
    """The household, clan or organisation a subject belongs to now."""
    return Membership.objects.filter(member=member, valid__upper_inf=True).select_related("group").order_by("pk")


def looks(subject: Subject) -> QuerySet[Entry]:
    """The lines that officers' looks at the record left, newest first."""
    return log.history(subject).filter(verb="registry.look")
