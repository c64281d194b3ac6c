"""After the decision, in Chromium: a title leaves the draft and comes back; one is put right, then revoked."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.recognition import actions, queries
from hieuhoc.recognition.models import Decision, Dropped, Recognition
from hieuhoc.recognition.tests.test_papers import words
from tests.browser import axe, chromium, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def press(page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def test_a_title_leaves_the_draft_and_comes_back(world, visit):  # noqa: F811
    for name in ("Ksor Ở", "Ksor Đi"):
        world.dossier(State.PROPOSED, world.household(name))
    decision = actions.issue_decision(world.round(localdate().year).pk, by=world.hoa)
    page = visit(reverse("recognition:papers", args=[decision.round_id]), as_=world.hoa)
    page.get_by_role("link", name="Xem, bớt danh hiệu").click()
    page.get_by_role("link", name="Ksor Đi").click()
    page.get_by_role("link", name="Đưa ra khỏi quyết định").click()
    page.fill("#id_reason", "Hộ đã chuyển đi")
    press(page, "Đưa ra")
    assert [one.dossier.subject.name for one in Dropped.objects.all()] == ["Ksor Đi"]
    assert Dossier.objects.get(subject__name="Ksor Đi").state == State.PROPOSED
    note = page.get_by_text("Đã đưa ra khỏi quyết định trước khi ký")
    assert note.is_visible() and axe(page) == []
    press(page, "Hoàn tác Ksor Đi")
    assert decision.recognitions.count() == 2 and not note.is_visible()


def test_a_certificate_is_put_right_on_paper_then_the_title_revoked(world, visit):  # noqa: F811
    world.dossier(State.PROPOSED, world.household("Ksor Đạc"))
    decision = actions.issue_decision(world.round(localdate().year).pk, by=world.hoa)
    actions.sign_decision(decision.pk, "57", localdate(), by=world.hoa, signer="Trần Văn Hòa")
    title = Recognition.objects.get()
    page = visit(reverse("recognition:title", args=[title.pk]), as_=world.hoa)
    page.get_by_role("link", name="Đính chính").click()
    page.fill("#id_name", "Ksor Đạt")
    page.fill("#id_reason", "Ghi sai tên")
    with page.expect_download() as got:
        page.get_by_role("button", name="Tải bản dự thảo").click()
    assert "Số: /QĐ-UBND" in words(got.value.path().read_bytes()) and Decision.objects.count() == 1
    page.wait_for_timeout(4100)  # a form sent twice within four seconds is sent once
    page.fill("#id_number", "61")
    press(page, "Ghi")
    press(page, "Làm: Quyết định đính chính")
    with page.expect_download() as got:
        page.get_by_role("link", name="Quyết định đính chính").click()
    assert "Số: 61/QĐ-UBND" in words(got.value.path().read_bytes())
    press(page, "Làm: Giấy công nhận đã đính chính")
    assert axe(page) == []
    page.get_by_role("link", name="Thu hồi").click()
    page.fill("#id_reason", "Kê khai sai")
    page.fill("#id_number", "62")
    press(page, "Ghi")
    press(page, "Làm: Quyết định thu hồi")
    check = visit(reverse("portal:check_code", args=[title.code])).inner_text("main")
    assert "Không còn giá trị" in check and "62/QĐ-UBND" in check and "đính chính" in check
    kinds = {one.kind for one in queries.papers(decision.round_id)}
    assert kinds == {"correction", "corrected", "revocation"}
