"""The targets of the nation and of provinces as wholes, without a look at the ground: for pages of all provinces.

The general rule (``territory``) finds what every commune came from. For the whole of a province that is more than is
needed: its own plans bind it, those of its only predecessor do, and the nation's; plans of several predecessors hold
for parts and are left out here. A test holds both against each other on the real tree.
Use: ``bound({province_id: "Tỉnh Sơn La"}, 2026, day)``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from hieuhoc.places import heirs
from hieuhoc.plans import queries, territory
from hieuhoc.plans.binding import Bound, PlanFact, Reach


def bound(names: Mapping[int, str], year: int, on: date) -> dict[int, list[Bound]]:
    """The targets that bind each place as a whole in the year as of the day; four queries however many there are."""
    return queries.bound_by(reaching(names, on), year, on, names=names)


def reaching(places: Collection[int], on: date) -> dict[int, list[Reach]]:
    """The plans that reach each place as a whole."""
    origins = heirs.origins_of(places, on)
    plans = queries.published(on, set(places).union(*origins.values()))
    return {place: _reaches(place, origins.get(place, {place}), plans) for place in places}


def _reaches(place: int, origins: set[int], plans: list[PlanFact]) -> list[Reach]:
    nation = [plan for plan in plans if plan.level == "nation"]
    found = territory.of_nation(place, nation)
    found += [Reach(plan, own=True) for plan in plans if plan.place_id == place and plan not in nation]
    before = origins - {place}
    if len(before) == 1:
        found += [Reach(plan, former=True) for plan in plans if plan.place_id in before]
    return found
