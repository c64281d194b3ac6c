"""Whose subjects a person reaches: by commune, by village, by the post worked under; what is out of reach is absent."""

import pytest
from django.http import Http404
from django.test import RequestFactory

from hieuhoc.accounts.models import Role
from hieuhoc.registry import access
from hieuhoc.registry.models import Model


def asking(user, post=None, **query):
    """A request of a person who works under a post."""
    request = RequestFactory().get("/", query)
    request.user, request.session = user, {"post": post} if post else {}
    return request


@pytest.mark.parametrize(
    ("person", "commune"), [("minh", "ia_tor"), ("ksor", "ia_tor"), ("lan", "ia_bang"), ("hoa", "ia_tor")]
)
def test_the_list_is_of_the_commune_of_the_post(world, person, commune):
    assert access.commune_for(asking(getattr(world, person))) == getattr(world, commune).pk


@pytest.mark.parametrize("person", ["province", "national", "inspector"])
def test_above_communes_one_is_asked_for(world, person):
    user = getattr(world, person)
    assert access.commune_for(asking(user)) is None
    assert access.commune_for(asking(user, xa=world.ia_bang.pk)) == world.ia_bang.pk


@pytest.mark.parametrize(
    ("person", "commune"), [("minh", "ia_bang"), ("ksor", "ia_bang"), ("lan", "ia_tor"), ("admin", "ia_tor")]
)
def test_a_commune_out_of_reach_is_absent(world, person, commune):
    with pytest.raises(Http404):
        access.commune_for(asking(getattr(world, person), xa=getattr(world, commune).pk))


def test_who_has_no_post_reaches_nothing(world):
    with pytest.raises(Http404):
        access.commune_for(asking(world.nobody))
    assert access.rights_within(world.nobody, world.ia_tor.pk) == frozenset()
    assert not access.communes_for(world.nobody).exists()


def test_of_two_posts_the_one_worked_under_counts(world):
    second = world.post(world.minh, Role.COMMUNE_OFFICER, world.ia_bang)
    assert access.commune_for(asking(world.minh)) == world.ia_tor.pk
    assert access.commune_for(asking(world.minh, post=second.pk)) == world.ia_bang.pk
    assert access.commune_for(asking(world.minh, post=999_999)) == world.ia_tor.pk


def test_a_post_that_gives_no_such_right_is_passed_over(world):
    world.post(world.admin, Role.INSPECTOR, world.ia_bang)
    assert access.commune_for(asking(world.admin)) == world.ia_bang.pk


@pytest.mark.parametrize(
    ("person", "places"),
    [("minh", ["Xã Ia Tôr", "Làng Phung", "Làng Ring"]), ("ksor", ["Làng Ring"]), ("lan", []), ("province", None)],
)
def test_the_places_to_choose_from_are_those_within_reach(world, person, places):
    found = list(access.places_for(getattr(world, person), world.ia_tor.pk).values())
    assert found == (["Xã Ia Tôr", "Làng Phung", "Làng Ring"] if places is None else places)


@pytest.mark.parametrize(
    ("person", "right", "has"),
    [
        ("minh", "registry.merge", True), ("ksor", "registry.write", True), ("ksor", "registry.merge", False),
        ("hoa", "registry.write", False), ("hoa", "recognition.decide", True), ("province", "registry.read", True),
        ("lan", "registry.read", False), ("admin", "registry.read", False),
    ],
)  # fmt: skip
def test_rights_are_those_of_the_posts_in_and_above_the_commune(world, person, right, has):
    user = getattr(world, person)
    assert (right in access.rights_within(user, world.ia_tor.pk)) == has
    assert (right in access.rights_at(user, world.ring.pk)) == has


def test_rights_in_one_village_are_not_rights_in_the_next(world):
    assert "registry.write" in access.rights_within(world.ksor, world.ia_tor.pk)
    assert access.rights_at(world.ksor, world.phung.pk) == frozenset()


def test_subjects_are_those_of_the_places_within_reach(world):
    own, next_door = world.household("Ksor Một"), world.household("Siu Ó", place=world.phung)
    office = world.organisation()
    assert set(access.subjects_for(world.minh, world.ia_tor.pk)) == {own, next_door, office}
    assert set(access.subjects_for(world.ksor, world.ia_tor.pk)) == {own}
    assert not access.subjects_for(world.lan, world.ia_tor.pk).exists()


def test_a_closed_subject_is_still_reached_and_an_unknown_one_is_absent(world):
    one = world.subject(Model.CLAN, "Dòng họ Ksor", active_to="2026-01-01")
    assert access.subject_for(world.minh, one.pk) == one
    with pytest.raises(Http404):
        access.subject_for(world.lan, one.pk)
    with pytest.raises(Http404):
        access.subject_for(world.ksor, one.pk, "registry.merge")


def test_the_communes_to_choose_from_have_subjects(world):
    world.household()
    assert list(access.communes_for(world.province)) == [world.ia_tor.pk]
