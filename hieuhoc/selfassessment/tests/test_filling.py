"""What a household answers and how long: consent, steps, coming back, closing, withdrawing, the result, the title."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import localdate, now

from hieuhoc.audit.models import Entry
from hieuhoc.criteria import actions as criteria
from hieuhoc.criteria.queries import published
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.recognition import actions as recognition
from hieuhoc.registry.models import Model
from hieuhoc.rounds.models import Round
from hieuhoc.selfassessment import actions, filling
from hieuhoc.selfassessment.models import SelfAssessment
from hieuhoc.selfassessment.tests.conftest import answered, at, consented, day, enter, link, recognised


def body(answer) -> str:
    return answer.content.decode()


def test_nothing_is_kept_without_consent_and_nothing_is_ticked_before(world):
    client, made = Client(), link(world)
    enter(client, made)
    page = body(client.get(at(made, "consent")))
    assert "checked" not in page and "tôn giáo, dân tộc" in page and "Rút thì các câu trả lời bị xóa ngay" in page
    refused = client.post(at(made, "consent"), {})
    assert refused.status_code == 422 and "Chưa đánh dấu đồng ý" in body(refused)
    assert client.post(at(made, "step", 1), {"T-1": "50"}).headers["Location"] == at(made, "consent")
    assert not SelfAssessment.objects.exists()


def test_consent_keeps_its_purpose_its_words_and_when(world):
    held = consented(Client(), link(world))
    assert held.consent == {"purposes": ["assess"], "text": "2026-1", "represented": False}
    assert (now() - held.consented_at) < timedelta(minutes=1)
    assert Entry.objects.get(verb="selfassessment.consent").actor is None


@pytest.mark.parametrize(("age", "asked"), [(10, "dưới 16 tuổi có tên"), (None, "đã đủ 16 tuổi"), (30, "")])
def test_whoever_is_or_may_be_a_child_is_represented(world, age, asked):
    details = {"birth_date": str(localdate().year - age)} if age else {}
    child, client = world.citizen(details=details), Client()
    made = link(world, child)
    enter(client, made)
    page = body(client.get(at(made, "consent")))
    assert ("represented" in page) == bool(asked) and asked in page
    alone = client.post(at(made, "consent"), {"agree": "on"})
    assert alone.status_code == (422 if asked else 302)
    client.post(at(made, "consent"), {"agree": "on", "represented": "on"})
    assert SelfAssessment.objects.get().consent["represented"] == bool(asked)


def test_answers_are_saved_step_by_step_kept_apart_and_found_again(world):
    client, made = Client(), link(world)
    consented(client, made)
    stop = client.post(at(made, "step", 1), {"T-1": "45", "T-2": "", "stop": "1"})
    assert "Mở lại phiếu này lúc nào cũng làm tiếp được" in body(stop)
    assert client.get(at(made, "result")).headers["Location"] == at(made)
    again = Client()
    enter(again, made)
    assert again.get(at(made)).headers["Location"] == at(made, "step", 1)
    assert 'value="45"' in body(again.get(at(made, "step", 1)))
    again.post(at(made, "step", 1), {"T-1": "45", "T-2": "40"})
    held = SelfAssessment.objects.get()
    assert (held.answers, held.total, held.outcome) == ({"T-1": 45, "T-2": 40}, 85, "pass")
    assert Dossier.objects.get().answers == {}


def test_an_answer_the_set_does_not_take_is_said_without_its_key_and_nothing_is_written(world):
    client, made = Client(), link(world)
    consented(client, made)
    for typed, said in (("51", "51 điểm vượt điểm tối đa 50"), ("nhiều", "không phải là số"), ("-1", "số âm")):
        answer = client.post(at(made, "step", 1), {"T-1": typed, "T-2": "40"})
        assert answer.status_code == 422 and said in body(answer) and "T-1:" not in body(answer)
    assert SelfAssessment.objects.get().answers == {}
    with pytest.raises(filling.Refused, match="không có chỉ số"):
        filling.save(SelfAssessment.objects.get().pk, {"X-9": 1})


def test_the_log_says_which_were_answered_and_never_what(world):
    answered(Client(), link(world))
    entry = Entry.objects.get(verb="selfassessment.save")
    assert (entry.after, entry.before) == ({"answered": ["T-1", "T-2"]}, None)


def test_saving_the_same_again_changes_nothing(world):
    client, made = Client(), link(world)
    held = answered(client, made)
    client.post(at(made, "step", 1), {"T-1": "45", "T-2": "40"})
    assert SelfAssessment.objects.get().revision == held.revision


def test_the_result_says_what_is_missing_and_that_it_is_no_decision(world):
    client, made = Client(), link(world)
    answered(client, made, **{"T-2": ""})
    page = body(client.get(at(made, "result")))
    assert "Còn thiếu để đạt" in page and "chưa phải kết quả xét của xã" in page
    assert "T-2 Chỉ số" not in page and "(«Chỉ số T-2»)" in page
    assert "Bộ tiêu chí minh họa" in page and "Đã trả lời 1/2 câu" in page


def test_it_is_finished_once_and_may_still_be_changed(world):
    client, made = Client(), link(world)
    answered(client, made)
    client.post(at(made, "result"))
    assert SelfAssessment.objects.get().finished_at
    assert client.get(at(made)).headers["Location"] == at(made, "result")
    client.post(at(made, "step", 1), {"T-1": "50", "T-2": "40"})
    assert SelfAssessment.objects.get().total == 90


def test_nothing_answered_is_not_finished(world):
    client, made = Client(), link(world)
    consented(client, made)
    refused = client.post(at(made, "result"))
    assert refused.status_code == 422 and "Chưa trả lời tiêu chí nào" in body(refused)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda made: Round.objects.update(state="closed"), "đã khóa"),
        (lambda made: Round.objects.update(villages_close_on=day(-1)), "Thôn đã chốt"),
        (lambda made: Dossier.objects.update(state=State.SUBMITTED), "đã gửi lên xã"),
        (lambda made: Dossier.objects.update(state=State.WITHDRAWN), "đã rút"),
    ],
)
def test_what_is_closed_is_read_and_not_written(world, change, said):
    client, made = Client(), link(world)
    held = answered(client, made)
    change(made)
    client.post(at(made, "step", 1), {"T-1": "1", "T-2": "1"})
    for act in (lambda: filling.save(held.pk, {"T-1": 1}), lambda: filling.finish(held.pk)):
        with pytest.raises(filling.Refused, match=said):
            act()
    page = body(client.get(at(made, "result")))
    assert said in page and "<b>45</b>" in page and "Sửa" not in page.partition("<main")[2].partition("Từng phần")[2]
    assert SelfAssessment.objects.get().answers == {"T-1": 45, "T-2": 40}


def test_on_the_closing_day_itself_it_is_still_open(world):
    client, made = Client(), link(world)
    Round.objects.update(villages_close_on=localdate())
    assert answered(client, made).answers == {"T-1": 45, "T-2": 40}


def test_a_returned_dossier_opens_it_again_and_says_why(world):
    client, made = Client(), link(world)
    answered(client, made)
    Dossier.objects.update(state=State.RETURNED, reason="Bổ sung việc học của con")
    assert client.post(at(made, "step", 1), {"T-1": "50", "T-2": "50"}).status_code == 302
    assert "Bổ sung việc học của con" in body(client.get(at(made, "result")))
    assert SelfAssessment.objects.get().total == 100


def test_withdrawn_consent_deletes_the_answers_and_leaves_the_line(world):
    client, made = Client(), link(world)
    answered(client, made)
    client.post(at(made, "result"))
    assert "xóa ngay" in body(client.get(at(made, "withdraw")))
    assert "đã bị xóa" in body(client.post(at(made, "withdraw")))
    held = SelfAssessment.objects.get()
    assert (held.answers, held.total, held.because, held.finished_at) == ({}, None, "", None) and held.withdrawn_at
    assert Entry.objects.filter(verb="selfassessment.withdraw").count() == 1
    with pytest.raises(filling.Refused, match="rút"):
        filling.save(held.pk, {"T-1": 1})
    assert "các câu trả lời cũ đã xóa" in body(client.get(at(made, "consent")))
    assert consented(Client(), made).withdrawn_at is None


def test_consent_is_withdrawn_after_closing_too(world):
    client, made = Client(), link(world)
    answered(client, made)
    Round.objects.update(state="closed")
    client.post(at(made, "withdraw"))
    assert SelfAssessment.objects.get().answers == {}


def test_the_database_keeps_no_answers_beside_a_withdrawal(world):
    held = answered(Client(), link(world))
    with pytest.raises(IntegrityError), transaction.atomic():
        SelfAssessment.objects.filter(pk=held.pk).update(withdrawn_at=now())


def test_without_a_dossier_one_may_begin_and_is_told(world):
    client, made = Client(), link(world, register=False)
    answered(client, made)
    assert "Chưa có trong danh sách đăng ký" in body(client.get(at(made, "result")))


def test_whoever_leaves_is_asked_again(world):
    client, made = Client(), link(world)
    consented(client, made)
    client.post(at(made, "leave"))
    assert client.get(at(made, "consent")).headers["Location"] == at(made)


def test_the_title_and_its_certificate_are_found_once_the_decision_is_signed(world):
    client, made = Client(), link(world)
    answered(client, made)
    title = recognised(world, client, made)
    page = body(client.get(at(made), follow=True))
    assert "Được công nhận" in page and f"/xac-nhan/{title.code}" in page and "17/QĐ-UBND" in page


def test_a_title_taken_back_is_said(world):
    client, made = Client(), link(world)
    answered(client, made)
    title = recognised(world, client, made)
    told = {"number": "18", "day": localdate(), "signer": "Trần Văn Hòa", "reason": "Kê khai sai"}
    recognition.revoke([title.pk], by=world.hoa, **told)
    assert "Danh hiệu không còn giá trị" in body(client.get(at(made, "result")))


def test_why_it_was_not_recognised_is_said(world):
    client, made = Client(), link(world)
    answered(client, made)
    Dossier.objects.update(state=State.NOT_RECOGNISED, reason="Chưa đủ điểm sàn")
    page = body(client.get(at(made, "result")))
    assert "Chưa được công nhận năm" in page and "Chưa đủ điểm sàn" in page


@pytest.mark.parametrize(("model", "code"), [(Model.ORGANISATION, "tt24-organisation"), (Model.CITIZEN, "cdht-324")])
def test_every_kind_of_question_is_asked_step_by_step(world, model, code):
    criteria.load_shipped_sets()
    round_ = world.round()
    round_.models.filter(model=model).update(version=published(code))
    client, made = Client(), link(world, world.subject(model, "Tên dài của một nơi"))
    consented(client, made)
    number, seen = 1, 0
    while True:
        page = client.get(at(made, "step", number))
        assert page.status_code == 200
        seen += len(page.context["form"].fields)
        answer = client.post(at(made, "step", number), {})
        if answer.headers["Location"] == at(made, "result"):
            break
        number += 1
    assert number > 1 and seen == sum(one.derived is None for one in page.context["form"].fields[
        next(iter(page.context["form"].fields))].criteria.indicators)  # fmt: skip
    assert client.get(at(made, "result")).status_code == 200


def test_one_subject_has_one_self_assessment_whatever_link_it_came_by(world):
    client, made = Client(), link(world)
    answered(client, made)
    other = actions.make_poster(made.round_id, world.ring.pk, "FAMILY", way="code", expires_on=day(), by=world.minh)
    again = Client()
    enter(again, other, made.subject)
    assert again.get(at(other)).headers["Location"] == at(other, "step", 1)
    assert SelfAssessment.objects.count() == 1
