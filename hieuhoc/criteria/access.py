"""The only way a page gets a criteria version. Everyone signed in may read; editing needs a post.

A national version is edited with `criteria.edit` at the nation, a local variant with it at its province.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.timezone import localdate

from hieuhoc.accounts.access import can, require
from hieuhoc.criteria.models import CriteriaVersion
from hieuhoc.places import tree
from hieuhoc.places.models import Level, Unit

RIGHT = "criteria.edit"


def version(pk: int) -> CriteriaVersion:
    """The version, or 404."""
    found = CriteriaVersion.objects.select_related("set").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def editable(user: Any, pk: int) -> CriteriaVersion:
    """The version for one who may change it; Forbidden for others, 404 when there is none."""
    found = version(pk)
    require(user, RIGHT, place_of(found.province_id))
    return found


def may_edit(user: Any, found: CriteriaVersion) -> bool:
    """Whether to offer changing it."""
    return can(user, RIGHT, place_of(found.province_id))


def place_of(province_id: int | None) -> int:
    """Where the right is needed: the province of a local variant, else the nation."""
    return tree.root() if province_id is None else province_id


def may_edit_nation(user: Any) -> bool:
    """Whether the person may make national sets."""
    return can(user, RIGHT, tree.root())


def provinces(user: Any) -> list[tuple[int, str]]:
    """Provinces the person may make local variants for, by name."""
    from hieuhoc.accounts.access import reach

    ids = list(
        Unit.objects.filter(
            level=Level.PROVINCE, pk__in=reach(user, RIGHT), versions__valid__contains=localdate()
        ).values_list("pk", flat=True)
    )
    names = tree.names_of(ids, localdate())
    return sorted(((pk, names[pk]) for pk in ids), key=lambda one: one[1])
