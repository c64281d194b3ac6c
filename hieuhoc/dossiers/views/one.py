"""A dossier on one page: answers, evidence, the sheet with its reasons, what is missing, moves, history."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from hieuhoc.audit import log
from hieuhoc.common.numbers import vn_number
from hieuhoc.dossiers import access, actions, answering, derived, evidence, judging, typed, wording
from hieuhoc.dossiers.forms import EVIDENCE_TYPES, AnswersForm, EvidenceForm, FactsForm, asked_facts
from hieuhoc.dossiers.grid import is_off, lines_of, stands
from hieuhoc.dossiers.models import Dossier
from hieuhoc.dossiers.views.rounds import notice
from hieuhoc.dossiers.workflow import BY_DECISION, moves_from
from hieuhoc.places import tree
from hieuhoc.registry import access as reg_access
from hieuhoc.registry.models import Model
from hieuhoc.registry.wording import ONE
from hieuhoc.rounds import queries as rounds
from hieuhoc.scoring import Criteria, Indicator, Result, what_is_missing

FORWARD = ("submit", "verify", "propose", "register_again")


@login_required
@require_safe
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The dossier."""
    return render(request, "dossiers/one.html", shown(request, access.dossier_for(request.user, pk)))


@login_required
@require_POST
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the answers that changed; what is refused is shown with everything typed still there."""
    dossier = access.dossier_for(request.user, pk)
    criteria = rounds.criteria_of(dossier.round_id, dossier.model)
    form = AnswersForm(criteria, dossier.answers, request.POST)
    if form.is_valid():
        given = form.changed()
        seen = form.cleaned_data["revision"]
        if not given:
            messages.info(request, "Không có gì thay đổi.")
            return redirect("dossiers:one", pk)
        if seen is not None and seen != dossier.revision:
            return _conflict(request, dossier, form, given)
        if _written(form, dossier, given, criteria, request.user):
            messages.success(request, f"Đã lưu {len(given)} chỉ số.")
            return redirect("dossiers:one", pk)
    return render(request, "dossiers/one.html", shown(request, dossier, form=form), status=422)


def _written(form: AnswersForm, dossier: Dossier, given: dict, criteria: Criteria, user: Any) -> bool:
    """Write them; a value the set does not take becomes the error of its field."""
    wrong = {key: said for key, value in given.items() if (said := answering.wrong_value(criteria, key, value))}
    for key, sentence in wrong.items():
        form.add_error(key, sentence)
    if wrong:
        return False
    try:
        actions.answer(dossier.pk, given, by=user, revision=dossier.revision)
    except actions.Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _conflict(request: HttpRequest, dossier: Dossier, form: AnswersForm, given: dict) -> HttpResponse:
    """Someone wrote since: show both, and let the person save again or leave it."""
    criteria = rounds.criteria_of(dossier.round_id, dossier.model)
    form.data = again = request.POST.copy()
    again["revision"] = str(dossier.revision)
    for key in given:
        stored = typed.shown(criteria.by_key[key], dossier.answers.get(key, {}).get("value")) or "để trống"
        form.add_error(key, f"Đang lưu: {stored}. Ở đây đã gõ khác; bấm Lưu lần nữa để ghi số vừa gõ.")
    form.add_error(None, "Hồ sơ vừa được người khác sửa. Chưa ghi gì; so lại các chỉ số được đánh dấu.")
    return render(request, "dossiers/one.html", shown(request, dossier, form=form), status=409)


@login_required
@require_POST
def facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what the set asks to know about the subject."""
    dossier = access.dossier_for(request.user, pk)
    criteria = rounds.criteria_of(dossier.round_id, dossier.model)
    form = FactsForm(criteria, dossier.facts, dossier.level_sought, request.POST)
    if form.is_valid():
        level = form.cleaned_data.get("level")
        try:
            actions.set_facts(pk, form.facts(dossier.facts), by=request.user, level=level)
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Đã lưu thông tin và tính lại kết quả.")
            return redirect("dossiers:one", pk)
    return render(request, "dossiers/one.html", shown(request, dossier, facts_form=form), status=422)


