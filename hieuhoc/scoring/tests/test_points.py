"""Sets judged by points: pass marks, floors, bands, areas, what is missing and what does not apply."""

from decimal import Decimal

import pytest

from hieuhoc.scoring import FAIL, INCOMPLETE, PASS, score, what_is_missing
from hieuhoc.scoring.tests.made import CDHT, CLAN, FAMILY, OLD_ORGANISATION, full, points_set

EIGHTS = dict.fromkeys(CDHT.by_key, 8)


def change(**changes):
    return {**EIGHTS, **{f"CD-{key[1]}.{key[2]}": value for key, value in changes.items()}}


@pytest.mark.parametrize(
    ("answers", "area", "outcome", "total"),
    [
        (EIGHTS, "general", PASS, 80),
        (change(c11=Decimal("7.99")), "general", FAIL, Decimal("79.99")),
        (change(c11=5, c12=10, c13=9), "general", PASS, 80),
        (change(c11=Decimal("4.99"), c12=10, c13=10, c14=10), "general", FAIL, Decimal("82.99")),
        (change(c11=0, c12=10, c13=10, c14=10), "general", FAIL, 78),
        (dict.fromkeys(EIGHTS, 7), "hard", PASS, 70),
        (dict.fromkeys(EIGHTS, 7), "general", FAIL, 70),
        ({**dict.fromkeys(EIGHTS, 7), "CD-1.1": Decimal("6.5")}, "hard", FAIL, Decimal("69.5")),
        ({**dict.fromkeys(EIGHTS, 9), "CD-1.1": 4}, "hard", FAIL, 85),
    ],
)
def test_a_citizen_passes_at_the_mark_with_no_indicator_below_the_floor(answers, area, outcome, total):
    result = score(CDHT, answers, {"area": area})
    assert (result.outcome, result.total, result.possible) == (outcome, total, 100)


def test_a_sheet_without_answers_has_no_total_and_is_not_zero():
    result = score(CDHT, {})
    assert (result.outcome, result.total, len(result.missing)) == (INCOMPLETE, None, 10)
    assert "chưa có điểm nào" in result.because


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (change(c11=None), INCOMPLETE),
        ({**dict.fromkeys(EIGHTS, 10), "CD-1.1": None}, INCOMPLETE),
        ({**dict.fromkeys(EIGHTS, 7), "CD-1.1": None}, FAIL),
        (change(c11=None, c12=6), INCOMPLETE),
        (change(c11=None, c12=5), FAIL),
        (change(c11=None, c12=4), FAIL),
    ],
)
def test_a_missing_answer_waits_only_while_the_rest_could_still_pass(answers, outcome):
    result = score(CDHT, answers)
    assert (result.outcome, result.missing) == (outcome, ("CD-1.1",))


def test_not_applicable_lowers_what_is_possible_and_not_the_mark():
    result = score(CDHT, change(c22="n/a"))
    assert (result.outcome, result.total, result.possible, result.missing) == (FAIL, 72, 90, ())
    assert "không được bù điểm" in result.because
    assert score(CDHT, {**dict.fromkeys(EIGHTS, 9), "CD-2.2": "KAD"}).outcome == PASS


def test_not_applicable_breaks_no_floor_where_zero_does():
    tens = dict.fromkeys(EIGHTS, 10)
    assert score(CDHT, {**tens, "CD-2.2": "n/a"}).outcome == PASS
    assert score(CDHT, {**tens, "CD-2.2": 0}).outcome == FAIL
    assert score(CDHT, {**tens, "CD-2.2": None}).outcome == INCOMPLETE


def test_too_few_applicable_points_are_said_to_be_the_reason():
    answers = dict.fromkeys(EIGHTS, 10) | {"CD-1.1": "n/a", "CD-1.2": "n/a", "CD-1.3": "n/a"}
    result = score(CDHT, answers)
    assert (result.outcome, result.possible) == (FAIL, 70)
    assert "chỉ có tối đa 70 điểm" in result.because


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (100, "tốt"),
        (85, "tốt"),
        ("84.99", "khá"),
        (70, "khá"),
        ("69.99", "trung bình"),
        (50, "trung bình"),
        ("49.99", None),
    ],
)
def test_bands_of_the_old_circular(total, band):
    left, answers = Decimal(str(total)), {}
    for indicator in OLD_ORGANISATION.indicators:
        answers[indicator.key] = min(left, indicator.points)
        left -= answers[indicator.key]
    result = score(OLD_ORGANISATION, answers)
    assert (result.band, result.total) == (band, Decimal(str(total)))
    assert result.outcome == (PASS if band else FAIL)


