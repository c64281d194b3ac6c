"""Which target binds: the rule as a table of cases that reads like the law, and its properties."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.plans.binding import Bound, PlanFact, Reach, TargetFact, bind

FAMILY = ("FAMILY", "recognise", "households")
CLAN = ("CLAN", "recognise", "clans")
PLACE = "xã Ia Tôr"


def plan(number: int, level: str = "commune", issued: str = "2022-06-01", years=(2021, 2030), ended=None) -> PlanFact:
    names = {"commune": "Xã Ia Tôr", "province": "Tỉnh Gia Lai", "nation": "Việt Nam", "district": "Huyện Chư Prông"}
    until = date.fromisoformat(ended) if ended else None
    return PlanFact(number, number, names[level], level, date.fromisoformat(issued), *years, ended=until)


def target(of: PlanFact, value: int, matter=FAMILY, year: int | None = 2030, area="general", number=0) -> TargetFact:
    return TargetFact(
        number or of.id * 100 + value, of.id, *matter, area, year, ">=", Decimal(value), "percent", "Câu của kế hoạch."
    )


def of(*targets: TargetFact) -> dict[int, list[TargetFact]]:
    found: dict[int, list[TargetFact]] = {}
    for one in targets:
        found.setdefault(one.plan_id, []).append(one)
    return found


def values(bound: list[Bound]) -> list[tuple[str, int]]:
    return [(one.territory, int(one.target.value)) for one in bound]


OWN, NEWER, ABOVE, NATION = plan(1), plan(2, issued="2026-01-10"), plan(3, "province"), plan(4, "nation")
FORMER = PlanFact(5, 5, "Xã Ia Băng", "commune", date(2022, 4, 1), 2021, 2030)
FORMER_PROVINCE = PlanFact(6, 6, "Tỉnh Bắc Kạn", "province", date(2022, 7, 1), 2021, 2030)

ALL = of(target(OWN, 61), target(NEWER, 62), target(ABOVE, 63), target(NATION, 80), target(FORMER, 65),
         target(FORMER_PROVINCE, 90))  # fmt: skip
CASES = {
    "its own plan binds": ([Reach(OWN, own=True), Reach(ABOVE), Reach(NATION)], [("", 61)]),
    "without one, the nearest area above": ([Reach(NATION), Reach(ABOVE)], [("", 63)]),
    "without any, the nation": ([Reach(NATION)], [("", 80)]),
    "nobody speaks": ([], []),
    "of two of its own the later": ([Reach(OWN, own=True), Reach(NEWER, own=True)], [("", 62)]),
    "a predecessor's plan goes on for its former territory": (
        [Reach(FORMER, former=True, territory="Xã Ia Băng"), Reach(ABOVE), Reach(NATION)],
        [("", 63), ("Xã Ia Băng", 65)],
    ),
    "and ends when the successor issues its own": (
        [Reach(FORMER, former=True, territory="Xã Ia Băng"), Reach(OWN, own=True), Reach(NATION)], [("", 61)],
    ),
    "a predecessor that was all of it binds all of it": ([Reach(FORMER, former=True), Reach(NATION)], [("", 65)]),
    "the plan of a former province binds its former communes": (
        [Reach(FORMER_PROVINCE, former=True), Reach(NATION)], [("", 90)],
    ),
    "until the new province issues its own": (
        [Reach(FORMER_PROVINCE, former=True), Reach(ABOVE), Reach(NATION)], [("", 63)],
    ),
    "a merged province as a whole is bound by the nation, its part by the former plan": (
        [Reach(FORMER_PROVINCE, former=True, territory="Tỉnh Bắc Kạn"), Reach(NATION)],
        [("", 80), ("Tỉnh Bắc Kạn", 90)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("reaches", "expected"), CASES.values(), ids=CASES)
def test_the_rule(reaches, expected):
    assert values(bind(PLACE, reaches, ALL, year=2026, on=date(2026, 11, 22))) == expected


DAYS = {
    "before it was issued": (plan(1, issued="2026-12-01"), 2026, []),
    "on the day it was issued": (plan(1, issued="2026-11-22"), 2026, [("", 61)]),
    "after it was replaced": (plan(1, ended="2026-11-22"), 2026, []),
    "the day before it was replaced": (plan(1, ended="2026-11-23"), 2026, [("", 61)]),
    "a year before its first": (plan(1, years=(2027, 2030)), 2026, []),
    "a year after its last": (plan(1, years=(2021, 2025)), 2026, []),
}


@pytest.mark.parametrize(("only", "year", "expected"), DAYS.values(), ids=DAYS)
def test_days_and_years(only, year, expected):
    assert values(bind(PLACE, [Reach(only, own=True)], ALL, year=year, on=date(2026, 11, 22))) == expected


@pytest.mark.parametrize(("year", "value"), [(2022, 50), (2025, 50), (2026, 65), (2030, 65)])
def test_between_two_milestones_the_next_one_binds(year, value):
    said = of(target(OWN, 50, year=2025), target(OWN, 65, year=2030))
    assert values(bind(PLACE, [Reach(OWN, own=True)], said, year=year, on=date(2026, 1, 1))) == [("", value)]


def test_the_figure_of_a_hard_area_before_the_general_one():
    said = of(target(OWN, 70), target(OWN, 60, area="hard"))
    for area, value in (("hard", 60), ("general", 70), ("mountain", 70)):
        bound = bind(PLACE, [Reach(OWN, own=True)], said, year=2026, on=date(2026, 1, 1), area=area)
        assert values(bound) == [("", value)]


def test_a_plan_that_is_silent_on_a_matter_leaves_it_to_the_next():
    said = of(target(OWN, 61), target(NATION, 80), target(NATION, 75, CLAN))
    bound = bind(PLACE, [Reach(OWN, own=True), Reach(NATION)], said, year=2026, on=date(2026, 1, 1))
    assert {one.target.matter: int(one.target.value) for one in bound} == {FAMILY: 61, CLAN: 75}


def test_the_answer_says_why():
    reaches = [Reach(FORMER, former=True, territory="Xã Ia Băng"), Reach(ABOVE)]
    whole, part = bind(PLACE, reaches, ALL, year=2026, on=date(2026, 1, 1))
    assert whole.because == (
        "Xã Ia Tôr chưa có kế hoạch riêng nói về việc này: theo tỉnh Gia Lai, cấp trên gần nhất có kế hoạch."
    )
    assert part.because == (
        "Kế hoạch của xã Ia Băng còn hiệu lực trên địa bàn cũ, đến khi xã Ia Tôr ban hành kế hoạch riêng."
    )


PLANS = st.builds(
    PlanFact,
    id=st.integers(1, 9), place_id=st.integers(1, 3), place=st.sampled_from(["A", "B"]),
    level=st.sampled_from(["commune", "district", "province", "nation"]),
    issued=st.dates(date(2014, 1, 1), date(2026, 12, 31)), first_year=st.integers(2011, 2026),
    last_year=st.integers(2020, 2035), ended=st.none() | st.dates(date(2015, 1, 1), date(2027, 1, 1)),
)  # fmt: skip
REACHES = st.lists(
    st.builds(Reach, PLANS, own=st.booleans(), former=st.booleans(), territory=st.sampled_from(["", "", "X", "Y"])),
    max_size=6, unique_by=lambda one: one.plan.id,
)  # fmt: skip
TARGETS = st.lists(
    st.tuples(
        st.integers(1, 9), st.integers(1, 100), st.sampled_from([FAMILY, CLAN]),
        st.sampled_from([2020, 2025, 2030, None]), st.sampled_from(["general", "hard"]),
    ),
    max_size=20,
)  # fmt: skip


@given(reaches=REACHES, given_targets=TARGETS, year=st.integers(2015, 2031), data=st.data())
def test_one_answer_or_none_in_whatever_order_plans_were_entered(reaches, given_targets, year, data):
    facts = [
        TargetFact(at, of_plan, *matter, area, by, ">=", Decimal(value), "percent", "")
        for at, (of_plan, value, matter, by, area) in enumerate(given_targets)
    ]
    on = date(2026, 11, 22)
    bound = bind("A", reaches, of(*facts), year=year, on=on)
    assert len({(one.territory, one.target.matter) for one in bound}) == len(bound)
    for one in bound:
        assert one.reach.plan.speaks(year, on) and one.because
        assert one.target.year is None or one.target.year >= year
    mixed = data.draw(st.permutations(reaches)), data.draw(st.permutations(facts))
    assert bind("A", mixed[0], of(*mixed[1]), year=year, on=on) == bound


@given(reaches=REACHES, value=st.integers(1, 100))
def test_an_own_plan_that_speaks_leaves_nothing_to_others(reaches, value):
    own = PlanFact(99, 1, "A", "commune", date(2026, 1, 1), 2020, 2030)
    others = [Reach(one.plan, former=one.former, territory=one.territory) for one in reaches]
    said = of(target(own, value), *(target(one.plan, 33) for one in reaches))
    bound = bind("A", [*others, Reach(own, own=True)], said, year=2026, on=date(2026, 11, 22))
    assert values(bound) == [("", value)]
