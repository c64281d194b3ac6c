"""One subject's record: what is known, whom it belongs to, its dossiers by year, its history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from hieuhoc.audit import log
from hieuhoc.places import tree
from hieuhoc.registry import access, actions, queries, undoing, wording
from hieuhoc.registry.forms import CitizenNumberForm, MoveForm, ReasonForm
from hieuhoc.registry.identity import masked
from hieuhoc.registry.models import CitizenNumber, Model, Subject

MEMBERS_SHOWN = 200


@login_required
@require_safe
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The record of a subject; an officer's look at a person leaves a line."""
    subject = access.subject_for(request.user, pk)
    actions.look(subject, by=request.user)
    return render(request, "registry/one.html", record(request, subject))


@login_required
@require_POST
def number(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the whole citizen number to an officer who says why; it is on this answer only."""
    subject = access.subject_for(request.user, pk)
    form = ReasonForm(request.POST)
    shown = ""
    if form.is_valid():
        shown = actions.read_citizen_number(pk, by=request.user, reason=form.cleaned_data["reason"])
    page = record(request, subject) | {"number": shown, "number_form": form}
    answer = render(request, "registry/one.html", page, status=200 if shown else 422)
    answer["Cache-Control"] = "no-store"
    return answer


def record(request: HttpRequest, subject: Subject) -> dict[str, Any]:
    """Everything the page of a record shows."""
    today = localdate()
    rights = access.rights_at(request.user, subject.place_id)
    kept = CitizenNumber.objects.filter(subject=subject).first()
    entries = list(log.history(subject))
    members = list(queries.members_of(subject)[: MEMBERS_SHOWN + 1])
    places = access.places_for(request.user, subject.commune_id, "registry.write")
    places.pop(subject.place_id, None)
    return {
        "subject": subject,
        "name_label": wording.NAMES[Model(subject.model)],
        "one": wording.ONE[Model(subject.model)],
        "place": tree.line_of(subject.place_id, today),
        "lines": known_lines(subject),
        "masked": masked(kept.last_three) if kept else "",
        "takes_number": subject.model in (Model.FAMILY, Model.CITIZEN),
        "rights": rights,
        "groups": [(one.group, wording.ROLES.get(one.role, "")) for one in queries.groups_of(subject)],
        "members": [(one.member, wording.ROLES.get(one.role, "")) for one in members[:MEMBERS_SHOWN]],
        "more_members": len(members) > MEMBERS_SHOWN,
        "dossiers": subject.dossiers.select_related("round").order_by("-round__year"),
        "merged": Subject.objects.filter(merged_into=subject),
        "history": history_of(subject, entries),
        "looks": [entry for entry in entries if entry.verb == "registry.look"] if "audit.read" in rights else [],
        "move_form": MoveForm(places=places) if places else None,
        "set_number_form": CitizenNumberForm(),
        "added_by_mistake": "registry.write" in rights and not undoing.standing_on_added(subject),
    }


def known_lines(subject: Subject) -> list[tuple[str, str]]:
    """(words, value) of what is known: code, details, telephone."""
    code = [(wording.CODE[Model(subject.model)], subject.code)] if subject.model in wording.CODE else []
    return [*code, *wording.details_lines(subject.model, subject.details), ("Điện thoại", subject.phone)]


def history_of(subject: Subject, entries: list[Any]) -> list[wording.Said]:
    """The acts in sentences, with the import that brought the subject in."""
    told = wording.said(subject.model, entries)
    brought = subject.enrolled_by_import
    if brought is not None:
        who = str(brought.created_by or "Hệ thống")
        told.append(wording.Said(subject.created_at, who, "Nhập từ bảng", (f"Tệp: {brought.file.name}",)))
    return told
