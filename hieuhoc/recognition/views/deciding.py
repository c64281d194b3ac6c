"""Meetings, council, submission, decision: each a form that calls one act and returns to the papers."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from hieuhoc.accounts.access import can
from hieuhoc.common.numbers import vn_int
from hieuhoc.places import tree
from hieuhoc.recognition import access, actions, bases, dropping, forms, queries, rules, submissions
from hieuhoc.recognition.actions import Refused
from hieuhoc.recognition.models import Dropped, VillageMeeting
from hieuhoc.registry.models import Model
from hieuhoc.rounds.models import Round


@login_required
def village(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Record the meeting of a village."""
    round_ = access.village_round_for(request.user, pk, place)
    if not tree.is_below(place, round_.place_id, localdate()) or place == round_.place_id:
        raise Http404
    meeting = VillageMeeting.objects.filter(round=round_, place_id=place).first()
    form = forms.VillageForm(request.POST or None, instance=meeting)
    if sent(request, form):
        said = {name: form.cleaned_data[name] for name in forms.VillageForm.Meta.fields}
        if done(form, lambda: actions.record_village_meeting(pk, place, by=request.user, **said)):
            messages.success(request, "Đã ghi cuộc họp thôn.")
            return redirect(_home(request, round_))
    title = f"Họp {tree.versions_of([place], localdate())[place].in_sentence} năm {round_.year}"
    return _page(request, round_, form, title, "Điều gì để trống thì biên bản chừa chỗ ghi tay.")


