"""The table on which a delivery is opened: what is known of its subjects, and what became of each letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied

from hieuhoc.accounts.access import REACHED, reached, to_reach, was_reached
from hieuhoc.common import rows
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.answering import LOCK, Locked
from hieuhoc.dossiers.answering import read as read_locked
from hieuhoc.field import passes
from hieuhoc.field.models import Envelope, Kind, Outcome
from hieuhoc.field.shapes import Letter
from hieuhoc.files import store
from hieuhoc.registry import actions as registry

NOT_DONE = (dossiers.Refused, registry.Refused, store.Refused)
ABSENT = "Không thấy mục này trong thôn."
WRITE = "dossier.write"
# What letters are about, and whether their writer may write there today (``may``): asked together, not one by one.
WANTED = f"""
with reached as ({REACHED}), wanted as (
    select w.subject as made_id, w.round, w.place, w.place in (select descendant_id from reached) as may,
        s.id, s.model, s.place_id, s.commune_id
      from unnest((select %(subjects)s::uuid[]), (select %(rounds)s::bigint[]), (select %(places)s::bigint[]))
        as w (subject, round, place)
      left join field_standin i on i.made_id = w.subject
      left join lateral (
        select coalesce(merged_into_id, id) as id from registry_subject
         where id = coalesce(i.subject_id, w.subject) limit 1
      ) t on true
      left join lateral (
        select id, model, place_id, commune_id from registry_subject where id = t.id limit 1
      ) s on true
)"""
# The columns of ``Found`` but for the dossier.
FOUND = "w.place, w.may, w.made_id, w.id, w.model, w.place_id, w.commune_id, r.id, r.place_id, r.state, r.year"
KNOWN = f"""{WANTED}
select {FOUND}, d.id, d.state
  from wanted w
  left join rounds_round r on r.id = w.round
  left join dossiers_dossier d on d.round_id = w.round and d.subject_id = w.id
"""
TO_LOCK = """(d.round_id, d.subject_id) in (select round, id from wanted)
   and not (%(only_near)s::bool and (select is_so from far))"""
# The same, with the dossiers locked and read, all in one order: for letters that write into dossiers that are there.
# With ``only_near`` none is locked, nor told, where one of them is ``far``: out of its writer's reach today.
KNOWN_LOCKED = f"""{WANTED}, far as (
    select exists (
        select from dossiers_dossier x join wanted w on x.round_id = w.round and x.subject_id = w.id
         where x.place_id not in (select descendant_id from reached)
    ) as is_so
), locked as (
{LOCK.format(which=TO_LOCK)})
select {FOUND}, l.id, l.state, (select is_so from far), l.*
  from wanted w
  left join rounds_round r on r.id = w.round
  left join locked l on l.round_id = w.round and l.subject_id = w.id
