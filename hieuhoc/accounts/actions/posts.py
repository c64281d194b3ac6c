"""Posts: granted from a day, ended on a day; what was granted is never edited, only ended."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from hieuhoc.accounts import rules
from hieuhoc.accounts.access import MANAGE, require
from hieuhoc.accounts.actions.invitations import locked
from hieuhoc.accounts.actions.people import place_levels
from hieuhoc.accounts.models import Post, Role, User
from hieuhoc.accounts.rules import Refused
from hieuhoc.audit import log
from hieuhoc.common.dates import vn_date


@transaction.atomic
def grant_post(
    user_id: int,
    *,
    role: str,
    place_id: int,
    start: date,
    last: date | None = None,
    by: User | None,
    reason: str = "",
) -> Post:
    """Give a person a role at a place from a day on; the same role there twice at once is refused."""
    user = locked(user_id)
    if by is not None:
        require(by, MANAGE, place_id)
    problem = rules.role_problem(role, place_levels({place_id}).get(place_id, ""))
    if problem:
        raise Refused(problem)
    valid = rules.span(start, last)
    if Post.objects.filter(user=user, role=role, place_id=place_id, valid__overlap=valid).exists():
        raise Refused("Người này đã giữ nhiệm vụ đó, ở nơi đó, trong thời gian đó.")
    post = Post.objects.create(
        user=user, role=role, place_id=place_id, valid=valid, granted_by=by, reason=reason.strip()
    )
    log.record("post.grant", user, by=by, place=place_id, reason=reason, after=_told(post))
    return post


@transaction.atomic
def end_post(post_id: int, *, last: date, by: User | None, reason: str) -> Post:
    """Let a post end after the day ``last``; a post is only shortened, a longer one is a new grant."""
    post = Post.objects.select_for_update().get(pk=post_id)
    if by is not None:
        require(by, MANAGE, post.place_id)
    if by is not None and post.user_id == by.pk and post.role == Role.ADMINISTRATOR:
        raise Refused("Không tự kết thúc nhiệm vụ quản trị của chính mình; quản trị khác làm việc này.")
    if not reason.strip():
        raise Refused("Cần ghi lý do kết thúc.")
    now_last = rules.last_day(post.valid)
    if now_last is not None and last >= now_last:
        raise Refused(f"Nhiệm vụ này đã kết thúc ngày {vn_date(now_last)}.")
    before = _told(post)
    post.valid = rules.span(post.valid.lower, last)
    post.end_reason = reason.strip()
    post.save(update_fields=["valid", "end_reason"])
    after = _told(post)
    log.record("post.end", post.user, by=by, place=post.place_id, reason=reason, before=before, after=after)
    return post


def _told(post: Post) -> dict:
    last = rules.last_day(post.valid)
    return {
        "post": post.pk,
        "role": post.role,
        "place": post.place_id,
        "from": post.valid.lower.isoformat(),
        "last": last and last.isoformat(),
    }
