"""Answers that met: each is written where nothing changed under it, else both are kept and a person chooses.

Where an answer builds on the phone's own former envelope (``after``), what became of that one is its base: written, its
revision; refused, what that one was built on; in conflict, this one too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.answering import Given, Refusal
from hieuhoc.dossiers.models import Dossier
from hieuhoc.field.desk import Desk, End, done, held, refused
from hieuhoc.field.models import Envelope, Outcome
from hieuhoc.field.shapes import Base, Letter

NOTHING = Base(0, None)
CODES = {"absent": "not_yours", "closed": "closed", "wrong_value": "wrong_value"}
MET = "Câu trả lời này vừa được người khác ghi khác đi; xã sẽ chọn một bản."


def former(desk: Desk, letters: Iterable[Letter]) -> dict[UUID, End]:
    """What became of the envelopes these letters build on: of this delivery, or of one before by the same person."""
    wanted = {one.after for one in letters if one.after}
    ends = {one: desk.ends[one] for one in wanted if one in desk.ends}
    rest = wanted - ends.keys()
    if rest:
        people = {desk.by.pk} | {one.person_id for one in desk.envelopes.values()}
        found = Envelope.objects.filter(made_id__in=rest, person__in=people).exclude(outcome=Outcome.RECEIVED)
        ends |= {one.made_id: _settled(one) for one in found}
    return ends


def _settled(one: Envelope) -> End:
    """The end of a former envelope. One that the commune chose counts as written; where it kept the other answer, what
    the phone wrote on before it knew is a conflict again.
    """
    if one.outcome == Outcome.CONFLICT and one.settlement == Envelope.Settlement.TAKEN:
        stands = (one.result or {}).get("stands") or {"rev": 0, "value": None}
        return End(Outcome.APPLIED, "", "", stands)
    return End(one.outcome, one.code, one.message, one.result, one.waits_for)


def write(desk: Desk, letters: list[Letter]) -> dict[UUID, End]:
    """Write the answers of registered subjects; what became of each."""
    ends: dict[UUID, End] = {}
    before = former(desk, letters)
    bases: dict[UUID, Base] = {}
    for letter in letters:
        base = _base(letter, before)
        if isinstance(base, End):
            ends[letter.id] = base
        else:
            bases[letter.id] = base
    return ends | _give(desk, [one for one in letters if one.id in bases], bases)


def _base(letter: Letter, before: dict[UUID, End]) -> Base | End:
    """What the answer builds on, or the end it comes to before anything is written."""
    if letter.after is None:
        return letter.base or NOTHING
    end = before.get(letter.after)
    if end is None or end.outcome == Outcome.HELD:
        return held("no_base", "Chờ câu trả lời trước đó về tới máy chủ.", letter.after)
    if end.outcome == Outcome.CONFLICT:
        return End(Outcome.CONFLICT, "follows_conflict", MET, end.result)
    stood = end.result or {}
    return Base(int(stood.get("rev") or 0), stood.get("value"))


def _give(desk: Desk, letters: list[Letter], bases: dict[UUID, Base]) -> dict[UUID, End]:
    by_day: dict[date, list[Letter]] = defaultdict(list)
    for letter in letters:
        by_day[desk.day(letter)].append(letter)
    ends: dict[UUID, End] = {}
    for day, some in by_day.items():
        cells = {letter.id: _cell(desk, letter, bases[letter.id]) for letter in some}
        answered = dossiers.answer_many(cells.values(), by=desk.by, on=day, locked=desk.locked)
        desk.locked = None
        for letter in some:
            at = cells[letter.id].dossier, letter.key
            if at in answered.revisions:
                ends[letter.id] = done(rev=answered.revisions[at], value=letter.value)
            else:
                ends[letter.id] = _not_written(desk, letter, bases[letter.id], answered.refused[at])
    return ends


def _cell(desk: Desk, letter: Letter, base: Base) -> Given:
    dossier, envelope = desk.dossier_of(letter), desk.envelopes[letter.id]
    assert dossier is not None
    brought = desk.people[envelope.person_id].full_name if envelope.brought_by_id else ""
    return Given(dossier.pk, letter.key, letter.value, base.value, base.rev, letter.said_by or brought)


def _not_written(desk: Desk, letter: Letter, base: Base, why: Refusal) -> End:
    if why.code != "changed":
        return refused(CODES[why.code], why.sentence, rev=base.rev, value=base.value)
    return End(Outcome.CONFLICT, "changed", MET, {"theirs": standing(desk, letter)})


def standing(desk: Desk, letter: Letter) -> dict[str, Any]:
    """What stands in the dossier for the letter's answer now: value, revision, who, when."""
    dossier = desk.dossier_of(letter)
    assert dossier is not None
    return cell(Dossier.objects.values_list("answers", flat=True).get(pk=dossier.pk), letter.key)


def cell(answers: dict[str, Any], key: str) -> dict[str, Any]:
    """What stands for one answer: value, revision, who, when; revision 0 where nothing does."""
    return answers.get(key) or {"value": None, "rev": 0, "by": None, "at": None}
