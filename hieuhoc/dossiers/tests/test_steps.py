"""The five steps as counts: who waits where, which step is now."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.dossiers import steps
from hieuhoc.dossiers.models import State
from hieuhoc.dossiers.workflow import BY_DECISION, MOVES

by_state = st.dictionaries(st.sampled_from(State.values), st.integers(0, 500))


@given(by_state, st.integers(0, 5000))
def test_everybody_stands_somewhere_and_nobody_twice(found, total):
    counts = steps.counts(found, total)
    registered = sum(number for state, number in found.items() if state != State.WITHDRAWN)
    assert counts[0].waiting + counts[0].done >= total and counts[0].done == registered
    decided = found.get(State.RECOGNISED, 0) + found.get(State.NOT_RECOGNISED, 0)
    assert sum(count.waiting for count in counts[1:]) + decided == registered
    assert all(later.waiting + later.done <= earlier.done for earlier, later in pairwise(counts[1:]))


@pytest.mark.parametrize(
    ("found", "total", "now"),
    [
        ({}, 10, "register"), ({}, 0, "register"),
        ({State.DRAFT: 3}, 10, "score"), ({State.RETURNED: 1, State.PROPOSED: 9}, 10, "score"),
        ({State.SUBMITTED: 3}, 3, "verify"), ({State.VERIFIED: 3}, 10, "propose"),
        ({State.PROPOSED: 3}, 3, "recognise"), ({State.RECOGNISED: 3}, 3, "recognise"),
        ({State.WITHDRAWN: 3}, 3, "register"),
    ],
)  # fmt: skip
def test_the_step_of_now_is_where_work_waits(found, total, now):
    assert steps.now_at(steps.counts(found, total)) == now


@pytest.mark.parametrize("step", steps.STEPS, ids=lambda step: step.key)
def test_a_step_offers_only_moves_that_leave_a_state_it_lists(step):
    listed = set(steps.states_of(step))
    assert all(MOVES[name].sources & listed for name in step.moves)
    assert not BY_DECISION & set(step.moves)


def test_every_move_a_person_makes_is_offered_at_some_step():
    offered = {name for step in steps.STEPS for name in step.moves}
    assert offered == set(MOVES) - BY_DECISION
