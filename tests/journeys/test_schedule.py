"""What a plan asks, in Chromium: from the board to the record of what was done; its pages for everybody."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from PIL import Image

from hieuhoc.plans import actions
from hieuhoc.plans.models import Progress
from hieuhoc.plans.tests.test_schedule import confirmed, mark, real, the
from tests.browser import axe, chromium, shot, small_targets, too_wide, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = localdate()
YEARS = {"issued": f"{TODAY:%Y}-01-05", "years": (TODAY.year - 1, TODAY.year + 3)}
LATE = ("Phát động đăng ký danh hiệu học tập", {"year": TODAY.year - 1}, "Hội Khuyến học xã", "Ban công tác Mặt trận")
AHEAD = ("Tổng kết, trao giấy công nhận", {"year": TODAY.year, "quarter": 4}, "Ủy ban nhân dân xã")


def press(page, name):
    """Press a button that loads another page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_from_the_board_to_what_was_done_and_back(world, visit, tmp_path):  # noqa: F811
    confirmed(world.ia_tor, LATE, AHEAD, **YEARS)
    world.household()
    photo = tmp_path / "phat-dong.png"
    Image.new("RGB", (80, 60), "green").save(photo)
    page = visit("/viec-can-lam/", as_=world.minh)
    page.get_by_role("link", name="Xem và ghi tiến độ").first.click()
    page.get_by_role("link", name="Phát động đăng ký").click()
    page.get_by_label("Đã xong").check()
    page.get_by_label("Ghi chú").fill("Đã phát động ở hai làng.")
    press(page, "Lưu tiến độ")
    assert Progress.objects.get().state == "done" and "Chưa làm → Đã xong" in page.inner_text("main")
    page.set_input_files("input[type=file]", photo)
    press(page, "Thêm minh chứng")
    page.wait_for_selector("img[alt='Ảnh phat-dong.png']")
    page.locator("main img").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('main img').naturalWidth === 80")
    page = visit(page.url.partition("/ke-hoach/")[1] + page.url.partition("/ke-hoach/")[2], as_=world.ksor, width=360)
    assert "Đã phát động ở hai làng." in page.inner_text("main") and page.get_by_role("button", name="Gỡ").count() == 0


def test_a_mark_is_taken_back_from_the_toast(world, visit):  # noqa: F811
    act = the(confirmed(world.ia_tor, AHEAD, **YEARS), AHEAD[0])
    page = visit(reverse("plans:occurrence", args=[world.ia_tor.pk, act.pk, f"{TODAY.year}-Q4"]), as_=world.minh)
    page.get_by_label("Không làm", exact=True).check()
    press(page, "Lưu tiến độ")
    assert "Không làm thì cần ghi lý do." in page.inner_text("main")
    page.get_by_label("Lý do không làm").fill("Gộp với tổng kết của huyện")
    press(page, "Lưu tiến độ")
    assert Progress.objects.get().state == "dropped"
    press(page, "Hoàn tác")
    assert Progress.objects.get().state == "todo"


@pytest.fixture
def pages(world):
    """Every page with something on it: the plan of a province as it was printed beside that of the commune."""
    real(world, "bac-kan-2022", world.gia_lai, world.province)
    own = confirmed(world.ia_tor, LATE, AHEAD, ("Tuyên truyền trên loa của làng", {"every": "always"}), **YEARS)
    act, period = the(own, AHEAD[0]), f"{TODAY.year}-Q4"
    mark(world, act, period, "doing", responsible="Bà Nguyễn Thị Minh", note="Đã mời 58 hộ.\nHội trường xã.")
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "green").save(out, "PNG")
    for name in ("hop.png", "hop-thon-ring-ngay-20-thang-11-nam-2026-anh-chup-tu-dien-thoai.png"):
        actions.attach(world.ia_tor.pk, act.pk, period, out.getvalue(), name, by=world.minh)
    actions.open_feed(world.ia_tor.pk, by=world.minh)
    quarter = f"?nam={TODAY.year}&quy=4"
    return {
        "schedule": reverse("plans:schedule"),
        "schedule-late": reverse("plans:schedule") + "?xem=can-lam",
        "schedule-empty": reverse("plans:schedule") + "?nam=2009",
        "months": reverse("plans:months") + quarter,
        "occurrence": reverse("plans:occurrence", args=[world.ia_tor.pk, act.pk, period]),
        "board-plan": "/viec-can-lam/",
    }


@pytest.mark.parametrize("width", [360, 1366])
def test_every_page_is_good_to_everybody(world, pages, visit, width):  # noqa: F811
    wrong = {}
    for name, address in pages.items():
        page = visit(address, as_=world.minh, width=width)
        shot(page, f"{name}-{width}")
        found = axe(page) + too_wide(page) + small_targets(page)
        wrong |= {address: found} if found else {}
        page.close()
    assert wrong == {}


def test_the_list_prints_without_its_buttons(world, pages, visit):  # noqa: F811
    page = visit(pages["schedule"], as_=world.minh)
    page.emulate_media(media="print")
    assert not page.get_by_role("button").filter(visible=True).count()
    assert page.get_by_text(AHEAD[0]).first.is_visible() and too_wide(page) == []
