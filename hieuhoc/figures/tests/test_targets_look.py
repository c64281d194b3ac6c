"""Targets beside shares, looked at in Chromium: the board, the chart of years; accessible and no wider than a phone."""

from datetime import date

import pytest

from hieuhoc.accounts.models import Post, Role
from hieuhoc.figures.tests.test_look import faults_of
from hieuhoc.figures.tests.test_pages import YEAR, planned, sums
from hieuhoc.figures.tests.test_tables import GIA_LAI, workbook
from hieuhoc.plans.tests.test_targets import north, plan_of  # noqa: F401
from hieuhoc.web.tests.test_board import aimed, four_households
from tests.browser import chromium, visit  # noqa: F401

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1366])
def test_the_board_with_its_targets_fits(world, visit, width):  # noqa: F811
    aimed(world, world.ia_tor, 70)
    aimed(world, world.gia_lai, 50, "member_households")
    four_households(world)
    page = visit("/viec-can-lam/", as_=world.minh, width=width)
    page.locator(".hh-aim summary").first.click()
    faults = [faults_of(page, "viec-chi-tieu", width)]
    page = visit("/viec-can-lam/", as_=world.ksor, width=width)
    faults.append(faults_of(page, "viec-chi-tieu-thon", width))
    assert faults == [([], [], [])] * 2


@pytest.mark.parametrize("width", [360, 1366])
def test_the_years_with_their_targets_fit(world, visit, width):  # noqa: F811
    planned(world.ia_tor, 65, 2025, YEAR - 1)
    planned(world.ia_tor, 70, 2025, YEAR + 4, number="32/KH-HKH")
    planned(world.ia_tor, 50, 2025, YEAR, population="registered_households", number="33/KH-HKH")
    for year, count in ((2023, 52), (2024, 58), (2025, 66), (YEAR, 69)):
        sums(world.ia_tor, year, total=100, registered=90, count=count)
    page = visit("/so-lieu/chuoi/?tu=2020", as_=world.minh, width=width)
    page.locator("#bieu-do canvas").wait_for()
    page.wait_for_timeout(1200)
    assert faults_of(page, "chuoi-chi-tieu", width) == ([], [], [])


@pytest.mark.parametrize("width", [360, 1366])
def test_the_years_by_the_old_units_fit(world, visit, north, width):  # noqa: F811
    Post.objects.create(user=world.province, role=Role.PROVINCE_OFFICER, place=north["new"], valid=("2025-07-01", None))
    plan_of(north["bac_kan"], 65, date(2022, 7, 1), "1/KH-UBND"), plan_of(north["a"], 70, date(2022, 7, 1), "2/KH-UBND")
    for place, year, count in (("bac_kan", 2023, 50), ("bac_kan", 2024, 60), ("a", 2023, 55), ("a", 2024, 58),
                               ("n", 2026, 75), ("old", 2024, 66), ("new", 2026, 71), ("m", 2026, 50)):  # fmt: skip
        sums(north[place], year, total=100, registered=90, count=count)
    for name in ("n", "new", "bac_kan"):
        page = visit(f"/so-lieu/chuoi/?noi={north[name].pk}&tu=2021&theo=cu", as_=world.province, width=width)
        page.locator("#bieu-do canvas").wait_for()
        page.wait_for_timeout(1200)
        assert faults_of(page, f"chuoi-cu-{name}", width) == ([], [], [])


@pytest.mark.parametrize("width", [360, 1366])
def test_a_workbook_of_published_figures_is_looked_through(world, visit, width, tmp_path):  # noqa: F811
    path = tmp_path / "so-lieu.xlsx"
    path.write_bytes(workbook(GIA_LAI, ("Huyện Không Có", "huyện", 2026, *GIA_LAI[3:])))
    page = visit("/so-lieu/tep/", as_=world.province, width=width)
    faults = [faults_of(page, "tep-so-lieu", width)]
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Đọc bảng").click()
    page.get_by_text("1 dòng mới ghi được").wait_for()
    faults.append(faults_of(page, "tep-so-lieu-doc", width))
    assert faults == [([], [], [])] * 2
