"""Acts on subjects: add, correct, move, close, merge and their undo; memberships that follow; who may."""

from datetime import date
from uuid import UUID

import pytest

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.registry import actions, identity, queries
from hieuhoc.registry.models import CitizenNumber, Membership, Model, Subject

NUMBER = "064079901204"


def add(world, model=Model.FAMILY, name="Ksor Thu", *, by=None, place=None, **more):
    """Add a subject of xã Ia Tôr."""
    place = place or world.ring
    return actions.add(
        model, place_id=place.pk, commune_id=world.ia_tor.pk, name=name, by=by or world.minh, **{"details": {}} | more
    )


def groups(member):
    """The names of the groups a subject belongs to now."""
    return sorted(one.group.name for one in queries.groups_of(member))


def test_a_name_is_tidied_and_keyed(world):
    one = add(world, name="  Ksor   H’Ngưn ")
    assert (one.name, one.search_key) == ("Ksor H’Ngưn", "ksor hngun")
    assert Entry.objects.get(verb="registry.add").target_id == str(one.pk)


@pytest.mark.parametrize("name", ["", "   "])
def test_a_subject_without_a_name_is_refused(world, name):
    with pytest.raises(actions.Refused, match="Thiếu tên"):
        add(world, name=name)


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        ({}, {}, True),
        ({"code": "1"}, {"code": "2"}, False),
        ({"code": "1"}, {"code": "1"}, True),
        ({}, {"code": "1"}, False),
    ],
)
def test_two_households_of_one_name_are_two_when_their_codes_say_so(world, first, second, refused):
    add(world, **first)
    if refused:
        with pytest.raises(actions.Refused, match="trùng tên"):
            add(world, **second)
    else:
        add(world, **second)
    assert Subject.objects.count() == (1 if refused else 2)


def test_hoa_and_hoa_are_one_wherever_the_mark_stands(world):
    add(world, name="Trần Thị Hoà")
    with pytest.raises(actions.Refused):
        add(world, name="TRẦN THỊ HÒA")


