"""Every write of the field: take envelopes in, settle what two people wrote, ask back, take a box in from a file.

``receive`` stores the raw envelopes first, in a transaction of its own, then does them by the verbs a page calls, and
answers with one of five outcomes for each: applied, duplicate, held, conflict, refused. Twice sent is once done.
Use: ``actions.receive([{"id": …, "kind": "answer", …}], by=user)``.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.utils.timezone import localdate

from hieuhoc.accounts.models import Post
from hieuhoc.field import applying, order, shapes
from hieuhoc.field.desk import Desk, End, gate, held, refused
from hieuhoc.field.models import Envelope, Outcome
from hieuhoc.field.shapes import Letter, Unreadable

logger = logging.getLogger("hieuhoc.field")
TRIES = 3
DUPLICATE = "duplicate"
# This commit need not wait for the disk: no receipt is given before the next one, which brings this one to disk too.
STORE = """
insert into field_envelope (made_id, box, kind, person_id, brought_by_id, subject, key, body, written_at, received_at,
    outcome, code, message, asked, settlement, settled_because)
select made_id, %(box)s, kind, %(person)s, %(brought_by)s, subject, key, body, written_at, now(), '', '', '', '', '', ''
from (select set_config('synchronous_commit', 'off', true)) as unhurried,
    jsonb_to_recordset(%(rows)s)
        as r(made_id uuid, kind text, subject uuid, key text, body jsonb, written_at timestamptz)
on conflict (made_id) do nothing returning made_id
"""
POUR = """
update field_envelope e set outcome = r.outcome, code = r.code, message = r.message, result = r.result,
    waits_for = r.waits_for, place_id = coalesce(r.place, e.place_id)
from jsonb_to_recordset(%s) as r(made_id uuid, outcome text, code text, message text, result jsonb, waits_for uuid,
    place bigint)
where e.made_id = r.made_id
"""


@dataclass(frozen=True)
class Receipt:
    """What the phone is told of one envelope; only this empties its box."""

    id: str
    outcome: str
    code: str = ""
    message: str = ""
    rev: int | None = None
    first: str = ""

    def as_json(self) -> dict[str, Any]:
        """The receipt as it travels."""
        told = {"id": self.id, "outcome": self.outcome, "code": self.code, "message": self.message}
        more = {"rev": self.rev, "first": self.first}
        return told | {key: value for key, value in more.items() if value not in (None, "")}


def receive(
    bodies: Sequence[dict[str, Any]], *, by: Any, box: UUID | None = None, brought_by: Any = None
) -> list[Receipt]:
    """Take envelopes in and do what they ask; a receipt for each, in their order. Safe to call again with the same.

    ``by`` wrote them; ``brought_by`` is the officer who took them in from a file and answers for them.
    """
    ids = [_id_of(body) for body in bodies]
    given = {made_id: body for made_id, body in zip(ids, bodies, strict=True) if made_id is not None}
    new = _store(given, by, box, brought_by)
    stored = _do(set(given), brought_by or by)
    return [_receipt(made_id, body, stored, new, by) for made_id, body in zip(ids, bodies, strict=True)]


def _id_of(body: Any) -> UUID | None:
    try:
        return UUID(str(body["id"]))
    except (KeyError, TypeError, ValueError):
        return None


def _store(given: dict[UUID, dict[str, Any]], by: Any, box: UUID | None, brought_by: Any) -> set[UUID]:
    """Lay the raw envelopes down before anything is done with them; return the ids that were not here before."""
    if not given:
        return set()
    rows = json.dumps([_raw(made_id, body) for made_id, body in given.items()])
    values = {"box": box, "person": by.pk, "brought_by": brought_by.pk if brought_by else None, "rows": rows}
    with connection.cursor() as cursor:
        cursor.execute(STORE, values)
        return {row[0] for row in cursor.fetchall()}


def _raw(made_id: UUID, body: dict[str, Any]) -> dict[str, Any]:
    when = shapes.written(body.get("at"))
    kind, key = str(body.get("kind") or "")[:12], str(body.get("key") or "")[:20]
    return {
        "made_id": str(made_id), "kind": kind.replace("\x00", ""), "key": key.replace("\x00", ""),
        "subject": str(about) if (about := _uuid(body.get("subject"))) else None, "body": clean(body),
        "written_at": when.isoformat() if when else None,
    }  # fmt: skip


def clean(body: Any) -> Any:
    """The body as PostgreSQL can keep it: without the character zero and without half of a pair of surrogates."""
    text = json.dumps(body, ensure_ascii=False).replace("\\u0000", "")
    return json.loads(text.encode("utf-8", "replace").decode())


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _do(ids: set[UUID], by: Any) -> dict[UUID, Envelope]:
    """Do the envelopes that lie there undone; a second delivery of the same waits here for the first."""
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                return _do_in_one(ids, by)
        except OperationalError:
            if attempt == TRIES - 1:
                raise
        except Exception:
            logger.exception("a delivery of %s envelopes was not done; each by itself", len(ids))
            break
    return {pk: one for made_id in ids for pk, one in _do_alone(made_id, by).items()}


def _do_alone(made_id: UUID, by: Any) -> dict[UUID, Envelope]:
    """One envelope by itself; what breaks us is kept, and told as held, so that it blocks nothing after it."""
    try:
        with transaction.atomic():
            return _do_in_one({made_id}, by)
    except OperationalError:
        raise
    except Exception:
        logger.exception("envelope %s was not done", made_id)
    with transaction.atomic():
        found = _locked({made_id})
        broke = held("error", "Máy chủ giữ lại, chưa ghi được; người quản trị sẽ xem.", None)
        _pour({one.made_id: broke for one in found if not one.outcome}, {})
        return _locked_by_id({made_id})


def _do_in_one(ids: set[UUID], by: Any) -> dict[UUID, Envelope]:
    found = _locked(ids)
    undone = [one for one in found if not one.outcome]
    if not undone:
        return {one.made_id: one for one in found}
    desk = Desk(by, localdate(), {one.made_id: one for one in undone})
    places = _open(desk, undone)
    _wake_all(desk, _arrived(desk.ends) | desk.new, places)
    _pour(desk.ends, places)
    for one in undone:
        end = desk.ends[one.made_id]
        one.outcome, one.code, one.message, one.result = end.outcome, end.code, end.message, end.result
    return {one.made_id: one for one in found}


def _locked(ids: set[UUID]) -> list[Envelope]:
    return list(Envelope.objects.select_for_update().filter(made_id__in=ids).order_by("number"))


def _locked_by_id(ids: set[UUID]) -> dict[UUID, Envelope]:
    return {one.made_id: one for one in Envelope.objects.filter(made_id__in=ids)}


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
    for group in order.steps(one for one in allowed if one.id not in desk.ends):
        applying.do(desk, group)
    return places


def _known_places(desk: Desk, letters: Iterable[Letter]) -> dict[UUID, int]:
    """The place of each letter its writer may write for now, or once could: that commune is shown what came."""
    letters = list(letters)
    late = {one.place for one in letters if one.id in desk.ends}
    posts = Post.objects.filter(user=desk.by, place_id__in=late) if late else Post.objects.none()
    once = set(posts.values_list("place_id", flat=True))
    return {one.id: one.place for one in letters if one.id not in desk.ends or one.place in once}


def _wake_all(desk: Desk, arrived: set[UUID], places: dict[UUID, int]) -> None:
    """Try again what waited for something that has just arrived, and what waited for that, until nothing moves."""
    while arrived:
        woken = applying.waiting_on(desk, arrived)
        arrived = _wake(desk, woken, places) if woken else set()


def _wake(desk: Desk, woken: list[Envelope], places: dict[UUID, int]) -> set[UUID]:
    """Do held envelopes once more, each person's by their own rights; what has arrived by it."""
    arrived: set[UUID] = set()
    for person, some in _by_writer(woken):
        again = {one.made_id for one in some}
        rest = {made_id: end for made_id, end in desk.ends.items() if made_id not in again}
        mine = Desk(person, desk.today, {one.made_id: one for one in some}, ends=rest)
        places |= _open(mine, some)
        fresh = {made_id: mine.ends[made_id] for made_id in again}
        desk.ends |= fresh
        desk.envelopes |= mine.envelopes
        arrived |= _arrived(fresh) | mine.new
    return arrived


