"""Subjects that may be one: pairs with one citizen number, or of one name in one place.

Names are gathered into groups first and pairs are made inside each group, so that the time grows with the number of
subjects whatever the planner guesses. Use: ``pairs(commune_id, "FAMILY")``.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from hieuhoc.registry.models import Subject

WHY = {True: "Cùng số căn cước", False: "Cùng tên, cùng nơi"}
TWINS = """
with here as materialized (
    select s.id, s.model, s.place_id, s.search_key, s.code, coalesce(s.details->>'birth_date', '') as birth, n.digest
    from registry_subject s left join registry_citizennumber n on n.subject_id = s.id
    where s.commune_id = %(commune)s and (s.model = %(model)s or %(model)s = '') and s.active_to is null),
names as (
    select model, place_id, search_key from here group by model, place_id, search_key having count(*) > 1),
alike as (
    select false as number, (array_agg(id order by id))[1:40] as ids, array_agg(code order by id) as codes,
        array_agg(birth order by id) as births, array_agg(digest is not null order by id) as numbered
    from here join names using (model, place_id, search_key) group by model, place_id, search_key
    union all
    select true, (array_agg(id order by id))[1:40], null, null, null
    from here where digest is not null group by model, digest having count(*) > 1),
twins as (
    select ids[i] as first, ids[j] as second, bool_or(number) as number
    from alike, generate_subscripts(ids, 1) i, generate_subscripts(ids, 1) j
    where j > i and (number or (
        not (numbered[i] and numbered[j])
        and (codes[i] = '' or codes[j] = '' or codes[i] = codes[j])
        and (starts_with(births[i], births[j]) or starts_with(births[j], births[i]))))
    group by 1, 2)
"""
UNSAID = "not exists (select 1 from registry_distinct d where d.first_id = t.first and d.second_id = t.second)"
PAIRS = f"""{TWINS}
select t.first, t.second, t.number from twins t join registry_subject s on s.id = t.first
where {UNSAID} order by t.number desc, s.sort_key, t.first, t.second limit %(limit)s
"""
COUNT = f"""{TWINS}
select count(*) from twins t join registry_subject s on s.id = t.first
where {UNSAID} and (s.place_id = %(place)s or %(place)s is null)
"""


@dataclass(frozen=True)
class Pair:
    """Two subjects that may be one, and why."""

    first: Subject
    second: Subject
    why: str


def pairs(commune_id: int, model: str, places: QuerySet | None = None, limit: int = 200) -> list[Pair]:
    """Pairs of active subjects that may be one: one citizen number, or one name in one place.

    Households with two different codes and people with two different days of birth are not a pair, nor are those
    someone said are distinct (``actions.say_distinct``).
    """
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {"commune": commune_id, "model": model, "limit": limit})
        found = cursor.fetchall()
    wanted = Subject.objects.filter(pk__in={pk for first, second, _ in found for pk in (first, second)})
    if places is not None:
        wanted = wanted.filter(place_id__in=places)
    known = wanted.in_bulk()
    return [
        Pair(known[first], known[second], WHY[number])
        for first, second, number in found
        if first in known and second in known
    ]


def count_pairs(commune_id: int, place_id: int | None = None) -> int:
    """How many pairs of a commune (or of one place of it) may be one subject, all models together."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"commune": commune_id, "model": "", "place": place_id})
        return cursor.fetchone()[0]
