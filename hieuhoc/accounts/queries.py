"""What pages read about accounts: people within reach, their posts in words, invitations, history.

Use: ``people_list(user, "hoa")`` for the list, ``posts_of([person.pk])`` for posts with their places' names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.timezone import localdate, now

from hieuhoc.accounts.access import MANAGE, people, posts, reach
from hieuhoc.accounts.actions.invitations import log_id
from hieuhoc.accounts.models import Invitation, Post, Role, User
from hieuhoc.accounts.rules import last_day
from hieuhoc.audit.models import Entry
from hieuhoc.common.text import fold
from hieuhoc.places import naming, tree
from hieuhoc.places.models import Level, UnitVersion

OPERATOR = "dong-lenh"  # acts when a command does; nobody signs in with it, so nobody is invited to
STATES = {
    "waiting": "Chờ nhận lời mời",
    "expired": "Lời mời đã quá hạn",
    "working": "Đang làm việc",
    "idle": "Không có nhiệm vụ",
    "stopped": "Đã ngừng",
    "command": "Của máy chủ",
}
VERBS = {
    "account.make": "Lập tài khoản",
    "account.import": "Lập tài khoản từ bảng",
    "account.demonstration": "Lập tài khoản trình diễn",
    "account.invite": "Cấp lời mời",
    "account.accept": "Nhận lời mời, đặt mật khẩu",
    "account.reset": "Cấp lại lời mời, bỏ mật khẩu cũ",
    "account.correct": "Sửa họ tên, điện thoại",
    "account.phone": "Tự đổi số điện thoại",
    "account.password": "Tự đổi mật khẩu",
    "account.second_factor": "Đổi lớp bảo vệ thứ hai",
    "account.deactivate": "Ngừng tài khoản",
    "account.reactivate": "Mở lại tài khoản",
    "post.grant": "Giao nhiệm vụ",
    "post.end": "Kết thúc nhiệm vụ",
}


@dataclass(frozen=True)
class PostRow:
    """One post in words."""

    id: int
    user_id: int
    role: str
    place_id: int
    place: str
    start: date
    last: date | None
    reason: str
    end_reason: str

    @property
    def role_label(self) -> str:
        """The role in words."""
        return str(Role(self.role).label)

    @property
    def when(self) -> str:
        """now, later or over: where today stands against the post."""
        today = localdate()
        if self.start > today:
            return "later"
        return "over" if self.last is not None and self.last < today else "now"


@dataclass(frozen=True)
class Line:
    """One line of an account's history."""

    at: datetime
    words: str
    actor: User | None
    reason: str


@dataclass(frozen=True)
class Choice:
    """A unit where a post may be given: what is shown and what is typed."""

    unit_id: int
    level: str
    code: str
    line: str

    @property
    def typed(self) -> str:
        """What stands in the field: the line with the code, from which the unit is found again."""
        return f"{self.line} ({self.code})"


def posts_of(user_ids: Collection[int], within: QuerySet | None = None) -> dict[int, list[PostRow]]:
    """Posts of each of these people, the newest first, their places named as of today; two queries."""
    rows = Post.objects.filter(user_id__in=user_ids).order_by("-valid", "-pk")
    if within is not None:
        rows = rows.filter(place_id__in=within)
    held = list(rows)
    lines = tree.lines_of({post.place_id for post in held}, localdate())
    found: dict[int, list[PostRow]] = defaultdict(list)
    for post in held:
        found[post.user_id].append(_row(post, lines.get(post.place_id, "")))
    return found


def _row(post: Post, line: str) -> PostRow:
    first, last = post.valid.lower, last_day(post.valid)
    return PostRow(
        post.pk, post.user_id, post.role, post.place_id, line, first, last, post.reason, post.end_reason
    )  # fmt: skip


def people_list(manager: User, text: str = "", state: str = "", role: str = "") -> QuerySet[User]:
    """The accounts ``manager`` sees, in the order of names, found without marks; each says its ``state``."""
    found = with_state(people(manager))
    for word in fold(text).split():
        found = found.filter(Q(search_key__contains=word) | Q(username__contains=word))
    if role in Role:
        holders = Post.objects.filter(role=role, valid__contains=localdate())
        found = found.filter(pk__in=holders.values("user_id"))
    if state in STATES:
        found = found.filter(state=state)  # type: ignore[misc]  # annotated
    return found.order_by("sort_key", "pk")


def with_state(users: QuerySet[User]) -> QuerySet[User]:
    """Add ``state``, one of ``STATES``, to each account."""
    mine = Q(user=OuterRef("pk"))
    standing = Post.objects.filter(mine, valid__contains=localdate())
    links = Invitation.objects.filter(mine, used_at=None, cancelled_at=None, expires_at__gt=now())
    return users.annotate(
        state=Case(
            When(is_active=False, then=Value("stopped")),
            When(username=OPERATOR, then=Value("command")),
            When(Exists(links), then=Value("waiting")),
            When(password__startswith="!", then=Value("expired")),
            When(Exists(standing), then=Value("working")),
            default=Value("idle"),
        )
    )


def has_post(user: User) -> bool:
    """Say whether a post of the person holds today; without one only the public site opens."""
    return posts(user).exists()


def history(person: User, limit: int = 50) -> list[Line]:
    """The last acts on the account and its posts, newest first, acts on many included."""
    own = Q(target_type="accounts.user", target_id=str(person.pk))
    many = Q(targets__target_type="accounts.user", targets__target_id=log_id(person))
    entries = Entry.objects.filter(own | many).select_related("actor").order_by("-at", "-pk").distinct()[:limit]
    lines = places_in_words(_post_told(entry)[1] for entry in entries if _post_told(entry)[1])
    return [Line(entry.at, _words(entry, lines), entry.actor, entry.reason) for entry in entries]


def _post_told(entry: Entry) -> tuple[str, int]:
    """Role and place an act was about; ("", 0) when it was about neither."""
    told = entry.after or {}
    return (told["role"], told["place"]) if "role" in told and "place" in told else ("", 0)


def _words(entry: Entry, lines: dict[int, str]) -> str:
    role, place = _post_told(entry)
    words = VERBS.get(entry.verb, entry.verb)
    return f"{words}: {Role(role).label}, {lines.get(place, '')}" if role else words


def choices(manager: User, text: str = "", limit: int = 300) -> list[Choice]:
    """Units where ``manager`` may give posts today, higher levels first; ``text`` narrows them."""
    today = localdate()
    rows = UnitVersion.objects.filter(valid__contains=today, unit_id__in=reach(manager, MANAGE))
    for word in naming.search_key(text).split():
        rows = rows.filter(Q(search_key__contains=word) | Q(code__iexact=word) | Q(code__iexact=text.strip()))
    order = Case(*(When(unit__level=level, then=Value(n)) for n, level in enumerate(Level)))
    found = list(rows.order_by(order, "sort_key").values_list("unit_id", "unit__level", "code")[:limit])
    lines = tree.lines_of({unit_id for unit_id, _, _ in found}, today)
    return [Choice(unit_id, level, code, lines[unit_id]) for unit_id, level, code in found]


def places_in_words(place_ids: Iterable[int]) -> dict[int, str]:
    """Each unit with what it stands under today."""
    return tree.lines_of(set(place_ids), localdate())
