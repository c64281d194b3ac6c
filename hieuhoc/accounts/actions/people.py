"""Accounts: made one by one or many at once, corrected, stopped and opened again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from hieuhoc.accounts import rules
from hieuhoc.accounts.access import MANAGE, require_everywhere, require_manages
from hieuhoc.accounts.actions.invitations import Handover, cancel_links, locked, log_id, new_links
from hieuhoc.accounts.models import Post, User
from hieuhoc.accounts.rules import NewAccount, Refused
from hieuhoc.audit import log
from hieuhoc.common.text import fold, nfc, sort_key
from hieuhoc.places.models import Unit


@transaction.atomic
def make_account(new: NewAccount, *, by: User | None, reason: str = "") -> Handover:
    """Make an account with its first post and a one-time link; no password is set."""
    handed = _make([new], by, reason)[0]
    after = {"username": new.username, "role": new.role, "place": new.place_id}
    log.record("account.make", handed.user, by=by, place=new.place_id, reason=reason, after=after)
    return handed


@transaction.atomic
def make_accounts(many: Sequence[NewAccount], *, by: User, place_id: int, source: str = "") -> list[Handover]:
    """Make the accounts of a whole sheet, all or none; ``place_id`` is where the act is written down."""
    if not many:
        raise Refused("Bảng không có người nào.")
    handed = _make(many, by, source)
    users = [one.user for one in handed]
    after = {"count": len(users), "source": source}
    log.record(
        "account.import",
        Unit(pk=place_id),
        by=by,
        place=place_id,
        after=after,
        targets=map(log_id, users),
        target_type=User._meta.label_lower,
    )
    return handed


@transaction.atomic
def correct(user_id: int, *, full_name: str, phone: str, by: User, reason: str = "") -> User:
    """Correct the name or the telephone of a person; the telephone itself is not written into the log."""
    user = locked(user_id)
    require_manages(by, user.pk)
    before = {"full_name": user.full_name}
    changed = user.phone != _phone(phone)
    _describe(user, full_name, phone)
    user.save(update_fields=["full_name", "phone", "search_key", "sort_key"])
    after = {"full_name": user.full_name, "phone_changed": changed}
    log.record("account.correct", user, by=by, reason=reason, before=before, after=after)
    return user


@transaction.atomic
def change_own_phone(phone: str, *, by: User) -> User:
    """Change one's own telephone number."""
    user = locked(by.pk)
    user.phone = _phone(phone)
    user.save(update_fields=["phone"])
    log.record("account.phone", user, by=by)
    return user


@transaction.atomic
def deactivate(user_id: int, *, by: User | None, reason: str) -> User:
    """Stop an account at once: no sign-in, no rights, no open link; its posts and history stay."""
    user = locked(user_id)
    if by is not None:
        require_manages(by, user.pk)
    if by == user:
        raise Refused("Không tự ngừng tài khoản của chính mình.")
    return _switch(user, False, "account.deactivate", by, reason)


@transaction.atomic
def reactivate(user_id: int, *, by: User | None, reason: str = "") -> User:
    """Open a stopped account again; its posts give rights again as far as they hold."""
    user = locked(user_id)
    if by is not None:
        require_manages(by, user.pk)
    return _switch(user, True, "account.reactivate", by, reason)


def _switch(user: User, active: bool, verb: str, by: User | None, reason: str) -> User:
    if user.is_active == active:
        raise Refused("Tài khoản đang dùng được." if active else "Tài khoản đã ngừng từ trước.")
    if not active and not reason.strip():
        raise Refused("Cần ghi lý do ngừng tài khoản.")
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        cancel_links([user.pk])
    log.record(verb, user, by=by, reason=reason)
    return user


def _make(many: Sequence[NewAccount], by: User | None, reason: str) -> list[Handover]:
    if by is not None:
        require_everywhere(by, MANAGE, {new.place_id for new in many})
    _refuse_wrong(many)
    try:
        with transaction.atomic():
            users = User.objects.bulk_create(map(_user, many))
    except IntegrityError as problem:
        raise Refused("Có tên đăng nhập vừa được người khác dùng; xem lại rồi làm lại.") from problem
    Post.objects.bulk_create(
        Post(
            user=user,
            role=new.role,
            place_id=new.place_id,
            valid=rules.span(new.start, new.last),
            granted_by=by,
            reason=reason,
        )
        for user, new in zip(users, many, strict=True)
    )
    return new_links(users, by)


def _refuse_wrong(many: Sequence[NewAccount]) -> None:
    levels = place_levels({new.place_id for new in many})
    names = [new.username for new in many]
    taken = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    for new in many:
        level = levels.get(new.place_id, "")
        problem = rules.username_problem(new.username) or rules.role_problem(new.role, level)
        if new.username in taken or names.count(new.username) > 1:
            problem = f"Tên đăng nhập «{new.username}» đã có người dùng."
        if problem:
            raise Refused(problem)


def place_levels(place_ids: set[int]) -> dict[int, str]:
    """Level of each of the units that stand today."""
    units = Unit.objects.filter(pk__in=place_ids, versions__valid__contains=localdate())
    return dict(units.values_list("pk", "level"))


def _user(new: NewAccount) -> User:
    user = User(username=new.username)
    _describe(user, new.full_name, new.phone)
    user.set_unusable_password()
    return user


def _describe(user: User, full_name: str, phone: str) -> None:
    name = nfc(full_name)
    if not name or len(name) > rules.LONGEST_NAME:
        raise Refused(f"Họ và tên cần có và dài không quá {rules.LONGEST_NAME} ký tự.")
    user.full_name, user.search_key, user.sort_key = name, fold(name), sort_key(name)[:300]
    user.phone = _phone(phone)


def _phone(text: str) -> str:
    phone = rules.read_phone(text)
    if phone is None:
        raise Refused("Số điện thoại phải có 10 chữ số, bắt đầu bằng số 0.")
    return phone
