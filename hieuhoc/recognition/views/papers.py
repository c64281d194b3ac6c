"""The papers of a round: see what there is, make, download, make all as a job, templates of the commune."""

from __future__ import annotations

import zipfile
from collections import Counter
from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hieuhoc.accounts.access import can
from hieuhoc.documents import word
from hieuhoc.documents.fields import PAPERS
from hieuhoc.files import store
from hieuhoc.files.delivery import attachment
from hieuhoc.jobs import run
from hieuhoc.recognition import access, actions, contents, dropping, papers, prints, queries, submissions
from hieuhoc.recognition.actions import Refused
from hieuhoc.recognition.models import Decision, Paper, VillageMeeting
from hieuhoc.registry.models import Model
from hieuhoc.rounds.models import Round

OF_ROUND = ("submission", "council_minutes", "statistics")
OF_DECISION = ("decision", "awards", "awards_xlsx", "certificates")


@login_required
@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything on paper of a round, in the order of the year, from minutes to certificates."""
    round_ = access.round_for(request.user, pk)
    made = list(queries.papers(pk))
    sent = queries.submission(pk)
    out = list(dropping.standing(pk))
    held = Counter(one.kept["model"] for one in out if not one.decision.is_signed)
    counted = [(one["model"], one["proposed"] - one["recognised"]) for one in queries.tallies(round_)]
    context = {
        "round": round_,
        "waiting": [(str(Model(model).label), n - held[model]) for model, n in counted if n > held[model]],
        "dropped": out,
        "villages": _villages(round_, made),
        "papers": {kind: _latest(made, kind) for kind in OF_ROUND},
        "decisions": [_decision(one, made) for one in queries.decisions(pk)],
        "submission": sent,
        "taken_back": submissions.taken_back(sent),
        "after_submission": submissions.since(round_, sent),
        "council": queries.council(pk),
        "illustrative": contents.illustrative(round_),
        "makes": can(request.user, "paper.make", round_.place_id),
        "writes": can(request.user, "paper.write", round_.place_id),
        "decides": can(request.user, "recognition.decide", round_.place_id),
        "made_any": bool(made),
    }
    return render(request, "recognition/papers.html", context)


def _villages(round_: Round, made: list[Paper]) -> list[dict[str, Any]]:
    held = set(VillageMeeting.objects.filter(round=round_).values_list("place_id", flat=True))
    kept = {paper.place_id: paper for paper in made if paper.kind == "village_minutes"}
    return [
        {"place": one, "held": one.unit_id in held, "paper": kept.get(one.unit_id)} for one in contents.villages(round_)
    ]


def _latest(made: list[Paper], kind: str, decision: Decision | None = None) -> list[Paper]:
    return [one for one in made if one.kind == kind and one.decision_id == (decision and decision.pk)]


def _decision(decision: Decision, made: list[Paper]) -> dict[str, Any]:
    grants = decision.kind == Decision.Kind.GRANT
    kept = [(kind, papers.LABELS[kind], _latest(made, kind, decision)) for kind in OF_DECISION]
    return {
        "one": decision,
        "titles": decision.recognitions.count(),
        "papers": kept if grants else papers.of_later(decision, made),
        "stale": not decision.is_signed and papers.older_than_list(decision),
        "concerned": [] if grants else list(queries.concerned(decision)),
    }


@login_required
@require_POST
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one kind of paper anew and give it."""
    round_ = access.round_for(request.user, pk, "paper.make")
    kind = request.POST.get("kind", "")
    decision = None
    if kind in OF_DECISION or kind in papers.LATER_LABELS:
        decision = access.decision_for(request.user, _number(request.POST.get("decision")), "paper.make")
    if kind not in _kinds(decision) or (decision and decision.round_id != pk):
        raise Http404
    try:
        _make(round_, kind, decision, request.user)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"Đã làm: {(papers.LABELS | papers.LATER_LABELS)[kind]}.")
    return redirect(_back(request, pk))


def _kinds(decision: Decision | None) -> tuple[str, ...]:
    """The papers that may be asked for: of the round, or of a decision of one kind."""
    if decision is None:
        return (*OF_ROUND, "village_minutes")
    return OF_DECISION if decision.kind == Decision.Kind.GRANT else papers.LATER[Decision.Kind(decision.kind)]


