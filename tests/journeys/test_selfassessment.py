"""Self-assessment by link, in Chromium: from the officer's link to a telephone at home and back to the dossier."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from hieuhoc.criteria import actions as criteria
from hieuhoc.criteria.queries import published
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.registry.models import Model
from hieuhoc.selfassessment import actions
from hieuhoc.selfassessment.keys import paper_code
from hieuhoc.selfassessment.models import Link, SelfAssessment
from hieuhoc.selfassessment.tests.conftest import answered, at, day, headed, link, poster, recognised
from tests.browser import axe, chromium, shot, small_targets, too_wide, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page, name):
    """Press a button that loads another page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def come_in(page, made):
    page.get_by_label("Mã trên phiếu").fill(paper_code(made.pk, made.subject_id))
    press(page, "Tiếp tục")


@pytest.fixture
def demo(world):
    """The round judges families by the set of the demonstration: four criteria, nine questions."""
    criteria.load_shipped_sets()
    world.round().models.filter(model=Model.FAMILY).update(version=published("demo-family"))
    return world


def test_from_the_officers_link_to_the_dossier(demo, visit):  # noqa: F811
    dossier = demo.dossier()
    page = visit(reverse("dossiers:one", args=[dossier.pk]), as_=demo.minh)
    page.get_by_role("link", name="Làm đường dẫn").click()
    press(page, "Làm đường dẫn")
    assert "Chưa mở" in page.inner_text("main")
    made = Link.objects.get()
    with page.expect_download() as paper:
        page.get_by_label("Chọn Ksor H'Bia").check()
        page.get_by_role("button", name="In phiếu").click()
    assert paper.value.suggested_filename.endswith(".pdf")

    phone = visit(at(made), width=360)
    phone.get_by_label("Mã trên phiếu").fill("000")
    press(phone, "Tiếp tục")
    assert "Chưa đúng" in phone.inner_text("main")
    come_in(phone, made)
    press(phone, "Bắt đầu chấm")
    assert "Chưa đánh dấu đồng ý" in phone.inner_text("main")
    phone.get_by_label("Đồng ý để xã xem").check()
    press(phone, "Bắt đầu chấm")
    for field in phone.locator(".hh-large").all():
        field.fill("9")
    press(phone, "Lưu và dừng lại")
    assert "Mở lại phiếu này lúc nào cũng làm tiếp được" in phone.inner_text("main")

    phone = visit(at(made), width=360)
    come_in(phone, made)
    for number in (2, 3, 4):
        assert f"Phần {number} trong 4" in phone.inner_text("main")
        for field in phone.locator(".hh-large").all():
            field.fill("9")
        press(phone, "Lưu và xem kết quả" if number == 4 else "Lưu và sang phần sau")
    assert "81 / 100 điểm" in phone.inner_text("main")
    press(phone, "Đã chấm xong, gửi cho xã")
    assert "Đã gửi cho xã xem" in phone.inner_text("main")

    page = visit(reverse("dossiers:one", args=[dossier.pk]), as_=demo.minh)
    assert "chưa phải điểm của hồ sơ" in page.locator("#tu-cham").inner_text()
    assert Dossier.objects.get().answers == {}
    press(page, "Lấy vào 9 ô hồ sơ còn trống")
    assert "81" in page.locator(".hh-verdict").inner_text()
    assert {one["said_by"] for one in Dossier.objects.get().answers.values()} == {"Tự chấm"}


def test_it_is_filled_in_without_javascript(demo, chromium, live_server):  # noqa: F811
    made = link(demo)
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(live_server.url + at(made))
    come_in(page, made)
    page.get_by_label("Đồng ý để xã xem").check()
    press(page, "Bắt đầu chấm")
    for number in (1, 2, 3, 4):
        page.locator(".hh-large").first.fill("7,5")
        press(page, "Lưu và xem kết quả" if number == 4 else "Lưu và sang phần sau")
    assert SelfAssessment.objects.get().total is not None and "Còn thiếu để đạt" in page.inner_text("main")
    context.close()


@pytest.fixture
def pages(demo, browse):
    """Every page with something on it, the officers' and those of a telephone; with the cookie of the latter."""
    headed(demo, "Rơ Châm H'Nguyệt", "1970")
    poster(demo)
    done = link(demo, demo.household("Siu Blưh"))
    answered(Client(), done, **{"GD-1.1": "9"})
    for number, (key, value) in enumerate({"GD-1.1": "9", "GD-2.1": "4", "GD-3.1": "10"}.items(), start=1):
        client = Client()
        consented_again(client, done)
        client.post(at(done, "step", number), {key: value})
    gone = link(demo, demo.household("Kpuih Hngưn"))
    actions.revoke(gone.pk, by=demo.minh, reason="Phát nhầm nhà, đã phát phiếu khác")
    fresh = link(demo, demo.household("Ksor H'Bia"))
    begun = link(demo, demo.citizen(details={"birth_date": str(localdate().year - 12)}))
    dossier = Dossier.objects.get(subject=done.subject)
    Dossier.objects.filter(pk=dossier.pk).update(answers={"GD-1.1": {"value": 5, "by": 1, "at": "", "rev": 1}})
    lists = reverse("selfassessment:list", args=[done.round_id])
    officer = {
        "answers": lists,
        "links": f"{lists}?xem=duong-dan",
        "none": f"{lists}?q=khong-ai",
        "make": reverse("selfassessment:make", args=[done.round_id]),
        "make-one": reverse("selfassessment:make_one", args=[dossier.pk]),
        "dossier": reverse("dossiers:one", args=[dossier.pk]),
        "dossier-without": reverse("dossiers:one", args=[Dossier.objects.get(subject=fresh.subject).pk]),
        "dossiers": reverse("dossiers:list", args=[done.round_id, "FAMILY"]),
    }
    return officer, {"done": done, "gone": gone, "fresh": fresh, "child": begun}


