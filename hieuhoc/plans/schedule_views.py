"""What is due and when: the list by quarter, the months, the workbook, the calendar file and its secret address."""

from __future__ import annotations

from calendar import Calendar
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from hieuhoc.common.dates import vn_date
from hieuhoc.files.delivery import attachment
from hieuhoc.places import tree
from hieuhoc.plans import access, actions, feeds, monthly, queries, schedule
from hieuhoc.plans.models import Progress
from hieuhoc.plans.schedule import Occurrence
from hieuhoc.plans.timetable import ROMAN
from hieuhoc.registry.workbooks import answer

LATE, PAGE = "late", 100
FEW = 40  # in the months, where three stand side by side
STATES = [(LATE, "Quá hạn"), *Progress.State.choices]
HEADINGS = ("STT", "Việc", "Nhiệm vụ", "Thời gian", "Hạn", "Tình hình", "Kế hoạch", "Với địa phương", "Phụ trách",
            "Trạng thái", "Ghi chú")  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What a reader asks of the list."""

    year: int
    quarter: int = 0
    state: str = ""
    plan: int = 0
    own: bool = False
    pressing: bool = False

    @classmethod
    def of(cls, query: QueryDict, today: date) -> Asked:
        """From the address; what makes no sense is left out."""
        state = query.get("trang-thai", "")
        return cls(
            _number(query.get("nam"), 2000, 2100) or today.year, _number(query.get("quy"), 1, 4),
            state if state in dict(STATES) else "", _number(query.get("ke-hoach"), 1, 2**62),
            query.get("cua") == "minh", query.get("xem") == "can-lam",
        )  # fmt: skip

    def years(self, today: date) -> set[int]:
        """The years to look through."""
        return schedule.pressing_years(today) if self.pressing else {self.year}

    def kept(self, found: Sequence[Occurrence], today: date) -> list[Occurrence]:
        """Those that fit."""
        rows = schedule.pressing(found, today) if self.pressing else found
        return [one for one in rows if self._fits(one, today)]

    def _fits(self, one: Occurrence, today: date) -> bool:
        if self.plan and one.activity.plan_id != self.plan:
            return False
        if (self.quarter and one.period.quarter != self.quarter) or (self.own and not _own(one)):
            return False
        return not self.state or (one.late(today) if self.state == LATE else one.state == self.state)


def _number(text: str | None, least: int, most: int) -> int:
    """The number in an address; 0 for none and for one that is out of bounds."""
    return int(text) if text and text.isascii() and text.isdigit() and least <= int(text) <= most else 0


def _own(one: Occurrence) -> bool:
    return one.reach is not None and one.reach.own


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The activities that bind the place, late ones first, then by quarter."""
    place, today = access.place_for(request), localdate()
    asked = Asked.of(request.GET, today)
    reaches = queries.reaching([place], today)[place]
    found = schedule.of_place(place, asked.years(today), today, reaches)
    kept = sorted(asked.kept(found, today), key=lambda one: not one.late(today))
    page = Paginator(kept, PAGE).get_page(request.GET.get("trang"))
    name = tree.name_of(place, today)
    if "excel" in request.GET:
        return _workbook(asked, kept, today)
    shown = {
        "place": place, "place_name": name, "asked": asked, "page": page,
        "sections": _sections(page.object_list, kept, asked, today),
        "number": len(kept), "late": sum(one.late(today) for one in kept), "empty": not found,
        "years": [(year, year) for year in sorted({asked.year, *schedule.years_of(reaches, today)})], "states": STATES,
        "quarters": [(number, f"Quý {ROMAN[number]}") for number in range(1, 5)],
        "plans": list(dict.fromkeys((one.activity.plan_id, one.source) for one in found)),
        "query": _without(request.GET, "trang"), "may_write": access.may_write(request.user, place),
        "feed": _address(request, place),
    }  # fmt: skip
    return render(request, "plans/schedule.html", shown)


def _without(query: QueryDict, key: str) -> str:
    left = query.copy()
    left.pop(key, None)
    return left.urlencode()


def _address(request: HttpRequest, place: int) -> str:
    """The person's secret address, if there is one."""
    feed = feeds.standing(place, request.user.pk)
    return request.build_absolute_uri(reverse("plans:feed", args=[feeds.token_of(feed)])) if feed else ""


def _sections(
    rows: Iterable[Occurrence], everything: Iterable[Occurrence], asked: Asked, today: date
) -> list[tuple[str, str, int, list[Occurrence]]]:
    """(key, title, how many on all pages, rows of this one): what is late, then by quarter, then what has no day."""

    def part(one: Occurrence) -> str:
        if one.late(today):
            return LATE
        return "soon" if asked.pressing else f"q{one.period.quarter}"

    numbers, parts = Counter(map(part, everything)), defaultdict(list)
    for one in rows:
        parts[part(one)].append(one)
    quarters = {f"q{number}": f"Quý {ROMAN[number]}/{asked.year}" for number in range(1, 5)}
    titles = {LATE: "Quá hạn", "soon": "Đến hạn trong 30 ngày", **quarters, "q0": "Không có ngày hạn"}
    return [(key, title, numbers[key], parts[key]) for key, title in titles.items() if key in parts]


def standing_words(one: Occurrence, today: date) -> str:
    """Where it stands against its day, in words: "quá hạn 12 ngày"."""
    if one.due is None:
        return "không có ngày hạn"
    if one.state not in schedule.OPEN:
        return one.state_words.lower()
    left = (one.due - today).days
    if left == 0:
        return "hạn hôm nay"
    if left > 0:
        return f"còn {left} ngày"
    return f"quá hạn {-left} ngày" if one.late(today) else "đã qua hạn"


