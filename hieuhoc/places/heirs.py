"""What became of a unit: its heirs on a later day, through any number of successions.

A unit that still exists is its own heir. With one heir everything went there; with several the unit was
split and exactly one is the default, for readers who ask for a number all the same (domain §7).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from hieuhoc.common.text import same_name
from hieuhoc.places import naming
from hieuhoc.places.models import SuccessionKind

# Routes from each unit forward in time. A route goes on from every stop, also from one that still exists
# (a part of it may have left); the days along a route rise, so it ends. A unit that ended passed on what
# it had if one of its successors is the default; else its rest is lost. Where a unit took over and ended on one
# and the same day, what it had got went on with it that day.
_LATER = """(route.day IS NULL OR step.day > route.day OR (step.day = route.day AND NOT EXISTS (
    SELECT 1 FROM places_unitversion alive WHERE alive.unit_id = route.unit_id AND alive.valid @> route.day)))"""
_ROUTES = f"""
WITH RECURSIVE route (origin, unit_id, day, usual, joined) AS (
    SELECT unnest(%(ids)s::bigint[]), unnest(%(ids)s::bigint[]), %(at)s::date, true, false
  UNION ALL
    SELECT route.origin, step.new_id, step.day, route.usual AND step."default",
           route.joined OR step.kind IN ('merge', 'split')
      FROM route JOIN places_succession step ON step.old_id = route.unit_id
       AND step.day <= %(on)s AND {_LATER}
)
SELECT route.origin, route.unit_id, route.day, route.usual, route.joined,
       held.code, held.name, held.kind, lower(held.valid),
       EXISTS (SELECT 1 FROM places_succession step WHERE step.old_id = route.unit_id AND step."default"
                  AND step.day <= %(on)s AND {_LATER})
  FROM route LEFT JOIN places_unitversion held ON held.unit_id = route.unit_id AND held.valid @> %(on)s
"""
# The name a unit had on the day asked from, or its last one before the other day.
_FIRST_NAMES = """
SELECT DISTINCT ON (unit_id) unit_id, name, kind FROM places_unitversion
 WHERE unit_id = ANY(%(ids)s) AND (lower(valid) IS NULL OR lower(valid) <= %(on)s)
 ORDER BY unit_id, valid @> COALESCE(%(at)s::date, %(on)s) DESC, lower(valid) DESC NULLS LAST
"""
_ORIGINS = """
WITH RECURSIVE route (unit_id, origin, day) AS (
    SELECT unnest(%(ids)s::bigint[]), unnest(%(ids)s::bigint[]), %(on)s::date + 1
  UNION
    SELECT route.unit_id, step.old_id, step.day
      FROM route JOIN places_succession step ON step.new_id = route.origin
       AND (step.day < route.day OR (step.day = route.day AND NOT EXISTS (
            SELECT 1 FROM places_unitversion alive WHERE alive.unit_id = route.origin AND alive.valid @> route.day)))
)
SELECT DISTINCT unit_id, origin FROM route
"""


@dataclass(frozen=True)
class Stop:
    """One end of a route: a unit in force on the day asked for, or a dead end (no code)."""

    unit_id: int
    day: date | None
    usual: bool
    joined: bool
    code: str | None
    name: str
    kind: str
    since: date | None
    goes_on: bool


@dataclass(frozen=True)
class Heir:
    """A unit that took over, on the day asked for; `kind` is merge, split, rename or continue."""

    unit_id: int
    code: str
    name: str
    day: date | None
    kind: str
    whole: bool
    default: bool


def heirs(unit_id: int, on: date, at: date | None = None) -> list[Heir]:
    """The heirs on `on` of the unit as it was on `at` (its end if not given), default first."""
    return heirs_of([unit_id], on, at).get(unit_id, [])


def heirs_of(unit_ids: Collection[int], on: date, at: date | None = None) -> dict[int, list[Heir]]:
    """The heirs of many units in two queries; a unit that ended without heirs is absent."""
    given: dict[str, Any] = {"ids": list(unit_ids), "on": on, "at": at}
    routes: dict[int, list[Stop]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_ROUTES, given)
        for origin, *stop in cursor.fetchall():
            routes[origin].append(Stop(*stop))
        cursor.execute(_FIRST_NAMES, given)
        names = {unit_id: (name, kind) for unit_id, name, kind in cursor.fetchall()}
    found = {origin: judge(names.get(origin, ("", "")), stops, at) for origin, stops in routes.items()}
    return {origin: list_ for origin, list_ in found.items() if list_}


def origins_of(unit_ids: Collection[int], on: date) -> dict[int, set[int]]:
    """For each unit, itself and all units that passed into it up to the day, in one query."""
    found: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_ORIGINS, {"ids": list(unit_ids), "on": on})
        for unit_id, origin in cursor.fetchall():
            found[unit_id].add(origin)
    return dict(found)


def judge(was: tuple[str, str], stops: Iterable[Stop], at: date | None) -> list[Heir]:
    """The heirs from the ends of all routes: one that has everything, or parts of a split unit."""
    ends: dict[int, list[Stop]] = defaultdict(list)
    lost = False
    for stop in stops:
        if stop.code is not None:
            ends[stop.unit_id].append(stop)
        elif not stop.goes_on:
            lost = True
    whole = len(ends) == 1 and not lost
    found = [_heir(_kind(was, routes, whole), routes, whole, at) for routes in ends.values()]
    return sorted(found, key=lambda heir: (not heir.default, heir.code))


def _heir(kind: str, routes: list[Stop], whole: bool, at: date | None) -> Heir:
    end = routes[0]
    days = [stop.day for stop in routes if stop.day]
    own = [day for day in (end.since, at) if day]
    day = max(days if kind in ("merge", "split") and days else days + own, default=None)
    return Heir(end.unit_id, end.code or "", end.name, day, kind, whole, any(stop.usual for stop in routes))


def _kind(was: tuple[str, str], routes: list[Stop], whole: bool) -> str:
    if not whole:
        return SuccessionKind.SPLIT
    if any(stop.joined for stop in routes):
        return SuccessionKind.MERGE
    same = same_name(naming.bare(*was), naming.bare(routes[0].name, routes[0].kind))
    return SuccessionKind.CONTINUE if same else SuccessionKind.RENAME
