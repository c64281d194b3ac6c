"""Moves: of one dossier, of many at once, taken back; and registering subjects for the round."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from hieuhoc.audit.models import Entry
from hieuhoc.common.numbers import vn_int
from hieuhoc.dossiers import access, actions, registering
from hieuhoc.dossiers.models import Dossier, Outcome, State
from hieuhoc.dossiers.views.listing import asked_from, found
from hieuhoc.dossiers.workflow import BY_DECISION, MOVES, UNDO, Move
from hieuhoc.registry import queries as registry
from hieuhoc.registry.access import subjects_for
from hieuhoc.rounds.access import round_for


@login_required
@require_POST
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make one move with one dossier."""
    dossier = access.dossier_for(request.user, pk)
    name = wanted_move(request)
    if act(request, [dossier.pk], name, f"«{dossier.subject.name}»"):
        return redirect(back(request, reverse("dossiers:one", args=[pk])))
    return redirect("dossiers:one", pk)


@login_required
@require_POST
def move_many(request: HttpRequest) -> HttpResponse:
    """Make one move with the dossiers chosen in a list, or with all that its filters find."""
    round_ = round_for(request.user, _number(request.POST.get("round")))
    name = wanted_move(request)
    step = MOVES[name]
    chosen = _chosen(request, round_)
    fitting = [pk for pk, state, outcome in chosen if _fits(step, state, outcome)]
    left_out = len(chosen) - len(fitting)
    if not fitting:
        messages.error(request, _nothing(step, left_out))
    elif act(request, fitting, name, f"{vn_int(len(fitting))} hồ sơ", _left_out(step, left_out)):
        pass
    return redirect(back(request, reverse("rounds:round", args=[round_.pk])))


def wanted_move(request: HttpRequest) -> str:
    """The move asked for; one that only a decision makes, or none of the table, is not found."""
    name = request.POST.get("move", "")
    if name not in MOVES or name in BY_DECISION:
        raise Http404
    return name


def act(request: HttpRequest, ids: list[UUID], name: str, whose: str, more: str = "") -> bool:
    """Make the move and say so with its undo; what is refused is said."""
    reason = (request.POST.get(f"reason_{name}") or request.POST.get("reason") or "").strip()
    try:
        actions.move(ids, name, by=request.user, reason=reason)
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return False
    line = Entry.objects.filter(actor_id=request.user.pk, verb=f"dossier.{name}").latest("pk")
    undo = f"undo:{reverse('dossiers:undo', args=[line.pk])}" if name in UNDO else ""
    messages.success(request, f"{MOVES[name].label}: {whose}.{more}", extra_tags=undo)
    return True


def _chosen(request: HttpRequest, round_: Any) -> list[tuple[UUID, str, str]]:
    rows = found(request.user, round_, asked_from(request.POST, request.POST.get("model", ""), states_from(request)))
    if request.POST.get("all") != "1":
        rows = rows.filter(pk__in=ids_of(request.POST.getlist("id")))
    return list(rows.order_by().values_list("pk", "state", "outcome"))


def states_from(request: HttpRequest) -> tuple[str, ...]:
    """The states a list said it shows."""
    return tuple(state for state in request.POST.get("states", "").split(",") if state in State.values)


def ids_of(texts: Iterable[str]) -> list[UUID]:
    """Ids from a form; what is no id is left out."""
    found_ids = []
    for text in texts:
        try:
            found_ids.append(UUID(text))
        except ValueError:
            continue
    return found_ids


def _fits(step: Move, state: str, outcome: str) -> bool:
    return state in step.sources and (not step.outcome or outcome == step.outcome)


def _nothing(step: Move, left_out: int) -> str:
    if not left_out:
        return "Chưa chọn hồ sơ nào. Đánh dấu các hồ sơ trong danh sách rồi làm lại."
    return f"Không có hồ sơ nào «{step.label}» được trong {vn_int(left_out)} hồ sơ đã chọn.{_left_out(step, left_out)}"


def _left_out(step: Move, number: int) -> str:
    if not number:
        return ""
    why = "chưa đạt hoặc không ở bước này" if step.outcome == Outcome.PASS else "không ở bước này"
    return f" {vn_int(number)} hồ sơ {why}, để nguyên."


def back(request: HttpRequest, otherwise: str) -> str:
    """The page the form came from, if it is one of ours."""
    to = request.POST.get("next", "")
    return to if url_has_allowed_host_and_scheme(to, allowed_hosts=None) else otherwise


