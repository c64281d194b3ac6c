"""What the tests of criteria share: the shipped sets entered, and drafts to work on."""

from __future__ import annotations

import pytest

from hieuhoc.criteria import actions
from hieuhoc.criteria.models import CriteriaVersion


@pytest.fixture
def shipped(world):
    """``shipped("cdht-324")`` is the stored version of a shipped set; the world comes with it."""
    actions.load_shipped_sets()
    return lambda code: CriteriaVersion.objects.select_related("set").get(set__code=code, province=None, based_on=None)


@pytest.fixture
def draft(world, shipped):
    """A draft of the illustrative family set, made by the national officer."""
    return actions.draft_from(shipped("demo-family").pk, "2", by=world.national)
