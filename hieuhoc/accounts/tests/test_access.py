"""The gate by place: who reaches what, on which day, and who manages whose account."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils.timezone import localdate

from hieuhoc.accounts import access, actions, queries
from hieuhoc.accounts.access import Forbidden
from hieuhoc.accounts.actions import Refused
from hieuhoc.accounts.models import Post, Role
from hieuhoc.places.ancestry import rebuild
from hieuhoc.places.models import Succession, UnitVersion

TODAY = localdate()
DAY = timedelta(days=1)

#        person       right              place       may
CASES = [
    ("minh", "dossier.verify", "ia_tor", True),
    ("minh", "dossier.verify", "ring", True),
    ("minh", "dossier.verify", "gia_lai", False),
    ("minh", "dossier.verify", "ia_bang", False),
    ("minh", "dossier.verify", "brel", False),
    ("minh", "recognition.decide", "ia_tor", False),
    ("hoa", "recognition.decide", "ia_tor", True),
    ("hoa", "dossier.verify", "ia_tor", False),
    ("ksor", "dossier.write", "ring", True),
    ("ksor", "dossier.write", "phung", False),
    ("ksor", "dossier.write", "ia_tor", False),
    ("lan", "dossier.write", "brel", True),
    ("lan", "dossier.write", "ring", False),
    ("province", "dossier.read", "ring", True),
    ("province", "dossier.read", "dor", True),
    ("province", "dossier.write", "ring", False),
    ("national", "figures.read", "gia_lai", True),
    ("inspector", "paper.read", "ia_bang", True),
    ("admin", "accounts.manage", "phung", True),
    ("admin", "accounts.manage", "ia_bang", False),
    ("admin", "registry.read", "ia_tor", False),
    ("nobody", "registry.read", "ring", False),
]


@pytest.mark.parametrize(("person", "right", "place", "may"), CASES)
def test_rights_reach_down_from_the_post_and_nowhere_else(world, person, right, place, may):
    assert access.can(world.people[person], right, world.places[place].pk) is may


@pytest.mark.parametrize(("person", "right", "place", "may"), CASES[:8])
def test_require_and_see_say_the_same_as_can(world, person, right, place, may):
    user, unit = world.people[person], world.places[place].pk
    for gate, refusal in ((access.require, Forbidden), (access.see, Http404)):
        if may:
            gate(user, right, unit)
        else:
            with pytest.raises(refusal):
                gate(user, right, unit)


@pytest.mark.parametrize(
    ("first", "end", "may"),
    [
        (TODAY, None, True),
        (TODAY - DAY, TODAY + DAY, True),
        (TODAY - DAY, TODAY, False),
        (TODAY + DAY, None, False),
    ],
)
def test_a_post_gives_rights_from_its_first_to_its_last_day(world, first, end, may):
    world.post(world.nobody, Role.COMMUNE_OFFICER, world.ia_tor, first, end)
    assert access.can(world.nobody, "round.open", world.ia_tor.pk) is may


def test_a_right_can_be_asked_for_another_day(world):
    world.post(world.nobody, Role.COMMUNE_OFFICER, world.ia_tor, date(2026, 1, 1), date(2026, 2, 1))
    assert access.can(world.nobody, "round.open", world.ia_tor.pk, date(2026, 1, 31))
    assert not access.can(world.nobody, "round.open", world.ia_tor.pk, date(2026, 2, 1))


def test_a_stopped_account_has_no_rights(world):
    world.minh.is_active = False
    assert not access.can(world.minh, "dossier.verify", world.ia_tor.pk)


def test_a_stranger_has_no_rights(world):
    assert not access.can(AnonymousUser(), "registry.read", world.ring.pk)


def test_reach_is_every_place_of_the_commune(world):
    assert set(access.reach(world.minh, "registry.read")) == {world.ia_tor.pk, world.ring.pk, world.phung.pk}


def test_two_posts_add_up(world):
    world.post(world.minh, Role.COMMUNE_OFFICER, world.ia_bang)
    assert set(access.reach(world.minh, "registry.read")) == {
        world.places[name].pk for name in ("ia_tor", "ring", "phung", "ia_bang", "brel", "dor")
    }


def test_a_village_that_moved_is_reached_from_its_new_commune_only(world):
    old = UnitVersion.objects.get(unit=world.phung)
    old.valid = (old.valid.lower, TODAY - DAY)
    old.save()
    UnitVersion.objects.create(
        unit=world.phung,
        code="23710-003",
        name="Làng Phung",
        kind="làng",
        parent=world.ia_bang,
        valid=(TODAY - DAY, None),
        search_key="lang phung",
        sort_key="x",
    )
    rebuild()
    assert not access.can(world.minh, "dossier.verify", world.phung.pk)
    assert access.can(world.lan, "dossier.verify", world.phung.pk)
    assert access.can(world.minh, "dossier.verify", world.phung.pk, TODAY - 2 * DAY)


def test_what_was_of_a_merged_village_stays_with_its_heirs(world):
    """Làng Phung goes over the border into Làng Brel of xã Ia Băng: its past is looked after there."""
    UnitVersion.objects.filter(unit=world.phung).update(valid=(date(2025, 7, 1), TODAY))
    Succession.objects.create(old=world.phung, new=world.brel, day=TODAY, kind="merge", whole=True, default=True)
    rebuild()
    assert access.can(world.lan, "registry.read", world.phung.pk)
    assert not access.can(world.minh, "registry.read", world.phung.pk)
    assert access.can(world.minh, "registry.read", world.phung.pk, TODAY - DAY)


def test_nobody_is_given_a_post_at_a_village_that_ended(world):
    UnitVersion.objects.filter(unit=world.phung).update(valid=(date(2025, 7, 1), TODAY))
    Succession.objects.create(old=world.phung, new=world.ring, day=TODAY, kind="merge", whole=True, default=True)
    rebuild()
    assert world.phung.pk not in {one.unit_id for one in queries.choices(world.admin)}
    with pytest.raises(Refused, match="không còn"):
        actions.grant_post(
            world.ksor.pk, role=Role.VILLAGE_RECORDER, place_id=world.phung.pk, start=TODAY, by=world.admin
        )


def test_require_everywhere_wants_every_place(world):
    access.require_everywhere(world.admin, access.MANAGE, [world.ring.pk, world.phung.pk])
    with pytest.raises(Forbidden):
        access.require_everywhere(world.admin, access.MANAGE, [world.ring.pk, world.brel.pk])


def test_lists_open_for_whoever_has_the_right_somewhere(world):
    access.require_somewhere(world.admin, access.MANAGE)
    with pytest.raises(Forbidden):
        access.require_somewhere(world.minh, access.MANAGE)


def test_an_administrator_sees_the_people_of_the_commune(world):
    seen = {user.username for user in access.people(world.admin)}
    assert seen == {"minh", "hoa", "ksor", "admin"}


def test_a_foreign_person_is_absent(world):
    with pytest.raises(Http404):
        access.person(world.admin, world.lan.pk)


@pytest.mark.parametrize(
    ("first", "end", "managed"),
    [
        (None, None, False),
        (TODAY + DAY, None, False),
        (date(2025, 8, 1), TODAY, True),
    ],
)
def test_a_post_outside_that_still_counts_takes_the_account_out_of_hand(world, first, end, managed):
    world.post(world.minh, Role.PROVINCE_OFFICER, world.gia_lai, first, end)
    assert access.manages(world.admin, world.minh.pk) is managed


def test_when_all_posts_are_over_all_of_them_must_lie_within_reach(world):
    Post.objects.filter(user=world.ksor).update(valid=(date(2025, 7, 1), TODAY))
    assert access.manages(world.admin, world.ksor.pk)
    world.post(world.ksor, Role.VILLAGE_RECORDER, world.brel, date(2025, 7, 1), date(2025, 8, 1))
    assert not access.manages(world.admin, world.ksor.pk)


def test_nobody_manages_an_account_that_never_had_a_post(world):
    assert not access.manages(world.admin, world.nobody.pk)


def test_a_higher_administrator_manages_everybody_below(world):
    above = world.user("tinh", Role.ADMINISTRATOR, world.gia_lai)
    for person in (world.minh, world.lan, world.province, world.admin):
        access.require_manages(above, person.pk)
    with pytest.raises(Forbidden, match="quản trị cấp trên"):
        access.require_manages(above, world.national.pk)


def test_a_right_is_asked_once_within_the_block_and_anew_after_it(world, django_assert_num_queries):
    ring = {world.ring.pk}
    with access.asked_once():
        assert access.reached(world.ksor, "dossier.write", ring) == ring
        Post.objects.filter(user=world.ksor).delete()
        with django_assert_num_queries(0):
            assert access.reached(world.ksor, "dossier.write", ring) == ring
        with django_assert_num_queries(1):
            assert access.reached(world.ksor, "dossier.read", ring) == set()
    assert access.reached(world.ksor, "dossier.write", ring) == set()


def test_within_the_block_nobody_gets_the_right_of_another(world):
    ring = {world.ring.pk}
    with access.asked_once():
        assert access.reached(world.ksor, "dossier.write", ring) == ring
        assert access.reached(world.lan, "dossier.write", ring) == set()


def test_a_right_asked_for_some_places_follows_the_tree_of_the_day(world):
    """Làng Ring stands under xã Ia Tôr since 1/7/2025: whoever had the commune's post before had no right there."""
    world.post(world.lan, "commune_officer", world.ia_tor, date(2025, 1, 1), None)
    ring = {world.ring.pk}
    assert access.reached(world.lan, "dossier.write", ring, date(2025, 7, 1)) == ring
    assert access.reached(world.lan, "dossier.write", ring, date(2025, 6, 30)) == set()
