"""Figures typed in by hand: checked while typing, kept with evidence and "giải trình"; a figure with its history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hieuhoc.figures import access, actions, checking, facts
from hieuhoc.figures.checks import RULES
from hieuhoc.figures.facts import Value
from hieuhoc.figures.forms import FigureForm
from hieuhoc.figures.history import day_of
from hieuhoc.figures.indicators import BY_KEY
from hieuhoc.figures.models import Explanation, Figure, Source
from hieuhoc.figures.views.place import year_of
from hieuhoc.files import delivery
from hieuhoc.places import tree


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Type in what is reported of an indicator; what was reported before fills the form."""
    place = access.place_to_write(request)
    form = FigureForm(request.POST, request.FILES) if request.method == "POST" else _filled(request, place)
    if request.method == "POST" and form.is_valid():
        try:
            made = _report(request, place, form)
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Đã ghi số liệu «{BY_KEY[made.indicator].label}» năm {made.year}.")
            return redirect(f"{reverse('figures:place')}?noi={place}&nam={made.year}")
    found = _findings(place, form) if form.is_bound and form.is_valid() else []
    shown = {"place": place, "name": tree.name_of(place, localdate()), "form": form, "found": found}
    return render(request, "figures/enter.html", shown, status=422 if form.errors else 200)


def _filled(request: HttpRequest, place: int) -> FigureForm:
    """The form for the indicator and year asked for, with what stands."""
    key, year = request.GET.get("ve", ""), year_of(request)
    standing = facts.last_said(place, year, key, Source.REPORTED) if key in BY_KEY else None
    if standing is not None and not standing.withdrawn:
        return FigureForm.of(standing)
    return FigureForm(initial={"indicator": key if key in BY_KEY else None, "year": year})


def _report(request: HttpRequest, place: int, form: FigureForm) -> Figure:
    """Keep the figure and the explanations typed beside what was found."""
    typed = form.cleaned_data
    given = typed.get("file")
    file = (given.read(), given.name or "minh-chung") if given else None
    made = actions.report(
        place, typed["year"], typed["indicator"], form.said, by=request.user, reason=typed["reason"], file=file
    )
    for one in _findings(place, form):
        text = request.POST.get(f"giai-trinh-{one['rule'].name}", "").strip()
        if text and not Explanation.objects.filter(figure=made, rule=one["rule"].name, text=text).exists():
            actions.explain(made.pk, one["rule"].name, text, by=request.user)
    return made


def _findings(place: int, form: FigureForm) -> list[dict[str, Any]]:
    """What the rules find in what is typed, with what was already typed to explain it."""
    typed = form.cleaned_data
    said = {key: value for key, value in form.said.items() if key != "note"}
    if not said:
        return []
    value = Value(place, typed["year"], typed["indicator"], Source.REPORTED, **said)
    return [
        {"rule": checking.BY_NAME[one.rule], "message": one.message,
         "text": form.data.get(f"giai-trinh-{one.rule}", "")}
        for one in checking.findings(place, value, localdate())
    ]  # fmt: skip


@login_required
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """What the rules find in what stands in the form now, as a fragment."""
    place = access.place_to_write(request)
    form = FigureForm(request.POST)
    found = _findings(place, form) if form.is_valid() else []
    return render(request, "figures/findings.html", {"found": found})


@login_required
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """What the checks look for, what to do about each, and what they let pass."""
    return render(request, "figures/rules.html", {"rules": RULES})


@login_required
@require_safe
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """A figure with where it comes from, what the checks say, its explanations, and what stood before and after."""
    held = access.figure_for(request.user, pk)
    shown = {
        "figure": held,
        "indicator": BY_KEY[held.indicator],
        "place_name": tree.line_of(held.place_id, day_of(held.year, localdate())),
        "chain": _chain(held),
        "found": [] if held.withdrawn else _said_of(held),
        "explanations": held.explanations.select_related("given_by").order_by("given_at"),
        "names": {name: rule.title for name, rule in checking.BY_NAME.items()},
        "may_write": access.may_write(request.user, held.place_id),
        "may_open": access.may_open(request.user, held),
        "last": not Figure.objects.filter(corrects=held).exists(),
    }
    return render(request, "figures/figure.html", shown)


@login_required
@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that supports a figure."""
    held = access.figure_for(request.user, pk)
    if held.file is None or not access.may_open(request.user, held):
        raise Http404
    return delivery.shown(held.file)


def _said_of(held: Figure) -> list[dict[str, Any]]:
    """What the rules find in a kept figure."""
    value = Value(
        held.place_id, held.year, held.indicator, held.source, held.total, held.registered, held.count,
        share=held.share, share_of=held.share_of, share_digits=held.share_digits or 0,
        qualifier=held.qualifier, figure=held.pk,
    )  # fmt: skip
    before = {one.pk for one in _chain(held)}
    return [
        {"rule": checking.BY_NAME[one.rule], "message": one.message, "text": ""}
        for one in checking.findings(held.place_id, value, localdate(), before)
    ]


def _chain(held: Figure) -> list[Figure]:
    """Every fact of the same, newest first."""
    same = {name: getattr(held, name) for name in ("place_id", "year", "indicator", "source", "address")}
    return list(Figure.objects.filter(**same).select_related("recorded_by", "file").order_by("-pk"))


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a figure does not hold, with a reason."""
    access.figure_for(request.user, pk, access.WRITE)
    reason = request.POST.get("reason", "")
    return _done(request, pk, lambda: actions.withdraw(pk, by=request.user, reason=reason), "Đã rút số liệu.")


@login_required
@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the "giải trình" of what a check found."""
    access.figure_for(request.user, pk, access.WRITE)
    rule, text = request.POST.get("rule", ""), request.POST.get("text", "")
    if rule not in checking.BY_NAME:
        messages.error(request, "Không rõ lời giải trình này nói về điều gì.")
        return redirect("figures:figure", pk)
    return _done(request, pk, lambda: actions.explain(pk, rule, text, by=request.user), "Đã ghi lời giải trình.")


def _done(request: HttpRequest, pk: int, act: Callable[[], Any], words: str) -> HttpResponse:
    try:
        act()
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect("figures:figure", pk)
