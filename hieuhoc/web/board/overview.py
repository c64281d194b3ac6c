"""The short board of province, nation and inspection: which communes are at work and which are late."""

from __future__ import annotations

from django.db.models import Count as Number
from django.db.models import Max, Q
from django.utils.timezone import localdate

from hieuhoc.accounts.access import giving, reach
from hieuhoc.accounts.models import Role, User
from hieuhoc.common.numbers import vn_int
from hieuhoc.figures.sampling import RIGHT, samples_for
from hieuhoc.places import tree
from hieuhoc.places.models import Level
from hieuhoc.rounds.models import Round
from hieuhoc.web.board.shape import Board, Commune, Task, joined, some
from hieuhoc.web.communes import counted
from hieuhoc.web.links import link
from hieuhoc.web.posts import Held

SHOWN = 20


def board(user: User, post: Held) -> Board:
    """Rounds of the newest year within reach: late ones first, the sample to draw, who has not begun."""
    here = Round.objects.filter(place_id__in=reach(user, "round.read"))
    today = localdate()
    year = here.aggregate(year=Max("year"))["year"] or today.year
    late = Q(state=Round.State.OPEN, closes_on__lt=today)
    sums = here.filter(year=year).aggregate(
        open=Number("pk", filter=Q(state=Round.State.OPEN)),
        closed=Number("pk", filter=Q(state=Round.State.CLOSED)),
        late=Number("pk", filter=late),
    )
    communes = tree.below(post.place_id, today, Level.COMMUNE).count()
    idle = communes - sums["open"] - sums["closed"]
    shown = _communes(here.filter(year=year))
    return Board(
        title="Việc cần làm",
        lead=f"{post.place_name}, năm {year}: {vn_int(sums['closed'])} xã đã khóa đợt, "
        f"{vn_int(sums['open'])} xã đang làm, {vn_int(idle)} xã chưa mở đợt.",
        tasks=_tasks(user, post, year, sums["late"], idle, shown),
        communes=shown,
        quiet="Không có xã nào quá hạn; mọi xã đã mở đợt xét.",
        more_url=link("web:communes"),
    )


def _communes(rounds) -> tuple[Commune, ...]:
    """The rounds that should be looked at first: open before closed, the earliest day first; two queries."""
    found = list(counted(rounds).order_by("-state", "closes_on", "pk")[:SHOWN])
    names = tree.names_of([one.place_id for one in found], localdate())
    return tuple(
        Commune(
            names.get(one.place_id, ""),
            link("rounds:round", one.pk),
            one.state,
            one.get_state_display(),
            one.closes_on,
            one.registered,
            one.recognised,
        )
        for one in found
    )


def _tasks(user: User, post: Held, year: int, late: int, idle: int, shown: tuple[Commune, ...]) -> tuple[Task, ...]:
    today = localdate()
    behind = [one for one in shown if one.state == Round.State.OPEN and one.day and one.day < today]
    look = "Kiểm tra" if post.role == Role.INSPECTOR else "Xem"
    return some(
        Task(
            "due",
            "Xã quá ngày khóa đợt xét",
            link("web:communes", **{"nam": year, "tinh-trang": "qua"}),
            look,
            late,
            joined(one.name for one in behind),
        ),
        _sample(user, year),
        Task(
            "wrong",
            f"Xã chưa mở đợt xét năm {year}",
            link("web:communes", **{"nam": year, "tinh-trang": "chua"}),
            "Xem danh sách",
            idle,
            "Chưa có đợt xét thì chưa đăng ký và chấm điểm được; nên nhắc xã mở đợt.",
        ),
    )


def _sample(user: User, year: int) -> Task | None:
    """The year's sample for inspection, until there is one."""
    if not giving(user, RIGHT).exists() or samples_for(user).filter(after__year=year).exists():
        return None
    return Task(
        "due",
        f"Rút mẫu hồ sơ để kiểm tra năm {year}",
        link("figures:samples"),
        "Rút mẫu",
        text="Chọn địa bàn và số hồ sơ; danh sách rút ngẫu nhiên, rút lại được, có tệp Excel để mang đi.",
    )
