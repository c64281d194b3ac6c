"""Do the envelopes that lie there undone, each writer's by their own rights, and write down what became of each.

One that breaks us (an error nobody foresaw) is kept as held and blocks no other. What waited for something that has
arrived is tried again, whoever wrote it. Use: ``doing.do({made_id, …})``; ``doing.wake({photo_id})``.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Iterable
from datetime import date
from time import sleep
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils.timezone import localdate

from hieuhoc.accounts.access import asked_once, reached
from hieuhoc.accounts.models import Post, User
from hieuhoc.common import rows
from hieuhoc.field import applying, order, shapes
from hieuhoc.field.desk import Desk, End, gate, held, refused
from hieuhoc.field.models import Envelope, Outcome
from hieuhoc.field.shapes import Letter, Unreadable

logger = logging.getLogger("hieuhoc.field")
TRIES, LOOKS, A_LITTLE = 3, 10, 0.05  # times, times, seconds
BROKE = "Máy chủ giữ lại, chưa ghi được; người quản trị sẽ xem."
NEEDED = (
    "number", "made_id", "person_id", "brought_by_id", "body", "outcome", "code", "message", "result", "waits_for",
)  # fmt: skip
READ = f"select {', '.join(NEEDED)} from field_envelope where made_id = {rows.AMONG} order by number"
LOCK = f"{READ} for update"
# Only what still is as it was read. What was held and is held no more is looked at anew, even where somebody had marked
# it as seen. The ids stand there twice, since the statement is planned without knowing how few they are. Tells how many
# were written, and whether anything waits for what has arrived.
POUR = f"""
with told as (
update field_envelope e set outcome = r.outcome, code = r.code, message = r.message, result = r.result,
    waits_for = r.waits_for, place_id = coalesce(r.place, e.place_id),
    settlement = case when e.outcome = r.outcome then e.settlement else '' end,
    settled_at = case when e.outcome = r.outcome then e.settled_at end,
    settled_by_id = case when e.outcome = r.outcome then e.settled_by_id end
from jsonb_to_recordset(%s::jsonb) as r(made_id uuid, was text, outcome text, code text, message text, result jsonb,
    waits_for uuid, place bigint)
where e.made_id = r.made_id and e.outcome = r.was and e.made_id = {rows.AMONG} returning 1
)
select (select count(*) from told),
    exists (select from field_envelope where outcome = 'held' and waits_for = {rows.AMONG})
"""
# Whether what is waited for has come and is being done at this moment: there are never many undone.
IN_HAND = f"""
select exists (select from field_envelope where outcome = ''
    and (made_id = {rows.AMONG} or (kind in ('subject', 'register') and subject = {rows.AMONG})))
