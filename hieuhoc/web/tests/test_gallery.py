"""Every component in Chromium: no violation of WCAG 2.2 AA, nothing wider than a phone, nothing too small."""

import pytest

from tests.browser import axe, chromium, shot, small_targets, too_wide, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.urls("hieuhoc.web.tests.urls")]


@pytest.mark.parametrize("width", [360, 1366])
def test_every_component_is_accessible_and_fits(world, visit, width):  # noqa: F811
    page = visit("/thanh-phan/", as_=world.minh, width=width)
    page.wait_for_function("document.fonts.status == 'loaded'")
    shot(page, f"thanh-phan-{width}")
    assert (axe(page), too_wide(page), small_targets(page)) == ([], [], [])
