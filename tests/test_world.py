"""The shared world stands: its places form a tree, its people have their rights, its dossiers judge."""

import pytest
from django.utils.timezone import localdate

from hieuhoc.accounts.access import can
from hieuhoc.accounts.models import Role
from hieuhoc.criteria.queries import criteria_of
from hieuhoc.dossiers.models import State
from hieuhoc.places import tree
from hieuhoc.registry.models import Model
from hieuhoc.scoring import score
from tests.world import PEOPLE, SCORES


def test_a_village_stands_under_its_commune_province_and_nation(world):
    above = tree.above(world.ring.pk, localdate())
    assert above == [world.ring.pk, world.ia_tor.pk, world.gia_lai.pk, world.viet_nam.pk]


def test_the_foreign_commune_has_villages_of_its_own(world):
    today = localdate()
    assert set(tree.below(world.ia_bang.pk, today, itself=False)) == {world.brel.pk, world.dor.pk}
    assert world.commune_of(world.dor) == world.ia_bang


@pytest.mark.parametrize("name", [row[0] for row in PEOPLE])
def test_everybody_has_one_post_but_nobody(world, name):
    assert world.people[name].posts.count() == (0 if name == "nobody" else 1)


def test_minh_works_in_her_commune_and_not_next_door(world):
    assert can(world.minh, "dossier.verify", world.ring.pk)
    assert not can(world.minh, "dossier.verify", world.brel.pk)


@pytest.mark.parametrize("state", State.values)
def test_a_dossier_can_stand_in_every_state(world, state):
    dossier = world.dossier(state)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.place, dossier.round.place) == (state, world.ring, world.ia_tor)


@pytest.mark.parametrize("model", [Model.FAMILY, Model.CITIZEN, Model.ORGANISATION])
def test_the_pinned_version_judges_full_marks_as_passed(world, model):
    pinned = world.round().models.get(model=model).version_id
    assert score(criteria_of(pinned), SCORES).outcome == "pass"
    assert score(criteria_of(pinned), {"T-1": 50}).outcome == "incomplete"


def test_a_round_of_the_same_year_is_the_same(world):
    assert world.round() == world.round()
    assert world.round(2025) != world.round(2026)
    assert world.round(place=world.ia_bang).place == world.ia_bang


def test_one_more_person_gets_the_post_asked_for(world):
    second = world.user("minh-hai", Role.INSPECTOR, world.ia_tor)
    assert can(second, "audit.read", world.phung.pk) and not can(second, "audit.read", world.brel.pk)


def test_a_citizen_belongs_to_a_household_once(world):
    membership = world.member(world.citizen(), world.household())
    assert membership.group.name == "Ksor H'Bia" and membership.valid.upper is None
