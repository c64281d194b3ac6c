"""Who acts when a command does: the operator of the installation, an account that nobody signs in with.

Every act has a person. Whoever runs a command on the server acts under this account, with the posts the command needs
at the place it works on; they show in the act log and in the list of posts like anybody's.
"""

from __future__ import annotations

import getpass

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate

from hieuhoc.accounts.models import Post, Role, User
from hieuhoc.accounts.queries import OPERATOR
from hieuhoc.common.text import fold, sort_key


@transaction.atomic
def operator(place_id: int, roles: tuple[str, ...] = (Role.COMMUNE_OFFICER, Role.COMMUNE_APPROVER)) -> User:
    """The operator's account with ``roles`` at the place from today on; made at the first call."""
    name = f"Dòng lệnh ({getpass.getuser()})"
    user, new = User.objects.get_or_create(
        username=OPERATOR, defaults={"full_name": name, "search_key": fold(name), "sort_key": sort_key(name)}
    )
    if new:
        user.set_unusable_password()
        user.save()
    today = localdate()
    for role in roles:
        held = Post.objects.filter(user=user, role=role, place_id=place_id, valid__contains=today)
        if not held.exists():
            Post.objects.create(
                user=user, role=role, place_id=place_id, valid=DateRange(today, None), reason="Chạy lệnh trên máy chủ"
            )
    return user
