"""The only way a page gets a plan or the place plans are shown of; out of reach looks absent.

A published plan is a public act and open to everybody who reads figures; a draft to those who may write it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.timezone import localdate

from hieuhoc.accounts.access import POST_KEY, Forbidden, can, giving, reach, require, require_somewhere, see
from hieuhoc.common.numbers import whole
from hieuhoc.places import tree
from hieuhoc.places.models import Level
from hieuhoc.plans import feeds, schedule
from hieuhoc.plans.models import Feed, Plan, ProgressFile, Target
from hieuhoc.plans.schedule import Occurrence

READ, WRITE = "figures.read", "plan.write"


def place_for(request: HttpRequest) -> int:
    """The place asked for (``noi``), else that of the post worked under, of a village its commune; without one 403."""
    asked = request.GET.get("noi") or request.POST.get("noi") or ""
    if asked:
        require_somewhere(request.user, READ)
        place = whole(asked)
        if place is None or not tree.exists_on(place, localdate()) or not near(request.user, place):
            raise Http404
        return place
    held = list(giving(request.user, READ).select_related("place").order_by("pk"))
    if not held:
        raise Forbidden("Tài khoản này không có quyền xem trang đó.")
    post = next((one for one in held if one.pk == request.session.get(POST_KEY)), held[0])
    if post.place.level != Level.VILLAGE:
        return post.place_id
    return tree.at_level(post.place_id, Level.COMMUNE, localdate()) or post.place_id


def place_to_write(request: HttpRequest) -> int:
    """The place a plan is brought in for; 404 where the reader may not write plans."""
    asked = request.GET.get("noi") or request.POST.get("noi") or ""
    place = whole(asked)
    if place is None:
        raise Http404
    see(request.user, WRITE, place)
    return place


def near(user: Any, place_id: int) -> bool:
    """Whether the reader has a post at the place, above it or in it."""
    inside = tree.below(place_id, localdate())
    return reach(user, READ).filter(descendant_id__in=inside).exists()


def plan_for(user: Any, plan_id: int) -> Plan:
    """A plan to read."""
    plan = Plan.objects.select_related("file", "published_by", "place").filter(pk=plan_id).first()
    if plan is None:
        raise Http404
    if plan.state == Plan.State.PUBLISHED:
        require_somewhere(user, READ)
    else:
        see(user, WRITE, plan.place_id)
    return plan


def draft_for(user: Any, plan_id: int) -> Plan:
    """A plan to work on: whoever may write plans there; published ones too, so that the act can say why not."""
    plan = Plan.objects.select_related("file", "place").filter(pk=plan_id).first()
    if plan is None:
        raise Http404
    see(user, WRITE, plan.place_id)
    return plan


def target_for(user: Any, target_id: int) -> Target:
    """A target to correct, through its plan."""
    target = Target.objects.select_related("plan").filter(pk=target_id).first()
    if target is None:
        raise Http404
    see(user, WRITE, target.plan.place_id)
    return target


def may_write(user: Any, place_id: int) -> bool:
    """Whether the reader may bring in and confirm plans of the place."""
    return can(user, WRITE, place_id)


def occurrence_for(user: Any, place_id: int, activity_id: int, period: str) -> Occurrence:
    """One activity in one period, with what the place said of it, to whoever is near the place."""
    today = localdate()
    if not tree.exists_on(place_id, today) or not near(user, place_id):
        raise Http404
    found = schedule.one_of(place_id, activity_id, period, today)
    if found is None:
        raise Http404
    return found


def progress_file_for(user: Any, file_id: UUID) -> ProgressFile:
    """A piece of evidence that was not taken away, to whoever is near its place, or near what the place became."""
    held = ProgressFile.objects.select_related("progress", "file").filter(pk=file_id, removed_at=None).first()
    if held is None or not any(near(user, place) for place in _now(held.progress.place_id)):
        raise Http404
    return held


def file_to_detach(user: Any, file_id: UUID) -> ProgressFile:
    """A piece of evidence to take away; what a unit that has ended kept stays as it is."""
    held = progress_file_for(user, file_id)
    if not tree.exists_on(held.progress.place_id, localdate()):
        raise Http404
    return held


def _now(place_id: int) -> list[int]:
    """The place while it is there; what became of one that has ended."""
    today = localdate()
    return [place_id] if tree.exists_on(place_id, today) else [one.unit_id for one in tree.heirs(place_id, today)]


def feed_for(token: str) -> Feed:
    """The feed behind a secret address: not revoked, and of a person who may still see the place."""
    feed = feeds.of_token(token)
    if feed is None or not feed.user.is_active or not near(feed.user, feed.place_id):
        raise Http404
    return feed


def require_write(user: Any, place_id: int) -> None:
    """Refuse who sees the place but may not write there; the verbs ask again."""
    require(user, WRITE, place_id)
