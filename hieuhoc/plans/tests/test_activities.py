"""Dated activities in tables of many layouts, times as cells write them, and the duties of each body."""

import pytest

from hieuhoc.plans.reading import When, read
from hieuhoc.plans.reading.activities import parties
from hieuhoc.plans.reading.document import plain
from hieuhoc.plans.reading.when import read_when

TABLE = """Số: 5/KH-UBND
Kon Đào, ngày 5 tháng 1 năm 2024
KẾ HOẠCH
Thực hiện Chương trình 387 năm 2024 trên địa bàn xã Kon Đào
III. NỘI DUNG, TIẾN ĐỘ
| STT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành | Sản phẩm |
|---|---|---|---|---|---|
| I | Công tác tuyên truyền | | | | |
| 1 | Phát động phong trào | Hội Khuyến học xã | Các thôn | Quý I/2024 | Kế hoạch |
| 2 | Phát thanh | VH-XH | HKH | Hằng tháng | Tin bài |
| II | Đánh giá, công nhận | | | | |
| 1 | Chấm điểm | Các thôn | | Tháng 10, 11/2024 | Hồ sơ |
| 2 | Trình UBND xã công nhận | HKH xã | VH-XH | Trước 05/12/2024 | Tờ trình |
| 2 | Tổng kết | UBND xã | HKH | Tháng 12 năm 2042 | Báo cáo |
IV. TỔ CHỨC THỰC HIỆN
1. Hội Khuyến học xã chủ trì, tham mưu UBND xã triển khai.
2. Giao Công chức Tài chính - Kế toán: bố trí kinh phí.
3. Các thôn
- Tổ chức đăng ký.
- Chấm điểm.
Trên đây là Kế hoạch./.
Nơi nhận:
- Như trên.
"""

TIMES = (
    ("Quý III/2022", [When(2022, 3)]),
    ("III/2014", [When(2014, 3)]),
    ("Quý III, IV/ 2023", [When(2023, 3), When(2023, 4)]),
    ("Quý 2 - Quý 3 năm 2026", [When(2026, 2), When(2026, 3)]),
    ("IV/2014 III/2015", [When(2014, 4), When(2015, 3)]),
    ("2014 2016", [When(2014), When(2016)]),
    ("2023-2025", [When(2023), When(2024), When(2025)]),
    ("năm 2025 và 2030", [When(2025), When(2030)]),
    ("Hằng năm", [When(every="year")]),
    ("Hằng năm; từ quý III/2022", [When(2022, 3, "year")]),
    ("Hằng năm; bắt đầu từ 2023", [When(2023, None, "year")]),
    ("Quý IV hằng năm", [When(None, 4, "year")]),
    ("Hàng năm, mỗi quý 1 số", [When(every="quarter")]),
    ("Quý/năm", [When(every="quarter")]),
    ("Hằng tháng", [When(every="month")]),
    ("Thường xuyên", [When(every="always")]),
    ("6 tháng đầu năm 2025", [When(2025, None, "half")]),
    ("Tháng 10/2023", [When(2023, 4, None, 10)]),
    ("Tháng 10, 11/2024", [When(2024, 4, None, 10), When(2024, 4, None, 11)]),
    ("Trước 15/12 hằng năm", [When(None, 4, "year", 12)]),
    ("Trước ngày 05/12/2024", [When(2024, 4, None, 12)]),
    ("Sau khi có hướng dẫn", []),
)


@pytest.fixture(scope="module")
def plan():
    """The invented plan above, read."""
    return read(TABLE.encode())


@pytest.mark.parametrize(("cell", "times"), TIMES, ids=[cell for cell, _ in TIMES])
def test_a_time_is_read_as_it_is_written(cell, times):
    assert list(read_when(plain(cell))) == times


def test_columns_in_any_order_and_tasks_in_rows(plan):
    rows = [(one.task, one.item, one.text, one.who, one.joins) for one in plan.activities]
    assert rows == [
        ("I Công tác tuyên truyền", "1", "Phát động phong trào", "Hội Khuyến học xã", "Các thôn"),
        ("I Công tác tuyên truyền", "2", "Phát thanh", "VH-XH", "HKH"),
        ("II Đánh giá, công nhận", "1", "Chấm điểm", "Các thôn", None),
        ("II Đánh giá, công nhận", "2", "Trình UBND xã công nhận", "HKH xã", "VH-XH"),
        ("II Đánh giá, công nhận", "2", "Tổng kết", "UBND xã", "HKH"),
    ]


def test_a_year_out_of_the_plan_and_a_number_used_twice_are_said(plan):
    codes = {one.code: one for one in plan.warnings}
    assert "Tổng kết" in codes["implausible_year"].sentence
    assert "2042" in codes["implausible_year"].message
    assert "Tổng kết" in codes["duplicate_item_number"].sentence
    assert plan.activities[-1].when == (When(2042, 4, None, 12),), "nothing is repaired"


def test_each_body_has_its_duties(plan):
    assert [(duty.body, [text for text, _ in duty.items]) for duty in plan.duties] == [
        ("Hội Khuyến học xã", ["chủ trì, tham mưu UBND xã triển khai."]),
        ("Công chức Tài chính - Kế toán", ["bố trí kinh phí."]),
        ("Các thôn", ["Tổ chức đăng ký.", "Chấm điểm."]),
    ]
    for duty in plan.duties:
        assert plan.text[duty.span.start : duty.span.end].startswith(duty.body)
        assert all(plan.text[span.start : span.end].strip() == text for text, span in duty.items)


def test_an_activity_points_at_its_row(plan):
    for one in plan.activities:
        assert one.text in plan.text[one.span.start : one.span.end] == one.sentence


@pytest.mark.parametrize(
    ("who", "lead", "joins"),
    [
        ("HKH tỉnh", "HKH tỉnh", None),
        ("HKH tỉnh phối hợp với Sở Giáo dục và Đào tạo", "HKH tỉnh", "Sở Giáo dục và Đào tạo"),
        ("HKH tỉnh chủ trì, phối hợp với các cơ quan, đơn vị.", "HKH tỉnh", "các cơ quan, đơn vị"),
        ("", None, None),
    ],
)
def test_who_leads_and_who_joins(who, lead, joins):
    assert parties(who) == (lead, joins)
