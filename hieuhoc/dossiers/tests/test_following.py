"""A subject that moves house: open dossiers go along, frozen ones stay until they are open again."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate, now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hieuhoc.audit import log
from hieuhoc.dossiers import actions
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.dossiers.workflow import LOCKED
from hieuhoc.places.models import Unit
from hieuhoc.registry import actions as registry
from hieuhoc.registry import rehoming
from hieuhoc.rounds.models import Round


def standing(world, state, **more):
    """A dossier in a state as the product leaves it: frozen where its sheet stands."""
    frozen = {"frozen_at": now()} if state in LOCKED else {}
    return world.dossier(state, **frozen | more)


def moved(world, dossier):
    """The subject moves to Làng Phung; the dossier afterwards."""
    registry.move(dossier.subject_id, place_id=world.phung.pk, by=world.minh, reason="Chuyển nhà")
    dossier.refresh_from_db()
    return dossier


@pytest.mark.parametrize("state", State.values)
def test_open_dossiers_follow_and_frozen_ones_stay(world, state):
    dossier = moved(world, standing(world, state))
    assert dossier.place == (world.ring if state in LOCKED else world.phung)
    told = [entry.verb for entry in log.history(dossier)]
    assert told == ([] if state in LOCKED else ["registry.move"])


def test_a_dossier_of_a_closed_year_stays(world):
    dossier = standing(world, State.DRAFT)
    Round.objects.update(state="closed")
    assert moved(world, dossier).place == world.ring


def test_only_the_one_who_moved_is_followed(world):
    neighbour = standing(world, State.DRAFT, subject=world.household("Siu Ó"))
    moved(world, standing(world, State.DRAFT))
    neighbour.refresh_from_db()
    assert neighbour.place == world.ring


@pytest.mark.parametrize(("state", "move"), [(State.PROPOSED, "unpropose"), (State.NOT_RECOGNISED, "reopen")])
def test_a_dossier_that_is_opened_again_goes_where_its_subject_lives(world, state, move):
    dossier = moved(world, standing(world, state))
    actions.move([dossier.pk], move, by=world.minh, reason="Xem lại")
    dossier.refresh_from_db()
    assert dossier.place == world.phung


def test_the_new_recorder_scores_it_and_the_former_does_not(world, browse):
    new = world.user("ghi-phung", "village_recorder", world.phung)
    dossier = moved(world, standing(world, State.DRAFT))
    address = reverse("dossiers:one", args=[dossier.pk])
    assert browse(new).get(address).status_code == 200
    assert browse(world.ksor).get(address).status_code == 404
    shown = browse(world.minh).get(address).content.decode()
    assert "Chuyển nơi ở, hồ sơ theo về thôn mới" in shown and "Chuyển nhà" in shown


def rehome(world, moves):
    """Làng Ring ended on that day and what lived there goes to its heir."""
    rehoming.rehome(moves, ended=list(moves), communes=[], day=localdate(), by=world.minh, reason="Nhập hai làng")


def test_when_a_village_is_merged_open_dossiers_go_to_its_heir(world):
    dossiers = {state: standing(world, state, subject=world.household(f"Ksor {state}")) for state in State.values}
    rehome(world, {world.ring.pk: world.phung.pk})
    for state, dossier in dossiers.items():
        dossier.refresh_from_db()
        assert dossier.subject.place == world.phung
        assert dossier.place == (world.ring if state in LOCKED else world.phung), state
    entry = log.history(Unit.objects.get(pk=world.phung.pk)).get(verb="registry.rehome")
    assert (entry.after["moved"], entry.targets.count()) == (8, len(State.values) - len(LOCKED))


def test_where_nothing_lived_nothing_is_logged(world):
    rehome(world, {world.ring.pk: world.phung.pk})
    assert not log.history(Unit.objects.get(pk=world.phung.pk)).exists()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["phung", "ring", "freeze", "thaw"]), max_size=7))
def test_whatever_the_order_an_open_dossier_stands_where_its_subject_lives(world, steps):
    world.round()
    with transaction.atomic():
        dossier = standing(world, State.VERIFIED, subject=world.household())
        for step in steps:
            dossier = Dossier.objects.select_related("subject").get(pk=dossier.pk)
            before = dossier.place_id
            if step in ("freeze", "thaw"):
                name, wanted = {"freeze": ("propose", State.VERIFIED), "thaw": ("unpropose", State.PROPOSED)}[step]
                if dossier.state == wanted:
                    actions.move([dossier.pk], name, by=world.minh, reason="x")
            elif dossier.subject.place_id != world.places[step].pk:
                registry.move(dossier.subject_id, place_id=world.places[step].pk, by=world.minh, reason="x")
            dossier = Dossier.objects.select_related("subject").get(pk=dossier.pk)
            assert dossier.place_id == (before if dossier.frozen_at else dossier.subject.place_id)
        transaction.set_rollback(True)
