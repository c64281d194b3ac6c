"""The pages of recognition in Chromium: fit for everybody, at both widths."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hieuhoc.recognition import actions, papers, queries
from hieuhoc.recognition.tests.conftest import COUNCIL
from tests.browser import axe, chromium, shot, small_targets, too_wide, visit  # noqa: F401


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1366])
@pytest.mark.parametrize(
    "name", ["papers", "village", "council", "council_meeting", "submission", "issue", "sign", "templates"]
)
def test_a_page_of_the_round(world, visit, decision, name, width):  # noqa: F811
    round_ = world.round()
    actions.found_council(round_.pk, COUNCIL, by=world.minh)
    world.dossier("proposed", world.household("Siu Ba"))
    args = {"village": [round_.pk, world.ring.pk], "sign": [decision.pk]}.get(name, [round_.pk])
    as_ = world.hoa if name in ("issue", "sign", "papers") else world.minh
    look(visit(reverse(f"recognition:{name}", args=args), as_=as_, width=width), f"cong-nhan-{name}-{width}")


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1366])
@pytest.mark.parametrize("name", ["register", "title", "revoke", "correct"])
def test_a_page_of_the_register(world, visit, signed, name, width):  # noqa: F811
    args = [] if name == "register" else [queries.titles(signed.pk).first().pk]
    look(visit(reverse(f"recognition:{name}", args=args), as_=world.hoa, width=width), f"cong-nhan-{name}-{width}")


def look(page, name: str) -> None:
    shot(page, name)
    assert (axe(page), too_wide(page), small_targets(page)) == ([], [], [])


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1366])
def test_the_pages_of_what_was_put_right_and_taken_back(world, visit, signed, today, width):  # noqa: F811
    title, other = queries.titles(signed.pk)[:2]
    said = {"by": world.hoa, "day": today, "reason": "Ghi sai tên chủ hộ"}
    actions.correct(title.pk, {"name": "Dòng họ Rơ Châm Ea"}, number="61", **said)
    made = actions.revoke([other.pk], number="62", **said)
    papers.make(world.round(), "revocation", made, by=world.minh)
    for name, args in (("title", [title.pk]), ("title", [other.pk]), ("papers", [world.round().pk])):
        page = visit(reverse(f"recognition:{name}", args=args), as_=world.hoa, width=width)
        look(page, f"cong-nhan-sau-{name}-{len(str(args[0]))}-{width}")


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1366])
def test_the_pages_of_a_title_that_leaves_an_unsigned_decision(world, visit, decision, width):  # noqa: F811
    title, other = queries.titles(decision.pk)[:2]
    papers.make(world.round(), "awards", decision, by=world.minh)
    actions.drop_title(other.pk, by=world.hoa, reason="Hộ đã chuyển đi trước ngày xét")
    for name, args in (("drop", [title.pk]), ("title", [title.pk]), ("papers", [world.round().pk])):
        page = visit(reverse(f"recognition:{name}", args=args), as_=world.hoa, width=width)
        look(page, f"cong-nhan-dua-ra-{name}-{width}")
