"""Sets judged by levels fail what has no evidence; other sets do not ask. Judged for a list in one question."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hieuhoc.audit.models import Entry
from hieuhoc.criteria import actions as criteria
from hieuhoc.criteria.queries import published
from hieuhoc.dossiers import actions, evidence, grid, judging
from hieuhoc.dossiers.models import Dossier, Evidence, Outcome, State
from hieuhoc.dossiers.tests.test_dossier_page import photo
from hieuhoc.registry.models import Model
from hieuhoc.rounds import queries as rounds
from hieuhoc.scoring import Criteria

FACTS = {"kind": "public_body", "has_learners": False}
YES = {"DV-1.1": True, "DV-1.2": True, "DV-1.3": True, "DV-1.4": True, "DV-1.5": True, "DV-3.2": True, "DV-3.3": True}
SHARES = {f"DV-2.{n}": {"count": 96, "of": 100} for n in range(1, 6)}
ANSWERED = YES | SHARES


@pytest.fixture
def round_(world):
    """A round in which organisations are judged by TT 24/2023."""
    criteria.load_shipped_sets()
    made = world.round()
    made.models.filter(model=Model.ORGANISATION).update(version=published("tt24-organisation"))
    return made


def office(world, round_, name="Trạm Y tế xã", state=State.DRAFT):
    """An office with one member, a learning citizen, that answers everything with yes."""
    subject = world.organisation(name, details={"staff": "1"})
    citizen = world.citizen(f"Ksor {name}")
    world.member(citizen, subject, role="staff")
    world.dossier(State.RECOGNISED, citizen)
    answers = {key: {"value": value, "by": world.minh.pk, "at": "", "rev": 1} for key, value in ANSWERED.items()}
    return world.dossier(state, subject, round=round_, answers=answers, facts=FACTS)


def support(world, dossier, *keys):
    """Evidence for these indicators (for all by default), as rows."""
    Evidence.objects.bulk_create(
        Evidence(dossier=dossier, indicator=key, note="Danh sách", added_by=world.minh) for key in keys or ANSWERED
    )


def judged(dossier):
    judging.judge(dossier.round_id, dossier.model)
    dossier.refresh_from_db()
    return dossier.outcome


def line(dossier, key):
    """The line of an indicator on the live sheet."""
    return next(one for one in judging.result_of(dossier).lines if one.key == key)


def test_what_has_no_evidence_fails_and_says_so(world, round_):
    dossier = office(world, round_)
    assert judged(dossier) == Outcome.FAIL
    assert "12 chỉ số chưa đạt" in dossier.because
    assert line(dossier, "DV-1.1").because == "Có. Chưa có minh chứng: không đạt."
    assert line(dossier, "DV-3.1a").passed


def test_what_has_evidence_for_each_indicator_passes(world, round_):
    dossier = office(world, round_)
    support(world, dossier)
    assert judged(dossier) == Outcome.PASS and dossier.level == 2


@pytest.mark.parametrize("lacking", ["none for it", "for the whole dossier", "taken away"])
def test_one_indicator_without_evidence_fails_the_whole(world, round_, lacking):
    dossier = office(world, round_)
    support(world, dossier, *(ANSWERED.keys() - {"DV-2.5"}))
    if lacking == "for the whole dossier":
        support(world, dossier, "")
    if lacking == "taken away":
        one = actions.cite(dossier.pk, "Bảng lương", by=world.minh, indicator="DV-2.5")
        dossier.refresh_from_db()
        assert dossier.outcome == Outcome.PASS
        actions.detach(one.pk, by=world.minh)
        dossier.refresh_from_db()
        assert dossier.outcome == Outcome.FAIL
    assert judged(dossier) == Outcome.FAIL
    assert [one.key for one in judging.result_of(dossier).lines if one.passed is False] == ["DV-2.5"]


def test_evidence_counts_the_moment_it_is_given(world, round_):
    dossier = office(world, round_)
    support(world, dossier, *(ANSWERED.keys() - {"DV-1.1", "DV-1.2"}))
    actions.attach(dossier.pk, photo().read(), "anh.jpg", by=world.minh, indicator="DV-1.1")
    actions.cite(dossier.pk, "Danh sách cử đi học năm 2026", by=world.minh, indicator="DV-1.2")
    dossier.refresh_from_db()
    assert dossier.outcome == Outcome.PASS
    assert Entry.objects.get(verb="dossier.cite").after["note"] == "Danh sách cử đi học năm 2026"


def test_without_evidence_nothing_is_proposed(world, round_):
    dossier = office(world, round_, state=State.VERIFIED)
    with pytest.raises(actions.Refused, match="chưa đạt theo bộ tiêu chí"):
        actions.move([dossier.pk], "propose", by=world.minh)
    support(world, dossier)
    assert actions.move([dossier.pk], "propose", by=world.minh) == 1


def test_a_list_is_judged_with_as_many_questions_as_one_dossier(world, round_):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            judging.judge(round_.pk, Model.ORGANISATION)
        return len(asked)

    support(world, office(world, round_))
    rounds.criteria_of(round_.pk, Model.ORGANISATION)  # read once, then kept
    one = questions()
    for n in range(4):
        support(world, office(world, round_, f"Trường {n}"))
    assert questions() == one
    assert set(Dossier.objects.filter(model=Model.ORGANISATION).values_list("outcome", flat=True)) == {Outcome.PASS}


def test_the_grid_tells_the_same_as_the_sheet(world, round_):
    dossier = office(world, round_)
    set_ = rounds.criteria_of(round_.pk, Model.ORGANISATION)
    (row,) = grid.rows(set_, round_, [dossier], places={}, writable=[dossier.place_id])
    cells = {cell.key: cell for cell in row.cells}
    assert (cells["DV-1.1"].stands, cells["DV-1.1"].because) == ("low", "Có. Chưa có minh chứng: không đạt.")
    support(world, dossier)
    (row,) = grid.rows(set_, round_, [dossier], places={}, writable=[dossier.place_id])
    assert {cell.stands for cell in row.cells if cell.key in ANSWERED} == {""}


def test_a_set_by_points_does_not_ask(world):
    dossier = world.dossier(State.SUBMITTED)
    assert judged(dossier) == Outcome.PASS


@pytest.mark.parametrize(
    ("judging_", "state", "asked"),
    [("levels", "official", True), ("levels", "local", True), ("levels", "provisional", True),
     ("levels", "illustrative", False), ("points", "official", False)],
)  # fmt: skip
def test_which_sets_ask(judging_, state, asked):
    assert evidence.asked_by(Criteria("x", "1", "X", "ORGANISATION", judging_, state)) == asked


def test_a_set_with_many_indicators_takes_enough_pieces(world, round_):
    assert evidence.limit(rounds.criteria_of(round_.pk, Model.ORGANISATION)) >= 3 * len(ANSWERED)
    assert evidence.limit(rounds.criteria_of(round_.pk, Model.FAMILY)) == 10


@pytest.mark.parametrize(("key", "note"), [("", "Danh sách"), ("DV-1.1", "  "), ("XX-9", "Danh sách")])
def test_a_note_is_evidence_only_with_words_and_an_indicator_of_the_set(world, round_, key, note):
    dossier = office(world, round_)
    with pytest.raises(actions.Refused):
        actions.cite(dossier.pk, note, by=world.minh, indicator=key)
    assert not Evidence.objects.exists()


def test_the_page_takes_a_note_and_says_what_is_asked(world, browse, round_):
    dossier = office(world, round_)
    client, address = browse(world.minh), reverse("dossiers:one", args=[dossier.pk])
    assert "Chỉ số chưa có minh chứng thì không đạt" in client.get(address).content.decode()
    given = {"indicator": "DV-2.1", "note": "Danh sách cán bộ năm 2026"}
    assert client.post(reverse("dossiers:attach", args=[dossier.pk]), given).status_code == 302
    shown = client.get(address).content.decode()
    assert "Danh sách cán bộ năm 2026" in shown and "Ghi căn cứ làm minh chứng" in shown
    evidence_ = Evidence.objects.get()
    assert evidence_.file is None
    assert client.get(reverse("dossiers:evidence", args=[evidence_.pk])).status_code == 404
