"""Key in filled forms: type or scan a number, write what stands on the sheet, go on with the next number.

Everything works by keyboard alone. What cannot be taken is said where it stands; a form of another commune looks
absent when its address is opened, and is said in words where its number was typed.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from hieuhoc.audit import log
from hieuhoc.audit.models import Entry
from hieuhoc.common.numbers import vn_number
from hieuhoc.common.text import fold
from hieuhoc.dossiers import actions, answering, judging
from hieuhoc.dossiers.forms import EVIDENCE_TYPES, AnswersForm
from hieuhoc.dossiers.models import Dossier, PaperForm
from hieuhoc.dossiers.paper import actions as paper
from hieuhoc.dossiers.paper import live, numbers, queries
from hieuhoc.dossiers.paper.forms import NewForm
from hieuhoc.dossiers.paper.queries import REGISTER, Found
from hieuhoc.dossiers.views.evidence import kept_files
from hieuhoc.dossiers.views.one import groups_of
from hieuhoc.dossiers.views.rounds import frame, notice
from hieuhoc.places import tree
from hieuhoc.registry import access as reg_access
from hieuhoc.registry import wording
from hieuhoc.registry.models import Model, Subject
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.access import round_for
from hieuhoc.rounds.models import Round

UNDONE_BY = ("dossier.answer", "dossier.register")


@login_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The number field of the round at hand: the latest open one of the commune the person works for."""
    commune = reg_access.commune_for(request, "dossier.write")
    round_ = rounds.current(commune) if commune else None
    if round_ is None:
        messages.info(request, "Chưa có đợt xét nào để nhập phiếu.")
        return redirect("rounds:list")
    return redirect("dossiers:key", round_.pk)


@login_required
@require_safe
def number(request: HttpRequest, round_id: int) -> HttpResponse:
    """One field for the number; a number that is right opens its sheet."""
    round_ = _round(request, round_id)
    text, problem = request.GET.get("so", "").strip()[:300], ""
    if text:
        try:
            typed = numbers.read(text)
            if typed.round not in (None, round_.pk):
                return _elsewhere(request, round_, typed)
            queries.found(request.user, round_, typed)
            return redirect("dossiers:key_sheet", round_.pk, numbers.in_address(round_.pk, typed.serial))
        except (numbers.Unreadable, queries.NotFound) as said:
            problem = str(said)
    return _ask(request, round_, text, problem)


def _ask(request: HttpRequest, round_: Round, text: str, problem: str) -> HttpResponse:
    keyed, printed = queries.progress(request.user, round_)
    shown = {"text": text, "problem": problem, "keyed": keyed, "printed": printed}
    shown["recent"] = [_recent(round_, *one) for one in queries.recent(request.user, round_)]
    return render(request, "dossiers/paper/number.html", frame(request, round_) | shown)


def _recent(round_: Round, form: PaperForm, dossier: Dossier | None) -> dict[str, Any]:
    """A form keyed in a moment ago, to open again."""
    result = result_in_words(dossier).rstrip(".") if dossier and form.kind != REGISTER else "đã đăng ký"
    return {
        "name": form.subject.name if form.subject else "",
        "number": numbers.written(round_.pk, form.number),
        "address": numbers.in_address(round_.pk, form.number),
        "result": result,
    }


def _round(request: HttpRequest, round_id: int) -> Round:
    """The round if the person may key in somewhere in it; else absent."""
    round_ = round_for(request.user, round_id)
    if not reg_access.near(request.user, "dossier.write", round_.place_id):
        raise Http404
    return round_


def _elsewhere(request: HttpRequest, round_: Round, typed: numbers.Typed) -> HttpResponse:
    """A scanned address of another round: opened where it is within reach, else said."""
    try:
        other = _round(request, typed.round or 0)
        queries.found(request.user, other, typed)
    except Http404:
        said = "Mã vừa quét là phiếu của xã khác, hoặc ngoài phạm vi của tài khoản này."
        return _ask(request, round_, "", said)
    except queries.NotFound as problem:
        return _ask(request, round_, "", str(problem))
    return redirect("dossiers:key_sheet", other.pk, numbers.in_address(other.pk, typed.serial))


