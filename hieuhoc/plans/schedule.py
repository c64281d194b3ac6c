"""The activities that bind a place as dated occurrences, each with what the place has said of it.

``of_place(place, years, on)`` asks a fixed number of questions. What the place has recorded of a plan that is no longer
in force stays, and is never late. What its predecessors recorded stands beside it, with their names: of their own plan,
or of all of the place, it counts until the place says something itself (``before``).
Use: ``pressing(of_place(place, {2026}, today), today)``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hieuhoc.places.models import Unit
from hieuhoc.plans import before, following, queries
from hieuhoc.plans.before import Before
from hieuhoc.plans.binding import PlanFact, Reach
from hieuhoc.plans.models import Activity, Plan, Progress
from hieuhoc.plans.timetable import Period, occurrences, period_of

State = Progress.State
OPEN = (State.TODO, State.DOING)
SOON = timedelta(days=30)
# What was due longer ago is no longer pressed for: most of it lies before the plan was brought in.
PAST = timedelta(days=366)
LAST = 9  # where what is kept of a plan no longer in force stands among the plans
HELD = ("activity__plan__text", "activity__plan__read", "activity__plan__note", "activity__sentence")


@dataclass(frozen=True)
class Said:
    """What a place of a level, and the units before it, recorded of activities: by activity and period."""

    place_id: int
    level: str
    marks: Mapping[tuple[int, str], Progress]
    before: Mapping[tuple[int, str], tuple[Before, ...]]

    def occurrence(self, reach: Reach, act: Activity, period: Period) -> Occurrence:
        """An activity that falls due in a period, with what was recorded of it."""
        key, plan = (act.pk, period.key), reach.plan
        part = following.part_of(reach, self.level, act.lead, act.joins)
        earlier = tuple(one.under(plan.place_id) for one in self.before.get(key, ()))
        return Occurrence(self.place_id, act, period, part, reach, _source(plan), self.marks.get(key), earlier)


@dataclass(frozen=True)
class Occurrence:
    """One activity in one period, to one place; ``reach`` is None when its plan is no longer in force."""

    place_id: int
    activity: Activity
    period: Period
    part: str
    reach: Reach | None
    source: str
    progress: Progress | None = None
    before: tuple[Before, ...] = ()

    @property
    def state(self) -> str:
        """What the place said last, else the predecessor whose word stands for it; nothing said is not begun."""
        if self.progress is not None and self.progress.said:
            return self.progress.state
        return self.settled.progress.state if self.settled else State.TODO

    @property
    def settled(self) -> Before | None:
        """What a predecessor said that stands for this occurrence while the place itself says nothing."""
        return next((one for one in self.before if one.stands and one.progress.said), None)

    @property
    def state_words(self) -> str:
        """The state in words; of what belongs to those above nothing is claimed until the place says something."""
        said = (self.progress is not None and self.progress.said) or self.settled is not None
        return str(State(self.state).label) if said or self.part in following.ASKED else "Chưa ghi"

    @property
    def due(self) -> date | None:
        """The last day."""
        return self.period.due

    @property
    def responsible(self) -> str:
        """Who does it: as the place wrote, else who leads in the plan."""
        return (self.progress.responsible if self.progress else "") or self.activity.lead

    @property
    def revision(self) -> int:
        """How often the place said something of it."""
        return self.progress.revision if self.progress else 0

    @property
    def part_words(self) -> str:
        """What it is to the place, in words."""
        return following.PARTS[self.part]

    @property
    def territory(self) -> str:
        """The part of the place it is for; "" for all of it."""
        return self.reach.territory if self.reach else ""

    @property
    def asked(self) -> bool:
        """Whether the place is asked for it: its own, named in the plan, or taken up by itself; and not settled."""
        taken_up = self.progress is not None and self.progress.said
        return bool(self.reach) and self.state in OPEN and (self.part in following.ASKED or taken_up)

    def late(self, today: date) -> bool:
        """Whether its day has passed and the place still has to do it."""
        return self.asked and self.due is not None and self.due < today

    def soon(self, today: date) -> bool:
        """Whether its day comes within thirty days."""
        return self.asked and self.due is not None and today <= self.due <= today + SOON


def of_place(
    place_id: int, years: Collection[int], on: date, reaches: Collection[Reach] | None = None
) -> list[Occurrence]:
    """Every occurrence of the years for the place as of the day, in order of day; those without a day last."""
    known = queries.reaching([place_id], on)[place_id] if reaches is None else reaches
    marks = _marks(place_id)
    level = Unit.objects.values_list("level", flat=True).get(pk=place_id)
    speaking = {year: following.followed(known, level, year, on) for year in years}
    acts = _activities({one.plan.id for several in speaking.values() for one in several})
    said = Said(place_id, level, marks, before.of_place(place_id, on, acts) if acts else {})
    found = list(_occurring(speaking, acts, said)) if acts else []
    there = {(one.activity.pk, one.period.key) for one in found}
    found += [made for key, mark in marks.items() if key not in there and (made := kept(mark, years))]
    return sorted(found, key=_order)


def one_of(place_id: int, activity_id: int, key: str, on: date) -> Occurrence | None:
    """One occurrence; None where the place has no such activity in such a period."""
    period = period_of(key)
    if period is None:
        return None
    found = of_place(place_id, {period.year}, on)
    return next((one for one in found if (one.activity.pk, one.period.key) == (activity_id, key)), None)


def pressing(found: Iterable[Occurrence], today: date) -> list[Occurrence]:
    """What is late, the oldest first, then what is due within thirty days."""
    return [one for one in found if (one.late(today) and one.due and one.due >= today - PAST) or one.soon(today)]


def pressing_years(today: date) -> set[int]:
    """The years in which something pressing may fall due."""
    return {(today - PAST).year, today.year, (today + SOON).year}


def at_work(on: date) -> bool:
    """Whether any confirmed plan that is not over has activities: one cheap question before the dear ones."""
    recent = on.year - 1
    return Activity.objects.filter(plan__state=Plan.State.PUBLISHED, plan__last_year__gte=recent).exists()


def years_of(reaches: Iterable[Reach], today: date) -> range:
    """The years to choose from: those of the plans, this year among them."""
    plans = [one.plan for one in reaches]
    first = min([today.year, *(one.first_year for one in plans)])
    return range(first, max([today.year, *(one.last_year for one in plans)]) + 1)


def _marks(place_id: int) -> dict[tuple[int, str], Progress]:
    rows = Progress.objects.filter(place_id=place_id).select_related("activity__plan", "by").defer(*HELD)
    return {(row.activity_id, row.period): row for row in rows}


def _activities(plans: Collection[int]) -> dict[int, list[Activity]]:
    found: dict[int, list[Activity]] = defaultdict(list)
    for row in Activity.objects.filter(plan_id__in=plans).defer("sentence").order_by("plan_id", "position"):
        found[row.plan_id].append(row)
    return found


def _occurring(
    speaking: dict[int, list[Reach]], acts: dict[int, list[Activity]], said: Said
) -> Iterable[Occurrence]:  # fmt: skip
    for year, reaches in speaking.items():
        for reach in reaches:
            plan = reach.plan
            for act in acts.get(plan.id, ()):
                for period in occurrences(act.when, (plan.first_year, plan.last_year), year):
                    yield said.occurrence(reach, act, period)


def _source(plan: PlanFact) -> str:
    return f"{plan.place}, {plan.number}" if plan.number else plan.place


def kept(mark: Progress, years: Collection[int]) -> Occurrence | None:
    """What was recorded of a plan that no longer speaks; nothing where nothing was said or shown in the end."""
    period, plan = period_of(mark.period), mark.activity.plan
    if period is None or period.year not in years:
        return None
    if not mark.said and not mark.files.filter(removed_at=None).exists():
        return None
    source = plan.number or plan.issuer
    return Occurrence(mark.place_id, mark.activity, period, following.OWN, None, source, mark)


def _order(one: Occurrence) -> tuple:
    near = one.reach.near if one.reach else LAST
    return one.due or date.max, near, one.activity.plan_id, one.activity.position, one.period.key
