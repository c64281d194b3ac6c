"""Deliveries side by side: none fails for another, none waits for ever, nothing is done twice."""

from __future__ import annotations

from threading import Event, Thread
from uuid import UUID

import pytest
from django.db import connection, transaction

from hieuhoc.audit.models import Entry
from hieuhoc.common import rows
from hieuhoc.dossiers.models import Dossier
from hieuhoc.field import doing
from hieuhoc.field.models import Envelope
from hieuhoc.field.tests.phones import Phone
from tests.beside import at_once

pytestmark = pytest.mark.django_db(transaction=True)
APPLIED = ("applied", "")


@pytest.fixture
def phone(world):
    """Ksor H'Lung's phone at Làng Ring."""
    return Phone(world.ksor, world.ring, world.round())


def sends(phone, boxes):
    """An act that sends the boxes one after the other."""
    return lambda: [outcome for box in boxes for outcome in phone.sends(*box)]


def evening(world, phone, name):
    """Eight houses, each registered, answered and handed in by a delivery of its own."""
    houses = [world.household(f"Ksor {name} {n}") for n in range(8)]
    return [
        [
            phone.makes("register", one),
            phone.answers(one, "T-1", 45),
            phone.answers(one, "T-2", 40),
            phone.makes("submit", one),
        ]
        for one in houses
    ]


def test_four_phones_that_register_and_hand_in_in_the_evening(world, phone):
    told = at_once(*(sends(phone, evening(world, phone, name)) for name in ("An", "Bình", "Chi", "Dung")))
    assert told == [[APPLIED] * 32] * 4
    assert set(Dossier.objects.values_list("state", flat=True)) == {"submitted"}


def test_the_same_boxes_sent_twice_at_once_are_done_once(world, phone):
    boxes = evening(world, phone, "An")
    first, second = at_once(sends(phone, boxes), sends(phone, boxes))
    assert {one[0] for one in first + second} <= {"applied", "duplicate"}
    assert {cell["rev"] for one in Dossier.objects.all() for cell in one.answers.values()} == {1}
    assert Entry.objects.filter(verb="dossier.answer").count() == 8
    assert set(Envelope.objects.values_list("outcome", flat=True)) == {"applied"}


def test_two_deliveries_that_cross_do_not_wait_for_each_other_for_ever(world, phone, monkeypatch):
    """What the second waits for is done by the other while neither sees yet what the other does."""
    house = world.household()
    first, second = phone.makes("register", house), phone.answers(house, "T-1", 45)
    do_in_one = doing._do_in_one

    def crossed(ids, *rest):
        done = do_in_one(ids, *rest)
        if UUID(second["id"]) in ids:  # done, and not yet to be seen by others
            monkeypatch.undo()
            assert at_once(sends(phone, [[first]])) == [[APPLIED]]
        return done

    monkeypatch.setattr(doing, "_do_in_one", crossed)
    assert phone.sends(second) == [APPLIED]
    assert Dossier.objects.get(subject=house).answers["T-1"]["value"] == 45


def test_what_is_waited_for_may_end_while_it_is_asked_for(world, phone, monkeypatch):
    """The first is done but not to be seen when the second looks again, and ends between its look and its question."""
    house = world.household()
    first, second = phone.makes("register", house), phone.answers(house, "T-1", 45)
    done, may_end, do_in_one, ask = Event(), Event(), doing._do_in_one, rows.ask

    def slowly(ids, *rest):
        found = do_in_one(ids, *rest)
        if UUID(first["id"]) in ids:
            done.set()
            may_end.wait(30)
        return found

    def bring_first():
        phone.sends(first)
        connection.close()

    other = Thread(target=bring_first)
    looked: list[str] = []

    def asked(statement, values):
        looked.append(statement)
        if statement == doing.IN_HAND and doing.LOCK in looked and other.is_alive():
            may_end.set()
            other.join(30)
        return ask(statement, values)

    monkeypatch.setattr(doing, "_do_in_one", slowly)
    monkeypatch.setattr(rows, "ask", asked)
    other.start()
    assert done.wait(30)
    told = phone.sends(second)
    other.join(30)
    assert told == [APPLIED] and Dossier.objects.get(subject=house).answers["T-1"]["value"] == 45


@pytest.mark.parametrize("near", [False, True], ids=["says where it is", "says it is at home"])
def test_nobody_holds_up_a_village_that_is_not_theirs(world, near):
    """Whoever may not write there is refused at once, though somebody is writing there at this moment."""
    dossier = world.dossier(subject=world.household("Siu Blơn", place=world.phung))
    stranger = Phone(world.ksor, world.ring if near else world.phung, world.round())

    def refused():
        rows.ask("select set_config('lock_timeout', '2000', false)", [])
        return stranger.sends(stranger.answers(dossier.subject, "T-1", 45))

    with transaction.atomic():
        Dossier.objects.select_for_update().get(pk=dossier.pk)
        assert at_once(refused) == [[("refused", "not_yours" if near else "no_right")]]
