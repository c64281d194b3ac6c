"""The verbs of recognition: who may, what is refused in which words, what is never changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.documents.tests.test_word import template
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.recognition import actions, queries, rules
from hieuhoc.recognition.actions import Refused
from hieuhoc.recognition.models import Decision, Recognition, Revocation
from hieuhoc.recognition.tests.conftest import COUNCIL
from hieuhoc.registry.models import Model


def test_a_decision_gives_every_dossier_put_forward_its_title(world, put_forward, decision):
    titles = list(queries.titles(decision.pk))
    assert {title.dossier_id for title in titles} == {dossier.pk for dossier in put_forward}
    assert set(Dossier.objects.values_list("state", flat=True)) == {State.RECOGNISED}


def test_titles_are_numbered_by_village_and_given_name_and_worded_as_of_the_day(world, put_forward, decision):
    year = world.round().year
    clan, anh, ngun = queries.titles(decision.pk)
    assert [one.printed["number"] for one in (clan, anh, ngun)] == [
        f"0001/DHHT-{year}",
        f"0001/GĐHT-{year}",
        f"0002/GĐHT-{year}",
    ]
    assert anh.printed == {
        "name": "Rơ Châm Anh",
        "address": "Làng Phung, xã Ia Tôr, tỉnh Gia Lai",
        "subject": "Hộ gia đình",
        "title": f"Gia đình học tập năm {year}",
        "number": f"0001/GĐHT-{year}",
        "detail": "100 điểm",
        "note": "",
        "illustrative": True,
    }
    assert ngun.place == world.ring
    assert all(rules.read_code(one.code) for one in (clan, anh, ngun))


def test_a_village_recognised_as_a_community_is_not_its_own_address(world):
    world.dossier(State.PROPOSED, world.subject(Model.COMMUNITY, "Làng Ring"))
    decision = actions.issue_decision(world.round().pk, by=world.hoa)
    assert queries.titles(decision.pk).get().printed["address"] == "xã Ia Tôr, tỉnh Gia Lai"


def test_an_unsigned_decision_can_be_extended_and_numbers_go_on(world, decision):
    world.dossier(State.PROPOSED, world.household("Siu Ba"))
    longer = actions.issue_decision(world.round().pk, by=world.hoa, into=decision.pk)
    assert longer.pk == decision.pk
    numbers = [one.sequence for one in queries.titles(decision.pk).filter(model=Model.FAMILY)]
    assert numbers == [1, 2, 3]


def test_only_the_models_asked_for_are_decided(world, put_forward):
    decision = actions.issue_decision(world.round().pk, by=world.hoa, models=[Model.CLAN])
    assert [one.model for one in queries.titles(decision.pk)] == [Model.CLAN]
    assert Dossier.objects.filter(state=State.PROPOSED).count() == 2


def test_nothing_put_forward_is_said(world):
    with pytest.raises(Refused, match="Không có hồ sơ nào đang được đề nghị"):
        actions.issue_decision(world.round().pk, by=world.hoa)


@pytest.mark.parametrize("name", ["minh", "ksor", "lan", "inspector", "admin", "province_approver", "nobody"])
def test_only_the_approver_of_the_commune_decides(world, put_forward, name):
    with pytest.raises(Forbidden):
        actions.issue_decision(world.round().pk, by=world.people[name])
    assert not Decision.objects.exists()


def test_a_decision_on_many_is_one_line_and_each_dossier_has_it_in_its_history(world, put_forward, decision):
    entry = Entry.objects.get(verb="recognition.issue")
    assert (entry.actor, entry.after["titles"]) == (world.hoa, 3)
    assert Entry.objects.get(verb="dossier.recognise").targets.count() == 3


def test_many_titles_cost_as_many_statements_as_few(world, django_assert_max_num_queries):
    for n in range(40):
        world.dossier(State.PROPOSED, world.household(f"Hộ {n}"))
    with django_assert_max_num_queries(45):
        actions.issue_decision(world.round().pk, by=world.hoa)


def test_a_failed_decision_leaves_nothing(world, put_forward, monkeypatch):
    monkeypatch.setattr(actions.dossiers, "move", broken)
    with pytest.raises(RuntimeError):
        actions.issue_decision(world.round().pk, by=world.hoa)
    assert not Recognition.objects.exists() and not Decision.objects.exists()
    assert Dossier.objects.filter(state=State.PROPOSED).count() == 3


def broken(*args, **kwargs):
    raise RuntimeError


def test_the_bases_name_the_programme_and_the_proposal_but_no_illustrative_set(decision):
    assert "387/QĐ-TTg" in decision.bases[0]
    assert decision.bases[-1].startswith("Theo đề nghị của Hội Khuyến học")
    assert len(decision.bases) == 2
    assert decision.wording["illustrative"]


# --- signing


def test_signing_gives_number_day_and_signer_once(world, signed, today):
    signed.refresh_from_db()
    assert (signed.number, signed.day, signed.wording["signer"]) == ("57", today, "Trần Văn Hòa")
    with pytest.raises(Refused, match="đã ký"):
        actions.sign_decision(signed.pk, "58", today, by=world.hoa)


@pytest.mark.parametrize(
    ("number", "days", "sentence"),
    [(" ", 0, "Chưa ghi số"), ("57", 1, "sau hôm nay"), ("57", -5000, "trước ngày mở đợt")],
)
def test_a_number_and_a_possible_day_are_needed(world, decision, today, number, days, sentence):
    with pytest.raises(Refused, match=sentence):
        actions.sign_decision(decision.pk, number, today + timedelta(days=days), by=world.hoa)


def test_a_number_is_used_once_a_year(world, signed, today):
    world.dossier(State.PROPOSED, world.household("Siu Ba"))
    second = actions.issue_decision(world.round().pk, by=world.hoa)
    with pytest.raises(Refused, match=r"57/QĐ-UBND năm \d+ đã dùng"):
        actions.sign_decision(second.pk, "57", today, by=world.hoa)


def test_a_signed_decision_takes_no_more_titles(world, signed):
    world.dossier(State.PROPOSED, world.household("Siu Ba"))
    with pytest.raises(Refused, match="đã ký"):
        actions.issue_decision(world.round().pk, by=world.hoa, into=signed.pk)


FORBIDDEN = [
    "update recognition_recognition set printed = '{}'",
    "delete from recognition_recognition",
    "update recognition_decision set number = '1'",
    "update recognition_decision set day = null, signed_at = null",
    "delete from recognition_decision",
    "insert into recognition_recognition (id, decision_id, dossier_id, subject_id, model, year, commune_id, place_id,"
    " sequence, code, printed) select gen_random_uuid(), decision_id, d.id, d.subject_id, 'FAMILY', 2000, d.place_id,"
    " d.place_id, 1, 'X', '{}' from recognition_recognition, dossiers_dossier d where d.state = 'draft' limit 1",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_database_refuses_to_change_what_has_legal_effect(world, signed, statement):
    world.dossier(State.DRAFT, world.household("Siu Ba"))
    with pytest.raises(IntegrityError, match=r"frozen|kept|no more titles"), transaction.atomic():
        connection.cursor().execute(statement)


def test_an_unsigned_decision_cannot_change_what_it_decides(decision):
    with pytest.raises(IntegrityError, match="only be numbered"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(kind="revoke")


# --- later facts


def test_a_title_is_taken_back_by_a_later_decision(world, signed, today):
    title = queries.titles(signed.pk).first()
    actions.revoke([title.pk], by=world.hoa, number="60", day=today, reason="Kê khai sai")
    title = queries.register([world.ia_tor.pk]).get(pk=title.pk)
    assert queries.standing_of(title, today).state == "revoked"
    dossier = Dossier.objects.get(pk=title.dossier_id)
    assert (dossier.state, dossier.revoked_on, dossier.recognised_at is None) == (State.RECOGNISED, today, False)
    with pytest.raises(Refused, match="đã bị thu hồi"):
        actions.revoke([title.pk], by=world.hoa, number="61", day=today, reason="Lần nữa")
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        Revocation.objects.all().delete()


@pytest.mark.parametrize("name", ["minh", "ksor", "lan", "inspector", "admin", "nobody"])
def test_who_may_not_revoke_does_not(world, signed, today, name):
    title = queries.titles(signed.pk).first()
    with pytest.raises(Forbidden):
        actions.revoke([title.pk], by=world.people[name], number="60", day=today, reason="x")


def test_a_title_of_an_unsigned_decision_is_not_there_to_be_revoked(world, decision, today):
    title = queries.titles(decision.pk).first()
    with pytest.raises(Refused, match="chưa ký"):
        actions.revoke([title.pk], by=world.hoa, number="60", day=today, reason="x")


def test_a_reason_is_needed(world, signed, today):
    title = queries.titles(signed.pk).first()
    with pytest.raises(Refused, match="lý do"):
        actions.revoke([title.pk], by=world.hoa, number="60", day=today, reason=" ")


def test_a_correction_keeps_what_was_printed(world, signed, today):
    title = queries.titles(signed.pk).filter(model=Model.FAMILY).last()
    actions.correct(title.pk, {"name": "Kpuih H'Ngân"}, by=world.hoa, number="61", day=today, reason="Sai tên")
    title.refresh_from_db()
    assert title.printed["name"] == "Kpuih H'Ngưn"
    assert queries.printed_now(title)["name"] == "Kpuih H'Ngân"
    correction = title.corrections.get()
    assert (correction.before, correction.after) == ({"name": "Kpuih H'Ngưn"}, {"name": "Kpuih H'Ngân"})


@pytest.mark.parametrize("changes", [{}, {"title": "Công dân học tập"}, {"name": "Kpuih H'Ngưn"}, {"name": " "}])
def test_only_a_real_change_of_name_or_address_is_a_correction(world, signed, today, changes):
    title = queries.titles(signed.pk).filter(model=Model.FAMILY).last()
    with pytest.raises(Refused):
        actions.correct(title.pk, changes, by=world.hoa, number="61", day=today, reason="x")
    assert Decision.objects.count() == 1


# --- council, meetings, submission


def test_a_council_is_founded_and_the_latest_works(world):
    round_ = world.round()
    actions.found_council(round_.pk, COUNCIL, by=world.minh, founded_by="Quyết định số 12/QĐ-UBND")
    actions.found_council(round_.pk, COUNCIL[::-1], by=world.minh)
    names = [member.name for member in queries.council(round_.pk).members.all()]
    assert names == [member["name"] for member in COUNCIL[::-1]]


def test_a_council_against_the_rules_is_refused_with_every_reason(world):
    with pytest.raises(Refused) as refused:
        actions.found_council(world.round().pk, COUNCIL[2:4], by=world.minh)
    for reason in ("ít nhất 5", "số lẻ", "Hội Khuyến học", "chủ tịch"):
        assert reason in str(refused.value)


def test_votes_are_counted_on_all_dossiers_of_a_model(world, put_forward):
    council = actions.found_council(world.round().pk, COUNCIL, by=world.minh)
    present = list(council.members.values_list("pk", flat=True))
    votes = [{"model": Model.FAMILY, "yes": 5, "no": 0}, {"model": Model.CLAN, "yes": 4, "no": 0, "abstained": 1}]
    meeting = actions.hold_council(council.pk, votes, by=world.minh, present=present, held="ngày 1/12")
    found = {vote.model: (vote.dossiers, vote.yes, vote.abstained) for vote in meeting.votes.all()}
    assert found == {Model.FAMILY: (2, 5, 0), Model.CLAN: (1, 4, 1)}


def test_absent_members_have_no_vote(world, put_forward):
    council = actions.found_council(world.round().pk, COUNCIL, by=world.minh)
    present = list(council.members.values_list("pk", flat=True))[:3]
    with pytest.raises(Refused, match="chỉ 3 thành viên"):
        actions.hold_council(council.pk, [{"model": Model.FAMILY, "yes": 4, "no": 0}], by=world.minh, present=present)


def test_a_submission_states_the_counts_of_its_moment(world, put_forward):
    world.dossier(State.DRAFT, world.household("Siu Ba"))
    world.household("Siu Bốn")
    submission = actions.write_submission(world.round().pk, by=world.minh)
    families = next(tally for tally in submission.tallies if tally["model"] == Model.FAMILY)
    assert (families["total"], families["registered"], families["proposed"]) == (4, 3, 2)


def test_a_submission_of_nothing_is_refused(world):
    with pytest.raises(Refused, match="Chưa có hồ sơ nào được đề nghị"):
        actions.write_submission(world.round().pk, by=world.minh)


def test_the_recorder_records_the_meeting_of_his_village_and_no_other(world):
    round_ = world.round()
    meeting = actions.record_village_meeting(round_.pk, world.ring.pk, by=world.ksor, summoned=80, present=60)
    again = actions.record_village_meeting(round_.pk, world.ring.pk, by=world.minh, chair="Ksor H'Lung")
    assert meeting.pk == again.pk
    with pytest.raises(Forbidden):
        actions.record_village_meeting(round_.pk, world.phung.pk, by=world.ksor)


def test_more_present_than_summoned_is_refused(world):
    with pytest.raises(Refused, match="nhiều hơn 60"):
        actions.record_village_meeting(world.round().pk, world.ring.pk, by=world.minh, summoned=60, present=61)


def test_a_village_of_another_commune_is_refused(world):
    world.post(world.minh, "commune_officer", world.ia_bang)
    with pytest.raises(Refused, match="không thuộc xã"):
        actions.record_village_meeting(world.round().pk, world.brel.pk, by=world.minh)


# --- templates


def test_a_commune_uses_its_own_template_and_can_go_back(world):
    round_ = world.round()
    own = template("{{ so }} {{ ghi_chu }}")
    actions.replace_template(round_.pk, "decision", own, "mau.docx", by=world.minh)
    assert queries.template(world.ia_tor.pk, "decision").file.name == "mau.docx"
    actions.replace_template(round_.pk, "decision", None, by=world.minh)
    assert queries.template(world.ia_tor.pk, "decision") is None


def test_a_template_with_an_unknown_field_is_refused_in_a_sentence(world):
    with pytest.raises(Refused, match="trich_yieu"):
        actions.replace_template(
            world.round().pk, "decision", template("{{ trich_yieu }} {{ ghi_chu }}"), "mau.docx", by=world.minh
        )


# --- who sits in the council


def test_members_are_kept_by_their_names_without_how_they_are_addressed(world):
    members = [member | {"name": f"Ông {member['name']}"} for member in COUNCIL]
    council = actions.found_council(world.round().pk, members, by=world.minh)
    assert [one.name for one in council.members.all()] == [member["name"] for member in COUNCIL]
    assert Entry.objects.get(verb="recognition.found_council").after["members"][0] == COUNCIL[0]["name"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("12345", "«12345» không phải là họ tên"), ("Bà", "«Bà» không phải là họ tên"), ("Ông Trần Văn Hòa", "hai lần")],
)
def test_a_council_of_anything_else_is_refused_by_name(world, name, sentence):
    members = [*COUNCIL[:4], COUNCIL[4] | {"name": name, "post": COUNCIL[0]["post"]}]
    with pytest.raises(Refused, match=sentence):
        actions.found_council(world.round().pk, members, by=world.minh)
    assert queries.council(world.round().pk) is None
