"""The board in Chromium: accessible, no wider than a phone, by keyboard; and how much a page weighs."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils.timezone import localdate

from hieuhoc.dossiers.models import Outcome, State
from hieuhoc.registry.models import Model
from tests.browser import axe, chromium, shot, small_targets, too_wide, visit  # noqa: F401

pytestmark = pytest.mark.browser
WIDTHS = [360, 1366]


@pytest.fixture
def busy(world):
    """A commune in the middle of its year."""
    today = localdate()
    world.round(
        register_by=today - timedelta(days=40),
        villages_close_on=today - timedelta(days=2),
        propose_by=today + timedelta(days=5),
        closes_on=today + timedelta(days=30),
    )
    names = ["Ksor H'Bia", "Rơ Châm Brel", "Siu Phung", "Nguyễn Văn An", "Trần Thị Hạnh", "Puih Dôr"]
    kinds = [
        (State.SUBMITTED, Outcome.PASS),
        (State.SUBMITTED, Outcome.FAIL),
        (State.VERIFIED, Outcome.PASS),
        (State.DRAFT, Outcome.NONE),
        (State.DRAFT, Outcome.INCOMPLETE),
        (State.DRAFT, Outcome.PASS),
        (State.PROPOSED, Outcome.PASS),
        (State.RECOGNISED, Outcome.PASS),
        (State.RETURNED, Outcome.PASS),
    ]
    for at, (state, outcome) in enumerate(kinds * 2):
        place = world.ring if at % 3 else world.phung
        household = world.household(f"{names[at % 6]} {at}", place=place)
        world.dossier(state, household, outcome=outcome, reason="Thiếu minh chứng chỉ số 3; ảnh chụp không rõ.")
    for at in range(3):
        world.household(f"Kpă Thuật {at}")
        world.dossier(State.PROPOSED, world.subject(Model.CLAN, f"Dòng họ Rơ Châm {at}"))
    world.dossier(State.RECOGNISED, world.subject(Model.COMMUNITY, "Làng Ring"))
    world.dossier(State.RECOGNISED, world.organisation())
    return world


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("person", ["minh", "hoa", "ksor", "inspector", "admin", "nobody"])
def test_a_board_is_accessible_and_fits(busy, visit, person, width):  # noqa: F811
    page = visit("/viec-can-lam/", as_=getattr(busy, person), width=width)
    shot(page, f"viec-can-lam-{person}-{width}")
    assert (axe(page), too_wide(page), small_targets(page)) == ([], [], [])
    assert page.locator("h1").count() == 1


def test_the_keyboard_reaches_the_content_first_and_the_menu_on_a_phone(busy, visit):  # noqa: F811
    page = visit("/viec-can-lam/", as_=busy.minh, width=360)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Đến nội dung chính"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"
    button = page.get_by_role("button", name="Mục")
    assert not page.locator("#trinh-don").is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("#trinh-don").is_visible()
    assert button.get_attribute("aria-expanded") == "true"


def test_choosing_another_post_changes_the_board(busy, visit):  # noqa: F811
    busy.post(busy.minh, "village_recorder", busy.phung)
    page = visit("/viec-can-lam/", as_=busy.minh)
    page.locator("summary").click()
    page.get_by_role("button", name="Người ghi của thôn").click()
    assert "Làng Phung" in page.locator(".hh-lead").text_content()


def test_an_office_page_weighs_less_than_350_kb(busy, browse):
    """Compressed as whitenoise sends it; fonts are compressed already (interface §4)."""
    html = browse(busy.minh).get("/viec-can-lam/").content
    weight = len(gzip.compress(html))
    parts = set(re.findall(rb'(?:href|src)="/static/([^"#]+)', html)) | {
        b"vendor/be-vietnam-pro-vietnamese-600.woff2",
        b"vendor/be-vietnam-pro-latin-600.woff2",
    }
    assert len(parts) > 8
    for part in parts:
        found = finders.find(part.decode())
        assert found, part
        data = Path(found).read_bytes()
        weight += len(data) if found.endswith("woff2") else len(gzip.compress(data))
    assert weight < 350_000