def test_the_family_set_takes_twenty_for_one_indicator():
    assert score(FAMILY, full(FAMILY)).total == 100
    assert score(FAMILY, full(FAMILY) | {"GD-2.2": 0}).outcome == FAIL


@pytest.mark.parametrize(
    ("count", "of", "earned"),
    [(70, 100, "30"), (100, 100, "30"), (35, 100, "15"), (0, 100, "0"), (6999, 10000, "29.99"), (1, 3, "14.28")],
)
def test_a_share_earns_in_proportion_below_its_mark_and_is_cut(count, of, earned):
    line = score(CLAN, full(CLAN) | {"DH-2.1": {"count": count, "of": of}}).lines[3]
    assert (line.key, line.earned) == ("DH-2.1", Decimal(earned))


def test_points_are_never_rounded_up_to_a_floor():
    criteria = points_set({"key": "A", "kind": "share", "marks": [100], "floor": 5})
    result = score(criteria, {"A": {"count": 49999, "of": 100000}})
    assert (result.lines[0].earned, result.lines[0].passed) == (Decimal("4.99"), False)


def test_nobody_to_count_is_not_a_division():
    line = score(CLAN, full(CLAN) | {"DH-2.1": {"count": 0, "of": 0}}).lines[3]
    assert (line.earned, line.possible, line.passed) == (None, None, None)
    assert "Không có đối tượng" in line.because


def test_a_criterion_can_have_a_floor_of_its_own():
    criteria = points_set({"key": "A"}, {"key": "B"}, group_floor=12)
    assert score(criteria, {"A": 10, "B": 1}).outcome == FAIL
    assert score(criteria, {"A": 10, "B": None}).outcome == INCOMPLETE
    assert score(criteria, {"A": 10, "B": 2}).outcome == PASS
    assert score(points_set({"key": "A"}, {"key": "B"}, group_floor=12), {"A": 1, "B": None}).outcome == FAIL


@pytest.mark.parametrize(
    ("indicator", "answer", "earned"),
    [
        ({"kind": "yes_no"}, True, 10),
        ({"kind": "yes_no"}, False, 0),
        ({"kind": "number", "marks": [4]}, 4, 10),
        ({"kind": "number", "marks": [4]}, 1, Decimal("2.5")),
        ({"kind": "number", "marks": [4], "better": "down"}, 5, 0),
        ({"kind": "number", "marks": [4], "better": "down"}, 4, 10),
        ({"kind": "share", "marks": [10], "better": "down"}, {"count": 1, "of": 10}, 10),
        ({"kind": "share", "marks": [10], "better": "down"}, {"count": 2, "of": 10}, 0),
        ({"kind": "level", "marks": [2]}, 1, 0),
        ({"kind": "level", "marks": [2]}, 2, 10),
        ({"kind": "change"}, Decimal("0.1"), 10),
        ({"kind": "change"}, 0, 0),
        ({"kind": "change", "better": "down"}, {"now": 3, "before": 4}, 10),
    ],
)
def test_every_kind_can_stand_in_a_points_set(indicator, answer, earned):
    assert score(points_set({"key": "A", **indicator}), {"A": answer}).lines[0].earned == earned


def test_the_sentences_say_what_is_missing_and_what_cost_what():
    result = score(CDHT, change(c11=Decimal("7.5"), c22=3))
    assert result.because == (
        "Không đạt: thiếu 5,5 điểm để đạt 80; dưới mức sàn ở CD-2.2 (3 điểm). Tổng 74,5/100 điểm."
    )
    said = what_is_missing(result)
    assert said[0] == result.because
    assert said[1] == "CD-2.2 Ngoại ngữ hoặc ngôn ngữ khác: 3/10 điểm. Dưới mức sàn 5 điểm."
    assert said[2] == "CD-1.1 Đọc, tìm, cập nhật thông tin: mất 2,5 điểm."


def test_what_is_missing_names_the_empty_indicators():
    said = what_is_missing(score(CDHT, change(c11=None)))
    assert said[1] == "CD-1.1 Đọc, tìm, cập nhật thông tin: Chưa có điểm. Tối đa 10 điểm."


def test_a_pass_lacks_nothing():
    result = score(CDHT, EIGHTS)
    assert (what_is_missing(result), result.because) == ([], "Đạt: tổng 80/100 điểm, mốc đạt 80.")


def test_the_hard_area_is_named():
    assert "70 (vùng khó khăn)" in score(CDHT, dict.fromkeys(EIGHTS, 7), {"area": "hard"}).because
    assert "khó khăn" not in score(FAMILY, full(FAMILY), {"area": "hard"}).because
