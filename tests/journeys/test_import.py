"""An officer brings in a file full of habits: corrects a column, sees what is wrong, writes it, takes it back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.urls import reverse

from demo.make import build
from hieuhoc.dossiers.models import Dossier
from hieuhoc.intake.tests.conftest import HOUSEHOLDS, ROWS, roster
from hieuhoc.places import actions as places
from hieuhoc.registry.models import Subject
from hieuhoc.sheets.models import ColumnMemory, Import, State
from tests.browser import axe, chromium, small_targets, too_wide, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/nhap-bang-tinh/"


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """The workbooks of a small commune, with the faults officers make."""
    return build(tmp_path_factory.mktemp("demo"), households=200, citizens=200)


def drop(page, *files: Path) -> None:
    """Let files fall on the place for them, as the browser hands them over."""
    page.set_input_files("input[type=file]", [str(one) for one in files])


def fine(page) -> bool:
    """No violation of WCAG, nothing that scrolls sideways, no small target."""
    return (axe(page), too_wide(page), small_targets(page)) == ([], [], [])


def open_villages(world, books) -> None:
    with books.villages.open(encoding="utf-8-sig") as file:
        names = [row["village"] for row in csv.DictReader(file)]
    places.open_villages(world.ia_tor.pk, names, by=world.minh, reason="Danh mục của xã")


def test_a_file_with_problems_is_corrected_written_and_taken_back(world, visit, books, tmp_path):  # noqa: F811
    world.round(2026)
    open_villages(world, books)
    before = Subject.objects.count()
    book = books.rosters[0]

    # the file is read as soon as it falls, whatever kind it is
    page = visit(LIST, as_=world.minh)
    drop(page, book.path)
    page.wait_for_url("**/nhap-bang-tinh/*-*/")
    made = Import.objects.get()
    assert (made.kind, made.records, made.state) == ("households", book.rows, State.CHECKED)
    wrong = {problem.row for problem in book.problems}
    assert made.records - made.ok == len(wrong)
    assert page.locator("#van-de-ten").inner_text() == f"Dòng có vấn đề: {len(wrong)}"

    # the problems are listed by kind and found by their row, without leaving the page
    kind = page.locator("#van-de nav a").nth(1)
    words = kind.inner_text().split("\n")[0]
    kind.click()
    page.wait_for_url("**loi=*")
    assert page.locator("#van-de nav a[aria-current]").inner_text().startswith(words.rstrip("0123456789 "))
    page.locator("#van-de nav a").first.click()
    page.wait_for_url("**/?q=")
    row = min(wrong)
    page.fill("#van-de input[type=search]", str(row))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**q={row}*")
    assert str(row) in page.locator("#van-de tbody").inner_text()

    # a column left out is read at once and remembered
    members = page.get_by_label("Số khẩu: hiểu là")
    assert members.input_value() == "members"
    with page.expect_response(lambda answer: answer.url.endswith("/cot/")):
        members.select_option("")
    page.wait_for_function("document.querySelector('#tep select') !== null")
    assert ColumnMemory.objects.get().key == ""
    with page.expect_response(lambda answer: answer.url.endswith("/cot/")):
        page.get_by_label("Số khẩu: hiểu là").select_option("members")
    page.wait_for_timeout(200)
    assert fine(page)

    # written with one click; the toast takes it back
    with page.expect_navigation():
        page.get_by_role("button", name="dòng vào sổ").click()
    assert Subject.objects.count() - before == Import.objects.get().new > 0
    assert page.get_by_text("Đã ghi vào sổ").first.is_visible() and fine(page)
    with page.expect_navigation():
        page.locator(".hh-toast").get_by_role("button", name="Hoàn tác").click()
    assert (Subject.objects.count(), Dossier.objects.count()) == (before, 0)
    assert Import.objects.get().state == State.UNDONE

    # what was undone is written again, and undone with a reason
    with page.expect_navigation():
        page.get_by_role("button", name="dòng vào sổ").click()
    page.locator("#tep").get_by_role("button", name="Hoàn tác").click()
    page.fill("dialog[open] textarea", "Thôn gửi nhầm bản cũ")
    with page.expect_navigation():
        page.locator("dialog[open] button[type=submit]").click()
    assert Subject.objects.count() == before

    # the same file again is the one that is there
    page = visit(LIST, as_=world.minh)
    drop(page, book.path)
    page.wait_for_url("**/nhap-bang-tinh/*-*/")
    assert Import.objects.count() == 1


def test_several_files_fall_at_once_and_each_says_what_it_is(world, visit, books, tmp_path):  # noqa: F811
    world.round(2026)
    open_villages(world, books)
    broken = tmp_path / "Danh sách hộ gia đình Làng Phung năm 2026 (bản sửa lần thứ ba, gửi lại).xls"
    broken.write_bytes(b"<html><table><tr><td>1</td></tr></table></html>")
    chosen = [next(one for one in books.rosters if one.kind == kind) for kind in ("clans", "organisations", "citizens")]
    page = visit(LIST, as_=world.minh, width=360)
    drop(page, *(one.path for one in chosen), broken)
    page.wait_for_function("document.querySelectorAll('#cac-tep tbody tr').length === 4", timeout=60_000)
    assert sorted(Import.objects.values_list("kind", flat=True)) == ["any", "citizens", "clans", "organisations"]
    said = page.locator(".hh-drop-files").inner_text()
    assert "Danh sách dòng họ" in said and "trang web được đặt tên thành bảng tính" in said
    assert fine(page)
    page.locator("#cac-tep").get_by_role("link", name="gửi lại").click()
    page.wait_for_url("**/nhap-bang-tinh/*-*/")
    assert page.get_by_text("Chưa đọc được tệp này").is_visible() and fine(page)


def test_by_keyboard_alone(world, visit, tmp_path):  # noqa: F811
    file = tmp_path / "ho.xlsx"
    file.write_bytes(roster([*ROWS, (5, "", "IT-005", "Làng Ring", "", "", 2, "")]))
    page = visit(LIST, as_=world.minh)
    drop(page, file)
    page.wait_for_url("**/nhap-bang-tinh/*-*/")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.includes('dòng vào sổ')"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Subject.objects.count() == 4


@pytest.mark.parametrize("kind", ["households", "communities", "citizens"])
def test_the_page_of_a_file_fits_a_telephone(world, visit, books, kind):  # noqa: F811
    from hieuhoc.intake import actions

    world.round(2026)
    book = next(one for one in books.rosters if one.kind == kind)
    name = "Danh-sach-cua-thon-gui-len-lan-thu-ba-" * 3 + book.path.name
    made = actions.check_file(book.path.read_bytes(), name, commune_id=world.ia_tor.pk, by=world.minh, year=2026)
    page = visit(reverse("intake:one", args=[made.pk]), as_=world.minh, width=360)
    assert (axe(page), too_wide(page), small_targets(page)) == ([], [], [])


def test_effects_are_said_anew_in_the_page(world, visit, tmp_path):  # noqa: F811
    from hieuhoc.intake import actions

    first, second = (
        actions.check_file(roster(rows), f"{name}.xlsx", commune_id=world.ia_tor.pk, by=world.minh)
        for name, rows in (("mot", ROWS), ("hai", ROWS[:2]))
    )
    actions.apply(second.pk, by=world.minh)
    page = visit(reverse("intake:one", args=[first.pk]), as_=world.minh)
    page.wait_for_function("document.querySelector('#se-lam dd')?.textContent === '2'")
    assert fine(page)


def test_without_scripts_the_form_does_it(world, browse):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = browse(world.minh)
    headings = [*HOUSEHOLDS[:6], "Bao nhiêu miệng ăn", "Đăng ký"]
    file = SimpleUploadedFile("ho.xlsx", roster(headings=headings))
    answer = client.post(reverse("intake:upload"), {"file": file}, follow=True)
    made = Import.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("intake:one", args=[made.pk])
    client.post(reverse("intake:columns", args=[made.pk]), {"cot:bao nhieu mieng an": "members"})
    client.post(reverse("intake:apply", args=[made.pk]))
    assert Subject.objects.get(code="IT-001").details["members"] == 5