def _back(request: HttpRequest, pk: int) -> str:
    """The papers of the round, or the title whose page asked."""
    title = request.POST.get("title", "")
    try:
        return reverse("recognition:title", args=[UUID(title)])
    except ValueError:
        return reverse("recognition:papers", args=[pk])


def _make(round_: Round, kind: str, decision: Decision | None, user: Any) -> None:
    if kind == "village_minutes":
        list(papers.village_minutes(round_, by=user))
    elif kind == "certificates" and decision:
        prints.print_originals(decision.pk, by=user)
    else:
        papers.make(round_, kind, decision, by=user)


@login_required
@require_POST
def make_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Make every paper of the round in the background."""
    round_ = access.round_for(request.user, pk, "paper.make")
    back = reverse("recognition:papers", args=[pk])
    title = f"Làm giấy tờ đợt xét năm {round_.year}"
    job = run.start("recognition.papers", title, by=request.user, place_id=round_.place_id, back_to=back, round_id=pk)
    return redirect("jobs:one", job.pk)


@run.task("recognition.papers")
def make_in_background(progress: run.Progress, *, by: Any, round_id: int) -> dict:
    """The job behind ``make_all``; running it again makes the papers again."""
    papers.make_all(round_id, by=by, tell=progress.step)
    return {"made": Paper.objects.filter(round_id=round_id).count()}


@login_required
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Download a paper as it was made."""
    found = access.paper_for(request.user, pk)
    return attachment(store.read(found.file), found.file.name)


@login_required
@require_safe
def everything(request: HttpRequest, pk: int) -> HttpResponse:
    """All papers in use as one ZIP."""
    round_ = access.round_for(request.user, pk)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for one in queries.papers(pk):
            folder = "bien-ban-thon/" if one.kind == "village_minutes" else ""
            folder = f"quyet-dinh-{one.decision_id}/" if one.decision_id else folder
            archive.writestr(folder + one.file.name, store.read(one.file))
    return attachment(packed.getvalue(), f"giay-to-{round_.year}.zip")


@login_required
def templates(request: HttpRequest, pk: int) -> HttpResponse:
    """The Word templates: whose is used, the fields each knows, put in an own one or go back."""
    round_ = access.round_for(request.user, pk, "paper.write")
    refused: dict[str, str] = {}
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        if kind not in PAPERS:
            raise Http404
        try:
            _replace(request, round_, kind)
            return redirect("recognition:templates", pk)
        except Refused as problem:
            refused[kind] = str(problem)
    rows = [(one, queries.template(round_.place_id, one.kind), refused.get(one.kind)) for one in PAPERS.values()]
    crumbs = [(f"Giấy tờ năm {round_.year}", reverse("recognition:papers", args=[pk]))]
    context = {"round": round_, "rows": rows, "crumbs": crumbs}
    return render(request, "recognition/templates.html", context, status=422 if refused else 200)


def _replace(request: HttpRequest, round_: Round, kind: str) -> None:
    given = request.FILES.get("file")
    if given is None and "reset" not in request.POST:
        raise Refused("Chưa chọn tệp mẫu.")
    if given is not None and given.size and given.size > word.MOST_BYTES:
        raise Refused(f"Tệp mẫu lớn hơn {word.MOST_BYTES // 1_000_000} MB.")
    data = given.read() if given is not None and "reset" not in request.POST else None
    actions.replace_template(round_.pk, kind, data, str(given.name) if given else "", by=request.user)
    messages.success(request, "Đã dùng mẫu mới." if data else "Đã trở lại mẫu của phần mềm.")


@login_required
@require_safe
def template(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Download the template in use, to be changed in Word."""
    round_ = access.round_for(request.user, pk, "paper.write")
    if kind not in PAPERS:
        raise Http404
    own = queries.template(round_.place_id, kind)
    data = store.read(own.file) if own and own.file else word.standard(PAPERS[kind]).read_bytes()
    return attachment(data, f"mau-{PAPERS[kind].kind}.docx")


def _number(text: str | None) -> int:
    if not text or not text.isdigit():
        raise Http404
    return int(text)


__all__ = ["attachment", "everything", "make", "make_all", "overview", "paper", "template", "templates"]
