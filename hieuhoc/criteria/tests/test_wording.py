"""How a version reads on a page."""

from decimal import Decimal

import pytest

from hieuhoc.criteria import rules, sets, wording
from hieuhoc.scoring import Criteria


def row(code, key):
    shape = sets.load(code).to_dict()
    return next(r for group in shape["criteria"] for r in group["indicators"] if r["key"] == key)


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        (
            "cdht-324",
            ["Đạt khi tổng từ 80/100 điểm; vùng khó khăn từ 70.", "Không chỉ số nào dưới 5 điểm."],
        ),
        (
            "tt22-organisation",
            ["Đạt khi tổng từ 50/100 điểm.", "Xếp loại: tốt từ 85, khá từ 70, trung bình từ 50."],
        ),
        (
            "tt25-commune",
            [
                "Đạt một mức độ khi mọi chỉ số áp dụng đều đạt mức độ đó; có 2 mức độ.",
                "Không có minh chứng là không đạt.",
            ],
        ),
        ("qd242-clan", []),
    ],
)
def test_the_rule_of_a_set_in_sentences(code, sentences):
    assert wording.rule(sets.load(code).to_dict()) == sentences


@pytest.mark.parametrize(
    ("code", "key", "said"),
    [
        ("tt25-commune", "CDX-1.1", ""),
        ("tt25-commune", "CDX-4.4", "mức độ 1: từ 1, mức độ 2: từ 2"),
        ("tt25-commune", "CDX-5.1", "mức độ 1: từ 60 %, mức độ 2: từ 80 %"),
        ("tt24-organisation", "DV-3.4", "mức độ 1: cơ bản, mức độ 2: tốt"),
        ("tt25-province", "CDT-museum", "từ 4"),
        ("tt25-province", "CDT-poverty", "giảm so với năm trước"),
        ("tt25-province", "CDT-grdp", "tăng so với năm trước"),
        ("demo-clan", "DH-2.1", "từ 70 %"),
    ],
)
def test_what_an_indicator_asks_for(code, key, said):
    assert wording.asked(row(code, key)) == said


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("DV-1.1", ""),
        ("DV-1.3", "chỉ cơ quan, đơn vị công lập"),
        ("DV-2.4", "trừ tổ chức kinh tế"),
        ("DV-3.5", "chỉ cơ sở giáo dục đại học; trong danh mục cấp tỉnh"),
        ("DV-3.1b", "trừ trường mầm non, trường tiểu học, trung học cơ sở; nơi có người học"),
    ],
)
def test_to_whom_an_indicator_applies(key, said):
    assert wording.applies(row("tt24-organisation", key)) == said


def test_a_derived_share_says_what_it_is_counted_from():
    assert wording.derived(row("demo-community", "TH-2.1")).startswith("Tính tự động: số hộ được công nhận")
    assert wording.derived(row("demo-community", "TH-1.1")) == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "(trống)"),
        ([], "(trống)"),
        ({}, "(trống)"),
        (0, "0"),
        (False, "không"),
        (True, "có"),
        (1234, "1.234"),
        (Decimal("7.50"), "7,5"),
        ("score", "Điểm"),
        ("hard text", "hard text"),
        ({"hard": 70, "general": 80}, "chung: 80; vùng khó khăn: 70"),
        (["commune", "province"], "cấp xã, cấp tỉnh"),
        ({"general": [50, 60], "hard": None}, "chung: 50, 60"),
    ],
)
def test_a_value_inside_a_sentence(value, said):
    assert wording.shown(value) == said


@pytest.mark.parametrize("criteria", sets.all_sets(), ids=lambda c: c.code)
def test_every_shipped_set_can_be_shown_and_equals_itself(criteria):
    shape = criteria.to_dict()
    shown = [r["key"] for group in wording.groups(shape) for r in group["rows"]]
    assert shown == [indicator.key for indicator in criteria.indicators]
    assert rules.difference(criteria, criteria) == []


def test_numbers_written_differently_are_no_difference():
    shape = sets.load("demo-family").to_dict()
    other = shape | {"pass": {"general": "80.00", "hard": None}, "notes": None}
    assert rules.difference_of_shapes(shape, other) == []


def test_each_part_of_an_indicator_is_compared():
    before = sets.load("demo-clan").to_dict()
    after = Criteria.from_dict(before).to_dict()
    changed = after["criteria"][1]["indicators"][0]
    changed |= {"label": "Khác", "points": 29, "floor": 1, "marks": {"general": [71]}, "derived": None, "note": "x"}
    found = rules.difference_of_shapes(before, after)
    assert {one.key for one in found} == {"DH-2.1"}
    assert [one.what for one in found] == ["Tên", "Điểm tối đa", "Điểm sàn", "Ngưỡng", "Tính từ danh hiệu", "Ghi chú"]
