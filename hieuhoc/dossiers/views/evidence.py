"""Evidence: attached, taken away, and served so that a browser does nothing with it but show it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hieuhoc.dossiers import access, actions
from hieuhoc.dossiers.forms import EvidenceForm
from hieuhoc.dossiers.models import Dossier
from hieuhoc.dossiers.views.one import shown
from hieuhoc.files import delivery, store
from hieuhoc.rounds import queries as rounds


@login_required
@require_POST
def attach(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Attach several files; each that is refused is said by its name, the others are kept."""
    dossier = access.dossier_for(request.user, pk)
    criteria = rounds.criteria_of(dossier.round_id, dossier.model)
    form = EvidenceForm(criteria, request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, dossier, form)
    kept, problems = _keep(request, dossier, form.cleaned_data)
    if kept:
        messages.success(request, f"Đã thêm {kept} minh chứng.")
    if problems:
        for sentence in problems:
            form.add_error("file", sentence)
        return _again(request, access.dossier_for(request.user, pk), form)
    return redirect("dossiers:one", pk)


def _keep(request: HttpRequest, dossier: Dossier, typed: dict[str, Any]) -> tuple[int, list[str]]:
    kept, problems = 0, []
    if not typed["file"]:
        return _cite(request, dossier, typed)
    for file in typed["file"]:
        try:
            if file.size > store.LIMIT:
                raise store.Refused(f"Tệp «{file.name}» lớn hơn {store.LIMIT // 1024 // 1024} MB.")
            actions.attach(
                dossier.pk, file.read(), file.name, by=request.user, indicator=typed["indicator"], note=typed["note"]
            )
        except (store.Refused, actions.Refused) as refused:
            problems.append(str(refused))
        else:
            kept += 1
    return kept, problems


def kept_files(request: HttpRequest, dossier: Dossier, note: str) -> None:
    """Keep the files sent with a form as evidence of the whole dossier; what is refused is said."""
    sent = {"file": request.FILES.getlist("file"), "indicator": "", "note": note}
    kept, problems = _keep(request, dossier, sent) if sent["file"] else (0, [])
    if kept:
        messages.info(request, f"Đã kèm {kept} minh chứng.")
    for sentence in problems:
        messages.error(request, f"Điểm đã lưu, tệp kèm theo thì chưa: {sentence}")


def _cite(request: HttpRequest, dossier: Dossier, typed: dict[str, Any]) -> tuple[int, list[str]]:
    try:
        actions.cite(dossier.pk, typed["note"], by=request.user, indicator=typed["indicator"])
    except actions.Refused as refused:
        return 0, [str(refused)]
    return 1, []


def _again(request: HttpRequest, dossier: Dossier, form: EvidenceForm) -> HttpResponse:
    return render(request, "dossiers/one.html", shown(request, dossier, evidence_form=form), status=422)


@login_required
@require_POST
def detach(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a piece of evidence away; its line stays in the history."""
    evidence = access.evidence_for(request.user, pk)
    try:
        actions.detach(pk, by=request.user, reason=request.POST.get("reason", ""))
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Đã gỡ minh chứng.")
    return redirect("dossiers:one", evidence.dossier_id)


@login_required
@require_safe
def serve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file itself: a photo is shown, anything else is downloaded; nothing in it can run or call out."""
    evidence = access.evidence_for(request.user, pk)
    if evidence.file is None:
        raise Http404
    return delivery.shown(evidence.file)
