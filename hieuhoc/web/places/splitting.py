"""Dividing a unit that others stand under: name the parts, say which unit goes where, see the effects, confirm.

Nothing is assumed: every unit below is placed by the person, on the day of the act. The steps travel in the forms, so
that nothing is written before the last one and what was typed is never lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from hieuhoc.common.numbers import vn_int
from hieuhoc.common.text import nfc
from hieuhoc.places import naming, tree
from hieuhoc.places.actions import Opening, Plan, Refused
from hieuhoc.places.models import Level, Unit, UnitVersion
from hieuhoc.registry.models import Model
from hieuhoc.registry.queries import count_by_place
from hieuhoc.web.places import telling
from hieuhoc.web.places.acting import carry_out, planned
from hieuhoc.web.places.forms import ActForm, TidyField

PARTS = range(1, 5)
STAYS = "giu"
CHECK = {"class": "form-check-input"}


class PartsForm(ActForm):
    """The parts one unit becomes, its name, kind and code each, and on what basis."""

    keep = forms.BooleanField(label="Đơn vị cũ vẫn còn, chỉ tách bớt một phần", required=False)

    def __init__(self, level: str, *args: Any, **more: Any) -> None:
        super().__init__(level, *args, **more)
        kinds = [(kind, kind) for kind in naming.KINDS[level]]
        for n in PARTS:
            self.fields[f"name{n}"] = TidyField(label=f"Tên phần {n}", max_length=120, required=False)
            self.fields[f"kind{n}"] = forms.ChoiceField(label=f"Loại phần {n}", choices=kinds, required=False)
            self.fields[f"code{n}"] = TidyField(label=f"Mã phần {n}", max_length=20, required=False)

    @property
    def rows(self) -> list[list[Any]]:
        """The fields of each part, as they stand in the page."""
        return [[self[f"{what}{n}"] for what in ("name", "kind", "code")] for n in PARTS]

    @property
    def rest(self) -> list[Any]:
        """The fields that are not of one part."""
        return [self[name] for name in ("keep", "day", "legal_basis", "reason")]

    def clean(self) -> dict[str, Any]:
        """At least two parts, one if the old unit goes on; each with its code."""
        typed = super().clean() or {}
        parts = [n for n in PARTS if typed.get(f"name{n}")]
        for n in PARTS:
            if typed.get(f"code{n}") and n not in parts:
                self.add_error(f"name{n}", "Có mã mà chưa có tên.")
            elif n in parts and not typed.get(f"code{n}") and f"code{n}" not in self.errors:
                self.add_error(f"code{n}", "Cần ghi mã theo danh mục của Cục Thống kê.")
        if len(parts) < (1 if typed.get("keep") else 2) and not any(f"name{n}" in self.errors for n in PARTS):
            self.add_error(f"name{len(parts) + 1}", "Cần ít nhất hai phần; một phần nếu đơn vị cũ vẫn còn.")
        return typed

    def openings(self) -> list[Opening]:
        """The parts, in the order typed."""
        typed = self.cleaned_data
        return [Opening(typed[f"name{n}"], typed[f"kind{n}"], typed[f"code{n}"]) for n in PARTS if typed[f"name{n}"]]


class ShareForm(forms.Form):
    """Which part each unit below goes to, and which part follows for what stands at the old unit itself."""

    def __init__(self, parts: Sequence[Opening], below: Sequence[UnitVersion], stays: str, *args: Any) -> None:
        super().__init__(*args)
        choices = [(str(at), naming.full(nfc(part.name), part.kind)) for at, part in enumerate(parts)]
        self.below = below
        said = {"required": "Cần chọn một phần."}
        if not stays:
            self.fields["default"] = forms.ChoiceField(
                label="Phần kế thừa mặc định", choices=choices, widget=forms.RadioSelect, error_messages=said
            )
        for one in below:
            self.fields[f"to{one.unit_id}"] = forms.ChoiceField(
                label=one.name,
                choices=[(STAYS, f"ở lại {stays}")] * bool(stays) + choices,
                widget=forms.RadioSelect(attrs=CHECK),
                error_messages=said,
            )

    @property
    def rows(self) -> list[tuple[UnitVersion, Any]]:
        """Each unit below with its field."""
        return [(one, self[f"to{one.unit_id}"]) for one in self.below]

    def act(self) -> dict[str, Any]:
        """The keyword arguments of the act."""
        typed = self.cleaned_data
        chosen = {one.unit_id: typed[f"to{one.unit_id}"] for one in self.below}
        under = {unit_id: int(at) for unit_id, at in chosen.items() if at != STAYS}
        return {"under": under, "default": int(typed.get("default") or 0)}


def split(request: HttpRequest, unit: Unit) -> HttpResponse:
    """The steps of a division; the caller has checked the right."""
    first = PartsForm(unit.level, request.POST or None)
    if request.method != "POST" or "edit" in request.POST or not first.is_valid():
        return _page(request, unit, "split_parts", first)
    named = tree.versions_of([unit.pk], first.cleaned_data["day"])[unit.pk]
    below = list(tree.children(unit.pk, first.cleaned_data["day"]))
    stays = named.in_sentence if first.cleaned_data["keep"] else ""
    answered = request.POST if "share" in request.POST else None
    second = ShareForm(first.openings(), below, stays, answered)
    plan = None
    if "again" not in request.POST and second.is_valid():
        given = _given(first) | second.act()
        plan = _planned(first, unit, given)
        if plan and "confirm" in request.POST and _done(first, unit, given, request.user):
            messages.success(request, plan.effects[0])
            return redirect("places:unit", unit.pk)
    if first.errors:
        return _page(request, unit, "split_parts", first)
    if plan is None:
        return _page(request, unit, "split_share", first, share=second, rows=_rows(unit, second))
    effects = [*plan.effects, *telling.living([one.unit_id for one in plan.ends], plan.day)]
    told = {"share": second, "effects": effects, "parts": _parts(unit, first, second, stays)}
    return _page(request, unit, "split_confirm", first, **told)


def _given(first: PartsForm) -> dict[str, Any]:
    typed = first.cleaned_data
    return {"parts": first.openings(), **{name: typed[name] for name in ("day", "legal_basis", "keep")}}


def _planned(form: PartsForm, unit: Unit, given: dict[str, Any]) -> Plan | None:
    try:
        return planned("split", [unit.pk], given)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def _done(form: PartsForm, unit: Unit, given: dict[str, Any], user: Any) -> bool:
    try:
        carry_out("split", [unit.pk], given, user, form.cleaned_data["reason"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _counted(unit: Unit) -> dict[tuple[int, str], int]:
    return count_by_place(unit.pk) if unit.level == Level.COMMUNE else {}


def _rows(unit: Unit, share: ShareForm) -> list[tuple[UnitVersion, Any, str]]:
    """Each unit below, its field, and what lives there."""
    counts = _counted(unit)
    return [(one, field, _living(counts, [one.unit_id])) for one, field in share.rows]


def _living(counts: dict[tuple[int, str], int], places: Sequence[int]) -> str:
    households, citizens = (sum(counts.get((at, model), 0) for at in places) for model in (Model.FAMILY, Model.CITIZEN))
    return f"{vn_int(households)} hộ, {vn_int(citizens)} công dân" if households or citizens else ""


def _parts(unit: Unit, first: PartsForm, share: ShareForm, stays: str) -> list[tuple[str, list[str], str]]:
    """Each part, the units that go to it and what lives in them; what stays comes last."""
    counts = _counted(unit)
    chosen = {one: share.cleaned_data[f"to{one.unit_id}"] for one in share.below}
    names = [(str(at), naming.full(nfc(one.name), one.kind)) for at, one in enumerate(first.openings())]
    found = []
    for key, name in [*names, *([(STAYS, f"Ở lại {stays}")] if stays else [])]:
        taken = [one for one, at in chosen.items() if at == key]
        found.append((name, [one.name for one in taken], _living(counts, [one.unit_id for one in taken])))
    return found


def _page(request: HttpRequest, unit: Unit, template: str, form: PartsForm, **more: Any) -> HttpResponse:
    named = tree.versions_of([unit.pk], localdate())[unit.pk]
    wrong = bool(form.errors) or bool(more.get("share") and more["share"].errors)
    back = reverse("places:unit", args=[unit.pk])
    shown = {"form": form, "title": f"Tách {named.in_sentence}", "named": named, "back": back} | more
    return render(request, f"places/{template}.html", shown, status=422 if wrong else 200)
