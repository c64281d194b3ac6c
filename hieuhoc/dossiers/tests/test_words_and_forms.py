"""How a dossier's history reads, what its forms ask and understand, and what a set asks to know of the subject."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils.timezone import now

from hieuhoc.criteria import sets, shape
from hieuhoc.criteria.models import CriteriaSet, CriteriaVersion, Indicator
from hieuhoc.dossiers import wording
from hieuhoc.dossiers.forms import AnswersForm, EvidenceForm, FactsForm, asked_facts
from hieuhoc.dossiers.models import Dossier
from hieuhoc.dossiers.workflow import MOVES
from hieuhoc.registry.models import Model

OFFICE = sets.load("tt24-organisation")
CITIZEN = sets.load("cdht-324")


def entry(verb, before=None, after=None, reason=""):
    """A line of the act log."""
    return SimpleNamespace(at=now(), actor="Minh", verb=verb, before=before, after=after, reason=reason)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"CD-1.1": None}, {"CD-1.1": 8.5}, ["CD-1.1: trống → 8,5"]),
        ({"CD-1.1": 8}, {"CD-1.1": None}, ["CD-1.1: 8 → trống"]),
        ({"CD-1.1": 0}, {"CD-1.1": "n/a"}, ["CD-1.1: 0 → KAD"]),
        ({"CD-1.1": 8}, {"CD-1.1": 8}, []),
        ({"X": {"CD-1.1": 1}, "Y": {"CD-1.1": 3}}, {"X": {"CD-1.1": 2}, "Y": {"CD-1.1": 4}}, ["CD-1.1: 1 → 2"]),
        ({"GONE-1": 1}, {"GONE-1": 2}, ["GONE-1: 1 → 2"]),
        (None, None, []),
    ],
)
def test_changed_answers_are_told_one_by_one_also_of_an_act_on_many(before, after, said):
    assert wording.changes("X", CITIZEN, entry("dossier.answer", before, after)) == said


def test_a_long_change_is_cut_and_counted():
    after = {one.key: 5 for one in CITIZEN.indicators}
    lines = wording.changes("X", CITIZEN, entry("dossier.answer", {}, after))
    assert len(lines) == wording.SHOWN + 1 and lines[-1] == "và 2 chỉ số khác"


@pytest.mark.parametrize("name", MOVES)
def test_every_move_has_its_words_in_the_history(name):
    (line,) = wording.said("X", CITIZEN, [entry(f"dossier.{name}", reason="Vì sao")])
    assert (line.did, line.reason, line.changes) == (MOVES[name].label, "Vì sao", ())


def test_the_form_shows_what_is_stored_and_tells_what_changed():
    stored = {"CD-1.1": {"value": 8.5}, "CD-1.2": {"value": "n/a"}}
    form = AnswersForm(CITIZEN, stored, {"CD-1.1": "9", "CD-1.2": "KAD", "CD-1.3": "", "revision": "3"})
    assert form["CD-1.1"].initial == "8,5" and form["CD-1.2"].initial == "KAD"
    assert form.is_valid() and form.changed() == {"CD-1.1": 9}


def test_a_field_that_was_not_sent_is_not_taken_back():
    form = AnswersForm(CITIZEN, {"CD-1.1": {"value": 8}}, {"CD-1.2": "7"})
    assert form.is_valid() and form.changed() == {"CD-1.2": 7}


def test_what_is_computed_is_not_asked():
    assert "DV-3.1a" not in AnswersForm(OFFICE, {}).fields and "DV-1.1" in AnswersForm(OFFICE, {}).fields


@pytest.mark.parametrize(("text", "value"), [("Có", True), ("Không", False), ("KAD", "n/a"), ("", None)])
def test_a_yes_or_no_is_chosen(text, value):
    form = AnswersForm(OFFICE, {"DV-1.1": {"value": "n/a"}}, {"DV-1.1": text})
    assert form.is_valid() and form.cleaned_data["DV-1.1"] == value


def test_a_set_asks_only_for_the_facts_its_indicators_depend_on():
    assert [name for name, _, _ in asked_facts(OFFICE)] == ["kind", "scope", "has_learners"]
    assert asked_facts(CITIZEN) == []


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ({"kind": "high_school", "has_learners": "yes"}, {"kind": "high_school", "has_learners": True}),
        ({"kind": "", "has_learners": "no"}, {"has_learners": False}),
        ({"kind": "", "has_learners": ""}, {}),
    ],
)
def test_facts_are_kept_as_scoring_takes_them(chosen, kept):
    form = FactsForm(OFFICE, {"kind": "economic", "note": 1}, None, {"scope": "", "level": "1"} | chosen)
    assert form.is_valid() and form.facts({"kind": "economic", "note": 1}) == {"note": 1} | kept


@pytest.mark.parametrize("wrong", [{"kind": "circus"}, {"level": "3"}, {"has_learners": "maybe"}])
def test_a_fact_that_is_none_is_refused(wrong):
    assert not FactsForm(OFFICE, {}, None, {"level": "1"} | wrong).is_valid()


def test_evidence_is_for_an_indicator_of_the_set_or_for_the_whole():
    form = EvidenceForm(CITIZEN)
    keys = [key for key, _ in form.fields["indicator"].choices]
    assert keys[:2] == ["", "CD-1.1"] and len(keys) == 11


@pytest.fixture
def office(world):
    """A school judged by the circular for organisations, in levels."""
    whole = OFFICE.to_dict()
    made = CriteriaVersion.objects.create(
        set=CriteriaSet.objects.create(code=OFFICE.code, title=OFFICE.title, model="ORGANISATION"), **shape.head(whole)
    )
    Indicator.objects.bulk_create(shape.indicator_rows(whole, made))
    CriteriaVersion.objects.filter(pk=made.pk).update(status="published", published_at=now())
    world.round().models.filter(model="ORGANISATION").update(version=made)
    subject = world.subject(Model.ORGANISATION, "Trường THPT Ia Tôr", details={"staff": 20})
    return world.dossier(subject=subject)


def test_facts_and_level_change_what_is_asked(world, browse, office):
    client = browse(world.minh)
    page = client.get(reverse("dossiers:one", args=[office.pk])).content.decode()
    assert "Thông tin để chấm" in page and "Mức độ đề nghị" in page
    client.post(
        reverse("dossiers:facts", args=[office.pk]), {"kind": "economic", "scope": "", "has_learners": "", "level": "2"}
    )
    office.refresh_from_db()
    assert (office.facts, office.level_sought) == ({"kind": "economic"}, 2)
    page = client.get(reverse("dossiers:one", args=[office.pk])).content.decode()
    assert "Không áp dụng cho đối tượng này, không tính." in page and "Không tính cho tổ chức kinh tế." in page
    grid = client.get(reverse("dossiers:grid", args=[office.round_id, "ORGANISATION"])).content.decode()
    assert 'data-key="DV-2.4" class="is-off"' in grid


def test_wrong_facts_are_said_and_nothing_kept(world, browse, office):
    answer = browse(world.minh).post(reverse("dossiers:facts", args=[office.pk]), {"kind": "circus", "level": "1"})
    office.refresh_from_db()
    assert answer.status_code == 422 and office.facts == {}


def test_an_office_is_answered_on_its_page_in_all_kinds(world, browse, office):
    typed = {"revision": 1, "DV-1.1": "Có", "DV-1.2": "Không", "DV-2.1": "18/20", "DV-3.4": "tốt"}
    browse(world.minh).post(reverse("dossiers:save", args=[office.pk]), typed)
    office.refresh_from_db()
    values = {key: one["value"] for key, one in office.answers.items()}
    assert values == {"DV-1.1": True, "DV-1.2": False, "DV-2.1": {"count": 18, "of": 20}, "DV-3.4": 2}
    assert office.outcome == "fail" and "DV-1.2" in office.because
    page = browse(world.minh).get(reverse("dossiers:one", args=[office.pk])).content.decode()
    assert 'value="18/20"' in page and "Còn thiếu để đạt" in page


def test_decimals_survive_the_way_through_the_database(world, browse):
    dossier = world.dossier()
    browse(world.ksor).post(
        reverse("dossiers:save", args=[dossier.pk]), {"revision": 1, "T-1": "33,33", "T-2": "46,67"}
    )
    dossier.refresh_from_db()
    assert dossier.total == Decimal("80.00") and dossier.outcome == "pass"
    assert Dossier.objects.filter(answers__contains={"T-1": {"value": 33.33}}).exists()
