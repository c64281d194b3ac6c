"""What was taken back from a tờ trình that was written: kept, told on its page, its paper and the draft decision."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.models import State
from hieuhoc.plans.binding import Bound, PlanFact, Reach, TargetFact
from hieuhoc.plans.models import Plan
from hieuhoc.recognition import actions, aims, papers, queries, submissions
from hieuhoc.recognition.models import Submitted
from hieuhoc.recognition.tests.test_papers import own_files, words
from hieuhoc.registry.models import Model

__all__ = ["own_files"]
WHY = "Gia đình xin rút vì kê khai nhầm"


@pytest.fixture
def sent(world, put_forward):
    """A tờ trình for two households and a clan."""
    return actions.write_submission(world.round().pk, by=world.minh, number="18")


def take_back(world, dossier, move="unpropose"):
    """The dossier is taken back by whoever may."""
    dossiers.move([dossier.pk], move, by=world.minh if move == "unpropose" else world.hoa, reason=WHY)


def test_a_submission_keeps_by_name_what_it_put_forward(world, put_forward, sent):
    draft = world.dossier(State.DRAFT, world.household("Siu Ba"))
    listed = set(Submitted.objects.filter(submission=sent).values_list("dossier_id", flat=True))
    assert listed == {one.pk for one in put_forward} and draft.pk not in listed


@pytest.mark.parametrize(
    ("move", "act", "who"),
    [("unpropose", "Rút đề nghị", "minh"), ("send_back", "Yêu cầu xem lại", "hoa"),
     ("decline", "Không công nhận", "hoa")],
)  # fmt: skip
def test_what_is_taken_back_says_how_by_whom_and_why(world, put_forward, sent, move, act, who):
    take_back(world, put_forward[0], move)
    (one,) = submissions.taken_back(sent)
    assert (one.name, one.act, one.reason, one.again) == ("Kpuih H'Ngưn", act, WHY, False)
    assert one.who == str(world.people[who])


def test_several_taken_back_in_one_act_are_each_named(world, put_forward, sent):
    dossiers.move([one.pk for one in put_forward[:2]], "unpropose", by=world.minh, reason=WHY)
    assert {one.name for one in submissions.taken_back(sent)} == {"Kpuih H'Ngưn", "Rơ Châm Anh"}


def test_what_was_taken_back_before_the_submission_is_none_of_its_business(world, put_forward):
    take_back(world, put_forward[0])
    sent = actions.write_submission(world.round().pk, by=world.minh)
    assert submissions.taken_back(sent) == []
    assert submissions.taken_back(None) == []


def test_what_is_put_forward_again_says_so_and_is_not_missing_from_the_paper(world, put_forward, sent):
    take_back(world, put_forward[0])
    put_forward[0].refresh_from_db()
    put_forward[0].answers = {key: {"value": 50, "by": world.minh.pk, "at": "", "rev": 1} for key in ("T-1", "T-2")}
    put_forward[0].save()
    dossiers.move([put_forward[0].pk], "propose", by=world.minh)
    assert [one.again for one in submissions.taken_back(sent)] == [True]
    assert submissions.told(sent) == ""


def test_the_paper_made_anew_names_what_was_taken_back(world, put_forward, sent):
    assert "rút 1 hồ sơ" not in words(papers.make(world.round(), "submission", by=world.minh))
    take_back(world, put_forward[0])
    text = words(papers.make(world.round(), "submission", by=world.minh))
    assert f"Sau khi lập tờ trình, rút 1 hồ sơ: Kpuih H'Ngưn ({WHY})." in text


@pytest.mark.parametrize(("page", "person"), [("papers", "minh"), ("papers", "hoa"), ("issue", "hoa")])
def test_the_pages_of_the_submission_and_of_the_draft_decision_name_it(world, browse, put_forward, sent, page, person):
    address = reverse(f"recognition:{page}", args=[world.round().pk])
    client = browse(world.people[person])
    assert "Thay đổi sau khi lập" not in client.get(address).content.decode()
    take_back(world, put_forward[0])
    shown = client.get(address).content.decode()
    assert "Thay đổi sau khi lập tờ trình" in shown and "rút đề nghị ngày" in shown and WHY in shown


def test_what_was_put_forward_after_the_submission_is_counted(world, browse, put_forward, sent):
    round_ = world.round()
    assert submissions.since(round_, sent) == 0 == submissions.since(round_, None)
    world.dossier(State.PROPOSED, world.subject(Model.CLAN, "Dòng họ Siu"))
    assert submissions.since(round_, sent) == 1
    shown = browse(world.hoa).get(reverse("recognition:issue", args=[round_.pk])).content.decode()
    assert "Chưa có trong tờ trình" in shown


def test_the_list_of_a_submission_is_never_changed(world, sent):
    for act in (lambda: Submitted.objects.all().delete(), lambda: Submitted.objects.update(submission=sent)):
        with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
            act()


def test_the_list_costs_one_statement_however_long(world, put_forward, django_assert_max_num_queries):
    for n in range(30):
        world.dossier(State.PROPOSED, world.household(f"Hộ {n}"))
    with django_assert_max_num_queries(25):
        sent = actions.write_submission(world.round().pk, by=world.minh)
    take_back(world, put_forward[0])
    with django_assert_max_num_queries(2):
        submissions.taken_back(sent)


def test_a_second_submission_begins_with_the_number_and_signer_of_the_first(world, put_forward, browse):
    round_ = world.round().pk
    actions.write_submission(round_, by=world.minh, number="18", signer="Rơ Mah Thu")
    page = browse(world.minh).get(reverse("recognition:submission", args=[round_])).content.decode()
    assert 'value="18"' in page and 'value="Rơ Mah Thu"' in page


def a_plan(place, *targets):
    """A confirmed plan of the place, made today, with its targets: (model, measure, population, value)."""
    year = localdate().year
    plan = Plan.objects.create(place=place, number="31/KH-HKH", first_year=year, last_year=year + 4, issued=localdate())
    for at, (model, measure, population, value) in enumerate(targets, 1):
        plan.targets.create(
            position=at, model=model, measure=measure, population=population, year=year, comparator=">=", value=value,
            unit="percent", sentence=f"Đạt {value}%",
        )  # fmt: skip
    Plan.objects.filter(pk=plan.pk).update(state="published", published_at=now())
    return year


def paper(world):
    return words(papers.make(world.round(), "submission", by=world.minh))


def test_the_paper_holds_what_is_put_forward_against_the_target_of_the_same_denominator(world, put_forward):
    assert "So với chỉ tiêu" not in paper(world), "without a plan nothing is said"
    world.household("Rơ Châm Tư")
    year = a_plan(world.ia_tor, ("FAMILY", "recognise", "households", 70), ("CLAN", "recognise", "clans", 50))
    text = paper(world)
    assert (
        f"Gia đình học tập: chỉ tiêu đến năm {year} theo Kế hoạch số 31/KH-HKH của xã Ia Tôr là 70 % hộ gia đình được"
        " công nhận; đề nghị công nhận 2/3 hộ (66,67 %), còn thiếu 1 hộ."
    ) in text
    assert "là 50 % dòng họ được công nhận; đề nghị công nhận 1/1 dòng họ (100,00 %), đạt chỉ tiêu." in text


def test_the_paper_says_a_target_of_another_denominator_and_compares_nothing(world, put_forward):
    a_plan(
        world.ia_tor, ("FAMILY", "recognise", "member_households", 70), ("CLAN", "recognise", "registered_clans", 90),
        ("FAMILY", "register", "households", 80), ("CITIZEN", "recognise", "citizens", 40),
    )  # fmt: skip
    text = paper(world)
    assert "là 70 % gia đình hội viên được công nhận; tính trên mẫu số khác với biểu trên nên không so sánh." in text
    assert "là 90 % dòng họ đã đăng ký được công nhận; đề nghị công nhận 1/1 dòng họ (100,00 %), đạt chỉ tiêu." in text
    assert "là 80 % hộ gia đình đăng ký; đăng ký 2/2 hộ (100,00 %), đạt chỉ tiêu." in text
    assert "Công dân học tập" not in text, "a title nobody is counted for is not told of"


def test_targets_of_a_part_of_the_territory_are_told_together():
    plan = PlanFact(1, 1, "Xã Ia Băng", "commune", localdate(), 2021, 2030, number="31/KH-HKH")
    of_households = ("FAMILY", "recognise", "households", "general", 2026, ">=", Decimal(65), "percent", "Câu")
    reach = Reach(plan, own=False, territory="Xã Ia Băng")
    bound = [Bound(TargetFact(at, 1, *of_households), reach, "") for at in (1, 2)]
    (said,) = aims.of_parts(bound)
    assert said.startswith("2 chỉ tiêu theo Kế hoạch số 31/KH-HKH của xã Ia Băng chỉ cho phần địa bàn xã Ia Băng; ")


def test_a_share_in_the_paper_is_never_rounded_across_the_target():
    plan = PlanFact(1, 1, "Xã Ia Tôr", "commune", localdate(), 2021, 2030, number="31/KH-HKH")
    of_households = ("FAMILY", "recognise", "households", "general", 2026, ">=", Decimal("66.67"), "percent", "Câu")
    bound = Bound(TargetFact(1, 1, *of_households), Reach(plan, own=True), "")
    said = aims.sentence(bound, {"model": "FAMILY", "total": 3, "registered": 3, "proposed": 2})
    assert "2/3 hộ (66,66 %), còn thiếu 1 hộ" in said


def test_targets_cost_the_paper_as_many_questions_however_many(world, put_forward, django_assert_max_num_queries):
    for value in (50, 60, 70):
        a_plan(world.ia_tor, ("FAMILY", "recognise", "households", value), ("CLAN", "recognise", "clans", value))
    round_, stated = world.round(), queries.tallies(world.round())
    with django_assert_max_num_queries(13):
        found = aims.sentences(round_, stated, localdate())
    assert len(found) == 2
