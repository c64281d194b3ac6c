"""Sets judged in levels: thresholds of the circulars, areas, applicability, evidence, versions known in part."""

import pytest

from hieuhoc.scoring import FAIL, INCOMPLETE, PASS, score
from hieuhoc.scoring.tests.made import COMMUNE, ORGANISATION, full, shipped

PUBLIC = {"kind": "public_body", "scope": "district"}
DISTRICT = shipped("tt25-district")
PROVINCE = shipped("tt25-province")


def share(count, of):
    return {"count": count, "of": of}


@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.parametrize("area", ["general", "hard"])
def test_a_commune_that_just_reaches_every_mark_has_the_level(level, area):
    result = score(COMMUNE, full(COMMUNE, level, area), {"area": area}, level)
    assert (result.outcome, result.level, result.missing) == (PASS, level, ())


# One answer a hair below the mark of level 1, at it, below level 2, at it: levels 0, 1, 1, 2.
MARKS = [
    ("CDX-5.1", "general", 60, 80),
    ("CDX-5.1", "hard", 60, 80),
    ("CDX-5.2a", "general", 50, 60),
    ("CDX-5.2a", "hard", 40, 50),
    ("CDX-5.2b", "general", 12, 15),
    ("CDX-5.2b", "hard", 10, 12),
]


@pytest.mark.parametrize(("key", "area", "first", "second"), MARKS)
def test_shares_are_judged_at_the_exact_mark(key, area, first, second):
    for count, level in [(first * 100 - 1, None), (first * 100, 1), (second * 100 - 1, 1), (second * 100, 2)]:
        answers = full(COMMUNE) | {key: share(count, 10_000)}
        assert score(COMMUNE, answers, {"area": area}).level == level, (key, count)


@pytest.mark.parametrize(("key", "first", "second"), [("CDX-4.2", 2, 3), ("CDX-4.3", 2, 3), ("CDX-4.4", 1, 2)])
def test_levels_of_schooling(key, first, second):
    reached = [score(COMMUNE, full(COMMUNE) | {key: n}).level for n in range(second + 1)]
    assert reached == [None if n < first else 1 if n < second else 2 for n in range(second + 1)]


@pytest.mark.parametrize("key", [i.key for i in COMMUNE.indicators if i.kind == "yes_no"])
def test_one_no_fails_the_commune(key):
    result = score(COMMUNE, full(COMMUNE) | {key: False})
    assert (result.outcome, result.level) == (FAIL, None)
    assert f"({key})" in result.because


def test_sought_two_and_reached_one_is_a_fail_that_names_the_level_reached():
    answers = full(COMMUNE) | {"CDX-4.4": 1}
    result = score(COMMUNE, answers, level=2)
    assert (result.outcome, result.level) == (FAIL, 1)
    assert result.because == "Không đạt mức độ 2: 1 chỉ số chưa đạt (CDX-4.4). Đạt mức độ 1."
    assert score(COMMUNE, answers, level=1).outcome == PASS


def test_an_answer_still_missing_waits_unless_another_already_failed():
    waiting = full(COMMUNE) | {"CDX-1.1": None}
    assert (score(COMMUNE, waiting).outcome, score(COMMUNE, waiting).missing) == (INCOMPLETE, ("CDX-1.1",))
    assert score(COMMUNE, waiting | {"CDX-1.2": False}).outcome == FAIL
    assert score(COMMUNE, {**waiting, "CDX-4.4": 1}, level=2).outcome == FAIL
    assert score(COMMUNE, {**waiting, "CDX-4.4": 1}, level=1).outcome == INCOMPLETE


def test_a_share_below_two_decimals_is_not_shown_as_the_mark():
    line = score(COMMUNE, full(COMMUNE) | {"CDX-5.1": share(79_999, 100_000)}, level=2).lines[13]
    assert line.because == (
        "79.999/100.000 (79,99 %): đạt mức độ 1 (yêu cầu từ 60 %), chưa đạt mức độ 2 (yêu cầu từ 80 %)."
    )


