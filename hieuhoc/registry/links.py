"""Memberships read from what rosters say: person in household and organisation, household in clan.

Each is one statement over the commune; a name that fits no group or several is left open, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from hieuhoc.registry.models import Membership, Subject

STUDENTS = "4"  # the group of learners in the citizens' roster
_BY_CODE = "m.details->>'household_code' <> '' and g.code = m.details->>'household_code'"
_BY_OFFICE = "m.details->>'organisation' <> '' and g.search_key = m.details->>'organisation_key'"
_BY_CLAN = "m.details->>'clan' <> '' and regexp_replace(g.search_key, '^dong ho ', '') = m.details->>'clan_key'"
_LEARNS = f"coalesce(m.details->>'group', '') = '{STUDENTS}'"
LINKS = {
    "person": ("CITIZEN", "FAMILY", _BY_CODE),
    "staff": ("CITIZEN", "ORGANISATION", f"{_BY_OFFICE} and not {_LEARNS}"),
    "learner": ("CITIZEN", "ORGANISATION", f"{_BY_OFFICE} and {_LEARNS}"),
    "family": ("FAMILY", "CLAN", _BY_CLAN),
}
LINK = """
with pairs as (
    select m.id as member_id, (array_agg(g.id))[1] as group_id
    from registry_subject m
    join registry_subject g on g.commune_id = m.commune_id and g.model = '{group}' and g.active_to is null and {match}
    where m.commune_id = %s and m.model = '{member}' and m.active_to is null and (%s::uuid is null or m.id = %s)
    group by m.id having count(*) = 1)
insert into registry_membership (member_id, group_id, role, valid, imported_id)
select p.member_id, p.group_id, '{role}', daterange(%s, null), %s from pairs p
where not exists (
    select 1 from registry_membership o join registry_subject g on g.id = o.group_id
    where o.member_id = p.member_id and g.model = '{group}' and upper_inf(o.valid))
on conflict do nothing
"""


ROLES_OF = {
    "household_code": ("person",),
    "organisation": ("staff", "learner"),
    "group": ("staff", "learner"),
    "clan": ("family",),
}


def link(commune: int, day: date, member: UUID | None = None, imported: UUID | None = None) -> int:
    """Make the memberships the rosters of a commune (or one member) speak of; return how many are new.

    Those that an import makes keep its name, so that its undo takes them back.
    """
    new = 0
    with connection.cursor() as cursor:
        for role, (kind, group, match) in LINKS.items():
            query = LINK.format(member=kind, group=group, match=match, role=role)
            cursor.execute(query, [commune, member, member, day, imported])
            new += cursor.rowcount
    return new


def relink(subject: Subject, before: Mapping[str, Any], day: date) -> None:
    """End the memberships that what was corrected had made, and make those it speaks of now."""
    changed = [key for key in ROLES_OF if before.get(key) != subject.details.get(key)]
    roles = {role for key in changed for role in ROLES_OF[key]}
    if roles:
        end(Membership.objects.filter(member=subject, role__in=roles, valid__upper_inf=True), day)
        link(subject.commune_id, day, subject.pk)


def end(memberships: Any, day: date) -> None:
    """End open memberships on a day; one that began that day never was."""
    for one in memberships:
        if one.valid.lower >= day:
            one.delete()
        else:
            Membership.objects.filter(pk=one.pk).update(valid=DateRange(one.valid.lower, day))
