"""The invented commune: its counts, that its people belong to nobody, and that its groups agree with them."""

import re
from collections import Counter
from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.identity import MARK, PREFIXES, PROVINCES, SUBSCRIBER
from demo.names import JRAI_FAMILIES, JRAI_GIVEN, KINH_FAMILIES, KINH_GIVEN, KINH_MIDDLE
from demo.villages import IA_TOR, ia_tor, other_place, write_villages
from demo.world import make_world, split_by_weight

GIVEN_VILLAGES = (
    *("Làng Ring", "Thôn Phù Cát", "Thôn 1", "Thôn 2", "Làng Klũ", "Làng Phung", "Thôn Hòa Bình"),
    *("Làng Xom Bang", "Thôn Tân Lập", "Làng Ó Gang"),
)


def everyone(world):
    homes = [*world.households, *world.spare_households]
    return [person for home in homes for person in home.people]


@pytest.mark.parametrize(
    ("what", "count"),
    [("households", 2600), ("citizens", 5000), ("clans", 9), ("communities", 14), ("organisations", 22)],
)
def test_the_commune_has_what_was_asked_for(world, what, count):
    assert len(getattr(world, what)) == count


def test_the_place_is_the_real_commune_with_the_ten_given_villages_and_four_invented():
    place = ia_tor()
    assert (place.code, place.name, place.province, place.short) == ("23908", "Xã Ia Tôr", "tỉnh Gia Lai", "Ia Tôr")
    assert tuple(village.name for village in place.villages[:10]) == GIVEN_VILLAGES
    assert len({village.name for village in place.villages}) == 14