# Which indicators are not counted for each kind of organisation.
NOT_COUNTED = [
    ({"kind": "public_body", "scope": "district"}, "3.1b 3.4 3.5 3.6"),
    ({"kind": "public_body", "scope": "province", "has_learners": True}, "3.4 3.5 3.6"),
    ({"kind": "economic", "scope": "province"}, "1.3 2.4 3.1b 3.4 3.5 3.6"),
    ({"kind": "preschool", "scope": "district", "has_learners": True}, "1.3 3.1b 3.4 3.5 3.6"),
    ({"kind": "primary_or_secondary", "scope": "district", "has_learners": True}, "1.3 3.1b 3.5 3.6"),
    ({"kind": "high_school", "scope": "province"}, "1.3 3.5 3.6"),
    ({"kind": "high_school", "scope": "province", "has_learners": False}, "1.3 3.1b 3.5 3.6"),
    ({"kind": "continuing_education", "scope": "district"}, "1.3 3.4 3.5 3.6"),
    ({"kind": "vocational", "scope": "province"}, "1.3 3.4 3.5"),
    ({"kind": "university", "scope": "province"}, "1.3 3.4 3.6"),
    ({"kind": "university", "scope": "district"}, "1.3 3.4 3.5 3.6"),
]


@pytest.mark.parametrize(("facts", "skipped"), NOT_COUNTED)
def test_what_does_not_apply_is_not_counted(facts, skipped):
    expected = {f"DV-{key}" for key in skipped.split()}
    answers = {key: None if key in expected else value for key, value in full(ORGANISATION).items()}
    result = score(ORGANISATION, answers, facts, 2)
    assert {line.key for line in result.lines if line.status == "not_counted"} == expected
    assert (result.outcome, result.missing) == (PASS, ())


@pytest.mark.parametrize(("facts", "skipped"), NOT_COUNTED)
def test_what_applies_is_counted(facts, skipped):
    for key in ORGANISATION.keys - {f"DV-{key}" for key in skipped.split()}:
        result = score(ORGANISATION, full(ORGANISATION) | {key: None}, facts)
        assert (result.outcome, result.missing) == (INCOMPLETE, (key,))


@pytest.mark.parametrize(
    ("key", "first", "second"),
    [
        ("2.1", 90, 95),
        ("2.2", 90, 95),
        ("2.3", 90, 95),
        ("2.4", 50, 70),
        ("2.5", 90, 95),
        ("3.1a", 90, 95),
        ("3.1b", 95, 97),
    ],
)
def test_shares_of_an_organisation(key, first, second):
    facts = {"kind": "public_body", "scope": "province", "has_learners": True}
    for count, level in [(first * 10 - 1, None), (first * 10, 1), (second * 10 - 1, 1), (second * 10, 2)]:
        answers = full(ORGANISATION) | {f"DV-{key}": share(count, 1000)}
        assert score(ORGANISATION, answers, facts).level == level


def test_facts_may_stand_inside_applies_and_single_indicators_may_be_switched():
    answers = full(ORGANISATION) | {"DV-2.4": None, "DV-1.3": None}
    inside = {"applies": {"kind": "economic", "scope": "district"}}
    assert score(ORGANISATION, answers, inside).outcome == PASS
    public_school = {"kind": "high_school", "scope": "district", "applies": {"DV-1.3": True, "DV-2.4": False}}
    assert score(ORGANISATION, answers, public_school).missing == ("DV-1.3",)


def test_without_facts_the_answers_decide_what_applies():
    unsaid = {"DV-1.3": "n/a", "DV-2.4": "n/a", "DV-3.1b": "n/a", "DV-3.4": "n/a", "DV-3.5": "n/a", "DV-3.6": "n/a"}
    assert score(ORGANISATION, full(ORGANISATION) | unsaid).outcome == PASS
    missing = score(ORGANISATION, {key: value for key, value in full(ORGANISATION).items() if key != "DV-3.6"})
    assert (missing.outcome, missing.missing) == (INCOMPLETE, ("DV-3.6",))


def test_all_not_applicable_is_never_a_pass():
    result = score(ORGANISATION, dict.fromkeys(ORGANISATION.by_key, "n/a"), PUBLIC)
    assert (result.outcome, result.level) == (INCOMPLETE, None)
    assert "không có chỉ số nào được chấm" in result.because


def test_what_the_text_frees_nobody_from_is_pointed_out_to_the_verifier():
    said = score(COMMUNE, full(COMMUNE) | {"CDX-3.2": "n/a"}).lines[7].because
    assert said.endswith("không nêu trường hợp được miễn; thẩm định cần ghi lý do.")
    freed = score(ORGANISATION, full(ORGANISATION) | {"DV-2.4": "n/a"}).lines[8].because
    assert freed == "Ghi là không áp dụng (KAD), không tính."


