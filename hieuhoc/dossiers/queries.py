"""What others ask of dossiers: lists, counts by state and place, what is near to passing."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hieuhoc.common.text import fold
from hieuhoc.dossiers.models import Dossier, Outcome, State


def of_round(round_id: int, model: str = "", places: QuerySet | None = None) -> QuerySet[Dossier]:
    """The dossiers of a round, of one model or all, within ``places``; by village and given name."""
    found = Dossier.objects.filter(round_id=round_id).select_related("subject")
    if model:
        found = found.filter(model=model)
    if places is not None:
        found = found.filter(place_id__in=places)
    return found.order_by("place_id", "subject__sort_key", "id")


def search(dossiers: QuerySet[Dossier], text: str) -> QuerySet[Dossier]:
    """Keep those whose subject's name holds every word of ``text``; marks do not matter."""
    wanted = Q()
    for word in fold(text).split():
        wanted &= Q(subject__search_key__contains=word)
    return dossiers.filter(wanted | Q(subject__code__iexact=text.strip())) if text.strip() else dossiers


def counts_by_state(round_id: int, places: QuerySet | None = None) -> dict[tuple[str, str, str], int]:
    """Number of dossiers by (model, state, outcome)."""
    found = Dossier.objects.filter(round_id=round_id)
    if places is not None:
        found = found.filter(place_id__in=places)
    rows = found.values_list("model", "state", "outcome").annotate(n=Count("id"))
    return {(model, state, outcome): n for model, state, outcome, n in rows}


def counts_by_place(round_id: int) -> QuerySet:
    """Rows (place_id, model, registered, assessed, recognised, refused, revoked) of a round.

    A title taken back is not among the recognised ones; ``revoked`` counts it.
    """
    registered, recognised = ~Q(state=State.WITHDRAWN), Q(state=State.RECOGNISED)
    return (
        Dossier.objects.filter(round_id=round_id)
        .values("place_id", "model")
        .annotate(
            registered=Count("id", filter=registered),
            assessed=Count("id", filter=registered & Q(outcome__in=[Outcome.PASS, Outcome.FAIL])),
            recognised=Count("id", filter=recognised & Q(revoked_on=None)),
            revoked=Count("id", filter=recognised & Q(revoked_on__isnull=False)),
            refused=Count("id", filter=Q(state=State.NOT_RECOGNISED)),
        )
        .order_by("place_id", "model")
    )


def recognised_before(round_id: int, year: int) -> dict[str, int]:
    """How many of those recognised in a round had the same title in an earlier year, by model; one statement."""
    earlier = Dossier.objects.filter(
        subject_id=OuterRef("subject_id"), state=State.RECOGNISED, round__year__lt=year, revoked_on=None
    )
    found = Dossier.objects.filter(Exists(earlier), round_id=round_id, state=State.RECOGNISED, revoked_on=None)
    return dict(found.values_list("model").annotate(n=Count("id")))


def ready_to_propose(round_id: int, model: str) -> QuerySet[Dossier]:
    """Verified dossiers that pass."""
    return Dossier.objects.filter(round_id=round_id, model=model, state=State.VERIFIED, outcome=Outcome.PASS)


def not_passing(round_id: int, model: str) -> QuerySet[Dossier]:
    """Verified dossiers that do not pass, with the reason in ``because``."""
    return Dossier.objects.filter(round_id=round_id, model=model, state=State.VERIFIED).exclude(outcome=Outcome.PASS)
