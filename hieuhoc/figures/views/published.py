"""Published figures from a file: dropped, shown row by row with what was found, explained, kept, undone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hieuhoc.accounts.access import require_somewhere
from hieuhoc.common.numbers import vn_int
from hieuhoc.figures import access, actions, checking, published
from hieuhoc.figures.checks import table
from hieuhoc.figures.checks.places import BEFORE
from hieuhoc.figures.published import Line
from hieuhoc.files import store
from hieuhoc.files.models import StoredFile
from hieuhoc.places import tree

TABLES = frozenset({"csv", "xlsx", "xls", "ods"})


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Drop a table of published figures."""
    require_somewhere(request.user, access.WRITE)
    given = request.FILES.get("file")
    if request.method == "POST":
        try:
            if given is None:
                raise store.Refused("Chưa chọn tệp nào.")
            kept = store.keep(given.read(), given.name or "so-lieu.csv", by=request.user, kinds=TABLES)
            return redirect("figures:file", kept.pk)
        except store.Refused as refused:
            messages.error(request, str(refused))
            return redirect("figures:upload")
    return render(request, "figures/upload.html", {})


@login_required
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rows of a file one has dropped oneself; keep the good ones."""
    kept = StoredFile.objects.filter(pk=pk, created_by=request.user.pk, kind__in=TABLES).first()
    if kept is None:
        raise Http404
    try:
        lines = published.read(store.path_of(kept.sha256), request.user)
    except table.Refused as refused:
        messages.error(request, str(refused))
        return redirect("figures:upload")
    if request.method == "POST":
        return _keep(request, pk, lines)
    return _page(request, kept, lines)


def _page(request: HttpRequest, kept: StoredFile, lines: list[Line]) -> HttpResponse:
    # Named as before the reform, so that a former unit stands with what it stood under.
    names = tree.lines_of({line.figure.place_id for line in lines if line.figure}, BEFORE)
    for line in lines:
        line.place_name = names.get(line.figure.place_id, "") if line.figure else ""
    shown = {
        "file": kept,
        "lines": sorted(lines, key=lambda line: not (line.problem or line.found)),  # what needs a look first
        "good": sum(1 for line in lines if line.figure and not line.known),
        "known": sum(1 for line in lines if line.figure and line.known),
        "out": sum(1 for line in lines if not line.figure),
        "found": sum(1 for line in lines if line.found),
        "rules": {name: rule.title for name, rule in checking.BY_NAME.items()},
    }
    return render(request, "figures/file.html", shown)


def _keep(request: HttpRequest, pk: UUID, lines: list[Line]) -> HttpResponse:
    good = [line for line in lines if line.figure is not None]
    if not good:
        messages.error(request, "Không có dòng nào ghi được.")
        return redirect("figures:file", pk)
    explained = {
        at: {one.rule: request.POST.get(f"giai-trinh-{line.row.row}-{one.rule}", "") for one in line.found}
        for at, line in enumerate(good)
    }
    place = access.place_for(request)
    batch, new = actions.take_published(published.taken(good), explained, by=request.user, place_id=place)
    if not new:
        messages.success(request, "Mọi dòng đã có từ trước; không có gì thay đổi.")
        return redirect("figures:file", pk)
    undo = reverse("figures:undo", args=[batch])
    messages.success(request, f"Đã ghi {vn_int(new)} số liệu đã công bố.", extra_tags=f"undo:{undo}")
    return redirect("figures:file", pk)


@login_required
@require_POST
def undo(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Withdraw what a file brought in."""
    require_somewhere(request.user, access.WRITE)
    try:
        number = actions.undo_published(batch, by=request.user, place_id=access.place_for(request))
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Đã rút {vn_int(number)} số liệu của lần nhập ấy.")
    return redirect("figures:upload")