"""
INTO_DOSSIERS = {Kind.ANSWER, Kind.PHOTO}


class Found(NamedTuple):
    """What ``KNOWN`` and ``KNOWN_LOCKED`` tell of one letter; None where there is no such thing."""

    place: int
    may: bool
    made_id: UUID
    subject: Any
    model: Any
    home: Any
    commune: Any
    round: Any
    whose: Any
    round_state: Any
    year: Any
    dossier: Any
    state: Any


OF_FOUND = len(Found._fields)


@dataclass(frozen=True)
class Known:
    """What the desk needs of a subject: what it is and where it lives."""

    pk: UUID
    model: str
    place_id: int
    commune_id: int


@dataclass(frozen=True)
class Year:
    """What the desk needs of a round: whose it is, whether it is open."""

    place_id: int
    state: str
    year: int


@dataclass
class Standing:
    """What the desk needs of a dossier: which it is and where it stands."""

    pk: UUID
    state: str


@dataclass(frozen=True)
class End:
    """What became of one letter; ``waits_for`` is what a held one waits for."""

    outcome: str
    code: str = ""
    message: str = ""
    result: dict[str, Any] | None = None
    waits_for: UUID | None = None


def done(code: str = "", **result: Any) -> End:
    """Written down."""
    return End(Outcome.APPLIED, code, "", result or None)


def refused(code: str, message: str, **result: Any) -> End:
    """Kept, and not done."""
    return End(Outcome.REFUSED, code, message, result or None)


def held(code: str, message: str, waits_for: UUID | None) -> End:
    """Kept until what it builds on is there."""
    return End(Outcome.HELD, code, message, None, waits_for)


@dataclass
class Desk:
    """One delivery being done: who answers for it, its letters, what each came to."""

    by: Any
    today: date
    envelopes: dict[UUID, Envelope] = field(default_factory=dict)
    ends: dict[UUID, End] = field(default_factory=dict)
    days: dict[UUID, date] = field(default_factory=dict)
    subjects: dict[UUID, Known] = field(default_factory=dict)
    stand_ins: dict[UUID, UUID] = field(default_factory=dict)
    dossiers: dict[tuple[int, UUID], Standing] = field(default_factory=dict)
    rounds: dict[int, Year] = field(default_factory=dict)
    people: dict[int, Any] = field(default_factory=dict)
    new: set[UUID] = field(default_factory=set)
    guarded: bool = True
    locked: Locked | None = None  # the dossiers as they stand, until something is done with them
    far: bool = False  # whether dossiers were left unread, because not all are within reach today

    def day(self, letter: Letter) -> date:
        """The day on which the right for this letter is needed."""
        return self.days.get(letter.id, self.today)

    def subject_of(self, letter: Letter) -> UUID | None:
        """The subject a letter is about: the one its id stands for, where it was known already."""
        return self.stand_ins.get(letter.subject, letter.subject) if letter.subject else None

    def known(self, letter: Letter) -> Known | None:
        """What is known of the subject a letter is about; None where it is about nobody, or nobody knows it here."""
        subject = self.subject_of(letter)
        return self.subjects.get(subject) if subject else None

    def dossier_of(self, letter: Letter) -> Standing | None:
        """The dossier of the letter's subject in its round, if there is one."""
        subject = self.subject_of(letter)
        return self.dossiers.get((letter.round, subject)) if letter.round and subject else None

    def try_to(self, act: Callable[[], End]) -> End:
        """Do one act, a verb that undoes itself when it refuses; a refusal becomes its sentence."""
        try:
            return act()
        except PermissionDenied as no:
            return refused("no_right", str(no))
        except NOT_DONE as no:
            return refused("not_possible", str(no))

    def know(self, letters: Iterable[Letter], *, only_near: bool = False) -> None:
        """Read what the letters are about, in one statement: subjects, rounds, and the dossiers of both; and whether
        their writer may write there today, for ``gate``.

        ``only_near``: it is not known yet which of the letters may be done. Where a dossier to be written into is out
        of reach today, none is locked and ``far`` says so: ask again for those that may.
        """
        letters = list(letters)
        pairs = {(one.subject, one.round, one.place) for one in letters if one.subject}
        if not pairs:
            return
        lock = all(one.kind in INTO_DOSSIERS for one in letters)
        self.far, self.locked = False, None
        subjects, rounds, places = (list(column) for column in zip(*pairs, strict=True))
        values = to_reach(self.by, WRITE, places, self.today)
        values |= {"subjects": subjects, "rounds": rounds, "only_near": only_near}
        asked = rows.ask(KNOWN_LOCKED if lock else KNOWN, values)
        found = [(Found(*row[:OF_FOUND]), row[OF_FOUND:]) for row in asked]
        was_reached(self.by, WRITE, {one.place: one.may for one, _ in found}, self.today)
        if lock:
            self.far = only_near and any(is_far for _, (is_far, *_) in found)
            held = {one.dossier: dossier for one, (_, *dossier) in found if one.dossier}
            self.locked = None if self.far else read_locked(held.values())
        for one, _ in found:
            self._lay_down(one)

    def _lay_down(self, one: Found) -> None:
        if one.subject is not None:
            self.subjects[one.subject] = Known(one.subject, one.model, one.home, one.commune)
            self.stand_ins |= {one.made_id: one.subject} if one.made_id != one.subject else {}
        if one.round is not None:
            self.rounds[one.round] = Year(one.whose, one.round_state, one.year)
        if one.dossier is not None:
            self.dossiers[one.round, one.subject] = Standing(one.dossier, one.state)


def gate(desk: Desk, letters: Iterable[Letter]) -> None:
    """Refuse what its writer had no right to write, neither today nor on the day it was written."""
    right_of: dict[str, set[int]] = {}
    by_day: dict[tuple[str, date], list[Letter]] = defaultdict(list)
    places = {letter.place for letter in letters}
    for letter in letters:
        right = "registry.write" if letter.kind == "subject" else WRITE
        if right not in right_of:
            right_of[right] = reached(desk.by, right, places, desk.today)
        if letter.place not in right_of[right]:
            pulled = passes.day_of(letter.pass_, desk.by.pk)
            by_day[right, passes.written_on(letter.written_at, pulled, desk.today)].append(letter)
    for (right, day), late in by_day.items():
        there = reached(desk.by, right, {one.place for one in late}, day)
        for letter in late:
            if letter.place in there:
                desk.days[letter.id] = day
            else:
                desk.ends[letter.id] = refused("no_right", "Không có chức trách ghi cho nơi này vào lúc ghi.")
