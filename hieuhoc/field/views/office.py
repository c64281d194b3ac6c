"""The commune's table "Từ thực địa": what phones sent that a person has to look at, and a box brought as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_POST, require_safe

from hieuhoc.accounts.access import require_somewhere
from hieuhoc.accounts.models import User
from hieuhoc.audit import log
from hieuhoc.common.ids import uuid_of
from hieuhoc.common.numbers import whole
from hieuhoc.documents import workbooks
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.models import Dossier
from hieuhoc.field import access, boxfile, settling, wording
from hieuhoc.field.models import Envelope, Kind, Outcome, StandIn
from hieuhoc.files import delivery
from hieuhoc.places import tree
from hieuhoc.registry import actions as registry
from hieuhoc.registry.models import Subject
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.models import RoundModel

PAGE = 30
OPEN = {
    "conflict": Q(outcome=Outcome.CONFLICT, settlement=""),
    "note": Q(kind=Kind.NOTE, outcome=Outcome.APPLIED, settlement=""),
    "refused": Q(outcome=Outcome.REFUSED, settlement=""),
    "held": Q(outcome=Outcome.HELD, settlement=""),
    "all": Q(),
}
REFUSED = (settling.Refused, dossiers.Refused, registry.Refused)


@login_required
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """What waits for a person, by kind; everything that was sent under "all", to Excel too."""
    require_somewhere(request.user, "dossier.verify")
    near = access.envelopes_for(request.user)
    counts = near.aggregate(**{name: Count("pk", filter=wanted) for name, wanted in OPEN.items() if name != "all"})
    tab = request.GET.get("xem", "")
    tab = tab if tab in OPEN else next((name for name, count in counts.items() if count), "conflict")
    found = near.filter(OPEN[tab]).order_by("-number" if tab == "all" else "number")
    if "excel" in request.GET:
        return _workbook(found)
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    shown = {
        "tab": tab, "page": page, "rows": rows_of(page),
        "tabs": [(name, words, counts.get(name)) for name, words in wording.TABS.items()],
    }  # fmt: skip
    return render(request, "field/table.html", shown)


def rows_of(envelopes: Iterable[Envelope]) -> list[wording.Row]:
    """The envelopes in words; a handful of questions for a whole page."""
    some = list(envelopes)
    names = _names(some)
    return [wording.row(one, names) for one in some]


def _names(some: list[Envelope]) -> wording.Names:
    wanted = {one.subject for one in some if one.subject}
    stand_ins = dict(StandIn.objects.filter(made_id__in=wanted).values_list("made_id", "subject_id"))
    twins = {UUID(one.result["twin"]) for one in some if one.result and one.result.get("twin")}
    subjects = Subject.objects.filter(pk__in=wanted | set(stand_ins.values()) | twins)
    people = {(one.result or {}).get("theirs", {}).get("by") for one in some}
    met = [one for one in some if one.outcome == Outcome.CONFLICT and not one.settlement]
    about = {stand_ins.get(one.subject, one.subject) for one in met if one.subject}
    live = Dossier.objects.filter(subject__in=about, round__in={wording.round_of(one) for one in met})
    answers = {(round_id, pk): said for round_id, pk, said in live.values_list("round_id", "subject_id", "answers")}
    people |= {cell.get("by") for said in answers.values() for cell in said.values()}
    entries = RoundModel.objects.filter(round__in={wording.round_of(one) for one in some})
    return wording.Names(
        {pk: (name, model) for pk, name, model in subjects.values_list("pk", "name", "model")},
        tree.names_of({one.place_id for one in some if one.place_id}, localdate()),
        dict(User.objects.filter(pk__in=people - {None}).values_list("pk", "full_name")),
        {(one.round_id, one.model): rounds.criteria_of(one.round_id, one.model) for one in entries},
        stand_ins,
        answers,
        _asked(some),
    )


def _asked(some: list[Envelope]) -> dict[str, str]:
    """The commune's questions that these notes answer, by the envelope they were asked about."""
    wanted = {found for one in some if (found := uuid_of(one.body.get("question")))}
    if not wanted:
        return {}
    return {str(pk): text for pk, text in Envelope.objects.filter(made_id__in=wanted).values_list("made_id", "asked")}


def _workbook(found: QuerySet[Envelope]) -> HttpResponse:
    header = ("Nhận lúc", "Ghi lúc (giờ máy)", "Người ghi", "Nơi", "Đối tượng", "Việc", "Nội dung", "Kết quả", "Lý do")
    rows = [_line(row) for row in rows_of(found[:20_000])]
    data = workbooks.plain_list("Từ thực địa", header, rows, (18, 18, 26, 24, 30, 40, 40, 16, 50))
    return delivery.attachment(data, "tu-thuc-dia.xlsx")


