"""Answers of one dossier and of many: what is written, judged, refused, remembered."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.dossiers import actions, answering
from hieuhoc.dossiers.answering import Given
from hieuhoc.dossiers.models import Outcome, State
from hieuhoc.dossiers.workflow import EDITABLE


def test_an_answer_is_kept_with_its_author_and_judged(world):
    dossier = world.dossier()
    actions.answer(dossier.pk, {"T-1": 40, "T-2": 45.5}, by=world.ksor)
    dossier.refresh_from_db()
    assert dossier.answers["T-1"]["value"] == 40 and dossier.answers["T-1"]["by"] == world.ksor.pk
    assert (dossier.outcome, str(dossier.total), dossier.missing, dossier.revision) == ("pass", "85.50", 0, 2)
    assert "Đạt" in dossier.because


def test_a_missing_answer_is_not_zero(world):
    dossier = world.dossier()
    actions.answer(dossier.pk, {"T-1": 50}, by=world.ksor)
    dossier.refresh_from_db()
    assert (dossier.outcome, dossier.missing) == (Outcome.INCOMPLETE, 1)
    actions.answer(dossier.pk, {"T-2": 0}, by=world.ksor)
    dossier.refresh_from_db()
    assert (dossier.outcome, dossier.missing) == (Outcome.FAIL, 0)


def test_an_answer_taken_back_is_gone_and_its_line_says_what_it_was(world):
    dossier = world.dossier(State.SUBMITTED)
    actions.answer(dossier.pk, {"T-1": None}, by=world.minh)
    dossier.refresh_from_db()
    entry = Entry.objects.get(verb="dossier.answer")
    assert "T-1" not in dossier.answers and (entry.before, entry.after) == ({"T-1": 50}, {"T-1": None})


def test_the_second_of_two_writers_is_told(world):
    dossier = world.dossier()
    seen = dossier.revision
    actions.answer(dossier.pk, {"T-1": 40}, by=world.ksor, revision=seen)
    with pytest.raises(actions.Refused, match="vừa được người khác sửa"):
        actions.answer(dossier.pk, {"T-1": 10}, by=world.minh, revision=seen)
    dossier.refresh_from_db()
    assert dossier.answers["T-1"]["value"] == 40


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"T-1": 51}, "vượt điểm tối đa"), ({"T-1": -1}, "số âm"), ({"T-1": "tám"}, "không phải là số"),
        ({"T-1": True}, "không phải là số"), ({"X-9": 1}, "không có chỉ số X-9"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_and_nothing_written(world, answers, said):
    dossier = world.dossier()
    with pytest.raises(actions.Refused, match=said):
        actions.answer(dossier.pk, {"T-2": 10} | answers, by=world.ksor)
    dossier.refresh_from_db()
    assert dossier.answers == {} and not Entry.objects.filter(verb="dossier.answer").exists()


@pytest.mark.parametrize("state", State.values)
def test_only_open_dossiers_take_answers(world, state):
    dossier = world.dossier(state)
    if state in EDITABLE:
        actions.answer(dossier.pk, {"T-1": 11}, by=world.minh)
    else:
        with pytest.raises(actions.Refused, match="không sửa được"):
            actions.answer(dossier.pk, {"T-1": 11}, by=world.minh)
    dossier.refresh_from_db()
    assert (dossier.answers.get("T-1", {}).get("value") == 11) == (state in EDITABLE)


def test_a_closed_round_takes_no_answers(world):
    dossier = world.dossier()
    dossier.round.state = "closed"
    dossier.round.save()
    with pytest.raises(actions.Refused, match="đã khóa"):
        actions.answer(dossier.pk, {"T-1": 11}, by=world.minh)


@pytest.mark.parametrize("person", ["hoa", "lan", "province", "inspector", "admin", "nobody"])
def test_who_may_not_answer(world, person):
    dossier = world.dossier()
    with pytest.raises(Forbidden):
        actions.answer(dossier.pk, {"T-1": 11}, by=getattr(world, person))


def test_many_cells_are_written_judged_and_told_in_one_line(world, django_assert_max_num_queries):
    dossiers = [world.dossier(subject=world.household(f"Ksor {n}")) for n in range(30)]
    cells = [Given(one.pk, key, 45) for one in dossiers for key in ("T-1", "T-2")]
    with django_assert_max_num_queries(24):  # may only fall
        answered = actions.answer_many(cells, by=world.ksor)
    assert answered.refused == {} and set(answered.revisions.values()) == {1}
    for one in dossiers:
        one.refresh_from_db()
        assert (one.outcome, one.revision) == ("pass", 2)
    entry = Entry.objects.get(verb="dossier.answer")
    assert entry.count == 30 and entry.after[str(dossiers[0].pk)] == {"T-1": 45, "T-2": 45}


def test_each_cell_is_taken_or_refused_by_itself(world):
    good, frozen = world.dossier(), world.dossier(State.PROPOSED, world.household("Siu Blơn"))
    foreign = world.dossier(subject=world.household("Rơ Mah Tin", place=world.brel))
    other_village = world.dossier(subject=world.household("Kpuih Ó", place=world.phung))
    unknown = uuid4()
    cells = [
        Given(good.pk, "T-1", 45), Given(good.pk, "T-2", 51), Given(good.pk, "X-1", 1),
        Given(frozen.pk, "T-1", 1), Given(foreign.pk, "T-1", 1), Given(other_village.pk, "T-1", 1),
        Given(unknown, "T-1", 1),
    ]  # fmt: skip
    refused = actions.answer_many(cells, by=world.ksor).refused
    good.refresh_from_db()
    assert {key: answer["value"] for key, answer in good.answers.items()} == {"T-1": 45}
    assert (
        "vượt điểm tối đa" in refused[good.pk, "T-2"].sentence and "không có chỉ số" in refused[good.pk, "X-1"].sentence
    )
    assert "không sửa được" in refused[frozen.pk, "T-1"].sentence
    assert all("Không thấy hồ sơ" in refused[pk, "T-1"].sentence for pk in (foreign.pk, other_village.pk, unknown))


@pytest.mark.parametrize(
    ("seen", "typed", "there", "written"),
    [
        (None, 30, None, True), (20, 30, 20, True), (20, 30, 25, False), (None, 30, 25, False),
        (20, 30, 30, True), (20, None, 25, False), (20, 30, "n/a", False),
    ],
)  # fmt: skip
def test_nobody_writes_over_what_someone_else_wrote_since(world, seen, typed, there, written):
    dossier = world.dossier()
    if there is not None:
        actions.answer(dossier.pk, {"T-1": there}, by=world.minh)
    refused = actions.answer_many([Given(dossier.pk, "T-1", typed, seen)], by=world.ksor).refused
    dossier.refresh_from_db()
    stands = dossier.answers.get("T-1", {}).get("value")
    assert (refused == {}, stands) == (written, typed if written else there)
    if not written:
        assert "người khác vừa ghi" in refused[dossier.pk, "T-1"].sentence


def test_an_answer_that_went_away_and_came_back_is_known_by_its_revision(world):
    dossier = world.dossier()
    for value in (20, 25, 20):
        actions.answer(dossier.pk, {"T-1": value}, by=world.minh)
    answered = actions.answer_many([Given(dossier.pk, "T-1", 30, 20, 1)], by=world.ksor)
    assert answered.refused[dossier.pk, "T-1"].code == "changed"
    assert actions.answer_many([Given(dossier.pk, "T-1", 30, 20, 3)], by=world.ksor).revisions == {
        (dossier.pk, "T-1"): 4
    }


def test_an_answer_says_who_gave_it_when_another_typed_it_in(world):
    dossier = world.dossier()
    actions.answer_many([Given(dossier.pk, "T-1", 30, said_by="Chủ hộ")], by=world.ksor)
    dossier.refresh_from_db()
    assert (dossier.answers["T-1"]["said_by"], dossier.answers["T-1"]["by"]) == ("Chủ hộ", world.ksor.pk)


def test_another_cell_of_the_same_dossier_is_no_conflict(world):
    dossier = world.dossier()
    actions.answer(dossier.pk, {"T-2": 45}, by=world.minh)
    assert actions.answer_many([Given(dossier.pk, "T-1", 45, None)], by=world.ksor).refused == {}
    dossier.refresh_from_db()
    assert set(dossier.answers) == {"T-1", "T-2"}


def test_nothing_to_write_leaves_no_line(world):
    assert actions.answer_many([], by=world.ksor).revisions == {} and not Entry.objects.exists()


values = st.one_of(st.none(), st.integers(0, 50), st.just("n/a"))


@given(st.lists(st.dictionaries(st.sampled_from(["T-1", "T-2"]), values, min_size=1), max_size=6))
def test_answers_laid_one_after_the_other_end_as_the_last_of_each(writes):
    stored: dict = {}
    for at, write in enumerate(writes):
        stored = answering.merged(stored, write, by=at, at=str(at))
    last = {key: value for write in writes for key, value in write.items()}
    assert {key: one["value"] for key, one in stored.items()} == {k: v for k, v in last.items() if v is not None}
    assert all(one["rev"] >= 1 for one in stored.values())


def test_the_same_answer_again_keeps_its_author_and_time():
    first = answering.merged({}, {"T-1": 5}, by=1, at="a")
    assert answering.merged(first, {"T-1": 5}, by=2, at="b") == first
    assert answering.merged(first, {"T-1": 6}, by=2, at="b")["T-1"] == {"value": 6, "by": 2, "at": "b", "rev": 2}