def consented_again(client, made):
    client.post(at(made), {"answer": paper_code(made.pk, made.subject_id)})


def wrong_on(page, name):
    shot(page, name)
    return axe(page) + too_wide(page) + small_targets(page)


@pytest.mark.parametrize("width", [360, 1366])
def test_the_officers_pages_are_good_to_everybody(demo, pages, visit, width):  # noqa: F811
    wrong = {}
    for name, address in pages[0].items():
        page = visit(address, as_=demo.minh, width=width)
        if name.startswith("dossier-") or name == "dossier":
            page.wait_for_selector("#tu-cham")
        found = wrong_on(page, f"self-{name}-{width}")
        wrong |= {name: found} if found else {}
        page.close()
    assert wrong == {}


@pytest.mark.parametrize("width", [360, 1366])
def test_the_public_pages_are_good_to_everybody(demo, pages, visit, width):  # noqa: F811
    made, wrong = pages[1], {}
    shared = Link.objects.get(subject=None)
    page = visit(reverse("selfassessment:enter"), width=width)
    steps = {"enter": wrong_on(page, f"self-enter-{width}")}
    page.goto(page.url + "?phieu=7KQM")
    steps["unknown"] = wrong_on(page, f"self-unknown-{width}")
    host = page.url.partition("/tu-danh-gia")[0]
    page.goto(host + at(made["gone"]))
    steps["stopped"] = wrong_on(page, f"self-stopped-{width}")
    page.goto(host + at(shared))
    steps["confirm"] = wrong_on(page, f"self-confirm-{width}")
    page.get_by_label("Họ và tên chủ hộ").fill("Không Có Ai")
    page.get_by_label("Năm sinh của chủ hộ").fill("1970")
    press(page, "Tiếp tục")
    steps["refused"] = wrong_on(page, f"self-refused-{width}")
    page.goto(host + at(made["child"]))
    come_in(page, made["child"])
    steps["consent-child"] = wrong_on(page, f"self-consent-child-{width}")
    page.goto(host + at(made["fresh"]))
    come_in(page, made["fresh"])
    steps["consent"] = wrong_on(page, f"self-consent-{width}")
    page.get_by_label("Đồng ý để xã xem").check()
    press(page, "Bắt đầu chấm")
    page.locator(".hh-large").first.fill("12")
    press(page, "Lưu và sang phần sau")
    steps["step-wrong"] = wrong_on(page, f"self-step-wrong-{width}")
    page.locator(".hh-large").first.fill("9")
    press(page, "Lưu và dừng lại")
    steps["saved"] = wrong_on(page, f"self-saved-{width}")
    page.goto(host + at(made["done"]))
    come_in(page, made["done"])
    page.goto(host + at(made["done"], "result"))
    steps["result"] = wrong_on(page, f"self-result-{width}")
    page.get_by_role("link", name="Rút đồng ý").click()
    steps["withdraw"] = wrong_on(page, f"self-withdraw-{width}")
    Dossier.objects.filter(subject=made["done"].subject).update(
        state=State.NOT_RECOGNISED, reason="Chưa đủ điểm sàn của tiêu chí 2"
    )
    page.goto(host + at(made["done"], "result"))
    steps["closed"] = wrong_on(page, f"self-closed-{width}")
    wrong |= {name: found for name, found in steps.items() if found}
    assert wrong == {}


@pytest.mark.parametrize("width", [360])
def test_every_kind_of_question_is_large(world, visit, width):  # noqa: F811
    criteria.load_shipped_sets()
    world.round().models.filter(model=Model.ORGANISATION).update(version=published("tt24-organisation"))
    made = link(world, world.organisation("Trường Phổ thông dân tộc bán trú Trung học cơ sở Lê Lợi"), expires_on=day(9))
    page, wrong = visit(at(made), width=width), {}
    come_in(page, made)
    page.get_by_label("Đồng ý để xã xem").check()
    press(page, "Bắt đầu chấm")
    for number in (1, 2, 3):
        found = wrong_on(page, f"self-organisation-{number}-{width}")
        sizes = page.evaluate(
            "[...document.querySelectorAll('main p, main label, main input, main button, main dd')]"
            ".filter((one) => one.checkVisibility() && !one.closest('.hh-provisional'))"
            ".map((one) => parseFloat(getComputedStyle(one).fontSize)).filter((size) => size < 18)"
        )
        wrong |= {number: (found, sizes)} if found or sizes else {}
        press(page, "Lưu và xem kết quả" if number == 3 else "Lưu và sang phần sau")
    assert wrong == {}


@pytest.mark.parametrize("width", [360])
def test_the_title_is_shown_in_red_and_gold(world, visit, width):  # noqa: F811
    made = link(world)
    answered(Client(), made)
    recognised(world, Client(), made)
    page = visit(at(made), width=width)
    come_in(page, made)
    assert wrong_on(page, f"self-recognised-{width}") == []
    page.get_by_role("link", name="Xem giấy công nhận").click()
    assert "17/QĐ-UBND" in page.inner_text("main")
