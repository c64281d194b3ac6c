"""The pages of accounts in Chromium: fit for everybody at both widths, and workable by keyboard alone."""

from __future__ import annotations

import pytest

from hieuhoc.accounts import actions
from hieuhoc.accounts.models import User
from hieuhoc.accounts.tests.conftest import PASSWORD
from tests.browser import axe, chromium, shot, small_targets, too_wide, visit  # noqa: F401

LIST = "/tai-khoan/danh-sach/"
ADMIN = {
    "danh-sach": LIST,
    "lap": f"{LIST}lap/",
    "nhap": f"{LIST}nhap/",
    "mot-nguoi": LIST + "{minh}/",
    "giao": LIST + "{minh}/giao/",
    "cap-lai": LIST + "{minh}/cap-lai/",
    "cua-minh": "/tai-khoan/",
    "hai-lop": "/tai-khoan/hai-lop/",
    "bat-hai-lop": "/tai-khoan/hai-lop/bat/",
}
STRANGER = {"dang-nhap": "/tai-khoan/dang-nhap/", "ngung-dung": "/tai-khoan/ngung-dung/"}


def look(page, name: str) -> None:
    shot(page, f"tai-khoan-{name}")
    assert (axe(page), too_wide(page), small_targets(page)) == ([], [], [])


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1366])
def test_the_pages_of_an_administrator(world, visit, width):  # noqa: F811
    actions.change_own_phone("0905000111", by=world.minh)
    for name, path in ADMIN.items():
        look(visit(path.format(minh=world.minh.pk), as_=world.admin, width=width), f"{name}-{width}")


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1366])
def test_the_pages_of_a_stranger(world, visit, width):  # noqa: F811
    handed = actions.invite(world.minh.pk, by=world.admin)
    for name, path in (STRANGER | {"nhan-loi-moi": handed.path}).items():
        look(visit(path, width=width), f"{name}-{width}")


@pytest.mark.browser
def test_from_invitation_to_the_second_page_without_a_mouse(world, visit):  # noqa: F811
    """Tab and Enter alone: open the link, set a password, sign in, reach one's own page."""
    page = visit(actions.invite(world.nobody.pk, by=None).path)
    page.locator("#id_password").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    _enter(page)
    page.locator("#id_login").focus()
    page.keyboard.type("NOBODY")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    _enter(page)
    assert page.url.endswith("/tai-khoan/")
    assert page.locator("h1").inner_text() == "Cao Thị Nga"


@pytest.mark.browser
def test_an_account_is_made_by_keyboard_and_its_links_are_printed(world, visit):  # noqa: F811
    page = visit(f"{LIST}lap/", as_=world.admin)
    page.locator("#id_full_name").focus()
    for word in ("Siu H'Linh", "", "0905000123", None, "ring"):
        page.keyboard.type(word or "")
        page.keyboard.press("Tab")
    page.locator("#id_place").focus()
    _enter(page)
    look(page, "loi-moi-1366")
    page.evaluate("window.print = () => { window.printed = true }")
    page.locator("[data-print]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("window.printed") is True
    assert User.objects.get(username="hlinhs").posts.get().place == world.ring


@pytest.mark.browser
def test_suggestions_of_places_come_as_one_types(world, visit):  # noqa: F811
    page = visit(f"{LIST}lap/", as_=world.admin)
    with page.expect_response(lambda answer: "/dia-ban/?place=phung" in answer.url):
        page.locator("#id_place").press_sequentially("phung")
    page.wait_for_function("document.querySelectorAll('#dia-ban option').length === 1")
    assert page.locator("#dia-ban option").get_attribute("value").startswith("Làng Phung")


def _enter(page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")
