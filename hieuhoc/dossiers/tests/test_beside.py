"""People who type in at the same time are not in each other's way."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest

from hieuhoc.dossiers import actions
from hieuhoc.dossiers.models import Dossier
from hieuhoc.dossiers.paper import actions as paper
from tests.beside import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_key_in_forms_of_households_not_registered_yet(world, monkeypatch):
    houses = [world.household(f"Ksor {name}") for name in ("An", "Bình", "Chi", "Dung")]
    forms = paper.give(world.round().pk, "FAMILY", "score", by=world.minh, subjects=[one.pk for one in houses])
    by_house = {one.subject_id: one.pk for one in forms}
    both, register = Barrier(2), actions.register

    def at_the_same_time(*args, **more):
        made = register(*args, **more)
        with suppress(BrokenBarrierError):
            both.wait(3)
        return made

    monkeypatch.setattr(actions, "register", at_the_same_time)

    def keys_in(some):
        return lambda: [paper.key_in(by_house[one.pk], {"T-1": 40}, by=world.minh, subject=one).state for one in some]

    assert at_once(keys_in(houses[:2]), keys_in(houses[2:])) == [["draft"] * 2] * 2
    assert Dossier.objects.exclude(answers={}).count() == 4
