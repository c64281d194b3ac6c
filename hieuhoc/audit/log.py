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

COLUMNS = (
    "id", "at", "verb", "actor_id", "target_type", "target_id", "place_id", "reason", "before", "after", "count",
)  # fmt: skip
LINE = f"""
with line as (
    insert into audit_entry ({", ".join(COLUMNS[1:])})
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
    many = list(targets)
    actor = by.pk if by is not None else None
    line = (
        now(), verb, actor, target._meta.label_lower, str(target.pk), place, reason.strip(), before, after,
        len(many) or 1,
    )  # fmt: skip
    values = [*line[:-3], _json(before), _json(after), line[-1], target_type or target._meta.label_lower, many]
    if act:
        rows.tell(LINE + act[0], values + act[1])
        return rows.made(Entry, COLUMNS, (None, *line))
    return rows.made(Entry, COLUMNS, (*rows.ask(LINE + "select id from line", values)[0], *line))


def _json(value: dict | None) -> str | None:
    return None if value is None else json.dumps(value)


def history(target: models.Model) -> QuerySet[Entry]:
    """Every act on ``target``, newest first, those on many included."""
    own = Q(target_type=target._meta.label_lower, target_id=str(target.pk))
    if isinstance(target.pk, UUID):
        own |= Q(targets__target_id=target.pk, targets__target_type=target._meta.label_lower)
    return Entry.objects.filter(own).select_related("actor").order_by("-at", "-pk").distinct()
