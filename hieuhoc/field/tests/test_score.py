"""The phone's score says the same as the server's, for every shipped set judged by points."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hieuhoc.criteria import sets
from hieuhoc.field import criteria as told
from hieuhoc.scoring import Criteria, score

STATIC = Path(__file__).resolve().parents[1] / "static" / "field"
NODE = Path(sys.executable).parent / "node"
POINTS = [one for one in sets.all_sets() if one.judging == "points"]
EVERY_KIND = Criteria.from_dict(
    {
        "code": "moi-kieu", "version": "1", "title": "Mọi kiểu chỉ số", "model": "FAMILY", "judging": "points",
        "state": "illustrative", "used_at": ["commune"], "pass": {"general": "52.5", "hard": 40},
        "criteria": [
            {"key": "1", "label": "Một", "floor": "12.5", "indicators": [
                {"key": "A-1", "label": "Điểm lẻ", "kind": "score", "points": "12.5", "floor": "2.5"},
                {"key": "A-2", "label": "Có không", "kind": "yes_no", "points": 10},
                {"key": "A-3", "label": "Tăng", "kind": "change", "points": 7},
            ]},
            {"key": "2", "label": "Hai", "indicators": [
                {"key": "B-1", "label": "Tỷ lệ", "kind": "share", "points": 30,
                 "marks": {"general": [70], "hard": [50]}},
                {"key": "B-2", "label": "Số", "kind": "number", "points": 10, "marks": [3], "floor": 5},
                {"key": "B-3", "label": "Không quá", "kind": "number", "points": 10, "marks": ["2.5"],
                 "better": "down"},
                {"key": "B-4", "label": "Tỷ lệ không quá", "kind": "share", "points": 10, "marks": [5],
                 "better": "down"},
                {"key": "B-5", "label": "Mức", "kind": "level", "points": 10, "marks": [2], "names": ["khá", "tốt"]},
                {"key": "B-6", "label": "Giảm", "kind": "change", "points": 3, "better": "down"},
            ]},
        ],
    }
)  # fmt: skip
RUN = """
import { sheet } from "./score.js";
import { createInterface } from "node:readline";
for await (const line of createInterface({ input: process.stdin })) {
  const { criteria, dossier } = JSON.parse(line);
  console.log(JSON.stringify(sheet(criteria, dossier)));
}
"""


@pytest.fixture(scope="module")
def on_the_phone():
    """``on_the_phone(criteria, dossier)``: the sheet that score.js makes, asked of one running Node."""
    node = subprocess.Popen(
        [str(NODE), "--input-type=module", "-e", RUN],
        cwd=STATIC,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask(criteria: dict[str, Any], dossier: dict[str, Any]) -> dict[str, Any]:
        assert node.stdin is not None and node.stdout is not None
        node.stdin.write(json.dumps({"criteria": criteria, "dossier": dossier}) + "\n")
        node.stdin.flush()
        return json.loads(node.stdout.readline())

    yield ask
    node.stdin.close()
    node.wait(10)


TENTHS = st.integers(0, 1000).map(lambda n: n / 10)
CHANGES = st.one_of(
    st.integers(-5, 5), st.fixed_dictionaries({"now": st.integers(0, 9), "before": st.none() | st.integers(0, 9)})
)
SHARES = st.integers(0, 60).flatmap(lambda of: st.fixed_dictionaries({"count": st.integers(0, of), "of": st.just(of)}))


def values(indicator: Any) -> st.SearchStrategy:
    """Answers a person can give to the indicator."""
    top = int((indicator.points or 0) * 10)
    by_kind = {
        "score": st.integers(0, top).map(lambda n: n // 10 if n % 10 == 0 else n / 10),
        "yes_no": st.booleans(), "number": st.integers(0, 12) | TENTHS, "share": SHARES, "level": st.integers(0, 2),
        "change": CHANGES,
    }  # fmt: skip
    # Missing and not applicable are rare, or hardly a sheet would ever pass.
    return st.integers(0, 11).flatmap(
        lambda turn: st.none() if turn == 0 else st.just("n/a") if turn == 1 else by_kind[indicator.kind]
    )


@st.composite
def sheets(draw):
    """A set, its answers, the area, and the indicators that do not apply."""
    criteria = draw(st.sampled_from([*POINTS, EVERY_KIND, EVERY_KIND, EVERY_KIND]))
    generous = draw(st.booleans())
    answers = {}
    for one in criteria.indicators:
        value = draw(values(one))
        if generous and one.kind == "score" and value not in (None, "n/a"):
            value = max(value, draw(st.sampled_from([float(one.points or 0), int((one.points or 0) * 9 / 10)])))
        answers[one.key] = value
    off = [one.key for one in criteria.indicators if draw(st.integers(0, 30)) == 0]
    return criteria, answers, draw(st.sampled_from(["general", "hard"])), off


@settings(max_examples=400)
@given(case=sheets())
def test_phone_and_server_say_the_same_of_the_same_answers(on_the_phone, case):
    criteria, answers, area, off = case
    here = score(criteria, answers, {"area": area, "applies": {key: False for key in off}})
    there = on_the_phone(told.of_model(criteria, area), dossier(criteria, answers, off))
    assert (there["outcome"], number(there["total"]), number(there["possible"])) == (
        here.outcome,
        here.total,
        here.possible,
    )
    assert there["missing"] == list(here.missing)
    if area == "general" and "bộ tiêu chí không nêu" not in here.because and "Xếp loại" not in here.because:
        assert there["because"] == here.because


def test_all_three_outcomes_are_met(on_the_phone):
    family = sets.load("demo-family")
    full = {one.key: int(one.points or 0) for one in family.indicators}
    for answers, outcome in ((full, "pass"), (full | {"GD-1.1": 4}, "fail"), (full | {"GD-2.2": None}, "incomplete")):
        there = on_the_phone(told.of_model(family, "general"), dossier(family, answers, []))
        assert there["outcome"] == outcome == score(family, answers).outcome


def test_of_a_set_judged_by_levels_the_phone_says_what_is_plain_and_leaves_the_rest(on_the_phone):
    levels = sets.load("tt24-organisation")
    first = next(one for one in levels.indicators if one.kind == "yes_no" and not one.derived)
    there = on_the_phone(told.of_model(levels, "general"), dossier(levels, {first.key: False}, []))
    assert (there["outcome"], there["answered"], there["total"]) == ("server", 1, None)
    assert f"Chưa đạt: {first.key}." in there["because"]


def dossier(criteria: Criteria, answers: dict[str, Any], off: list[str]) -> dict[str, Any]:
    """The answers as they lie on the phone: what is derived comes in words."""
    derived = {one.key for one in criteria.indicators if one.derived}
    typed = {key: {"value": value, "rev": 1} for key, value in answers.items() if key not in derived}
    words = {key: _words(answers.get(key)) for key in derived}
    return {"answers": typed, "derived": words, "off": off}


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['count']}/{value['of']}"
    return "KAD" if value == "n/a" else ""


def number(text: str | None) -> Decimal | None:
    """The phone writes numbers as text."""
    return None if text is None else Decimal(text)