"""


class Raced(Exception):
    """Another delivery has done one of the envelopes meanwhile; nothing of this one stands."""


def do(ids: set[UUID], *known: Any, new: Collection[Envelope] = (), look_again: bool = True) -> dict[UUID, Envelope]:
    """Do the envelopes that lie there undone.

    ``known`` are people who need not be read: whoever is sending. ``new`` are those of the envelopes that have just
    been laid down, so that they need not be read either. The first time all is done at once, without locking them and
    without a guard around each. Where another delivery of the same was quicker or something broke, nothing of that
    stands, and all is done again with care: read, locked, and each by itself if need be. What is held then is looked
    at again (``look_again``).
    """
    people = {one.pk: one for one in known if one is not None}
    careful = False
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                found = _do_in_one(ids, () if careful else new, people, careful)
            return found | _look_again(found.values(), people) if look_again else found
        except Exception as problem:
            if attempt == TRIES - 1 or (careful and not isinstance(problem, OperationalError)):
                raise
            careful = True
    raise AssertionError("not reached")


def _do_in_one(
    ids: set[UUID], new: Collection[Envelope], people: dict[int, Any], careful: bool
) -> dict[UUID, Envelope]:
    found = [*_read(ids - {one.made_id for one in new}, LOCK if careful else READ), *new]
    undone = [one for one in found if not one.outcome]
    if undone:
        try_again(sorted(undone, key=lambda one: one.number), localdate(), people, careful)
    return {one.made_id: one for one in found}


def _look_again(done: Iterable[Envelope], people: dict[int, Any]) -> dict[UUID, Envelope]:
    """Try what waits for something once more, now that others see that it does; those of it as they are now.

    What it waits for may have come by another delivery at the same moment: neither saw the other then. Where that one
    is still being done, wait for it a little. Whether it is is asked before the look, so that it cannot end between.
    """
    found = {one.made_id: one for one in done if _waits(one)}
    for _ in range(LOOKS if found else 0):
        asked = [one.waits_for for one in found.values() if _waits(one)]
        coming = rows.ask(IN_HAND, [asked, asked])[0][0]
        with transaction.atomic():
            found |= {one.made_id: one for one in _read(set(found), LOCK)}
            try_again([one for one in found.values() if _waits(one)], localdate(), people)
        left = [one.waits_for for one in found.values() if _waits(one)]
        if not left or (not coming and left == asked):
            break
        sleep(A_LITTLE)
    return found


def _waits(one: Envelope) -> bool:
    return one.outcome == Outcome.HELD and one.waits_for is not None


def _read(ids: set[UUID], statement: str) -> list[Envelope]:
    """The envelopes in the order they came. With ``LOCK`` another delivery of the same waits here."""
    return [rows.made(Envelope, NEEDED, row) for row in rows.ask(statement, [list(ids)])] if ids else []


def try_again(
    envelopes: list[Envelope], today: date, people: dict[int, Any] | None = None, guarded: bool = True
) -> None:
    """Do envelopes, and what waited for them; each holds what became of it. Whoever has not locked them is told by
    ``Raced`` where somebody else was quicker.

    ``guarded``: one that breaks us is held by itself; else the error is the caller's, and nothing stands.
    """
    desk, places = Desk(None, today, people=dict(people or {}), guarded=guarded), {}
    with asked_once():
        arrived = _do_by_writer(desk, envelopes, places)
        _finish(desk, envelopes, arrived, places)


@transaction.atomic
def wake(arrived: set[UUID]) -> None:
    """Try again what waited for something that came by another way, as a photo does."""
    with asked_once():
        _finish(Desk(None, localdate()), [], arrived, {})


def _finish(desk: Desk, done: list[Envelope], arrived: set[UUID], places: dict[UUID, int]) -> None:
    """Write down what became of those done and try again what waited for what has arrived, until nothing moves."""
    waited = _pour(desk, done, arrived, places)
    while arrived and (woken := applying.waiting_on(desk, arrived, waited)):
        arrived = _do_by_writer(desk, woken, places)
        waited = _pour(desk, woken, arrived, places)


def _do_by_writer(desk: Desk, envelopes: Iterable[Envelope], places: dict[UUID, int]) -> set[UUID]:
    """Do envelopes, each person's by their own rights; what has arrived by it."""
    arrived: set[UUID] = set()
    for person, some in _by_writer(desk, envelopes):
        arrived |= _do_guarded(desk, person, some, places)
    return arrived


def _do_guarded(desk: Desk, person: Any, some: list[Envelope], places: dict[UUID, int]) -> set[UUID]:
    """Do one person's envelopes; where something breaks us, each alone, so that the one that does blocks no other."""
    again = {one.made_id for one in some}
    rest = {made_id: end for made_id, end in desk.ends.items() if made_id not in again}
    mine = Desk(person, desk.today, {one.made_id: one for one in some}, ends=rest, people=desk.people)
    if not desk.guarded:
        near = _open(mine, some)
        return _take_over(desk, mine, again, near, places)
    try:
        with transaction.atomic():
            near = _open(mine, some)
    except OperationalError:
        raise
    except Exception:
        logger.exception("%s envelopes of person %s were not done", len(some), person.pk)
        if len(some) > 1:
            return {pk for one in some for pk in _do_guarded(desk, person, [one], places)}
        desk.ends[some[0].made_id] = held("error", BROKE, None)
        places |= _place_of(some[0], person)
        return set()
    return _take_over(desk, mine, again, near, places)


