"""The catalogue in the test database, and a commune with villages to act upon."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.contrib.auth import get_user_model

from hieuhoc.places import actions, tree
from hieuhoc.places.tests.country import country, loaded

__all__ = ["country", "loaded"]
OLD, NEW, TODAY = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 21)
BASIS = "Nghị quyết 12/NQ-HĐND ngày 1/8/2026"


@pytest.fixture
def minh(db):
    return get_user_model().objects.create(username="minh", full_name="Nguyễn Văn Minh")


@dataclass
class Commune:
    """Xã Ia Tôr with some of its villages by name."""

    id: int
    villages: dict[str, int]

    def __getitem__(self, name: str) -> int:
        return self.villages[name]


@pytest.fixture
def ia_tor(country, minh) -> Commune:
    commune = tree.by_code("23908", "commune", TODAY).unit_id
    names = ["Thôn 1", "Thôn 2", "Thôn 10", "Làng Ring", "Thôn Phù Cát"]
    return Commune(commune, actions.open_villages(commune, names, by=minh))
