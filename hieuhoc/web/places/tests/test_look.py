"""The places' pages in Chromium: accessible, no wider than a phone; photographed."""

import pytest

from hieuhoc.places import tree
from tests.browser import axe, chromium, shot, small_targets, too_wide, visit  # noqa: F401

pytestmark = pytest.mark.browser
PAGES = {
    "dia-ban": lambda world: "/dia-ban/",
    "tim": lambda world: "/dia-ban/?q=ia",
    "khong-thay": lambda world: "/dia-ban/?q=zzz",
    "xa": lambda world: f"/dia-ban/{world.ia_tor.pk}/",
    "lang": lambda world: f"/dia-ban/{world.ring.pk}/",
    "xa-truoc": lambda world: f"/dia-ban/{world.ia_tor.pk}/?ngay=2025-06-30",
    "thon": lambda world: f"/dia-ban/{world.ia_tor.pk}/thon/",
    "them": lambda world: f"/dia-ban/{world.ia_tor.pk}/thon/them/",
    "doi-ten": lambda world: f"/dia-ban/{world.ring.pk}/doi-ten/",
    "dong": lambda world: f"/dia-ban/{world.ring.pk}/dong/",
    "dinh-chinh": lambda world: (
        f"/dia-ban/{world.ring.pk}/dinh-chinh/?giai-doan={tree.version_on(world.ring.pk, tree.date.today()).pk}"
    ),
}


@pytest.mark.parametrize("width", [360, 1366])
def test_pages_are_accessible_and_fit(world, visit, width):  # noqa: F811
    world.household()
    faults = {}
    for name, address in PAGES.items():
        page = visit(address(world), as_=world.minh, width=width)
        shot(page, f"dia-ban-{name}-{width}")
        found = (axe(page), too_wide(page), small_targets(page))
        if found != ([], [], []) or page.locator("h1").count() != 1:
            faults[name] = found
        page.close()
    assert faults == {}


@pytest.mark.parametrize("width", [360, 1366])
def test_two_villages_are_merged_by_keyboard(world, visit, width):  # noqa: F811
    world.household()
    page = visit(f"/dia-ban/{world.ia_tor.pk}/thon/", as_=world.minh, width=width)
    for name in ("Làng Phung", "Làng Ring"):
        page.get_by_label(f"Chọn {name}").focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Nhập các thôn đã chọn").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Tên đơn vị mới").fill("Ring Phung")
    page.get_by_label("Loại").select_option("làng")
    page.get_by_label("Căn cứ").fill("Nghị quyết 12/NQ-HĐND")
    page.get_by_role("button", name="Xem trước").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Điều sẽ xảy ra").wait_for()
    shot(page, f"dia-ban-xem-truoc-{width}")
    assert (axe(page), too_wide(page), small_targets(page)) == ([], [], [])
    page.get_by_role("button", name="Ghi thay đổi này").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Làng Ring Phung", exact=True).wait_for()
    shot(page, f"dia-ban-da-nhap-{width}")


@pytest.mark.parametrize("width", [360, 1366])
def test_a_commune_is_divided_by_keyboard(world, visit, width):  # noqa: F811
    world.household()
    boss = world.user("boss", "administrator", world.gia_lai)
    page = visit(f"/dia-ban/{world.ia_tor.pk}/tach/", as_=boss, width=width)
    for n, (name, code) in enumerate([("Ia Tôr Đông", "24001"), ("Ia Tôr Tây", "23908")], 1):
        part = page.get_by_role("group", name=f"Phần {n}")
        part.get_by_label("Tên").fill(name)
        part.get_by_label("Mã").fill(code)
    page.get_by_label("Căn cứ").fill("Nghị quyết 21/NQ-HĐND ngày 3/9/2026")
    faults = [step(page, "tach-1", width)]
    page.keyboard.press("Enter")
    page.get_by_text("Bước 2/3").wait_for()
    for village, part in (("Làng Ring", "Xã Ia Tôr Đông"), ("Làng Phung", "Xã Ia Tôr Tây")):
        page.get_by_role("group", name=village).get_by_label(part).focus()
        page.keyboard.press("Space")
    page.get_by_role("group", name="Phần kế thừa mặc định").get_by_label("Xã Ia Tôr Tây").check()
    faults.append(step(page, "tach-2", width))
    page.get_by_role("button", name="Xem trước").press("Enter")
    page.get_by_text("Bước 3/3").wait_for()
    faults.append(step(page, "tach-3", width))
    page.get_by_role("button", name="Ghi thay đổi này").press("Enter")
    page.get_by_text("Nay là").wait_for()
    assert faults == [([], [], [])] * 3


def step(page, name, width):
    """Photograph a step and give its faults."""
    shot(page, f"dia-ban-{name}-{width}")
    return axe(page), too_wide(page), small_targets(page)
