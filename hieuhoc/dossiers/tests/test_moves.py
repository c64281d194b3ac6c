"""The table of moves: who, from where, with what reason; freezing and thawing; taking back."""

import pytest

from hieuhoc.accounts.access import Forbidden, can
from hieuhoc.audit.models import Entry
from hieuhoc.dossiers import actions
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.dossiers.workflow import BY_DECISION, FROZEN, MOVES, UNDO, diagram, moves_from

PEOPLE = ("minh", "hoa", "ksor", "lan", "province_approver", "admin", "nobody")


@pytest.mark.parametrize("name", MOVES)
def test_every_person_and_state_does_what_the_table_says(world, name):
    step, happened = MOVES[name], {}
    for person in PEOPLE:
        allowed = can(getattr(world, person), step.right, world.ring.pk)
        for state in State.values:
            dossier = ready(world, state, f"{person} {state}")
            happened[person, state] = attempt(dossier, name, getattr(world, person))
            expected = Forbidden if not allowed else step.target if state in step.sources else actions.Refused
            assert happened[person, state] == expected, (person, state)
    assert step.target in happened.values()


def ready(world, state, name):
    """A dossier in the state that passes, judged as the product would have."""
    return world.dossier(state, world.household(name), outcome="pass", total=100, missing=0)


def attempt(dossier, name, person):
    """The state after the move, or the kind of refusal with the state unchanged."""
    before = dossier.state
    try:
        actions.move([dossier.pk], name, by=person, reason="Vì sao")
    except (Forbidden, actions.Refused) as refusal:
        dossier.refresh_from_db()
        assert dossier.state == before
        return type(refusal)
    dossier.refresh_from_db()
    return dossier.state


@pytest.mark.parametrize("name", [name for name, step in MOVES.items() if step.needs_reason])
def test_a_move_that_needs_a_reason_is_refused_without_one(world, name):
    dossier = world.dossier(next(iter(MOVES[name].sources)))
    with pytest.raises(actions.Refused, match="cần ghi lý do"):
        actions.move([dossier.pk], name, by=world.minh, reason="  ")


def test_a_returned_dossier_says_who_and_why(world):
    dossier = world.dossier(State.SUBMITTED)
    actions.move([dossier.pk], "return", by=world.minh, reason="Thiếu minh chứng chỉ số 3")
    dossier.refresh_from_db()
    entry = Entry.objects.get(verb="dossier.return")
    assert (entry.actor, entry.reason, dossier.reason) == (world.minh, "Thiếu minh chứng chỉ số 3", entry.reason)


def test_only_who_passes_is_proposed_and_all_go_or_none(world):
    good = world.dossier(State.VERIFIED, world.household("Ksor Một"))
    bad = world.dossier(State.VERIFIED, world.household("Ksor Hai"), answers={})
    with pytest.raises(actions.Refused, match="1 hồ sơ chưa đạt"):
        actions.move([good.pk, bad.pk], "propose", by=world.minh)
    assert set(Dossier.objects.values_list("state", flat=True)) == {State.VERIFIED}


def test_the_sheet_freezes_at_proposal_and_thaws_when_sent_back(world):
    dossier = world.dossier(State.VERIFIED)
    actions.move([dossier.pk], "propose", by=world.minh)
    dossier.refresh_from_db()
    assert dossier.frozen_at and dossier.sheet["outcome"] == "pass" and len(dossier.sheet["lines"]) == 2
    actions.move([dossier.pk], "send_back", by=world.hoa, reason="Xem lại chỉ số 1")
    dossier.refresh_from_db()
    assert dossier.frozen_at is None and dossier.state == State.VERIFIED


def test_a_refusal_keeps_the_sheet_that_explains_it(world):
    dossier = world.dossier(State.VERIFIED, answers={"T-1": {"value": 10, "by": 1, "at": "", "rev": 1}})
    actions.move([dossier.pk], "refuse", by=world.minh, reason="Chưa đủ điểm")
    dossier.refresh_from_db()
    assert dossier.frozen_at and dossier.sheet["lines"][0]["earned"] == 10


def test_a_declined_dossier_keeps_the_sheet_of_its_proposal(world):
    dossier = world.dossier(State.PROPOSED)
    when = dossier.frozen_at
    actions.move([dossier.pk], "decline", by=world.hoa, reason="Có khiếu nại")
    dossier.refresh_from_db()
    assert dossier.frozen_at == when and dossier.sheet["total"] == "100"


def test_many_move_in_one_act_and_each_keeps_its_history(world):
    dossiers = [world.dossier(State.SUBMITTED, world.household(f"Ksor {n}")) for n in range(5)]
    assert actions.move([one.pk for one in dossiers], "verify", by=world.minh) == 5
    entry = Entry.objects.get(verb="dossier.verify")
    assert entry.count == 5 and entry.targets.count() == 5


def test_dossiers_of_two_rounds_do_not_move_together(world):
    first = world.dossier(State.SUBMITTED)
    second = world.dossier(State.SUBMITTED, world.household("Siu Ó"), round=world.round(2025))
    with pytest.raises(actions.Refused, match="nhiều đợt xét"):
        actions.move([first.pk, second.pk], "verify", by=world.minh)


def test_a_recorder_does_not_move_the_neighbours_dossiers_along_with_the_own(world):
    own = world.dossier()
    other = world.dossier(subject=world.household("Siu Ó", place=world.phung))
    with pytest.raises(Forbidden):
        actions.move([own.pk, other.pk], "submit", by=world.ksor)
    own.refresh_from_db()
    assert own.state == State.DRAFT


@pytest.mark.parametrize("name", UNDO)
def test_what_is_undone_can_be_undone_by_the_same_person(world, name):
    step, back = MOVES[name], MOVES[UNDO[name]]
    assert step.target in back.sources
    person = world.minh
    for state in step.sources:
        dossier = world.dossier(state, world.household(f"Ksor {name} {state}"))
        actions.move([dossier.pk], name, by=person, reason="Vì sao")
        actions.move([dossier.pk], UNDO[name], by=person, reason="Hoàn tác")
        dossier.refresh_from_db()
        assert dossier.state == back.target and (dossier.frozen_at is None)


def test_a_decision_is_no_button_and_every_state_can_be_left_or_is_final():
    assert set(MOVES) >= BY_DECISION
    assert set(moves_from(State.RECOGNISED)) <= BY_DECISION
    assert all(moves_from(state) for state in State.values if state != State.RECOGNISED)
    assert {State.PROPOSED, State.RECOGNISED} == FROZEN


def test_the_diagram_names_every_move():
    drawn = diagram()
    assert all(f": {name}" in drawn for name in MOVES)


def test_nothing_chosen_moves_nothing(world):
    assert actions.move([], "verify", by=world.minh) == 0 and not Entry.objects.exists()
