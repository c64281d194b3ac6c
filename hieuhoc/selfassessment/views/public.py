"""The pages behind a link, without an account: confirm, consent, fill in step by step, see the result, withdraw.

A wrong name and a wrong year or code get the same answer after the same time. Every page first asks whether the link
still opens; a page other than the first also who confirmed in this browser.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hieuhoc.dossiers.models import State
from hieuhoc.dossiers.views.rounds import notice
from hieuhoc.places import tree
from hieuhoc.recognition import queries as recognition
from hieuhoc.recognition.rules import show_code
from hieuhoc.registry.models import Model
from hieuhoc.rounds import queries as rounds
from hieuhoc.scoring import Criteria, what_is_missing
from hieuhoc.selfassessment import access, asking, filling, queries, wording
from hieuhoc.selfassessment.access import Holder
from hieuhoc.selfassessment.forms import ConfirmForm, ConsentForm
from hieuhoc.selfassessment.keys import token_of
from hieuhoc.selfassessment.models import Link

ANSWER_AFTER = 0.35  # seconds: longer than any confirmation takes by itself
WRONG = "Chưa đúng. So lại với giấy tờ hoặc với phiếu rồi gõ lại."
WRONG_MANY = (
    "Chưa đúng. Tên phải là tên trong sổ của thôn; mỗi tên thử sai được vài lần. Vẫn chưa được thì hỏi trưởng thôn."
)


def _sent(request: HttpRequest) -> Any:
    """What was sent, be it nothing; None where a page is only asked for."""
    return request.POST if request.method == "POST" else None


def _private(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex"
    return answer


def opened(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view the link of the address; say so where there is none or it does not open any more."""

    @never_cache
    @functools.wraps(view)
    def asked(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
        link = access.link_of(token)
        if link is None:
            return _private(render(request, "selfassessment/enter.html", {"typed": token, "unknown": True}, status=404))
        standing = queries.standing_of(link, localdate())
        if standing.why and not (standing.state == "locked" and access.holder(request, link)):
            return _private(render(request, "selfassessment/stopped.html", {"standing": standing}, status=410))
        if token != token_of(link.pk) and request.method == "GET":
            return redirect("selfassessment:open", token_of(link.pk))
        return _private(view(request, link, **more))

    return asked


def held(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view whoever confirmed; the rest is sent to confirm first."""

    @opened
    @functools.wraps(view)
    def asked(request: HttpRequest, link: Link, **more: Any) -> HttpResponse:
        holder = access.holder(request, link)
        if holder is None:
            return redirect("selfassessment:open", token_of(link.pk))
        return view(request, holder, **more)

    return asked


@require_safe
def enter(request: HttpRequest) -> HttpResponse:
    """Where the number on a paper is typed when its QR cannot be scanned."""
    typed = request.GET.get("phieu", "").strip()[:60]
    link = access.link_of(typed) if typed else None
    if link is not None:
        return redirect("selfassessment:open", token_of(link.pk))
    shown = {"typed": typed, "unknown": bool(typed)}
    return _private(render(request, "selfassessment/enter.html", shown, status=404 if typed else 200))


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def confirm(request: HttpRequest, link: Link) -> HttpResponse:
    """Who it is: a year of birth or a code, and the name where the link is for many."""
    holder = access.holder(request, link)
    if holder is not None and request.method != "POST":
        return redirect(*_next(holder))
    form = ConfirmForm(link, _sent(request))
    if request.method == "POST" and form.is_valid():
        return _confirmed(request, link, form)
    return _ask(request, link, form, 422 if request.method == "POST" else 200)


def _confirmed(request: HttpRequest, link: Link, form: ConfirmForm) -> HttpResponse:
    start, given = time.monotonic(), form.cleaned_data
    address = request.META.get("REMOTE_ADDR", "")
    status, subject = 422, None
    try:
        subject = filling.confirm(link.pk, given.get("name", ""), given["answer"], address=address)
        if subject is None:
            form.add_error(None, WRONG if link.subject_id else WRONG_MANY)
    except filling.Refused as refused:
        form.add_error(None, str(refused))
        status = 429
    time.sleep(max(0.0, ANSWER_AFTER - (time.monotonic() - start)))
    if subject is None:
        return _ask(request, link, form, status)
    return access.let_in(redirect("selfassessment:open", token_of(link.pk)), link, subject)


def _ask(request: HttpRequest, link: Link, form: ConfirmForm, status: int) -> HttpResponse:
    shown = {"form": form, "who": wording.WHO.get(Model(link.model), "người có tên trên phiếu")}
    return render(request, "selfassessment/confirm.html", _around(link) | shown, status=status)


def _around(link: Link) -> dict[str, Any]:
    """What every page says above its matter: which title, which year, where."""
    return {
        "link": link,
        "token": token_of(link.pk),
        "round": link.round,
        "title": Model(link.model).label,
        "where": tree.line_of(link.place_id, localdate()),
    }


def _next(holder: Holder) -> tuple[Any, ...]:
    """Where whoever confirmed goes on: to consent, to the first step left open, or to the result."""
    if queries.closed(holder.round, holder.dossier) or (holder.going and holder.going.finished_at):
        return "selfassessment:result", holder.token
    if holder.going is None:
        return "selfassessment:consent", holder.token
    steps = asking.steps(_criteria(holder))
    number = asking.first_open(steps, holder.going.answers)
    return ("selfassessment:step", holder.token, number) if steps else ("selfassessment:result", holder.token)


def _criteria(holder: Holder) -> Criteria:
    return rounds.criteria_of(holder.round.pk, holder.link.model)


@require_http_methods(["GET", "HEAD", "POST"])
@held
def consent(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Why, what happens to the data, and explicit consent."""
    if holder.going or queries.closed(holder.round, holder.dossier):
        return redirect(*_next(holder))
    form = ConsentForm(holder.subject, holder.round.year, localdate(), _sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            filling.consent(holder.link.pk, holder.subject.pk, represented=bool(form.cleaned_data.get("represented")))
            return redirect("selfassessment:open", holder.token)
        except filling.Refused as refused:
            form.add_error(None, str(refused))
    shown = _around(holder.link) | {"holder": holder, "form": form, "what": wording.WHAT}
    shown["commune"] = tree.versions_of([holder.round.place_id], localdate())[holder.round.place_id].in_sentence
    shown["who"] = wording.WHO.get(Model(holder.link.model), "")
    return render(request, "selfassessment/consent.html", shown, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@held
def step(request: HttpRequest, holder: Holder, number: int) -> HttpResponse:
    """One criterion: answered, saved, on to the next."""
    criteria = _criteria(holder)
    steps = asking.steps(criteria)
    if holder.going is None or queries.closed(holder.round, holder.dossier) or not 1 <= number <= len(steps):
        return redirect(*_next(holder))
    at = steps[number - 1]
    form = asking.StepForm(criteria, at, holder.going.answers, _sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            filling.save(holder.going.pk, form.cleaned_data)
            return _saved(request, holder, at, len(steps))
        except filling.Refused as refused:
            form.add_error(None, str(refused))
    shown = _around(holder.link) | {"holder": holder, "form": form, "step": at, "of": len(steps)}
    shown["notice"] = notice(rounds.model_of(holder.round.pk, holder.link.model))
    return render(request, "selfassessment/step.html", shown, status=422 if form.errors else 200)


def _saved(request: HttpRequest, holder: Holder, at: asking.Step, of: int) -> HttpResponse:
    if "stop" in request.POST:
        shown = _around(holder.link) | {"closes": holder.round.villages_close_on}
        return access.let_out(render(request, "selfassessment/saved.html", shown), holder.link)
    if at.number == of:
        return redirect("selfassessment:result", holder.token)
    return redirect("selfassessment:step", holder.token, at.number + 1)


@require_http_methods(["GET", "HEAD", "POST"])
@held
def result(request: HttpRequest, holder: Holder) -> HttpResponse:
    """The result with its reasons, what is missing, and what the commune decided; a POST says that it is done."""
    refused = ""
    if request.method == "POST" and holder.going:
        try:
            filling.finish(holder.going.pk)
            return redirect("selfassessment:result", holder.token)
        except filling.Refused as said:
            refused = str(said)
    closed = queries.closed(holder.round, holder.dossier)
    if holder.going is None and not closed:
        return redirect("selfassessment:consent", holder.token)
    shown = _around(holder.link) | {"holder": holder, "held": holder.going, "closed": closed, "said": refused}
    shown["notice"] = notice(rounds.model_of(holder.round.pk, holder.link.model))
    shown |= _decided(holder) | _judged(holder)
    return render(request, "selfassessment/result.html", shown, status=422 if refused else 200)


def _judged(holder: Holder) -> dict[str, Any]:
    if holder.going is None:
        return {}
    criteria, answers = _criteria(holder), holder.going.answers
    found = queries.judged(criteria, holder.round, holder.subject.pk, answers)
    asked = [one for step in asking.steps(criteria) for one in step.asked]
    return {
        "result": found,
        "sheet": asking.sheet(criteria, found, answers),
        "because": asking.plainly(criteria, found.because) if found else "",
        "missing": [asking.plainly(criteria, one) for one in what_is_missing(found)[1:]] if found else [],
        "answered": sum(one.key in answers for one in asked),
        "asked": len(asked),
    }


def _decided(holder: Holder) -> dict[str, Any]:
    """What the commune made of it: where the dossier stands, the title once its decision is signed, the reason."""
    title = queries.title_of(holder.round.pk, holder.subject.pk)
    dossier = holder.dossier
    return {
        "dossier": dossier,
        "certificate": title,
        "code": show_code(title.code) if title else "",
        "words": recognition.printed_now(title) if title else {},
        "standing": recognition.standing_of(title, localdate()) if title else None,
        "not_recognised": dossier is not None and dossier.state == State.NOT_RECOGNISED,
        "returned": dossier is not None and dossier.state == State.RETURNED,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@held
def withdraw(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Take consent back: asked once, then the answers are gone."""
    if holder.going is None:
        return redirect("selfassessment:open", holder.token)
    if request.method == "POST":
        filling.withdraw(holder.going.pk)
        return render(request, "selfassessment/withdrawn.html", _around(holder.link))
    return render(request, "selfassessment/withdraw.html", _around(holder.link) | {"holder": holder})


@require_POST
@opened
def leave(request: HttpRequest, link: Link) -> HttpResponse:
    """Forget in this browser who confirmed."""
    return access.let_out(redirect("selfassessment:open", token_of(link.pk)), link)
