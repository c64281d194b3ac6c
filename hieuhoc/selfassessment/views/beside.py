"""What a dossier's page asks for beside its answers: what the subject says of itself, and taking it over."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hieuhoc.accounts.access import can, see
from hieuhoc.dossiers import answering, typed
from hieuhoc.dossiers.access import dossier_for
from hieuhoc.dossiers.models import Dossier
from hieuhoc.rounds import queries as rounds
from hieuhoc.scoring import Criteria
from hieuhoc.selfassessment import access, actions, queries
from hieuhoc.selfassessment.actions import Refused
from hieuhoc.selfassessment.forms import LinkForm
from hieuhoc.selfassessment.models import SelfAssessment
from hieuhoc.selfassessment.views.officer import LINKS, said


@login_required
@require_safe
def panel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A part of the dossier's page; empty where there is nothing to show and nothing this reader may do."""
    dossier, held = access.dossier_seen(request.user, pk)
    criteria = rounds.criteria_of(dossier.round_id, dossier.model)
    may = not answering.closed(dossier) and can(request.user, access.RIGHT, dossier.place_id)
    link = queries.standing_link(dossier.round_id, dossier.subject_id) if may else None
    rows = _rows(criteria, dossier, held) if held else []
    shown = {
        "dossier": dossier,
        "held": held,
        "rows": rows,
        "may": may,
        "link": link,
        "standing": queries.standing_of(link, localdate()) if link else None,
        "empty": sum(not row["there"] for row in rows if row["text"]),
        "differ": sum(row["differs"] for row in rows),
    }
    return render(request, "selfassessment/beside.html", shown)


def _rows(criteria: Criteria, dossier: Dossier, held: SelfAssessment) -> list[dict[str, Any]]:
    """Each indicator that was answered: what the subject says and what stands in the dossier."""
    rows = []
    for one in criteria.indicators:
        if one.key not in held.answers:
            continue
        text = typed.shown(one, held.answers[one.key])
        there = typed.shown(one, dossier.answers.get(one.key, {}).get("value"))
        rows.append(
            {"key": one.key, "label": one.label, "text": text, "there": there, "differs": bool(there) and there != text}
        )
    return rows


@login_required
@require_POST
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one answer over (``key``, over what stood there), or all for which the dossier has none."""
    dossier, held = access.dossier_seen(request.user, pk)
    criteria = rounds.criteria_of(dossier.round_id, dossier.model)
    try:
        refused = actions.take_over(pk, _seen(request, criteria, dossier, held), by=request.user)
        if refused:
            messages.error(request, " ".join(refused.values()))
        else:
            messages.success(request, "Đã lấy câu trả lời tự chấm vào hồ sơ.")
    except Refused as said_:
        messages.error(request, str(said_))
    return redirect("dossiers:one", pk)


def _seen(request: HttpRequest, criteria: Criteria, dossier: Dossier, held: SelfAssessment | None) -> dict[str, Any]:
    key = request.POST.get("key", "")
    if not key:
        return {one: None for one in (held.answers if held else {}) if one not in dossier.answers}
    indicator = criteria.by_key.get(key)
    if indicator is None:
        raise Refused("Bộ tiêu chí không có chỉ số này.")
    try:
        return {key: typed.read(indicator, request.POST.get("seen", ""))}
    except typed.Unreadable as bad:
        raise Refused(str(bad)) from bad


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A link for the subject of one dossier."""
    dossier = dossier_for(request.user, pk)
    see(request.user, access.RIGHT, dossier.place_id)
    form = LinkForm(request.POST if request.method == "POST" else None, today=localdate(), year=dossier.round.year)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.make(
                dossier.round_id, [dossier.subject_id], way=given["way"], expires_on=given["expires_on"],
                by=request.user,
            )  # fmt: skip
            messages.success(request, said(made))
            query = urlencode({"xem": LINKS, "q": dossier.subject.name})
            return redirect(f"{reverse('selfassessment:list', args=[dossier.round_id])}?{query}")
        except Refused as refused:
            form.add_error(None, str(refused))
    shown = {"round": dossier.round, "form": form, "dossier": dossier, "subject": dossier.subject}
    return render(request, "selfassessment/make.html", shown, status=422 if form.is_bound else 200)
