"""Every write on dossiers: register, answer, attach evidence, judge, move.

Each verb is one transaction and one line of the act log; verbs on many are the same verb in one statement. A dossier
that is proposed or decided takes no answers; a move that its table does not know is refused with a sentence.
Use: ``actions.move([dossier.pk], "return", by=user, reason="Thiếu minh chứng chỉ số 3")``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate, now

from hieuhoc.accounts.access import reached, require, require_everywhere
from hieuhoc.audit import log
from hieuhoc.common.ids import uuid7
from hieuhoc.common.text import nfc
from hieuhoc.dossiers import answering, attaching, judging, registering
from hieuhoc.dossiers import evidence as rules_of_evidence
from hieuhoc.dossiers.answering import Answered, Given, Refusal
from hieuhoc.dossiers.attaching import Kept
from hieuhoc.dossiers.models import Dossier, Evidence, State
from hieuhoc.dossiers.workflow import LOCKED, MOVES, Move
from hieuhoc.files import store
from hieuhoc.places import tree
from hieuhoc.registry import queries as registry
from hieuhoc.registry import rehoming
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.models import Round
from hieuhoc.scoring import Criteria


class Refused(ValueError):
    """The act is not possible; the message is the sentence to show."""


@transaction.atomic
def register(
    round_id: int,
    model: str,
    *,
    by: Any,
    ids: Iterable[UUID] = (),
    which: str = "ids",
    place_id: int | None = None,
    on: date | None = None,
) -> list[UUID]:
    """Register subjects for the round: ``ids``, ``all`` of the model, or those of ``last_year``; return new dossiers.

    ``place_id`` keeps ``all`` and ``last_year`` to one village; ``on`` is the day the right is needed (today).
    """
    round_ = open_round(round_id, alone=False)
    wanted, within = list(ids), None
    if which == "ids":
        require_everywhere(by, "dossier.write", registry.places_of(wanted), on)
    else:
        require(by, "dossier.write", place_id or round_.place_id)
        within = tree.below(place_id, localdate()) if place_id else None
    pinned = rounds.pinned(round_id, model)
    made = registering.pour(round_, model, which, ids=wanted, places=within)
    if made:
        judging.judge(round_id, model, only=made, pinned=pinned)
        log.record(
            "dossier.register", round_, by=by, place=round_.place_id, after={"model": model, "new": len(made)},
            targets=made, target_type="dossiers.dossier",
        )  # fmt: skip
    return made


@transaction.atomic
def unregister(ids: Iterable[UUID], *, by: Any, reason: str) -> int:
    """Take registrations made by mistake out of an open round: all or none, and only where nothing was written yet.

    Whoever leaves of their own will withdraws instead: that keeps the dossier.
    """
    wanted = list(dict.fromkeys(ids))
    found = Dossier.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    rows = list(found.values_list("id", "round_id", "model", "place_id", "state"))
    if not rows:
        raise Refused("Không còn đăng ký nào để bỏ.")
    if not reason.strip():
        raise Refused("Bỏ đăng ký cần ghi lý do.")
    round_ = _only_round(rows)
    require_everywhere(by, "dossier.write", {row[3] for row in rows})
    started = len(rows) - registering.untouched(Dossier.objects.filter(pk__in=wanted)).count()
    if started:
        raise Refused(f"{started} hồ sơ đã có điểm, minh chứng hoặc đã gửi; chỉ rút đăng ký được, không bỏ được.")
    log.record(
        "dossier.unregister", round_, by=by, place=round_.place_id, reason=reason,
        before={"models": sorted({row[2] for row in rows}), "removed": len(rows)},
        targets=[row[0] for row in rows], target_type="dossiers.dossier",
    )  # fmt: skip
    Dossier.objects.filter(pk__in=[row[0] for row in rows]).delete()
    return len(rows)


@transaction.atomic
def answer(dossier_id: UUID, answers: dict[str, Any], *, by: Any, revision: int | None = None) -> Dossier:
    """Write answers (``None`` takes one back, ``"n/a"`` says not applicable) and judge anew.

    ``revision`` is the one the writer saw; when someone else wrote since, nothing is overwritten.
    """
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related("round").get(pk=dossier_id)
    require(by, "dossier.write", dossier.place_id)
    _refuse_closed(dossier)
    if revision is not None and revision != dossier.revision:
        raise Refused("Hồ sơ vừa được người khác sửa; tải lại trang để thấy số liệu mới rồi nhập tiếp.")
    _refuse_bad(dossier, answers)
    before = {key: dossier.answers.get(key, {}).get("value") for key in answers}
    dossier.answers = answering.merged(dossier.answers, answers, by=by.pk, at=now().isoformat(timespec="seconds"))
    Dossier.objects.filter(pk=dossier.pk).update(answers=dossier.answers, revision=F("revision") + 1, updated_at=now())
    judging.judge(dossier.round_id, dossier.model, only=[dossier.pk])
    log.record("dossier.answer", dossier, by=by, place=dossier.place_id, before=before, after=answers)
    dossier.refresh_from_db()
    return dossier


@transaction.atomic(savepoint=False)  # refuses cell by cell, so there is nothing to take back by itself
def answer_many(
    given: Iterable[Given], *, by: Any, on: date | None = None, locked: answering.Locked | None = None
) -> Answered:
    """Write cells of many dossiers, as a grid or a phone does; say what stands now and why each refused cell was.

    Every cell is taken or refused by itself: a closed dossier, a wrong value, an answer someone else changed since.
    ``on`` is the day on which the writer needs the right (today by default); ``locked`` holds the dossiers where this
    transaction has just locked and read them.
    """
    cells = list(given)
    locked = locked or answering.lock({cell.dossier for cell in cells})
    dossiers = locked.dossiers
    within = reached(by, "dossier.write", {one.place_id for one in dossiers.values()}, on)
    sorted_out = answering.sort_out(cells, locked, within)
    before = answering.values(dossiers, sorted_out.taken)
    changed = answering.lay_over(dossiers, sorted_out.taken, by)
    if changed:
        after = {pk: {key: cell.value for key, cell in cells.items()} for pk, cells in sorted_out.taken.items()}
        _record_answers(changed, before, after, by, answering.storing(changed, locked.sets))
    return Answered(answering.revisions(dossiers, sorted_out.taken), sorted_out.refused)


def _record_answers(changed: list[Dossier], before: dict, after: dict, by: Any, act: tuple[str, list[Any]]) -> None:
    """The act with its line: of the dossier when it is one, of the round with each dossier's cells when many."""
    first = changed[0]
    if len(changed) == 1:
        log.record(
            "dossier.answer", first, by=by, place=first.place_id, act=act,
            before=before[first.pk], after=after[first.pk],
        )  # fmt: skip
        return
    told = [{str(pk): values for pk, values in side.items()} for side in (before, after)]
    log.record(
        "dossier.answer", first.round, by=by, place=first.round.place_id, before=told[0], after=told[1],
        targets=list(after), target_type="dossiers.dossier", act=act,
    )  # fmt: skip


