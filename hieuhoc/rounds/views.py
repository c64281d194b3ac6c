"""The rounds of a commune: the list of years, opening one, its settings, closing and opening again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hieuhoc.accounts.access import require_somewhere
from hieuhoc.criteria import queries as criteria
from hieuhoc.places import tree
from hieuhoc.registry import access as reg_access
from hieuhoc.registry.models import Model
from hieuhoc.rounds import access, actions, queries
from hieuhoc.rounds.forms import OpenForm, SettingsForm, usual, version_choices
from hieuhoc.rounds.models import Round

FIELDS = ("area", "register_by", "villages_close_on", "propose_by", "closes_on", "association", "head")


@login_required
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """The years of a commune, the latest first; of all communes within reach for those above communes."""
    require_somewhere(request.user, "round.read")
    commune = reg_access.commune_for(request, "round.read")
    found = queries.of_place(commune) if commune else access.rounds_for(request.user)
    listed = list(queries.with_counts(found)[:500])
    names = tree.lines_of({one.place_id for one in listed}, localdate())
    shown = {
        "rows": [(one, names.get(one.place_id, "")) for one in listed],
        "commune": commune,
        "commune_name": tree.versions_of([commune], localdate())[commune].in_sentence if commune else "",
        "rights": reg_access.rights_within(request.user, commune) if commune else frozenset(),
    }
    return render(request, "rounds/list.html", shown)


@login_required
@require_http_methods(["GET", "POST"])
def open_round(request: HttpRequest) -> HttpResponse:
    """Open a year: days, deciding body, criteria versions; everything is filled in as usual."""
    require_somewhere(request.user, "round.open")
    commune = reg_access.commune_for(request, "round.open")
    if commune is None:
        raise Http404
    named = tree.versions_of([commune], localdate())[commune]
    year = _next_year(commune)
    form = OpenForm(_offered(commune, year), request.POST or None, initial=usual(named.in_sentence, year))
    if request.method == "POST" and form.is_valid():
        opened = _open(form, commune, request.user)
        if opened is not None:
            messages.success(request, f"Đã mở đợt năm {opened.year}. Việc tiếp theo: đăng ký.")
            return redirect("rounds:step", opened.pk, "register")
    shown = {"form": form, "commune": commune, "commune_name": named.in_sentence, **_grouped(form)}
    return render(request, "rounds/open.html", shown, status=422 if form.errors else 200)


def _next_year(commune: int) -> int:
    """This year, or the one after the latest round."""
    latest = queries.of_place(commune).values_list("year", flat=True).first()
    return max(localdate().year, latest + 1) if latest else localdate().year


def _offered(commune: int, year: int) -> dict[str, list[Any]]:
    day = date(year, 12, 31)
    return {model: criteria.published_for(model, commune, day) for model in actions.GRASSROOTS}


def _grouped(form: OpenForm) -> dict[str, list[Any]]:
    """The fields in three groups: who, when, by what."""
    fields = list(form)
    return {
        "who": [one for one in fields if one.name in ("year", "area", "deciding_body", "association", "head")],
        "when": [one for one in fields if one.name.endswith(("_by", "_on"))],
        "by_what": [one for one in fields if one.name.startswith("version_")],
    }


def _open(form: OpenForm, commune: int, user: Any) -> Round | None:
    typed = form.cleaned_data
    try:
        return actions.open_round(
            commune, typed["year"], by=user, versions=form.versions(), days=form.days(), area=typed["area"],
            deciding_body=typed["deciding_body"], association=typed["association"], head=typed["head"],
        )  # fmt: skip
    except actions.Refused as refused:
        form.add_error(None, str(refused))
        return None


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """The days and names of a round, and the criteria version of each model."""
    round_ = access.round_for(request.user, pk, "round.open")
    form = SettingsForm(request.POST or None, initial=_as_it_is(round_))
    if request.method == "POST" and form.is_valid() and _change(request, round_, form):
        return redirect("rounds:settings", pk)
    shown = {
        "round": round_,
        "form": form,
        "commune_name": tree.name_of(round_.place_id, localdate()),
        "models": list(_models(round_)),
        "closed": round_.state != Round.State.OPEN,
    }
    return render(request, "rounds/settings.html", shown, status=422 if form.errors else 200)


def _as_it_is(round_: Round) -> dict[str, Any]:
    bodies = round_.models.values_list("deciding_body", flat=True).first()
    return {key: getattr(round_, key) for key in FIELDS} | {"deciding_body": bodies or ""}


def _change(request: HttpRequest, round_: Round, form: SettingsForm) -> bool:
    """Keep what differs; who decides is an act of its own."""
    typed, was = form.cleaned_data, _as_it_is(round_)
    changed = {key: typed[key] for key in FIELDS if typed[key] != was[key]}

    def acts() -> None:
        if changed:
            actions.change(round_.pk, by=request.user, **changed)
        if typed["deciding_body"] != was["deciding_body"]:
            actions.name_deciding_body(round_.pk, typed["deciding_body"], by=request.user)

    if "area" in changed:
        messages.info(request, "Đã đổi vùng: bấm «Tính lại kết quả» ở bước Đề nghị để áp mốc mới.")
    return _try(request, acts, "Đã lưu cài đặt của đợt.")


def _models(round_: Round) -> Any:
    """Each model with its pinned version, whether it may change, and the field of what may be chosen."""
    pinned = {one.model: one for one in round_.models.select_related("version__set")}
    used = set(round_.dossiers.order_by().values_list("model", flat=True).distinct())
    for model, offered in _offered(round_.place_id, round_.year).items():
        entry = pinned.get(str(model))
        yield str(Model(model).label), str(model), entry, str(model) in used, version_choices(offered)


@login_required
@require_POST
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Pin another criteria version for a model without dossiers."""
    round_ = access.round_for(request.user, pk, "round.open")
    model, version = request.POST.get("model", ""), request.POST.get("version", "")
    offered = {str(one.pk) for one in _offered(round_.place_id, round_.year).get(model, [])}
    if version not in offered:
        raise Http404
    _try(request, lambda: actions.pin(pk, model, int(version), by=request.user), "Đã chọn bộ tiêu chí.")
    return redirect("rounds:settings", pk)


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed year again, with a reason."""
    round_ = access.round_for(request.user, pk, "round.open")
    reason = request.POST.get("reason", "")
    _try(request, lambda: actions.reopen_round(pk, by=request.user, reason=reason), f"Đã mở lại đợt năm {round_.year}.")
    return redirect(reverse("rounds:settings", args=[pk]))


def _try(request: HttpRequest, act: Any, done: str) -> bool:
    """Do the act and say so; what it refuses is said and nothing is changed."""
    try:
        act()
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, done)
    return True