@pytest.mark.parametrize("person", ["hoa", "lan", "province", "inspector", "admin", "nobody"])
def test_who_may_not_write(world, person):
    one, by = add(world), getattr(world, person)
    for act in (
        lambda: add(world, name="Ksor Khác", by=by),
        lambda: actions.correct(one.pk, name="x", details={}, by=by, reason="x"),
        lambda: actions.close(one.pk, by=by, reason="x"),
        lambda: actions.move(one.pk, place_id=world.phung.pk, by=by, reason="x"),
        lambda: actions.set_citizen_number(one.pk, NUMBER, by=by),
        lambda: actions.read_citizen_number(one.pk, by=by, reason="x"),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_recorder_writes_in_the_own_village_but_moves_nobody_next_door(world):
    one = add(world, by=world.ksor)
    with pytest.raises(Forbidden):
        actions.move(one.pk, place_id=world.phung.pk, by=world.ksor, reason="x")
    with pytest.raises(Forbidden):
        actions.merge(one.pk, add(world, name="Ksor Hai").pk, by=world.ksor, reason="x")


def test_a_citizen_is_joined_to_household_and_office_by_what_the_record_says(world):
    home = add(world, code="IT-1")
    school = world.organisation("Trường Tiểu học Lê Lợi")
    details = {"household_code": "IT-1", "organisation": "trường tiểu học lê lợi"}
    person = add(world, Model.CITIZEN, "Ksor H'Nhi", details=details)
    assert groups(person) == [home.name, school.name]


def test_a_correction_ends_the_membership_it_takes_back_and_makes_the_new_one(world):
    add(world, code="IT-1")
    other = add(world, name="Siu Ó", code="IT-2")
    person = add(world, Model.CITIZEN, "Ksor H'Nhi", details={"household_code": "IT-1"})
    Membership.objects.update(valid="[2025-07-01,)")
    actions.correct(person.pk, name=person.name, details={"household_code": "IT-2"}, by=world.minh, reason="Ghi nhầm")
    assert groups(person) == [other.name]
    assert Membership.objects.filter(member=person).count() == 2
    actions.correct(person.pk, name=person.name, details={}, by=world.minh, reason="Không rõ")
    assert groups(person) == []


def test_a_correction_of_the_name_leaves_memberships_alone(world):
    add(world, code="IT-1")
    person = add(world, Model.CITIZEN, "Ksor H'Nhi", details={"household_code": "IT-1"})
    before = Membership.objects.get()
    actions.correct(person.pk, name="Ksor H'Nhí", details=person.details, by=world.minh, reason="Ghi nhầm")
    assert Membership.objects.get() == before


def test_a_move_changes_the_place_and_refuses_what_is_no_move(world):
    one = add(world)
    with pytest.raises(actions.Refused, match="trùng với nơi"):
        actions.move(one.pk, place_id=world.ring.pk, by=world.minh, reason="x")
    world.post(world.minh, "commune_officer", world.ia_bang)
    with pytest.raises(actions.Refused, match="giữa các thôn của xã"):
        actions.move(one.pk, place_id=world.brel.pk, by=world.minh, reason="x")
    actions.move(one.pk, place_id=world.phung.pk, by=world.minh, reason="Chuyển nhà")
    one.refresh_from_db()
    assert one.place == world.phung and one.natural_key.startswith(f"{world.phung.pk}|")
    entry = Entry.objects.get(verb="registry.move")
    assert (entry.before, entry.after) == ({"place": "Làng Ring"}, {"place": "Làng Phung"})


def test_a_move_onto_a_twin_is_refused(world):
    one = add(world)
    add(world, place=world.phung)
    with pytest.raises(actions.Refused, match="trùng tên"):
        actions.move(one.pk, place_id=world.phung.pk, by=world.minh, reason="x")


def test_a_closed_subject_takes_nothing_more_and_opens_again(world):
    one = add(world)
    actions.close(one.pk, by=world.minh, reason="Chuyển đi", day=date(2026, 6, 1))
    for act in (
        lambda: actions.correct(one.pk, name="x", details={}, by=world.minh, reason="x"),
        lambda: actions.close(one.pk, by=world.minh, reason="x"),
        lambda: actions.move(one.pk, place_id=world.phung.pk, by=world.minh, reason="x"),
        lambda: actions.set_citizen_number(one.pk, NUMBER, by=world.minh),
    ):
        with pytest.raises(actions.Refused, match="đã đóng"):
            act()
    actions.reopen(one.pk, by=world.minh, reason="Về lại")
    assert queries.active(world.ia_tor.pk).get() == one


def test_one_whose_name_was_taken_meanwhile_is_not_opened_again(world):
    one = add(world)
    actions.close(one.pk, by=world.minh, reason="Chuyển đi")
    add(world)
    with pytest.raises(actions.Refused, match="trùng tên"):
        actions.reopen(one.pk, by=world.minh, reason="Về lại")


def test_a_closing_needs_its_reason(world):
    with pytest.raises(actions.Refused, match="lý do"):
        actions.close(add(world).pk, by=world.minh, reason=" ")


def test_a_number_is_kept_sealed_found_again_and_forgotten(world):
    one = add(world, Model.CITIZEN, "Ksor H'Nhi")
    actions.set_citizen_number(one.pk, NUMBER, by=world.minh)
    kept = CitizenNumber.objects.get()
    assert NUMBER.encode() not in bytes(kept.ciphertext) + bytes(kept.digest)
    assert identity.reveal(kept.ciphertext) == NUMBER and identity.masked(kept.last_three) == "•••••••••204"
    assert queries.search(queries.active(world.ia_tor.pk), NUMBER).get() == one
    assert actions.read_citizen_number(one.pk, by=world.minh, reason="Đối chiếu") == NUMBER
    actions.set_citizen_number(one.pk, "", by=world.minh)
    assert not CitizenNumber.objects.exists()
    assert NUMBER not in str(list(Entry.objects.values()))


@pytest.mark.parametrize("number", ["1", "06407990120", "0640799012045", "06407990120a", "²64079901204"])
def test_a_number_that_is_none_is_refused(world, number):
    one = add(world, Model.CITIZEN, "Ksor H'Nhi")
    with pytest.raises(actions.Refused, match="12 chữ số"):
        actions.set_citizen_number(one.pk, number, by=world.minh)


def test_a_merge_hands_over_what_the_kept_one_lacks_and_gives_it_back(world):
    keep, drop = (
        add(world, details={"members": 3}),
        add(world, code="IT-2", phone="0905000001", details={"members": 4, "adults": 2}),
    )
    clan = world.subject(Model.CLAN, "Dòng họ Ksor")
    world.member(drop, clan, role="family")
    person, both = world.citizen("Ksor H'Nhi"), world.citizen("Ksor H'Bia")
    world.member(person, drop, role="person")
    world.member(both, drop, role="person")
    world.member(both, keep, role="person")
    actions.set_citizen_number(drop.pk, NUMBER, by=world.minh)
    actions.merge(keep.pk, drop.pk, by=world.minh, reason="Một hộ")
    keep.refresh_from_db()
    drop.refresh_from_db()
    assert (keep.code, keep.phone, keep.details) == ("IT-2", "0905000001", {"members": 3, "adults": 2})
    assert drop.merged_into == keep and drop.active_to is not None
    assert {one.member for one in queries.members_of(keep)} == {person, both}
    assert groups(keep) == ["Dòng họ Ksor"] and CitizenNumber.objects.get().subject == keep
    actions.unmerge(drop.pk, by=world.minh)
    keep.refresh_from_db()
    drop.refresh_from_db()
    assert (keep.code, keep.phone, keep.details, drop.active_to, drop.merged_into) == (
        "",
        "",
        {"members": 3},
        None,
        None,
    )
    assert {one.member for one in queries.members_of(drop)} == {person, both}
    assert groups(drop) == ["Dòng họ Ksor"] and CitizenNumber.objects.get().subject == drop


def test_what_is_not_two_of_one_kind_is_not_merged(world):
    one = add(world)
    for other, said in ((one, "là một"), (world.citizen(), "cùng loại")):
        with pytest.raises(actions.Refused, match=said):
            actions.merge(one.pk, other.pk, by=world.minh, reason="x")
    with pytest.raises(actions.Refused, match="không phải là mục đã gộp"):
        actions.unmerge(one.pk, by=world.minh)


def test_a_merged_one_is_opened_by_taking_the_merge_apart_only(world):
    keep, drop = add(world), add(world, code="IT-2")
    actions.merge(keep.pk, drop.pk, by=world.minh, reason="Một hộ")
    with pytest.raises(actions.Refused, match="Bỏ gộp"):
        actions.reopen(drop.pk, by=world.minh, reason="x")


def test_a_roster_brought_again_does_not_take_a_merge_apart(world):
    places = {"Làng Ring": world.ring.pk, None: world.ia_tor.pk}
    rows = {
        "_row": [2, 3],
        "village": ["Làng Ring", "Làng Ring"],
        "head_name": ["Ksor Thu", "Ksor Thu"],
        "household_code": ["IT-1", "IT-2"],
    }
    actions.enrol("households", rows, commune_id=world.ia_tor.pk, places=places, by=world.minh)
    first, second = Subject.objects.order_by("code")
    actions.merge(first.pk, second.pk, by=world.minh, reason="Một hộ")
    actions.enrol("households", rows, commune_id=world.ia_tor.pk, places=places, by=world.minh)
    assert queries.active(world.ia_tor.pk).get() == first


PAIRS = [
    # model, first, second, said to be a pair
    (Model.FAMILY, {}, {"code": "IT-1"}, True),
    (Model.FAMILY, {"code": "IT-1"}, {"code": "IT-2"}, False),
    (Model.CITIZEN, {"details": {"birth_date": "1959"}}, {"details": {"birth_date": "1959-11-21"}}, True),
    (Model.CITIZEN, {"details": {"birth_date": "1959-11-21"}}, {"details": {"birth_date": "1960"}}, False),
    (Model.CITIZEN, {}, {"details": {"birth_date": "1960"}}, True),
]


@pytest.mark.parametrize(("model", "first", "second", "pair"), PAIRS)
def test_who_may_be_one_is_found_and_who_is_not_is_left(world, model, first, second, pair):
    one, other = add(world, model, **first), add(world, model, **second)
    add(world, model, place=world.phung)
    found = [{each.first, each.second} for each in queries.pairs(world.ia_tor.pk, model)]
    assert found == ([{one, other}] if pair else [])


def test_one_number_makes_a_pair_whatever_the_names(world):
    one, other = add(world, Model.CITIZEN, "Ksor H'Nhi"), add(world, Model.CITIZEN, "Siu Ó", place=world.phung)
    for each in (one, other):
        actions.set_citizen_number(each.pk, NUMBER, by=world.minh)
    (pair,) = queries.pairs(world.ia_tor.pk, Model.CITIZEN)
    assert {pair.first, pair.second} == {one, other} and pair.why == "Cùng số căn cước"


def test_two_said_to_be_two_are_no_pair_in_whichever_order(world):
    one, other = add(world), add(world, code="IT-1")
    actions.say_distinct(max(one.pk, other.pk), min(one.pk, other.pk), by=world.minh)
    actions.say_distinct(one.pk, other.pk, by=world.minh)
    assert queries.pairs(world.ia_tor.pk, Model.FAMILY) == []


def test_an_unknown_subject_is_an_error_not_a_silence(world):
    with pytest.raises(Subject.DoesNotExist):
        actions.close(UUID(int=1), by=world.minh, reason="x")


@pytest.mark.parametrize("act", ["move", "close", "reopen", "merge", "correct"])
def test_an_act_on_a_record_needs_its_reason(world, act):
    one, other = add(world), add(world, name="Ksor Hai")
    before = Entry.objects.count()
    given = {"by": world.minh, "reason": "  "}
    acts = {
        "move": lambda: actions.move(one.pk, place_id=world.phung.pk, **given),
        "close": lambda: actions.close(one.pk, **given),
        "reopen": lambda: actions.reopen(one.pk, **given),
        "merge": lambda: actions.merge(one.pk, other.pk, **given),
        "correct": lambda: actions.correct(one.pk, name="Ksor Ba", details={}, **given),
    }
    with pytest.raises(actions.Refused, match="lý do"):
        acts[act]()
    assert Entry.objects.count() == before
