"""Every link of the boards, the menu and the frame leads to a page that opens for the person it is shown to."""

import re
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, get_resolver

from hieuhoc.dossiers.models import Outcome, State
from hieuhoc.registry.models import Model
from hieuhoc.web import menu
from hieuhoc.web.board import board_of
from hieuhoc.web.links import link
from hieuhoc.web.posts import standing_of

WEB = Path(__file__).resolve().parents[1]
NAMED = re.compile(r"""(?:link\(|\{% link )["']([a-z_:]+)["']""")
SOURCES = [*WEB.glob("*.py"), *WEB.glob("board/*.py"), *WEB.glob("templates/**/*.html")]
PEOPLE = ["minh", "hoa", "ksor", "province", "province_approver", "national", "inspector", "admin"]


def names():
    return sorted({name for path in SOURCES for name in NAMED.findall(path.read_text())})


def known(resolver, namespace=""):
    """Every url name of the product, with its namespace."""
    found = {f"{namespace}{name}" for name in resolver.reverse_dict if isinstance(name, str)}
    for name, (_, inner) in resolver.namespace_dict.items():
        found |= known(inner, f"{namespace}{name}:")
    return found


def test_every_page_named_by_the_frame_exists():
    pages = known(get_resolver())
    assert len(names()) > 12
    assert [name for name in names() if name not in pages] == []


def test_a_page_that_no_room_has_is_an_error():
    with pytest.raises(NoReverseMatch):
        link("rounds:nowhere")


def test_a_link_leaves_out_what_was_not_asked():
    assert link("dossiers:list", round=3, state="", model=None) == "/ho-so/?round=3"


@pytest.fixture
def busy(world):
    """One dossier of each kind, so that every task has something."""
    for at, (state, outcome) in enumerate(
        (state, outcome)
        for state in (State.DRAFT, State.RETURNED, State.SUBMITTED, State.VERIFIED)
        for outcome in Outcome.values
    ):
        world.dossier(state, world.household(f"Ksor H'Bia {at}"), outcome=outcome, reason="Thiếu minh chứng")
    world.dossier(State.PROPOSED, world.subject(Model.CLAN, "Dòng họ Rơ Châm"))
    world.household("Rơ Châm Brel")
    world.household("Siu Phung", place=world.phung, code="01")
    world.household("Siu Phung", place=world.phung, code="02")
    return world


def addresses(person):
    """What the board and the menu offer the person, without what is not installed."""
    standing = standing_of(person)
    board = board_of(person, standing)
    found = [task.url for task in board.tasks] + [step.url for step in board.steps]
    found += [line.url for task in board.tasks for line in task.lines] + [one.url for one in board.communes]
    return sorted({*found, board.more_url, *(item.url for item in menu.items(standing, "/"))} - {""})


@pytest.mark.parametrize("person", PEOPLE)
def test_every_offered_link_opens(busy, browse, person):
    client = browse(getattr(busy, person))
    found = addresses(getattr(busy, person))
    assert "/viec-can-lam/" in found
    refused = {address: client.get(address).status_code for address in found}
    assert {address: status for address, status in refused.items() if status != 200} == {}


def test_the_village_is_not_led_from_its_meeting_to_papers_it_may_not_see(busy, browse):
    address = f"/cong-nhan/dot/{busy.round().pk}/thon/{busy.ring.pk}/"
    papers = f'href="/cong-nhan/dot/{busy.round().pk}/"'
    assert papers not in browse(busy.ksor).get(address).content.decode()
    assert papers in browse(busy.minh).get(address).content.decode()
