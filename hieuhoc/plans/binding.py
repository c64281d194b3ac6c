"""Which target binds a place on a day: the rule, pure. It gets plans with how they reach the place, and says why.

Own plan, else the nearest area above on that day, else the nation. After a merger a predecessor's plan goes on for its
former territory until the successor issues its own, then it ends (domain §6: documents of merged units stay in force
until replaced). Of one place's plans the later one speaks where it says something on the same matter; one that replaces
another ends it whole. A plan speaks of the years it is made for; in a year between two milestones the next one binds.
For each matter (model, measure, population) the whole place has one answer or none, whatever order plans came in; a
former territory that is only a part of the place has its own, marked with the territory's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

NEAREST = ("village", "commune", "district", "province", "nation")
GENERAL = "general"
Matter = tuple[str, str, str]


@dataclass(frozen=True)
class PlanFact:
    """A published plan: whose it is, its level, from when it is in force and until when (None: until replaced)."""

    id: int
    place_id: int
    place: str
    level: str
    issued: date
    first_year: int
    last_year: int
    ended: date | None = None
    number: str = ""

    def speaks(self, year: int, on: date) -> bool:
        """Whether the plan is in force on the day and made for the year."""
        in_force = self.issued <= on and (self.ended is None or on < self.ended)
        return in_force and self.first_year <= year <= self.last_year


@dataclass(frozen=True)
class Reach:
    """How a plan reaches a place: as its own, from above, or as a predecessor's over its former territory.

    ``territory`` names the former unit when the plan holds for a part of the place only.
    """

    plan: PlanFact
    own: bool = False
    former: bool = False
    territory: str = ""

    @property
    def near(self) -> int:
        """0 for the place's own plan, then by level."""
        return 0 if self.own else 1 + NEAREST.index(self.plan.level)


@dataclass(frozen=True)
class TargetFact:
    """One confirmed target of a plan."""

    id: int
    plan_id: int
    model: str
    measure: str
    population: str
    area: str
    year: int | None
    comparator: str
    value: Decimal
    unit: str
    sentence: str
    value_to: Decimal | None = None
    position: int = 0  # among the plan's targets: where its page shows it

    @property
    def matter(self) -> Matter:
        """What it is about."""
        return self.model, self.measure, self.population


@dataclass(frozen=True)
class Bound:
    """The target that binds, the plan it is from and why this one; ``territory`` "" for the whole place.

    ``basis`` is the general target of the same plan that a relative one ("thấp hơn 10 điểm phần trăm") counts from.
    """

    target: TargetFact
    reach: Reach
    because: str
    basis: TargetFact | None = None

    @property
    def territory(self) -> str:
        """The part of the place it holds for."""
        return self.reach.territory


def bind(
    place: str, reaches: Iterable[Reach], targets: Mapping[int, Sequence[TargetFact]], *, year: int, on: date,
    area: str = GENERAL,
) -> list[Bound]:  # fmt: skip
    """The targets that bind the place in the year as of the day: for the whole place, then for former territories."""
    speaking = sorted((one for one in reaches if one.plan.speaks(year, on)), key=_first)
    whole = _answers(place, [one for one in speaking if not one.territory], targets, year, area)
    bound = list(whole.values())
    for territory in sorted({one.territory for one in speaking} - {""}):
        parts = _answers(place, [one for one in speaking if one.territory == territory], targets, year, area)
        bound += [one for matter, one in parts.items() if _nearer(one, whole.get(matter))]
    return sorted(bound, key=lambda one: (one.territory, one.target.matter))


def _first(reach: Reach) -> tuple:
    """The order in which plans are asked: nearest, standing ones before predecessors', latest, highest id."""
    return reach.near, reach.former, -reach.plan.issued.toordinal(), -reach.plan.id


def _answers(
    place: str, reaches: Sequence[Reach], targets: Mapping[int, Sequence[TargetFact]], year: int, area: str
) -> dict[Matter, Bound]:
    """For each matter the answer of the first plan that says something on it."""
    found: dict[Matter, Bound] = {}
    for reach in reaches:
        said = targets.get(reach.plan.id, ())
        for matter, target in _said(said, year, area).items():
            found.setdefault(matter, Bound(target, reach, _because(place, reach), _basis(target, said)))
    return found


def _basis(target: TargetFact, said: Sequence[TargetFact]) -> TargetFact | None:
    """What a relative target of an area counts from: the plan's general target of the same matter and year."""
    if target.comparator != "relative" or target.area == GENERAL:
        return None
    general = (one for one in said if one.area == GENERAL and one.comparator != "relative")
    return next((one for one in general if (one.matter, one.year) == (target.matter, target.year)), None)


def _said(targets: Sequence[TargetFact], year: int, area: str) -> dict[Matter, TargetFact]:
    """What one plan says for the year: the next milestone, the area's own figure before the general one."""
    due = [one for one in targets if one.area in (area, GENERAL) and (one.year is None or one.year >= year)]
    due.sort(key=lambda one: (one.year or 9999, one.area == GENERAL, one.id))
    found: dict[Matter, TargetFact] = {}
    for one in due:
        found.setdefault(one.matter, one)
    return found


def _nearer(part: Bound, whole: Bound | None) -> bool:
    """Whether a predecessor's plan still stands beside the answer for the whole place: not against its own plan."""
    return whole is None or (not whole.reach.own and part.reach.near < whole.reach.near)


def _because(place: str, reach: Reach) -> str:
    """Why this plan, in a sentence; ``place`` as it stands inside one ("xã Ia Tôr")."""
    plan, whose = reach.plan, reach.plan.place[:1].lower() + reach.plan.place[1:]
    if reach.own:
        return f"Kế hoạch của chính {place}."
    if reach.territory:
        return f"Kế hoạch của {whose} còn hiệu lực trên địa bàn cũ, đến khi {place} ban hành kế hoạch riêng."
    if reach.former:
        return f"Kế hoạch của {whose} trước sáp nhập còn hiệu lực trên địa bàn cũ, gồm toàn bộ {place}."
    begin = place[:1].upper() + place[1:]
    if plan.level == "nation":
        return f"{begin} và các cấp trên chưa có kế hoạch nói về việc này: theo chương trình quốc gia."
    return f"{begin} chưa có kế hoạch riêng nói về việc này: theo {whose}, cấp trên gần nhất có kế hoạch."
