"""Two subjects that may be one: the list of pairs, both side by side, merge, take apart, say they are two."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from hieuhoc.accounts.access import require_somewhere
from hieuhoc.places import tree
from hieuhoc.registry import access, actions, queries, wording
from hieuhoc.registry.identity import masked
from hieuhoc.registry.models import CitizenNumber, Model, Subject
from hieuhoc.registry.views.record import known_lines


@login_required
@require_safe
def pairs(request: HttpRequest) -> HttpResponse:
    """The pairs that may be one, of each model."""
    require_somewhere(request.user, "registry.merge")
    commune = access.commune_for(request, "registry.merge")
    if commune is None:
        raise Http404
    model = request.GET.get("loai", "")
    model = model if model in wording.TABS else str(Model.FAMILY)
    within = access.subjects_for(request.user, commune, "registry.merge").values("place_id")
    found = queries.pairs(commune, model, within)
    names = tree.names_of({one.place_id for pair in found for one in (pair.first, pair.second)}, localdate())
    rows = [(pair, names.get(pair.first.place_id, ""), names.get(pair.second.place_id, "")) for pair in found]
    shown = {"rows": rows, "model": model, "tabs": wording.TABS, "commune": commune, "one": wording.ONE[Model(model)]}
    return render(request, "registry/twins.html", shown)


@login_required
@require_safe
def compare(request: HttpRequest, first: UUID, second: UUID) -> HttpResponse:
    """Both side by side, to choose which one stays."""
    sides = [access.subject_for(request.user, pk, "registry.merge") for pk in (first, second)]
    if sides[0].pk == sides[1].pk or sides[0].model != sides[1].model:
        raise Http404
    lines = [side_lines(one) for one in sides]
    rows = [(words, left, right, left != right) for (words, left), (_, right) in zip(lines[0], lines[1], strict=True)]
    shown = {
        "sides": sides,
        "rows": rows,
        "one": wording.ONE[Model(sides[0].model)],
        "both_in_round": len({pk for one in sides for pk in one.dossiers.values_list("round_id", flat=True)})
        < sum(one.dossiers.count() for one in sides),
    }
    return render(request, "registry/compare.html", shown)


def side_lines(subject: Subject) -> list[tuple[str, str]]:
    """(words, value) of everything that tells two subjects apart."""
    kept = CitizenNumber.objects.filter(subject=subject).first()
    years = [f"{one.round.year}: {one.get_state_display()}" for one in subject.dossiers.select_related("round")]
    return [
        (wording.NAMES[Model(subject.model)], subject.name),
        ("Nơi ở", tree.name_of(subject.place_id, localdate())),
        *known_lines(subject),
        ("Số căn cước", masked(kept.last_three) if kept else ""),
        ("Thành viên", str(queries.members_of(subject).count() or "")),
        ("Hồ sơ", "; ".join(years)),
    ]


@login_required
@require_POST
def merge(request: HttpRequest, first: UUID, second: UUID) -> HttpResponse:
    """Merge ``second`` into ``first``, with an undo."""
    keep = access.subject_for(request.user, first, "registry.merge")
    drop = access.subject_for(request.user, second, "registry.merge")
    reason = request.POST.get("reason", "").strip() or "Hai mục là một"
    if not _done(request, lambda: actions.merge(keep.pk, drop.pk, by=request.user, reason=reason)):
        return redirect("registry:compare", first, second)
    undo = reverse("registry:unmerge", args=[drop.pk])
    messages.success(request, f"Đã gộp «{drop.name}» vào «{keep.name}».", extra_tags=f"undo:{undo}")
    return redirect(f"{reverse('registry:twins')}?loai={keep.model}&xa={keep.commune_id}")


@login_required
@require_POST
def distinct(request: HttpRequest, first: UUID, second: UUID) -> HttpResponse:
    """Keep that the two are two."""
    sides = [access.subject_for(request.user, pk, "registry.merge") for pk in (first, second)]
    if _done(request, lambda: actions.say_distinct(sides[0].pk, sides[1].pk, by=request.user)):
        messages.success(request, f"Đã ghi: «{sides[0].name}» và «{sides[1].name}» là hai mục khác nhau.")
    return redirect(f"{reverse('registry:twins')}?loai={sides[0].model}&xa={sides[0].commune_id}")


@login_required
@require_POST
def unmerge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a merge apart: both are as before it."""
    drop = access.subject_for(request.user, pk, "registry.merge")
    if _done(request, lambda: actions.unmerge(pk, by=request.user)):
        messages.success(request, f"Đã bỏ gộp «{drop.name}».")
    return redirect("registry:one", pk)


def _done(request: HttpRequest, act: Any) -> bool:
    try:
        act()
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return False
    return True