@transaction.atomic
def wake(arrived: set[UUID]) -> None:
    """Try again what waited for something that came by another way, as a photo does."""
    desk = Desk(None, localdate())
    places: dict[UUID, int] = {}
    _wake_all(desk, arrived, places)
    _pour(desk.ends, places)


def do_again(ids: set[UUID], by: Any) -> None:
    """Do envelopes that lie there undone, as after a kill."""
    _do(ids, by)


def try_again(envelopes: list[Envelope], today: date) -> None:
    """Try held envelopes (locked by the caller) once more, and what waited for them."""
    desk = Desk(None, today)
    places: dict[UUID, int] = {}
    _wake_all(desk, _wake(desk, envelopes, places), places)
    _pour(desk.ends, places)


def _by_writer(envelopes: Iterable[Envelope]) -> list[tuple[Any, list[Envelope]]]:
    """The envelopes by who answers for them."""
    groups: dict[int, list[Envelope]] = {}
    people: dict[int, Any] = {}
    for one in envelopes:
        who = one.brought_by or one.person
        people[who.pk] = who
        groups.setdefault(who.pk, []).append(one)
    return [(people[pk], some) for pk, some in groups.items()]


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


def _receipt(made_id: UUID | None, body: Any, stored: dict[UUID, Envelope], new: set[UUID], by: Any) -> Receipt:
    one = stored.get(made_id) if made_id else None
    if one is None:
        name = str(body.get("id", "")) if isinstance(body, dict) else ""
        return Receipt(name[:60], Outcome.REFUSED, "unreadable", "Phong bì không có mã đọc được.")
    if one.person_id != by.pk or not _same(one.body, body):
        return Receipt(str(made_id), Outcome.REFUSED, "id_taken", "Mã của phong bì này đã dùng cho việc khác.")
    rev = (one.result or {}).get("rev") if one.outcome == Outcome.APPLIED else None
    if made_id in new:
        return Receipt(str(made_id), one.outcome, one.code, one.message, rev)
    return Receipt(str(made_id), DUPLICATE, one.code, one.message, rev, one.outcome)


def _same(stored: Any, given: Any) -> bool:
    """Whether an envelope that came again is the one that is here; the pass may have been renewed since."""
    first, second = dict(stored), dict(clean(given))
    first.pop("pass", None), second.pop("pass", None)
    return first == second
