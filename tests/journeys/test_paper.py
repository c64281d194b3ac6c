"""Paper in Chromium: print a village's forms, key one in by its number, see the total, take it back."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from hieuhoc.dossiers.models import Dossier, PaperForm
from hieuhoc.dossiers.paper import actions, numbers
from hieuhoc.registry.models import Subject
from tests.browser import axe, chromium, shot, small_targets, too_wide, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sound(page):
    """What is wrong with a page."""
    return axe(page), too_wide(page), small_targets(page)


def number_of(name, kind="score"):
    """The number on the form of a subject."""
    form = PaperForm.objects.get(subject__name=name, kind=kind)
    return numbers.written(form.round_id, form.number)


def test_print_then_key_in_by_number_and_see_the_total(world, visit):  # noqa: F811
    for name in ("Ksor An", "Ksor H'Bia", "Ksor Chi"):
        world.dossier(subject=world.household(name))
    round_ = world.round()
    page = visit(reverse("rounds:step", args=[round_.pk, "score"]) + "?model=FAMILY", as_=world.minh)
    shot(page, "paper-step-1366")
    page.get_by_role("link", name="In phiếu").click()
    page.get_by_label("Thôn/làng").select_option(label="Làng Ring")
    assert sound(page) == ([], [], [])
    shot(page, "paper-print-1366")
    with page.expect_download() as download:
        page.get_by_role("button", name="In phiếu (PDF)").click()
    pages = PdfReader(io.BytesIO(download.value.path().read_bytes())).pages
    assert len(pages) == 3 and number_of("Ksor H'Bia") in pages[2].extract_text()

    page = visit(reverse("dossiers:key_start"), as_=world.minh)
    assert sound(page) == ([], [], [])
    page.keyboard.type(number_of("Ksor H'Bia"))  # the field has the keyboard already
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Bia')")
    page.keyboard.type("45,5")
    page.keyboard.press("Enter")
    page.keyboard.type("39,5")
    page.wait_for_selector(".hh-live-total:has-text('85 điểm')")
    page.wait_for_selector(".hh-live-outcome.is-pass")
    assert sound(page) == ([], [], [])
    shot(page, "paper-sheet-1366")
    page.keyboard.press("Enter")  # to the button
    page.keyboard.press("Enter")  # saves
    page.wait_for_selector("#so")
    page.wait_for_selector("text=Đã lưu: Ksor H'Bia, 85 điểm (đạt).")
    shot(page, "paper-saved-1366")
    assert page.evaluate("document.activeElement.id") == "so"
    assert Dossier.objects.get(subject__name="Ksor H'Bia").total == 85
    page.get_by_role("button", name="Hoàn tác").click()
    page.wait_for_selector("text=Đã hoàn tác phiếu của Ksor H'Bia")
    assert Dossier.objects.get(subject__name="Ksor H'Bia").answers == {}


def test_what_is_wrong_is_said_where_it_was_typed(world, visit):  # noqa: F811
    world.dossier(subject=world.household("Ksor An"))
    round_ = world.round()
    actions.give(round_.pk, "FAMILY", "score", by=world.minh, subjects=Subject.objects.values_list("pk", flat=True))
    page = visit(reverse("dossiers:print", args=[round_.pk, "FAMILY"]), as_=world.ksor, width=360)
    assert sound(page) == ([], [], [])
    shot(page, "paper-print-360")
    page = visit(reverse("dossiers:key", args=[round_.pk]), as_=world.ksor, width=360)
    slip = (numbers.check_digit(round_.pk, 9999) + 1) % 10  # which digit fits depends on the round
    page.keyboard.type(f"9999-{slip}")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]:has-text('Số phiếu này không đúng')")
    assert sound(page) == ([], [], [])
    shot(page, "paper-number-360")
    page.locator("#so").fill(f"http://xa.vn/ho-so/nhap-phieu/{round_.pk}/{number_of('Ksor An').replace('-', '')}/")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Ksor An')")
    page.keyboard.type("70")
    page.wait_for_selector("[data-wrong='T-1']:has-text('vượt điểm tối đa')")
    assert sound(page) == ([], [], [])
    shot(page, "paper-sheet-360")
    page.get_by_role("button", name="Lưu phiếu").click()
    page.wait_for_selector("text=Chưa lưu: có chỗ cần sửa")
    assert page.locator("#id_T-1").input_value() == "70" and Dossier.objects.get().answers == {}


def test_blank_and_registration_forms_are_keyed_in(world, visit):  # noqa: F811
    household, round_ = world.household("Ksor Mới"), world.round()
    forms = actions.give(
        round_.pk, "FAMILY", "register", by=world.ksor, subjects=[household.pk], blanks=1, place_id=world.ring.pk
    )
    page = visit(reverse("dossiers:key", args=[round_.pk]), as_=world.ksor)
    page.keyboard.type(numbers.written(round_.pk, forms[0].number))
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Ksor Mới')")
    assert sound(page) == ([], [], [])
    shot(page, "paper-registration-1366")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Đã lưu: Ksor Mới, đã đăng ký.")
    page.locator("#so").fill(numbers.written(round_.pk, forms[1].number))
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Phiếu trống')")
    assert sound(page) == ([], [], [])
    page.keyboard.type("Ksor Mới")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Đã có hộ cùng tên ở Làng Ring")
    assert sound(page) == ([], [], [])
    shot(page, "paper-blank-1366")
    page.get_by_label("Họ và tên chủ hộ").fill("Siu Lan")
    page.get_by_role("button", name="Thêm và đăng ký").click()
    page.wait_for_selector("text=Đã lưu: Siu Lan, đã đăng ký.")
    assert set(Dossier.objects.values_list("subject__name", flat=True)) == {"Ksor Mới", "Siu Lan"}
