"""Deliveries side by side: none fails for another, none waits for ever, nothing is done twice."""

from __future__ import annotations

from contextlib import ExitStack
from threading import Event, Thread
from uuid import UUID

import pytest
from django.db import connection, transaction

from hieuhoc.audit.models import Entry
from hieuhoc.common import rows
from hieuhoc.common.ids import uuid7
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.answering import Given
from hieuhoc.dossiers.models import Dossier, Evidence
from hieuhoc.field import doing
from hieuhoc.field.desk import Desk
from hieuhoc.field.models import Envelope, Photo
from hieuhoc.field.tests.phones import Phone
from hieuhoc.files.models import StoredFile
from hieuhoc.registry import actions as registry
from tests.beside import at_once, waiting

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


def test_an_answer_waits_for_an_unregistration_and_then_for_the_next_registration(world, phone):
    """The dossier it waited for is gone: it is held as if it had come a moment later."""
    house = world.dossier().subject
    answer = phone.answers(house, "T-1", 45)
    with ExitStack() as beside:
        with transaction.atomic():
            dossiers.unregister([Dossier.objects.get().pk], by=world.minh, reason="Nhầm nhà")
            told = beside.enter_context(waiting(sends(phone, [[answer]])))
        assert told.result(30) == [("held", "no_base")]
    assert phone.sends(phone.makes("register", house)) == [APPLIED]
    assert Dossier.objects.get().answers["T-1"]["value"] == 45


def test_an_answer_finds_the_dossier_that_took_the_place_of_the_one_it_waited_for(world, phone):
    old = world.dossier()
    with ExitStack() as beside:
        with transaction.atomic():
            dossiers.unregister([old.pk], by=world.minh, reason="Nhầm năm")
            dossiers.register(old.round_id, old.model, by=world.minh, ids=[old.subject_id])
            told = beside.enter_context(waiting(sends(phone, [[phone.answers(old.subject, "T-1", 45)]])))
        assert told.result(30) == [APPLIED]
    assert Dossier.objects.get().answers["T-1"]["value"] == 45


def test_a_house_that_moves_away_while_it_is_waited_for_is_theirs_no_more(world, phone):
    dossier = world.dossier()
    with ExitStack() as beside:
        with transaction.atomic():
            registry.move(dossier.subject_id, place_id=world.phung.pk, by=world.minh, reason="Chuyển làng")
            told = beside.enter_context(waiting(sends(phone, [[phone.answers(dossier.subject, "T-1", 45)]])))
        assert told.result(30) == [("refused", "not_yours")]
    assert Dossier.objects.get().answers == {}


def test_dossiers_are_locked_in_one_order_also_where_a_house_has_moved(world):
    """Whoever waits for the first holds none of the later ones: a page that takes both in their order may go on."""
    moved = world.dossier(subject=world.household("Siu Blơn", place=world.phung))
    stayed = world.dossier(subject=world.household("Ksor An"))
    assert moved.pk < stayed.pk
    phone = Phone(world.minh, world.ring, world.round())
    bodies = [phone.answers(one.subject, "T-1", 45) for one in (stayed, moved)]
    with ExitStack() as beside:
        with transaction.atomic():
            Dossier.objects.select_for_update().get(pk=moved.pk)
            told = beside.enter_context(waiting(sends(phone, [bodies])))
            Dossier.objects.select_for_update(nowait=True).get(pk=stayed.pk)
        assert told.result(30) == [APPLIED] * 2


def test_a_photo_of_a_house_that_has_moved_meets_the_withdrawal_that_came_after_it(world, monkeypatch):
    """The house withdraws between the two questions about it; the photo came before that and belongs."""
    dossier = world.dossier(subject=world.household("Siu Blơn", place=world.phung))
    phone = Phone(world.minh, world.ring, world.round())
    file = StoredFile.objects.create(sha256="0" * 64, kind="jpeg", size=1, name="a.jpg")
    shot = Photo.objects.create(pk=uuid7(), person=world.minh, size=1, sha256="0" * 64, have=1, file=file)
    photo = phone.makes("photo", dossier.subject, photo=str(shot.pk))
    withdraw = phone.makes("withdraw", dossier.subject, reason="Chuyển đi")
    know = Desk.know

    def then_withdrawn(desk, letters, **more):
        know(desk, letters, **more)
        monkeypatch.undo()
        assert at_once(sends(phone, [[withdraw]])) == [[APPLIED]]

    monkeypatch.setattr(Desk, "know", then_withdrawn)
    assert phone.sends(photo) == [APPLIED]
    assert Evidence.objects.get().dossier == dossier


@pytest.mark.parametrize("mixed", [False, True], ids=["answers", "answer and note"])
def test_an_answer_that_waits_for_another_writer_keeps_what_that_one_wrote(world, phone, mixed):
    dossier = world.dossier()
    bodies = [phone.answers(dossier.subject, "T-1", 45)]
    bodies += [phone.makes("note", dossier.subject, text="Đã hỏi")] if mixed else []
    with ExitStack() as beside:
        with transaction.atomic():
            dossiers.answer_many([Given(dossier.pk, "T-2", 40)], by=world.minh)
            told = beside.enter_context(waiting(sends(phone, [bodies])))
        assert told.result(30) == [APPLIED] * len(bodies)
    stands = Dossier.objects.get().answers
    assert {key: cell["value"] for key, cell in stands.items()} == {"T-1": 45, "T-2": 40}