def _refuse_bad(dossier: Dossier, answers: dict[str, Any]) -> None:
    criteria = rounds.criteria_of(dossier.round_id, dossier.model)
    for key, value in answers.items():
        problem = answering.wrong_value(criteria, key, value)
        if problem:
            raise Refused(problem)


@transaction.atomic
def judge_all(round_id: int, model: str, *, by: Any) -> int:
    """Judge every open dossier of the model anew, as when titles below have been decided."""
    round_ = open_round(round_id)
    require(by, "dossier.verify", round_.place_id)
    count = judging.judge(round_id, model)
    log.record("dossier.judge", round_, by=by, place=round_.place_id, after={"model": model, "judged": count})
    return count


@transaction.atomic
def set_facts(dossier_id: UUID, facts: dict[str, Any], *, by: Any, level: int | None = None) -> None:
    """Say what the set asks to know about the subject (kind, scope, has_learners) and the level sought."""
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related("round").get(pk=dossier_id)
    require(by, "dossier.write", dossier.place_id)
    _refuse_closed(dossier)
    before = {"facts": dossier.facts, "level": dossier.level_sought}
    Dossier.objects.filter(pk=dossier.pk).update(facts=facts, level_sought=level, revision=F("revision") + 1)
    judging.judge(dossier.round_id, dossier.model, only=[dossier.pk])
    after = {"facts": facts, "level": level}
    log.record("dossier.set_facts", dossier, by=by, place=dossier.place_id, before=before, after=after)


@transaction.atomic
def attach(dossier_id: UUID, data: bytes, name: str, *, by: Any, indicator: str = "", note: str = "") -> Evidence:
    """Attach a photo or PDF to a dossier; a photo is written anew without its place data."""
    dossier, criteria = _taking_evidence(dossier_id, indicator, by)
    file = store.keep(data, name, by=by, kinds=store.EVIDENCE)
    evidence = Evidence.objects.create(dossier=dossier, indicator=indicator, file=file, note=note, added_by=by)
    after = {"indicator": indicator, "file": str(file.pk)}
    log.record("dossier.attach", dossier, by=by, place=dossier.place_id, after=after)
    _judge_evidence(dossier, criteria)
    return evidence


