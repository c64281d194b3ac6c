"""Register subjects for a round in one statement: from a roster, by hand, or again from last year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from hieuhoc.common import rows
from hieuhoc.dossiers.models import Dossier, Evidence, ScoredRow, State

REGISTER = """
insert into dossiers_dossier (id, round_id, subject_id, model, place_id, application, level_sought, state, answers,
    facts, outcome, because, reason, revision, registered_by_import_id, created_at, updated_at)
select hieuhoc_uuid7(), %(round)s::bigint, s.id, s.model, s.place_id,
    case when exists (
        select 1 from dossiers_dossier b join rounds_round r on r.id = b.round_id
        where b.subject_id = s.id and b.state = 'recognised' and r.year < %(year)s::int) then 'again' else 'new' end,
    %(level)s::int, 'draft', '{{}}', '{{}}', '', '', '', 1, %(imported)s::uuid, now(), now()
from registry_subject s
where s.commune_id = %(commune)s::bigint and s.model = %(model)s and s.active_to is null and {which}
    and (%(places)s::bigint[] is null or s.place_id = any(%(places)s::bigint[]))
order by s.id
on conflict (round_id, subject_id) do nothing
returning id
"""
WHICH = {
    "ids": "s.id = any((select %(ids)s::uuid[])::uuid[])",
    "all": "true",
    "keys": "s.natural_key = any(%(keys)s::text[])",
    "last_year": """exists (select 1 from dossiers_dossier b join rounds_round r on r.id = b.round_id
        where b.subject_id = s.id and r.year = %(year)s::int - 1 and b.state <> 'withdrawn')""",
}
FEW = 200  # as a page or a phone registers at once: planning the statement would cost more than doing it


def pour(
    round_: Any,
    model: str,
    which: str,
    *,
    ids: Iterable[UUID] = (),
    keys: Iterable[str] = (),
    imported: Any = None,
    level: int | None = None,
    places: Iterable[int] | None = None,
) -> list[UUID]:
    """Insert a dossier for each subject of ``which`` (within ``places``) without one; return the new ids."""
    values = {
        "round": round_.pk,
        "year": round_.year,
        "commune": round_.place_id,
        "model": model,
        "level": level,
        "imported": imported and imported.pk,
        "ids": list(ids),
        "keys": list(keys),
        "places": None if places is None else list(places),
    }
    statement = REGISTER.format(which=WHICH[which])
    if which == "ids" and len(values["ids"]) <= FEW:
        return [row[0] for row in rows.ask(statement, values)]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def untouched(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Those of the dossiers that nobody has written into: drafts without answers, facts, evidence or a past."""
    own = {"dossier": OuterRef("pk")}
    return dossiers.filter(state=State.DRAFT, answers={}, facts={}, reason="", revision=1).exclude(
        Exists(Evidence.objects.filter(**own)) | Exists(ScoredRow.objects.filter(**own))
    )
