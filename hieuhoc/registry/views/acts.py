"""Acts on one subject: add, correct, move, close, reopen, keep a citizen number."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hieuhoc.accounts.access import require_somewhere
from hieuhoc.places.models import Level, Unit
from hieuhoc.registry import access, actions, wording
from hieuhoc.registry.forms import CitizenNumberForm, CorrectForm, MoveForm, ReasonForm, SubjectForm
from hieuhoc.registry.models import Model, Subject
from hieuhoc.registry.views.record import record

AT_COMMUNE = {Model.ORGANISATION, Model.CLAN}
PEOPLE = {Model.FAMILY, Model.CITIZEN}


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, model: str = Model.FAMILY) -> HttpResponse:
    """Add a subject by hand."""
    require_somewhere(request.user, "registry.write")
    commune = access.commune_for(request, "registry.write")
    if model not in wording.TABS or commune is None:
        raise Http404
    places = places_of(request, commune, model)
    number = model in PEOPLE and "registry.identity" in access.rights_within(request.user, commune)
    start = {"place": request.GET.get("thon")}
    form = SubjectForm(model, request.POST or None, places=places, number=number, initial=start)
    if request.method == "POST" and form.is_valid():
        made = _try(form, lambda: _add(form, commune, request.user))
        if made is not None:
            undo = reverse("registry:undo_add", args=[made.pk])
            said = f"Đã thêm {wording.ONE[Model(model)]} «{made.name}»."
            messages.success(request, said, extra_tags=f"undo:{undo}")
            if "again" in request.POST:
                return redirect(f"{reverse('registry:add', args=[model])}?xa={commune}&thon={made.place_id}")
            return redirect("registry:one", made.pk)
    shown = {"form": form, "model": model, "one": wording.ONE[Model(model)], "tabs": wording.TABS, "commune": commune}
    return render(request, "registry/add.html", shown, status=422 if form.errors else 200)


@login_required
@require_POST
def undo_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take out what was added by mistake; without a reason it is the undo of a moment ago."""
    subject = access.subject_for(request.user, pk, "registry.write")
    try:
        actions.undo_add(pk, by=request.user, reason=request.POST.get("reason", "").strip() or "Hoàn tác")
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return redirect("registry:one", pk)
    messages.success(request, f"Đã bỏ «{subject.name}» khỏi danh sách.")
    return redirect(f"{reverse('registry:list')}?loai={subject.model}&xa={subject.commune_id}")


def places_of(request: HttpRequest, commune: int, model: str) -> dict[int, str]:
    """Where a subject of the model may be added: the villages, and the commune for what may stand above them."""
    places = access.places_for(request.user, commune, "registry.write")
    if model in AT_COMMUNE or not Unit.objects.filter(pk__in=places, level=Level.VILLAGE).exists():
        return places
    return {pk: name for pk, name in places.items() if pk != commune}


def _add(form: SubjectForm, commune: int, user: Any) -> Subject:
    """The subject and, where one was typed, its citizen number: both or neither."""
    typed = form.cleaned_data
    return actions.add(
        form.model,
        place_id=typed["place"],
        commune_id=commune,
        name=typed["name"],
        details=form.details(),
        code=typed.get("code", ""),
        phone=typed["phone"],
        citizen_number=typed.get("cccd") or "",
        by=user,
    )


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct what is known of a subject, with a reason."""
    subject = access.subject_for(request.user, pk, "registry.write")
    form = CorrectForm(subject, request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        details = form.details(subject.details)
        done = _try(
            form,
            lambda: actions.correct(
                pk, name=typed["name"], details=details, code=typed.get("code", subject.code),
                phone=typed["phone"], by=request.user, reason=typed["reason"],
            ),
        )  # fmt: skip
        if done is not None:
            messages.success(request, f"Đã sửa «{done.name}».")
            return redirect("registry:one", pk)
    shown = {"form": form, "subject": subject, "one": wording.ONE[Model(subject.model)]}
    return render(request, "registry/correct.html", shown, status=422 if form.errors else 200)


@login_required
@require_POST
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move a subject to another village of its commune."""
    subject = access.subject_for(request.user, pk, "registry.write")
    places = access.places_for(request.user, subject.commune_id, "registry.write")
    form = MoveForm(request.POST, places=places)
    if form.is_valid():
        to, reason = form.cleaned_data["place"], form.cleaned_data["reason"]
        done = _try(form, lambda: actions.move(pk, place_id=to, by=request.user, reason=reason))
        if done is not None:
            messages.success(request, f"Đã chuyển «{subject.name}» đến {places[to]}.")
            return redirect("registry:one", pk)
    return _again(request, subject, move_form=form)


@login_required
@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a subject, with a reason and an undo."""
    subject = access.subject_for(request.user, pk, "registry.write")
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if form.is_valid() and _try(form, lambda: actions.close(pk, by=request.user, reason=reason) or True):
        undo = reverse("registry:reopen", args=[pk])
        messages.success(request, f"Đã đóng «{subject.name}».", extra_tags=f"undo:{undo}")
        return redirect("registry:one", pk)
    return _again(request, subject, close_form=form)


@login_required
@require_POST
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a close back; without a reason it is the undo of a moment ago."""
    subject = access.subject_for(request.user, pk, "registry.write")
    try:
        actions.reopen(pk, by=request.user, reason=request.POST.get("reason", "").strip() or "Hoàn tác")
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Đã mở lại «{subject.name}».")
    return redirect("registry:one", pk)


@login_required
@require_POST
def set_number(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep a citizen number, or forget it when the field was left empty."""
    subject = access.subject_for(request.user, pk, "registry.identity")
    form = CitizenNumberForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data["cccd"]
        done = _try(form, lambda: actions.set_citizen_number(pk, typed, by=request.user) or True)
        if done:
            messages.success(request, "Đã giữ số căn cước." if typed else "Đã xóa số căn cước.")
            return redirect("registry:one", pk)
    return _again(request, subject, set_number_form=form)


def _try(form: Any, act: Any) -> Any:
    """Do the act; what it refuses becomes a sentence on the form, and nothing typed is lost."""
    try:
        return act()
    except actions.Refused as refused:
        form.add_error(None, str(refused))
        return None


def _again(request: HttpRequest, subject: Subject, **forms: Any) -> HttpResponse:
    """The record again, with the form that was refused open and as it was typed."""
    page = record(request, subject) | forms | {"opened": next(iter(forms))}
    return render(request, "registry/one.html", page, status=422)
