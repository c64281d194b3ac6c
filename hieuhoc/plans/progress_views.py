"""One activity in one period: what the plan says, what the place did, its evidence and its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from hieuhoc.audit import log
from hieuhoc.audit.models import Entry
from hieuhoc.files import delivery, store
from hieuhoc.places import tree
from hieuhoc.plans import access, actions
from hieuhoc.plans.forms import MarkForm
from hieuhoc.plans.models import Plan, Progress, ProgressFile
from hieuhoc.plans.schedule import Occurrence

TYPES = ".jpg,.jpeg,.png,.webp,.pdf"
LABELS = {"responsible": "phụ trách", "note": "ghi chú", "reason": "lý do"}
ACTS = {"plan.unmark": "Hoàn tác", "plan.attach": "Thêm minh chứng", "plan.detach": "Gỡ minh chứng"}


@login_required
@require_safe
def one(request: HttpRequest, place: int, activity: int, period: str) -> HttpResponse:
    """The page of an occurrence."""
    return _page(request, access.occurrence_for(request.user, place, activity, period))


def _page(request: HttpRequest, found: Occurrence, form: MarkForm | None = None) -> HttpResponse:
    today, said = localdate(), found.progress
    held = _files([row for row in (said, *(one.progress for one in found.before)) if row])
    files = held[said.pk] if said else []
    shown = {
        "one": found, "place_name": tree.name_of(found.place_id, today), "late": found.late(today),
        "soon": found.soon(today), "plan": Plan.objects.only("number", "issued").get(pk=found.activity.plan_id),
        "form": form or MarkForm.of(found), "files": files,
        "before": [(one, held[one.progress.pk]) for one in found.before],
        "left": actions.MOST_FILES - len(files), "types": TYPES,
        "history": [(entry, _lines(entry)) for entry in log.history(said)] if said else [],
        "may_write": access.may_write(request.user, found.place_id),
    }  # fmt: skip
    return render(request, "plans/occurrence.html", shown, status=422 if form and form.errors else 200)


def _files(rows: Sequence[Progress]) -> dict[int, list[ProgressFile]]:
    """The evidence of each row that was not taken away, in one query."""
    found: dict[int, list[ProgressFile]] = {row.pk: [] for row in rows}
    held = ProgressFile.objects.filter(progress__in=rows, removed_at=None) if rows else ProgressFile.objects.none()
    for one in held.select_related("file", "added_by").order_by("added_at"):
        found[one.progress_id].append(one)
    return found


def _lines(entry: Entry) -> list[str]:
    """What an act changed, in words."""
    before, after = entry.before or {}, entry.after or {}
    lines = [ACTS[entry.verb]] if entry.verb in ACTS else []
    name = before.get("file") or after.get("file")
    if name:
        return [f"{lines[0]}: {name}"]
    if before.get("state") != after.get("state"):
        lines.append(f"{_state(before)} → {_state(after)}")
    changed = [key for key in LABELS if before.get(key) != after.get(key)]
    return lines + [f"{LABELS[key]}: {after.get(key) or 'bỏ trống'}" for key in changed]


def _state(said: Mapping[str, Any]) -> str:
    return dict(Progress.State.choices).get(said.get("state", ""), "Chưa ghi")


@login_required
@require_POST
def mark(request: HttpRequest, place: int, activity: int, period: str) -> HttpResponse:
    """Record what the place did; a refusal is said in the form, where what was typed stays."""
    found = access.occurrence_for(request.user, place, activity, period)
    form = MarkForm.of(found, request.POST)
    access.require_write(request.user, place)
    if not form.is_valid():
        return _page(request, found, form)
    typed = dict(form.cleaned_data)
    try:
        entry = actions.mark(place, activity, period, typed, by=request.user, revision=typed.pop("revision") or 0)
    except actions.Refused as refused:
        now = access.occurrence_for(request.user, place, activity, period)
        form.seen(now.revision)
        form.add_error(None, str(refused))
        return _page(request, now, form)
    if entry is None:
        messages.info(request, "Không có gì thay đổi.")
    else:
        words = dict(Progress.State.choices)[typed["state"]].lower()
        undo = f"undo:{reverse('plans:unmark', args=[entry.pk])}"
        messages.success(request, f"Đã ghi: {words}.", extra_tags=undo)
    return redirect("plans:occurrence", place, activity, period)


@login_required
@require_POST
def unmark(request: HttpRequest, entry: int) -> HttpResponse:
    """Take back one's own last mark."""
    line = Entry.objects.filter(pk=entry, actor_id=request.user.pk, verb="plan.mark").first()
    if line is None:
        raise Http404
    try:
        actions.undo_mark(entry, by=request.user)
    except actions.Refused as refused:
        messages.error(request, f"Không hoàn tác được: {refused}")
    else:
        messages.success(request, "Đã hoàn tác.")
    row = Progress.objects.get(pk=line.target_id)
    return redirect("plans:occurrence", row.place_id, row.activity_id, row.period)


@login_required
@require_POST
def attach(request: HttpRequest, place: int, activity: int, period: str) -> HttpResponse:
    """Keep several files; each that is refused is said by its name, the others are kept."""
    access.occurrence_for(request.user, place, activity, period)
    access.require_write(request.user, place)
    sent = request.FILES.getlist("file")
    kept = sum(_kept(request, file, place, activity, period) for file in sent)
    if kept:
        messages.success(request, f"Đã thêm {kept} minh chứng.")
    elif not sent:
        messages.error(request, "Chưa chọn tệp nào.")
    return redirect("plans:occurrence", place, activity, period)


def _kept(request: HttpRequest, file: Any, place: int, activity: int, period: str) -> bool:
    try:
        if file.size > store.LIMIT:
            raise actions.Refused(f"Tệp «{file.name}» lớn hơn {store.LIMIT // 1024 // 1024} MB.")
        actions.attach(place, activity, period, file.read(), file.name, by=request.user)
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return False
    return True


@login_required
@require_POST
def detach(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a piece of evidence away; its line stays in the history."""
    held = access.file_to_detach(request.user, pk)
    actions.detach(pk, by=request.user)
    messages.success(request, f"Đã gỡ «{held.file.name}».")
    row = held.progress
    return redirect("plans:occurrence", row.place_id, row.activity_id, row.period)


@login_required
@require_safe
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file itself: a photo is shown, anything else is downloaded; nothing in it can run or call out."""
    return delivery.shown(access.progress_file_for(request.user, pk).file)
