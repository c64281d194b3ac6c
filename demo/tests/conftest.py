"""One small commune and the full one, each made once for all tests of the makers."""

import pytest

from demo.make import Manifest, build
from demo.villages import ia_tor, other_place
from demo.world import World, make_world


@pytest.fixture(scope="session")
def world() -> World:
    return make_world(ia_tor(), seed=387, households=2600, citizens=5000)


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Manifest:
    return build(tmp_path_factory.mktemp("small"), seed=5, households=280, citizens=520)


@pytest.fixture(scope="session")
def full(tmp_path_factory) -> Manifest:
    return build(tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="session")
def clean(tmp_path_factory) -> Manifest:
    place = other_place("99999", "Xã Mẫu", 900)
    return build(tmp_path_factory.mktemp("clean"), seed=5, households=900, citizens=2600, place=place, clean=True)
