"""One title leaves a decision that is not signed: with a reason, as if it had not been in it, and back until signed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.timezone import now

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers import derived
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.recognition import actions, dropping, papers, prints, queries, submissions
from hieuhoc.recognition.actions import Refused
from hieuhoc.recognition.models import Dropped, Paper, Recognition
from hieuhoc.recognition.tests.test_pages import said
from hieuhoc.recognition.tests.test_papers import own_files, words
from hieuhoc.registry.models import Model
from hieuhoc.rounds import actions as rounds

__all__ = ["own_files"]
WHY = "Hộ đã chuyển đi trước ngày xét"


def url(name: str, *args) -> str:
    return reverse(f"recognition:{name}", args=args)


@pytest.fixture
def anh(decision):
    """The title of Rơ Châm Anh, number 0001 of the families."""
    return queries.titles(decision.pk).filter(model=Model.FAMILY).first()


@pytest.fixture
def out(world, anh):
    """The same, taken out of the draft."""
    return actions.drop_title(anh.pk, by=world.hoa, reason=WHY)


def numbers(decision) -> list[str]:
    return [one.printed["number"].split("/")[0] for one in queries.titles(decision.pk).filter(model=Model.FAMILY)]


# --- the act


def test_the_dossier_stands_again_where_it_stood_before(world, put_forward):
    dossier = Dossier.objects.get(pk=put_forward[1].pk)
    decision = actions.issue_decision(world.round().pk, by=world.hoa)
    title = queries.titles(decision.pk).get(dossier=dossier)
    actions.drop_title(title.pk, by=world.hoa, reason=WHY)
    now = Dossier.objects.get(pk=dossier.pk)
    for name in ("state", "sheet", "frozen_at", "total", "outcome", "answers", "place_id"):
        assert getattr(now, name) == getattr(dossier, name)
    assert not Recognition.objects.filter(pk=title.pk).exists() and decision.recognitions.count() == 2
    entry = Entry.objects.get(verb="recognition.drop_title")
    assert (entry.actor, entry.reason, entry.before["name"]) == (world.hoa, WHY, "Rơ Châm Anh")
    assert Entry.objects.get(verb="dossier.drop").reason == WHY


def test_undone_it_is_the_title_it_was(world, decision, anh, out):
    before = {name: getattr(anh, name) for name in ("pk", *dropping.KEPT)}
    title = actions.restore_title(out.pk, by=world.hoa)
    title.refresh_from_db()
    assert {name: getattr(title, name) for name in before} == before
    assert Dossier.objects.get(pk=anh.dossier_id).state == State.RECOGNISED
    with pytest.raises(Refused, match="đã được đưa trở lại"):
        actions.restore_title(out.pk, by=world.hoa)
    again = actions.drop_title(anh.pk, by=world.hoa, reason=WHY)
    assert again.pk != out.pk and Dropped.objects.count() == 2


@pytest.mark.parametrize("act", ["drop", "restore"])
def test_after_signing_only_a_later_decision_is_left(world, decision, anh, today, act):
    made = actions.drop_title(anh.pk, by=world.hoa, reason=WHY) if act == "restore" else None
    actions.sign_decision(decision.pk, "57", today, by=world.hoa)
    with pytest.raises(Refused, match=r"đã ký.*thu hồi"):
        if made:
            actions.restore_title(made.pk, by=world.hoa)
        else:
            actions.drop_title(anh.pk, by=world.hoa, reason=WHY)


def test_a_reason_is_needed_and_nothing_is_half_done(world, decision, anh):
    with pytest.raises(Refused, match="lý do"):
        actions.drop_title(anh.pk, by=world.hoa, reason=" ")
    assert decision.recognitions.count() == 3 and not Dropped.objects.exists()


@pytest.mark.parametrize("name", ["minh", "ksor", "lan", "inspector", "admin", "nobody"])
def test_only_who_decides_drops_and_restores(world, anh, out, name):
    other = Recognition.objects.exclude(pk=anh.pk).first()
    with pytest.raises(Forbidden):
        actions.drop_title(other.pk, by=world.people[name], reason=WHY)
    with pytest.raises(Forbidden):
        actions.restore_title(out.pk, by=world.people[name])


def test_a_decision_without_titles_is_not_signed(world, decision, today):
    for title in list(queries.titles(decision.pk)):
        actions.drop_title(title.pk, by=world.hoa, reason=WHY)
    with pytest.raises(Refused, match="không còn danh hiệu nào"):
        actions.sign_decision(decision.pk, "57", today, by=world.hoa)


def test_an_emptied_decision_stands_in_nobodys_way(world, decision, today):
    for title in list(queries.titles(decision.pk)):
        actions.drop_title(title.pk, by=world.hoa, reason=WHY)
    with pytest.raises(Refused, match="chưa có danh hiệu nào"):
        prints.print_originals(decision.pk, by=world.minh)
    assert queries.unsigned(world.round().pk) is None
    again = actions.issue_decision(world.round().pk, by=world.hoa)
    assert again.pk != decision.pk and queries.titles(again.pk).exists()
    actions.sign_decision(again.pk, "57", today, by=world.hoa)
    rounds.close_round(world.round().pk, by=world.minh)


def test_what_was_proposed_anew_does_not_return_with_its_old_words(world, anh, out):
    Dossier.objects.filter(pk=anh.dossier_id).update(frozen_at=now() + timedelta(minutes=1))
    with pytest.raises(Refused, match="đề nghị lại sau khi đưa ra"):
        actions.restore_title(out.pk, by=world.hoa)


def test_a_title_is_dropped_once(world, anh, out):
    stale = anh
    with pytest.raises((Refused, Recognition.DoesNotExist)):
        actions.drop_title(stale.pk, by=world.hoa, reason=WHY)


def test_its_number_and_its_code_are_given_to_nobody_else(world, decision):
    last = queries.titles(decision.pk).filter(model=Model.FAMILY).last()
    actions.drop_title(last.pk, by=world.hoa, reason=WHY)
    world.dossier(State.PROPOSED, world.household("Siu Ba"))
    actions.issue_decision(world.round().pk, by=world.hoa, into=decision.pk)
    assert numbers(decision) == ["0001", "0003"]
    assert not queries.check(last.code).found


def test_what_was_dropped_does_not_come_back_when_the_decision_is_extended(world, decision, anh, out, today):
    world.dossier(State.PROPOSED, world.household("Siu Ba"))
    actions.issue_decision(world.round().pk, by=world.hoa, into=decision.pk)
    assert Dossier.objects.get(pk=anh.dossier_id).state == State.PROPOSED
    with pytest.raises(Refused, match="Không có hồ sơ nào"):
        actions.issue_decision(world.round().pk, by=world.hoa, into=decision.pk)
    actions.sign_decision(decision.pk, "57", today, by=world.hoa)
    later = actions.issue_decision(world.round().pk, by=world.hoa)
    assert [one.dossier_id for one in queries.titles(later.pk)] == [anh.dossier_id]


def test_what_was_sent_back_since_cannot_return_unseen(world, anh, out):
    dossiers.move([anh.dossier_id], "send_back", by=world.hoa, reason="Xem lại")
    with pytest.raises(Refused, match="không ở bước"):
        actions.restore_title(out.pk, by=world.hoa)
    assert not Recognition.objects.filter(pk=anh.pk).exists()


FORBIDDEN = [
    ("signed", "delete from recognition_recognition"),
    ("unsigned", "update recognition_recognition set printed = '{}'"),
]


@pytest.mark.parametrize(("when", "statement"), FORBIDDEN)
def test_the_database_lets_a_title_go_only_before_signing_and_never_changes_one(
    world, decision, today, when, statement
):
    if when == "signed":
        actions.sign_decision(decision.pk, "57", today, by=world.hoa)
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_share_that_counted_the_title_says_so(world, decision, anh):
    clan = queries.titles(decision.pk).get(model=Model.CLAN).dossier
    query = derived.OUTDATED_RESIDENTS + derived.SINCE
    values = {"round": clan.round_id, "model": Model.FAMILY, "group": Model.CLAN}
    Dossier.objects.filter(pk=clan.pk).update(place_id=anh.place_id)
    Dossier.objects.filter(pk=anh.dossier_id).update(recognised_at=clan.frozen_at)
    rows = []
    made = actions.drop_title(anh.pk, by=world.hoa, reason=WHY)
    for act in (lambda: None, lambda: actions.restore_title(made.pk, by=world.hoa)):
        act()
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            rows.append([(str(a), str(b)) for a, b in cursor.fetchall()])
    assert rows == [[(str(clan.pk), str(anh.dossier_id))], []]


# --- papers and pages


def test_papers_made_from_the_old_list_are_in_use_no_more(world, decision, anh):
    papers.make(world.round(), "awards", decision, by=world.minh)
    assert [one.kind for one in queries.papers(world.round().pk)] == ["awards"]
    actions.drop_title(anh.pk, by=world.hoa, reason=WHY)
    assert list(queries.papers(world.round().pk)) == [] and Paper.objects.count() == 1
    text = words(papers.make(world.round(), "awards", decision, by=world.minh))
    assert "Kpuih H'Ngưn" in text and "Rơ Châm Anh" not in text
    assert "1 hộ gia đình đạt danh hiệu" in words(papers.make(world.round(), "decision", decision, by=world.minh))


def test_the_submission_and_its_paper_say_so(world, put_forward):
    sent = actions.write_submission(world.round().pk, by=world.minh, number="18")
    decision = actions.issue_decision(world.round().pk, by=world.hoa)
    title = queries.titles(decision.pk).filter(model=Model.FAMILY).first()
    made = actions.drop_title(title.pk, by=world.hoa, reason=WHY)
    (one,) = submissions.taken_back(sent)
    assert (one.name, one.act, one.again, one.dropped) == ("Rơ Châm Anh", "Đưa ra khỏi quyết định", False, True)
    text = words(papers.make(world.round(), "submission", by=world.minh))
    assert f"đưa ra khỏi dự thảo quyết định 1 hồ sơ: Rơ Châm Anh ({WHY})." in text
    actions.restore_title(made.pk, by=world.hoa)
    assert submissions.told(sent) == "" and submissions.taken_back(sent)[0].again


def test_it_is_dropped_and_put_back_on_the_pages(world, browse, decision, anh):
    client, round_ = browse(world.hoa), world.round()
    papers.make(round_, "awards", decision, by=world.minh)
    listed = client.get(url("register"), {"qd": decision.pk}).context["rows"]
    assert len(listed) == 3 and "Đưa ra khỏi quyết định" in said(client.get(url("title", anh.pk)))
    assert client.post(url("drop", anh.pk), {"reason": " "}).status_code == 422
    shown = said(client.post(url("drop", anh.pk), {"reason": WHY}, follow=True))
    assert f"Lý do: {WHY}" in shown and "Hoàn tác" in shown and "Danh sách đã đổi" in shown
    assert "2 danh hiệu" in shown and "Đang chờ quyết định" not in shown
    papers.make(round_, "awards", decision, by=world.minh)
    assert "Danh sách đã đổi" not in said(client.get(url("papers", round_.pk)))
    assert f"Lý do: {WHY}" in said(client.get(url("issue", round_.pk)))
    assert "Hoàn tác" not in said(browse(world.minh).get(url("papers", round_.pk)))
    (made,) = Dropped.objects.all()
    shown = said(client.post(url("restore", made.pk), follow=True))
    assert "3 danh hiệu" in shown and "Đã đưa ra khỏi quyết định trước khi ký" not in shown


def test_a_signed_title_is_told_the_way_on_the_page(world, browse, signed):
    title = queries.titles(signed.pk).first()
    assert "Đưa ra khỏi quyết định" not in said(browse(world.hoa).get(url("title", title.pk)))
    answer = browse(world.hoa).post(url("drop", title.pk), {"reason": WHY})
    assert answer.status_code == 422 and "bấm «Thu hồi»" in said(answer)
