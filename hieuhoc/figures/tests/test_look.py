"""The pages of samples in Chromium: accessible, no wider than a phone, done by keyboard."""

import pytest

from hieuhoc.dossiers.models import State
from tests.browser import axe, chromium, shot, small_targets, too_wide, visit  # noqa: F401

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1366])
def test_a_sample_is_drawn_by_keyboard(world, visit, width):  # noqa: F811
    world.dossier(State.RECOGNISED, world.household("Rah Lan H'Yui Nguyễn Thị Thanh Hương", code="IT11-096"))
    page = visit("/so-lieu/mau/", as_=world.inspector, width=width)
    faults = [faults_of(page, "mau", width)]
    page.get_by_label("Số hồ sơ").fill("5")
    page.keyboard.press("Enter")
    page.get_by_text("rút 1/1 hồ sơ").wait_for()
    faults.append(faults_of(page, "mau-da-rut", width))
    page.goto(page.url.rsplit("/", 2)[0] + "/")
    page.get_by_text("1/1").wait_for()
    faults.append(faults_of(page, "mau-danh-sach", width))
    assert faults == [([], [], [])] * 3


@pytest.mark.parametrize("width", [360, 1366])
def test_the_communes_and_the_board_of_inspection_fit(world, visit, width):  # noqa: F811
    world.round()
    faults = [
        faults_of(visit(address, as_=world.inspector, width=width), name, width)
        for name, address in (("cac-xa", "/cac-xa/"), ("nhat-ky", "/nhat-ky/"), ("viec-kiem-tra", "/viec-can-lam/"))
    ]
    assert faults == [([], [], [])] * 3


def faults_of(page, name, width):
    """Photograph the page and give its faults."""
    shot(page, f"{name}-{width}")
    return axe(page), too_wide(page), small_targets(page)
