"""Targets of whole provinces, found without the ground, are those the general rule finds."""

from __future__ import annotations

from datetime import date

import pytest

from hieuhoc.places import tree
from hieuhoc.places.load import load
from hieuhoc.plans import national, queries, wholes
from hieuhoc.plans.tests.test_targets import TODAY, plan_of

pytestmark = pytest.mark.django_db
BEFORE = date(2025, 6, 30)


def test_all_provinces_and_the_nation_as_by_the_general_rule():
    load()
    national.load()
    nation = tree.root()
    for at, place in enumerate(tree.below(nation, BEFORE, "province")):
        if at % 3:
            plan_of(unit(place), 60 + at % 30, date(2022, 6, 1), f"{at}/KH")
    now = list(tree.below(nation, TODAY, "province"))
    for at, place in enumerate(now[::4]):
        plan_of(unit(place), 50 + at, date(2026, 3, 1), f"M{at}/KH")
    commune = next(iter(tree.below(nation, TODAY, "commune")))
    plan_of(unit(commune), 99, date(2026, 3, 1), "X/KH")
    places = [nation, *now]
    names = {place: one.in_sentence for place, one in tree.versions_of(places, TODAY).items()}
    general = queries.bound(places, 2026, TODAY)
    assert wholes.bound(names, 2026, TODAY) == {
        place: [one for one in bound if not one.territory] for place, bound in general.items()
    }


def unit(place_id):
    from hieuhoc.places.models import Unit

    return Unit.objects.get(pk=place_id)