@login_required
@require_safe
def behind(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """The list behind a share computed from titles."""
    dossier = access.dossier_for(request.user, pk)
    criteria = rounds.criteria_of(dossier.round_id, dossier.model)
    indicator = criteria.by_key.get(key)
    if indicator is None or indicator.derived is None:
        raise Http404
    share = derived.of_round(dossier.round_id, dossier.model, indicator.derived).get(dossier.subject_id)
    found = derived.behind(dossier, indicator.derived)
    near = found.filter(place_id__in=access.places_for(request.user))
    frozen = {line["key"]: line for line in dossier.sheet["lines"]} if dossier.frozen_at and dossier.sheet else {}
    page = {
        "dossier": dossier,
        "indicator": indicator,
        "share": share,
        "titles": near.filter(revoked_on=None)[:500],
        "number": found.filter(revoked_on=None).count(),
        "taken_back": near.exclude(revoked_on=None)[:500],
        "counted_then": derived.outdated(dossier.round_id, criteria).get(pk, set()),
        "frozen": frozen.get(key, {}).get("because", ""),
        "unit": ONE[Model(indicator.derived.model)],
    }
    return render(request, "dossiers/behind.html", page)


def shown(request: HttpRequest, dossier: Dossier, **forms: Any) -> dict[str, Any]:
    """Everything the page of a dossier shows; ``forms`` are those to show again as they were typed."""
    entry = rounds.model_of(dossier.round_id, dossier.model)
    criteria = rounds.criteria_of(dossier.round_id, dossier.model)
    result = judging.result_of(dossier)
    rights = reg_access.rights_at(request.user, dossier.place_id)
    locked = answering.closed(dossier) or ("" if "dossier.write" in rights else "Tài khoản này chỉ xem.")
    form = forms.get("form") or AnswersForm(criteria, dossier.answers, initial={"revision": dossier.revision})
    return {
        "dossier": dossier,
        "subject": dossier.subject,
        "round": dossier.round,
        "place": tree.name_of(dossier.place_id, localdate()),
        "criteria": criteria,
        "notice": notice(entry),
        "locked": locked,
        "form": form,
        "groups": groups_of(criteria, dossier, result, form, bool(locked)),
        "outdated": _outdated(dossier, criteria),
        "missing": [] if dossier.frozen_at or result is None else what_is_missing(result)[1:],
        "moves": moves_for(dossier, rights),
        "rights": rights,
        "facts_form": forms.get("facts_form") or _facts_form(criteria, dossier, locked),
        "facts": _facts_shown(criteria, dossier),
        "evidence": dossier.evidence.filter(removed_at=None).select_related("file", "added_by").order_by("added_at"),
        "evidence_form": forms.get("evidence_form") or EvidenceForm(criteria),
        "evidence_types": EVIDENCE_TYPES,
        "evidence_asked": evidence.asked_by(criteria),
        "evidence_left": evidence.limit(criteria) - dossier.evidence.filter(removed_at=None).count(),
        "history": wording.said(dossier.pk, criteria, log.history(dossier)[:100]),
    }


def _outdated(dossier: Dossier, criteria: Criteria) -> list[Dossier]:
    """The dossiers of the titles this frozen sheet counted and that were taken back since."""
    if not dossier.frozen_at or not any(one.derived for one in criteria.indicators):
        return []
    titles = derived.outdated(dossier.round_id, criteria).get(dossier.pk, set())
    return list(Dossier.objects.filter(pk__in=titles).select_related("subject").order_by("subject__sort_key"))


def groups_of(criteria: Criteria, dossier: Dossier, result: Result | None, form: AnswersForm, locked: bool) -> list:
    """The sheet by criterion: each indicator with its field or its value, how it stands and why."""
    lines = lines_of(dossier, result)
    shares = {} if dossier.frozen_at else derived.shares(dossier.round_id, criteria)
    rows: dict[str, list[dict[str, Any]]] = {}
    for one in criteria.indicators:
        line = lines.get(one.key)
        value = dossier.answers.get(one.key, {}).get("value")
        share = shares.get(one.key, {}).get(dossier.subject_id)
        rows.setdefault(one.criterion, []).append({
            "key": one.key,
            "label": one.label,
            "derived": one.derived,
            "share": share,
            "field": None if locked or one.derived else form[one.key],
            "text": typed.shown(one, share if one.derived else value) or _counted_then(one, line),
            "points": one.points,
            "said_by": dossier.answers.get(one.key, {}).get("said_by", ""),
            "stands": stands(line, is_off(line, value)),
            "because": line["because"] if line else "",
        })  # fmt: skip
    return [(group, rows.get(group.key, [])) for group in criteria.groups]


def _counted_then(indicator: Indicator, line: dict[str, Any] | None) -> str:
    """What a frozen sheet says of a share that is computed: its points, since the share itself was not kept."""
    if not indicator.derived or not line or line.get("earned") is None:
        return ""
    earned, possible = (vn_number(Decimal(str(line[key]))) for key in ("earned", "possible"))
    return f"{earned}/{possible} điểm"


def moves_for(dossier: Dossier, rights: frozenset[str]) -> list[dict[str, Any]]:
    """The moves this person may make now, the way forward first; one whose outcome is not there says so."""
    if dossier.round.state != "open":
        return []
    found = []
    for name, step in moves_from(dossier.state).items():
        if name in BY_DECISION or step.right not in rights:
            continue
        short = bool(step.outcome) and dossier.outcome != step.outcome
        found.append({"name": name, "move": step, "forward": name in FORWARD, "short": short})
    return sorted(found, key=lambda one: not one["forward"])


def _facts_form(criteria: Criteria, dossier: Dossier, locked: str) -> FactsForm | None:
    if locked or not (asked_facts(criteria) or criteria.levels > 1):
        return None
    return FactsForm(criteria, dossier.facts, dossier.level_sought)


def _facts_shown(criteria: Criteria, dossier: Dossier) -> list[tuple[str, str]]:
    found = []
    for name, words, choices in asked_facts(criteria):
        value = dossier.facts.get(name)
        value = {True: "yes", False: "no"}.get(value, value) if name == "has_learners" else value
        found.append((words, dict(choices).get(value, "") if value else ""))
    return found