@login_required
@require_POST
def undo(request: HttpRequest, entry: int) -> HttpResponse:
    """Take back a move made by the same person; refused when a dossier has moved on since."""
    line = Entry.objects.filter(pk=entry, actor_id=request.user.pk).first()
    name = line.verb.removeprefix("dossier.") if line else ""
    if line is None or name not in {*UNDO, "register"}:
        raise Http404
    ids = list(line.targets.values_list("target_id", flat=True))
    first = Dossier.objects.filter(pk__in=ids[:1]).first()
    try:
        if name == "register":
            count, label = actions.unregister(ids, by=request.user, reason="Hoàn tác"), "Đăng ký"
        else:
            count, label = actions.move(ids, UNDO[name], by=request.user, reason="Hoàn tác"), MOVES[name].label
    except actions.Refused as refused:
        messages.error(request, f"Không hoàn tác được: {refused}")
    else:
        messages.success(request, f"Đã hoàn tác «{label}» với {vn_int(count)} hồ sơ.")
    where = reverse("rounds:round", args=[first.round_id]) if first else reverse("rounds:list")
    return redirect(_referer(request) or where)


def _referer(request: HttpRequest) -> str:
    """The page the undo was pressed on, without its host."""
    _, _, path = request.headers.get("Referer", "").partition(f"//{request.get_host()}")
    return path if path.startswith("/") and not path.startswith("//") else ""


@login_required
@require_POST
def register(request: HttpRequest, round_id: int, model: str) -> HttpResponse:
    """Register for the round: those chosen, all that the filters find, or those of last year."""
    round_ = round_for(request.user, round_id)
    which = request.POST.get("which", "ids")
    try:
        made = _register(request, round_, model, which)
    except LookupError:
        raise Http404 from None
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        _say_registered(request, made, which)
    return redirect(back(request, f"{reverse('rounds:step', args=[round_id, 'register'])}?model={model}"))


@login_required
@require_POST
def unregister(request: HttpRequest, round_id: int, model: str) -> HttpResponse:
    """Take registrations made by mistake out of the round: of those chosen, the ones nobody has written into."""
    round_ = round_for(request.user, round_id)
    chosen = found(request.user, round_, asked_from(request.POST, model, states_from(request)))
    if request.POST.get("all") != "1":
        chosen = chosen.filter(pk__in=ids_of(request.POST.getlist("id")))
    fitting = list(registering.untouched(chosen).order_by().values_list("pk", flat=True))
    left_out = chosen.count() - len(fitting)
    try:
        actions.unregister(fitting, by=request.user, reason=request.POST.get("reason_unregister", ""))
    except actions.Refused as refused:
        messages.error(request, f"{refused}{_kept(left_out)}")
    else:
        messages.success(request, f"Đã bỏ {vn_int(len(fitting))} đăng ký nhầm.{_kept(left_out)}")
    return redirect(back(request, f"{reverse('rounds:step', args=[round_id, 'register'])}?model={model}"))


def _kept(number: int) -> str:
    return f" {vn_int(number)} hồ sơ đã có điểm, minh chứng hoặc đã gửi, để nguyên." if number else ""


def _register(request: HttpRequest, round_: Any, model: str, which: str) -> list[UUID]:
    if which == "last_year":
        here = subjects_for(request.user, round_.place_id, "dossier.write").filter(model=model, active_to=None)
        last = registry.registered_in_year(here, round_.year - 1)
        ids = list(last.values_list("pk", flat=True))
    else:
        ids = _subjects(request, round_, model)
    return actions.register(round_.pk, model, by=request.user, ids=ids)


def _subjects(request: HttpRequest, round_: Any, model: str) -> list[UUID]:
    here = subjects_for(request.user, round_.place_id, "dossier.write").filter(model=model, active_to=None)
    if request.POST.get("all") != "1":
        return list(here.filter(pk__in=ids_of(request.POST.getlist("id"))).values_list("pk", flat=True))
    place = request.POST.get("thon", "")
    here = here.filter(place_id=int(place)) if place.isdigit() else here
    return list(registry.search(here, request.POST.get("q", "")).values_list("pk", flat=True))


def _say_registered(request: HttpRequest, made: list[UUID], which: str) -> None:
    if made:
        line = Entry.objects.filter(actor_id=request.user.pk, verb="dossier.register").latest("pk")
        undo = f"undo:{reverse('dossiers:undo', args=[line.pk])}"
        messages.success(request, f"Đã đăng ký {vn_int(len(made))} mục vào đợt.", extra_tags=undo)
    elif which == "last_year":
        messages.info(request, "Không còn ai của năm trước để đăng ký lại.")
    else:
        messages.error(request, "Chưa chọn mục nào, hoặc các mục đã chọn đều đăng ký rồi.")


def _number(text: str | None) -> int:
    if not text or not text.isdigit():
        raise Http404
    return int(text)
