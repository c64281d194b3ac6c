"""What a pull brings: everything at first, then only what changed, and always who is still there."""

from __future__ import annotations

import json
import time
from datetime import date

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate

from hieuhoc.common.ids import uuid7
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.attaching import Kept
from hieuhoc.field import queries
from hieuhoc.field.models import Photo
from hieuhoc.field.tests.phones import Phone
from hieuhoc.files.models import StoredFile
from hieuhoc.places.models import UnitVersion
from hieuhoc.registry import actions as registry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pull(world):
    """``pull(since)`` of Ksor H'Lung at Làng Ring."""

    def ask(since="", person=None):
        person = person or world.ksor
        return queries.pull(person, world.ring.pk, since, queries.places_of(person))

    return ask


def settled(pull):
    """A cursor that lies behind all that was written: work elsewhere on the same server holds it back for a while."""
    for _ in range(400):
        cursor = pull()["cursor"]
        if not pull(cursor)["subjects"] and not pull(cursor)["dossiers"]:
            return cursor
        time.sleep(0.05)
    raise AssertionError("the server never came to rest")


def test_a_first_pull_brings_the_village_its_round_and_its_criteria(world, pull):
    dossier = world.dossier(subject=world.household("Ksor An", details={"members": 4}, code="012"))
    dossiers.answer(dossier.pk, {"T-1": 45}, by=world.minh)
    world.household("Siu Blơn", place=world.phung)
    told = json.loads(json.dumps(pull(), cls=DjangoJSONEncoder))
    assert told["full"] is True and [one["year"] for one in told["rounds"]] == [world.round().year]
    family = told["rounds"][0]["models"]["FAMILY"]
    assert (family["pass_mark"], [one["key"] for one in family["indicators"]]) == (80, ["T-1", "T-2"])
    assert told["subjects"] == [
        {"id": str(dossier.subject_id), "model": "FAMILY", "name": "Ksor An", "code": "012", "about": "4 khẩu"}
    ]
    got = told["dossiers"][0]
    assert got["answers"] == {"T-1": {"value": 45, "rev": 1, "by": "Nguyễn Thị Minh"}}
    assert (got["outcome"], got["total"], got["locked"]) == ("incomplete", "45", "")


def test_after_the_cursor_only_what_changed_comes(world, pull):
    an, binh = (world.dossier(subject=world.household(name)) for name in ("Ksor An", "Ksor Bình"))
    cursor = settled(pull)
    nothing = pull(cursor)
    assert (nothing["full"], nothing["subjects"], nothing["dossiers"]) == (False, [], [])
    dossiers.answer(binh.pk, {"T-1": 45}, by=world.minh)
    changed = pull(cursor)
    assert [one["subject"] for one in changed["dossiers"]] == [binh.subject_id] and changed["subjects"] == []
    assert set(changed["present"]) == {an.subject_id, binh.subject_id}
    assert pull(settled(pull))["dossiers"] == []


def test_what_has_left_is_no_more_among_those_present(world, pull):
    an, binh = (world.household(name) for name in ("Ksor An", "Ksor Bình"))
    cursor = pull()["cursor"]
    registry.close(an.pk, by=world.minh, reason="Chuyển đi")
    registry.move(binh.pk, place_id=world.phung.pk, by=world.minh, reason="Chuyển làng")
    assert pull(cursor)["present"] == []


def test_a_registration_taken_back_is_no_more_among_the_registered(world, pull):
    dossier = world.dossier()
    first = pull()
    assert first["registered"] == [[world.round().pk, dossier.subject_id]]
    dossiers.unregister([dossier.pk], by=world.minh, reason="Nhầm hộ")
    after = pull(first["cursor"])
    assert (after["registered"], after["present"]) == ([], [dossier.subject_id])


