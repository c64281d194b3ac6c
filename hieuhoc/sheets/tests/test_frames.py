"""What the reading process hands over comes out as it went in."""

import json
import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.sheets.frames import pack, unpack

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
CELL = TEXT | st.none() | st.integers() | st.booleans()
COLUMN = st.lists(TEXT, max_size=5) | st.lists(CELL, max_size=5)
TABLE = st.dictionaries(st.sampled_from(["head_name", "village", "members", "texts"]), COLUMN)


@given(st.lists(TABLE, max_size=3), st.dictionaries(TEXT, CELL, max_size=3))
def test_a_report_comes_back(columns, rest):
    report = {"rest": rest, "columns": columns}
    assert unpack(pack(report)) == report


HARD = {
    "what stands between values": ["a\x1fb", "c"],
    "what stands between columns": ["a\x1eb", "c"],
    "nothing in it": ["", "", ""],
    "no rows": [],
    "one": ["một"],
    "lines": ["a\nb", "c\td"],
}


@pytest.mark.parametrize("values", HARD.values(), ids=HARD)
def test_hard_texts(values):
    report = {"columns": [{"x": values, "y": ["một"] * len(values)}, {"x": values}]}
    assert unpack(pack(report)) == report


LONG = {
    "texts": ["x", "y"],
    "counts, some not said": [1, 2, None],
    "yes and no": [True, False],
    "one and yes": [1, True],
    "one and its text": ["1", 1, None],
    "nothing": [None],
    "what stands between": ["a\x1eb", "\x1f", ""],
    "thousands of texts": [*map(str, range(3000))],
    "too many for signs": [*range(-3000, 9000)],
}


@pytest.mark.parametrize("count", [1000, 1001, 12_000])
@pytest.mark.parametrize("values", LONG.values(), ids=LONG)
def test_a_long_column_comes_back_with_its_kinds(values, count):
    column = random.Random(count).choices(values, k=count)
    back = unpack(pack({"columns": [{"x": column, "y": column[::-1]}]}))["columns"][0]
    assert back == {"x": column, "y": column[::-1]}
    assert list(map(type, back["x"])) == list(map(type, column))


def test_a_column_of_few_different_values_takes_about_a_sign_a_value():
    assert len(pack({"columns": [{"village": [f"Thôn {at % 90}" for at in range(50_000)]}]})) < 52_000


def test_a_number_with_a_point_is_exact_and_a_refusal_stays_plain():
    assert unpack(pack({"columns": [{"x": [0.1]}]})) == {"columns": [{"x": [Decimal("0.1")]}]}
    assert json.loads(pack({"refused": {"code": "empty"}})) == {"refused": {"code": "empty"}}
