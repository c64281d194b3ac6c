"""Two people at once: nothing slips into a version while another publishes it."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from hieuhoc.criteria import actions
from hieuhoc.criteria.actions import Refused
from hieuhoc.criteria.models import CriteriaVersion, Indicator, Status

pytestmark = pytest.mark.django_db(transaction=True)
ROW = {"key": "X-1", "label": "Thêm", "kind": "score", "points": 1, "floor": None}


@pytest.fixture
def draft(world):
    actions.load_shipped_sets()
    family = CriteriaVersion.objects.get(set__code="demo-family")
    return actions.draft_from(family.pk, "2", by=world.national)


def elsewhere(act):
    """Start `act` in a connection of its own; gives the thread and a list for what it raised."""
    raised = []

    def run():
        try:
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, raised


def publish(pk):
    CriteriaVersion.objects.filter(pk=pk).update(status=Status.PUBLISHED, published_at=timezone.now())


def test_an_indicator_added_by_another_waits_for_the_publication_and_is_refused(draft):
    with transaction.atomic():
        publish(draft.pk)
        thread, raised = elsewhere(
            lambda: Indicator.objects.create(
                version_id=draft.pk, position=99, key="X-1", label="x", kind="score", criterion="1"
            )
        )
        thread.join(0.4)
        assert thread.is_alive()
    thread.join(10)
    assert isinstance(raised[0], IntegrityError)
    assert not draft.indicators.filter(key="X-1").exists()


def test_a_publication_waits_for_the_indicator_being_added(draft):
    with transaction.atomic():
        Indicator.objects.create(version=draft, position=99, key="X-1", label="x", kind="score", criterion="1")
        thread, raised = elsewhere(lambda: publish(draft.pk))
        thread.join(0.4)
        assert thread.is_alive()
    thread.join(10)
    assert raised == []
    draft.refresh_from_db()
    assert (draft.status, draft.indicators.filter(key="X-1").count()) == (Status.PUBLISHED, 1)


def test_of_an_edit_and_a_publication_at_once_the_later_is_refused(draft, world):
    with transaction.atomic():
        actions.publish(draft.pk, by=world.national)
        thread, raised = elsewhere(lambda: actions.put_indicator(draft.pk, "1", ROW, by=world.national))
        thread.join(0.4)
        assert thread.is_alive()
    thread.join(10)
    assert isinstance(raised[0], Refused)
    assert draft.indicators.count() == 9
