"""A published version stays as it was, whoever asks: the database refuses, not only the code."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from hieuhoc.criteria import actions, queries
from hieuhoc.criteria.models import CriteriaVersion, Indicator, Status

pytestmark = pytest.mark.django_db

CHANGES = [
    {"title": "Khác"},
    {"notice": ""},
    {"body": {}},
    {"state": "official"},
    {"judging": "levels"},
    {"complete": False},
    {"version": "9"},
    {"valid": (None, None)},
    {"used_at": []},
    {"status": Status.DRAFT},
    {"published_at": timezone.now()},
    {"retired_at": timezone.now()},
]


@pytest.fixture
def published(shipped):
    return shipped("cdht-324")


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_nothing_of_a_published_version_can_be_changed(published, change):
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        CriteriaVersion.objects.filter(pk=published.pk).update(**change)


def test_a_published_version_cannot_be_deleted_even_in_plain_sql(published):
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from criteria_indicator where version_id = %s", [published.pk])
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from criteria_criteriaversion where id = %s", [published.pk])


def test_its_indicators_can_be_neither_changed_nor_taken_nor_added_to(published):
    own = Indicator.objects.filter(version=published)
    for act in (
        lambda: own.update(points=9),
        lambda: own.filter(key="CD-1.1").delete(),
        lambda: Indicator.objects.create(
            version=published, position=99, key="X", label="X", kind="score", criterion="1"
        ),
    ):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            act()
    assert own.count() == 10


def test_an_indicator_cannot_be_moved_in_or_out_of_a_published_version(published, draft):
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Indicator.objects.filter(version=published, key="CD-1.1").update(version=draft)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Indicator.objects.filter(version=draft, key="GD-1.1").update(version=published)


def test_a_draft_can_be_changed_and_deleted(draft):
    CriteriaVersion.objects.filter(pk=draft.pk).update(title="Khác")
    draft.indicators.filter(key="GD-1.1").update(points=5)
    draft.indicators.all().delete()
    draft.delete()
    assert not CriteriaVersion.objects.filter(pk=draft.pk).exists()


def test_a_published_version_can_only_be_retired_and_that_is_final(published):
    CriteriaVersion.objects.filter(pk=published.pk).update(status=Status.RETIRED, retired_at=timezone.now())
    for change in ({"status": Status.PUBLISHED, "retired_at": None}, {"status": Status.DRAFT}, {"retired_at": None}):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            CriteriaVersion.objects.filter(pk=published.pk).update(**change)


def test_a_draft_is_not_retired(draft):
    with pytest.raises(IntegrityError, match="draft"), transaction.atomic():
        CriteriaVersion.objects.filter(pk=draft.pk).update(status=Status.RETIRED, published_at=timezone.now())


def test_the_set_of_a_published_version_stays(published):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from criteria_criteriaset where id = %s", [published.set_id])
        cursor.execute("set constraints all immediate")


def test_two_versions_of_one_name_cannot_stand_side_by_side(published):
    with pytest.raises(IntegrityError, match="criteria_version_once"), transaction.atomic():
        CriteriaVersion.objects.create(
            set=published.set,
            version=published.version,
            title="x",
            model="CITIZEN",
            judging="points",
            state="official",
            valid=(None, None),
        )


def test_a_frozen_version_is_read_once_and_a_draft_each_time(published, draft, django_assert_num_queries, world):
    queries.criteria_of(published.pk)
    with django_assert_num_queries(0):
        queries.criteria_of(published.pk)
    assert queries.criteria_of(draft.pk).by_key["GD-1.1"].points == 10
    row = {"key": "GD-1.1", "label": "Khác", "points": 8}
    actions.put_indicator(draft.pk, "1", row, by=world.national, old_key="GD-1.1")
    assert queries.criteria_of(draft.pk).by_key["GD-1.1"].points == 8
