"""Shares computed from titles: which titles count, on which day, and what is said of those taken back since."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.dossiers import actions, derived, judging
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.dossiers.tests.test_dossier_page import clan_set
from hieuhoc.registry.models import Model
from hieuhoc.rounds import queries as rounds
from hieuhoc.scoring import Derived

__all__ = ["clan_set"]
DAY = date(2026, 11, 20)
HOUSEHOLDS = Derived("FAMILY", "households", "số gia đình được công nhận trên tổng số hộ")


@pytest.fixture
def clan(world, clan_set):
    """A clan of three families, two of them recognised, that scores full marks beside its share."""
    subject = world.subject(Model.CLAN, "Dòng họ Ksor", details={"families": "3"})
    for name in ("Ksor Một", "Ksor Hai"):
        titled(world, subject, name)
    world.member(world.household("Ksor Ba"), subject, role="family")
    scored = {"H-2": {"value": 40, "by": world.minh.pk, "at": "", "rev": 1}}
    return world.dossier(State.VERIFIED, subject, round=clan_set, answers=scored)


def titled(world, clan, name):
    """A recognised family of the clan."""
    family = world.household(name)
    world.member(family, clan, role="family")
    return world.dossier(State.RECOGNISED, family)


def take_back(world, name="Ksor Một"):
    """The title of a family is taken back."""
    one = Dossier.objects.get(subject__name=name)
    actions.take_title_back([one.pk], DAY, by=world.hoa, reason="Kê khai sai")
    return one


def share(clan):
    """The share of the clan as it is computed now."""
    criteria = rounds.criteria_of(clan.round_id, clan.model)
    return derived.shares(clan.round_id, criteria)["H-1"][clan.subject_id]


def test_a_title_taken_back_is_not_counted_from_then_on(world, clan):
    assert share(clan) == {"count": 2, "of": 3}
    take_back(world)
    assert share(clan) == {"count": 1, "of": 3}


def test_a_household_taken_back_is_not_counted_for_its_village(world):
    village = world.subject(Model.COMMUNITY, "Làng Ring")
    dossier = world.dossier(State.DRAFT, village)
    titled(world, world.subject(Model.CLAN, "Dòng họ Ksor"), "Ksor Một")
    of = lambda: derived.of_round(dossier.round_id, Model.COMMUNITY, HOUSEHOLDS)[village.pk]  # noqa: E731
    assert of() == {"count": 1, "of": 1}
    take_back(world)
    assert of() == {"count": 0, "of": 1}


def test_an_open_dossier_is_judged_by_the_titles_that_stand(world, clan):
    judging.judge(clan.round_id, clan.model)
    before = Dossier.objects.get(pk=clan.pk).total
    take_back(world)
    judging.judge(clan.round_id, clan.model)
    assert Dossier.objects.get(pk=clan.pk).total < before


def test_a_frozen_sheet_stays_and_is_named(world, clan):
    actions.move([clan.pk], "propose", by=world.minh)
    sheet = Dossier.objects.get(pk=clan.pk).sheet
    lost = take_back(world)
    clan.refresh_from_db()
    assert clan.sheet == sheet and "2/3" in clan.sheet["lines"][0]["because"]
    assert derived.outdated_of_round(clan.round_id) == {clan.pk: {lost.pk}}


def test_a_frozen_sheet_shows_the_points_of_its_share(world, clan, browse):
    actions.move([clan.pk], "propose", by=world.minh)
    page = browse(world.minh).get(reverse("dossiers:one", args=[clan.pk])).content.decode()
    assert " điểm</span>" in page and '<span class="hh-quiet">chưa có</span>' not in page


def test_a_frozen_sheet_of_a_village_is_named(world, clan_set):
    village = world.dossier(State.PROPOSED, world.subject(Model.COMMUNITY, "Làng Ring"))
    Dossier.objects.filter(pk=village.pk).update(frozen_at=now() + timedelta(seconds=1))
    lost = titled(world, world.subject(Model.CLAN, "Dòng họ Ksor"), "Ksor Một")
    Dossier.objects.filter(pk=lost.pk).update(recognised_at=now(), frozen_at=now())
    take_back(world)
    Dossier.objects.filter(pk=lost.pk).update(revoked_at=now() + timedelta(seconds=2))
    criteria = type("Set", (), {"model": "COMMUNITY", "indicators": [type("I", (), {"derived": HOUSEHOLDS})]})
    assert derived.outdated(village.round_id, criteria) == {village.pk: {lost.pk}}


@pytest.mark.parametrize("when", ["before it froze", "title after it froze", "open again"])
def test_only_a_sheet_that_counted_the_title_is_named(world, clan, when):
    if when == "before it froze":
        take_back(world)
        Dossier.objects.filter(pk=clan.pk).update(outcome="pass")
    Dossier.objects.filter(pk=clan.pk).update(state=State.PROPOSED, frozen_at=now(), sheet={"lines": []})
    if when == "title after it froze":
        Dossier.objects.filter(subject__name="Ksor Một").update(recognised_at=now() + timedelta(seconds=5))
    if when == "open again":
        actions.move([clan.pk], "send_back", by=world.hoa, reason="Xem lại")
    if when != "before it froze":
        take_back(world)
    assert derived.outdated_of_round(clan.round_id) == {}


def test_a_round_without_a_title_taken_back_costs_one_question(world, clan, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert derived.outdated_of_round(clan.round_id) == {}


@pytest.mark.parametrize("place", ["round", "dossier", "list"])
def test_the_pages_say_which_share_counted_a_title_taken_back(world, browse, clan, place):
    actions.move([clan.pk], "propose", by=world.minh)
    take_back(world)
    address, said = {
        "round": (reverse("rounds:round", args=[clan.round_id]), "tính danh hiệu nay không còn"),
        "dossier": (reverse("dossiers:one", args=[clan.pk]), "Tỷ lệ trên phiếu có tính danh hiệu nay không còn"),
        "list": (
            reverse("dossiers:behind", args=[clan.pk, "H-1"]),
            "đã thu hồi ngày 20/11/2026; phiếu đã khóa còn tính",
        ),
    }[place]
    shown = browse(world.minh).get(address).content.decode()
    assert said in shown
    assert ("Dòng họ Ksor" if place == "round" else "Ksor Một") in shown


def test_the_list_behind_an_open_share_leaves_out_and_names_what_was_taken_back(world, browse, clan):
    take_back(world)
    shown = browse(world.minh).get(reverse("dossiers:behind", args=[clan.pk, "H-1"])).content.decode()
    counted, _, left_out = shown.partition("Không tính: danh hiệu đã bị thu hồi")
    assert "Ksor Hai" in counted and "Ksor Một" not in counted
    assert "Ksor Một" in left_out and "đã thu hồi ngày 20/11/2026" in left_out and "còn tính" not in left_out


def test_who_took_it_back_and_why_stands_in_the_history_of_the_dossier(world, browse, clan):
    lost = take_back(world)
    entry = Entry.objects.get(verb="dossier.take_title_back")
    assert (entry.actor, entry.reason) == (world.hoa, "Kê khai sai")
    shown = browse(world.minh).get(reverse("dossiers:one", args=[lost.pk])).content.decode()
    assert "Danh hiệu bị thu hồi" in shown and "Từ ngày 20/11/2026" in shown


@pytest.mark.parametrize("person", ["minh", "ksor", "lan", "inspector", "admin", "nobody"])
def test_only_who_revokes_takes_a_title_back(world, clan, person):
    one = Dossier.objects.get(subject__name="Ksor Một")
    with pytest.raises(Forbidden):
        actions.take_title_back([one.pk], DAY, by=getattr(world, person), reason="x")


@pytest.mark.parametrize("state", [state for state in State.values if state != State.RECOGNISED])
def test_only_a_title_can_be_taken_back(world, state):
    one = world.dossier(state)
    with pytest.raises(actions.Refused, match="không mang danh hiệu"):
        actions.take_title_back([one.pk], DAY, by=world.hoa, reason="x")
    with pytest.raises(IntegrityError, match="revoked_was_recognised"), transaction.atomic():
        Dossier.objects.filter(pk=one.pk).update(revoked_on=DAY, revoked_at=now())


def test_a_title_is_taken_back_once(world, clan):
    take_back(world)
    with pytest.raises(actions.Refused):
        take_back(world)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=st.integers(0, 4), gone=st.integers(0, 3), untitled=st.integers(0, 3), stated=st.integers(0, 12))
def test_a_share_counts_each_standing_title_once_and_never_passes_the_whole(world, kept, gone, untitled, stated):
    with transaction.atomic():
        clan = world.subject(Model.CLAN, "Dòng họ Siu", details={"families": str(stated)} if stated else {})
        dossier = world.dossier(State.DRAFT, clan)
        titles = [titled(world, clan, f"Siu {n}") for n in range(kept + gone)]
        for n in range(untitled):
            world.member(world.household(f"Rơ {n}"), clan, role="family")
        if gone:
            actions.take_title_back([one.pk for one in titles[:gone]], DAY, by=world.hoa, reason="x")
        of = derived.of_round(dossier.round_id, Model.CLAN, Derived("FAMILY", "member_families", "x"))[clan.pk]
        known = kept + gone + untitled
        assert of == ({"count": kept, "of": max(known, stated)} if known or stated else None)
        transaction.set_rollback(True)
