"""The officer's table as people see it."""

from __future__ import annotations

import pytest

from hieuhoc.common.ids import uuid7
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.field.tests.phones import Phone
from tests.browser import axe, chromium, shot, small_targets, too_wide, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def full(world):
    """One of everything that can wait."""
    phone = Phone(world.ksor, world.ring, world.round())
    dossier = world.dossier(subject=world.household("Ksor H'Bia"))
    dossiers.answer(dossier.pk, {"T-1": 50}, by=world.minh)
    world.household("Rơ Châm Hyat")
    made = str(uuid7())
    phone.sends(
        phone.answers(dossier.subject, "T-1", 10, said_by="Chủ hộ"), phone.answers(dossier.subject, "T-2", 51),
        phone.makes("subject", made, model="FAMILY", name="Rơ Châm Hyat", details={"members": "5"}),
        phone.makes("register", made), phone.makes("note", dossier.subject, text="Gia đình đi rẫy, tuần sau về."),
    )  # fmt: skip


@pytest.mark.parametrize("width", [360, 1366])
@pytest.mark.parametrize("tab", ["conflict", "note", "refused", "held", "all"])
def test_every_tab_stands(world, visit, full, tab, width):  # noqa: F811
    page = visit(f"/thuc-dia/tu-thon/?xem={tab}", as_=world.minh, width=width)
    shot(page, f"tu-thon-{tab}-{width}")
    assert (axe(page), too_wide(page), small_targets(page)) == ([], [], [])
