"""The people of a demonstration: one a role, with random passwords told once to who started it."""

from __future__ import annotations

import secrets
from datetime import date

from allauth.mfa.models import Authenticator
from axes.utils import reset as forget_failures
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import localdate

from hieuhoc.accounts.models import Post, Role, User
from hieuhoc.accounts.rules import Refused, span
from hieuhoc.audit import log
from hieuhoc.common.text import fold, sort_key
from hieuhoc.places import tree
from hieuhoc.places.models import Level, Unit

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
PEOPLE = (
    (Role.VILLAGE_RECORDER, "demo-thon", "Ksor Hlung", Level.VILLAGE),
    (Role.COMMUNE_OFFICER, "demo-xa", "Nguyễn Thị Minh", Level.COMMUNE),
    (Role.COMMUNE_APPROVER, "demo-duyet", "Trần Văn Hòa", Level.COMMUNE),
    (Role.PROVINCE_OFFICER, "demo-tinh", "Lê Thị Thu", Level.PROVINCE),
    (Role.PROVINCE_APPROVER, "demo-duyet-tinh", "Phạm Quốc Bình", Level.PROVINCE),
    (Role.NATIONAL_OFFICER, "demo-trung-uong", "Đỗ Thanh Tùng", Level.NATION),
    (Role.INSPECTOR, "demo-kiem-tra", "Vũ Ngọc Lan", Level.PROVINCE),
    (Role.ADMINISTRATOR, "demo-quan-tri", "Rơ Châm Hoan", Level.COMMUNE),
)


@transaction.atomic
def make_demonstration_accounts(
    place_id: int, village_id: int, *, by: User | None = None
) -> list[tuple[str, str, str, int]]:
    """One account a role around a commune; returns (user name, password, role, place id), told this once.

    Running again gives new passwords to the same people. An account of that name that is not of a
    demonstration is never touched.
    """
    levels = {level: tree.at_level(place_id, level, localdate()) for level in Level}
    places = {level: unit for level, unit in levels.items() if unit is not None} | {Level.VILLAGE: village_id}
    users = _users()
    made = [(user, role, places[level]) for user, (role, _, _, level) in zip(users, PEOPLE, strict=True)]
    _give_posts(made, by)
    told = [_new_password(user) for user in users]
    User.objects.bulk_update(users, ["password", "is_active"])
    Authenticator.objects.filter(user__in=users).delete()
    log.record("account.demonstration", Unit(pk=place_id), by=by, place=place_id, after={"count": len(users)})
    return [(user.username, word, str(role), at) for (user, role, at), word in zip(made, told, strict=True)]


def _users() -> list[User]:
    names = [username for _, username, _, _ in PEOPLE]
    if User.objects.filter(username__in=names, demonstration=False).exists():
        raise Refused("Có tài khoản thật trùng tên với tài khoản trình diễn; không động đến.")
    User.objects.bulk_create(
        (
            User(
                username=username,
                full_name=name,
                search_key=fold(name),
                sort_key=sort_key(name),
                demonstration=True,
            )
            for _, username, name, _ in PEOPLE
        ),
        ignore_conflicts=True,
    )
    found = {user.username: user for user in User.objects.select_for_update().filter(username__in=names)}
    return [found[name] for name in names]


def _give_posts(made: list[tuple[User, Role, int]], by: User | None) -> None:
    """Every one holds exactly the post of the demonstration, from the beginning of the year before."""
    Post.objects.filter(user__in=[user for user, _, _ in made]).delete()
    valid = span(date(localdate().year - 1, 1, 1), None)
    Post.objects.bulk_create(
        Post(user=user, role=role, place_id=place, valid=valid, granted_by=by, reason="Trình diễn")
        for user, role, place in made
    )


def _new_password(user: User) -> str:
    word = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    user.password, user.is_active = make_password(word), True
    forget_failures(username=user.username)
    return word
