"""The five real plans of the shared data against what a careful reader takes from each."""

import json
from pathlib import Path

import pytest

from hieuhoc.plans.reading import read

PLANS = Path(__file__).resolve().parents[4] / "shared" / "data" / "plans"
NAMES = ("bac-kan-2014", "bac-kan-2022", "ia-bang-2022", "khanh-hoa-2022", "son-la-2022")
KEYS = ("model", "measure", "population", "area", "year", "comparator", "value", "unit")


@pytest.fixture(params=NAMES)
def plan(request):
    """What was read from a plan, and the truth about it."""
    path = PLANS / f"{request.param}.txt"
    if not path.exists():
        pytest.skip(f"không có {path}: dữ liệu chung không nằm cạnh kho mã")
    truth = json.loads((PLANS / f"{request.param}.truth.json").read_text())
    return read(path.read_bytes(), path.name).to_json(), truth


def test_every_target_is_found_and_none_invented(plan):
    told, truth = plan
    assert sorted(map(_key, told["targets"]), key=str) == sorted(map(_key, truth["targets"]), key=str)


def test_the_head_is_as_printed(plan):
    told, truth = plan
    assert {key: told["plan"][key] for key in truth["plan"]} == truth["plan"]


def test_dated_activities_stand_under_their_tasks(plan):
    told, truth = plan
    assert len(told["activities"]) == truth["activities"]
    assert len({one["task"] for one in told["activities"]}) == truth["tasks"]
    assert all(one["when"] and one["who"] and one["item"] for one in told["activities"])


def test_what_looks_wrong_is_said_and_nothing_else(plan):
    told, truth = plan
    assert sorted(one["code"] for one in told["warnings"]) == sorted(truth["warnings"])


def _key(target):
    return tuple(target[key] for key in KEYS)
