"""The board of each role: what is due, what came back and why, what cannot be judged, what looks wrong."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from hieuhoc.accounts.models import User
from hieuhoc.dossiers.models import Dossier, Outcome, State
from hieuhoc.figures import sampling
from hieuhoc.plans import actions as plans
from hieuhoc.plans.models import Plan
from hieuhoc.recognition import actions as recognition
from hieuhoc.registry.models import Model
from hieuhoc.web.board import board_of, tally
from hieuhoc.web.operator import operator
from hieuhoc.web.posts import standing_of


def board(person):
    return board_of(person, standing_of(person))


def titles(found):
    return [task.title for task in found.tasks]


def task(found, title):
    return next(one for one in found.tasks if one.title == title)


def test_an_officer_of_a_new_commune_is_told_to_bring_the_lists_and_open_a_round(world):
    found = board(world.minh)
    assert titles(found) == ["Nhập sổ đăng ký của xã", "Mở đợt xét của năm"]
    assert found.next.title == "Nhập sổ đăng ký của xã"


def test_an_officer_sees_what_the_villages_sent_first(world):
    world.dossier(State.SUBMITTED, outcome=Outcome.PASS)
    world.dossier(State.SUBMITTED, world.citizen(), outcome=Outcome.PASS)
    found = board(world.minh)
    assert (found.next.title, found.next.count) == ("Thẩm định hồ sơ thôn đã gửi", 2)
    assert found.next.text == "1 hộ, 1 công dân"


def test_a_returned_dossier_stands_with_its_reason_for_officer_and_village(world):
    world.dossier(State.RETURNED, reason="Thiếu minh chứng chỉ số 3", outcome=Outcome.PASS)
    for person, title in (
        (world.minh, "Đã trả lại, thôn chưa gửi lại"),
        (world.ksor, "Xã trả lại, cần bổ sung rồi gửi lại"),
    ):
        line = task(board(person), title).lines[0]
        assert (line.name, line.text) == ("Ksor H'Bia", "Thiếu minh chứng chỉ số 3")


@pytest.mark.parametrize(
    ("state", "outcome", "person", "title"),
    [
        (State.SUBMITTED, Outcome.PASS, "minh", "Thẩm định hồ sơ thôn đã gửi"),
        (State.SUBMITTED, Outcome.FAIL, "minh", "Thôn đã gửi dù chưa đạt"),
        (State.VERIFIED, Outcome.PASS, "minh", "Đề nghị công nhận hồ sơ đã thẩm định và đạt"),
        (State.VERIFIED, Outcome.FAIL, "minh", "Kết luận hồ sơ đã thẩm định nhưng chưa đạt"),
        (State.DRAFT, Outcome.NONE, "minh", "Chưa chấm"),
        (State.VERIFIED, Outcome.INCOMPLETE, "minh", "Chấm chưa đủ chỉ số"),
        (State.DRAFT, Outcome.NONE, "minh", "Thôn chưa gửi hết hồ sơ"),
        (State.DRAFT, Outcome.NONE, "ksor", "Chấm điểm"),
        (State.DRAFT, Outcome.INCOMPLETE, "ksor", "Chấm chưa đủ chỉ số"),
        (State.DRAFT, Outcome.PASS, "ksor", "Gửi hồ sơ đã chấm lên xã"),
        (State.RETURNED, Outcome.PASS, "ksor", "Xã trả lại, cần bổ sung rồi gửi lại"),
        (State.PROPOSED, Outcome.PASS, "hoa", "Quyết định công nhận Gia đình học tập"),
    ],
)
def test_a_dossier_gives_its_task_to_the_right_person(world, state, outcome, person, title):
    world.dossier(state, outcome=outcome)
    assert task(board(getattr(world, person)), title).count == 1


def test_a_proposal_without_a_submission_is_next_until_it_is_written(world):
    world.dossier(State.PROPOSED)
    assert board(world.minh).next.title == "Lập tờ trình gửi UBND xã"
    recognition.write_submission(world.round().pk, by=world.minh)
    assert titles(board(world.minh)) == ["Đã đề nghị, đang chờ UBND xã quyết định"]


def test_a_decision_waits_for_its_signature_then_its_papers_are_printed(world):
    world.dossier(State.PROPOSED)
    decision = recognition.issue_decision(world.round().pk, by=world.hoa)
    assert board(world.hoa).next.title == "Ký quyết định đã lập"
    assert task(board(world.minh), "Quyết định đã lập, đang chờ UBND xã ký").count == 1
    recognition.sign_decision(decision.pk, "57", localdate(), by=world.hoa)
    assert titles(board(world.hoa)) == ["Đã ký: quyết định, danh sách và giấy công nhận"]
    assert board(world.minh).next.title == "In và trao giấy công nhận"


def test_a_model_without_criteria_is_named_as_not_to_be_judged():
    states = {Model.CLAN.value: "not_entered", Model.FAMILY.value: "illustrative"}
    assert tally.missing(states) == ["Dòng họ học tập"]
    assert tally.illustrative(states)
    assert not tally.illustrative({Model.FAMILY.value: "official"})


def test_an_illustrative_set_is_marked_on_the_board(world, browse):
    world.dossier(State.DRAFT)
    for person in (world.minh, world.hoa, world.ksor):
        assert "Bộ tiêu chí minh họa" in browse(person).get("/viec-can-lam/").content.decode()


def test_a_village_sees_only_its_own(world):
    world.dossier(State.DRAFT, world.household("Rơ Châm Brel", place=world.phung), outcome=Outcome.PASS)
    found = board(world.ksor)
    assert found.tasks == ()
    assert found.counts == ()


def test_an_unregistered_household_is_counted_and_said_to_be_voluntary(world):
    world.round(register_by=localdate() + timedelta(days=3))
    world.household()
    found = task(board(world.ksor), "Chưa đăng ký")
    assert (found.count, found.day) == (1, localdate() + timedelta(days=3))
    assert "tự nguyện" in found.text


def test_a_withdrawn_dossier_is_neither_registered_nor_due(world):
    world.dossier(State.WITHDRAWN)
    (count,) = board(world.minh).counts
    assert (count.total, count.registered) == (1, 0)


def test_the_same_name_twice_in_a_village_looks_wrong(world):
    world.household("Rơ Châm Brel", code="01")
    world.household("Rơ Châm Brel")
    world.household("Siu Klơn", code="03")
    world.household("Siu Klơn", code="04")
    world.citizen("Nguyễn Văn An", details={"birth_date": "1990-01-01"})
    world.citizen("Nguyễn Văn An", details={"birth_date": "1991-01-01"})
    assert task(board(world.minh), "Có thể trùng nhau").count == 1


def test_a_village_without_a_registered_household_looks_wrong(world):
    world.dossier(State.DRAFT)
    world.household("Siu Phung", place=world.phung)
    assert task(board(world.minh), "Thôn chưa có hộ nào đăng ký").text == "Làng Phung"


def test_the_approver_waits_until_something_is_proposed(world):
    world.dossier(State.SUBMITTED)
    found = board(world.hoa)
    assert found.tasks == ()
    assert "1 hồ sơ còn ở thôn" in found.quiet


def test_steps_say_where_the_year_stands(world):
    world.dossier(State.SUBMITTED, outcome=Outcome.PASS)
    states = [(step.name, step.state) for step in board(world.minh).steps]
    assert states == [
        ("Đăng ký", "done"),
        ("Chấm điểm", "done"),
        ("Thẩm định", "now"),
        ("Đề nghị", ""),
        ("Công nhận", ""),
    ]


def test_the_step_shown_as_now_is_where_work_waits_for_the_reader(world):
    world.dossier(State.DRAFT)
    world.dossier(State.SUBMITTED, world.household("Siu Phung"), outcome=Outcome.PASS)
    world.dossier(State.PROPOSED, world.household("Rơ Châm Brel"))
    for person, name in ((world.minh, "Thẩm định"), (world.hoa, "Công nhận"), (world.ksor, "Chấm điểm")):
        assert [step.name for step in board(person).steps if step.state == "now"] == [name]


def test_the_province_sees_the_communes_that_are_late(world):
    world.round(closes_on=localdate() - timedelta(days=1))
    world.round(place=world.ia_bang, closes_on=localdate() + timedelta(days=1))
    for person in (world.province, world.province_approver, world.inspector, world.national):
        found = board(person)
        assert (found.next.title, found.next.count, found.next.text) == ("Xã quá ngày khóa đợt xét", 1, "Xã Ia Tôr")
        assert [one.name for one in found.communes] == ["Xã Ia Tôr", "Xã Ia Băng"]
        assert found.next.url == f"/cac-xa/?nam={localdate().year}&tinh-trang=qua"


def test_above_the_communes_there_is_work_before_anything_is_late(world):
    idle = task(board(world.province), f"Xã chưa mở đợt xét năm {localdate().year}")
    assert (idle.count, idle.group) == (2, "wrong")
    round_ = world.round()
    assert task(board(world.province), f"Xã chưa mở đợt xét năm {round_.year}").count == 1


def test_an_inspector_is_asked_for_a_sample_until_one_is_drawn(world):
    made = world.dossier(State.RECOGNISED, world.household())
    title = f"Rút mẫu hồ sơ để kiểm tra năm {made.round.year}"
    assert board(world.inspector).next.title == title
    assert title not in titles(board(world.province_approver)), "who may not draw is not asked"
    wish = sampling.Wish(world.gia_lai.pk, made.round.year, Model.FAMILY, "recognised", 1, "387")
    sampling.draw(wish, by=world.inspector)
    assert title not in titles(board(world.inspector))


def test_the_administrator_sees_a_post_that_ends_with_nobody_after(world):
    world.post(world.nobody, "village_recorder", world.phung, end=localdate() + timedelta(days=10))
    found = task(board(world.admin), "Chức trách sắp hết hạn trong 30 ngày, chưa có người thay")
    assert (found.count, found.text) == (1, "Cao Thị Nga")


def test_a_person_without_a_post_is_told_who_gives_one(world, browse):
    page = browse(world.nobody).get("/viec-can-lam/").content.decode()
    assert "chưa được giao" in page
    assert board(world.nobody) is None


def test_a_stranger_is_sent_to_sign_in(db, browse):
    answer = browse().get("/viec-can-lam/")
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/tai-khoan/dang-nhap/")


PEOPLE = ["minh", "hoa", "ksor", "province", "province_approver", "national", "inspector", "admin", "nobody"]


@pytest.mark.parametrize("person", PEOPLE)
def test_the_board_asks_few_questions_however_much_there_is(world, browse, person, django_assert_max_num_queries):
    for number in range(6):
        world.dossier(State.SUBMITTED, world.household(f"Ksor H'Bia {number}"), outcome=Outcome.PASS)
        world.dossier(State.RETURNED, world.household(f"Siu Dôr {number}", place=world.phung), reason="Thiếu")
        world.subject(Model.CLAN, f"Họ Ksor {number}")
    client = browse(getattr(world, person))
    with django_assert_max_num_queries(15):
        assert client.get("/viec-can-lam/").status_code == 200


def a_plan(world, place, **when):
    """A confirmed plan with one activity."""
    today = localdate()
    made = Plan.objects.create(place=place, first_year=today.year - 1, last_year=today.year + 1, issued=today)
    made.activities.create(position=1, text="Họp sơ kết", when=[when], sentence="Họp sơ kết")
    Plan.objects.filter(pk=made.pk).update(state="published", published_at=now())
    return made


def test_what_a_plan_asks_is_on_the_officers_board_until_it_is_done(world):
    today = localdate()
    plan = a_plan(world, world.ia_tor, year=today.year - 1)
    a_plan(world, world.ia_tor, year=today.year, month=today.month)
    a_plan(world, world.ia_tor, year=today.year + 1, quarter=4)
    a_plan(world, world.gia_lai, year=today.year - 1)
    found = task(board(world.minh), "Việc theo kế hoạch")
    assert (found.count, found.text) == (2, "1 việc quá hạn, 1 việc đến hạn trong 30 ngày.")
    assert found.url == f"/ke-hoach/lich/?noi={world.ia_tor.pk}&xem=can-lam"
    plans.mark(world.ia_tor.pk, plan.activities.get().pk, f"{today.year - 1}", {"state": "done"}, by=world.minh)
    found = task(board(world.minh), "Việc theo kế hoạch")
    assert (found.count, found.text) == (1, "1 việc đến hạn trong 30 ngày.")
    assert found.day is not None and found.day.month == today.month
    assert "Việc theo kế hoạch" not in titles(board(world.ksor)) + titles(board(world.hoa))


def test_with_plans_the_board_asks_as_few_questions_however_many_they_are(world, browse, django_assert_max_num_queries):
    for number in range(6):
        a_plan(world, world.ia_tor, year=localdate().year - 1, quarter=number % 4 + 1)
    world.dossier(State.SUBMITTED, outcome=Outcome.PASS)
    client = browse(world.minh)
    with django_assert_max_num_queries(27):  # two for the targets, one for what came before
        assert "Việc theo kế hoạch" in client.get("/viec-can-lam/").content.decode()


def aimed(world, place, value, population="households", **more):
    """A confirmed plan of the place with one target for families."""
    year = localdate().year
    plan = Plan.objects.create(
        place=place, number="31/KH-HKH", first_year=year - 1, last_year=year + 4, issued=localdate()
    )
    usual = {"measure": "recognise", "comparator": ">=", "unit": "percent", "year": year}
    plan.targets.create(
        position=1, model="FAMILY", population=population, value=value, sentence=f"Đạt {value}% số hộ", **usual | more
    )
    Plan.objects.filter(pk=plan.pk).update(state="published", published_at=now())
    return plan


def four_households(world):
    for name, state in (("Một", State.RECOGNISED), ("Hai", State.RECOGNISED), ("Ba", State.DRAFT)):
        world.dossier(state, world.household(f"Ksor {name}"))
    world.household("Ksor Bốn")


def test_the_target_that_binds_stands_beside_the_counts_with_its_plan_and_sentence(world, browse):
    plan = aimed(world, world.ia_tor, 70)
    four_households(world)
    for person in (world.minh, world.hoa):
        (line,) = board(person).counts
        (aim,) = line.aims
        assert (aim.count, aim.of, aim.missing) == (2, 4, 1), "of all households, as the target, not of the registered"
        page = browse(person).get("/viec-can-lam/").content.decode()
        assert "70 % hộ gia đình được công nhận" in page and "còn 1 hộ" in page and "Đạt 70% số hộ" in page
        assert f"/ke-hoach/{plan.pk}/#chi-tieu-1" in page


def test_a_title_taken_back_does_not_count_towards_the_target(world):
    aimed(world, world.ia_tor, 50)
    four_households(world)
    Dossier.objects.filter(state=State.RECOGNISED, subject__name="Ksor Một").update(
        revoked_on=localdate(), revoked_at=now()
    )
    (line,) = board(world.minh).counts
    assert (line.recognised, line.aims[0].missing) == (1, 1)


def test_a_target_of_another_denominator_is_said_and_not_compared(world, browse):
    aimed(world, world.ia_tor, 50, "member_households")
    four_households(world)
    (line,) = board(world.minh).counts
    assert [(aim.count, aim.missing) for aim in line.aims] == [(None, None)]
    assert "mẫu số khác" in browse(world.minh).get("/viec-can-lam/").content.decode()


def test_a_village_is_told_the_communes_target_without_a_comparison(world):
    aimed(world, world.ia_tor, 70)
    four_households(world)
    (line,) = board(world.ksor).counts
    assert [(aim.count, aim.why) for aim in line.aims] == [(None, "Chỉ tiêu của cả xã, không so với số của thôn.")]


def test_targets_cost_the_board_no_more_questions_however_many(world, browse, django_assert_max_num_queries):
    for value in (50, 60, 70):
        aimed(world, world.ia_tor, value)
        aimed(world, world.gia_lai, value)
    four_households(world)
    with django_assert_max_num_queries(29):
        assert "Chỉ tiêu" in browse(world.minh).get("/viec-can-lam/").content.decode()


def test_a_village_is_asked_for_its_meeting_until_it_is_recorded(world):
    round_ = world.round()
    assert "Ghi cuộc họp thôn" not in titles(board(world.ksor))
    world.dossier(State.SUBMITTED, outcome=Outcome.PASS)
    assert "Ghi cuộc họp thôn" in titles(board(world.ksor))
    recognition.record_village_meeting(round_.pk, world.ring.pk, by=world.ksor, chair="Ksor H'Lung")
    assert "Ghi cuộc họp thôn" not in titles(board(world.ksor))


def test_the_operator_of_commands_is_nobody_to_invite(world, browse):
    blocked = task(board(world.admin), "Lời mời đã quá hạn").count
    operator(world.ia_tor.pk)
    assert task(board(world.admin), "Lời mời đã quá hạn").count == blocked
    page = browse(world.admin).get("/tai-khoan/danh-sach/").content.decode()
    assert "Của máy chủ, không ai đăng nhập" in page
    assert "In lời mời cho Dòng lệnh" not in page


def test_an_expired_invitation_leads_to_those_it_is_about(world, browse):
    world.user("moi", "village_recorder", world.ring, full_name="Rơ Châm Mới")
    User.objects.exclude(username="moi").update(password="pbkdf2$x")
    world.admin.refresh_from_db()
    found = task(board(world.admin), "Lời mời đã quá hạn")
    page = browse(world.admin).get(found.url).content.decode()
    assert "Rơ Châm Mới" in page
    assert "Nguyễn Thị Minh" not in page


def test_a_village_without_a_recorder_is_named_to_the_administrator(world):
    found = task(board(world.admin), "Thôn chưa có người ghi")
    assert (found.count, found.text.startswith("Làng Phung.")) == (1, True)
    world.user("phung", "village_recorder", world.phung)
    assert "Thôn chưa có người ghi" not in titles(board(world.admin))
