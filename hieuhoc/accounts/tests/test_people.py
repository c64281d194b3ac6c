"""Accounts are made, corrected, stopped: one act, one line, by whoever manages the place."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from hieuhoc.accounts import actions, queries
from hieuhoc.accounts.access import Forbidden, can
from hieuhoc.accounts.actions import Refused
from hieuhoc.accounts.models import Post, Role, User
from hieuhoc.audit.models import Entry


def test_a_new_account_has_a_post_a_link_and_no_password(world, new, entry):
    handed = actions.make_account(new(phone="905000123", last=date(2030, 12, 31)), by=world.admin, reason="QĐ 12")
    user = User.objects.get(username="ngarl")
    post = user.posts.get()
    assert (user.full_name, user.phone, user.search_key) == ("Rah Lan H'Nga", "0905000123", "rah lan hnga")
    assert not user.has_usable_password() and not user.is_staff and not user.is_superuser
    assert (post.role, post.place, post.granted_by, post.reason) == (
        Role.COMMUNE_OFFICER,
        world.ia_tor,
        world.admin,
        "QĐ 12",
    )
    assert post.valid.upper == date(2031, 1, 1)
    assert handed.user == user and user.invitations.count() == 1
    line = entry("account.make")
    assert (line.actor, line.place, line.reason) == (world.admin, world.ia_tor, "QĐ 12")


def test_the_telephone_is_not_written_into_the_log(world, new, entry):
    actions.make_account(new(phone="0905000123"), by=world.admin)
    assert "0905000123" not in str(entry("account.make").after)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"username": "minh"}, "«minh» đã có người dùng"),
        ({"username": "Ng"}, "Tên đăng nhập dài 3 đến 30"),
        ({"role": Role.VILLAGE_RECORDER}, "phải gắn với: thôn"),
        ({"role": "king"}, "Không có vai trò"),
        ({"full_name": "  "}, "Họ và tên cần có"),
        ({"full_name": "x" * 121}, "120 ký tự"),
        ({"phone": "12"}, "10 chữ số"),
        ({"last": date(2020, 1, 1)}, "đứng trước ngày đầu"),
    ],
)
def test_a_wrong_account_is_refused_and_nothing_stays(world, new, other, said):
    before = User.objects.count(), Post.objects.count(), Entry.objects.count()
    with pytest.raises(Refused, match=said):
        actions.make_account(new(**other), by=world.admin)
    assert (User.objects.count(), Post.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize("person", ["minh", "hoa", "ksor", "lan", "province", "national", "inspector", "nobody"])
def test_only_an_administrator_of_the_place_makes_accounts(world, new, person):
    with pytest.raises(Forbidden):
        actions.make_account(new(), by=world.people[person])
    assert not User.objects.filter(username="ngarl").exists()


def test_an_administrator_makes_no_accounts_next_door(world, new):
    with pytest.raises(Forbidden):
        actions.make_account(new(place_id=world.ia_bang.pk), by=world.admin)


def test_a_place_that_ended_takes_no_account(world, new):
    world.ia_bang.versions.update(valid=(date(2025, 7, 1), localdate()))
    with pytest.raises(Refused, match="không còn"):
        actions.make_account(new(place_id=world.ia_bang.pk), by=None)


def test_many_accounts_are_one_act_and_each_keeps_it_in_its_history(world, new, entry):
    many = [new(username=f"nguoi{n}", full_name=f"Người Thứ {n}") for n in range(5)]
    handed = actions.make_accounts(many, by=world.admin, place_id=world.ia_tor.pk, source="ds.xlsx")
    assert len({one.token for one in handed}) == 5
    line = entry("account.import")
    assert (line.count, line.after) == (5, {"count": 5, "source": "ds.xlsx"})
    for one in handed:
        assert [told.words for told in queries.history(one.user)] == ["Lập tài khoản từ bảng"]


def test_many_accounts_cost_as_many_statements_as_few(world, new):
    def statements(names) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            many = [new(username=name, full_name=name) for name in names]
            actions.make_accounts(many, by=world.admin, place_id=world.ia_tor.pk)
        return len(seen)

    assert statements([f"it{n}" for n in range(2)]) == statements([f"nhieu{n}" for n in range(200)])


def test_one_wrong_row_of_many_refuses_all(world, new):
    with pytest.raises(Refused):
        actions.make_accounts([new(), new(username="minh")], by=world.admin, place_id=world.ia_tor.pk)
    assert not User.objects.filter(username="ngarl").exists()


def test_the_same_user_name_twice_in_one_sheet_is_refused(world, new):
    with pytest.raises(Refused, match="ngarl"):
        actions.make_accounts([new(), new()], by=world.admin, place_id=world.ia_tor.pk)


def test_a_correction_says_what_changed_without_the_number(world, entry):
    actions.correct(
        world.minh.pk, full_name="Nguyễn Thị  Minh Hà", phone="0905000999", by=world.admin, reason="Sai tên"
    )
    world.minh.refresh_from_db()
    assert (world.minh.full_name, world.minh.search_key) == ("Nguyễn Thị Minh Hà", "nguyen thi minh ha")
    line = entry("account.correct")
    assert line.before == {"full_name": "Nguyễn Thị Minh"}
    assert line.after == {"full_name": "Nguyễn Thị Minh Hà", "phone_changed": True}


def test_nobody_corrects_a_person_out_of_hand(world):
    with pytest.raises(Forbidden):
        actions.correct(world.lan.pk, full_name="x", phone="", by=world.admin)


def test_a_stopped_account_loses_sign_in_rights_and_links(world, new, entry):
    handed = actions.make_account(new(), by=world.admin)
    actions.deactivate(handed.user.pk, by=world.admin, reason="Nghỉ việc")
    handed.user.refresh_from_db()
    assert not handed.user.is_active
    assert not can(handed.user, "round.open", world.ia_tor.pk)
    assert actions.open_invitation(handed.token) is None
    assert entry("account.deactivate").reason == "Nghỉ việc"


def test_stopping_needs_a_reason(world):
    with pytest.raises(Refused, match="lý do"):
        actions.deactivate(world.minh.pk, by=world.admin, reason="  ")


def test_nobody_stops_oneself(world):
    with pytest.raises(Refused, match="chính mình"):
        actions.deactivate(world.admin.pk, by=world.admin, reason="mệt")


def test_stopping_twice_and_opening_twice_are_refused(world):
    actions.deactivate(world.minh.pk, by=world.admin, reason="Nghỉ")
    with pytest.raises(Refused, match="từ trước"):
        actions.deactivate(world.minh.pk, by=world.admin, reason="Nghỉ")
    actions.reactivate(world.minh.pk, by=world.admin)
    with pytest.raises(Refused, match="đang dùng được"):
        actions.reactivate(world.minh.pk, by=world.admin)


def test_an_account_opened_again_has_its_rights_again(world):
    actions.deactivate(world.minh.pk, by=world.admin, reason="Nghỉ")
    actions.reactivate(world.minh.pk, by=world.admin, reason="Làm lại")
    world.minh.refresh_from_db()
    assert can(world.minh, "round.open", world.ia_tor.pk)


def test_one_changes_the_own_telephone(world, entry):
    actions.change_own_phone("0905 000 777", by=world.nobody)
    world.nobody.refresh_from_db()
    assert world.nobody.phone == "0905000777"
    assert entry("account.phone").after is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("minh", ["minh"]),
        ("nguyen thi", ["minh"]),
        ("HÒA", ["hoa", "admin"]),
        ("siu hoan", ["admin"]),
        ("lan", []),
        ("zz", []),
    ],
)
def test_people_are_found_without_marks(world, typed, found):
    assert [user.username for user in queries.people_list(world.admin, typed)] == found


def test_people_stand_in_the_order_of_given_names(world):
    names = [user.full_name for user in queries.people_list(world.admin)]
    assert names == ["Ksor H'Lung", "Trần Văn Hòa", "Siu Hoan", "Nguyễn Thị Minh"]


def test_the_state_of_an_account_follows_its_life(world, new, signed):
    def state() -> str:
        return queries.people_list(world.admin).get(username="ngarl").state

    handed = actions.make_account(new(), by=world.admin)
    assert state() == "waiting"
    handed.user.invitations.update(expires_at=handed.expires_at - timedelta(days=8))
    assert state() == "expired"
    signed(handed.user)
    assert state() == "working"
    Post.objects.filter(user=handed.user).update(valid=(date(2025, 7, 1), localdate()))
    assert state() == "idle"
    actions.deactivate(handed.user.pk, by=world.admin, reason="Nghỉ")
    assert state() == "stopped"


def test_the_list_is_narrowed_by_state_and_role(world):
    assert [one.username for one in queries.people_list(world.admin, role=Role.COMMUNE_APPROVER)] == ["hoa"]
    assert not queries.people_list(world.admin, state="stopped").exists()
