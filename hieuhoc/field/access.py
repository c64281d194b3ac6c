"""The gate of the field: which envelopes an officer may open. Out of reach looks absent (404)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from hieuhoc.accounts.access import posts, reach
from hieuhoc.accounts.models import Role
from hieuhoc.field.models import Envelope


def envelope_for(user: Any, made_id: UUID) -> Envelope:
    """An envelope of a place the officer verifies; else 404."""
    found = envelopes_for(user).filter(made_id=made_id).first()
    if found is None:
        raise Http404
    return found


def envelopes_for(user: Any) -> QuerySet[Envelope]:
    """The envelopes of the places the officer verifies, with who wrote them."""
    near = Envelope.objects.filter(place_id__in=reach(user, "dossier.verify"))
    return near.select_related("person", "brought_by", "settled_by", "asked_by")


def only_records(user: Any) -> bool:
    """Whether the person only records for villages: no right reaches further than what a phone carries."""
    roles = set(posts(user).values_list("role", flat=True))
    return roles == {Role.VILLAGE_RECORDER}
