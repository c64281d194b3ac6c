"""One-time links: made, renewed, accepted. The link is told once; the database keeps its hash."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from allauth.mfa.models import Authenticator
from axes.utils import reset as forget_failures
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now

from hieuhoc.accounts import passwords
from hieuhoc.accounts.access import require_manages
from hieuhoc.accounts.models import Invitation, User
from hieuhoc.accounts.rules import Refused
from hieuhoc.audit import log

LIFETIME = timedelta(days=7)


@dataclass(frozen=True)
class Handover:
    """What is handed to a person once: whose account, the secret of the link, until when it opens."""

    user: User
    token: str
    expires_at: datetime

    @property
    def path(self) -> str:
        """The path of the one-time link."""
        return reverse("accounts:accept", args=[self.token])


@transaction.atomic
def invite(user_id: int, *, by: User | None) -> Handover:
    """Give the person a new one-time link; the former ones stop working."""
    user = locked(user_id)
    _may_invite(by, user)
    handed = new_links([user], by)[0]
    log.record("account.invite", user, by=by)
    return handed


@transaction.atomic
def invite_many(user_ids: Collection[int], *, by: User) -> list[Handover]:
    """Give several people new links at once, for a printed sheet; one refusal refuses all."""
    users = list(User.objects.select_for_update().filter(pk__in=user_ids).order_by("sort_key", "pk"))
    if not users:
        raise Refused("Chưa chọn người nào.")
    for user in users:
        _may_invite(by, user)
    handed = new_links(users, by)
    log.record("account.invite", users[0], by=by, after={"count": len(users)}, targets=map(log_id, users))
    return handed


@transaction.atomic
def reset(user_id: int, *, by: User | None, reason: str, second_factor: bool = False) -> Handover:
    """Take the password back and give a new link; ``second_factor`` switches the second factor off too."""
    user = locked(user_id)
    if by is not None:
        require_manages(by, user.pk)
    if by == user:
        raise Refused("Không tự cấp lại cho chính mình; mật khẩu của mình đổi ở trang Mật khẩu.")
    if not user.is_active:
        raise Refused("Tài khoản đang ngừng; mở lại trước khi cấp lại.")
    user.set_unusable_password()
    user.save(update_fields=["password"])
    if second_factor:
        Authenticator.objects.filter(user=user).delete()
    forget_failures(username=user.username)
    handed = new_links([user], by)[0]
    log.record("account.reset", user, by=by, reason=reason, after={"second_factor_off": second_factor})
    return handed


def open_invitation(token: str) -> Invitation | None:
    """The invitation a link opens now; None when it is unknown, used, replaced or too old."""
    return (
        Invitation.objects.select_related("user")
        .filter(token_hash=_hash(token), used_at=None, cancelled_at=None, expires_at__gt=now())
        .filter(user__is_active=True)
        .first()
    )


@transaction.atomic
def accept_invitation(token: str, password: str) -> User:
    """Set the first password by a one-time link; the link opens no more afterwards."""
    User.objects.select_for_update().filter(invitations__token_hash=_hash(token)).first()
    invitation = open_invitation(token)
    if invitation is None:
        raise Refused("Lời mời này đã dùng, đã được thay hoặc đã quá hạn. Đề nghị quản trị cấp lời mời mới.")
    user = invitation.user
    passwords.check(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    Invitation.objects.filter(pk=invitation.pk).update(used_at=now())
    forget_failures(username=user.username)
    log.record("account.accept", user, by=user)
    return user


def new_links(users: Iterable[User], by: User | None) -> list[Handover]:
    """Make one link a person and put the open ones out of use; in the caller's transaction and act."""
    users, moment = list(users), now()
    cancel_links(user.pk for user in users)
    handed = [Handover(user, secrets.token_urlsafe(24), moment + LIFETIME) for user in users]
    Invitation.objects.bulk_create(
        Invitation(user=one.user, token_hash=_hash(one.token), made_by=by, expires_at=one.expires_at) for one in handed
    )
    return handed


def cancel_links(user_ids: Iterable[int]) -> None:
    """Put the open links of these people out of use."""
    unused = Invitation.objects.filter(user_id__in=list(user_ids), used_at=None, cancelled_at=None)
    unused.update(cancelled_at=now())


def locked(user_id: int) -> User:
    """The person, locked until the act ends, so that two administrators do not act on one at once."""
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise Refused("Không có tài khoản này.")
    return user


def log_id(user: User) -> UUID:
    """The number of an account in the form the act log keeps for acts on many."""
    return UUID(int=user.pk)


def _may_invite(by: User | None, user: User) -> None:
    if by is not None:
        require_manages(by, user.pk)
    if not user.is_active:
        raise Refused(f"Tài khoản {user.username} đang ngừng; mở lại trước khi mời.")
    if user.has_usable_password():
        raise Refused(f"{user.full_name} đã có mật khẩu; dùng «Cấp lại» nếu quên mật khẩu.")


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
