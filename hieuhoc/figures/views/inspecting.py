"""Pages of samples for inspection: draw one, read one, take it to Excel, open a dossier of it."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from hieuhoc.accounts.access import giving, require_somewhere
from hieuhoc.audit.models import Entry
from hieuhoc.common.dates import vn_date
from hieuhoc.common.text import sort_key
from hieuhoc.dossiers.models import Dossier
from hieuhoc.figures import sampling
from hieuhoc.figures.forms import SampleForm
from hieuhoc.places import tree
from hieuhoc.registry import actions as registry
from hieuhoc.registry.models import Model
from hieuhoc.registry.workbooks import answer
from hieuhoc.rounds.models import Round

USUAL = 30
PER_PAGE = 50
HEADINGS = [
    "STT",
    "Đối tượng",
    "Mã",
    "Xã, phường",
    "Thôn, làng",
    "Bước",
    "Kết quả chấm",
    "Tổng điểm",
    "Ghi chú kiểm tra",
]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def samples(request: HttpRequest) -> HttpResponse:
    """The samples drawn so far, and the form that draws another."""
    require_somewhere(request.user, sampling.RIGHT)
    form = SampleForm(request.POST or None, places=places_for(request.user), initial=_start())
    if request.method == "POST" and form.is_valid():
        try:
            made = sampling.draw(form.wish(), by=request.user)
        except sampling.Nothing as nothing:
            form.add_error(None, str(nothing))
        else:
            messages.success(request, f"Đã rút {made.count} hồ sơ.")
            return redirect("figures:sample", made.pk)
    page = Paginator(sampling.samples_for(request.user), PER_PAGE).get_page(request.GET.get("trang"))
    names = tree.names_of({one.place_id for one in page}, localdate())
    shown = {"form": form, "page": page, "rows": [(one, names.get(one.place_id, ""), _asked(one)) for one in page]}
    return render(request, "figures/samples.html", shown, status=422 if form.errors else 200)


def _start() -> dict[str, Any]:
    year = Round.objects.order_by("-year").values_list("year", flat=True).first() or localdate().year
    return {"year": year, "size": USUAL, "seed": str(secrets.randbelow(900_000) + 100_000)}


def places_for(user: Any) -> dict[int, str]:
    """Where the person may draw: the places of the posts and the units right below them."""
    today = localdate()
    found: dict[int, str] = {}
    for place_id in giving(user, sampling.RIGHT).values_list("place_id", flat=True):
        found[place_id] = tree.name_of(place_id, today)
        found |= {row.unit_id: row.name for row in tree.children(place_id, today)}
    return found


def _asked(sample: Entry) -> dict[str, Any]:
    """What was asked for, in words."""
    after = sample.after or {}
    return after | {"model": Model(after["model"]).label, "states": sampling.STATES[after["states"]][0]}


@login_required
@require_safe
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """One sample: what was asked, of how many, and the dossiers drawn."""
    drawn = sampling.sample_for(request.user, pk)
    rows = _rows(drawn)
    place = tree.name_of(drawn.place_id or 0, localdate())
    shown = {"sample": drawn, "asked": _asked(drawn), "place": place, "rows": rows}
    return render(request, "figures/sample.html", shown)


def _rows(drawn: Entry) -> list[tuple[Dossier, str, str]]:
    """Each dossier with its commune and village, in the order of their names."""
    dossiers = list(sampling.dossiers_of(drawn))
    ids = {one.place_id for one in dossiers} | {one.round.place_id for one in dossiers}
    names = tree.names_of(ids, localdate())
    rows = [(one, names[one.round.place_id], _village(one, names)) for one in dossiers]
    return sorted(rows, key=lambda row: (sort_key(row[1]), sort_key(row[2]), row[0].subject.sort_key))


def _village(one: Dossier, names: dict[int, str]) -> str:
    return names[one.place_id] if one.place_id != one.round.place_id else ""


@login_required
@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The sample as a workbook, with room for what the inspection finds."""
    drawn = sampling.sample_for(request.user, pk)
    asked = _asked(drawn)
    rows = [
        [n, one.subject.name, one.subject.code, commune, village, one.get_state_display(), one.get_outcome_display(),
         one.total, ""]
        for n, (one, commune, village) in enumerate(_rows(drawn), 1)
    ]  # fmt: skip
    said = f"Mẫu kiểm tra {asked['year']} số {asked['seed']} ngày {vn_date(drawn.at.date())}".replace("/", "-")
    return answer(said, HEADINGS, rows)


@login_required
@require_safe
def look(request: HttpRequest, pk: int, dossier: UUID) -> HttpResponse:
    """Open a dossier of the sample; the look leaves a line at the subject."""
    drawn = sampling.sample_for(request.user, pk)
    found = sampling.dossiers_of(drawn).filter(pk=dossier).first()
    if found is None:
        raise Http404
    registry.look(found.subject, by=request.user)
    return redirect("dossiers:one", found.pk)
