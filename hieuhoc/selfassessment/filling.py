"""What whoever holds a link does: confirm, consent, answer, finish, withdraw. Nobody is signed in.

Each verb is one transaction and one line of the act log without a person's name; the log says which indicators were
answered, never what, so that a withdrawal leaves nothing behind. A closed round or dossier is refused with a sentence.
Use: ``filling.save(assessment.pk, {"GD-1.1": 8})``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate, now

from hieuhoc.audit import log
from hieuhoc.dossiers import answering
from hieuhoc.registry.models import Subject
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.models import Round
from hieuhoc.selfassessment import queries, rules, tries
from hieuhoc.selfassessment.keys import paper_code
from hieuhoc.selfassessment.models import Link, SelfAssessment, Way
from hieuhoc.selfassessment.wording import PURPOSES, TEXT_VERSION

EMPTY: dict[str, Any] = {"answers": {}, "outcome": "", "total": None, "because": "", "finished_at": None}


class Refused(ValueError):
    """The act is not possible; the message is the sentence to show."""


class TooMany(Refused):
    """Too many tries from one address."""


@transaction.atomic
def confirm(link_id: UUID, name: str, typed: str, *, address: str) -> Subject | None:
    """The subject whoever typed this is; None for every wrong name and every wrong year or code alike."""
    link = Link.objects.select_for_update(of=("self",)).select_related("subject").get(pk=link_id)
    _refuse_stopped(link)
    if not tries.take(address):
        raise TooMany(f"Nơi này đã thử sai quá nhiều lần. Chờ {tries.WINDOW // 60} phút rồi thử lại.")
    may = link.subject_id is not None or tries.take_name(link, name)
    fitting = _fitting(link, queries.named(link, name), typed)
    if not may or len(fitting) != 1:
        tries.missed(link)
        return None
    tries.give_back(link, name, address)
    Link.objects.filter(pk=link.pk, opened_at=None).update(opened_at=now())
    log.record(
        "selfassessment.confirm", link, by=None, place=link.place_id, targets=[fitting[0].pk],
        target_type="registry.subject",
    )  # fmt: skip
    return fitting[0]


def _fitting(link: Link, bearing: list[Subject], typed: str) -> list[Subject]:
    """Those of the name whose year or code it is; of two that nothing tells apart it is neither."""
    if link.way == Way.CODE:
        return [one for one in bearing if rules.is_code(typed, paper_code(link.pk, one.pk))]
    years = queries.years_of(bearing)
    return [one for one in bearing if rules.is_year(typed, years.get(one.pk, ()))]


def _refuse_stopped(link: Link) -> None:
    stopped = queries.standing_of(link, localdate()).why
    if stopped:
        raise Refused(stopped)


@transaction.atomic
def consent(link_id: UUID, subject_id: UUID, *, represented: bool) -> SelfAssessment:
    """Begin with consent, or begin again after it was withdrawn; consent that stands is left as it is."""
    link = Link.objects.select_for_update(of=("self",)).select_related("round", "subject").get(pk=link_id)
    _refuse_stopped(link)
    _refuse_closed(link.round, subject_id)
    held = SelfAssessment.objects.select_for_update().filter(round=link.round, subject_id=subject_id).first()
    if held and not held.withdrawn_at:
        return held
    given = {"purposes": list(PURPOSES), "text": TEXT_VERSION, "represented": represented}
    kept, _ = SelfAssessment.objects.update_or_create(
        round=link.round, subject_id=subject_id,
        defaults={"model": link.model, "link": link, "consented_at": now(), "consent": given, "withdrawn_at": None},
    )  # fmt: skip
    log.record("selfassessment.consent", kept, by=None, place=link.place_id, after=given)
    return kept


@transaction.atomic
def save(pk: UUID, answers: Mapping[str, Any]) -> SelfAssessment:
    """Keep answers (``None`` takes one back) and judge anew; answers to other indicators stay as they are."""
    held = _open(pk)
    criteria = rounds.criteria_of(held.round_id, held.model)
    for key, value in answers.items():
        problem = answering.wrong_value(criteria, key, value)
        if problem:
            raise Refused(problem)
    laid = {**held.answers, **answers}
    kept = {key: value for key, value in laid.items() if value is not None and key in criteria.keys}
    if kept == held.answers:
        return held
    changed = sorted(key for key in answers if held.answers.get(key) != answers[key])
    result = queries.judged(criteria, held.round, held.subject_id, kept)
    _write(
        held, answers=kept, outcome=result.outcome if result else "", total=result.total if result else None,
        because=result.because if result else "",
    )  # fmt: skip
    log.record("selfassessment.save", held, by=None, place=_place(held), after={"answered": changed})
    return held


@transaction.atomic
def finish(pk: UUID) -> None:
    """Say that it is done; it may be changed as long as the village has not closed."""
    held = _open(pk)
    if not held.answers:
        raise Refused("Chưa trả lời tiêu chí nào.")
    _write(held, finished_at=now())
    log.record("selfassessment.finish", held, by=None, place=_place(held), after={"answered": len(held.answers)})


@transaction.atomic
def withdraw(pk: UUID, *, by: Any = None, reason: str = "") -> None:
    """Take consent back: the answers go at once, the line stays; possible at any time, closed or not.

    ``by`` is the officer who was asked to, with the reason; nobody where it was done through the link.
    """
    held = SelfAssessment.objects.select_for_update(of=("self",)).select_related("subject").get(pk=pk)
    if held.withdrawn_at:
        return
    _write(held, withdrawn_at=now(), **EMPTY)
    log.record("selfassessment.withdraw", held, by=by, place=_place(held), reason=reason)


def _open(pk: UUID) -> SelfAssessment:
    """The self-assessment, locked, if it still takes answers."""
    found = SelfAssessment.objects.select_for_update(of=("self",)).select_related("round", "subject")
    held = found.get(pk=pk)
    if held.withdrawn_at:
        raise Refused("Đồng ý đã được rút; muốn chấm lại thì đồng ý lần nữa.")
    _refuse_closed(held.round, held.subject_id)
    return held


def _refuse_closed(round_: Round, subject_id: UUID) -> None:
    problem = queries.closed(round_, queries.dossier_of(round_.pk, subject_id))
    if problem:
        raise Refused(problem)


def _write(held: SelfAssessment, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(held, name, value)
    SelfAssessment.objects.filter(pk=held.pk).update(**fields, revision=F("revision") + 1, changed_at=now())


def _place(held: SelfAssessment) -> int:
    return held.subject.place_id