def _line(row: wording.Row) -> tuple[str, ...]:
    one = row.envelope
    written = f"{localtime(one.written_at):%d/%m/%Y %H:%M}" if one.written_at else ""
    settled = f" → {one.get_settlement_display()}" if one.settlement else ""
    return (
        f"{localtime(one.received_at):%d/%m/%Y %H:%M}", written, row.who, row.place, row.about, row.what, row.text,
        f"{one.get_outcome_display()}{settled}", one.settled_because or one.message,
    )  # fmt: skip


@login_required
@require_POST
def settle(request: HttpRequest, made_id: UUID) -> HttpResponse:
    """Choose, ask, join, keep apart, mark as seen, or take a choice back: ``act`` says which."""
    one = access.envelope_for(request.user, made_id)
    act = request.POST.get("act", "")
    because, text = request.POST.get("because", ""), request.POST.get("text", "")
    seen = whole(request.POST.get("rev"))
    who = request.user
    acts: dict[str, tuple[Callable[[], None], str]] = {
        "keep": (lambda: settling.choose(one, False, by=who, because=because, seen=seen), "Đã giữ bản đang có."),
        "take": (lambda: settling.choose(one, True, by=who, because=because, seen=seen), "Đã lấy bản từ điện thoại."),
        "join": (lambda: settling.join(one, by=who), "Đã ghi là mục đã có; việc của mục này được ghi vào đó."),
        "separate": (lambda: settling.separate(one, text, by=who), "Đã thêm thành mục riêng."),
        "ask": (lambda: settling.ask(one, text, by=who), "Đã gửi câu hỏi; thôn thấy khi máy có mạng."),
        "read": (lambda: settling.read(one, by=who, because=because), "Đã ghi là đã xem."),
        "undo": (lambda: settling.undo(one, by=who), "Đã hoàn tác."),
    }
    if act not in acts:
        raise Http404
    done, words = acts[act]
    try:
        done()
    except REFUSED as no:
        messages.error(request, str(no))
    else:
        undo = reverse("field:undo", args=[made_id]) if act in ("keep", "take", "read") else ""
        messages.success(request, words, extra_tags=f"undo:{undo}" if undo else "")
    return redirect(_back(request))


@login_required
@require_POST
def undo(request: HttpRequest, made_id: UUID) -> HttpResponse:
    """Take a choice back."""
    one = access.envelope_for(request.user, made_id)
    try:
        settling.undo(one, by=request.user)
    except REFUSED as no:
        messages.error(request, str(no))
    else:
        messages.success(request, "Đã hoàn tác.")
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    tab = request.POST.get("xem", "")
    return reverse("field:table") + (f"?xem={tab}" if tab in OPEN else "")


@login_required
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Mark every note or refusal of the page as seen."""
    require_somewhere(request.user, "dossier.verify")
    ids = [pk for one in request.POST.getlist("id") if (pk := uuid_of(one))]
    with transaction.atomic():
        count = settling.mark_seen(request.user, ids[:PAGE])
    messages.success(request, f"Đã ghi là đã xem {count} mục.")
    return redirect(_back(request))


@login_required
@require_POST
def take_file(request: HttpRequest) -> HttpResponse:
    """Take in a box that was saved to a file on a phone without a network."""
    require_somewhere(request.user, "dossier.verify")
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, "Chưa chọn tệp.")
        return redirect("field:table")
    try:
        taken = boxfile.take(file.read(), by=request.user)
    except boxfile.Refused as no:
        messages.error(request, str(no))
        return redirect("field:table")
    with transaction.atomic():
        log.record("field.take_file", taken.person, by=request.user, place=None, after=taken.outcomes)
    messages.success(request, told(taken))
    return redirect("field:table")


def told(taken: boxfile.Taken) -> str:
    """What a file brought, in one sentence."""
    words = {"applied": "đã ghi", "duplicate": "đã có từ trước", "held": "đang giữ", "conflict": "cần chọn một bản",
             "refused": "không nhận được"}  # fmt: skip
    said = [f"{count} việc {words[name]}" for name, count in taken.outcomes.items()]
    photos = f", {taken.photos} ảnh" if taken.photos else ""
    bad = f" {' '.join(dict.fromkeys(taken.problems))}" if taken.problems else ""
    return f"Hộp việc của {taken.person.full_name}: {', '.join(said) or 'không có việc nào'}{photos}.{bad}"
