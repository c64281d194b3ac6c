"""Which plans' activities a place follows, and whose they are: tables that read like the rule."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.plans.binding import Reach
from hieuhoc.plans.following import followed, part_of
from hieuhoc.plans.tests.test_binding import REACHES, plan

DAY = date(2026, 11, 22)
OWN, AMENDING, ABOVE, NATION = plan(1), plan(2, issued="2026-01-10"), plan(3, "province"), plan(4, "nation")
COMMUNE_BEFORE, PROVINCE_BEFORE, DISTRICT = plan(5), plan(6, "province", "2022-05-12"), plan(7, "district")
PART = Reach(COMMUNE_BEFORE, former=True, territory="Xã Ia Băng")

FOLLOWED = {
    "all that bind, the nearest first": ([Reach(NATION), Reach(ABOVE), Reach(OWN, own=True)], [1, 3, 4]),
    "of two of its own both, the later first": ([Reach(OWN, own=True), Reach(AMENDING, own=True)], [2, 1]),
    "its own does not end that of the province": ([Reach(OWN, own=True), Reach(ABOVE)], [1, 3]),
    "a predecessor's over its territory": ([PART, Reach(ABOVE)], [5, 3]),
    "until the successor has its own": ([PART, Reach(OWN, own=True), Reach(ABOVE)], [1, 3]),
    "the former province's beside the commune's own": (
        [Reach(PROVINCE_BEFORE, former=True), Reach(OWN, own=True)], [1, 6],
    ),
    "until the new province has one": ([Reach(PROVINCE_BEFORE, former=True), Reach(ABOVE)], [3]),
    "a district's while the commune has none": ([Reach(DISTRICT, former=True), Reach(ABOVE)], [7, 3]),
    "and not after": ([Reach(DISTRICT, former=True), Reach(OWN, own=True)], [1]),
    "one that was replaced ends": ([Reach(plan(1, ended="2026-11-22"), own=True), Reach(ABOVE)], [3]),
    "one not yet issued waits": ([Reach(plan(1, issued="2026-11-23"), own=True)], []),
    "nor does one of other years speak": ([Reach(plan(1, years=(2014, 2020)), own=True)], []),
    "a plan of other years ends no predecessor's": (
        [PART, Reach(plan(1, years=(2027, 2030)), own=True)], [5],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("reaches", "ids"), FOLLOWED.values(), ids=FOLLOWED)
def test_the_plans_that_are_followed(reaches, ids):
    assert [one.plan.id for one in followed(reaches, "commune", 2026, DAY)] == ids


@given(reaches=REACHES, year=st.integers(2015, 2031), data=st.data())
def test_whatever_the_order_only_plans_that_speak(reaches, year, data):
    found = followed(reaches, "commune", year, DAY)
    assert all(one.plan.speaks(year, DAY) for one in found)
    standing = {one.plan.id for one in reaches if one.plan.speaks(year, DAY) and not one.former}
    assert standing <= {one.plan.id for one in found}, "only predecessors' plans ever give way"
    assert followed(data.draw(st.permutations(reaches)), "commune", year, DAY) == found


def test_a_province_is_not_bound_by_what_its_communes_plan():
    below = Reach(plan(8), former=True, territory="Xã Ia Tôr")
    assert followed([below, Reach(ABOVE, own=True), Reach(NATION)], "province", 2026, DAY) == [
        Reach(ABOVE, own=True), Reach(NATION),
    ]  # fmt: skip


PARTS = {
    "of its own plan all": (Reach(OWN, own=True), "Sở Giáo dục", "", "own"),
    "of its predecessor's too": (PART, "HKH xã", "", "own"),
    "the province's, led by the province": (Reach(ABOVE), "HKH tỉnh", "Sở Giáo dục và Đào tạo", "knows"),
    "named among those who lead": (Reach(ABOVE), "HKH cấp tỉnh, huyện, xã", "", "leads"),
    "all levels lead": (Reach(ABOVE), "HKH các cấp", "", "leads"),
    "named among those who join": (Reach(ABOVE), "HKH tỉnh", "HKH cấp huyện, cấp xã", "joins"),
    "local bodies join": (Reach(ABOVE), "HKH tỉnh", "các cơ quan, đơn vị, địa phương", "joins"),
    "political and social bodies are no commune": (
        Reach(ABOVE), "HKH tỉnh", "MTTQ và các tổ chức chính trị - xã hội", "knows",
    ),
    "a town is no commune": (Reach(ABOVE), "HKH tỉnh, HKH thị xã", "", "knows"),
    "wards": (Reach(ABOVE), "UBND các Xã, Phường", "", "leads"),
    "nobody named": (Reach(ABOVE), "", "", "knows"),
}  # fmt: skip


@pytest.mark.parametrize(("reach", "lead", "joins", "part"), PARTS.values(), ids=PARTS)
def test_whose_it_is(reach, lead, joins, part):
    assert part_of(reach, "commune", lead, joins) == part


def test_a_province_is_named_by_its_own_word():
    assert part_of(Reach(NATION), "province", "Hội Khuyến học các tỉnh", "") == "leads"
    assert part_of(Reach(NATION), "commune", "Hội Khuyến học các tỉnh", "") == "knows"
    assert part_of(Reach(NATION), "nation", "Hội Khuyến học các tỉnh", "") == "knows"
