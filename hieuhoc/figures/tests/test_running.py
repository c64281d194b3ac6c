"""Figures of open rounds, counted in the background: anew where something happened, gone with the close."""

import pytest
from django.utils.timezone import localdate

from hieuhoc.audit import log
from hieuhoc.dossiers.models import State
from hieuhoc.figures import actions, running, yearly
from hieuhoc.figures.models import Running
from hieuhoc.figures.tests.test_figures import filled
from hieuhoc.rounds import actions as rounds
from hieuhoc.rounds.models import Round

pytestmark = pytest.mark.django_db
YEAR = localdate().year


def of_province(world):
    found = yearly.of_place(world.gia_lai.pk, YEAR, localdate())
    family = found.best.get("FAMILY")
    return (family.count, family.total, family.running) if family else None, found.closed, found.at_work


def test_a_province_sees_what_runs_and_then_what_is_frozen(world):
    round_ = filled(world)
    assert of_province(world) == (None, 0, 0)
    assert running.refresh() == 1
    assert of_province(world) == ((1, 5, True), 0, 1)
    actions.close_year(round_.pk, by=world.minh)
    assert of_province(world) == ((1, 5, False), 1, 0)
    assert not Running.objects.exists(), "nothing is counted twice"
    rounds.reopen_round(round_.pk, by=world.minh, reason="Sót")
    world.household("Ksor Sáu")
    running.refresh()
    assert of_province(world) == ((1, 6, True), 0, 1)


def test_only_where_something_happened_is_counted_anew(world):
    filled(world)
    world.dossier(State.DRAFT, world.household("Rơ Châm", place=world.brel), round=world.round(place=world.ia_bang))
    assert running.refresh() == 2
    Running.objects.update(at="2026-01-01T00:00Z")
    log.record("dossier.submit", world.round(), by=world.minh, place=world.ring.pk)
    assert running.behind() == [world.round().pk], "an act in a village is one of its commune"
    assert running.refresh() == 1


def test_a_round_that_closed_while_it_was_counted_leaves_nothing_running(world):
    round_ = filled(world)
    running.refresh()
    actions.close_year(round_.pk, by=world.minh)
    running.count(round_.pk)
    assert not Running.objects.exists() and of_province(world)[1:] == (1, 0)


def test_each_round_is_held_against_its_own_count(world):
    filled(world)
    world.dossier(State.DRAFT, world.household("Rơ Châm", place=world.brel), round=world.round(place=world.ia_bang))
    running.refresh()
    Running.objects.filter(place_id=world.ia_tor.pk).update(at="2026-01-01T00:00Z")
    Running.objects.filter(place_id=world.ia_bang.pk).update(at="2030-01-01T00:00Z")
    log.record("dossier.submit", world.round(), by=world.minh, place=world.ring.pk)
    assert running.behind() == [world.round().pk], "a later count of another commune hides nothing"


def test_a_closed_round_is_left_alone(world):
    filled(world)
    Round.objects.update(state=Round.State.CLOSED)
    assert running.refresh() == 0
