"""The officers' pages: what was answered, the links, making, printing, stopping them; and the list as a workbook."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hieuhoc.accounts.access import require_somewhere
from hieuhoc.common.numbers import vn_int, whole
from hieuhoc.dossiers.access import dossiers_for
from hieuhoc.dossiers.models import Outcome, State
from hieuhoc.dossiers.views.moves import ids_of
from hieuhoc.files.delivery import attachment
from hieuhoc.places import tree
from hieuhoc.registry import access as reg_access
from hieuhoc.registry import wording as words
from hieuhoc.registry.models import Model
from hieuhoc.registry.workbooks import answer
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.models import Round
from hieuhoc.selfassessment import access, actions, prints, queries, rules
from hieuhoc.selfassessment.actions import Refused
from hieuhoc.selfassessment.forms import POSTER, ManyForm, RevokeForm
from hieuhoc.selfassessment.models import Link, SelfAssessment, Way
from hieuhoc.selfassessment.queries import Asked

PER_PAGE = 50
LINKS, ANSWERS = "duong-dan", "tu-cham"
VIEWS = ((ANSWERS, "Đã tự chấm"), (LINKS, "Đường dẫn"))


@login_required
@require_safe
def current(request: HttpRequest) -> HttpResponse:
    """The list of the round the commune works on."""
    require_somewhere(request.user, access.RIGHT)
    commune = reg_access.commune_for(request, access.RIGHT)
    round_ = rounds.current(commune) if commune else None
    return redirect("selfassessment:list", round_.pk) if round_ else redirect("rounds:list")


@login_required
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What subjects say of themselves, or the links they were given."""
    round_ = access.round_to_write(request.user, pk)
    view = LINKS if request.GET.get("xem") == LINKS else ANSWERS
    asked = _asked(request, round_)
    found = queries.links(round_, asked) if view == LINKS else queries.assessments(round_, asked)
    held = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    rows = _link_rows(list(held)) if view == LINKS else _answer_rows(round_, list(held))
    places = reg_access.places_for(request.user, round_.place_id, access.RIGHT)
    shown = {
        "round": round_,
        "view": view,
        "views": VIEWS,
        "page": held,
        "rows": rows,
        "asked": asked,
        "models": _models(round_),
        "places": [(str(place), name) for place, name in places.items()],
        "closed": round_.state != Round.State.OPEN,
        "commune_name": tree.name_of(round_.place_id, localdate()),
        "query": request.GET.urlencode(),
    }
    return render(request, "selfassessment/list.html", shown)


def _models(round_: Round) -> list[tuple[str, str]]:
    judged = set(round_.models.values_list("model", flat=True))
    return [(model.value, str(model.label)) for model in Model if model in judged and model in words.TABS]


def _asked(request: HttpRequest, round_: Round) -> Asked:
    given = request.POST if request.method == "POST" else request.GET
    model = given.get("model", "")
    return Asked(
        access.within(request.user, round_), whole(given.get("thon", "")), model if model in words.TABS else "",
        given.get("q", "").strip()[:100],
    )  # fmt: skip


def _link_rows(page: list[Link]) -> list[dict[str, Any]]:
    """Each link with its place, what it is today and how much it was used."""
    today, used = localdate(), queries.used(page)
    names = tree.names_of({one.place_id for one in page}, today)
    return [
        {
            "link": one,
            "place": names[one.place_id],
            "standing": queries.standing_of(one, today),
            "address": prints.address_of(one),
            "begun": used.get(one.pk, (0, 0))[0],
            "done": used.get(one.pk, (0, 0))[1],
        }
        for one in page
    ]


def _answer_rows(round_: Round, page: list[SelfAssessment]) -> list[dict[str, Any]]:
    """Each self-assessment with its place, where it stands, and the dossier it stands beside."""
    names = tree.names_of({one.subject.place_id for one in page}, localdate())
    dossiers = queries.dossiers_of(round_.pk, [one.subject_id for one in page])
    rows = []
    for one in page:
        state, label = _state(one)
        rows.append({
            "held": one,
            "place": names[one.subject.place_id],
            "state": state,
            "label": label,
            "outcome": Outcome(one.outcome).label if one.outcome else "",
            "dossier": dossiers.get(one.subject_id),
        })  # fmt: skip
    return rows


def _state(one: SelfAssessment) -> tuple[str, str]:
    withdrawn, finished, taken = (bool(at) for at in (one.withdrawn_at, one.finished_at, one.taken_at))
    return rules.state_of(finished=finished, withdrawn=withdrawn, taken=taken)


