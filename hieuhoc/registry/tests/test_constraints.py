"""What the database itself refuses, although it checks a roster once a statement and not row by row."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from hieuhoc.registry.models import CitizenNumber, Model, Subject
from hieuhoc.sheets.models import Import

NOBODY = "00000000-0000-7000-8000-000000000000"


def refused(statement: str, *values) -> bool:
    """Whether the database refuses a statement."""
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute(statement, values)
        cursor.execute("set constraints all immediate")
    return True


def subject(world, **more) -> Subject:
    """A household as a row, made without the rules of the code."""
    usual = {
        "model": Model.FAMILY, "name": "Ksor", "natural_key": f"k{more}", "active_from": date(2026, 1, 1),
        "place_id": world.ring.pk, "commune_id": world.ia_tor.pk,
    }  # fmt: skip
    return Subject(**usual | more)


@pytest.mark.parametrize("where", ["place_id", "commune_id"])
def test_a_subject_cannot_live_where_no_place_is(world, where):
    with pytest.raises(IntegrityError, match="no such place"), transaction.atomic():
        Subject.objects.bulk_create([subject(world), subject(world, **{where: 10**9})])
    one = world.household()
    assert refused(f"update registry_subject set {where} = {10**9} where id = %s", one.pk)


def test_a_subject_cannot_come_from_an_import_that_is_not_there(world):
    with pytest.raises(IntegrityError, match="no such import"), transaction.atomic():
        Subject.objects.bulk_create([subject(world, enrolled_by_import_id=NOBODY)])


def test_a_place_or_an_import_that_subjects_stand_on_stays(world, brought):
    made = brought()
    world.household(enrolled_by_import=made)
    assert refused("delete from sheets_import where id = %s", made.pk)
    assert refused("delete from places_unitversion where unit_id = %s; delete from places_ancestry where"
                   " ancestor_id = %s or descendant_id = %s; delete from places_unit where id = %s",
                   *[world.ring.pk] * 4)  # fmt: skip


def test_a_citizen_number_is_never_without_its_subject(world):
    one = world.citizen()
    number = {"ciphertext": b"x", "digest": b"y", "last_three": "123"}
    with pytest.raises(IntegrityError, match="no such subject"), transaction.atomic():
        CitizenNumber.objects.bulk_create([CitizenNumber(subject_id=NOBODY, **number)])
    CitizenNumber.objects.create(subject=one, **number)
    assert refused("delete from registry_subject where id = %s", one.pk)
    assert refused("update registry_citizennumber set subject_id = %s", NOBODY)
    one.delete()
    assert not CitizenNumber.objects.exists()


def test_nobody_is_merged_into_a_subject_that_is_not_there(world):
    one, kept = world.household(), world.citizen()
    assert refused("update registry_subject set merged_into_id = %s where id = %s", NOBODY, one.pk)
    Subject.objects.filter(pk=one.pk).update(merged_into=kept)
    assert refused("delete from registry_subject where id = %s", kept.pk)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    Subject.objects.filter(pk=one.pk).update(merged_into=None)
    assert kept.delete()[1] == {"registry.Subject": 1}


def test_one_active_subject_under_a_key(world):
    one = world.household()
    twin = subject(world, natural_key=one.natural_key)
    with pytest.raises(IntegrityError, match="registry_subject_once"), transaction.atomic():
        Subject.objects.bulk_create([twin])


@pytest.fixture
def brought(world):
    """A file that was checked, as a bare row."""
    from hieuhoc.files.models import StoredFile

    def make() -> Import:
        file = StoredFile.objects.create(sha256="0" * 64, kind="xlsx", size=1, name="a.xlsx")
        return Import.objects.create(place=world.ia_tor, kind="households", file=file)

    return make


@pytest.mark.parametrize("check", [
    "registry_subjects_stand", "registry_numbers_stand", "registry_numbers_go_first", "registry_merged_stay",
])  # fmt: skip
def test_a_check_looks_into_the_index_whatever_the_statistics_say(db, check):
    """The server may count no rows in a table while a roster is being written into it."""
    with connection.cursor() as cursor:
        cursor.execute("select proconfig from pg_proc where proname = %s", [check])
        assert cursor.fetchone() == (["enable_seqscan=off"],)
