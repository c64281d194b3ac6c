"""The only way a page gets subjects: by the reader's reach today; what is out of reach looks absent (404).

A list belongs to one commune: the one asked for (``?xa=``), else that of the post the person works under. Whoever has
a post in a village of it sees that village only. Use: ``subjects_for(user, commune_id)``, ``subject_for(user, pk)``.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.timezone import localdate

from hieuhoc.accounts.access import POST_KEY, can, posts, reach
from hieuhoc.accounts.rights import RIGHTS, roles_with
from hieuhoc.places import tree
from hieuhoc.places.models import Level
from hieuhoc.registry.models import Subject


def subject_for(user: Any, pk: UUID, right: str = "registry.read") -> Subject:
    """The subject if its place is within reach of ``right``, closed ones too; else 404."""
    found = Subject.objects.filter(pk=pk).select_related("merged_into").first()
    if found is None or not can(user, right, found.place_id):
        raise Http404
    return found


def subjects_for(user: Any, commune_id: int, right: str = "registry.read") -> QuerySet[Subject]:
    """The subjects of a commune the reader may see: all of them, or those of the villages within reach."""
    found = Subject.objects.filter(commune_id=commune_id)
    if can(user, right, commune_id):
        return found
    return found.filter(place_id__in=reach(user, right))


def commune_for(request: HttpRequest, right: str = "registry.read") -> int | None:
    """The commune a list is about; None when the post is above communes and none was asked for; else 404."""
    asked = request.GET.get("xa") or request.POST.get("xa") or ""
    if asked:
        if not (asked.isdigit() and near(request.user, right, int(asked))):
            raise Http404
        return int(asked)
    held = list(posts(request.user).filter(role__in=roles_with(right)).order_by("pk"))
    if not held:
        raise Http404
    chosen = next((one for one in held if one.pk == request.session.get(POST_KEY)), held[0])
    return tree.at_level(chosen.place_id, Level.COMMUNE, localdate())


def near(user: Any, right: str, commune_id: int) -> bool:
    """Say whether the commune or a village of it is within reach of ``right``."""
    inside = tree.below(commune_id, localdate())
    return reach(user, right).filter(descendant_id__in=inside).exists()


def rights_within(user: Any, commune_id: int) -> frozenset[str]:
    """Every right the reader has at the commune or somewhere in it: decides which buttons are drawn."""
    today = localdate()
    at = Q(place_id__in=tree.above(commune_id, today)) | Q(place_id__in=tree.below(commune_id, today))
    roles = posts(user).filter(at).values_list("role", flat=True)
    return frozenset().union(*(RIGHTS[role] for role in roles))


def rights_at(user: Any, place_id: int) -> frozenset[str]:
    """Every right the reader has at one place."""
    roles = posts(user).filter(place_id__in=tree.above(place_id, localdate())).values_list("role", flat=True)
    return frozenset().union(*(RIGHTS[role] for role in roles))


def places_for(user: Any, commune_id: int, right: str = "registry.read") -> dict[int, str]:
    """The commune and its villages within reach, by name, the commune first."""
    today = localdate()
    within = set(reach(user, right).filter(descendant_id__in=tree.below(commune_id, today)))
    names = {row.unit_id: row.name for row in tree.children(commune_id, today) if row.unit_id in within}
    if commune_id in within:
        names = {commune_id: tree.name_of(commune_id, today)} | names
    return names


def communes_for(user: Any, right: str = "registry.read") -> QuerySet:
    """Ids of the communes within reach that have subjects."""
    with_subjects = Subject.objects.order_by().values("commune_id").distinct()
    return reach(user, right).filter(descendant_id__in=with_subjects, descendant__level=Level.COMMUNE)
