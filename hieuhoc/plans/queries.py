"""What others may ask of plans: which targets bind places in a year as of a day.

``bound`` answers for many places in a fixed number of queries; the rule is ``binding.bind``, the geography
``territory.reaches``. A plan ends on the day the one that replaces it was issued.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from hieuhoc.places import tree
from hieuhoc.places.models import Level, UnitVersion
from hieuhoc.plans import binding, territory
from hieuhoc.plans.binding import Bound, PlanFact, Reach, TargetFact
from hieuhoc.plans.models import AreaClass, Plan, Target

FIELDS = ("id", "plan_id", "model", "measure", "population", "area", "year", "comparator", "value", "unit", "sentence",
          "value_to", "position")  # fmt: skip


def reaching(place_ids: Collection[int], on: date) -> dict[int, list[Reach]]:
    """The published plans that reach each place on the day, and how; only plans that may are looked at."""
    if not Plan.objects.exclude(place__level=Level.NATION).exists():
        return territory.reaches(place_ids, territory.NOWHERE, published(on, ()), on)
    under = territory.ground(place_ids, on)
    return territory.reaches(place_ids, under, published(on, territory.planners(under)), on)


def areas(place_ids: Collection[int], on: date) -> dict[int, str]:
    """Of which area each place is on the day, by what was said last; places of which nothing was said are left out."""
    rows = AreaClass.objects.filter(place_id__in=place_ids, since__lte=on).order_by("since", "pk")
    return dict(rows.values_list("place_id", "area"))


def bound(
    place_ids: Collection[int], year: int, on: date, given: Mapping[int, str] | None = None
) -> dict[int, list[Bound]]:
    """The targets that bind each place in the year as of the day; ``given`` areas go before those recorded."""
    known = areas(place_ids, on) | dict(given or {})
    return bound_by(reaching(place_ids, on), year, on, known)


def bound_by(
    reaches: Mapping[int, list[Reach]], year: int, on: date, known: Mapping[int, str] | None = None, *,
    names: Mapping[int, str] | None = None,
) -> dict[int, list[Bound]]:  # fmt: skip
    """The same, where it is known which plans reach the places, and perhaps how they are called."""
    targets = _targets({one.plan.id for several in reaches.values() for one in several})
    if names is None:
        names = {unit: one.in_sentence for unit, one in tree.versions_of(reaches, on).items()} if targets else {}
    known = known or {}
    return {
        place: binding.bind(
            names.get(place, ""), several, targets, year=year, on=on, area=known.get(place, binding.GENERAL)
        )
        for place, several in reaches.items()
    }


def bound_over(
    reaches: Mapping[int, list[Reach]], days: Mapping[int, date], on: date,
    given: Mapping[int, Mapping[int, str]] | None = None,
) -> dict[int, dict[int, list[Bound]]]:  # fmt: skip
    """The targets of places year by year, each year as of its day in ``days``; two or three queries for all of them.

    ``on`` is the day the places are called by; ``given`` areas of a year go before those recorded.
    """
    targets = _targets({one.plan.id for several in reaches.values() for one in several})
    if not targets:
        return {place: {} for place in reaches}
    names = {unit: one.in_sentence for unit, one in tree.versions_of(reaches, on).items()}
    said = list(AreaClass.objects.filter(place_id__in=reaches).order_by("since", "pk"))
    found: dict[int, dict[int, list[Bound]]] = {place: {} for place in reaches}
    for year, day in days.items():
        known = {one.place_id: one.area for one in said if one.since <= day} | dict((given or {}).get(year, {}))
        for place, several in reaches.items():
            area = known.get(place, binding.GENERAL)
            found[place][year] = binding.bind(names.get(place, ""), several, targets, year=year, on=day, area=area)
    return found


def plans_above(place_id: int, reaches: Collection[Reach]) -> list[Plan]:
    """The plans among these of the areas above a place and of its predecessors, nearest first."""
    order = [one.plan.id for one in sorted(reaches, key=lambda one: one.near) if one.plan.place_id != place_id]
    found = light().in_bulk(order)
    return [found[key] for key in order]


def light() -> QuerySet[Plan]:
    """Plans without their text and what was read, which lists have no use for."""
    return Plan.objects.defer("text", "read", "note")


def published(on: date, places: Collection[int]) -> list[PlanFact]:
    """The plans of these places and of the nation that were issued by the day, with the day each was replaced."""
    of_them = Q(place_id__in=places) | Q(place__level=Level.NATION)
    found = light().filter(of_them, state=Plan.State.PUBLISHED, issued__lte=on).select_related("place")
    rows = list(found.order_by("issued", "pk"))
    ended: dict[int, date] = {}
    for row in rows:
        if row.replaces_id and row.issued:
            ended[row.replaces_id] = min(row.issued, ended.get(row.replaces_id, row.issued))
    for row in rows:
        if row.amends_id in ended:
            ended.setdefault(row.pk, ended[row.amends_id])
    names = _names_then(rows)
    return [
        PlanFact(
            row.pk, row.place_id, names[row.pk], row.place.level, row.issued, row.first_year or 0, row.last_year or 0,
            ended.get(row.pk), row.number,
        )
        for row in rows
        if row.issued
    ]  # fmt: skip


def _names_then(plans: Collection[Plan]) -> dict[int, str]:
    """What each plan's place was called on the day it was issued, in one query."""
    versions = UnitVersion.objects.filter(unit_id__in={plan.place_id for plan in plans}).order_by("valid")
    held: dict[int, list[UnitVersion]] = defaultdict(list)
    for version in versions:
        held[version.unit_id].append(version)
    return {plan.pk: _name_on(held[plan.place_id], plan.issued) for plan in plans}


def _name_on(versions: list[UnitVersion], day: date | None) -> str:
    """The name in force on the day; before the first that is known, the first."""
    for version in reversed(versions):
        if day and (version.valid.lower is None or version.valid.lower <= day):
            return version.name
    return versions[0].name if versions else ""


def _targets(plans: Collection[int]) -> dict[int, list[TargetFact]]:
    found: dict[int, list[TargetFact]] = defaultdict(list)
    rows = Target.objects.filter(plan_id__in=plans).order_by("plan_id", "position") if plans else Target.objects.none()
    for row in rows.values_list(*FIELDS):
        fact = TargetFact(*row)
        found[fact.plan_id].append(fact)
    return found
