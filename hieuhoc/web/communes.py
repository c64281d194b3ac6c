"""The communes within reach and their year: who has not begun, who is at work, who is late, who has closed.

For those whose post stands above communes. One page is three queries, however many communes there are.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from hieuhoc.accounts.access import giving, reach, require_somewhere
from hieuhoc.common.dates import vn_date
from hieuhoc.common.text import fold
from hieuhoc.dossiers.models import State
from hieuhoc.places import tree
from hieuhoc.places.models import Level, UnitVersion
from hieuhoc.registry.workbooks import answer
from hieuhoc.rounds.models import Round

RIGHT = "round.read"
PER_PAGE = 50
STANDS = {"chua": "Chưa mở đợt", "dang": "Đang làm", "qua": "Quá ngày khóa đợt", "khoa": "Đã khóa đợt"}
HEADINGS = ["STT", "Xã, phường", "Tỉnh", "Đợt", "Ngày khóa đợt", "Đăng ký", "Được công nhận"]


@dataclass(frozen=True)
class Asked:
    """What the list is asked for."""

    year: int
    text: str
    stands: str


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The communes, found by name and by how they stand."""
    require_somewhere(request.user, RIGHT)
    years = years_of(request.user)
    asked = _asked(request, years)
    page = Paginator(found(request.user, asked), PER_PAGE).get_page(request.GET.get("trang"))
    shown = {
        "asked": asked,
        "page": page,
        "rows": rows(list(page.object_list), asked.year),
        "years": [(str(year), str(year)) for year in years],
        "stands": list(STANDS.items()),
        "query": request.GET.urlencode(),
        "today": localdate(),
    }
    return render(request, "web/communes.html", shown)


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list, whole, as a workbook."""
    require_somewhere(request.user, RIGHT)
    asked = _asked(request, years_of(request.user))
    communes = list(found(request.user, asked))
    provinces = tree.names_of({one.parent_id for one in communes if one.parent_id}, localdate())
    lines = [
        [
            n,
            one.name,
            provinces.get(one.parent_id, ""),
            round_.get_state_display() if round_ else STANDS["chua"],
            vn_date(round_.closes_on) if round_ and round_.closes_on else "",
            round_.registered if round_ else None,
            round_.recognised if round_ else None,
        ]
        for n, (one, round_) in enumerate(rows(communes, asked.year), 1)
    ]
    return answer(f"Các xã năm {asked.year}", HEADINGS, lines)


def years_of(user) -> list[int]:
    """The years that have a round within reach, newest first; this year where there is none."""
    here = Round.objects.filter(place_id__in=reach(user, RIGHT))
    return list(here.order_by("-year").values_list("year", flat=True).distinct()) or [localdate().year]


def _asked(request: HttpRequest, years: list[int]) -> Asked:
    year, stands = request.GET.get("nam", ""), request.GET.get("tinh-trang", "")
    wanted = int(year) if year.isdigit() and int(year) in years else years[0]
    return Asked(wanted, request.GET.get("q", "").strip(), stands if stands in STANDS else "")


def found(user, asked: Asked) -> QuerySet[UnitVersion]:
    """The communes of today within reach that fit, in the order of their names."""
    today = localdate()
    within = tree.below_any(giving(user, RIGHT).values("place_id"), today, Level.COMMUNE)
    communes = UnitVersion.objects.filter(unit_id__in=within, valid__contains=today)
    for word in fold(asked.text).split():
        communes = communes.filter(search_key__contains=word)
    year = Round.objects.filter(year=asked.year)
    late = Q(state=Round.State.OPEN, closes_on__lt=today)
    chosen = {
        "dang": year.filter(state=Round.State.OPEN),
        "qua": year.filter(late),
        "khoa": year.filter(state=Round.State.CLOSED),
    }
    if asked.stands in chosen:
        communes = communes.filter(unit_id__in=chosen[asked.stands].values("place_id"))
    if asked.stands == "chua":
        communes = communes.exclude(unit_id__in=year.values("place_id"))
    return communes.order_by("sort_key", "code")


def counted(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """The rounds with how many are registered and recognised."""
    return rounds.annotate(
        registered=Count("dossiers", filter=~Q(dossiers__state=State.WITHDRAWN)),
        recognised=Count("dossiers", filter=Q(dossiers__state=State.RECOGNISED)),
    )


def rows(communes: list[UnitVersion], year: int) -> list[tuple[UnitVersion, Round | None]]:
    """Each commune with its round of the year, if it has one; one query."""
    rounds = Round.objects.filter(year=year, place_id__in=[one.unit_id for one in communes])
    by_place = {one.place_id: one for one in counted(rounds)}
    return [(one, by_place.get(one.unit_id)) for one in communes]
