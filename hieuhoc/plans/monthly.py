"""The months of a place's activities, a page at a time: how many are due on each day, and the occurrences of one page.

A province may have a dozen plans of a thousand activities each. Their times are few: what falls due is worked out once
for each different time of a plan, and only the activities of the page are read. The order is that of ``schedule``.
Use: ``of_months(place, 2026, {10, 11, 12}, today)``, then ``.page(0, 100)``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast

from hieuhoc.places.models import Unit
from hieuhoc.plans import before, following, queries, schedule
from hieuhoc.plans.binding import Reach
from hieuhoc.plans.models import Activity, Progress
from hieuhoc.plans.schedule import Occurrence, Said
from hieuhoc.plans.timetable import Period, occurrences

Key = tuple[date, int, int]  # the day, how near the plan is, the plan
TIMES = Cast("when", TextField())


@dataclass
class Segment:
    """What is due on one day under one plan: how many, by which times; or what is kept of one that speaks no more."""

    reach: Reach | None
    number: int = 0
    times: dict[str, list[Period]] = field(default_factory=dict)
    kept: list[Occurrence] = field(default_factory=list)


@dataclass(frozen=True)
class Months:
    """The segments of some months in their order."""

    place_id: int
    level: str
    on: date
    segments: dict[Key, Segment]

    @property
    def number(self) -> int:
        """How many occurrences there are."""
        return sum(one.number for one in self.segments.values())

    @property
    def by_day(self) -> dict[date, int]:
        """How many are due on each day."""
        found: dict[date, int] = defaultdict(int)
        for (day, _, _), one in self.segments.items():
            found[day] += one.number
        return dict(found)

    def page(self, start: int, size: int) -> list[Occurrence]:
        """The occurrences from ``start`` on, in the order of days; five queries whatever there is."""
        taken, skipped, at = [], 0, 0
        for one in self.segments.values():
            if at + one.number > start and at < start + size:
                taken.append(one)
            elif at + one.number <= start:
                skipped += one.number
            at += one.number
        return self._occurrences(taken, start - skipped, size)

    def _occurrences(self, taken: list[Segment], start: int, size: int) -> list[Occurrence]:
        rows = _rows(taken)
        listed = [entry for one in taken for entry in _entries(one, rows)][start : start + size]
        wanted = {pk for _, pk, _, made in listed if made is None}
        acts = Activity.objects.defer("sentence").in_bulk(wanted)
        plans = {one.reach.plan.id for one in taken if one.reach}
        marks = Progress.objects.filter(place_id=self.place_id, activity_id__in=wanted).select_related("by")
        said = Said(
            self.place_id, self.level, {(one.activity_id, one.period): one for one in marks},
            before.of_place(self.place_id, self.on, plans, wanted) if wanted else {},
        )  # fmt: skip
        return [
            made or said.occurrence(reach, acts[pk], period)
            for reach, pk, period, made in listed
            if made or reach is not None
        ]


Entry = tuple[Reach | None, int, Period, Occurrence | None]


def of_months(place_id: int, year: int, months: Collection[int], on: date) -> Months:
    """What falls due in months of a year at the place as of the day."""
    known = queries.reaching([place_id], on)[place_id]
    level = Unit.objects.values_list("level", flat=True).get(pk=place_id)
    speaking = {one.plan.id: one for one in following.followed(known, level, year, on)}
    found: dict[Key, Segment] = {}
    for reach, said, number in _times(speaking):
        plan = reach.plan
        for period in occurrences(json.loads(said), (plan.first_year, plan.last_year), year):
            if period.due and period.due.month in months:
                one = found.setdefault((period.due, reach.near, plan.id), Segment(reach))
                one.number += number
                one.times.setdefault(said, []).append(period)
    _add_kept(found, place_id, year, months, speaking)
    return Months(place_id, level, on, dict(sorted(found.items(), key=lambda one: one[0])))


def _times(speaking: dict[int, Reach]) -> Iterable[tuple[Reach, str, int]]:
    """The different times of the plans' activities, and how many activities have each; one query."""
    rows = Activity.objects.filter(plan_id__in=speaking).order_by().annotate(said=TIMES)
    for plan, said, number in rows.values_list("plan_id", "said").annotate(number=Count("pk")):
        yield speaking[plan], said, number


def _add_kept(
    found: dict[Key, Segment], place_id: int, year: int, months: Collection[int], speaking: Collection[int]
) -> None:
    """Add what the place recorded of plans that speak no more."""
    rows = Progress.objects.filter(place_id=place_id, period__startswith=f"{year}").exclude(
        activity__plan_id__in=list(speaking)
    )
    for mark in rows.select_related("activity__plan", "by").defer(*schedule.HELD):
        made = schedule.kept(mark, {year})
        if made and made.due and made.due.month in months:
            one = found.setdefault((made.due, schedule.LAST, made.activity.plan_id), Segment(None))
            one.kept.append(made)
            one.number += 1


def _rows(segments: Iterable[Segment]) -> dict[tuple[int, str], list[tuple[int, int]]]:
    """(position, id) of the activities of segments, by plan and time; one query."""
    wanted = [Q(plan_id=one.reach.plan.id, said__in=list(one.times)) for one in segments if one.reach]
    found: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    if wanted:
        rows = Activity.objects.annotate(said=TIMES).filter(reduce(or_, wanted)).order_by()
        for pk, plan, position, said in rows.values_list("pk", "plan_id", "position", "said"):
            found[plan, said].append((position, pk))
    return found


def _entries(one: Segment, rows: dict[tuple[int, str], list[tuple[int, int]]]) -> list[Entry]:
    """The occurrences of a segment in their order, activities not read yet."""
    if one.reach is None:
        made = sorted(one.kept, key=lambda held: (held.activity.position, held.period.key))
        return [(None, held.activity.pk, held.period, held) for held in made]
    plan = one.reach.plan.id
    listed = [
        (position, period.key, pk, period)
        for said, periods in one.times.items()
        for position, pk in rows[plan, said]
        for period in periods
    ]
    return [(one.reach, pk, period, None) for _, _, pk, period in sorted(listed, key=lambda row: row[:3])]
