"""How plans reach places: as own, from above, or as those of predecessors over their former territory.

Territory is counted in communes. A plan holds for the communes that stood under its place on the day it was issued; the
communes of a later day come from those (places.heirs). A place all of whose communes come from there is reached whole,
one of which some do is reached in part. One query for each day between changes, whatever the number of places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from hieuhoc.places import heirs
from hieuhoc.places.models import Ancestry, Level, Succession
from hieuhoc.plans.binding import NEAREST, PlanFact, Reach

Communes = dict[int, set[int]]
_PLANNERS = """
select distinct ancestor_id from places_ancestry
where descendant_id = any(%s) and ancestor_id in (select place_id from plans_plan)
"""
# Depth 0 is the commune itself, which says that it was there.
_STOOD = """
select descendant_id, ancestor_id from places_ancestry
where descendant_id = any(%(communes)s) and valid @> %(day)s and not former
    and (depth = 0 or ancestor_id = any(%(places)s))
"""


@dataclass(frozen=True)
class Ground:
    """What places are made of on a day: their communes, what stands above them, and what those communes came from."""

    communes: Communes
    above: dict[int, set[int]]
    levels: dict[int, str]
    origins: Communes

    @property
    def former(self) -> set[int]:
        """Every unit that passed into one of the communes, the communes among them."""
        return set().union(*self.origins.values())


NOWHERE = Ground({}, {}, {}, {})


def ground(place_ids: Collection[int], on: date) -> Ground:
    """What the places are made of on the day."""
    communes = _communes_of(place_ids, on)
    origins = heirs.origins_of(set().union(*communes.values()), on) if communes else {}
    return Ground(communes, *_above(place_ids, on), origins)


def planners(under: Ground) -> set[int]:
    """The places with plans that may reach the ground: what its communes and their origins ever stood under."""
    with connection.cursor() as cursor:
        cursor.execute(_PLANNERS, [list(under.former)])
        return {row[0] for row in cursor.fetchall()}


def reaches(place_ids: Collection[int], under: Ground, plans: Sequence[PlanFact], on: date) -> dict[int, list[Reach]]:
    """For each place the plans that reach it on the day, and how."""
    everywhere = [plan for plan in plans if plan.level == Level.NATION]
    found: dict[int, list[Reach]] = {place: of_nation(place, everywhere) for place in place_ids}
    if len(everywhere) == len(plans):
        return found
    former = under.former
    for day, several in _by_state(plans, on).items():
        over = _over(several, former, day)
        for place, now in under.communes.items():
            then = [one for one in set().union(*(under.origins[one] for one in now)) if one in over]
            touched = {plan.id: plan for one in then for plan in over[one].values() if _may_bind(plan, place, under)}
            above_it = under.above.get(place, ())
            found[place] += [
                _reach(place, plan, all(plan.id in over[one] for one in then), above_it) for plan in touched.values()
            ]
    return found


def _may_bind(plan: PlanFact, place: int, under: Ground) -> bool:
    """A plan binds its own level and what lies below; a commune's plan says nothing of its province."""
    level = under.levels.get(place, "")
    return level not in NEAREST or NEAREST.index(plan.level) >= NEAREST.index(level)


def _over(plans: Iterable[PlanFact], communes: Collection[int], day: date) -> dict[int, dict[int, PlanFact]]:
    """For each of the communes that was there on the day, the plans of its own and of what it stood under."""
    of_place: dict[int, list[PlanFact]] = defaultdict(list)
    for plan in plans:
        of_place[plan.place_id].append(plan)
    found: dict[int, dict[int, PlanFact]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_STOOD, {"communes": list(communes), "places": list(of_place), "day": day})
        for commune, above in cursor.fetchall():
            found[commune].update({plan.id: plan for plan in of_place.get(above, ())})
    return found


def of_nation(place: int, plans: Iterable[PlanFact]) -> list[Reach]:
    """The nation's plans reach every place."""
    return [Reach(plan, own=plan.place_id == place) for plan in plans]


def _reach(place: int, plan: PlanFact, whole: bool, above: Collection[int]) -> Reach:
    own = whole and plan.place_id == place
    former = plan.place_id not in above
    return Reach(plan, own=own, former=former, territory="" if whole else plan.place)


def _by_state(plans: Iterable[PlanFact], on: date) -> dict[date, list[PlanFact]]:
    """The plans by the state of the tree they were issued under: days between two changes are one."""
    changes = list(Succession.objects.order_by().values_list("day", flat=True).distinct())
    found: dict[date, list[PlanFact]] = defaultdict(list)
    first: dict[date | None, date] = {}
    for plan in plans:
        if plan.level != Level.NATION and plan.issued <= on:
            since = max((day for day in changes if day <= plan.issued), default=None)
            found[first.setdefault(since, plan.issued)].append(plan)
    return found


def _communes_of(place_ids: Collection[int], on: date) -> Communes:
    """The communes at or below each place on the day; of a village the one it stands in."""
    found: Communes = defaultdict(set)
    rows = Ancestry.objects.filter(ancestor_id__in=place_ids, valid__contains=on, descendant__level=Level.COMMUNE)
    for ancestor, descendant in rows.values_list("ancestor_id", "descendant_id"):
        found[ancestor].add(descendant)
    rows = Ancestry.objects.filter(descendant_id__in=place_ids, valid__contains=on, ancestor__level=Level.COMMUNE)
    for ancestor, descendant in rows.values_list("ancestor_id", "descendant_id"):
        found[descendant].add(ancestor)
    return dict(found)


def _above(place_ids: Collection[int], on: date) -> tuple[dict[int, set[int]], dict[int, str]]:
    """What stands above each of the places, itself included, and the level of each."""
    found: dict[int, set[int]] = defaultdict(set)
    levels: dict[int, str] = {}
    rows = Ancestry.objects.filter(descendant_id__in=place_ids, valid__contains=on)
    for descendant, ancestor, level in rows.values_list("descendant_id", "ancestor_id", "descendant__level"):
        found[descendant].add(ancestor)
        levels[descendant] = level
    return found, levels
