"""Targets beside shares, looked at in Chromium: the board, the chart of years; accessible and no wider than a phone."""

import pytest

from hieuhoc.figures.tests.test_look import faults_of
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
