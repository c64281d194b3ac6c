"""Print registration and scoring forms of a round: for a village, for those chosen in a list, blank ones."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from hieuhoc.common.numbers import whole
from hieuhoc.dossiers.actions import Refused
from hieuhoc.dossiers.paper import printing, queries
from hieuhoc.dossiers.paper.forms import PrintForm
from hieuhoc.dossiers.paper.queries import ALL, REGISTER, SCORE, UNSCORED
from hieuhoc.dossiers.views.listing import asked_from, found
from hieuhoc.dossiers.views.moves import ids_of, states_from
from hieuhoc.dossiers.views.rounds import frame, notice
from hieuhoc.files import delivery, store
from hieuhoc.files.models import StoredFile
from hieuhoc.jobs.models import Job
from hieuhoc.places import tree
from hieuhoc.registry import access as reg_access
from hieuhoc.registry import queries as registry
from hieuhoc.registry import wording
from hieuhoc.registry.models import Model
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.access import round_for
from hieuhoc.rounds.models import Round


@login_required
def page(request: HttpRequest, round_id: int, model: str) -> HttpResponse:
    """What to print; a POST prints it, for those chosen in a list without asking more."""
    round_ = round_for(request.user, round_id)
    if model not in wording.TABS or rounds.model_of(round_.pk, model) is None:
        raise Http404
    if "dossier.write" not in reg_access.rights_within(request.user, round_.place_id):
        raise PermissionDenied("Tài khoản này chỉ xem; in phiếu là việc của người ghi điểm ở thôn và cán bộ xã.")
    if request.POST.get("which") == "chosen":
        return _print_chosen(request, round_, model)
    places = _places(request, round_)
    form = PrintForm(places, request.POST or None, initial=_initial(request, places))
    if request.method == "POST" and form.is_valid():
        return _print(request, round_, model, form)
    return render(request, "dossiers/paper/print.html", _shown(request, round_, model, form, places))


def _initial(request: HttpRequest, places: list[tuple[str, str]]) -> dict[str, Any]:
    kind = request.GET.get("loai", "")
    return {"kind": kind if kind in (REGISTER, SCORE) else SCORE, "place": request.GET.get("thon") or "0"}


def _places(request: HttpRequest, round_: Round) -> list[tuple[str, str]]:
    names = reg_access.places_for(request.user, round_.place_id, "dossier.write")
    return [(str(pk), name) for pk, name in names.items() if pk != round_.place_id]


def _shown(request: HttpRequest, round_: Round, model: str, form: PrintForm, places: list) -> dict[str, Any]:
    unscored = queries.to_score(request.user, round_, model, None, UNSCORED).count()
    return frame(request, round_) | {
        "form": form,
        "model": model,
        "one": wording.ONE[Model(model)],
        "tabs": wording.TABS.items(),
        "notice": notice(rounds.model_of(round_.pk, model)),
        "unscored": unscored,
        "registered": queries.to_score(request.user, round_, model, None, ALL).count(),
        "unregistered": queries.to_register(request.user, round_, model, None).count(),
        "job": _job(request),
    }


def _job(request: HttpRequest) -> Job | None:
    """The printing that is ready to be fetched, if the person comes back from one."""
    try:
        wanted = UUID(request.GET.get("viec", ""))
    except ValueError:
        return None
    return Job.objects.filter(pk=wanted, started_by=request.user, state=Job.State.DONE).first()


def _print(request: HttpRequest, round_: Round, model: str, form: PrintForm) -> HttpResponse:
    asked = form.cleaned_data
    place = asked["place"]
    if asked["kind"] == REGISTER:
        subjects = list(queries.to_register(request.user, round_, model, place).values_list("pk", flat=True))
    else:
        rows = queries.to_score(request.user, round_, model, place, asked["which"])
        subjects = list(rows.values_list("subject_id", flat=True))
    more = {"blanks": asked["blanks"] or 0, "village": place, "both_sides": asked["both_sides"]}
    answer = _made(request, round_, model, asked["kind"], subjects, **more)
    if isinstance(answer, HttpResponse):
        return answer
    form.add_error(None, answer)
    shown = _shown(request, round_, model, form, _places(request, round_))
    return render(request, "dossiers/paper/print.html", shown, status=422)


def _print_chosen(request: HttpRequest, round_: Round, model: str) -> HttpResponse:
    kind = REGISTER if request.POST.get("kind") == REGISTER else SCORE
    answer = _made(request, round_, model, kind, _chosen(request, round_, model, kind))
    if isinstance(answer, HttpResponse):
        return answer
    messages.error(request, answer)
    return redirect("dossiers:print", round_.pk, model)


def _chosen(request: HttpRequest, round_: Round, model: str, kind: str) -> list[UUID]:
    """The subjects chosen in a list: of registration by subject, of the others by dossier; or all its filters find."""
    every = request.POST.get("all") == "1"
    if kind == REGISTER:
        here = queries.to_register(request.user, round_, model, whole(request.POST.get("thon")))
        here = registry.search(here, request.POST.get("q", "")) if every else here.filter(pk__in=_ids(request))
        return list(here.values_list("pk", flat=True))
    rows = found(request.user, round_, asked_from(request.POST, model, states_from(request)), "dossier.write")
    rows = rows if every else rows.filter(pk__in=_ids(request))
    return list(rows.values_list("subject_id", flat=True))


def _ids(request: HttpRequest) -> list[UUID]:
    return ids_of(request.POST.getlist("id"))


def _made(
    request: HttpRequest, round_: Round, model: str, kind: str, subjects: list[UUID], **more: Any
) -> HttpResponse | str:
    """The PDF, the page of the long work that makes it, or the sentence that says why there is nothing to print."""
    if not subjects and not more.get("blanks"):
        return "Không có ai để in phiếu theo lựa chọn này. Đổi lựa chọn, hoặc đánh dấu vài mục trong danh sách."
    place = more.get("village")
    name = printing.file_name(round_, kind, model, tree.name_of(place, localdate()) if place else "")
    asked = {
        "by": request.user, "subjects": subjects,
        "notice": notice(rounds.model_of(round_.pk, model)), **more,
    }  # fmt: skip
    try:
        if len(subjects) > printing.MANY:
            back = reverse("dossiers:print", args=[round_.pk, model])
            return redirect("jobs:one", printing.later(round_, model, kind, named=name, back_to=back, **asked).pk)
        data = printing.make(round_, model, kind, **asked)
    except Refused as refused:
        return str(refused)
    return delivery.attachment(data, name)


@login_required
@require_safe
def fetch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file of a large printing, to whoever asked for it."""
    job = Job.objects.filter(pk=pk, started_by_id=request.user.pk, task="dossiers.print_forms").first()
    file = StoredFile.objects.filter(pk=((job and job.result) or {}).get("file")).first()
    if file is None:
        raise Http404
    return delivery.attachment(store.read(file), file.name)