def test_no_evidence_fails_and_evidence_not_asked_for_does_not():
    answers = full(ORGANISATION)
    failed = score(ORGANISATION, answers, {**PUBLIC, "evidence": {"DV-1.1": False, "DV-1.2": True}})
    assert (failed.outcome, failed.level) == (FAIL, None)
    assert failed.lines[0].because == "Có. Chưa có minh chứng: không đạt."
    assert score(ORGANISATION, answers, {**PUBLIC, "evidence": {"DV-1.1": True}}).outcome == PASS


@pytest.mark.parametrize(
    ("key", "answer", "said"),
    [
        ("DV-1.1", False, "Không: chưa đạt."),
        ("DV-1.1", None, "Chưa có câu trả lời."),
        ("DV-1.1", "n/a", "Ghi là không áp dụng (KAD), không tính."),
        ("DV-2.1", share(1, 2), "1/2 (50,00 %): chưa đạt"),
        ("DV-2.1", share(96, 100), "96/100 (96,00 %). Chưa có minh chứng: không đạt."),
        ("DV-2.1", share(0, 0), "Không có đối tượng, không tính tỷ lệ."),
    ],
)
def test_only_what_would_pass_is_said_to_lack_its_evidence(key, answer, said):
    facts = {**PUBLIC, "evidence": {key: False}}
    lines = {line.key: line for line in score(ORGANISATION, full(ORGANISATION) | {key: answer}, facts).lines}
    assert lines[key].because.startswith(said) and lines[key].passed is not True


def test_a_derived_share_is_its_own_evidence():
    facts = {**PUBLIC, "evidence": {"DV-3.1a": False}}
    assert score(ORGANISATION, full(ORGANISATION), facts).outcome == PASS


def test_no_district_is_left_to_count_and_nothing_is_divided_by_zero():
    result = score(PROVINCE, full(PROVINCE, 1) | {"CDT-districts": share(0, 0)})
    assert result.lines[0].because == (
        "Không có đối tượng, không tính tỷ lệ. Từ 1/7/2025 không còn cấp huyện nên tỷ lệ này không có mẫu số."
    )
    assert result.outcome == INCOMPLETE


@pytest.mark.parametrize("criteria", [DISTRICT, PROVINCE], ids=lambda c: c.code)
def test_a_version_known_in_part_never_passes_anyone_but_may_fail(criteria):
    for level in (1, 2):
        result = score(criteria, full(criteria, 1), level=level)
        assert (result.outcome, result.level) == (INCOMPLETE, None)
        assert "mới có những chỉ số nguồn nêu rõ" in result.because
        for key in criteria.by_key:
            worse = {"share": share(89, 100), "number": 3, "change": 0}[criteria.by_key[key].kind]
            assert score(criteria, full(criteria, 1) | {key: worse}, level=level).outcome == FAIL


def test_an_empty_template_says_it_is_not_entered():
    result = score(shipped("qd242-family"), {})
    assert (result.outcome, result.total, result.possible) == (INCOMPLETE, None, 0)
    assert result.because == "Chưa kết luận được: chưa nhập bộ tiêu chí chính thức."


def test_a_change_is_strictly_above_or_below_last_year():
    poverty = [score(PROVINCE, full(PROVINCE, 1) | {"CDT-poverty": n}).lines[3].passed for n in (-1, 0, 1)]
    grdp = [score(PROVINCE, full(PROVINCE, 1) | {"CDT-grdp": n}).lines[4].passed for n in (-1, 0, 1)]
    assert (poverty, grdp) == ([True, False, False], [False, False, True])


def test_the_figures_behind_a_change_are_shown():
    result = score(PROVINCE, {"CDT-poverty": {"now": 4, "before": 6}})
    assert result.lines[3].because == "Giảm 2 so với năm trước (6 → 4): đạt."


def test_a_named_level_is_shown_by_its_name():
    facts = {"kind": "high_school", "scope": "district"}
    said = [score(ORGANISATION, {"DV-3.4": n}, facts).lines[14].because for n in (0, 1)]
    assert said[0].startswith("Chưa đạt mức nào: chưa đạt mức độ 1 (yêu cầu mức cơ bản)")
    assert said[1].startswith("Mức cơ bản: đạt mức độ 1")
