"""A plan in Chromium: dropped, one target corrected, confirmed, seen on the commune's page; its pages for everybody."""

from __future__ import annotations

import pytest

from hieuhoc.plans import actions, national
from hieuhoc.plans.models import Plan
from hieuhoc.plans.tests.test_targets import TEXT
from tests.browser import axe, chromium, shot, small_targets, too_wide, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_drop_a_plan_correct_one_target_confirm_and_see_it_bind(world, visit, tmp_path):  # noqa: F811
    national.load()
    path = tmp_path / "ke-hoach.txt"
    path.write_text(TEXT)
    page = visit("/ke-hoach/", as_=world.minh)
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Đọc kế hoạch").click()
    page.wait_for_url("**/ke-hoach/*/")
    page.get_by_role("link", name="Chỉ tiêu số 1").or_(page.locator("mark a").first).first.click()
    assert page.url.endswith("#chi-tieu-1")
    page.get_by_role("link", name="Sửa chỉ tiêu 1").click()
    page.get_by_label("Mức", exact=True).fill("76,5")
    page.get_by_role("button", name="Lưu chỉ tiêu").click()
    page.get_by_role("button", name="Xác nhận kế hoạch").click()
    page.wait_for_load_state()
    assert Plan.objects.get(place=world.ia_tor).state == "published"
    page = visit("/ke-hoach/", as_=world.ksor, width=360)
    words = page.locator("main").inner_text()
    assert "76,5 %" in words and "Kế hoạch của chính xã Ia Tôr." in words


@pytest.mark.parametrize("width", [360, 1366])
def test_every_page_is_good_to_everybody(world, visit, width):  # noqa: F811
    national.load()
    plan = actions.take(TEXT.encode(), "ke-hoach.txt", place_id=world.ia_tor.pk, by=world.minh)
    addresses = {
        "plans": "/ke-hoach/",
        "plan": f"/ke-hoach/{plan.pk}/",
        "target": f"/ke-hoach/chi-tieu/{plan.targets.first().pk}/",
    }
    for name, address in addresses.items():
        page = visit(address, as_=world.minh, width=width)
        shot(page, f"{name}-{width}")
        assert (axe(page), too_wide(page), small_targets(page)) == ([], [], []), address
