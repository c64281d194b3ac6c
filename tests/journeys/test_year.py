"""A commune's year by three people in Chromium: village, officer, approver; a return, a refusal, the check."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.recognition.models import Decision, Recognition
from tests.browser import axe, chromium, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def state(name: str) -> str:
    return Dossier.objects.get(subject__name=name).state


def open_dossier(visit, person, name):  # noqa: F811
    return visit(reverse("dossiers:one", args=[Dossier.objects.get(subject__name=name).pk]), as_=person)


def answer(page, **values):
    """Type answers on the dossier's page and save them."""
    for key, value in values.items():
        page.fill(f"[id='{key.replace('_', '-')}'] input", str(value))
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu", exact=False).first.click()


def move(page, label, reason=""):
    """Make a move with its button, giving the reason its dialog asks for."""
    if not reason:
        with page.expect_navigation():
            page.get_by_role("button", name=label, exact=True).click()
        return
    page.get_by_role("button", name=f"{label}…").click()
    dialog = page.locator("dialog[open]")
    dialog.locator("textarea").fill(reason)
    with page.expect_navigation():
        dialog.locator("button[type=submit]").click()


def test_a_year_by_village_officer_and_approver(world, visit):  # noqa: F811
    world.round(localdate().year)
    for name in ("Ksor Đạt", "Ksor Hỏng"):
        world.dossier(subject=world.household(name))

    # the village scores and hands in
    for name, second in (("Ksor Đạt", 40), ("Ksor Hỏng", 10)):
        page = open_dossier(visit, world.ksor, name)
        answer(page, T_1=45, T_2=second)
        move(page, "Gửi lên xã")
        assert state(name) == State.SUBMITTED

    # the officer returns one, with the reason; the village sees it on its board and mends it
    page = open_dossier(visit, world.minh, "Ksor Đạt")
    move(page, "Trả lại", "Thiếu minh chứng của T-1")
    board = visit("/viec-can-lam/", as_=world.ksor)
    assert "Thiếu minh chứng của T-1" in board.content() or "trả lại" in board.content().lower()
    page = open_dossier(visit, world.ksor, "Ksor Đạt")
    assert page.get_by_text("Thiếu minh chứng của T-1").first.is_visible()
    move(page, "Gửi lên xã")

    # the officer verifies both, proposes the one that passes and refuses the other with its reason
    page = open_dossier(visit, world.minh, "Ksor Đạt")
    move(page, "Thẩm định xong")
    move(page, "Đề nghị công nhận")
    page = open_dossier(visit, world.minh, "Ksor Hỏng")
    move(page, "Thẩm định xong")
    move(page, "Chưa công nhận", "Tổng điểm dưới mốc đạt")
    assert (state("Ksor Đạt"), state("Ksor Hỏng")) == (State.PROPOSED, State.NOT_RECOGNISED)
    assert "55" in page.content() and axe(page) == []

    # the approver decides and records the signature
    page = visit(reverse("recognition:issue", args=[world.round().pk]), as_=world.hoa)
    with page.expect_navigation():
        page.get_by_role("button", name="Ghi", exact=True).click()
    decision = Decision.objects.get()
    page = visit(reverse("recognition:sign", args=[decision.pk]), as_=world.hoa)
    page.fill("#id_number", "57")
    page.fill("#id_day", localdate().isoformat())
    with page.expect_navigation():
        page.get_by_role("button", name="Ghi", exact=True).click()
    decision.refresh_from_db()
    assert decision.is_signed and state("Ksor Đạt") == State.RECOGNISED

    # anybody checks the certificate by its code, and sees no more than it says
    title = Recognition.objects.get()
    page = visit(reverse("portal:check_code", args=[title.code]))
    words = page.inner_text("main")
    assert "Ksor Đ***" in words and "57/QĐ-UBND" in words
    assert "Ksor Đạt" not in words
