"""The order of things: who votes on what, a decision after what it stands on, a number used once, closing last."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from hieuhoc.common.dates import vn_date
from hieuhoc.dossiers.models import State
from hieuhoc.recognition import actions, queries
from hieuhoc.recognition.actions import Refused
from hieuhoc.recognition.models import CouncilMeeting, Decision
from hieuhoc.recognition.tests.conftest import COUNCIL
from hieuhoc.registry import actions as registry
from hieuhoc.registry.models import Model
from hieuhoc.rounds import actions as rounds
from hieuhoc.rounds.actions import Refused as RoundRefused
from hieuhoc.rounds.models import Round

YES = {"model": Model.FAMILY, "yes": 5, "no": 0}


@pytest.fixture
def council(world, put_forward):
    """The council of the round."""
    return actions.found_council(world.round().pk, COUNCIL, by=world.minh)


def hold(world, council, *votes, present=None, **more):
    """A meeting at which everybody is present."""
    there = list(council.members.values_list("pk", flat=True)) if present is None else present
    return actions.hold_council(council.pk, votes, by=world.minh, present=there, **more)


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ([YES | {"yes": 4}], "Mới có 4 phiếu"),
        ([YES, YES], "hai lần"),
        ([YES | {"model": Model.COMMUNE}], "không thuộc đợt xét"),
    ],
)
def test_votes_that_cannot_be_are_refused(world, council, votes, said):
    with pytest.raises(Refused, match=said):
        hold(world, council, *votes)
    assert not CouncilMeeting.objects.exists()


@pytest.mark.parametrize("which", ["draft", "other model"])
def test_nobody_votes_on_a_dossier_that_is_not_put_forward(world, council, put_forward, which):
    one = world.dossier(State.DRAFT, world.household("Siu Ba")) if which == "draft" else put_forward[2]
    with pytest.raises(Refused, match="không được đề nghị"):
        hold(world, council, YES | {"dossier": one.pk})
    assert hold(world, council, YES | {"dossier": put_forward[0].pk}).votes.get().dossiers == 1


def test_nobody_votes_from_outside_or_from_a_council_that_was_replaced(world, council):
    with pytest.raises(Refused, match="Chưa có thành viên nào"):
        hold(world, council, YES | {"yes": 0}, present=[])
    later = actions.found_council(world.round().pk, COUNCIL, by=world.minh)
    stranger = list(later.members.values_list("pk", flat=True))
    with pytest.raises(Refused, match="lập lại"):
        hold(world, council, YES)
    with pytest.raises(Refused, match="không thuộc hội đồng"):
        hold(world, later, YES, present=[*stranger[:4], council.members.first().pk])


def test_a_member_named_twice_makes_no_council(world):
    with pytest.raises(Refused, match="Siu H'Blơi có tên hai lần"):
        actions.found_council(world.round().pk, [*COUNCIL[:4], COUNCIL[4], COUNCIL[4], COUNCIL[3]], by=world.minh)


# --- the day of signing


@pytest.mark.parametrize("what", ["tờ trình", "họp hội đồng"])
@pytest.mark.parametrize("recorded", ["before", "after"])
def test_a_decision_is_not_signed_before_what_it_stands_on(world, council, today, what, recorded):
    def record():
        if what == "tờ trình":
            actions.write_submission(world.round().pk, by=world.minh, day=today)
        else:
            hold(world, council, YES, held=f"8 giờ, ngày {vn_date(today)}")

    if recorded == "before":
        record()
    decision = actions.issue_decision(world.round().pk, by=world.hoa)
    if recorded == "after":
        record()
    with pytest.raises(Refused, match=f"trước ngày {what}"):
        actions.sign_decision(decision.pk, "57", today - timedelta(days=1), by=world.hoa)
    assert actions.sign_decision(decision.pk, "57", today, by=world.hoa).is_signed


def test_a_later_submission_does_not_hold_up_an_earlier_decision(world, council, today):
    day = today - timedelta(days=2)
    actions.write_submission(world.round().pk, by=world.minh, day=day)
    decision = actions.issue_decision(world.round().pk, by=world.hoa)
    world.dossier(State.PROPOSED, world.household("Siu Ba"))
    actions.write_submission(world.round().pk, by=world.minh, day=today)
    assert actions.sign_decision(decision.pk, "57", day, by=world.hoa).is_signed


def test_what_has_no_day_holds_nothing_up(world, council, today):
    actions.write_submission(world.round().pk, by=world.minh)
    hold(world, council, YES, held="chiều thứ Bảy")
    decision = actions.issue_decision(world.round().pk, by=world.hoa)
    assert actions.sign_decision(decision.pk, "57", today - timedelta(days=1), by=world.hoa).is_signed


# --- numbers


@pytest.mark.parametrize("number", ["57", "057", " 57 "])
@pytest.mark.parametrize("act", ["sign", "revoke", "correct"])
def test_a_number_is_used_once_a_year_whatever_the_decision_says(world, signed, today, act, number):
    title = queries.titles(signed.pk).filter(model=Model.FAMILY).first()
    later = {"by": world.hoa, "number": number, "day": today, "reason": "Sai"}
    before = Decision.objects.filter(day__isnull=False).count()
    with pytest.raises(Refused, match="đã dùng cho quyết định khác"):
        if act == "sign":
            world.dossier(State.PROPOSED, world.household("Siu Ba"))
            second = actions.issue_decision(world.round().pk, by=world.hoa)
            actions.sign_decision(second.pk, number, today, by=world.hoa)
        elif act == "revoke":
            actions.revoke([title.pk], **later)
        else:
            actions.correct(title.pk, {"name": "Tên đúng"}, **later)
    assert Decision.objects.filter(day__isnull=False).count() == before


def test_a_number_with_its_symbol_is_refused_so_that_it_is_not_printed_twice(world, decision, today):
    with pytest.raises(Refused, match="Chỉ ghi phần số"):
        actions.sign_decision(decision.pk, "57/QĐ-UBND", today, by=world.hoa)


def test_a_title_taken_back_is_not_corrected(world, signed, today):
    title = queries.titles(signed.pk).filter(model=Model.FAMILY).first()
    actions.revoke([title.pk], by=world.hoa, number="60", day=today, reason="Kê khai sai")
    with pytest.raises(Refused, match="không còn gì để đính chính"):
        actions.correct(title.pk, {"name": "X"}, by=world.hoa, number="61", day=today, reason="Sai tên")


# --- closing


def test_a_year_is_not_closed_while_a_decision_waits_for_its_signature(world, decision, today):
    with pytest.raises(RoundRefused, match="quyết định chưa ký"):
        rounds.close_round(world.round().pk, by=world.minh)
    actions.sign_decision(decision.pk, "57", today, by=world.hoa)
    rounds.close_round(world.round().pk, by=world.minh)
    assert Round.objects.get().state == "closed"


@pytest.mark.parametrize("act", ["issue", "council", "meeting", "submission", "village"])
def test_nothing_is_decided_in_a_closed_year(world, council, act):
    pk = world.round().pk
    Round.objects.update(state="closed")
    acts = {
        "issue": lambda: actions.issue_decision(pk, by=world.hoa),
        "council": lambda: actions.found_council(pk, COUNCIL, by=world.minh),
        "meeting": lambda: hold(world, council, YES),
        "submission": lambda: actions.write_submission(pk, by=world.minh),
        "village": lambda: actions.record_village_meeting(pk, world.ring.pk, by=world.ksor),
    }
    with pytest.raises(Refused, match="đã khóa"):
        acts[act]()


# --- records that ended meanwhile


@pytest.mark.parametrize("how", ["closed", "merged"])
def test_the_draft_of_a_decision_names_who_is_no_longer_in_the_registry(world, browse, put_forward, how):
    address = reverse("recognition:issue", args=[world.round().pk])
    client, one = browse(world.hoa), put_forward[0].subject
    assert "đã đóng hoặc đã gộp" not in client.get(address).content.decode()
    if how == "closed":
        registry.close(one.pk, by=world.minh, reason="Chuyển đi")
    else:
        registry.merge(put_forward[1].subject_id, one.pk, by=world.minh, reason="Hai mục là một")
    shown = client.get(address).content.decode()
    assert (
        "Kpuih H&#x27;Ngưn" in shown and ("đã gộp vào Rơ Châm Anh" if how == "merged" else "đã đóng từ ngày") in shown
    )
    assert [dossier.pk for dossier in queries.ended(world.round().pk)] == [put_forward[0].pk]
