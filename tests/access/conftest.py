"""Browsers of everybody in the world, for the table of who may open what."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def browsers(world, browse) -> dict[str, Client]:
    """A signed-in browser for each person, and the stranger's."""
    return {"stranger": browse()} | {name: browse(person) for name, person in world.people.items()}
