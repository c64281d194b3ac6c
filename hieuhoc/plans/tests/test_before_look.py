"""The timetable after a merger and its months, looked at in Chromium."""

import pytest

from hieuhoc.figures.tests.test_look import faults_of
from hieuhoc.files import store
from hieuhoc.plans.tests.test_before import Q2, Q4, TODAY, officer, recorded  # noqa: F401
from hieuhoc.plans.tests.test_schedule import confirmed, photo, the
from hieuhoc.plans.tests.test_targets import north  # noqa: F401
from tests.browser import chromium, visit  # noqa: F401

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1366])
def test_what_was_recorded_before_a_merger_fits(world, visit, north, officer, settings, tmp_path, width):  # noqa: F811
    settings.MEDIA_ROOT = tmp_path / "files"
    acts = [(f"Tổ chức ra quân tuyên truyền về học tập suốt đời, đợt {n}", Q2) for n in range(3)]
    plan = confirmed(north["a"], *acts, issued="2022-04-01", years=(2021, 2030))
    first = the(plan, acts[0][0])
    said = recorded(north["a"], first, "2025-Q2", note="Đã ra quân, 58 người dự.", responsible="Bà Lan", by=world.lan)
    said.files.create(file=store.keep(photo(), "ra-quan.jpg", by=world.lan, kinds={"jpeg"}), added_by=world.lan)
    place = north["n"].pk
    pages = {"viec-truoc-sap-nhap": f"/ke-hoach/lich/{place}/{first.pk}/2025-Q2/",
             "lich-truoc-sap-nhap": f"/ke-hoach/lich/?noi={place}&nam=2025"}  # fmt: skip
    for name, address in pages.items():
        page = visit(address, as_=officer, width=width)
        assert faults_of(page, name, width) == ([], [], [])


@pytest.mark.parametrize("width", [360, 1366])
def test_a_full_quarter_fits(world, visit, width):  # noqa: F811
    for number in range(3):
        acts = [(f"Tuyên truyền về học tập suốt đời ở thôn, làng, lần {n}", {"month": 10 + n % 3}) for n in range(70)]
        confirmed(world.ia_tor, *acts, number=f"{number}/KH")
    page = visit(f"/ke-hoach/lich/thang/?nam={TODAY.year}&quy=4&trang=2", as_=world.minh, width=width)
    assert faults_of(page, "thang-trang-2", width) == ([], [], [])