@transaction.atomic(savepoint=False)  # refuses file by file
def attach_kept(
    kept: Sequence[Kept], *, by: Any, on: date | None = None, locked: answering.Locked | None = None
) -> list[UUID | Refusal]:
    """Attach files that are kept already, as those that came in pieces are; each is taken or refused by itself.

    Gives the number of the evidence made of each. ``on`` is the day on which the right is needed (today by default);
    ``locked`` as for ``answer_many``.
    """
    locked = locked or answering.lock({one.dossier for one in kept})
    within = reached(by, "dossier.write", {one.place_id for one in locked.dossiers.values()}, on)
    refused = attaching.problems(kept, locked, within)
    made = {number: (uuid7(), one) for number, one in enumerate(kept) if number not in refused}
    if made:
        _record_attached(locked, list(made.values()), by)
    return [refused[number] if number in refused else made[number][0] for number in range(len(kept))]


def _record_attached(locked: answering.Locked, made: list[tuple[UUID, Kept]], by: Any) -> None:
    """Attach with one line for all; the dossiers whose set asks for evidence are judged anew."""
    dossiers = [locked.dossiers[one.dossier] for _, one in made]
    first = dossiers[0]
    alone = {one.pk for one in dossiers} == {first.pk}
    log.record(
        "dossier.attach", first if alone else first.round, by=by,
        place=first.place_id if alone else first.round.place_id,
        after={str(pk): {"indicator": one.indicator, "file": str(one.file)} for pk, one in made},
        targets=[] if alone else {one.pk for one in dossiers}, target_type="dossiers.dossier",
        act=attaching.storing(made, by),
    )  # fmt: skip
    for of in {(one.round_id, one.model) for one in dossiers}:
        if rules_of_evidence.asked_by(locked.sets[of]):
            judging.judge(*of, only={one.pk for one in dossiers if (one.round_id, one.model) == of})


@transaction.atomic
def cite(dossier_id: UUID, note: str, *, by: Any, indicator: str) -> Evidence:
    """Name what supports an answer without a file: the list a figure was taken from, a document kept elsewhere."""
    dossier, criteria = _taking_evidence(dossier_id, indicator, by)
    words = nfc(note)
    if not words or not indicator:
        raise Refused("Minh chứng không có tệp thì cần chọn chỉ số và ghi rõ danh sách hoặc văn bản nào.")
    evidence = Evidence.objects.create(dossier=dossier, indicator=indicator, note=words, added_by=by)
    log.record(
        "dossier.cite", dossier, by=by, place=dossier.place_id, after={"indicator": indicator, "note": words}
    )  # fmt: skip
    _judge_evidence(dossier, criteria)
    return evidence


def _taking_evidence(dossier_id: UUID, indicator: str, by: Any) -> tuple[Dossier, Criteria]:
    """The open dossier, locked, and its criteria; refused where it is full or the indicator is none of the set."""
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related("round").get(pk=dossier_id)
    require(by, "dossier.write", dossier.place_id)
    _refuse_closed(dossier)
    criteria = rounds.criteria_of(dossier.round_id, dossier.model)
    there = dossier.evidence.filter(removed_at=None).count()
    problem = rules_of_evidence.full(criteria, there) or rules_of_evidence.unknown(criteria, indicator)
    if problem:
        raise Refused(problem)
    return dossier, criteria


def _judge_evidence(dossier: Dossier, criteria: Criteria) -> None:
    """Judge anew where the set asks for evidence."""
    if rules_of_evidence.asked_by(criteria):
        judging.judge(dossier.round_id, dossier.model, only=[dossier.pk])


@transaction.atomic
def detach(evidence_id: UUID, *, by: Any, reason: str = "", on: date | None = None) -> None:
    """Take a piece of evidence away from an open dossier; its line stays in the history."""
    evidence = Evidence.objects.get(pk=evidence_id)
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related("round").get(pk=evidence.dossier_id)
    require(by, "dossier.write", dossier.place_id, on)
    _refuse_closed(dossier)
    Evidence.objects.filter(pk=evidence_id, removed_at=None).update(removed_at=now())
    before = {"indicator": evidence.indicator, "file": str(evidence.file_id or ""), "note": evidence.note}
    log.record("dossier.detach", dossier, by=by, place=dossier.place_id, reason=reason, before=before)
    _judge_evidence(dossier, rounds.criteria_of(dossier.round_id, dossier.model))


