"""The gate by place: ``can``, ``require``, ``reach``, ``see``; and who may manage which account.

A right comes from a post that holds today, at the place or above it in today's tree. Out of reach looks
absent (404); within reach but without the right is refused with a sentence.
Use: ``require(user, "dossier.verify", dossier.place_id)``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from hieuhoc.accounts.models import Post, User
from hieuhoc.accounts.rights import roles_with
from hieuhoc.common import rows
from hieuhoc.places import tree

Asked = dict[tuple[int | None, str, date], dict[int, bool]]
_asked: ContextVar[Asked | None] = ContextVar("asked", default=None)
MANAGE = "accounts.manage"
POST_KEY = "post"  # under which the session keeps the post worked under


class Forbidden(PermissionDenied):
    """The person is known and near, but has no post that allows the act."""


def posts(user: User | AnonymousUser, on: date | None = None) -> QuerySet[Post]:
    """The posts of ``user`` that hold on the day (today by default); none once the account is stopped."""
    if not user.is_active:
        return Post.objects.none()
    return Post.objects.filter(user_id=user.pk, valid__contains=on or localdate())


def giving(user: User | AnonymousUser, right: str, on: date | None = None) -> QuerySet[Post]:
    """The posts of ``user`` that give ``right`` on the day."""
    return posts(user, on).filter(role__in=roles_with(right))


def reach(user: User | AnonymousUser, right: str, on: date | None = None) -> QuerySet:
    """Ids of all places where ``user`` has ``right`` on the day, as a subquery.

    What belonged to a unit that has ended is reached from its heir: the papers of a merged village stay with
    the officer of its commune.
    """
    day = on or localdate()
    return tree.below_any(giving(user, right, day).values("place_id"), day, former=True)


# Those of ``places`` where a post of ``user`` in one of ``roles`` reaches on the ``day``: see ``to_reach``.
REACHED = """
select distinct a.descendant_id from accounts_post p
  join places_ancestry a on a.ancestor_id = p.place_id and a.valid @> %(day)s::date
 where p.user_id = %(user)s::bigint and p.valid @> %(day)s::date and p.role = any(%(roles)s::text[])
   and a.descendant_id = any((select %(places)s::bigint[])::bigint[])
"""


def reached(user: User | AnonymousUser, right: str, place_ids: Collection[int], on: date | None = None) -> set[int]:
    """Those of the places where ``user`` has ``right`` on the day: ``reach``, asked at once for some places."""
    told = _told(user, right, on)
    if open_ones := [one for one in place_ids if one not in told]:
        there = {row[0] for row in rows.ask(REACHED, to_reach(user, right, open_ones, on))}
        told |= {one: one in there for one in open_ones}
    return {one for one in place_ids if told[one]}


def to_reach(
    user: User | AnonymousUser, right: str, place_ids: Iterable[int], on: date | None = None
) -> dict[str, Any]:
    """The values of ``REACHED``, for a statement that asks for the right along with other things."""
    roles = roles_with(right) if user.is_active else []
    return {"user": user.pk, "day": on or localdate(), "roles": roles, "places": list(place_ids)}


def was_reached(user: User | AnonymousUser, right: str, places: Mapping[int, bool], on: date | None = None) -> None:
    """Tell ``reached`` what such a statement found, for the rest of the block of ``asked_once``."""
    _told(user, right, on).update(places)


def _told(user: User | AnonymousUser, right: str, on: date | None) -> dict[int, bool]:
    asked = _asked.get()
    return {} if asked is None else asked.setdefault((user.pk, right, on or localdate()), {})


@contextmanager
def asked_once() -> Iterator[None]:
    """Within the block ``reached`` asks about a person, a right, a day and a place only once: for one transaction that
    does many things by the same right. A post that ends meanwhile has ended for the next block.
    """
    token = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(token)


def can(user: User | AnonymousUser, right: str, place_id: int, on: date | None = None) -> bool:
    """Say whether ``user`` has ``right`` at the place on the day."""
    return reach(user, right, on).filter(descendant_id=place_id).exists()


def require(user: User | AnonymousUser, right: str, place_id: int, on: date | None = None) -> None:
    """Raise ``Forbidden`` unless ``user`` has ``right`` at the place on the day."""
    if not can(user, right, place_id, on):
        raise Forbidden("Tài khoản này không có quyền làm việc đó ở đây.")


def require_everywhere(
    user: User | AnonymousUser, right: str, place_ids: Collection[int], on: date | None = None
) -> None:
    """Raise ``Forbidden`` unless ``user`` has ``right`` on the day at every one of the places; one query."""
    wanted = set(place_ids)
    if wanted - reached(user, right, wanted, on):
        raise Forbidden("Tài khoản này không có quyền làm việc đó ở đây.")


def require_somewhere(user: User | AnonymousUser, right: str) -> None:
    """Raise ``Forbidden`` unless one of today's posts of ``user`` gives ``right``: the gate of lists."""
    if not giving(user, right).exists():
        raise Forbidden("Tài khoản này không có quyền xem trang đó.")


def see(user: User | AnonymousUser, right: str, place_id: int) -> None:
    """Raise 404 unless the place is within reach of ``right``: what is out of reach looks absent."""
    if not can(user, right, place_id):
        raise Http404


def people(manager: User) -> QuerySet[User]:
    """The accounts ``manager`` sees: those that have, had or will have a post at a place within reach."""
    near = Post.objects.filter(place_id__in=reach(manager, MANAGE)).values("user_id")
    return User.objects.filter(pk__in=near)


def person(manager: User, person_id: int) -> User:
    """The account by id, or 404 when it is not among ``people`` of ``manager``."""
    found = people(manager).filter(pk=person_id).first()
    if found is None:
        raise Http404
    return found


def manages(manager: User, person_id: int) -> bool:
    """Say whether every post that still counts for the person lies within reach of ``manager``.

    A new invitation hands an account over, so who covers only a part of its posts must not give one.
    """
    mine = Post.objects.filter(user_id=person_id)
    counting = mine.filter(valid__endswith__gt=localdate()) | mine.filter(valid__upper_inf=True)
    wanted = counting if counting.exists() else mine
    return mine.exists() and not wanted.exclude(place_id__in=reach(manager, MANAGE)).exists()


def require_manages(manager: User, person_id: int) -> None:
    """Raise ``Forbidden`` unless ``manager`` manages the whole of the person's account."""
    if not manages(manager, person_id):
        raise Forbidden("Người này còn nhiệm vụ ngoài phạm vi của tài khoản đang dùng; quản trị cấp trên làm việc này.")