def test_villages_csv_lists_every_village_under_its_place(tmp_path):
    write_villages(tmp_path / "villages.csv", ia_tor())
    lines = (tmp_path / "villages.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["place,village", *(f"23908,{village.name}" for village in IA_TOR)]


def test_the_same_seed_gives_the_same_people_and_another_seed_others():
    first, again, other = (make_world(ia_tor(), seed=seed, households=150, citizens=200) for seed in (1, 1, 2))
    assert [astuple(person) for person in everyone(first)] == [astuple(person) for person in everyone(again)]
    assert [person.name for person in everyone(first)] != [person.name for person in everyone(other)]


@pytest.mark.parametrize(("households", "citizens"), [(99, 500), (500, 99), (0, 0)])
def test_a_commune_too_small_for_its_villages_is_refused(households, citizens):
    with pytest.raises(ValueError, match="at least 100"):
        make_world(ia_tor(), seed=1, households=households, citizens=citizens)


def test_about_seventy_eight_in_a_hundred_households_register(world):
    registered = sum(home.registered for home in world.households)
    assert 0.76 <= registered / 2600 <= 0.80


def test_about_forty_five_in_a_hundred_citizens_are_assessed_and_all_of_them_registered(world):
    assessed = [one for one in world.citizens if one.assessed]
    assert 0.43 <= len(assessed) / 5000 <= 0.49
    assert all(one.registered for one in assessed)


def test_telephones_have_the_subscriber_part_that_belongs_to_nobody(world):
    phones = [home.phone for home in world.households if home.phone]
    assert len(phones) == len(set(phones)) > 1900
    assert all(phone[:3] in PREFIXES and phone[3:6] == SUBSCRIBER and len(phone) == 10 for phone in phones)


def test_citizen_numbers_agree_with_their_bearer_carry_the_mark_and_are_not_given_twice(world):
    numbers = [person.cccd for person in everyone(world) if person.cccd]
    assert len(numbers) == len(set(numbers))
    for person in everyone(world):
        if person.cccd:
            century = (0 if person.born.year < 2000 else 2) + (person.sex == "female")
            expected = rf"({'|'.join(PROVINCES)}){century}{person.born.year % 100:02d}{MARK}\d{{4}}"
            assert re.fullmatch(expected, person.cccd)


def test_every_head_has_a_citizen_number_and_some_others_have_none(world):
    assert all(home.head.cccd for home in world.households)
    assert any(not person.cccd for person in everyone(world))


def test_names_are_made_of_the_listed_syllables_only(world):
    kinh = {f"{m} {g}" for sex in KINH_GIVEN for m in KINH_MIDDLE[sex] for g in KINH_GIVEN[sex]}
    known = {f"{family} {rest}" for family in KINH_FAMILIES for rest in kinh}
    known |= {f"{family} {given}" for family in JRAI_FAMILIES for sex in JRAI_GIVEN for given in JRAI_GIVEN[sex]}
    assert {person.name for person in everyone(world)} <= known


def test_nobody_shares_a_name_with_another_of_the_household(world):
    for home in world.households:
        names = Counter(person.name for person in home.people)
        assert max(names.values()) == 1


def test_name_year_of_birth_and_village_are_enough_to_tell_people_apart(world):
    homes = [*world.households, *world.spare_households]
    known = Counter((h.village.name, p.name, p.born.year) for h in homes for p in h.people)
    assert max(known.values()) == 1


def test_household_codes_are_unique_and_number_the_villages_in_order(world):
    codes = [home.code for home in [*world.households, *world.spare_households]]
    assert len(codes) == len(set(codes))
    assert world.households[0].code == "IT01-001"
    assert {code[:5] for code in codes} == {f"IT{n:02d}-" for n in range(1, 15)}


def test_every_citizen_lives_in_a_listed_household_and_is_listed_once(world):
    listed = {id(person) for home in world.households for person in home.people}
    assert {id(one.person) for one in world.citizens} <= listed
    assert len({id(one.person) for one in world.citizens}) == 5000


def test_a_clan_is_its_member_families_and_its_name_is_found_once(world):
    assert len({clan.name for clan in world.clans}) == 9
    for clan in world.clans:
        members = [home for home in world.households if home.clan == clan.name]
        assert list(clan.families) == members
        assert {home.village for home in members} == {clan.village}
        assert clan.name == f"Dòng họ {members[0].family}"
        assert len(members) >= 15


def test_a_community_adds_up_its_households(world):
    for community in world.communities:
        homes = [home for home in world.households if home.village == community.village]
        assert community.households == len(homes) > 0
        assert community.population == sum(home.members for home in homes)
        assert community.registered_households == sum(home.registered for home in homes)


def test_the_staff_of_an_organisation_are_citizens_of_its_form(world):
    for body in world.organisations:
        staff = [one for one in world.citizens if one.organisation == body.name]
        assert body.staff == len(staff) > 0
        assert {one.group for one in staff} <= {1, 2, 3}
    assert sum(body.staff for body in world.organisations) == sum(bool(c.organisation) for c in world.citizens)


def test_students_are_young_and_the_four_forms_all_occur(world):
    assert {one.group for one in world.citizens} == {1, 2, 3, 4}
    assert min(one.person.born.year for one in world.citizens if one.group == 4) >= 2004


def test_adults_children_and_infants_make_the_members(world):
    for home in world.households:
        assert home.members == len(home.people) + home.children + home.infants
        assert home.people[0] is home.head


def test_more_citizens_than_the_usual_households_hold_are_made_room_for():
    crowded = make_world(other_place("99999", "Xã Mẫu", 300), seed=3, households=300, citizens=1500)
    assert len(crowded.citizens) == 1500
    assert len({one.person.cccd or id(one.person) for one in crowded.citizens}) == 1500


def test_another_place_has_numbered_villages_its_own_name_and_no_name_of_ia_tor():
    place = other_place("99999", "Xã Mẫu", 8130)
    other = make_world(place, seed=1, households=300, citizens=400)
    assert [village.name for village in place.villages] == [f"Thôn {n}" for n in range(1, 28)]
    assert "UBND xã Mẫu" in {body.name for body in other.organisations}
    assert not [body.name for body in other.organisations if "Tôr" in body.name or "{" in body.name]


@given(st.integers(0, 100_000), st.lists(st.integers(1, 500), min_size=1, max_size=40))
def test_parts_by_weight_add_up_and_stay_within_one_of_their_share(total, weights):
    parts = split_by_weight(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) <= 1
