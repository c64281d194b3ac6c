"""Enrol a whole roster in a few statements: what is new goes in, what is known is completed.

A commune's first roster of a model goes by COPY straight into the tables; later ones into a staging table first, and
nothing loops over rows in SQL. A subject known by its natural key keeps its identity and only gains or changes details;
what it had before is kept for the undo. One that was merged into another is known too: bringing the same roster again
does not take the merge apart.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import compress
from typing import Any

from django.db import connection, transaction
from psycopg.errors import UniqueViolation

from hieuhoc.registry.staging import NULL, NUMBER, SUBJECT, Roster, Texts, escaped, lines

MANY = 500  # from here on the planner needs fresh statistics for the joins that follow
ROUGHLY = 20  # of a hundred: the order of magnitude is enough for them
LOCK = 387 << 40
# A whole roster is shown to the checks of its statement: kept in memory it need not be written aside and read again.
ROOM = "set local work_mem = '64MB'"
FOLLOWED = "commune_id, model, place_id, active_to, enrolled_by_import_id"

STAGE = """
create temporary table staged_subject (
    id uuid, place_id bigint, name text, search_key text, sort_key text, natural_key text,
    code text, phone text, details jsonb, row integer, ciphertext bytea, digest bytea, last_three text
) on commit drop
"""
SAME = "x.commune_id = %(commune)s and x.model = %(model)s and x.natural_key = s.natural_key"
COMPLETED = (
    """
create temporary table completed_subject on commit drop as
select distinct on (x.id) x.id, s.row, s.ciphertext, s.digest, s.last_three,
    jsonb_build_object('details', x.details, 'phone', x.phone, 'code', x.code, 'updated_at', x.updated_at,
        'number', to_jsonb(n) - 'subject_id') as before,
    x.details || s.details as details, coalesce(nullif(s.phone, ''), x.phone) as phone,
    coalesce(nullif(s.code, ''), x.code) as code
from staged_subject s
join registry_subject x on """
    + SAME
    + """ and x.active_to is null
left join registry_citizennumber n on n.subject_id = x.id
where not x.details @> s.details or (s.phone <> '' and s.phone <> x.phone) or (s.code <> '' and s.code <> x.code)
    or (s.digest is not null and s.digest is distinct from n.digest)
order by x.id, s.row
"""
)
KEEP_BEFORE = """
insert into registry_importedrow (imported_id, subject_id, before, row)
select %(imported)s, id, before || jsonb_build_object('after', jsonb_build_object(
    'details', details, 'phone', phone, 'code', code, 'digest', digest)), row
from completed_subject on conflict do nothing
"""
COMPLETE = """
update registry_subject t set details = c.details, phone = c.phone, code = c.code, updated_at = now()
from completed_subject c where t.id = c.id
"""
COMPLETE_NUMBERS = """
insert into registry_citizennumber (subject_id, ciphertext, digest, last_three)
select id, ciphertext, digest, last_three from completed_subject where digest is not null
on conflict (subject_id) do update set ciphertext = excluded.ciphertext, digest = excluded.digest,
    last_three = excluded.last_three where registry_citizennumber.digest <> excluded.digest
"""
INSERT = (
    """
with made as (
    insert into registry_subject (id, model, place_id, commune_id, name, search_key, sort_key, natural_key, code, phone,
        details, active_from, enrolled_by_import_id, created_at, updated_at)
    select id, %(model)s, place_id, %(commune)s, name, search_key, sort_key, natural_key, code, phone,
        details, %(day)s, %(imported)s, now(), now()
    from staged_subject s
    where not exists (select 1 from registry_subject x where """
    + SAME
    + """
        and (x.active_to is null or x.merged_into_id is not null))
    order by row
    on conflict do nothing returning id),
numbered as (
    insert into registry_citizennumber (subject_id, ciphertext, digest, last_three)
    select id, ciphertext, digest, last_three from staged_subject join made using (id) where digest is not null)
select count(*) from made
"""
)
IS_KNOWN = """
select exists (select 1 from registry_subject
    where commune_id = %s and model = %s and (active_to is null or merged_into_id is not null))
"""
SUBJECT_COLUMNS = (*SUBJECT, "model", "commune_id", "active_from", "enrolled_by_import_id")


@dataclass(frozen=True)
class Poured:
    """What a roster did: subjects made, subjects completed."""

    new: int
    changed: int


def pour(roster: Roster, *, commune: int, imported: Any, day: Any) -> Poured:
    """Bring a roster into the registry; needs a transaction. Two rosters of one commune wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK + commune])
        cursor.execute(ROOM)
        cursor.execute(IS_KNOWN, [commune, roster.model])
        first = not cursor.fetchone()[0]
    with no_garbage_sought():
        done = _first_roster(roster, commune, imported, day) if first else None
        done = done or _later_roster(roster, commune, imported, day)
    if done.new > MANY:
        with connection.cursor() as cursor:
            cursor.execute(f"set local default_statistics_target = {ROUGHLY}")
            cursor.execute(f"analyze registry_subject ({FOLLOWED})")
            cursor.execute("set local default_statistics_target to default")
    return done


