"""The only way a page gets dossiers: by the reader's reach; out of reach looks absent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from hieuhoc.accounts.access import can, reach
from hieuhoc.dossiers.models import Dossier, Evidence
from hieuhoc.rounds.models import Round


def dossier_for(user: Any, dossier_id: UUID) -> Dossier:
    """Return a dossier the reader may see, with its round and subject; else 404."""
    found = Dossier.objects.select_related("round", "subject").filter(pk=dossier_id).first()
    if found is None or not can(user, "dossier.read", found.place_id):
        raise Http404
    return found


def evidence_for(user: Any, evidence_id: UUID) -> Evidence:
    """Return evidence of a dossier the reader may see; else 404."""
    found = Evidence.objects.select_related("dossier", "file").filter(pk=evidence_id, removed_at=None).first()
    if found is None or not can(user, "dossier.read", found.dossier.place_id):
        raise Http404
    return found


def dossiers_for(user: Any, round_: Round, right: str = "dossier.read") -> QuerySet[Dossier]:
    """The dossiers of a round the reader may see: all of them, or those of the villages within reach."""
    found = Dossier.objects.filter(round=round_)
    if can(user, right, round_.place_id):
        return found
    return found.filter(place_id__in=reach(user, right))


def places_for(user: Any) -> QuerySet:
    """Ids of the places whose dossiers the reader may see."""
    return reach(user, "dossier.read")