def test_what_was_written_while_the_cursor_was_taken_is_not_missed(world, pull):
    """A transaction that began before the pull and ends after it is seen by the next one."""
    from threading import Event, Thread

    from django.db import connection, transaction

    dossier = world.dossier()
    begun, go_on = Event(), Event()

    def slow():
        with transaction.atomic():
            dossiers.answer(dossier.pk, {"T-1": 45}, by=world.minh)
            begun.set()
            go_on.wait(20)
        connection.close()

    thread = Thread(target=slow)
    thread.start()
    begun.wait(20)
    first = pull()
    go_on.set()
    thread.join()
    assert first["dossiers"][0]["answers"] == {}
    assert pull(first["cursor"])["dossiers"][0]["answers"]["T-1"]["value"] == 45


@pytest.mark.parametrize("since", ["x", "1.2", "1.2.3", "-1.-2.-3", "....", "1" * 400])
def test_a_cursor_of_elsewhere_brings_everything(world, pull, since):
    world.household()
    assert pull(since)["full"] is True and len(pull(since)["subjects"]) == 1


def test_a_role_of_the_database_without_privileges_may_ask_where_it_stands(db):
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("create role plain_of_the_test nologin")
        cursor.execute("set local role plain_of_the_test")
        assert queries.here().transaction > 0
        cursor.execute("reset role")
        cursor.execute("drop role plain_of_the_test")


def test_a_village_that_has_ended_is_no_place_to_write(world, pull):
    today = localdate()
    UnitVersion.objects.filter(unit=world.ring).update(valid=DateRange(date(2025, 7, 1), today))
    assert world.ring.pk not in queries.places_of(world.minh) and world.phung.pk in queries.places_of(world.minh)


def test_a_closed_round_is_not_carried(world, pull):
    world.dossier()
    world.round().__class__.objects.update(state="closed")
    assert (pull()["rounds"], pull()["dossiers"]) == ([], [])


def test_a_conflict_of_ones_own_stays_in_sight_until_it_is_settled(world, pull):
    dossier = world.dossier()
    dossiers.answer(dossier.pk, {"T-1": 50}, by=world.minh)
    phone = Phone(world.ksor, world.ring, world.round())
    body = phone.answers(dossier.subject, "T-1", 10)
    phone.sends(body)
    assert [(str(one["id"]), one["outcome"], one["key"]) for one in pull()["open"]] == [(body["id"], "conflict", "T-1")]
    assert pull(person=world.minh)["open"] == []


def test_ones_own_photos_are_named_so_that_they_can_be_taken_back(world, pull):
    dossier, phone = world.dossier(), Phone(world.ksor, world.ring, world.round())
    file = StoredFile.objects.create(sha256="0" * 64, kind="jpeg", size=1, name="a.jpg")
    shot = Photo.objects.create(pk=uuid7(), person=world.ksor, size=1, sha256="0" * 64, have=1, file=file)
    sent = phone.makes("photo", dossier.subject, key="T-1", photo=str(shot.pk))
    assert phone.sends(sent) == [("applied", "")]
    dossiers.attach_kept([Kept(dossier.pk, file.pk, "T-1")], by=world.minh)
    got = pull()["dossiers"][0]
    assert got["evidence"] == {"T-1": 2}
    assert got["sent"] == [{"id": sent["id"], "key": "T-1", "at": sent["at"]}]
    assert pull(person=world.minh)["dossiers"][0]["sent"] == []
    phone.sends(phone.makes("drop_photo", dossier.subject, key="T-1", after=sent["id"]))
    got = pull()["dossiers"][0]
    assert (got["evidence"], got["sent"]) == ({"T-1": 1}, [])


def test_three_hundred_households_are_as_few_questions_as_one(world, pull, django_assert_max_num_queries):
    for n in range(30):
        world.dossier(subject=world.household(f"Ksor {n}"))
    pull()  # the criteria are read once and kept
    with django_assert_max_num_queries(14):  # may only fall
        assert len(pull()["dossiers"]) == 30
