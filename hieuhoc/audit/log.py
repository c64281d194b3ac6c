"""Face of the act log: ``record`` an act, read the ``history`` of a thing.

One act, one transaction, one row. ``record`` refuses to run outside a transaction, so that an act
and its line stand or fall together. Use: ``log.record("dossier.return", dossier, by=user, reason="…")``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Q, QuerySet
from django.utils.timezone import now

from hieuhoc.audit.models import Entry
from hieuhoc.common import rows

LINE = """
with line as (
    insert into audit_entry (at, verb, actor_id, target_type, target_id, place_id, reason, before, after, count)
    values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) returning id
), touched as (
    insert into audit_entrytarget (entry_id, target_type, target_id)
    select line.id, %s, one from line, unnest(%s::uuid[]) as one
)
"""


def record(
    verb: str,
    target: models.Model,
    *,
    by: Any,
    place: int | None = None,
    reason: str = "",
    before: dict | None = None,
    after: dict | None = None,
    targets: Iterable[UUID] = (),
    target_type: str = "",
    act: tuple[str, list[Any]] | None = None,
) -> Entry:
    """Write one line for an act on ``target``; ``targets`` are the UUIDs (of ``target_type``) an act touched.

    ``act`` is the one statement of the act with its values, where it is to be done together with its line; the number
    of the line is not told then.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("audit.record needs the transaction of its act")
    many = [str(one) for one in targets]
    actor = by if by is not None and by.pk else None
    entry = Entry(
        at=now(),
        verb=verb,
        actor=actor,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        place_id=place,
        reason=reason.strip(),
        before=before,
        after=after,
        count=len(many) or 1,
    )
    _write(entry, many, target_type or target._meta.label_lower, act)
    return entry


def _write(entry: Entry, many: list[str], target_type: str, act: tuple[str, list[Any]] | None) -> None:
    """The line and what it touched, in one statement."""
    values: list[Any] = [
        entry.at, entry.verb, entry.actor_id, entry.target_type, entry.target_id, entry.place_id, entry.reason,
        _json(entry.before), _json(entry.after), entry.count, target_type, many,
    ]  # fmt: skip
    if act:
        rows.tell(LINE + act[0], values + act[1])
    else:
        entry.pk = rows.ask(LINE + "select id from line", values)[0][0]
    entry._state.adding = False


def _json(value: dict | None) -> str | None:
    return None if value is None else json.dumps(value)


def history(target: models.Model) -> QuerySet[Entry]:
    """Every act on ``target``, newest first, those on many included."""
    own = Q(target_type=target._meta.label_lower, target_id=str(target.pk))
    if isinstance(target.pk, UUID):
        own |= Q(targets__target_id=target.pk, targets__target_type=target._meta.label_lower)
    return Entry.objects.filter(own).select_related("actor").order_by("-at", "-pk").distinct()