@login_required
def sheet(request: HttpRequest, round_id: int, number: int) -> HttpResponse:
    """The sheet of one form; a POST writes it and goes back to the number field."""
    found = _found(request, round_id, number)
    if found.round.state != Round.State.OPEN:
        said = f"Phiếu {found.number} của đợt {found.round.year}: đợt đã khóa, không nhập được nữa."
        return _ask(request, found.round, "", said)
    if found.subject is None:
        return _blank(request, found)
    if found.form.kind == REGISTER:
        return _registration(request, found)
    return _scores(request, found)


def _found(request: HttpRequest, round_id: int, number: int) -> Found:
    round_ = _round(request, round_id)
    try:
        return queries.found(request.user, round_, numbers.read(str(number)))
    except (numbers.Unreadable, queries.NotFound) as said:
        raise Http404(str(said)) from said


def _frame(request: HttpRequest, found: Found) -> dict[str, Any]:
    place = found.subject.place_id if found.subject else found.form.place_id
    return frame(request, found.round) | {
        "found": found,
        "subject": found.subject,
        "place": tree.name_of(place, localdate()),
        "kind": PaperForm.Kind(found.form.kind).label,
        "one": wording.ONE[Model(found.form.model)],
        "award": Model(found.form.model).label,
    }


def _registration(request: HttpRequest, found: Found) -> HttpResponse:
    """A registration form: one press of Enter registers."""
    assert found.subject is not None
    if request.method != "POST":
        return render(request, "dossiers/paper/registration.html", _frame(request, found))
    already = found.registered
    try:
        dossier = paper.key_in(found.form.pk, {}, by=request.user, subject=found.subject)
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        said = "đã đăng ký từ trước" if already else "đã đăng ký"
        undo = "" if already else _undo(request, dossier, "dossier.register")
        messages.success(request, f"Đã lưu: {found.subject.name}, {said}.", extra_tags=undo)
    return redirect("dossiers:key", found.round.pk)


def _undo(request: HttpRequest, dossier: Dossier, verb: str) -> str:
    """Where the person takes back what they have just written of this dossier, whatever they do in another window."""
    line = log.history(dossier).filter(actor_id=request.user.pk, verb=verb).first()
    return f"undo:{reverse('dossiers:key_undo', args=[line.pk])}" if line else ""


def _blank(request: HttpRequest, found: Found) -> HttpResponse:
    """A blank form: who filled it in is added to the registers, or is one of those there already."""
    form = NewForm(wording.NAMES[Model(found.form.model)], request.POST or None)
    if request.method == "POST" and (request.POST.get("same") or form.is_valid()):
        try:
            subject = _subject_of_blank(request, found, form)
            dossier = paper.key_in(found.form.pk, {}, by=request.user, subject=subject)
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            done = f"Đã lưu: {subject.name}, đã đăng ký."
            messages.success(request, done, extra_tags=_undo(request, dossier, "dossier.register"))
            return redirect("dossiers:key", found.round.pk)
    same = queries.namesakes(found.form.place_id, found.form.model, fold(request.POST.get("name", "")))[:5]
    shown = _frame(request, found) | {"form": form, "same": same if form.errors else []}
    return render(request, "dossiers/paper/blank.html", shown, status=422 if form.errors else 200)


def _subject_of_blank(request: HttpRequest, found: Found, form: NewForm) -> Subject:
    if request.POST.get("same"):
        near = queries.namesakes(found.form.place_id, found.form.model, fold(request.POST.get("name", "")))
        subject = next((one for one in near if str(one.pk) == request.POST["same"]), None)
        if subject is None:
            raise actions.Refused("Mục đã chọn không còn; gõ lại tên.")
        return paper.give_blank_to(found.form.pk, subject, by=request.user)
    given = form.cleaned_data
    return paper.name_blank(
        found.form.pk, given["name"], by=request.user, code=given["code"].strip(), phone=given["phone"].strip()
    )