@login_required
def council(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the council of the round."""
    round_ = access.round_for(request.user, pk, "paper.write")
    now = queries.council(pk)
    rows = [
        {"name": one.name, "post": one.post, "role": one.role, "association": one.association}
        for one in (now.members.all() if now else [])
    ]
    founding = forms.FoundingForm(request.POST or None, initial={"founded_by": now.founded_by if now else ""})
    members = forms.Members(request.POST or None, initial=rows)
    if request.method == "POST" and founding.is_valid() and members.is_valid():
        named = forms.members_of(members.cleaned_data)
        words = founding.cleaned_data["founded_by"]
        if done(founding, lambda: actions.found_council(pk, named, by=request.user, founded_by=words)):
            messages.success(request, f"Đã lập hội đồng {len(named)} thành viên.")
            return redirect("recognition:papers", pk)
    context = {"round": round_, "form": founding, "members": members, "crumbs": _crumbs(round_)}
    return render(request, "recognition/council.html", context, status=422 if request.method == "POST" else 200)


@login_required
def council_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a meeting of the council and its votes."""
    round_ = access.round_for(request.user, pk, "paper.write")
    found = queries.council(pk)
    if found is None:
        messages.error(request, "Lập hội đồng trước, rồi ghi cuộc họp.")
        return redirect("recognition:council", pk)
    counts = [(one["model"], one["proposed"]) for one in queries.tallies(round_) if one["proposed"]]
    form = forms.CouncilForm(request.POST or None, members=found.members.all(), models=counts)
    if sent(request, form):
        said = {name: form.cleaned_data[name] for name in forms.CouncilForm.Meta.fields}
        there = [int(key) for key in form.cleaned_data["there"]]
        if done(form, lambda: actions.hold_council(found.pk, form.votes(), by=request.user, present=there, **said)):
            messages.success(request, "Đã ghi cuộc họp hội đồng.")
            return redirect("recognition:papers", pk)
    return _page(request, round_, form, "Cuộc họp hội đồng", "Biểu quyết chung theo từng danh hiệu.")


@login_required
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the tờ trình with the counts of now."""
    round_ = access.round_for(request.user, pk, "dossier.propose")
    last = queries.submission(pk)
    before = {"number": last.number, "day": last.day, "signer": last.signer} if last else {"signer": round_.head}
    form = forms.SubmissionForm(request.POST or None, initial=before)
    if sent(request, form) and done(form, lambda: actions.write_submission(pk, by=request.user, **form.cleaned_data)):
        messages.success(request, "Đã lập tờ trình với số liệu lúc này.")
        return redirect("recognition:papers", pk)
    lead = "Tờ trình ghi số liệu của lúc lập. Số và ngày để trống thì chừa chỗ ghi tay."
    return _page(request, round_, form, "Lập tờ trình", lead)


@login_required
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide the titles that are put forward; into the decision that waits for its signature, if there is one."""
    round_ = access.round_for(request.user, pk, "recognition.decide")
    counts = [(one["model"], one["proposed"] - one["recognised"]) for one in queries.tallies(round_)]
    open_one = queries.unsigned(pk)
    out = list(dropping.standing(pk))
    held = Counter(one.kept["model"] for one in out if open_one and one.decision_id == open_one.pk)
    waiting = [(model, _count_words(model, count - held[model])) for model, count in counts if count > held[model]]
    written = "\n".join(open_one.bases if open_one else bases.of_round(round_))
    form = forms.IssueForm(request.POST or None, waiting=waiting, initial={"legal_bases": written})
    if sent(request, form):
        said = form.cleaned_data | {"into": open_one.pk if open_one else None}
        if done(form, lambda: actions.issue_decision(pk, by=request.user, **said)):
            messages.success(request, "Đã lập quyết định. In ra, ký, rồi ghi số và ngày.")
            return redirect("recognition:papers", pk)
    lead = "Mỗi hồ sơ đang đề nghị nhận một danh hiệu, một số vào sổ và một mã kiểm tra."
    sent_list = queries.submission(pk)
    notes = {"taken_back": submissions.taken_back(sent_list), "after_submission": submissions.since(round_, sent_list)}
    notes |= {"ended": list(queries.ended(pk)), "dropped": out, "decides": True}
    return _page(request, round_, form, "Lập quyết định công nhận", lead, notes)


def _count_words(model: str, count: int) -> str:
    return f"{Model(model).label}: {vn_int(count)} {rules.UNITS[Model(model)]}"


@login_required
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Record number, day and signer of a decision that was signed on paper."""
    decision = access.decision_for(request.user, pk)
    initial = {"day": localdate(), "signer": decision.wording.get("signer", "")}
    form = forms.SignForm(request.POST or None, initial=initial)
    if sent(request, form) and done(form, lambda: actions.sign_decision(pk, by=request.user, **form.cleaned_data)):
        messages.success(request, "Đã ghi số và ngày ký. Danh hiệu có hiệu lực.")
        return redirect("recognition:papers", decision.round_id)
    lead = "Sau bước này quyết định không sửa được nữa, chỉ có thể thu hồi hoặc đính chính bằng quyết định sau."
    return _page(request, decision.round, form, "Ghi số, ngày ký quyết định", lead)


@login_required
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one title out of a decision that is not signed, with its reason."""
    found = access.title_for(request.user, pk, "recognition.decide")
    round_ = found.decision.round
    form = forms.DropForm(request.POST or None)
    made: list[Dropped] = []
    if sent(request, form) and done(
        form, lambda: made.append(actions.drop_title(pk, by=request.user, **form.cleaned_data))
    ):
        undo = reverse("recognition:restore", args=[made[0].pk])
        messages.success(request, f"Đã đưa «{found.printed['name']}» ra khỏi quyết định.", extra_tags=f"undo:{undo}")
        return redirect("recognition:papers", round_.pk)
    lead = (
        f"{found.printed['name']}, {found.printed['number']}. Hồ sơ trở lại danh sách đang đề nghị, không mất gì; giấy"
        " tờ đã làm từ danh sách cũ cần làm lại. Hoàn tác được cho đến khi ký."
    )
    return _page(request, round_, form, "Đưa danh hiệu ra khỏi quyết định", lead, {"submit": "Đưa ra"})


@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a title back into the decision it was taken out of."""
    found = access.dropped_for(request.user, pk)
    try:
        actions.restore_title(pk, by=request.user)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"Đã đưa «{found.kept['printed']['name']}» trở lại quyết định.")
    return redirect("recognition:papers", found.decision.round_id)


def sent(request: HttpRequest, form: BaseForm) -> bool:
    """Whether the form was sent and can be read."""
    return request.method == "POST" and form.is_valid()


def done(form: BaseForm, act: Any) -> bool:
    """Do the act; what it refuses becomes the form's own sentence."""
    try:
        act()
    except Refused as problem:
        form.add_error(None, str(problem))
        return False
    return True


def _page(
    request: HttpRequest, round_: Round, form: BaseForm, title: str, lead: str, more: dict[str, Any] | None = None
) -> HttpResponse:
    context = (more or {}) | {"round": round_, "form": form, "title": title, "lead": lead, "crumbs": _crumbs(round_)}
    context["back"] = _home(request, round_)
    return render(request, "recognition/form.html", context, status=422 if form.is_bound else 200)


def _crumbs(round_: Round) -> list[tuple[str, str]]:
    return [(f"Giấy tờ năm {round_.year}", reverse("recognition:papers", args=[round_.pk]))]


def _home(request: HttpRequest, round_: Round) -> str:
    """Where a person goes back to: the papers, or for who does not see them the own board."""
    if can(request.user, "paper.read", round_.place_id):
        return reverse("recognition:papers", args=[round_.pk])
    return reverse("web:board")
