"""The only way a page gets a round: by key and the reader's reach; out of reach looks absent."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from hieuhoc.accounts.access import reach, see
from hieuhoc.places.models import Ancestry
from hieuhoc.rounds.models import Round


def round_for(user: Any, round_id: int, right: str = "round.read") -> Round:
    """Return the round if its commune, or a village of it, is within the reader's reach; else 404."""
    found = Round.objects.filter(pk=round_id).first()
    if found is None:
        raise Http404
    if right == "round.read" and below_commune(user, found.place_id):
        return found
    see(user, right, found.place_id)
    return found


def below_commune(user: Any, commune_id: int) -> bool:
    """Say whether the reader has a post in a village of the commune."""
    inside = Ancestry.objects.filter(ancestor_id=commune_id, valid__contains=localdate()).values("descendant_id")
    return reach(user, "round.read").filter(descendant_id__in=inside).exists()


def rounds_for(user: Any) -> QuerySet[Round]:
    """The rounds of the communes within the reader's reach, the latest year first."""
    return Round.objects.filter(place_id__in=reach(user, "round.read")).order_by("-year", "place_id")
