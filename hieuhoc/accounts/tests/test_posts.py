"""Posts are granted from a day and ended on a day; nothing granted is edited."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from hieuhoc.accounts import actions, queries
from hieuhoc.accounts.access import Forbidden, can
from hieuhoc.accounts.actions import Refused
from hieuhoc.accounts.models import Role

TODAY = localdate()
DAY = timedelta(days=1)


def test_a_granted_post_gives_its_right_from_its_day_on(world, entry):
    actions.grant_post(
        world.ksor.pk,
        role=Role.VILLAGE_RECORDER,
        place_id=world.phung.pk,
        start=TODAY + DAY,
        by=world.admin,
        reason="Thôn trưởng mới",
    )
    assert not can(world.ksor, "dossier.write", world.phung.pk)
    assert can(world.ksor, "dossier.write", world.phung.pk, TODAY + DAY)
    line = entry("post.grant")
    assert (line.target_id, line.place, line.reason) == (str(world.ksor.pk), world.phung, "Thôn trưởng mới")


def test_the_same_post_twice_at_once_is_refused(world):
    with pytest.raises(Refused, match="đã giữ nhiệm vụ đó"):
        actions.grant_post(
            world.ksor.pk, role=Role.VILLAGE_RECORDER, place_id=world.ring.pk, start=TODAY, by=world.admin
        )


def test_the_same_post_again_after_its_end_is_fine(world):
    post = world.ksor.posts.get()
    actions.end_post(post.pk, last=TODAY - DAY, by=world.admin, reason="Hết nhiệm kỳ")
    again = actions.grant_post(
        world.ksor.pk, role=Role.VILLAGE_RECORDER, place_id=world.ring.pk, start=TODAY, by=world.admin
    )
    assert can(world.ksor, "dossier.write", world.ring.pk) and again.pk != post.pk


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.COMMUNE_OFFICER, "ring"),
        (Role.VILLAGE_RECORDER, "ia_tor"),
        (Role.PROVINCE_OFFICER, "ia_tor"),
        (Role.NATIONAL_OFFICER, "ia_tor"),
    ],
)
def test_a_post_of_another_level_is_refused(world, role, place):
    with pytest.raises(Refused, match="phải gắn với"):
        actions.grant_post(world.minh.pk, role=role, place_id=world.places[place].pk, start=TODAY, by=world.admin)


def test_no_post_is_granted_next_door(world):
    with pytest.raises(Forbidden):
        actions.grant_post(
            world.minh.pk, role=Role.COMMUNE_OFFICER, place_id=world.ia_bang.pk, start=TODAY, by=world.admin
        )


def test_a_post_of_an_unknown_person_is_refused(world):
    with pytest.raises(Refused, match="Không có tài khoản"):
        actions.grant_post(0, role=Role.COMMUNE_OFFICER, place_id=world.ia_tor.pk, start=TODAY, by=world.admin)


@pytest.mark.parametrize(("last", "still"), [(TODAY, True), (TODAY - DAY, False), (TODAY + DAY, True)])
def test_an_ended_post_holds_to_the_end_of_its_last_day(world, last, still):
    actions.end_post(world.minh.posts.get().pk, last=last, by=world.admin, reason="Chuyển việc")
    assert can(world.minh, "round.open", world.ia_tor.pk) is still
    assert not can(world.minh, "round.open", world.ia_tor.pk, last + DAY)


def test_an_end_is_written_down_with_what_stood_before(world, entry):
    post = actions.end_post(world.minh.posts.get().pk, last=date(2030, 6, 30), by=world.admin, reason="Nghỉ hưu")
    line = entry("post.end")
    assert (line.before["last"], line.after["last"], line.reason) == (None, "2030-06-30", "Nghỉ hưu")
    row = queries.posts_of([world.minh.pk])[world.minh.pk][0]
    assert (row.id, row.last, row.end_reason) == (post.pk, date(2030, 6, 30), "Nghỉ hưu")


def test_a_post_is_only_shortened(world):
    post = world.minh.posts.get()
    actions.end_post(post.pk, last=TODAY, by=world.admin, reason="Chuyển")
    with pytest.raises(Refused, match="đã kết thúc"):
        actions.end_post(post.pk, last=TODAY + DAY, by=world.admin, reason="Chuyển")


def test_a_post_does_not_end_before_it_began(world):
    with pytest.raises(Refused, match="đứng trước ngày đầu"):
        actions.end_post(world.minh.posts.get().pk, last=date(2025, 6, 30), by=world.admin, reason="Nhầm")


def test_ending_needs_a_reason(world):
    with pytest.raises(Refused, match="lý do"):
        actions.end_post(world.minh.posts.get().pk, last=TODAY, by=world.admin, reason=" ")


def test_an_administrator_does_not_end_the_own_post(world):
    with pytest.raises(Refused, match="chính mình"):
        actions.end_post(world.admin.posts.get().pk, last=TODAY, by=world.admin, reason="x")


def test_the_post_of_a_foreign_officer_is_not_ended(world):
    with pytest.raises(Forbidden):
        actions.end_post(world.lan.posts.get().pk, last=TODAY, by=world.admin, reason="x")


@pytest.mark.parametrize(
    ("first", "end", "when"),
    [(TODAY, None, "now"), (TODAY + DAY, None, "later"), (TODAY - 2 * DAY, TODAY, "over")],
)
def test_a_post_in_words(world, first, end, when):
    world.post(world.nobody, Role.VILLAGE_RECORDER, world.ring, first, end)
    row = queries.posts_of([world.nobody.pk])[world.nobody.pk][0]
    assert (row.when, row.role_label) == (when, "Người ghi của thôn")
    assert row.place == "Làng Ring, Xã Ia Tôr, Tỉnh Gia Lai"


def test_only_the_posts_within_reach_are_told_when_asked(world):
    world.post(world.minh, Role.COMMUNE_OFFICER, world.ia_bang)
    from hieuhoc.accounts.access import MANAGE, reach

    rows = queries.posts_of([world.minh.pk], reach(world.admin, MANAGE))[world.minh.pk]
    assert [row.place_id for row in rows] == [world.ia_tor.pk]
