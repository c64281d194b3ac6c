"""Do the envelopes that lie there undone, each writer's by their own rights, and write down what became of each.

One that breaks us (an error nobody foresaw) is kept as held and blocks no other. What waited for something that has
arrived is tried again, whoever wrote it. Use: ``doing.do({made_id, …})``; ``doing.wake({photo_id})``.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.utils.timezone import localdate

from hieuhoc.accounts.access import reached
from hieuhoc.accounts.models import Post, User
from hieuhoc.field import applying, order, shapes
from hieuhoc.field.desk import Desk, End, gate, held, refused
from hieuhoc.field.models import Envelope, Outcome
from hieuhoc.field.shapes import Letter, Unreadable

logger = logging.getLogger("hieuhoc.field")
TRIES = 3
NEEDED = ("made_id", "person_id", "brought_by_id", "body", "outcome", "code", "message", "result", "waits_for")
BROKE = "Máy chủ giữ lại, chưa ghi được; người quản trị sẽ xem."
# What was held and is held no more is looked at anew, even where somebody had marked it as seen.
POUR = """
update field_envelope e set outcome = r.outcome, code = r.code, message = r.message, result = r.result,
    waits_for = r.waits_for, place_id = coalesce(r.place, e.place_id),
    settlement = case when e.outcome = r.outcome then e.settlement else '' end,
    settled_at = case when e.outcome = r.outcome then e.settled_at end,
    settled_by_id = case when e.outcome = r.outcome then e.settled_by_id end
from jsonb_to_recordset(%s) as r(made_id uuid, outcome text, code text, message text, result jsonb, waits_for uuid,
    place bigint)
where e.made_id = r.made_id
"""


def do(ids: set[UUID], *known: Any) -> dict[UUID, Envelope]:
    """Do the envelopes that lie there undone; a second delivery of the same waits here for the first.

    ``known`` are people who need not be read: whoever is sending.
    """
    people = {one.pk: one for one in known if one is not None}
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                return _do_in_one(ids, people)
        except OperationalError:
            if attempt == TRIES - 1:
                raise
    raise AssertionError("not reached")


def _do_in_one(ids: set[UUID], people: dict[int, Any]) -> dict[UUID, Envelope]:
    found = list(Envelope.objects.select_for_update().filter(made_id__in=ids).only(*NEEDED).order_by("number"))
    undone = [one for one in found if not one.outcome]
    if undone:
        desk = try_again(undone, localdate(), people)
        for one in undone:
            end = desk.ends[one.made_id]
            one.outcome, one.code, one.message, one.result = end.outcome, end.code, end.message, end.result
    return {one.made_id: one for one in found}


def try_again(envelopes: list[Envelope], today: date, people: dict[int, Any] | None = None) -> Desk:
    """Do envelopes that the caller has locked, and what waited for them; what became of each."""
    desk, places = Desk(None, today, people=dict(people or {})), {}
    _finish(desk, _do_by_writer(desk, envelopes, places), places)
    return desk


@transaction.atomic
def wake(arrived: set[UUID]) -> None:
    """Try again what waited for something that came by another way, as a photo does."""
    _finish(Desk(None, localdate()), arrived, {})


def _finish(desk: Desk, arrived: set[UUID], places: dict[UUID, int]) -> None:
    """Try again what waited for what has arrived, until nothing moves; then write down what became of each."""
    while arrived:
        woken = applying.waiting_on(desk, arrived)
        arrived = _do_by_writer(desk, woken, places) if woken else set()
    _pour(desk.ends, places)


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
    gate(desk, letters)
    places = _known_places(desk, letters)
    allowed = [one for one in letters if one.id not in desk.ends]
    desk.know(allowed)
    applying.out_of_reach(desk, allowed)
    for group in order.steps((one for one in allowed if one.id not in desk.ends), desk.subject_of):
        applying.do(desk, group)
    return places


def _known_places(desk: Desk, letters: Iterable[Letter]) -> dict[UUID, int]:
    """The place of each letter its writer may write for now, or once could: that commune is shown what came."""
    letters = list(letters)
    late = {one.place for one in letters if one.id in desk.ends}
    posts = Post.objects.filter(user=desk.by, place_id__in=late) if late else Post.objects.none()
    once = set(posts.values_list("place_id", flat=True))
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


def _pour(ends: dict[UUID, End], places: dict[UUID, int]) -> None:
    """Write down what became of the envelopes, in one statement."""
    if not ends:
        return
    rows = [
        {
            "made_id": str(made_id), "outcome": end.outcome, "code": end.code, "message": end.message,
            "result": end.result, "waits_for": str(end.waits_for) if end.waits_for else None,
            "place": places.get(made_id),
        }
        for made_id, end in ends.items()
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(POUR, [json.dumps(rows)])
