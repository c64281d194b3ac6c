"""Invented plans in many hands: every target found, none invented, the head and what looks wrong."""

from decimal import Decimal

import pytest

from hieuhoc.plans.reading import read
from hieuhoc.plans.tests.papers import PAPERS


@pytest.mark.parametrize("paper", PAPERS, ids=[paper.name for paper in PAPERS])
def test_a_careful_reader_takes_the_same_targets(paper):
    plan = read(paper.text.encode())
    assert sorted(map(in_a_line, plan.targets)) == sorted(paper.want.strip().splitlines())
    told = plan.head.to_json()
    assert {key: told[key] for key, _ in paper.head} == dict(paper.head)
    assert set(paper.warnings) <= {one.code for one in plan.warnings}


def in_a_line(target):
    """A target as a line of `want`."""
    value = f"{target.value.normalize():f}"
    if target.value_to is not None:
        value += f"..{target.value_to.normalize():f}"
    unit = "" if target.unit == "percent" else f" {target.unit}"
    assert isinstance(target.value, Decimal)
    return (f"{target.model or '-'} {target.measure} {target.population} {target.area} {target.year} "
            f"{target.comparator} {value}{unit}")  # fmt: skip
