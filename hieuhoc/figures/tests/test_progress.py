"""Targets held against figures: exact, of their own denominator only, and how many more are needed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.figures import progress
from hieuhoc.figures.facts import Value
from hieuhoc.figures.models import Source
from hieuhoc.figures.tests.test_figures import filled
from hieuhoc.plans import actions, marks, national
from hieuhoc.plans.binding import Bound, PlanFact, Reach, TargetFact
from hieuhoc.plans.tests.test_targets import TEXT

PLAN = PlanFact(1, 1, "Xã A", "commune", date(2022, 1, 1), 2021, 2030)
KEYS = ("FAMILY", "CLAN", "CITIZEN")


def said(total=1000, registered=800, count=600, **more):
    """The same counts of every title of the tests."""
    return {key: Value(1, 2026, key, Source.REPORTED, total, registered, count, **more) for key in KEYS}


def bound(value="70", comparator=">=", matter=("FAMILY", "recognise", "households"), unit="percent", part="") -> Bound:
    target = TargetFact(1, 1, *matter, "general", 2030, comparator, Decimal(value), unit, "Câu.")
    return Bound(target, Reach(PLAN, own=True, territory=part), "")


NEEDED = {
    "a share": ("70", ">=", "percent", 1000, 700),
    "above a share": ("70", ">", "percent", 1000, 701),
    "a part of a household counts whole": ("70", ">=", "percent", 101, 71),
    "above it is the same then": ("70", ">", "percent", 101, 71),
    "79,87 % is not 80 %": ("80", ">=", "percent", 27593, 22075),
    "all": ("100", ">=", "percent", 7, 7),
    "a count": ("5", "count", "number", 1000, 5),
    "above a count": ("20", ">", "number", 1000, 21),
    "points are no count": ("5", ">=", "points", 1000, None),
    "money is no count": ("5000", ">=", "vnd_per_head", 1000, None),
    "a range begins at its lower end": ("60", "range", "percent", 200, 120),
    "relative": ("-10", "relative", "points", 200, None),
}


@pytest.mark.parametrize(("value", "comparator", "unit", "of", "least"), NEEDED.values(), ids=NEEDED)
def test_the_least_count_that_reaches_a_target(value, comparator, unit, of, least):
    assert marks.needed(bound(value, comparator, unit=unit), of) == least


@given(of=st.integers(1, 10**7), value=st.decimals(0, 100, places=2), above=st.booleans())
def test_one_fewer_never_reaches_it(of, value, above):
    target = bound(str(value), ">" if above else ">=")
    least = marks.needed(target, of)
    reaches = (lambda n: n * 100 > value * of) if above else (lambda n: n * 100 >= value * of)
    assert reaches(least) and not reaches(least - 1)


HELD = {
    "missing": (bound("70"), (600, 1000, 100, False, "")),
    "reached": (bound("60"), (600, 1000, 0, True, "")),
    "not quite above": (bound("60", ">"), (600, 1000, 1, False, "")),
    "of those registered": (bound("80", matter=("CLAN", "recognise", "registered_clans")), (600, 800, 40, False, "")),
    "registered": (bound("80", matter=("FAMILY", "register", "households")), (800, 1000, 0, True, "")),
    "another denominator": (
        bound("40", matter=("CITIZEN", "recognise", "workers_in_recognised_groups")),
        (None, None, None, None, progress.NO_FIGURE),
    ),
    "a part of the place": (bound("60", part="Xã B"), (None, None, None, None, progress.PART)),
    "relative": (bound("-10", "relative", unit="points"), (600, 1000, None, None, progress.NO_COMPARISON)),
}


@pytest.mark.parametrize(("one", "told"), HELD.values(), ids=HELD)
def test_a_target_beside_its_figure(one, told):
    found = progress.hold(one, said())
    assert (found.count, found.of, found.missing, found.reached, found.why) == told


def test_nobody_to_count_reaches_nothing():
    found = progress.hold(bound("0"), said(0, 0, 0))
    assert (found.reached, found.why) == (None, progress.NOBODY)


def test_late_ones_first_and_those_without_a_figure_last():
    unknown = bound("40", matter=("CITIZEN", "recognise", "workers_in_recognised_groups"))
    many = [unknown, bound("60"), bound("65"), bound("90")]
    held = progress.progress(many, {"FAMILY": said()["FAMILY"]})
    assert [int(one.bound.target.value) for one in held] == [90, 65, 60, 40]


def test_the_pace_is_what_each_year_must_bring():
    held = progress.hold(bound("70"), said(), 2026)
    assert (held.missing, held.years_left, held.pace) == (100, 4, 25)
    assert progress.hold(bound("70"), said(count=699), 2029).pace == 1, "a part of a household counts whole"
    assert progress.hold(bound("70"), said(), 2030).pace is None, "the year itself leaves no year"
    assert progress.hold(bound("60"), said(), 2026).pace is None, "what is reached needs no pace"


ONLY = {"total": None, "registered": None, "count": None}
LEFT_OUT = {
    "no denominator": ({"total": None}, progress.NO_DENOMINATOR),
    "a share above": ({**ONLY, "share": Decimal("61.5")}, progress.SHARE_REACHED),
    "a share below": ({**ONLY, "share": Decimal(58)}, progress.SHARE_SHORT),
    "a share that may be rounded up": ({**ONLY, "share": Decimal(60)}, progress.SHARE_NEAR),
    "nearly": ({**ONLY, "share": Decimal("60.5"), "qualifier": "gần"}, progress.SHARE_NEAR),
    "a share of those registered": ({**ONLY, "share": Decimal(90), "share_of": "registered"}, progress.NOT_COUNTED),
    "neither": (ONLY, progress.NOT_COUNTED),
}


@pytest.mark.parametrize(("counts", "why"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_was_not_said_is_not_compared(counts, why):
    held = progress.hold(bound("60"), said(**counts))
    assert (held.reached, held.why) == (None, why)


def test_a_hard_area_counts_from_the_general_target_of_its_plan():
    relative = bound("-10", "relative", unit="points")
    resolved = Bound(relative.target, relative.reach, "", bound("70", ">").target)
    held = progress.hold(resolved, said())
    assert (held.mark, held.needed, held.missing) == (Decimal(60), 601, 1), "above 60 % of 1000"


@pytest.mark.django_db
def test_the_page_of_the_round_says_what_is_still_needed(world, browse):
    national.load()
    round_ = filled(world)
    page = browse(world.minh).get(reverse("figures:round", args=[round_.pk])).content.decode()
    assert "So với chỉ tiêu" in page and "còn 3 hộ" in page, "80 % of 5 households are 4, one is recognised"
    assert "theo chương trình quốc gia" in page and progress.NO_FIGURE in page
    plan = actions.take(TEXT.encode(), "a.txt", place_id=world.ia_tor.pk, by=world.minh)
    actions.publish(plan.pk, by=world.minh)
    page = browse(world.minh).get(reverse("figures:round", args=[round_.pk])).content.decode()
    assert "12/KH-UBND" in page and "75% gia đình đạt danh hiệu" in page
