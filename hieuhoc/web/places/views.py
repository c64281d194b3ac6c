"""Reading the places: the catalogue on a day, one unit with its past and its heirs, a commune's villages."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from hieuhoc.accounts.access import can
from hieuhoc.common.dates import vn_date
from hieuhoc.places import tree
from hieuhoc.places.models import Level, UnitVersion
from hieuhoc.registry.models import Model
from hieuhoc.registry.queries import count_by_place
from hieuhoc.registry.workbooks import answer
from hieuhoc.web.places import access, telling
from hieuhoc.web.places.forms import FindForm

HITS = 200
CHILDREN = 100


def day_of(request: HttpRequest) -> date:
    """The day a page is asked for (`?ngay=`), today if none or not a day."""
    return asked(request).day


@dataclass(frozen=True)
class Asked:
    """What is looked for in the catalogue."""

    text: str
    day: date
    level: str
    wrong_day: bool

    def hits(self, limit: int | None) -> list[tuple[tree.Hit, str]]:
        """What is found, each with its line of names."""
        hits = tree.find(self.text, self.day, self.level or None, limit=limit) if self.text else []
        lines = tree.lines_of([hit.unit_id for hit in hits], self.day)
        return [(hit, lines.get(hit.unit_id, hit.name)) for hit in hits]


def asked(request: HttpRequest) -> Asked:
    """Read what was asked; what cannot be read is left out."""
    form = FindForm(request.GET)
    form.is_valid()
    typed = form.cleaned_data
    return Asked(typed.get("q", ""), typed.get("ngay") or localdate(), typed.get("cap", ""), "ngay" in form.errors)


@login_required
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Search the catalogue without marks, on a day; with nothing typed, the provinces of that day."""
    question = asked(request)
    hits = question.hits(HITS + 1)
    shown = {
        "asked": question,
        "levels": Level.choices,
        "hits": hits[:HITS],
        "more": len(hits) > HITS,
        "ended": [] if hits else tree.find_ended(question.text, question.day),
        "provinces": [] if question.text else tree.children(tree.root(), question.day),
        "query": request.GET.urlencode(),
    }
    return render(request, "places/find.html", shown)


@login_required
@require_GET
def export_found(request: HttpRequest) -> HttpResponse:
    """All that is found, as a workbook."""
    hits = asked(request).hits(None)
    headings = ["STT", "Đơn vị", "Mã", "Loại", "Từ ngày", "Đến ngày"]
    rows = [
        [n, line, hit.code, hit.kind, _said(hit.valid_from), _said(hit.valid_to)]
        for n, (hit, line) in enumerate(hits, 1)
    ]
    return answer("Đơn vị hành chính", headings, rows)


def _said(day: date | None) -> str:
    return vn_date(day) if day else ""


@login_required
@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: what it is on the day, what it was, what stands under it, where it came from and went."""
    found, day = access.unit(pk), day_of(request)
    named = tree.versions_of([pk], day)[pk]
    came, went = telling.kin(pk)
    page = Paginator(tree.children(pk, day), CHILDREN).get_page(request.GET.get("trang"))
    shown = {
        "unit": found,
        "named": named,
        "day": day,
        "in_force": tree.exists_on(pk, day),
        "level": Level(found.level).label,
        "crumbs": _crumbs(pk, day, itself=False),
        "versions": _versions(pk),
        "came": came,
        "went": went,
        "heirs": tree.heirs(pk, localdate()) if went else [],
        "children": page,
        "counts": _counts_below(pk, day),
        "may": access.may(request.user, found),
        "keeps_villages": found.level == Level.COMMUNE and can(request.user, "places.villages", pk),
        "history": telling.history(pk) if can(request.user, "audit.read", pk) else None,
    }
    return render(request, "places/unit.html", shown)


def _crumbs(pk: int, day: date, *, itself: bool) -> list[tuple[str, str]]:
    """The line of units above, from the nation down, with their addresses."""
    ids = tree.above(pk, day, itself=itself)
    names = tree.names_of(ids, day)
    return [(names[one], f"{reverse('places:unit', args=[one])}?ngay={day:%Y-%m-%d}") for one in reversed(ids)]


def _versions(pk: int) -> list[tuple[UnitVersion, str]]:
    """The versions of the unit, newest first, each with the name of its parent at its beginning."""
    rows = list(UnitVersion.objects.filter(unit_id=pk).order_by("-valid"))
    names = {}
    for row in rows:
        day = row.valid.lower or date.min
        names[row.pk] = tree.names_of([row.parent_id], day).get(row.parent_id, "") if row.parent_id else ""
    return [(row, names[row.pk]) for row in rows]


def _counts_below(pk: int, day: date) -> list[tuple[str, int]]:
    """How many units of each level stand below on the day."""
    counted = []
    for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, Level.VILLAGE):
        number = tree.below(pk, day, level, itself=False).count()
        if number:
            counted.append((level.label, number))
    return counted


@login_required
@require_GET
def villages(request: HttpRequest, pk: int) -> HttpResponse:
    """The villages of a commune, with what lives there, and the acts of whoever keeps them."""
    commune = access.commune_to_change(request.user, pk)
    today = localdate()
    ended = UnitVersion.objects.filter(parent_id=pk, valid__endswith__lte=today)
    standing = tree.below(pk, today)
    gone = ended.exclude(unit_id__in=standing).order_by("-valid")[:50]
    name = tree.versions_of([pk], today)[pk].in_sentence
    shown = {"commune": commune, "name": name, "rows": _villages(pk), "gone": gone}
    return render(request, "places/villages.html", shown)


def _villages(pk: int) -> list[tuple[UnitVersion, int, int]]:
    """The villages of today with their households and citizens."""
    counts = count_by_place(pk)
    return [
        (row, counts.get((row.unit_id, Model.FAMILY), 0), counts.get((row.unit_id, Model.CITIZEN), 0))
        for row in tree.children(pk, localdate())
    ]


@login_required
@require_GET
def export_villages(request: HttpRequest, pk: int) -> HttpResponse:
    """The villages of a commune as a workbook."""
    access.commune_to_change(request.user, pk)
    rows = [[n, row.name, row.code, *counted] for n, (row, *counted) in enumerate(_villages(pk), 1)]
    return answer(f"Thôn của {tree.name_of(pk, localdate())}", ["STT", "Tên", "Mã", "Hộ", "Công dân"], rows)
