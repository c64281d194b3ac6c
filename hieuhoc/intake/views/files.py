"""The files of a commune, and the place to drop new ones."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hieuhoc.common.numbers import vn_int
from hieuhoc.files import store
from hieuhoc.intake import access, actions, samples, wording
from hieuhoc.registry.access import commune_for
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.models import Round
from hieuhoc.sheets.models import Import, State

PAGE = 20


@login_required
@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """The files of the commune, the latest first."""
    commune = commune_of(request)
    page = Paginator(access.imports_of(commune).defer("report", "mapping"), PAGE).get_page(request.GET.get("trang"))
    round_ = rounds.current(commune)
    shown = {
        "page": page,
        "rows": [
            (made, wording.SHORT.get(made.kind, ""), wording.STATES[State(made.state)], made.records - made.ok)
            for made in page
        ],
        "commune": commune,
        "round": round_ if round_ and round_.state == Round.State.OPEN else None,
        "rosters": samples.ROSTERS,
        "score_sheets": samples.score_sheets(round_),
    }
    return render(request, "intake/list.html", shown)


def commune_of(request: HttpRequest) -> int:
    """The commune files are brought in for: the one asked for, else that of the post; else 404."""
    commune = commune_for(request, "sheet.import")
    if commune is None:
        raise Http404
    return commune


@login_required
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Keep and read the dropped files; one goes to its page, several back to the list. A script sends them singly."""
    commune = commune_of(request)
    round_ = rounds.current(commune)
    year = round_.year if round_ and round_.state == Round.State.OPEN else None
    done = [_read(one, commune, year, request.user) for one in request.FILES.getlist("file")]
    if "json" in request.headers.get("Accept", ""):
        return JsonResponse({"files": [_told(*one) for one in done]})
    for _, made, words in done:
        if made is None or words:
            (messages.info if made else messages.error)(request, words)
    if not done:
        messages.error(request, "Chưa chọn tệp nào.")
    kept = [made for _, made, _ in done if made]
    if len(done) == 1 and kept:
        return redirect("intake:one", kept[0].pk)
    return redirect(f"{reverse('intake:list')}?xa={commune}")


def _read(one: UploadedFile, commune: int, year: int | None, by: Any) -> tuple[str, Import | None, str]:
    """The file's name, what was made of it, and what is to be said: that it is in already, or why it is not kept."""
    data, name = one.read(), one.name or "tep"
    before = access.same_file(commune, store.digest_of(data), year)
    if before is not None:
        return name, before, _already(name, before)
    try:
        return name, actions.check_file(data, name, commune_id=commune, by=by, year=year), ""
    except actions.Refused as problem:
        return name, None, str(problem)


def _already(name: str, before: Import) -> str:
    """What is said of a file that was dropped before."""
    as_name = f" (với tên «{before.file.name}»)" if before.file.name != name else ""
    day = f"{before.applied_at or before.created_at:%d/%m/%Y}"
    if before.state == State.APPLIED:
        return f"Tệp «{name}» đã ghi vào sổ ngày {day}{as_name}; không cần nhập lại."
    return f"Tệp «{name}» đã đưa vào ngày {day}{as_name}; đây là lần đọc đó."


def _told(name: str, made: Import | None, words: str) -> dict[str, Any]:
    """One file in an answer to the script."""
    if made is None:
        return {"name": name, "bad": True, "words": words}
    if made.state == State.REFUSED:
        words = words or made.report["refused"]["message"]
    else:
        bad = made.records - made.ok
        wrong = f", {vn_int(bad)} dòng có vấn đề" if bad else ""
        words = words or f"{wording.LABELS[made.kind]}: {vn_int(made.records)} dòng{wrong}."
    address = reverse("intake:one", args=[made.pk])
    return {"name": name, "bad": made.state == State.REFUSED, "words": words, "url": address}
