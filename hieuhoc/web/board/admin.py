"""The short board of the administrator: accounts that cannot work, posts that end, places without villages."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef
from django.utils.timezone import localdate

from hieuhoc.accounts import queries as accounts
from hieuhoc.accounts.models import Post, Role, User
from hieuhoc.places import tree
from hieuhoc.places.models import Level
from hieuhoc.web.board.shape import Board, Task, joined, some
from hieuhoc.web.links import link
from hieuhoc.web.posts import Held

SOON = timedelta(days=30)
BLOCKED = (
    ("expired", "Lời mời đã quá hạn", "Mời lại", "Chưa đặt được mật khẩu; cấp lời mời mới."),
    ("idle", "Tài khoản không có chức trách", "Giao chức trách", "Đăng nhập được nhưng chưa làm được việc gì."),
)


def board(user: User, post: Held) -> Board:
    """What an administrator has to look after."""
    return Board(
        title="Việc cần làm",
        lead=f"Quản trị tại {post.place_name}.",
        tasks=some(*_accounts(user), *_ending(post), *_villages(post), *_without_recorder(post)),
        quiet="Mọi tài khoản đã vào được, thôn nào cũng có người ghi.",
        more_url=link("accounts:list"),
    )


def _accounts(user: User) -> tuple[Task, ...]:
    """Accounts that cannot work, by what stands in the way; one query."""
    found = accounts.people_list(user).order_by().values_list("state").annotate(n=Count("pk"))
    numbers = dict(found)
    return tuple(
        Task("due", title, link("accounts:list", **{"tinh-trang": state}), action, numbers.get(state, 0), text)
        for state, title, action, text in BLOCKED
    )


def _ending(post: Held) -> tuple[Task, ...]:
    today = localdate()
    posts = Post.objects.filter(
        place_id__in=tree.below(post.place_id, today),
        valid__contains=today,
        valid__endswith__lte=today + SOON,
    )
    follows = Post.objects.filter(place_id=OuterRef("place_id"), role=OuterRef("role"), valid__contains=today + SOON)
    found = list(posts.exclude(Exists(follows)).values_list("user__full_name", flat=True)[:50])
    return (
        Task(
            "due",
            "Chức trách sắp hết hạn trong 30 ngày, chưa có người thay",
            link("accounts:list"),
            "Xem tài khoản",
            len(found),
            joined(found),
        ),
    )


def _villages(post: Held) -> tuple[Task, ...]:
    """Communes in reach without a single village cannot register a household."""
    if post.commune_id is None:
        return ()
    villages = tree.below(post.commune_id, localdate(), Level.VILLAGE).count()
    return (
        Task(
            "due",
            "Lập danh sách thôn của xã",
            link("places:villages", post.commune_id),
            "Mở thôn",
            0 if villages else 1,
            "Chưa có thôn nào nên chưa nhập được danh sách hộ.",
        ),
    )


def _without_recorder(post: Held) -> tuple[Task, ...]:
    """Villages of the commune where nobody writes: their households wait for the commune to do it."""
    if post.commune_id is None:
        return ()
    today = localdate()
    recorders = Post.objects.filter(role=Role.VILLAGE_RECORDER, valid__contains=today, user__is_active=True)
    villages = tree.children(post.commune_id, today).exclude(unit_id__in=recorders.values("place_id"))
    names = list(villages.values_list("name", flat=True))
    return (
        Task(
            "wrong",
            "Thôn chưa có người ghi",
            link("accounts:make"),
            "Lập tài khoản",
            len(names),
            f"{joined(names)}. Nhiều thôn thì lập từ bảng Excel ở trang Tài khoản.",
        ),
    )
