"""Loading the catalogue: quick, complete, and again without effect on what people did."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from hieuhoc.audit.models import Entry
from hieuhoc.places import actions, tree
from hieuhoc.places.load import load
from hieuhoc.places.models import Ancestry, Succession, Unit, UnitVersion
from hieuhoc.places.tests.conftest import BASIS, NEW, TODAY

pytestmark = pytest.mark.django_db


def test_everything_is_there(country):
    assert UnitVersion.objects.filter(unit__catalogue_key__isnull=False).count() == 14_175
    assert Succession.objects.count() == 10_491
    assert Unit.objects.filter(level="nation").count() == 1


def test_loading_again_does_nothing(country):
    before = Ancestry.objects.count()
    assert not load().changed
    assert Ancestry.objects.count() == before


def test_loading_leaves_one_line_in_the_act_log(country):
    assert Entry.objects.filter(verb="places.load").count() == 1


def test_a_correction_survives_loading(country, minh):
    version = tree.by_code("23908", "commune", TODAY)
    actions.correct(version.pk, by=minh, reason="Viết sai chính tả", name="Xã Ia Tor")
    assert not load().changed
    assert tree.name_of(version.unit_id, TODAY) == "Xã Ia Tor"


def test_a_rename_by_people_survives_loading(country, minh):
    unit_id = tree.by_code("23908", "commune", TODAY).unit_id
    actions.rename(unit_id, name="Xã Mới", day=date(2026, 10, 1), legal_basis=BASIS, by=minh)
    assert not load().changed
    assert tree.name_of(unit_id, TODAY) == "Xã Mới"


def test_a_version_lost_is_loaded_again_and_one_left_open_is_ended(country):
    unit_id = tree.by_code("75", "province", TODAY).unit_id
    UnitVersion.objects.filter(unit_id=unit_id, valid__startswith=date(2026, 4, 30)).delete()
    UnitVersion.objects.filter(unit_id=unit_id).update(valid=DateRange(NEW, None))
    done = load()
    assert (done.units, done.versions, done.ended) == (0, 1, 1)
    assert tree.name_of(unit_id, TODAY) == "Thành phố Đồng Nai"
    assert tree.name_of(unit_id, date(2026, 4, 29)) == "Tỉnh Đồng Nai"


def test_the_database_forbids_two_versions_of_a_unit_on_one_day(country):
    held = tree.by_code("23908", "commune", TODAY)
    held.pk, held.valid = None, DateRange(date(2026, 1, 1), date(2026, 1, 2))
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        held.save()


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"code": ""}, {"valid": DateRange(NEW, NEW)}],
    ids=["no name", "no code", "no day"],
)
def test_the_database_forbids_an_empty_version(country, wrong):
    held = tree.by_code("23908", "commune", TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitVersion.objects.filter(pk=held.pk).update(**wrong)
