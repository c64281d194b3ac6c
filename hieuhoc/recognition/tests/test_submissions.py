"""What was taken back from a tờ trình that was written: kept, told on its page, its paper and the draft decision."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.models import State
from hieuhoc.recognition import actions, papers, submissions
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
