"""Values nobody may guess at are refused with a key, a code and a sentence; nothing crashes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.scoring import BadAnswer, BadCriteria, Criteria, Result, score, score_many
from hieuhoc.scoring.tests.made import CDHT, CLAN, COMMUNE, ORGANISATION, points_set

WRONG = [
    (CDHT, "CD-1.1", 12, "over_maximum"),
    (CDHT, "CD-1.1", Decimal("10.01"), "over_maximum"),
    (CDHT, "CD-1.1", -1, "negative"),
    (CDHT, "CD-1.1", "abc", "not_a_number"),
    (CDHT, "CD-1.1", "8", "not_a_number"),
    (CDHT, "CD-1.1", "", "not_a_number"),
    (CDHT, "CD-1.1", True, "not_a_number"),
    (CDHT, "CD-1.1", [8], "not_a_number"),
    (CDHT, "CD-1.1", {"count": 1, "of": 2}, "not_a_number"),
    (CDHT, "CD-1.1", float("nan"), "not_a_number"),
    (CDHT, "CD-1.1", float("inf"), "not_a_number"),
    (CDHT, "CD-1.1", Decimal("sNaN"), "not_a_number"),
    (CDHT, "CD-1.1", Decimal("-Infinity"), "not_a_number"),
    (CDHT, "CD-1.1", Decimal("1e999999999"), "not_a_number"),
    (CDHT, "CD-1.1", Decimal("1e-999999999"), "not_a_number"),
    (CDHT, "CD-1.1", 10**4000, "not_a_number"),
    (CDHT, "CD-9.9", 8, "unknown_indicator"),
    (CDHT, "cd-1.1", 8, "unknown_indicator"),
    (COMMUNE, "CDX-1.1", 1, "not_yes_no"),
    (COMMUNE, "CDX-1.1", "có", "not_yes_no"),
    (COMMUNE, "CDX-4.2", 4, "over_maximum"),
    (COMMUNE, "CDX-4.2", Decimal("1.5"), "not_a_level"),
    (COMMUNE, "CDX-4.2", -1, "negative"),
    (COMMUNE, "CDX-5.1", 65, "not_a_share"),
    (COMMUNE, "CDX-5.1", {"count": 3}, "not_a_share"),
    (COMMUNE, "CDX-5.1", {"count": 3, "of": 2}, "share_over_100"),
    (COMMUNE, "CDX-5.1", {"count": 3, "of": 0}, "share_over_100"),
    (COMMUNE, "CDX-5.1", {"count": -1, "of": 2}, "negative"),
    (COMMUNE, "CDX-5.1", {"count": Decimal("1.5"), "of": 2}, "not_a_number"),
    (COMMUNE, "CDX-5.1", {"count": True, "of": 2}, "not_a_number"),
    (COMMUNE, "CDX-5.1", {"count": "1", "of": 2}, "not_a_number"),
    (points_set({"key": "A", "kind": "change"}), "A", {"now": 1}, "not_a_change"),
    (points_set({"key": "A", "kind": "change"}), "A", {"now": 1, "before": "x"}, "not_a_number"),
    (points_set({"key": "A", "kind": "number", "marks": [4]}), "A", -4, "negative"),
]


@pytest.mark.parametrize(("criteria", "key", "value", "code"), WRONG)
def test_a_wrong_value_is_refused_by_name(criteria, key, value, code):
    with pytest.raises(BadAnswer) as refused:
        score(criteria, {key: value})
    assert (refused.value.key, refused.value.code) == (key, code)
    assert key in refused.value.message
    assert len(refused.value.message) < 200


def test_every_wrong_value_of_a_sheet_is_named_at_once():
    with pytest.raises(BadAnswer) as refused:
        score(CDHT, {"CD-1.1": 12, "CD-1.2": "abc", "CD-1.3": 8, "X": 1})
    assert [problem.key for problem in refused.value.problems] == ["CD-1.1", "CD-1.2", "X"]


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"area": "mountain"}, "area"),
        ({"area": ["hard"]}, "area"),
        ({"kind": "school"}, "kind"),
        ({"scope": "commune"}, "scope"),
        ({"has_learners": "yes"}, "has_learners"),
        ({"applies": ["DV-1.1"]}, "applies"),
        ({"applies": {"DV-9": False}}, "DV-9"),
        ({"applies": {"DV-1.1": "no"}}, "DV-1.1"),
        ({"evidence": {"DV-1.1": 1}}, "DV-1.1"),
        ({"evidence": True}, "evidence"),
        (["area"], "facts"),
        ("hard", "facts"),
    ],
)
def test_wrong_facts_are_refused(facts, key):
    with pytest.raises(BadAnswer) as refused:
        score(ORGANISATION, {}, facts)
    assert refused.value.key == key


@pytest.mark.parametrize("level", [0, 3, True, "1", 1.0])
def test_a_level_the_set_does_not_have_is_refused(level):
    with pytest.raises(BadAnswer, match="Mức độ đề nghị"):
        score(COMMUNE, {}, level=level)


def test_a_points_set_has_no_level():
    with pytest.raises(BadAnswer, match="không chia mức độ"):
        score(CDHT, {}, level=1)


@pytest.mark.parametrize("answers", [None, [], "x", 3])
def test_answers_that_are_not_pairs_are_refused(answers):
    with pytest.raises(BadAnswer, match="answers"):
        score(CDHT, answers)


def test_a_share_without_its_figures_is_missing_and_not_zero():
    result = score(CLAN, {"DH-2.1": {"count": None, "of": 40}})
    assert "DH-2.1" in result.missing


def test_one_refused_subject_does_not_stop_the_list():
    rows = [({"CD-1.1": 8}, None, None), ({"CD-1.1": 80}, None, None), (None, None, None), ({}, {"area": "hard"}, None)]
    found = list(score_many(CDHT, rows))
    assert [type(one) for one in found] == [Result, BadAnswer, BadAnswer, Result]


def test_a_list_is_judged_like_each_alone():
    rows = [
        ({"CD-1.1": n, "CD-1.2": "n/a" if n % 2 else None}, {"area": a}, None)
        for n in range(10)
        for a in ("general", "hard")
    ]
    assert list(score_many(CDHT, rows)) == [score(CDHT, *row) for row in rows]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
SHARES = st.fixed_dictionaries({"count": JSON, "of": JSON}) | st.fixed_dictionaries({"now": JSON, "before": JSON})


@given(
    criteria=st.sampled_from([CDHT, COMMUNE, ORGANISATION, CLAN]),
    values=st.lists(JSON | SHARES, min_size=17, max_size=17),
    facts=JSON | st.fixed_dictionaries({}, optional={"area": JSON, "kind": JSON, "applies": JSON, "evidence": JSON}),
    level=JSON,
)
def test_whatever_is_typed_gives_a_sheet_or_a_refusal(criteria, values, facts, level):
    answers = dict(zip(criteria.by_key, values, strict=False))
    (found,) = score_many(criteria, [(answers, facts, level)])
    assert isinstance(found, (Result, BadAnswer))


GOOD = points_set({"key": "A"}).to_dict()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"judging": "vote"}, "Cách đánh giá"),
        ({"model": "VILLAGE"}, "mô hình"),
        ({"state": "final"}, "Tính chất"),
        ({"pass": {}}, "mốc điểm đạt"),
        ({"pass": 11}, "không quá tổng điểm"),
        ({"pass": {"general": 5, "island": 3}}, "vùng"),
        ({"bands": [{"name": "khá", "from": 5}, {"name": "tốt", "from": 8}]}, "xếp loại"),
        ({"valid_from": "2026-01-01", "valid_to": "2026-01-01"}, "hiệu lực"),
        ({"criteria": []}, "chưa có chỉ số"),
        ({"complete": False}, "còn thiếu gì"),
        ({"used_at": ["ward"]}, "Không có cấp"),
        ({"judging": "levels"}, "mức độ"),
        ({"pass": "tám mươi"}, "Không đọc được"),
        ({"criteria": [{"key": "1"}]}, "Không đọc được"),
    ],
)
def test_a_version_that_cannot_be_judged_is_refused_with_a_reason(change, said):
    with pytest.raises(BadCriteria, match=said):
        Criteria.from_dict(GOOD | change)


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        ({"kind": "text"}, "không có loại"),
        ({"points": 0}, "điểm tối đa"),
        ({"points": None}, "điểm tối đa"),
        ({"floor": 11}, "điểm sàn"),
        ({"kind": "share"}, "chưa có ngưỡng"),
        ({"kind": "share", "marks": [120]}, "100 %"),
        ({"kind": "share", "marks": [-1]}, "không âm"),
        ({"kind": "number", "marks": [2, 3]}, "nhiều ngưỡng"),
        ({"better": "left"}, "chiều"),
        ({"applies": {"colour": "red"}}, "điều kiện"),
        ({"derived": {"model": "CITIZEN", "among": "staff", "rule": "x"}}, "chỉ tỷ lệ"),
        ({"label": ""}, "mã và tên"),
    ],
)
def test_an_indicator_that_cannot_be_judged_is_refused_with_a_reason(indicator, said):
    with pytest.raises(BadCriteria, match=said):
        points_set({"key": "A", **indicator}, {"key": "B"})


def test_all_problems_of_a_version_are_told_at_once():
    with pytest.raises(BadCriteria) as refused:
        points_set({"key": "A", "points": 0}, {"key": "A", "floor": 20})
    assert len(refused.value.problems) >= 3
