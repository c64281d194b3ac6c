"""The register of titles: find one, see what it says and whether it stands, print a copy, revoke, correct."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from hieuhoc.accounts.access import can, require_somewhere
from hieuhoc.documents import workbooks
from hieuhoc.files.delivery import attachment
from hieuhoc.places import tree
from hieuhoc.recognition import access, actions, certificates, forms, later, papers, prints, queries, rules
from hieuhoc.recognition.actions import Refused
from hieuhoc.recognition.later import CORRECTABLE, Wish
from hieuhoc.recognition.models import Correction, Decision, Paper, Recognition
from hieuhoc.recognition.views.deciding import done, sent
from hieuhoc.registry.models import Model

PAGE = 50


@login_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The titles within reach, newest year first; by year, model, name, number or code; to Excel."""
    require_somewhere(request.user, "paper.read")
    asked = {key: request.GET.get(key, "").strip() for key in ("nam", "danh_hieu", "tim", "qd")}
    year = int(asked["nam"]) if asked["nam"].isdigit() and len(asked["nam"]) == 4 else None
    model = asked["danh_hieu"] if asked["danh_hieu"] in Model.values else ""
    decision = int(asked["qd"]) if asked["qd"].isdecimal() and len(asked["qd"]) < 10 else None
    reach = access.communes_for(request.user)
    found = queries.register(reach, year=year, model=model, text=asked["tim"], decision=decision)
    if "excel" in request.GET:
        return _workbook(found)
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    names = tree.names_of({one.place_id for one in page}, localdate())
    today = localdate()
    rows = [(one, names.get(one.place_id, ""), queries.standing_of(one, today)) for one in page]
    context = {"page": page, "rows": rows, "asked": asked, "models": Model.choices}
    return render(request, "recognition/register.html", context)


def _workbook(found) -> HttpResponse:
    today = localdate()
    header = ("Năm", "Danh hiệu", "Số vào sổ", "Tên", "Địa chỉ", "Quyết định", "Ngày ký", "Tình trạng")
    rows = [_line(one, today) for one in found.iterator(chunk_size=2000)]
    data = workbooks.plain_list("Sổ công nhận", header, rows, (8, 26, 18, 36, 44, 16, 12, 40))
    return attachment(data, "so-cong-nhan.xlsx")


def _line(one: Recognition, today) -> tuple:
    decision = one.decision
    number = f"{decision.number}/{decision.symbol}" if decision.is_signed else ""
    words = one.printed
    standing = queries.standing_of(one, today).because
    return (one.year, words["title"], words["number"], words["name"], words["address"], number, decision.day, standing)


