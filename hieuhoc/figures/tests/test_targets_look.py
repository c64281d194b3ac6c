"""Targets beside shares, looked at in Chromium: the board, the chart of years; accessible and no wider than a phone."""

import pytest

from hieuhoc.figures.tests.test_look import faults_of
from hieuhoc.figures.tests.test_pages import YEAR, planned, sums
from hieuhoc.web.tests.test_board import aimed, four_households
from tests.browser import chromium, visit  # noqa: F401

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1366])
def test_the_board_with_its_targets_fits(world, visit, width):  # noqa: F811
    aimed(world, world.ia_tor, 70)
    aimed(world, world.gia_lai, 50, "member_households")
    four_households(world)
    page = visit("/viec-can-lam/", as_=world.minh, width=width)
    page.locator(".hh-aim summary").first.click()
    faults = [faults_of(page, "viec-chi-tieu", width)]
    page = visit("/viec-can-lam/", as_=world.ksor, width=width)
    faults.append(faults_of(page, "viec-chi-tieu-thon", width))
    assert faults == [([], [], [])] * 2


@pytest.mark.parametrize("width", [360, 1366])
def test_the_years_with_their_targets_fit(world, visit, width):  # noqa: F811
    planned(world.ia_tor, 65, 2025, YEAR - 1)
    planned(world.ia_tor, 70, 2025, YEAR + 4, number="32/KH-HKH")
    planned(world.ia_tor, 50, 2025, YEAR, population="registered_households", number="33/KH-HKH")
    for year, count in ((2023, 52), (2024, 58), (2025, 66), (YEAR, 69)):
        sums(world.ia_tor, year, total=100, registered=90, count=count)
    page = visit("/so-lieu/chuoi/?tu=2020", as_=world.minh, width=width)
    page.locator("#bieu-do canvas").wait_for()
    page.wait_for_timeout(1200)
    assert faults_of(page, "chuoi-chi-tieu", width) == ([], [], [])
