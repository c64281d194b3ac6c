"""Every write of recognition: council, meetings, submission, decision and its signing, what follows, prints, templates.

A decision is one transaction whatever its size: titles for all proposed dossiers of its models, and the dossiers
moved. It may be extended until it is signed; from then on only later facts follow (revoke, correct). Nothing here
sends a decision to anybody: who signs is a person with pen and seal, and ``sign_decision`` records that it was done.
Use: ``decision = actions.issue_decision(round_id, by=approver)`` … ``actions.sign_decision(decision.pk, …)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate, now

from hieuhoc.accounts.access import require
from hieuhoc.audit import log
from hieuhoc.common.text import nfc
from hieuhoc.documents import word
from hieuhoc.documents.fields import PAPERS
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.actions import Refused
from hieuhoc.dossiers.models import Dossier
from hieuhoc.files import store
from hieuhoc.places import tree
from hieuhoc.places.models import Unit
from hieuhoc.recognition import bases, deciding, deliberating, dropping, later, queries, rules, submissions
from hieuhoc.recognition.models import (
    Council,
    CouncilMeeting,
    CouncilMember,
    Decision,
    Dropped,
    PaperTemplate,
    Recognition,
    Revocation,
    Submission,
    VillageMeeting,
    Vote,
)
from hieuhoc.rounds.models import Round

__all__ = [
    "Refused", "correct", "drop_title", "found_council", "hold_council", "issue_decision", "record_village_meeting",
    "replace_template", "restore_title", "revoke", "sign_decision", "write_submission",
]  # fmt: skip

SIGNING = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")


@transaction.atomic
def found_council(round_id: int, members: Sequence[Mapping[str, Any]], *, by: Any, founded_by: str = "") -> Council:
    """Name the council: members {name, post, role, association}; odd, at least 5, the association among them."""
    round_ = dossiers.open_round(round_id)
    require(by, "paper.write", round_.place_id)
    problems = rules.council_problems([(member["name"], member["role"], member["association"]) for member in members])
    problems += [
        f"{name} có tên hai lần trong hội đồng."
        for name in rules.repeated((member["name"], member.get("post", "")) for member in members)
    ]
    if problems:
        raise Refused(" ".join(problems))
    council = Council.objects.create(round=round_, founded_by=nfc(founded_by))
    CouncilMember.objects.bulk_create(
        CouncilMember(council=council, position=n, **_member(member)) for n, member in enumerate(members, 1)
    )
    after = {"members": [rules.person_name(member["name"]) for member in members], "founded_by": founded_by}
    log.record("recognition.found_council", council, by=by, place=round_.place_id, after=after)
    return council


def _member(member: Mapping[str, Any]) -> dict[str, Any]:
    words = {"name": rules.person_name(member["name"]), "post": nfc(member.get("post", ""))}
    return words | {"role": member["role"], "association": bool(member["association"])}


@transaction.atomic
def record_village_meeting(round_id: int, place_id: int, *, by: Any, **fields: Any) -> VillageMeeting:
    """Record or amend the meeting of a village; what is not said stays open for pen and ink."""
    round_ = dossiers.open_round(round_id)
    require(by, "dossier.write", place_id)
    if not tree.is_below(place_id, round_.place_id, localdate()):
        raise Refused("Thôn này không thuộc xã của đợt xét.")
    summoned, present = fields.get("summoned"), fields.get("present")
    if summoned is not None and present is not None and present > summoned:
        raise Refused(f"Có mặt {present} hộ, nhiều hơn {summoned} hộ được triệu tập.")
    meeting, _ = VillageMeeting.objects.update_or_create(
        round=round_, place_id=place_id, defaults={**fields, "recorded_by": by}
    )
    log.record("recognition.village_meeting", meeting, by=by, place=place_id, after=fields)
    return meeting


@transaction.atomic
def write_submission(
    round_id: int, *, by: Any, number: str = "", day: date | None = None, signer: str = ""
) -> Submission:
    """Write the tờ trình with the counts of this moment: all, registered, put forward, by model; and its list."""
    round_ = dossiers.open_round(round_id)
    require(by, "dossier.propose", round_.place_id)
    tallies = queries.tallies(round_)
    if not any(tally["proposed"] for tally in tallies):
        raise Refused("Chưa có hồ sơ nào được đề nghị công nhận.")
    submission = Submission.objects.create(
        round=round_, number=number.strip(), day=day, signer=nfc(signer) or round_.head, tallies=tallies, made_by=by
    )
    submissions.keep_list(submission)
    log.record("recognition.submit", submission, by=by, place=round_.place_id, after={"tallies": tallies})
    return submission


@transaction.atomic
def hold_council(
    council_id: int, votes: Iterable[Mapping[str, Any]], *, by: Any, present: Sequence[int], **fields: Any
) -> CouncilMeeting:
    """Record a meeting (or written votes): who took part, votes {model, dossier, yes, no, abstained} on each matter."""
    council = Council.objects.select_related("round").get(pk=council_id)
    round_ = dossiers.open_round(council.round_id)
    require(by, "paper.write", round_.place_id)
    members = deliberating.members_there(council, present)
    given = list(votes)
    deliberating.refuse_votes(council, len(members), given)
    meeting = CouncilMeeting.objects.create(council=council, recorded_by=by, **fields)
    meeting.present.set(members)
    counts = {tally["model"]: tally["proposed"] for tally in queries.tallies(round_)}
    Vote.objects.bulk_create(Vote(meeting=meeting, **_vote(vote, counts)) for vote in given)
    cast = [dict(vote) | ({"dossier": str(vote["dossier"])} if vote.get("dossier") else {}) for vote in given]
    after = {"present": len(members), "of": council.members.count(), "votes": cast}
    log.record("recognition.hold_council", meeting, by=by, place=round_.place_id, after=after)
    return meeting


def _vote(vote: Mapping[str, Any], counts: Mapping[str, int]) -> dict[str, Any]:
    dossier = vote.get("dossier")
    number = 1 if dossier else counts.get(vote["model"], 0)
    cast = {"yes": vote["yes"], "no": vote["no"], "abstained": vote.get("abstained", 0)}
    return {"model": vote["model"], "dossier_id": dossier, "dossiers": number} | cast


@transaction.atomic
def issue_decision(
    round_id: int,
    *,
    by: Any,
    models: Sequence[str] | None = None,
    into: int | None = None,
    number: str = "",
    day: date | None = None,
    signer: str = "",
    signing: Sequence[str] = SIGNING,
    legal_bases: Sequence[str] | None = None,
) -> Decision:
    """Give their titles to all proposed dossiers of the models (all by default); with a day it is signed at once.

    ``into`` extends a decision that is not signed yet, as when clans are judged after families have their titles.
    """
    round_ = dossiers.open_round(round_id)
    require(by, "recognition.decide", round_.place_id)
    wanted = list(models or round_.models.values_list("model", flat=True))
    rows = deciding.proposed(round_id, wanted, into)
    if not rows:
        raise Refused("Không có hồ sơ nào đang được đề nghị công nhận.")
    words = deciding.Wording(round_.place_id, {row.place_id for row in rows}, day or localdate())
    decision = _unsigned(into, round_) if into else _new_decision(round_, rows, words, signer, signing, legal_bases, by)
    ids = deciding.pour(decision.pk, round_.year, rows, words)
    dropping.list_changed(decision)
    dossiers.move(ids, "recognise", by=by)
    _mark_illustrative(decision, rows)
    log.record(
        "recognition.issue", decision, by=by, place=round_.place_id, after={"models": wanted, "titles": len(ids)}
    )
    return sign_decision(decision.pk, number, day, by=by, signer=signer) if day else decision


def _new_decision(
    round_: Round,
    rows: Sequence[deciding.Proposed],
    words: deciding.Wording,
    signer: str,
    signing: Sequence[str],
    legal_bases: Sequence[str] | None,
    by: Any,
) -> Decision:
    bodies = {row.body for row in rows}
    if len(bodies) > 1:
        raise Refused("Các danh hiệu do nhiều cơ quan quyết định; ra quyết định riêng cho từng danh hiệu.")
    wording = {
        "issued_place": words.commune.bare,
        "signing": list(signing),
        "signer": nfc(signer),
        "illustrative": False,
        "demonstration": settings.DEMO,
    }
    return Decision.objects.create(
        round=round_,
        place_id=round_.place_id,
        body=bodies.pop(),
        bases=list(bases.of_round(round_) if legal_bases is None else legal_bases),
        wording=wording,
        issued_by=by,
    )


def _unsigned(decision_id: int, round_: Round) -> Decision:
    decision = Decision.objects.select_for_update().get(pk=decision_id)
    if decision.round_id != round_.pk or decision.kind != Decision.Kind.GRANT:
        raise Refused("Quyết định không thuộc đợt xét này.")
    if decision.is_signed:
        raise Refused("Quyết định đã ký, không thêm danh hiệu được nữa; ra quyết định mới.")
    return decision


def _mark_illustrative(decision: Decision, rows: Sequence[deciding.Proposed]) -> None:
    if any(row.illustrative for row in rows) and not decision.wording["illustrative"]:
        decision.wording |= {"illustrative": True}
        decision.save(update_fields=["wording"])


@transaction.atomic
def drop_title(recognition_id: UUID, *, by: Any, reason: str) -> Dropped:
    """Take one title out of a decision that is not signed; its dossier waits for a decision again, as before."""
    title = Recognition.objects.select_related("subject").get(pk=recognition_id)
    decision = dropping.unsigned(title.decision_id)
    require(by, "recognition.decide", decision.place_id)
    if not decision.recognitions.filter(pk=title.pk).exists():
        raise Refused("Danh hiệu này vừa được đưa ra khỏi quyết định.")
    if not reason.strip():
        raise Refused("Đưa danh hiệu ra khỏi quyết định cần ghi lý do.")
    dropped = dropping.take_out(title, by=by, reason=reason)
    dossiers.move([title.dossier_id], "drop", by=by, reason=reason)
    dropping.list_changed(decision)
    before = {"name": title.printed["name"], "number": title.printed["number"]}
    log.record("recognition.drop_title", decision, by=by, place=decision.place_id, reason=reason, before=before)
    return dropped


@transaction.atomic
def restore_title(dropped_id: int, *, by: Any) -> Recognition:
    """Undo a drop while the decision is not signed: the title as it was, under its number and code."""
    dropped = Dropped.objects.select_for_update().get(pk=dropped_id)
    decision = dropping.unsigned(dropped.decision_id)
    require(by, "recognition.decide", decision.place_id)
    if dropped.undone_at is not None:
        raise Refused("Danh hiệu này đã được đưa trở lại quyết định.")
    if Dossier.objects.filter(pk=dropped.dossier_id, frozen_at__gt=dropped.dropped_at).exists():
        raise Refused(
            "Hồ sơ đã được đề nghị lại sau khi đưa ra; danh hiệu cũ không còn đúng. Lập quyết định khác cho hồ sơ này."
        )
    dossiers.move([dropped.dossier_id], "recognise", by=by)
    title = dropping.put_back(dropped)
    dropping.list_changed(decision)
    after = {"name": title.printed["name"], "number": title.printed["number"]}
    log.record("recognition.restore_title", decision, by=by, place=decision.place_id, after=after)
    return title


@transaction.atomic
def sign_decision(decision_id: int, number: str, day: date, *, by: Any, signer: str = "") -> Decision:
    """Record that the decision was signed: its number, its day, its signer; it has legal effect from then on."""
    decision = dropping.held(decision_id)
    require(by, "recognition.decide", decision.place_id)
    if decision.is_signed:
        raise Refused("Quyết định này đã ký; không sửa được, chỉ có thể thu hồi hoặc đính chính.")
    if not decision.recognitions.exists():
        raise Refused("Quyết định không còn danh hiệu nào; thêm danh hiệu rồi mới ký.")
    _refuse_number(number, day, decision)
    _refuse_day(day, decision.round)
    deliberating.refuse_day(decision, day)
    decision.number, decision.day, decision.signed_at = number.strip(), day, now()
    if signer:
        decision.wording |= {"signer": nfc(signer)}
    decision.save(update_fields=["number", "day", "signed_at", "wording"])
    after = {"number": decision.number, "day": day.isoformat(), "signer": decision.wording.get("signer", "")}
    log.record("recognition.sign", decision, by=by, place=decision.place_id, after=after)
    return decision


def _refuse_number(number: str, day: date, like: Decision) -> None:
    """A number is used once a year by a place, whatever the decision says."""
    problem = rules.number_problem(number.strip())
    if problem:
        raise Refused(problem)
    # Two people who give the same number at once: the second waits here and then finds it used.
    list(Unit.objects.select_for_update(no_key=True).filter(pk=like.place_id))
    used = Decision.objects.filter(place_id=like.place_id, symbol=like.symbol, day__year=day.year)
    if any(rules.same_number(number, one) for one in used.values_list("number", flat=True)):
        raise Refused(f"Số {number.strip()}/{like.symbol} năm {day.year} đã dùng cho quyết định khác.")


def _refuse_day(day: date, round_: Round) -> None:
    if day > localdate():
        raise Refused("Ngày ký không thể sau hôm nay.")
    if day < round_.opened_on:
        raise Refused("Ngày ký không thể trước ngày mở đợt xét.")


@transaction.atomic
def revoke(
    ids: Iterable[UUID],
    *,
    by: Any,
    number: str,
    day: date,
    reason: str,
    signer: str = "",
    legal_bases: Sequence[str] | None = None,
) -> Decision:
    """Take titles of one round back by a signed decision with a reason; the titles stay in the register as revoked."""
    wish = later.Wish(reason, number, day, signer, legal_bases)
    found = later.to_revoke(ids, wish, by=by, lock=True)
    decision = _sign_later(found, Decision.Kind.REVOKE, wish, day, by)
    Revocation.objects.bulk_create(Revocation(recognition=one, decision=decision, reason=reason) for one in found)
    dossiers.take_title_back([one.dossier_id for one in found], day, by=by, reason=reason)
    _log_later("recognition.revoke", decision, found, by, reason)
    return decision


@transaction.atomic
def correct(
    recognition_id: UUID,
    changes: Mapping[str, str],
    *,
    by: Any,
    number: str,
    day: date,
    reason: str,
    signer: str = "",
    legal_bases: Sequence[str] | None = None,
) -> Decision:
    """Put the name or the address on a certificate right by a signed decision; what was printed stays readable."""
    wish = later.Wish(reason, number, day, signer, legal_bases)
    correction = later.to_correct(recognition_id, changes, wish, by=by, lock=True)
    correction.decision = _sign_later([correction.recognition], Decision.Kind.CORRECT, wish, day, by)
    correction.save()
    _log_later("recognition.correct", correction.decision, [correction.recognition], by, reason)
    return correction.decision


def _sign_later(found: Sequence[Recognition], kind: str, wish: later.Wish, day: date, by: Any) -> Decision:
    """Keep a later decision as signed."""
    decision = later.decision_of(found, kind, wish, by=by)
    _refuse_number(wish.number, day, decision)
    _refuse_day(day, decision.round)
    decision.signed_at = now()
    decision.save()
    return decision


def _log_later(verb: str, decision: Decision, found: Sequence[Recognition], by: Any, reason: str) -> None:
    log.record(
        verb, decision, by=by, place=decision.place_id, reason=reason, targets=[one.pk for one in found],
        target_type="recognition.recognition",
    )  # fmt: skip


@transaction.atomic
def replace_template(round_id: int, kind: str, data: bytes | None, name: str = "", *, by: Any) -> PaperTemplate:
    """Use a commune's own template of a Word paper from now on; None goes back to the product's."""
    round_ = Round.objects.get(pk=round_id)
    require(by, "paper.write", round_.place_id)
    paper = PAPERS.get(kind)
    if paper is None:
        raise Refused("Không có loại giấy tờ này.")
    file = None
    if data is not None:
        problems = word.check(data, paper)
        if problems:
            raise Refused(" ".join(problems))
        file = store.keep(data, name, by=by, kinds=frozenset({"docx"}))
    made = PaperTemplate.objects.create(place_id=round_.place_id, kind=kind, file=file, given_by=by)
    log.record("recognition.replace_template", made, by=by, place=round_.place_id, after={"kind": kind, "name": name})
    return made
