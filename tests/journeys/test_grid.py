"""The scoring grid in Chromium: walking, typing, pasting from Excel, refusals, a lost network, two people at once."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from hieuhoc.dossiers import actions
from hieuhoc.dossiers.models import Dossier, State
from tests.browser import axe, chromium, small_targets, too_wide, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def grid(world, visit):  # noqa: F811
    """Three households of Làng Ring to score, and a way to open their grid."""
    for name in ("Ksor An", "Ksor Bình", "Ksor Chi"):
        world.dossier(subject=world.household(name))
    address = reverse("dossiers:grid", args=[world.round().pk, "FAMILY"])
    return lambda **more: visit(address, **{"as_": world.ksor} | more)


def cell(page, name, key):
    """The cell of a subject and an indicator."""
    return page.locator(f"tr:has(th:has-text('{name}')) td[data-key='{key}']")


def saved(page):
    """Wait until the page says that everything is saved."""
    page.wait_for_selector("[data-saved]:has-text('Mọi ô đã lưu')")


def answers(name):
    """What the database has of a subject."""
    stored = Dossier.objects.get(subject__name=name).answers
    return {key: answer["value"] for key, answer in stored.items()}


def paste(page, text):
    """Paste as Ctrl+V does."""
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
          document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def focused(page):
    """Where the keyboard is: subject and indicator."""
    return page.evaluate(
        """() => { const at = document.activeElement.closest("td");
          return [at.parentElement.querySelector("th a").textContent, at.dataset.key]; }"""
    )


def test_typing_saves_judges_and_is_there_after_a_reload(grid):
    page = grid()
    cell(page, "Ksor An", "T-1").click()
    page.keyboard.type("40")
    page.keyboard.press("Tab")
    page.keyboard.type("45,5")
    page.keyboard.press("Enter")
    saved(page)
    row = page.locator("tr:has(th:has-text('Ksor An'))")
    assert row.locator(".hh-total").inner_text() == "85,5" and "Đạt" in row.locator(".hh-result b").inner_text()
    assert "mốc đạt 80" in row.locator(".hh-result small").inner_text()
    page.reload()
    assert cell(page, "Ksor An", "T-1").inner_text() == "40" and cell(page, "Ksor An", "T-2").inner_text() == "45,5"
    assert answers("Ksor An") == {"T-1": 40, "T-2": 45.5}


@pytest.mark.parametrize(
    ("keys", "there"),
    [
        (["ArrowDown"], ["Ksor Bình", "T-1"]), (["ArrowRight"], ["Ksor An", "T-2"]), (["Enter"], ["Ksor Bình", "T-1"]),
        (["Tab", "Tab"], ["Ksor Bình", "T-1"]), (["Tab", "Shift+Tab"], ["Ksor An", "T-1"]),
        (["End"], ["Ksor An", "T-2"]),
        (["Control+End"], ["Ksor Chi", "T-2"]), (["Control+End", "Control+Home"], ["Ksor An", "T-1"]),
        (["PageDown"], ["Ksor Chi", "T-1"]), (["ArrowUp"], ["Ksor An", "T-1"]), (["ArrowLeft"], ["Ksor An", "T-1"]),
        (["F2", "Escape"], ["Ksor An", "T-1"]), (["F2", "Enter"], ["Ksor Bình", "T-1"]),
        (["8", "ArrowRight"], ["Ksor An", "T-2"]), (["8", "ArrowDown"], ["Ksor Bình", "T-1"]),
    ],
)  # fmt: skip
def test_keys_walk_as_in_a_spreadsheet(grid, keys, there):
    page = grid()
    cell(page, "Ksor An", "T-1").click()
    for key in keys:
        page.keyboard.press(key)
    assert focused(page) == there
    saved(page)


def test_typing_writes_over_f2_edits_and_escape_leaves_it(grid):
    page = grid()
    at = cell(page, "Ksor An", "T-1")
    at.click()
    page.keyboard.type("40")
    page.keyboard.press("Enter")
    at.click()
    page.keyboard.press("F2")
    page.keyboard.press("Backspace")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    assert at.inner_text() == "41"
    at.click()
    page.keyboard.type("7")
    page.keyboard.press("Escape")
    assert at.inner_text() == "41"
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    saved(page)
    assert answers("Ksor An") == {"T-1": 9}


def test_a_block_from_excel_is_pasted_with_commas_kad_and_blanks(grid):
    page = grid()
    cell(page, "Ksor An", "T-1").click()
    paste(page, "40\t45,5\r\nKAD\t-\r\n8.5\t\r\n")
    saved(page)
    assert answers("Ksor An") == {"T-1": 40, "T-2": 45.5}
    assert answers("Ksor Bình") == {"T-1": "n/a", "T-2": "n/a"}
    assert answers("Ksor Chi") == {"T-1": 8.5}
    page.keyboard.press("Control+z")
    saved(page)
    assert answers("Ksor An") == answers("Ksor Bình") == answers("Ksor Chi") == {}


def test_what_falls_outside_the_page_is_said(grid):
    page = grid()
    cell(page, "Ksor Chi", "T-2").click()
    paste(page, "1\t2\n3\t4")
    page.wait_for_selector(".hh-toast:has-text('3 ô nằm ngoài')")
    saved(page)
    assert answers("Ksor Chi") == {"T-2": 1}


def test_a_range_is_copied_filled_and_cleared(grid):
    page = grid()
    cell(page, "Ksor An", "T-1").click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    paste(page, "20")
    saved(page)
    assert answers("Ksor An") == answers("Ksor Bình") == {"T-1": 20, "T-2": 20}
    copied = page.evaluate(
        """() => { const data = new DataTransfer();
          const event = new ClipboardEvent("copy", {clipboardData: data, bubbles: true, cancelable: true});
          document.activeElement.dispatchEvent(event);
          return data.getData("text/plain"); }"""
    )
    assert copied == "20\t20\n20\t20"
    page.keyboard.press("Delete")
    saved(page)
    assert answers("Ksor An") == answers("Ksor Bình") == {}


def test_a_refused_cell_keeps_what_was_typed_and_says_why(grid):
    page = grid()
    at = cell(page, "Ksor An", "T-1")
    at.click()
    page.keyboard.type("60")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-refused]:has-text('vượt điểm tối đa 50')")
    assert at.inner_text() == "60" and at.get_attribute("aria-invalid") == "true"
    assert answers("Ksor An") == {}
    at.click()
    page.keyboard.type("50")
    page.keyboard.press("Enter")
    saved(page)
    assert at.get_attribute("aria-invalid") is None and not page.locator("[data-refused]").is_visible()


def test_a_cell_typed_again_before_the_first_answer_is_no_conflict(grid):
    page = grid()
    page.route("**/bang-cham/o/", lambda route: (page.wait_for_timeout(600), route.continue_()))
    at = cell(page, "Ksor An", "T-1")
    for typed in ("40", "41", "42"):
        at.click()
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        page.wait_for_timeout(250)
    saved(page)
    assert answers("Ksor An") == {"T-1": 42} and at.inner_text() == "42"


def test_a_lost_network_loses_nothing(grid):
    page = grid()
    page.route("**/bang-cham/o/", lambda route: route.abort())
    cell(page, "Ksor An", "T-1").click()
    page.keyboard.type("40")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-saved]:has-text('không nối được máy chủ')")
    assert cell(page, "Ksor An", "T-1").inner_text() == "40"
    page.unroute("**/bang-cham/o/")
    page.locator("[data-retry]").click()
    saved(page)
    assert answers("Ksor An") == {"T-1": 40}


def test_a_session_that_ended_is_said_and_nothing_is_thrown_away(grid):
    page = grid()
    page.context.clear_cookies()
    cell(page, "Ksor An", "T-1").click()
    page.keyboard.type("40")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-saved].is-bad:has-text('Chưa lưu 1 ô')")
    assert cell(page, "Ksor An", "T-1").inner_text() == "40" and page.locator("[data-retry]").is_visible()


def test_two_at_once_do_not_write_over_each_other(world, grid):
    page = grid()
    other = Dossier.objects.get(subject__name="Ksor An")
    actions.answer(other.pk, {"T-1": 30, "T-2": 10}, by=world.minh)
    cell(page, "Ksor An", "T-1").click()
    page.keyboard.type("40")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-refused]:has-text('người khác vừa ghi ô này là 30')")
    assert answers("Ksor An") == {"T-1": 30, "T-2": 10}
    assert cell(page, "Ksor An", "T-2").inner_text() == "10"
    cell(page, "Ksor An", "T-1").click()
    page.keyboard.type("41")
    page.keyboard.press("Enter")
    saved(page)
    assert answers("Ksor An") == {"T-1": 41, "T-2": 10}


def test_a_decided_row_takes_nothing(world, grid):
    world.dossier(State.PROPOSED, world.household("Ksor Dung"))
    page = grid()
    at = cell(page, "Ksor Dung", "T-1")
    assert at.get_attribute("aria-readonly") == "true"
    cell(page, "Ksor Chi", "T-1").click()
    page.keyboard.press("ArrowDown")
    assert focused(page) == ["Ksor Dung", "T-1"]
    page.keyboard.type("1")
    paste(page, "7")
    page.keyboard.press("Delete")
    assert at.inner_text() == "50" and answers("Ksor Dung") == {"T-1": 50, "T-2": 50}


def test_the_keyboard_gets_out_again(grid):
    page = grid()
    cell(page, "Ksor An", "T-1").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('td[data-key]')") is None


@pytest.mark.parametrize("width", [360, 1366])
def test_the_grid_is_good_to_everybody(grid, width):
    page = grid(width=width)
    assert (axe(page), too_wide(page), small_targets(page)) == ([], [], [])
    cell(page, "Ksor An", "T-1").click()
    page.keyboard.type("60")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-refused]:has-text('vượt điểm tối đa')")
    assert axe(page) == []


def test_without_script_a_cell_leads_to_the_dossier(grid):
    page = grid()
    href = cell(page, "Ksor An", "T-1").locator("a").get_attribute("href")
    dossier = Dossier.objects.get(subject__name="Ksor An")
    assert json.dumps(href) == json.dumps(reverse("dossiers:one", args=[dossier.pk]) + "#T-1")


@pytest.mark.parametrize("width", [360, 1366])
def test_the_cell_at_the_keyboard_is_never_hidden(world, grid, width):
    for n in range(20):
        world.dossier(subject=world.household(f"Ksor {n:02}"))
    page = grid(width=width)
    page.locator("td[data-key='T-1']").first.click()
    for key in ["End", *["ArrowDown"] * 15, "Home", *["ArrowUp"] * 12, "End"]:
        page.keyboard.press(key)
        assert page.evaluate(
            """() => { const cell = document.activeElement, box = cell.getBoundingClientRect();
              return [[box.left + 4, box.top + 4], [box.right - 4, box.bottom - 4]]
                .every(([x, y]) => cell.contains(document.elementFromPoint(x, y))); }"""
        ), key
