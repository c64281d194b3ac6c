"""Sharing a sample out over its strata."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hieuhoc.figures.rules import shared_out

COUNTS = some.dictionaries(some.integers(1, 40), some.integers(0, 500), max_size=20)


@pytest.mark.parametrize(
    ("counts", "size", "taken"),
    [
        ({}, 5, {}),
        ({1: 0}, 5, {}),
        ({1: 3, 2: 2}, 5, {1: 3, 2: 2}),
        ({1: 3, 2: 2}, 50, {1: 3, 2: 2}),
        ({1: 90, 2: 10}, 10, {1: 9, 2: 1}),
        ({1: 990, 2: 1, 3: 1}, 10, {1: 8, 2: 1, 3: 1}),
        ({1: 5, 2: 5, 3: 5}, 2, {1: 1, 2: 1}),
        ({1: 10, 2: 1000}, 1, {2: 1}),
    ],
)
def test_a_sample_is_shared_out(counts, size, taken):
    assert shared_out(counts, size) == taken


@given(COUNTS, some.integers(1, 800))
def test_the_size_is_met_and_no_stratum_gives_more_than_it_has(counts, size):
    taken = shared_out(counts, size)
    assert sum(taken.values()) == min(size, sum(counts.values()))
    assert all(0 < taken[key] <= counts[key] for key in taken)


@given(COUNTS, some.integers(1, 800))
def test_every_stratum_is_seen_where_the_size_allows(counts, size):
    there = {key for key, count in counts.items() if count}
    assert set(shared_out(counts, size)) == there or size < len(there)


@given(COUNTS, some.integers(1, 800))
def test_the_order_of_strata_does_not_matter(counts, size):
    assert shared_out(counts, size) == shared_out(dict(reversed(counts.items())), size)