def _workbook(asked: Asked, found: Sequence[Occurrence], today: date) -> HttpResponse:
    rows = [
        (
            number, one.activity.text, one.activity.task, one.period.words, vn_date(one.due) if one.due else "",
            standing_words(one, today), one.source, one.part_words, one.responsible, one.state_words,
            _noted(one),
        )
        for number, one in enumerate(found, 1)
    ]  # fmt: skip
    return answer("Việc cần làm" if asked.pressing else f"Lịch việc {asked.year}", HEADINGS, rows)


def _noted(one: Occurrence) -> str:
    """What the place noted, and what those before it recorded, each by its name."""
    earlier = [f"{said.name}: {said.words}" for said in one.before]
    return "; ".join(filter(None, (one.progress.note if one.progress else "", *earlier)))


@login_required
@require_safe
def months(request: HttpRequest) -> HttpResponse:
    """A quarter, or one month of it, as a calendar."""
    place, today = access.place_for(request), localdate()
    year = _number(request.GET.get("nam"), 2000, 2100) or today.year
    month = _number(request.GET.get("thang"), 1, 12)
    quarter = (month + 2) // 3 if month else _number(request.GET.get("quy"), 1, 4) or (today.month + 2) // 3
    found = monthly.of_months(place, year, set(_months(quarter, month)), today)
    page = Paginator(range(found.number), FEW).get_page(request.GET.get("trang"))
    rows = found.page(page.start_index() - 1, FEW) if found.number else []
    pages = _pages(found.by_day)
    shown = {
        "place": place, "place_name": tree.name_of(place, today), "year": year, "quarter": quarter, "month": month,
        "roman": ROMAN[quarter], "number": found.number, "page": page, "query": _without(request.GET, "trang"),
        "months": [_month(year, each, found.by_day, pages, rows) for each in _months(quarter, month)],
        "before": _moved(year, quarter, -1), "after": _moved(year, quarter, 1),
        "each": range(3 * quarter - 2, 3 * quarter + 1),
    }  # fmt: skip
    return render(request, "plans/months.html", shown)


def _pages(by_day: dict[date, int]) -> dict[date, int]:
    """On which page the list of each day begins."""
    found, before = {}, 0
    for day in sorted(by_day):
        found[day] = before // FEW + 1
        before += by_day[day]
    return found


def _months(quarter: int, month: int) -> Iterable[int]:
    return [month] if month else range(3 * quarter - 2, 3 * quarter + 1)


def _moved(year: int, quarter: int, by: int) -> tuple[int, int, str]:
    """The quarter before or after, with its name."""
    at = year * 4 + quarter - 1 + by
    return at // 4, at % 4 + 1, f"Quý {ROMAN[at % 4 + 1]}/{at // 4}"


def _month(
    year: int, month: int, by_day: dict[date, int], pages: dict[date, int], rows: Iterable[Occurrence]
) -> dict[str, Any]:  # fmt: skip
    """The weeks of a month, Monday first, each day with how many are due on it and where they are listed; the days of
    other months are None. Of the list what stands on this page.
    """
    weeks = [
        [(day, by_day.get(day, 0), pages.get(day, 1)) if day.month == month else None for day in week]
        for week in Calendar().monthdatescalendar(year, month)
    ]
    due: dict[date, list[Occurrence]] = defaultdict(list)
    for one in rows:
        if one.due and one.due.month == month:
            due[one.due].append(one)
    number = sum(count for day, count in by_day.items() if day.month == month)
    return {"number": month, "year": year, "weeks": weeks, "due": list(due.items()), "count": number}


@login_required
@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """The calendar as a file, once."""
    place = access.place_for(request)
    return attachment(_calendar(request, place), "lich-ke-hoach.ics")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar under its secret address, for programs that cannot sign in."""
    found = access.feed_for(token)
    made = HttpResponse(_calendar(request, found.place_id), content_type="text/calendar; charset=utf-8")
    made["Cache-Control"], made["X-Robots-Tag"] = "private, no-cache", "noindex"
    made["X-Content-Type-Options"] = "nosniff"
    return made


def _calendar(request: HttpRequest, place: int) -> bytes:
    """From the year before to the year after: what is further off is not yet planned for."""
    today = localdate()
    found = schedule.of_place(place, {today.year - 1, today.year, today.year + 1}, today)
    name = f"Kế hoạch khuyến học, {tree.name_of(place, today)}"
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname or "hieuhoc"

    def link(one: Occurrence) -> str:
        return request.build_absolute_uri(
            reverse("plans:occurrence", args=[place, one.activity.pk, one.period.key])
        )  # fmt: skip

    return feeds.calendar(name, found, host, link)


@login_required
@require_POST
def open_feed(request: HttpRequest) -> HttpResponse:
    """Give the reader a new secret address; the one before stops."""
    place = access.place_for(request)
    actions.open_feed(place, by=request.user)
    messages.success(request, "Đã cấp địa chỉ lịch. Ai có địa chỉ này đều đọc được lịch; không gửi cho người khác.")
    return redirect(f"{reverse('plans:schedule')}?noi={place}#dien-thoai")


@login_required
@require_POST
def close_feed(request: HttpRequest) -> HttpResponse:
    """Stop the reader's secret address."""
    place = access.place_for(request)
    actions.close_feed(place, by=request.user)
    messages.success(request, "Địa chỉ lịch đã ngừng: điện thoại nào còn dùng sẽ không nhận lịch nữa.")
    return redirect(f"{reverse('plans:schedule')}?noi={place}#dien-thoai")
