"""Heads of plans: numbers, days and places as papers, scans and newspapers print them."""

from datetime import date

import pytest

from hieuhoc.plans.reading import read

BODY = (
    "{}\n{}\nKẾ HOẠCH\nThực hiện Chương trình “Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, "
    "cộng đồng, đơn vị giai đoạn 2021 - 2030” trên địa bàn {}\n"
    "Căn cứ Quyết định số 387/QĐ-TTg ngày 25/3/2022;\nI. MỤC TIÊU\n"
    "1. Đến năm {}: 70% gia đình đạt danh hiệu “Gia đình học tập”.\n"
)
NUMBERS = (
    ("Số: 102/KH-UBND", "102/KH-UBND", None),
    ("Số:102 /KH - UBND", "102/KH-UBND", None),
    ("Số 77-KH/HKH", "77-KH/HKH", None),
    ("Số: 12/2022/QĐ-UBND", "12/2022/QĐ-UBND", None),
    ("Số: 15/KH-UBND-NC", "15/KH-UBND-NC", None),
    ("Số: *H341*/KH-UBND", "H341/KH-UBND", "number_unclear"),
    ("Số: 1O2/KH-UBND", "1O2/KH-UBND", "number_unclear"),
    ("Số: l15 /KH-UBND", "l15/KH-UBND", "number_unclear"),
    ("Số: ..../KH-UBND", None, "missing_number"),
    ("Số:      /KH-UBND", None, "missing_number"),
    ("", None, "missing_number"),
)
DAYS = (
    ("Hà Lam, ngày 05 tháng 06 năm 2022", date(2022, 6, 5)),
    ("Hà Lam, ngày 5 tháng 6 năm2022", date(2022, 6, 5)),
    ("Hà Lam, ngày 5/6/2022", date(2022, 6, 5)),
    ("Hà Lam, ngày *5* tháng *6* năm 2022", date(2022, 6, 5)),
    ("Phường 5, ngày 5 tháng 6 năm 2022", date(2022, 6, 5)),
    ("Hà Lam, ngày 31 tháng 02 năm 2022", None),
    ("Hà Lam, ngày      tháng 5 năm 2023", None),
    ("Hà Lam, ngày … tháng … năm 2023", None),
    ("", None),
)
PLACES = (
    ("tỉnh Bà Rịa - Vũng Tàu", "Tỉnh Bà Rịa - Vũng Tàu"),
    ("xã Hà Lam, huyện Thăng Bình, tỉnh Quảng Nam", "Xã Hà Lam"),
    ("thành phố Huế", "Thành phố Huế"),
    ("TP. Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
    ("toàn tỉnh Thừa Thiên Huế", "Tỉnh Thừa Thiên Huế"),
    ("xã A Lưới 1", "Xã A Lưới 1"),
    ("TỈNH ĐẮK LẮK", "Tỉnh Đắk Lắk"),
    ("đặc khu Cô Tô (sau đây gọi tắt là Kế hoạch)", "Đặc khu Cô Tô"),
)


def told(number="Số: 1/KH-UBND", day="Hà Lam, ngày 5 tháng 6 năm 2022", place="xã Hà Lam", year=2025):
    """A plan with this head, read."""
    return read(BODY.format(number, day, place, year).encode())


@pytest.mark.parametrize(("line", "number", "code"), NUMBERS, ids=[line or "none" for line, *_ in NUMBERS])
def test_a_number_is_as_printed_and_doubt_is_said(line, number, code):
    plan = told(number=line)
    codes = {one.code for one in plan.warnings} & {"number_unclear", "missing_number"}
    assert (plan.head.number, codes) == (number, {code} if code else set())


@pytest.mark.parametrize(("line", "day"), DAYS, ids=[line or "none" for line, _ in DAYS])
def test_a_day_is_as_printed_and_a_blank_one_is_said(line, day):
    plan = told(day=line)
    assert plan.head.date == day
    assert ("missing_date" in {one.code for one in plan.warnings}) is (day is None)


@pytest.mark.parametrize(("title", "place"), PLACES, ids=[place for _, place in PLACES])
def test_the_place_is_the_one_of_the_title(title, place):
    assert told(place=title).head.place == place


def test_a_year_that_cannot_be_meant_is_kept_and_said():
    plan = told(year=2005)
    assert [one.year for one in plan.targets] == [2005]
    assert [one.code for one in plan.warnings] == ["implausible_year"]


def test_what_a_plan_rests_on_gives_neither_number_nor_day():
    plan = told(number="", day="")
    assert (plan.head.number, plan.head.date, plan.head.programme, plan.head.years) == (None, None, "387", (2021, 2030))


def test_a_text_that_stops_in_a_sentence_is_said():
    whole = BODY.format("Số: 1/KH-UBND", "Hà Lam, ngày 5 tháng 6 năm 2022", "xã Hà Lam", 2025)
    cut = read((whole + "II. NHIỆM VỤ\n1. Tổ chức rà soát, sửa đổi, bổ sung phù hợp với điều kiện, tình hình").encode())
    signed = read(
        (whole + "II. NHIỆM VỤ\n1. Tuyên truyền./.\nNơi nhận:\n- Như trên.\nTM. ỦY BAN NHÂN DÂN\nLê Văn An").encode()
    )
    assert "text_ends_early" in {one.code for one in cut.warnings}
    assert "text_ends_early" not in {one.code for one in signed.warnings}
