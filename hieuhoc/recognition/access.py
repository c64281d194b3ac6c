"""The only way a page gets something of recognition: by key and the reader's reach; out of reach looks absent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from hieuhoc.accounts.access import reach, see
from hieuhoc.recognition.models import Decision, Dropped, Paper, Recognition
from hieuhoc.rounds.models import Round


def round_for(user: Any, pk: int, right: str = "paper.read") -> Round:
    """The round whose papers the reader may see, or with another right may work on; else 404."""
    return _seen(user, right, Round.objects.filter(pk=pk).first())


def decision_for(user: Any, pk: int, right: str = "recognition.decide") -> Decision:
    """A decision within reach of the right; else 404."""
    return _seen(user, right, Decision.objects.select_related("round").filter(pk=pk).first())


def paper_for(user: Any, pk: int) -> Paper:
    """A paper that was made for a round within reach; else 404."""
    found = Paper.objects.select_related("file", "round").filter(pk=pk).first()
    if found is None:
        raise Http404
    see(user, "paper.read", found.round.place_id)
    return found


def title_for(user: Any, pk: UUID, right: str = "paper.read") -> Recognition:
    """A title of a commune within reach of the right; else 404."""
    found = (
        Recognition.objects.select_related("decision__round", "subject", "revocation__decision").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    see(user, right, found.commune_id)
    return found


def dropped_for(user: Any, pk: int) -> Dropped:
    """A title taken out of a decision within reach of who decides; else 404."""
    found = Dropped.objects.select_related("decision").filter(pk=pk).first()
    if found is None:
        raise Http404
    see(user, "recognition.decide", found.decision.place_id)
    return found


def communes_for(user: Any) -> QuerySet:
    """Ids of the places whose titles the reader may see."""
    return reach(user, "paper.read")


def village_round_for(user: Any, pk: int, place_id: int) -> Round:
    """The round, for who may write for this village of its commune; else 404."""
    found = Round.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    see(user, "dossier.write", place_id)
    return found


def _seen(user: Any, right: str, found: Any) -> Any:
    if found is None:
        raise Http404
    see(user, right, found.place_id)
    return found
