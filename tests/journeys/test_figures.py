"""Figures in Chromium: typed in with a defect and explained, taken in from a file and undone, years over a merger."""

from __future__ import annotations

import pytest

from hieuhoc.accounts.models import Post, Role
from hieuhoc.figures import actions
from hieuhoc.figures.models import Explanation, Figure, Source
from hieuhoc.figures.tests.test_figures import filled
from hieuhoc.figures.tests.test_pages import TABLE
from hieuhoc.plans import national
from hieuhoc.plans.tests.test_targets import north  # noqa: F401
from tests.browser import axe, chromium, shot, small_targets, too_wide, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_figure_with_a_defect_is_explained_while_it_is_typed(world, visit):  # noqa: F811
    page = visit("/so-lieu/nhap/?ve=CLAN&nam=2025", as_=world.minh, width=360)
    page.get_by_label("Tổng số").fill("160")
    page.get_by_label("Số đăng ký").fill("74")
    page.get_by_label("Số được công nhận").fill("91")
    page.get_by_text("Công nhận 91 nhưng chỉ đăng ký 74.").wait_for()
    page.get_by_label("Giải trình").fill("Gồm cả dòng họ đăng ký từ năm trước")
    shot(page, "nhap-so-bao-cao-360")
    assert (axe(page), too_wide(page), small_targets(page)) == ([], [], [])
    page.get_by_role("button", name="Ghi số liệu").click()
    page.get_by_text("Đã ghi số liệu «Dòng họ học tập» năm 2025.").wait_for()
    page.get_by_role("link", name="Báo cáo", exact=True).click()
    page.get_by_text("Gồm cả dòng họ đăng ký từ năm trước").wait_for()
    assert (Figure.objects.get().count, Explanation.objects.get().rule) == (91, "recognised_over_registered")


def test_a_file_of_published_figures_is_kept_and_undone_at_once(world, visit, tmp_path):  # noqa: F811
    path = tmp_path / "so-lieu.csv"
    path.write_text(TABLE)
    page = visit("/so-lieu/tep/", as_=world.province)
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Đọc bảng").click()
    page.get_by_text("1 dòng mới ghi được").wait_for()
    page.get_by_label("Giải trình").first.fill("Báo in nhầm tỷ lệ")
    page.get_by_role("button", name="Ghi 1 số liệu").click()
    page.get_by_text("Đã ghi 1 số liệu đã công bố.").wait_for()
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_text("Đã rút 1 số liệu").wait_for()
    assert Figure.objects.filter(withdrawn=True).count() == 1


def test_the_former_province_is_seen_from_its_heir_and_the_reverse(world, visit, north):  # noqa: F811
    Post.objects.create(user=world.province, role=Role.PROVINCE_OFFICER, place=north["new"], valid=("2025-07-01", None))
    told = ((north["bac_kan"], 2023, 50, 80), (north["old"], 2023, 200, 300), (north["bac_kan"], 2024, 60, 80),
            (north["new"], 2026, 300, 380))  # fmt: skip
    for place, year, count, total in told:
        Figure.objects.create(
            place=place, year=year, indicator="FAMILY", source=Source.REPORTED, count=count, total=total
        )
    page = visit(f"/so-lieu/chuoi/?noi={north['new'].pk}&tu=2022", as_=world.province)
    words = page.locator("main").inner_text()
    assert "250/380" in words and "Thiếu số liệu của Tỉnh Thái Nguyên" in words
    page.locator("#bieu-do canvas").wait_for()
    page.get_by_label("Theo").select_option("cu")
    page.get_by_role("button", name="Xem").click()
    page.get_by_role("link", name="Tỉnh Bắc Kạn").first.click()
    page.get_by_text("Nay thuộc").wait_for()
    assert "50/80" in page.locator("main").inner_text()
    page.get_by_role("link", name="Tỉnh Thái Nguyên", exact=True).click()
    page.get_by_text("250/380").wait_for()


@pytest.mark.parametrize("width", [360, 1366])
def test_every_page_is_good_to_everybody(world, visit, width):  # noqa: F811
    national.load()
    filled(world)
    made = actions.report(world.ia_tor.pk, 2025, "CLAN", {"count": 91, "registered": 74, "total": 160}, by=world.minh)
    addresses = {
        "so-lieu": "/so-lieu/",
        "so-lieu-2025": "/so-lieu/?nam=2025",
        "chuoi": "/so-lieu/chuoi/?ve=CLAN",
        "mot-so-lieu": f"/so-lieu/{made.pk}/",
        "tep-so-lieu": "/so-lieu/tep/",
    }
    for name, address in addresses.items():
        page = visit(address, as_=world.minh, width=width)
        page.wait_for_load_state("networkidle")
        shot(page, f"{name}-{width}")
        assert (axe(page), too_wide(page), small_targets(page)) == ([], [], []), address
    page = visit("/so-lieu/", as_=world.national, width=width)
    assert (axe(page), too_wide(page), small_targets(page)) == ([], [], [])