@contextmanager
def no_garbage_sought() -> Iterator[None]:
    """A roster's columns are a million texts and no cycles: looking through them again and again finds nothing."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _first_roster(roster: Roster, commune: int, imported: Any, day: Any) -> Poured | None:
    """COPY straight into the tables; None when somebody added one of its subjects at the same moment."""
    tail = "".join(f"\t{value}" for value in (roster.model, commune, day, imported or NULL))
    seen: set[str] = set()
    poured: list[tuple[Roster, Sequence[str]]] = []
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            with cursor.copy(f"copy registry_subject ({', '.join(SUBJECT_COLUMNS)}) from stdin") as copy:
                for part in filter(len, (part.unseen(seen) for part in roster)):
                    columns = part.subjects()
                    copy.write(lines(columns, tail))
                    poured.append((part, columns[0]))
            if any(roster.column("cccd")):
                _copy_numbers(cursor, poured)
    except UniqueViolation:
        return None
    return Poured(len(seen), 0)


def _copy_numbers(cursor: Any, poured: list[tuple[Roster, Sequence[str]]]) -> None:
    """COPY the citizen numbers of those subjects that have one."""
    with cursor.copy(f"copy registry_citizennumber (subject_id, {', '.join(NUMBER)}) from stdin") as copy:
        for part, own in poured:
            columns: Texts = (own, *part.numbers())
            if NULL in columns[1]:
                has = [one != NULL for one in columns[1]]
                columns = [list(compress(column, has)) for column in columns]
            if columns[0]:
                copy.write(lines(columns))


def _later_roster(roster: Roster, commune: int, imported: Any, day: Any) -> Poured:
    """Stage, complete what is known, insert the rest."""
    values = {"commune": commune, "model": roster.model, "imported": imported, "day": day}
    with connection.cursor() as cursor:
        _stage(cursor, roster)
        cursor.execute(COMPLETED, values)
        changed = cursor.rowcount
        if imported:
            cursor.execute(KEEP_BEFORE, values)
        cursor.execute(COMPLETE)
        cursor.execute(COMPLETE_NUMBERS)
        cursor.execute(INSERT, values)
        new = cursor.fetchone()[0]
        cursor.execute("drop table staged_subject, completed_subject")
    return Poured(new, changed)


def _stage(cursor: Any, roster: Roster) -> None:
    """COPY the roster into a temporary table."""
    cursor.execute(STAGE)
    with cursor.copy(f"copy staged_subject ({', '.join((*SUBJECT, 'row', *NUMBER))}) from stdin") as copy:
        for part in roster:
            copy.write(lines((*part.subjects(), part.rows(), *part.numbers())))
    cursor.execute("create index on staged_subject (natural_key)")
    cursor.execute("analyze staged_subject (natural_key)")


@dataclass(frozen=True)
class Foreseen:
    """What enrolling a roster would do: subjects it would make, complete, and leave as they are."""

    new: int
    changed: int
    same: int


FORESEE = """
create temporary table foreseen (natural_key text, details jsonb, phone text, digest bytea) on commit drop
"""
COUNT = (
    """
select count(distinct s.natural_key),
    count(distinct s.natural_key) filter (where x.id is null),
    count(distinct s.natural_key) filter (where x.id is not null and x.active_to is null and (not x.details @> s.details
        or (s.phone <> '' and s.phone <> x.phone) or (s.digest is not null and s.digest is distinct from n.digest)))
from foreseen s
left join registry_subject x on """
    + SAME
    + """ and (x.active_to is null or x.merged_into_id is not null)
left join registry_citizennumber n on n.subject_id = x.id
"""
)


@transaction.atomic
def foresee(roster: Roster, *, commune: int) -> Foreseen:
    """Say what ``pour`` would do, writing nothing."""
    with connection.cursor() as cursor:
        cursor.execute(IS_KNOWN, [commune, roster.model])
        if not cursor.fetchone()[0]:
            return Foreseen(len(set(roster.natural_keys())), 0, 0)
        cursor.execute(FORESEE)
        with cursor.copy("copy foreseen (natural_key, details, phone, digest) from stdin") as copy:
            for part in roster:
                texts = (part.natural_keys(), part.details(), part.phones())
                copy.write(lines((*map(escaped, texts), part.digests())))
        cursor.execute("analyze foreseen (natural_key)")
        cursor.execute(COUNT, {"commune": commune, "model": roster.model})
        total, new, changed = cursor.fetchone()
        cursor.execute("drop table foreseen")
    return Foreseen(new, changed, total - new - changed)