@login_required
@require_safe
def title(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One title: what its certificate says, whether it stands, its prints, what happened since."""
    found = access.title_for(request.user, pk)
    context = {
        "title": found,
        "words": queries.printed_now(found),
        "code": rules.show_code(found.code),
        "address": certificates.public_page(found),
        "standing": queries.standing_of(found, localdate()),
        "corrections": _corrections(found),
        "later": _later_papers(found),
        "original": found.decision.printings.filter(copy=False).exists() and not found.corrections.exists(),
        "makes": can(request.user, "paper.make", found.commune_id),
        "copies": found.printings.filter(copy=True).select_related("printed_by").order_by("-pk"),
        "crumbs": [("Sổ công nhận", reverse("recognition:register"))],
        "prints": can(request.user, "paper.write", found.commune_id),
        "decides": can(request.user, "recognition.decide", found.commune_id),
        "revokes": can(request.user, "recognition.revoke", found.commune_id),
    }
    return render(request, "recognition/title.html", context)


def _corrections(found: Recognition) -> list[tuple[Correction, list[tuple[str, str, str]]]]:
    """The corrections of a title, each with its changes: what, as it was, as it reads."""
    made = found.corrections.select_related("decision").order_by("decision__day", "pk")
    return [
        (one, [(words, one.before[key], one.after[key]) for key, words in CORRECTABLE.items() if key in one.after])
        for one in made
    ]


def _later_papers(found: Recognition) -> list[tuple[Decision, list[tuple[str, str, list[Paper]]]]]:
    """The decisions that followed a title with their papers: kind, label, the file in use."""
    followed = Q(revocations__recognition=found) | Q(corrections__recognition=found)
    decisions = list(Decision.objects.filter(followed).order_by("day", "pk"))
    made = [one for one in queries.papers(found.decision.round_id) if one.decision_id] if decisions else []
    return [(one, papers.of_later(one, made)) for one in decisions]


@login_required
@require_safe
def original(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Download one certificate as it was printed."""
    found = access.title_for(request.user, pk, "paper.make")
    try:
        name, data = prints.original(found.pk, by=request.user)
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("recognition:title", pk)
    return attachment(data, name)


@login_required
@require_POST
def reprint(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Print a copy, with its reason."""
    found = access.title_for(request.user, pk, "paper.write")
    try:
        data = prints.reprint(found.pk, by=request.user, reason=request.POST.get("reason", ""))
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("recognition:title", pk)
    return attachment(data, f"ban-sao-{found.printed['number'].replace('/', '-')}.pdf")


@login_required
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a title back by a signed decision; or only draft its paper."""
    found = access.title_for(request.user, pk, "recognition.revoke")
    draft = "draft" in request.POST
    form = forms.LaterForm(request.POST or None, initial=_start(found), draft=draft)
    if sent(request, form):
        wish = form.cleaned_data
        if draft:
            paper: list[bytes] = []
            if done(form, lambda: paper.append(papers.draft_revocation([pk], Wish(**wish), by=request.user))):
                return attachment(paper[0], "du-thao-thu-hoi.docx")
        elif done(form, lambda: actions.revoke([pk], by=request.user, **wish)):
            messages.success(request, "Đã ghi quyết định thu hồi. Làm giấy của quyết định ở mục dưới.")
            return redirect("recognition:title", pk)
    return _later(request, found, form, "Thu hồi danh hiệu", "Danh hiệu ở lại trong sổ, ghi là đã thu hồi.")


@login_required
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put name or address right by a signed decision; or only draft its paper."""
    found = access.title_for(request.user, pk, "recognition.revoke")
    said = queries.printed_now(found)
    initial = _start(found) | {"name": said["name"], "address": said["address"]}
    draft = "draft" in request.POST
    form = forms.CorrectForm(request.POST or None, initial=initial, draft=draft)
    if sent(request, form):
        wish = dict(form.cleaned_data)
        changes = {key: wish.pop(key) for key in CORRECTABLE}
        if draft:
            paper: list[bytes] = []
            if done(form, lambda: paper.append(papers.draft_correction(pk, changes, Wish(**wish), by=request.user))):
                return attachment(paper[0], "du-thao-dinh-chinh.docx")
        elif done(form, lambda: actions.correct(pk, changes, by=request.user, **wish)):
            messages.success(request, "Đã ghi đính chính. Làm quyết định và giấy công nhận mới ở mục dưới.")
            return redirect("recognition:title", pk)
    return _later(request, found, form, "Đính chính giấy công nhận", "Nội dung đã in vẫn được giữ lại để tra cứu.")


def _start(found: Recognition) -> dict[str, Any]:
    """What the form of a later decision starts with; the bases only where there is a decision to follow."""
    bases = later.proposed_bases([found]) if found.decision.is_signed else []
    return {"day": localdate(), "signer": found.decision.wording.get("signer", ""), "legal_bases": "\n".join(bases)}


def _later(request: HttpRequest, found: Recognition, form: Any, title: str, lead: str) -> HttpResponse:
    crumbs = [("Sổ công nhận", reverse("recognition:register")), (found.printed["number"], _own(found))]
    context = {"form": form, "title": title, "lead": f"{found.printed['name']}. {lead}", "crumbs": crumbs}
    context["back"] = _own(found)
    return render(request, "recognition/later.html", context, status=422 if form.is_bound else 200)


def _own(found: Recognition) -> str:
    return reverse("recognition:title", args=[found.pk])
