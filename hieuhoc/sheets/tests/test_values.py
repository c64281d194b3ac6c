"""Cells as officers type them, each to its canonical value or to the code of what is wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.sheets.columns import Column
from hieuhoc.sheets.tests.given import TODAY
from hieuhoc.sheets.values import Bad, converter

MAXIMUM = {"score": 10.0}
CASES = {
    "count": [
        (3.0, 3),
        ("3", 3),
        (" 3 ", 3),
        ("04", 4),
        ("1.234", 1234),
        ("1.234,0", 1234),
        ("1 234", 1234),
        ("1,234", 1234),
        ("-", None),
        ("1\u00a0234", 1234),
        (0.0, 0),
        (-4.0, "negative"),
        ("-21", "negative"),
        ("không rõ", "not_a_number"),
        ("5 lớp", "not_a_number"),
        (2.5, "not_a_number"),
        ("?", "not_a_number"),
        ("4 người", 4),
        ("12 khẩu", 12),
        ("1.234 hộ", 1234),
        ("3 Cháu.", 3),
        ("hai người", "not_a_number"),
        ("1.2.3", "not_a_number"),
        (date(2026, 1, 2), "not_a_number"),
    ],
    "share": [
        (63.73, 63.73),
        ("93,19", 93.19),
        ("63,73%", 63.73),
        ("63.73 %", 63.73),
        (100.0, 100),
        ("-", None),
        (107.96, "share_over_100"),
        ("120,5", "share_over_100"),
        (-1.0, "negative"),
        ("gần hết", "not_a_number"),
        ("0", 0),
    ],
    "score": [
        (9.0, 9),
        ("8,5", 8.5),
        (" 9 ", 9),
        (8.5, 8.5),
        ("KAD", "KAD"),
        ("-", "KAD"),
        ("kad", "KAD"),
        ("–", "KAD"),
        ("Không áp dụng", "KAD"),
        (0.0, 0),
        (12.0, "over_maximum"),
        ("10,5", "over_maximum"),
        (-5.0, "negative"),
        ("tốt", "not_a_number"),
        ("9đ", 9),
        ("8,5 điểm", 8.5),
        ("7/10", 7),
        ("7/20", "not_a_number"),
        ("12đ", "over_maximum"),
        ("đạt", "not_a_number"),
        (10.0, 10),
    ],
    "phone": [
        ("0912345678", "0912345678"),
        (912345678.0, "0912345678"),
        ("0890 005 382", "0890005382"),
        ("0840.007.994", "0840007994"),
        ("0166.000.6488", "0360006488"),
        ("01200000782", "0700000782"),
        ("01990004846", "0590004846"),
        ("+84912345678", "0912345678"),
        ("84912345678", "0912345678"),
        (1660006488.0, "0360006488"),
        ("0770-002-315", "0770002315"),
        ("không có", "không có"),
        ("02693823456", "02693823456"),
        ("'0912345678", "0912345678"),
        ("0912345678 / 0987654321", "0912345678"),
        ("01682345678, 0987654321", "0382345678"),
        ("chưa có; 0987 654 321", "0987654321"),
        ("0912345678 (con)", "0912345678"),
        ("(+84) 912 345 678", "0912345678"),
        ("091234567", "091234567"),
        ("9,12345678E+8", "0912345678"),
        ("9.12E+08", "9.12E+08"),
    ],
    "cccd": [
        ("064079901204", "064079901204"),
        ("064 177 901 224", "064177901224"),
        (64093901248.0, "064093901248"),
        (6409390124.0, "006409390124"),
        ("064077901083\u00a0", "064077901083"),
        ("231045678", "bad_cccd"),
        ("06407590123X", "bad_cccd"),
        ("0640759012345", "bad_cccd"),
        (231045678.0, "bad_cccd"),
        ("64093901248", "bad_cccd"),
        ("chưa có", "bad_cccd"),
        ("6,4079901204E+10", "064079901204"),
        ("6,41E+10", "bad_cccd"),
    ],
    "date": [
        ("20/12/2004", "2004-12-20"),
        ("3/1/1961", "1961-01-03"),
        ("05-01-1986", "1986-01-05"),
        ("5.1.1986", "1986-01-05"),
        (2005.0, "2005"),
        ("1959", "1959"),
        (28192.0, "1977-03-08"),
        ("21/9/73", "1973-09-21"),
        (date(2002, 12, 24), "2002-12-24"),
        ("1986-01-05", "1986-01-05"),
        ("00/00/1960", "1960"),
        ("3/1961", "1961"),
        ("ngày 5 tháng 1 năm 1986", "1986-01-05"),
        ("05011986", "1986-01-05"),
        ("2/3/05", "2005-03-02"),
        ("31/02/1985", "bad_birth_date"),
        ("29/02/1999", "bad_birth_date"),
        ("15/13/1979", "bad_birth_date"),
        ("12/05/2031", "bad_birth_date"),
        ("không nhớ", "bad_birth_date"),
        (2031.0, "bad_birth_date"),
        (19.0, "bad_birth_date"),
        ("1850", "bad_birth_date"),
        ("23/11/2026", "bad_birth_date"),
        ("22/11/2026", "2026-11-22"),
        ("--/--/1970", "1970"),
        ("../../1970", "1970"),
        ("~1970", "1970"),
        ("1970.", "1970"),
        ("tháng 5/1980", "1980"),
        ("01/02//1970", "1970-02-01"),
        ("01/02/1970 (AL)", "1970-02-01"),
        ("1-Feb-70", "1970-02-01"),
        ("05-Oct-1988", "1988-10-05"),
        (1021970.0, "1970-02-01"),
        ("01/O2/1970", "bad_birth_date"),
        ("12/25/1970", "bad_birth_date"),
        ("1/2", "bad_birth_date"),
        ("70", "bad_birth_date"),
    ],
    "yes_no": [
        ("x", True),
        ("X", True),
        ("Có", True),
        ("✓", True),
        ("TRUE", True),
        (1.0, True),
        ("1", True),
        ("Đã đăng ký", True),
        ("v", True),
        (date(2026, 3, 1), True),
        ("Không", False),
        ("0", False),
        (0.0, False),
        ("FALSE", False),
        ("-", False),
        ("chưa đăng ký", False),
        ("ba", "not_yes_no"),
        ("(x)", True),
        ("Đăng ký lại", True),
        ("Công nhận mới", True),
        ("GĐHT", True),
        ("Năm 2026", True),
        ("Đ", True),
        ("đ", True),
        ("Ô", False),
        ("?", "not_yes_no"),
        ("/", "not_yes_no"),
    ],
    "sex": [("Nam", "male"), ("nữ", "female"), ("NỮ", "female"), ("nam ", "male"), ("Trai", "male"), ("khác", "khác")],
    "group": [
        (1.0, 1),
        ("2", 2),
        ("Nhân dân", 1),
        ("Người lao động", 2),
        ("Cán bộ, công chức, viên chức", 3),
        ("Doanh nhân", 3),
        ("Học sinh, sinh viên", 4),
        ("Nhóm 4", 4),
        ("Công nhân", 2),
        ("HS, SV", 4),
        (7.0, 7),
        ("lạ", "lạ"),
        ("ND", 1),
        ("Nhóm I", 1),
        ("iv", 4),
        ("Nhóm số 2", 2),
        ("Hưu trí", "Hưu trí"),
    ],
    "name": [("  Nguyễn  Văn\u00a0Hòa ", "Nguyễn Văn Hòa"), ("H’Klưi", "H’Klưi"), (12.0, "12")],
}
FLAT = [(kind, typed, wanted) for kind, cases in CASES.items() for typed, wanted in cases]


def read(kind: str, typed):
    column = Column("CD-1.1" if kind == "score" else "cột", "Cột", kind, maximum=MAXIMUM.get(kind))
    return converter(column, TODAY)(typed)


@pytest.mark.parametrize(("kind", "typed", "wanted"), FLAT)
def test_a_cell_is_read(kind, typed, wanted):
    found = read(kind, typed)
    assert (found.code if isinstance(found, Bad) else found) == wanted


@pytest.mark.parametrize(("kind", "typed"), [(kind, typed) for kind, typed, _ in FLAT])
def test_a_wrong_cell_keeps_what_was_typed_and_says_so(kind, typed):
    found = read(kind, typed)
    if isinstance(found, Bad):
        assert found.value is not None
        assert found.message.endswith(".")


def test_yes_no_and_shares_of_circulars_are_read_as_such():
    yes_no = converter(Column("CDX-1.1", "Tuyên truyền", "score", judged="yes_no"), TODAY)
    share = converter(Column("CDX-5.1", "Tỷ lệ", "score", judged="share"), TODAY)
    assert [yes_no("Đạt"), yes_no("Không đạt"), yes_no("KAD")] == [True, False, "KAD"]
    assert [share("12/15"), share("62,5"), share("-")] == [{"count": 12, "of": 15}, 62.5, "KAD"]
    assert [share("16/15").code, share("105").code] == ["share_over_100", "share_over_100"]


@given(st.one_of(st.text(), st.floats(allow_nan=False, allow_infinity=False), st.dates()), st.sampled_from(list(CASES)))
def test_no_cell_breaks_the_reading(typed, kind):
    found = read(kind, typed)
    assert isinstance(found, Bad | str | int | float | dict | None)


@given(
    st.dates(date(1930, 1, 1), TODAY),
    st.sampled_from(("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "ngày %d tháng %m năm %Y")),
)
def test_any_day_reads_back(day, form):
    assert read("date", day.strftime(form)) == day.isoformat()