def _take_over(desk: Desk, mine: Desk, again: set[UUID], near: dict[UUID, int], places: dict[UUID, int]) -> set[UUID]:
    """Lay what one person's envelopes came to on the desk of all; what has arrived by it."""
    fresh = {made_id: mine.ends[made_id] for made_id in again}
    places |= near
    desk.ends |= fresh
    desk.envelopes |= mine.envelopes
    return _arrived(fresh) | mine.new


def _place_of(one: Envelope, person: Any) -> dict[UUID, int]:
    """The place of an envelope that broke us, where its writer may write: its commune is shown it."""
    place = one.body.get("place")
    if not isinstance(place, int) or place not in reached(person, "dossier.write", {place}):
        return {}
    return {one.made_id: place}


def _open(desk: Desk, envelopes: Iterable[Envelope]) -> dict[UUID, int]:
    """Read and do the envelopes; return the place of each that may be told to its commune."""
    letters: list[Letter] = []
    for envelope in envelopes:
        try:
            letters.append(shapes.read(envelope.body))
        except Unreadable as no:
            desk.ends[envelope.made_id] = refused(no.code, str(no))
    desk.know(letters, only_near=True)
    gate(desk, letters)
    places = _known_places(desk, letters)
    allowed = [one for one in letters if one.id not in desk.ends]
    applying.out_of_reach(desk, allowed)
    allowed = [one for one in allowed if one.id not in desk.ends]
    if desk.far:
        desk.know(allowed)
    for group in order.steps(allowed, desk.subject_of):
        applying.do(desk, group)
    return places


def _known_places(desk: Desk, letters: Iterable[Letter]) -> dict[UUID, int]:
    """The place of each letter its writer may write for now, or once could: that commune is shown what came."""
    letters = list(letters)
    late = {one.place for one in letters if one.id in desk.ends}
    once = set(Post.objects.filter(user=desk.by, place_id__in=late).values_list("place_id", flat=True)) if late else ()
    return {one.id: one.place for one in letters if one.id not in desk.ends or one.place in once}


def _by_writer(desk: Desk, envelopes: Iterable[Envelope]) -> list[tuple[Any, list[Envelope]]]:
    """The envelopes by who answers for them."""
    groups: dict[int, list[Envelope]] = {}
    for one in envelopes:
        groups.setdefault(one.brought_by_id or one.person_id, []).append(one)
    wanted = groups.keys() | {one.person_id for some in groups.values() for one in some if one.brought_by_id}
    desk.people |= User.objects.in_bulk(wanted - desk.people.keys()) if wanted - desk.people.keys() else {}
    return [(desk.people[pk], some) for pk, some in groups.items()]


def _arrived(ends: dict[UUID, End]) -> set[UUID]:
    return {made_id for made_id, end in ends.items() if end.outcome != Outcome.HELD}


def _pour(desk: Desk, done: list[Envelope], arrived: set[UUID], places: dict[UUID, int]) -> bool:
    """Write down what became of those done, in one statement; whether others wait for what has arrived."""
    ends = [(one, desk.ends[one.made_id]) for one in done]
    told = [
        {
            "made_id": str(one.made_id), "was": one.outcome, "outcome": end.outcome, "code": end.code,
            "message": end.message, "result": end.result, "waits_for": str(end.waits_for) if end.waits_for else None,
            "place": places.get(one.made_id),
        }
        for one, end in ends
    ]  # fmt: skip
    written, waiting = rows.ask(POUR, [json.dumps(told), [one.made_id for one in done], list(arrived)])[0]
    if written != len(done):
        raise Raced
    for one, end in ends:
        one.outcome, one.code, one.message = end.outcome, end.code, end.message
        one.result, one.waits_for = end.result, end.waits_for
    return waiting
