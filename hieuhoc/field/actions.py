"""The door of the field: take envelopes in.

``receive`` stores the raw envelopes first, in a transaction of its own, then does them by the verbs a page calls, and
answers with one of five outcomes for each: applied, duplicate, held, conflict, refused. Twice sent is once done.
Use: ``actions.receive([{"id": …, "kind": "answer", …}], by=user)``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC
from math import isfinite
from typing import Any
from uuid import UUID

from hieuhoc.common import rows
from hieuhoc.common.ids import uuid_of
from hieuhoc.field import doing, shapes
from hieuhoc.field.models import Envelope, Outcome

DUPLICATE = "duplicate"
DEEPEST = 20
NEW = ("number", "made_id", "person_id", "brought_by_id", "body", "outcome")
# This commit need not wait for the disk: no receipt is given before the next one, which brings this one to disk too.
STORE = """
insert into field_envelope (made_id, box, kind, person_id, brought_by_id, subject, key, body, written_at, received_at,
    outcome, code, message, asked, settlement, settled_because)
select made_id, %(box)s::uuid, kind, %(person)s::bigint, %(brought_by)s::bigint, subject, key, body, written_at, now(),
    '', '', '', '', '', ''
from (select set_config('synchronous_commit', 'off', true)) as unhurried,
    jsonb_to_recordset(%(rows)s::jsonb)
        as r(made_id uuid, kind text, subject uuid, key text, body jsonb, written_at timestamptz)
on conflict (made_id) do nothing returning made_id, number
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
    clean_ones = [clean(body) for body in bodies]
    ids = [uuid_of(body.get("id")) if isinstance(body, dict) else None for body in clean_ones]
    given = {made_id: body for made_id, body in zip(ids, clean_ones, strict=True) if made_id is not None}
    new = _store(given, by, box, brought_by)
    stored = doing.do(set(given), by, brought_by, new=new.values())
    return [_receipt(made_id, body, stored, new, by) for made_id, body in zip(ids, clean_ones, strict=True)]


def _store(given: dict[UUID, dict[str, Any]], by: Any, box: UUID | None, brought_by: Any) -> dict[UUID, Envelope]:
    """Lay the raw envelopes down before anything is done with them; return those that were not here before."""
    if not given:
        return {}
    told = json.dumps([_raw(made_id, body) for made_id, body in given.items()])
    values = {"box": box, "person": by.pk, "brought_by": brought_by.pk if brought_by else None, "rows": told}
    writers = by.pk, values["brought_by"]
    return {
        made_id: rows.made(Envelope, NEW, (number, made_id, *writers, given[made_id], ""))
        for made_id, number in rows.ask(STORE, values)
    }


def _raw(made_id: UUID, body: dict[str, Any]) -> dict[str, Any]:
    when = shapes.written(body.get("at"))
    return {
        "made_id": str(made_id), "kind": str(body.get("kind") or "")[:12], "key": str(body.get("key") or "")[:20],
        "subject": str(about) if (about := uuid_of(body.get("subject"))) else None, "body": body,
        "written_at": when.astimezone(UTC).isoformat() if when else None,
    }  # fmt: skip


def clean(body: Any, depth: int = 0) -> Any:
    """The body as PostgreSQL keeps it: no character zero, no half of a surrogate pair, no NaN, no bottomless depth."""
    if depth > DEEPEST:
        return None
    if isinstance(body, str):
        return body.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(body, float) and not isfinite(body):
        return str(body)
    if isinstance(body, list):
        return [clean(one, depth + 1) for one in body]
    if isinstance(body, dict):
        return {clean(key): clean(one, depth + 1) for key, one in body.items()}
    return body


def _receipt(made_id: UUID | None, body: Any, stored: dict[UUID, Envelope], new: Collection[UUID], by: Any) -> Receipt:
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
    first, second = dict(stored), dict(given)
    first.pop("pass", None), second.pop("pass", None)
    return first == second
