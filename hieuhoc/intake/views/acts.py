"""Acts on one file: correct columns, read as another kind, open villages, apply, undo, set aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hieuhoc.common.numbers import vn_int
from hieuhoc.files import store
from hieuhoc.intake import access, actions, page, wording
from hieuhoc.intake import jobs as long_work
from hieuhoc.intake.views.one import shown
from hieuhoc.sheets.guess import ANY
from hieuhoc.sheets.models import Import, State

AT_ONCE = "Hoàn tác ngay sau khi ghi"


@login_required
@require_POST
def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read the file again with the columns a person chose; htmx gets the file's part of the page."""
    made = access.import_for(request.user, pk)
    chosen = page.corrections(made, request.POST)
    return _tried(request, pk, lambda: chosen and actions.remap(pk, chosen, by=request.user))


@login_required
@require_POST
def kind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read the file again as another kind or for another year; one already applied is read as a file of its own."""
    made = access.import_for(request.user, pk)
    asked, typed = request.POST.get("kind", ""), request.POST.get("nam", "")
    wanted = asked if asked in wording.LABELS else ANY
    year = int(typed) if typed.isdigit() and len(typed) == 4 else None
    if made.state != State.APPLIED:
        return _tried(request, pk, lambda: actions.read_as(pk, wanted, by=request.user, year=year))
    return _as_well(request, made, wanted)


def _as_well(request: HttpRequest, made: Import, wanted: str) -> HttpResponse:
    """The same bytes read for the other list they hold."""
    commune = made.place_id or 0
    before = access.same_file(commune, made.file.sha256, made.year, wanted)
    if before is None:
        before = actions.check_file(
            store.read(made.file), made.file.name, wanted, commune_id=commune, by=request.user, year=made.year
        )
    return redirect("intake:one", before.pk)


@login_required
@require_POST
def villages(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open villages the file names and the commune lacks."""
    access.import_for(request.user, pk)
    chosen = request.POST.getlist("thon")

    def act() -> None:
        actions.open_villages(pk, chosen, by=request.user)
        messages.success(request, f"Đã mở {vn_int(len(chosen))} thôn và đọc lại tệp.")

    return _tried(request, pk, act)


@login_required
@require_POST
def apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the good rows into the registers: at once, or as long work when they are many."""
    made = access.import_for(request.user, pk)

    def act() -> None:
        after = actions.apply(pk, by=request.user)
        words = f"Đã ghi {vn_int(after.ok)} dòng vào sổ."
        messages.success(request, words, extra_tags=f"undo:{reverse('intake:undo', args=[pk])}")

    def queue() -> None:
        long_work.start(made, by=request.user)

    many = made.records > long_work.MANY and made.state != State.APPLIED
    return _tried(request, pk, queue if many else act)


@login_required
@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what the file did; without a reason it is the undo of a moment ago."""
    access.import_for(request.user, pk)
    reason = request.POST.get("reason", "").strip() or AT_ONCE

    def act() -> None:
        actions.undo(pk, by=request.user, reason=reason)
        messages.success(request, "Đã hoàn tác: sổ đăng ký và hồ sơ trở lại như trước khi ghi tệp này.")

    return _tried(request, pk, act)


@login_required
@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set a file aside that has changed nothing."""
    made = access.import_for(request.user, pk)
    try:
        actions.discard(pk, by=request.user)
    except actions.Refused as problem:
        messages.error(request, str(problem))
        return redirect("intake:one", pk)
    messages.success(request, f"Đã bỏ tệp «{made.file.name}» khỏi danh sách.")
    return redirect(f"{reverse('intake:list')}?xa={made.place_id}")


def _tried(request: HttpRequest, pk: UUID, act: Callable[[], Any]) -> HttpResponse:
    """Do it and show the file; a refusal is a sentence, and nothing was changed."""
    try:
        act()
    except actions.Refused as problem:
        messages.error(request, str(problem))
    if request.headers.get("HX-Request"):
        return render(request, "intake/_file.html", shown(request, access.import_for(request.user, pk)))
    return redirect("intake:one", pk)