@login_required
@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The list that is shown, as a workbook; what opens a link stays out."""
    round_ = access.round_to_write(request.user, pk)
    asked = _asked(request, round_)
    if request.GET.get("xem") == LINKS:
        rows = _link_rows(list(queries.links(round_, asked)))
        headings = ["STT", "Tên", "Mô hình", "Thôn/làng", "Xác nhận bằng", "Tình trạng", "Dùng đến hết", "Lần thử sai"]
        headings += ["Đã bắt đầu", "Đã xong", "Lý do thu hồi"]
        return answer(f"Đường dẫn tự chấm {round_.year}", headings, map(_link_line, rows, range(1, len(rows) + 1)))
    found = _answer_rows(round_, list(queries.assessments(round_, asked)))
    headings = ["STT", "Tên", "Mô hình", "Thôn/làng", "Tình trạng", "Tổng điểm tự chấm", "Kết quả tự chấm", "Lý do"]
    headings += ["Hồ sơ đang ở bước", "Đồng ý lúc", "Sửa lần cuối"]
    return answer(f"Tự chấm {round_.year}", headings, map(_answer_line, found, range(1, len(found) + 1)))


def _link_line(row: dict[str, Any], number: int) -> list[Any]:
    one = row["link"]
    name = one.subject.name if one.subject else "Mã QR chung của thôn"
    line = [number, name, Model(one.model).label, row["place"], Way(one.way).label, row["standing"].label]
    return [*line, one.expires_on, one.misses, row["begun"], row["done"], one.reason]


def _answer_line(row: dict[str, Any], number: int) -> list[Any]:
    one, dossier = row["held"], row["dossier"]
    line = [number, one.subject.name, Model(one.model).label, row["place"], row["label"], one.total, row["outcome"]]
    step = State(dossier.state).label if dossier else "Chưa đăng ký"
    return [*line, one.because, step, one.consented_at.date(), one.changed_at.date()]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Links for a village: a slip for each who registered, or one poster."""
    round_ = access.round_to_write(request.user, pk)
    form = _many_form(request, round_)
    if request.method == "POST" and form.is_valid():
        try:
            _say_made(request, round_, form.cleaned_data)
            return redirect(f"{reverse('selfassessment:list', args=[pk])}?xem={LINKS}")
        except Refused as refused:
            form.add_error(None, str(refused))
    shown = {"round": round_, "form": form}
    return render(request, "selfassessment/make.html", shown, status=422 if form.is_bound else 200)


def _many_form(request: HttpRequest, round_: Round) -> ManyForm:
    places = reg_access.places_for(request.user, round_.place_id, access.RIGHT)
    named = [(str(pk), f"{name} (cả xã)" if pk == round_.place_id else name) for pk, name in places.items()]
    given = request.POST if request.method == "POST" else None
    initial = {"model": request.GET.get("model", ""), "place": request.GET.get("thon", "")}
    models = [key for key, _ in _models(round_)]
    return ManyForm(given, today=localdate(), year=round_.year, models=models, places=named, initial=initial)


def _say_made(request: HttpRequest, round_: Round, given: dict[str, Any]) -> None:
    place, model = int(given["place"]), given["model"]
    how = {"way": given["way"], "expires_on": given["expires_on"], "by": request.user}
    if given["kind"] == POSTER:
        actions.make_poster(round_.pk, place, model, **how)
        messages.success(request, "Đã có mã QR của thôn. Bấm «In phiếu» để in.")
        return
    registered = dossiers_for(request.user, round_, access.RIGHT).filter(model=model).exclude(state=State.WITHDRAWN)
    if place != round_.place_id:
        registered = registered.filter(place_id=place)
    made = actions.make(round_.pk, list(registered.values_list("subject_id", flat=True)), **how)
    messages.success(request, said(made))


def said(made: actions.Made) -> str:
    """What came of making links, in a sentence or two."""
    kept = len(made.links) - made.new
    parts = [f"Đã làm {vn_int(made.new)} đường dẫn mới." if made.new else "Không có đường dẫn mới."]
    if kept:
        parts.append(f"{vn_int(kept)} đường dẫn đã có được gia hạn, phiếu đã in vẫn dùng được.")
    if made.coded:
        parts.append(f"{vn_int(made.coded)} nơi chưa có năm sinh trong sổ nên dùng mã in trên phiếu.")
    return " ".join(parts)


@login_required
@require_POST
def print_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The papers of the links chosen, or of all the filters find."""
    round_ = access.round_to_write(request.user, pk)
    found = queries.links(round_, _asked(request, round_)).filter(revoked_at=None, expires_on__gte=localdate())
    if request.POST.get("all") != "1":
        found = found.filter(pk__in=ids_of(request.POST.getlist("id")))
    links = list(found.select_related("round"))
    try:
        data = prints.papers(links)
    except ValueError as refused:
        messages.error(request, f"{refused} Chọn đường dẫn còn dùng được trong danh sách.")
        return redirect(f"{reverse('selfassessment:list', args=[pk])}?xem={LINKS}")
    actions.note_print(round_, links, by=request.user)
    return attachment(data, prints.file_name(round_.year, [one.pk for one in links]))


def _acted(request: HttpRequest, pk: UUID, act: Any, done: str, undo: str = "") -> HttpResponse:
    """Do an act on a link and say so, on the list of links."""
    link = access.link_for(request.user, pk)
    try:
        act(link.pk)
        messages.success(request, done, extra_tags=f"undo:{reverse(undo, args=[pk])}" if undo else "")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('selfassessment:list', args=[link.round_id])}?xem={LINKS}")


@login_required
@require_POST
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a link, with the reason."""
    form = RevokeForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _acted(
        request, pk, lambda one: actions.revoke(one, by=request.user, reason=reason),
        "Đã thu hồi đường dẫn. Câu trả lời đã có vẫn giữ nguyên.", "selfassessment:restore",
    )  # fmt: skip


@login_required
@require_POST
def restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a stopped link stand again."""
    return _acted(request, pk, lambda one: actions.restore(one, by=request.user), "Đường dẫn dùng lại được.")


@login_required
@require_POST
def unlock(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give new tries."""
    return _acted(request, pk, lambda one: actions.unlock(one, by=request.user), "Đã mở lại lượt thử.")


@login_required
@require_POST
def withdraw_for(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take consent back for somebody who came and asked."""
    held = access.assessment_for(request.user, pk)
    form = RevokeForm(request.POST)
    try:
        actions.withdraw_for(pk, by=request.user, reason=form.cleaned_data["reason"] if form.is_valid() else "")
        messages.success(request, "Đã rút đồng ý và xóa các câu trả lời tự chấm.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("selfassessment:list", held.round_id)
