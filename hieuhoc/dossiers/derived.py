"""Shares computed from titles of the same year: never typed, always with the list behind them.

``among`` of a derived indicator names the population: ``staff`` and ``member_families`` are members of the group
itself, ``households`` and ``citizens`` live at its place. The denominator is what the roster of the group says,
never less than the members known by name; where neither is known the share is missing, not zero.

Titles that stand are counted, so one taken back since is not. A sheet frozen before stays as it was; ``outdated``
says which frozen sheets counted a title that stands no more.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.models import RoundModel
from hieuhoc.scoring import Criteria, Derived

ROLES = {"staff": "staff", "learners": "learner", "member_families": "family"}
STATED = {"staff": "staff", "learners": "learners", "member_families": "families", "households": "households"}
MEMBERS = """
select g.subject_id, count(t.id), count(m.id), max((s.details->>%(stated)s)::numeric)
from dossiers_dossier g
join registry_subject s on s.id = g.subject_id
left join registry_membership m on m.group_id = g.subject_id and upper_inf(m.valid) and m.role = %(role)s
left join dossiers_dossier t on t.round_id = g.round_id and t.subject_id = m.member_id
    and t.model = %(model)s and t.state = 'recognised' and t.revoked_on is null
where g.round_id = %(round)s and g.model = %(group)s
group by g.subject_id
"""
RESIDENTS = """
select g.subject_id, (
        select count(*) from dossiers_dossier t
        where t.round_id = g.round_id and t.model = %(model)s and t.place_id = g.place_id and t.state = 'recognised'
            and t.revoked_on is null),
    (select count(*) from registry_subject r
        where r.place_id = g.place_id and r.model = %(model)s and r.active_to is null),
    (s.details->>%(stated)s)::numeric
from dossiers_dossier g
join registry_subject s on s.id = g.subject_id
where g.round_id = %(round)s and g.model = %(group)s
"""
# Few titles are ever taken back, or out of a decision before it is signed: the search begins with them. A title counts
# in a sheet if it was given before the sheet froze and its going was recorded after.
OUTDATED_MEMBERS = """
select g.id, t.id from dossiers_dossier t
join registry_membership m on m.member_id = t.subject_id and upper_inf(m.valid) and m.role = %(role)s
join dossiers_dossier g on g.round_id = t.round_id and g.subject_id = m.group_id and g.model = %(group)s
"""
OUTDATED_RESIDENTS = """
select g.id, t.id from dossiers_dossier t
join dossiers_dossier g on g.round_id = t.round_id and g.place_id = t.place_id and g.model = %(group)s
"""
SINCE = """
where t.round_id = %(round)s and t.model = %(model)s and (t.revoked_on is not null or t.dropped_at is not null)
    and coalesce(t.recognised_at, t.frozen_at) <= g.frozen_at and g.frozen_at < coalesce(t.revoked_at, t.dropped_at)
"""
BY_PLACE = ("households", "citizens")


def shares(round_id: int, criteria: Criteria) -> dict[str, dict[UUID, dict[str, int] | None]]:
    """For each derived indicator of ``criteria``: the share of every subject in the round, or None if unknown."""
    return {
        indicator.key: of_round(round_id, criteria.model, indicator.derived)
        for indicator in criteria.indicators
        if indicator.derived is not None
    }


def of_round(round_id: int, group_model: str, derived: Derived) -> dict[UUID, dict[str, int] | None]:
    """One derived share for all subjects of ``group_model`` in the round, in one statement."""
    stated = STATED.get(derived.among, "")
    query = RESIDENTS if derived.among in BY_PLACE else MEMBERS
    values: dict[str, int | str | None] = {
        "round": round_id,
        "group": group_model,
        "model": derived.model,
        "stated": stated,
        "role": ROLES.get(derived.among),
    }
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return {subject: _share(*counts) for subject, *counts in cursor.fetchall()}


def _share(count: int, known: int, stated: int | None) -> dict[str, int] | None:
    if stated is None and not known:
        return None
    return {"count": count, "of": max(known, int(stated or 0))}


def behind(dossier: Dossier, derived: Derived) -> QuerySet[Dossier]:
    """The titles of a derived share: the list a page shows behind the figure, those taken back among them."""
    titled = Dossier.objects.filter(round_id=dossier.round_id, model=derived.model, state=State.RECOGNISED)
    titled = titled.select_related("subject").order_by("subject__sort_key", "pk")
    if derived.among in BY_PLACE:
        return titled.filter(place_id=dossier.place_id)
    held = {"subject__groups__group_id": dossier.subject_id, "subject__groups__valid__upper_inf": True}
    return titled.filter(**held, subject__groups__role=ROLES.get(derived.among, ""))


def outdated(round_id: int, criteria: Criteria) -> dict[UUID, set[UUID]]:
    """Dossiers whose frozen sheet counted titles taken back since, each with the dossiers of those titles."""
    found: dict[UUID, set[UUID]] = {}
    for derived in {one.derived for one in criteria.indicators if one.derived is not None}:
        query = (OUTDATED_RESIDENTS if derived.among in BY_PLACE else OUTDATED_MEMBERS) + SINCE
        values: dict[str, int | str | None] = {"round": round_id, "group": criteria.model, "model": derived.model}
        values["role"] = ROLES.get(derived.among)
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            for group, title in cursor.fetchall():
                found.setdefault(group, set()).add(title)
    return found


def outdated_of_round(round_id: int) -> dict[UUID, set[UUID]]:
    """The same for every model of a round; a round in which nothing was taken back costs one question."""
    gone = Q(revoked_on__isnull=False) | Q(dropped_at__isnull=False)
    taken_back = Dossier.objects.filter(gone, round_id=round_id)
    models = set(taken_back.order_by().values_list("model", flat=True).distinct())
    if not models:
        return {}
    found: dict[UUID, set[UUID]] = {}
    for model in RoundModel.objects.filter(round_id=round_id).values_list("model", flat=True):
        criteria = rounds.criteria_of(round_id, model)
        if any(one.derived and one.derived.model in models for one in criteria.indicators):
            found |= outdated(round_id, criteria)
    return found