@transaction.atomic
def move(ids: Iterable[UUID], name: str, *, by: Any, reason: str = "", on: date | None = None) -> int:
    """Make the move ``name`` of the table with one or many dossiers of one round; all go or none.

    ``on`` is the day on which the right is needed (today by default).
    """
    step = MOVES[name]
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return 0
    if step.needs_reason and not reason.strip():
        raise Refused(f"«{step.label}» cần ghi lý do.")
    rows = list(
        Dossier.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
        .values_list("id", "round_id", "model", "place_id", "state")
    )  # fmt: skip
    if len(rows) != len(wanted):
        raise Refused("Có hồ sơ không còn.")
    round_ = _only_round(rows)
    require_everywhere(by, step.right, {row[3] for row in rows}, on)
    _refuse_state(step, rows)
    _freeze(step, round_, rows, wanted)
    _refuse_outcome(step, wanted)
    Dossier.objects.filter(pk__in=wanted).update(
        state=step.target, reason=reason.strip(), revision=F("revision") + 1, updated_at=now(), **_dated(step)
    )
    if step.sources & LOCKED and step.target not in LOCKED:
        # Whoever moved house while the sheet was frozen is met again where they live now.
        rehoming.dossiers_follow(Dossier.objects.filter(pk__in=wanted).values_list("subject_id", flat=True))
    log.record(
        f"dossier.{name}", round_ if len(wanted) > 1 else Dossier(pk=wanted[0]), by=by, place=round_.place_id,
        reason=reason, after={"state": step.target}, targets=wanted, target_type="dossiers.dossier",
    )  # fmt: skip
    return len(wanted)


@transaction.atomic
def take_title_back(ids: Iterable[UUID], day: date, *, by: Any, reason: str) -> int:
    """Keep that the titles of these dossiers stand no more from ``day`` on, as a decision said; no move takes it back.

    The round may be closed by then. Shares computed from now on leave these titles out; frozen sheets stay.
    """
    wanted = list(dict.fromkeys(ids))
    found = Dossier.objects.select_for_update().select_related("round").filter(pk__in=wanted).order_by("pk")
    standing = [one for one in found if one.state == State.RECOGNISED and one.revoked_on is None]
    if not wanted or len(standing) != len(wanted):
        raise Refused("Có hồ sơ không mang danh hiệu đang có hiệu lực.")
    require_everywhere(by, "recognition.revoke", {one.place_id for one in standing})
    Dossier.objects.filter(pk__in=wanted).update(revoked_on=day, revoked_at=now(), revision=F("revision") + 1)
    first = standing[0]
    log.record(
        "dossier.take_title_back", first.round if len(wanted) > 1 else first, by=by, place=first.round.place_id,
        reason=reason, after={"revoked_on": day.isoformat()}, targets=wanted, target_type="dossiers.dossier",
    )  # fmt: skip
    return len(wanted)


def _only_round(rows: list[tuple]) -> Round:
    rounds_of = {row[1] for row in rows}
    if len(rounds_of) > 1:
        raise Refused("Các hồ sơ thuộc nhiều đợt xét khác nhau.")
    return open_round(rounds_of.pop(), alone=False)


def _refuse_state(step: Move, rows: list[tuple]) -> None:
    wrong = [row for row in rows if row[4] not in step.sources]
    if wrong:
        stands = State(wrong[0][4]).label
        raise Refused(f"{len(wrong)} hồ sơ không ở bước có thể «{step.label}» (đang: {stands}).")


def _freeze(step: Move, round_: Round, rows: list[tuple], wanted: list[UUID]) -> None:
    """The score sheet freezes at proposal and at refusal; it thaws with the move that goes back (``_dated``)."""
    if step.target not in (State.PROPOSED, State.NOT_RECOGNISED):
        return
    for model in sorted({row[2] for row in rows}):
        judging.judge(round_.pk, model, only=[row[0] for row in rows if row[2] == model], with_sheet=True)
    Dossier.objects.filter(pk__in=wanted, frozen_at=None).update(frozen_at=now())


def _dated(step: Move) -> dict[str, Any]:
    """The moments a move sets: of recognition, of being taken out of it, or that the sheet is frozen no more."""
    if step.target == State.RECOGNISED:
        return {"recognised_at": now(), "dropped_at": None}
    if State.RECOGNISED in step.sources:
        return {"dropped_at": now()}
    return {} if step.target in LOCKED else {"frozen_at": None}


def _refuse_outcome(step: Move, wanted: list[UUID]) -> None:
    if not step.outcome:
        return
    short = Dossier.objects.filter(pk__in=wanted).exclude(outcome=step.outcome).count()
    if short:
        raise Refused(f"{short} hồ sơ chưa đạt theo bộ tiêu chí, không thể «{step.label}».")


def _refuse_closed(dossier: Dossier) -> None:
    problem = answering.closed(dossier)
    if problem:
        raise Refused(problem)


def open_round(round_id: int, *, alone: bool = True) -> Round:
    """The round if it is still open; a closed one is refused with a sentence.

    Nobody closes it before the transaction ends. Where the act may go on beside its like, not ``alone``; who has begun
    so must not ask for it alone afterwards: two that do wait for each other.
    """
    round_ = rounds.hold(round_id, alone=alone)
    if round_.state != Round.State.OPEN:
        raise Refused(f"Đợt xét năm {round_.year} đã khóa.")
    return round_
