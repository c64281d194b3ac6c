"""Registry, steps and a dossier in Chromium: what only a browser shows, and every page for everybody."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.registry import actions as registry
from hieuhoc.registry.models import Subject
from tests.browser import axe, chromium, small_targets, too_wide, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def step(world, key, **query):
    """The address of a step for families."""
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return reverse("rounds:step", args=[world.round().pk, key]) + f"?model=FAMILY&{words}"


def states():
    """Where every dossier stands, by name."""
    return dict(Dossier.objects.order_by("subject__name").values_list("subject__name", "state"))


def press(page, name):
    """Press a button that loads another page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def undo(page):
    """Press "Hoàn tác" in the toast."""
    press(page, "Hoàn tác")


def test_a_list_narrows_while_typing_and_its_address_keeps_the_words(world, visit):  # noqa: F811
    for name in ("Ksor H'Bia", "Rơ Mah Tin", "Nguyễn Văn Đức"):
        world.household(name)
    page = visit(reverse("registry:list"), as_=world.minh)
    page.get_by_label("Tìm tên").press_sequentially("hbia", delay=20)
    page.wait_for_selector("#danh-sach:not(:has-text('Rơ Mah Tin'))")
    assert page.locator("#danh-sach tbody tr").all_inner_texts()[0].startswith("Ksor H'Bia")
    assert "q=hbia" in page.url and page.evaluate("document.activeElement.name") == "q"
    page.get_by_label("Tìm tên").fill("duc")
    page.wait_for_selector("#danh-sach:has-text('Nguyễn Văn Đức')")
    page.reload()
    assert page.locator("#danh-sach tbody tr").count() == 1


def test_two_that_are_one_are_merged_and_taken_apart_from_the_toast(world, visit):  # noqa: F811
    first, second = world.household("Ksor Thu"), world.household("Ksor Thu", code="IT-2")
    page = visit(reverse("registry:compare", args=[first.pk, second.pk]), as_=world.minh)
    press(page, "Gộp, giữ mục thứ nhất")
    assert Subject.objects.get(pk=second.pk).merged_into == first
    undo(page)
    assert Subject.objects.get(pk=second.pk).merged_into is None


def test_a_citizen_number_is_shown_once_for_a_reason(world, visit):  # noqa: F811
    one = world.citizen()
    registry.set_citizen_number(one.pk, "064079901204", by=world.minh)
    page = visit(reverse("registry:one", args=[one.pk]), as_=world.minh)
    assert "•••••••••204" in page.inner_text("main")
    page.get_by_role("button", name="Xem", exact=True).click()
    page.locator("dialog[open] textarea").fill("Đối chiếu giấy tờ")
    press(page, "Xem số")
    assert "064079901204" in page.inner_text("main")


def test_all_of_a_filter_are_returned_with_one_reason_and_taken_back(world, visit):  # noqa: F811
    for n in range(55):
        world.dossier(State.SUBMITTED, world.household(f"Ksor {n:02}"))
    world.dossier(State.SUBMITTED, world.household("Siu Ó", place=world.phung))
    page = visit(step(world, "verify", thon=world.ring.pk), as_=world.minh)
    page.get_by_label("Chọn tất cả 55 hồ sơ theo bộ lọc").check()
    page.get_by_role("button", name="Trả lại…").click()
    page.locator("dialog[open] textarea").fill("Thiếu minh chứng")
    with page.expect_navigation():
        page.locator("dialog[open]").get_by_role("button", name="Trả lại").click()
    found = states()
    assert found.pop("Siu Ó") == "submitted" and set(found.values()) == {"returned"}
    undo(page)
    assert set(states().values()) == {"submitted"}


def test_chosen_rows_are_counted_and_verified_in_one_click(world, visit):  # noqa: F811
    for name in ("Ksor An", "Ksor Bình", "Ksor Chi"):
        world.dossier(State.SUBMITTED, world.household(name))
    page = visit(step(world, "verify"), as_=world.minh)
    page.get_by_label("Chọn Ksor An").check()
    page.get_by_label("Chọn Ksor Chi").check()
    assert "Đã chọn 2 mục" in page.inner_text("[data-picked]")
    press(page, "Thẩm định xong")
    assert states() == {"Ksor An": "verified", "Ksor Bình": "submitted", "Ksor Chi": "verified"}


def test_a_page_of_subjects_is_registered(world, visit):  # noqa: F811
    for name in ("Ksor An", "Ksor Bình"):
        world.household(name)
    page = visit(step(world, "register"), as_=world.ksor)
    page.get_by_label("Chọn cả trang").check()
    press(page, "Đăng ký mục đã chọn")
    assert states() == {"Ksor An": "draft", "Ksor Bình": "draft"}


def test_two_numbers_at_once_are_shown_and_the_second_save_decides(world, visit):  # noqa: F811
    dossier = world.dossier()
    address = reverse("dossiers:one", args=[dossier.pk])
    mine, theirs = visit(address, as_=world.ksor), visit(address, as_=world.minh)
    theirs.locator("#id_T-1").fill("30")
    press(theirs, "Lưu điểm")
    mine.locator("#id_T-1").fill("40")
    press(mine, "Lưu điểm")
    assert "Đang lưu: 30" in mine.inner_text("main") and mine.locator("#id_T-1").input_value() == "40"
    press(mine, "Lưu điểm")
    dossier.refresh_from_db()
    assert dossier.answers["T-1"]["value"] == 40


@pytest.fixture
def pages(world):
    """Every page of the three rooms with something on it."""
    household, person = world.household("Ksor Thu", code="IT-1"), world.citizen("Ksor H'Nhi")
    twin = world.household("Ksor Thu")
    registry.set_citizen_number(person.pk, "064079901204", by=world.minh)
    dossier = world.dossier(State.SUBMITTED, household, outcome="incomplete", because="Chưa kết luận được. " * 6)
    frozen = world.dossier(State.PROPOSED, world.household("Siu Ó", place=world.phung))
    back = world.dossier(State.RETURNED, world.household("Siu Blơn"), reason="Thiếu minh chứng chỉ số 3")
    pk = world.round().pk
    return [
        reverse("registry:list"), reverse("registry:add", args=["CITIZEN"]), reverse("registry:twins"),
        reverse("registry:compare", args=sorted([household.pk, twin.pk])), reverse("registry:one", args=[person.pk]),
        reverse("registry:correct", args=[household.pk]), reverse("rounds:list"), reverse("rounds:open"),
        reverse("rounds:round", args=[pk]), reverse("rounds:settings", args=[pk]), reverse("dossiers:list"),
        *(step(world, key) for key in ("register", "score", "verify", "propose", "recognise")),
        step(world, "register", xem="da"), reverse("dossiers:grid", args=[pk, "FAMILY"]),
        *(reverse("dossiers:one", args=[one.pk]) for one in (dossier, frozen, back)),
    ]  # fmt: skip


@pytest.mark.parametrize("width", [360, 1366])
def test_every_page_is_good_to_everybody(world, pages, visit, width):  # noqa: F811
    wrong = {}
    for address in pages:
        page = visit(address, as_=world.minh, width=width)
        found = axe(page) + too_wide(page) + small_targets(page)
        wrong |= {address: found} if found else {}
        page.close()
    assert wrong == {}
