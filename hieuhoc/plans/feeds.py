"""The secret addresses of calendars, and what a calendar is told: titles, days, the plan and the state, nobody's name.

The address carries the feed's id, signed, so that it can be shown again and nobody can make one up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time
from uuid import UUID

from django.core.signing import BadSignature, Signer

from hieuhoc.plans import ical, schedule
from hieuhoc.plans.models import Feed, Progress
from hieuhoc.plans.schedule import Occurrence

SIGNER = Signer(sep=".", salt="plans.feed")


def token_of(feed: Feed) -> str:
    """What stands in the secret address."""
    return SIGNER.sign(str(feed.pk))


def of_token(token: str) -> Feed | None:
    """The feed that stands under the token; None for one that is revoked or was never given."""
    try:
        pk = UUID(SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Feed.objects.select_related("user").filter(pk=pk, revoked_at=None).first()


def standing(place_id: int, user_id: int) -> Feed | None:
    """The person's address for the place, if there is one."""
    return Feed.objects.filter(place_id=place_id, user_id=user_id, revoked_at=None).first()


def calendar(name: str, found: Iterable[Occurrence], host: str, link: Callable[[Occurrence], str]) -> bytes:
    """The calendar of a place's occurrences that have a day; ``link`` gives the page of one."""
    return ical.calendar(name, (_event(one, host, link(one)) for one in found if one.due))


def _event(one: Occurrence, host: str, url: str) -> ical.Event:
    said = one.progress
    mark = {schedule.State.DONE: "Đã xong: ", schedule.State.DROPPED: "Không làm: "}.get(Progress.State(one.state), "")
    lines = [one.period.words, one.source, one.part_words, f"Trạng thái: {one.state_words}"]
    assert one.due is not None
    return ical.Event(
        uid=f"{one.place_id}-{one.activity.pk}-{one.period.key}@{host}", day=one.due, title=mark + one.activity.text,
        text="\n".join(lines), changed=said.at if said else _issued(one), category=one.source, url=url,
        sequence=one.revision, cancelled=one.state == schedule.State.DROPPED,
    )  # fmt: skip


def _issued(one: Occurrence) -> datetime:
    """Since when the day stands: the plan's; nothing was said of it yet."""
    assert one.reach is not None
    return datetime.combine(one.reach.plan.issued, time(), UTC)