def _scores(request: HttpRequest, found: Found) -> HttpResponse:
    """The scores of one subject in the order of the paper."""
    criteria = rounds.criteria_of(found.round.pk, found.form.model)
    stored = found.dossier.answers if found.dossier else {}
    if request.method != "POST":
        revision = found.dossier.revision if found.dossier else None
        form = AnswersForm(criteria, stored, initial={"revision": revision})
        return render(request, "dossiers/paper/sheet.html", _shown(request, found, form))
    form = AnswersForm(criteria, stored, request.POST)
    if form.is_valid() and (dossier := _written(request, found, form)):
        kept_files(request, dossier, f"Phiếu giấy số {found.number}")
        return redirect("dossiers:key", found.round.pk)
    return render(request, "dossiers/paper/sheet.html", _shown(request, found, form), status=422)


def _written(request: HttpRequest, found: Found, form: AnswersForm) -> Dossier | None:
    """Write what changed; a value the set does not take becomes the error of its field."""
    assert found.subject is not None
    given = form.changed()
    criteria = rounds.criteria_of(found.round.pk, found.form.model)
    for key, value in given.items():
        if said := answering.wrong_value(criteria, key, value):
            form.add_error(key, said)
    if form.errors:
        return None
    try:
        revision = form.cleaned_data["revision"] if found.registered else None
        dossier = paper.key_in(found.form.pk, given, by=request.user, subject=found.subject, revision=revision)
    except actions.Refused as refused:
        form.add_error(None, str(refused))
        return None
    _say(request, found.subject, dossier, bool(given))
    return dossier


def _say(request: HttpRequest, subject: Subject, dossier: Dossier, changed: bool) -> None:
    dossier.refresh_from_db()
    if not changed:
        messages.info(request, f"{subject.name}: không có gì thay đổi.")
        return
    undo = _undo(request, dossier, "dossier.answer")
    messages.success(request, f"Đã lưu: {subject.name}, {result_in_words(dossier)}", extra_tags=undo)


def result_in_words(dossier: Dossier) -> str:
    """The result in a few words: "85 điểm (đạt)", "mức 1 (đạt)", "chưa đủ để kết luận"."""
    outcome = dossier.get_outcome_display().lower()
    if dossier.total is not None:
        return f"{vn_number(dossier.total)} điểm ({outcome})."
    return f"mức {dossier.level} ({outcome})." if dossier.level else f"{outcome}."


def _shown(request: HttpRequest, found: Found, form: AnswersForm) -> dict[str, Any]:
    criteria = rounds.criteria_of(found.round.pk, found.form.model)
    dossier = found.dossier or Dossier(round=found.round, subject=found.subject, model=found.form.model)
    locked = answering.closed(dossier) if found.registered else ""
    result = judging.result_of(dossier) if found.dossier else None
    return _frame(request, found) | {
        "form": form,
        "dossier": dossier,
        "locked": locked,
        "criteria": criteria,
        "groups": groups_of(criteria, dossier, result, form, bool(locked)),
        "notice": notice(rounds.model_of(found.round.pk, found.form.model)),
        "live": live.told(criteria, found, form.data or {}),
        "evidence_types": EVIDENCE_TYPES,
    }


@login_required
@require_POST
def judge(request: HttpRequest, round_id: int, number: int) -> HttpResponse:
    """What the typed answers come to, without writing them."""
    found = _found(request, round_id, number)
    if found.subject is None:
        raise Http404
    criteria = rounds.criteria_of(found.round.pk, found.form.model)
    return render(request, "dossiers/paper/_live.html", {"live": live.told(criteria, found, request.POST)})


@login_required
@require_POST
def undo(request: HttpRequest, entry: int) -> HttpResponse:
    """Take back one keying-in of the same person."""
    line = Entry.objects.filter(pk=entry, actor_id=request.user.pk, verb__in=UNDONE_BY, count=1).first()
    if line is None:
        raise Http404
    try:
        name = paper.take_back(line, by=request.user)
    except actions.Refused as refused:
        messages.error(request, f"Không hoàn tác được: {refused}")
    else:
        messages.success(request, f"Đã hoàn tác phiếu của {name}.")
    return redirect("dossiers:key_start")
