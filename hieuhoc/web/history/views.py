"""The act log of a place: who did what, on what, when and why; found by room, person and day."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from hieuhoc.accounts.access import reach
from hieuhoc.audit.models import Entry
from hieuhoc.common.fields import DayField
from hieuhoc.common.text import fold
from hieuhoc.places import tree
from hieuhoc.registry.workbooks import answer
from hieuhoc.web.history.words import ROOMS, said
from hieuhoc.web.templatetags.vietnamese import vn_date as vn_moment

PAGE = 50
LONGEST = 50_000
HEADINGS = ["STT", "Lúc", "Người làm", "Việc", "Số mục", "Nơi", "Lý do"]


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """The acts within reach, newest first."""
    page = Paginator(_found(request), PAGE).get_page(request.GET.get("trang"))
    names = tree.names_of({entry.place_id for entry in page}, localdate())
    for entry in page:
        entry.words = said(entry.verb)
        entry.where = names.get(entry.place_id, "")
    asked = {key: request.GET.get(key, "") for key in ("q", "phong", "ngay")}
    shown = {"page": page, "rooms": list(ROOMS.items()), "asked": asked, "query": request.GET.urlencode()}
    return render(request, "history/list.html", shown)


@login_required
def export(request: HttpRequest) -> HttpResponse:
    """The same lines as a workbook, the newest first, as many as a sheet is good for."""
    found = list(_found(request)[:LONGEST])
    names = tree.names_of({entry.place_id for entry in found}, localdate())
    rows = [
        [n, vn_moment(one.at), one.actor.full_name if one.actor else "Hệ thống", said(one.verb), one.count,
         names.get(one.place_id, ""), one.reason]
        for n, one in enumerate(found, 1)
    ]  # fmt: skip
    return answer("Nhật ký", HEADINGS, rows)


def _found(request: HttpRequest) -> QuerySet[Entry]:
    """The acts within reach that fit, newest first; 404 for who may read none."""
    within = reach(request.user, "audit.read")
    if not within.exists():
        raise Http404
    found = narrowed(Entry.objects.filter(place_id__in=within), request)
    return found.select_related("actor").order_by("-at", "-pk")


def narrowed(entries: QuerySet[Entry], request: HttpRequest) -> QuerySet[Entry]:
    """Keep what the filters ask for; a filter that makes no sense is left out."""
    room, person, day = (request.GET.get(key, "").strip() for key in ("phong", "q", "ngay"))
    if room in ROOMS:
        entries = entries.filter(verb__startswith=f"{room}.")
    for word in fold(person).split():
        entries = entries.filter(actor__search_key__contains=word)
    try:
        on = DayField(required=False).clean(day)
    except ValidationError:
        return entries
    return entries.filter(at__date=on) if on else entries
