"""Lists and error workbooks as officers get them: nothing runs, nothing is lost, what is wrong is marked."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from hieuhoc.sheets import errors
from hieuhoc.sheets.engine import check
from hieuhoc.sheets.export import Page, neutral, sheet_name, workbook
from hieuhoc.sheets.tests.given import TODAY, VILLAGES

RUNS = ("=", "+", "-", "@", "\t", "\r")


def cells_of(data: bytes, sheet: int = 0) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(sheet).to_python()


@given(st.text(max_size=20))
def test_no_exported_text_begins_like_a_formula(text):
    assert not neutral(text).startswith(RUNS)


@given(st.text(min_size=1, max_size=60))
def test_any_name_becomes_a_sheet_name_excel_takes(name):
    found = sheet_name(name)
    assert 0 < len(found) <= 31
    assert not set(found) & set("[]:*?/\\")


def test_values_stay_what_they_are():
    row = ["Nguyễn Văn Hòa", 12, Decimal("9.5"), date(2026, 11, 21), True, False, None]
    data = workbook([Page("Hộ: thôn 1", ["Tên", "Số", "Điểm", "Ngày", "Đăng ký", "Khác", "Trống"], [row])])
    assert cells_of(data) == [
        ["Tên", "Số", "Điểm", "Ngày", "Đăng ký", "Khác", "Trống"],
        ["Nguyễn Văn Hòa", 12.0, 9.5, date(2026, 11, 21), "x", "", ""],
    ]


def test_headings_stay_in_sight_and_an_empty_list_still_has_them():
    data = workbook([Page("Rỗng", ["Tên", "Số"], [])])
    assert cells_of(data) == [["Tên", "Số"]]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert 'state="frozen"' in archive.read("xl/worksheets/sheet1.xml").decode()


@pytest.fixture
def wrong_list() -> bytes:
    rows = [
        [1, "Thôn 1", "Lê Văn An", "0912000111", 4],
        [2, "Thôn 9", "=HYPERLINK(1)", "-", "nhiều"],
        [3, "Thôn 2", "", "0912000112", -2],
    ]
    table = [["STT", "Thôn", "Họ tên chủ hộ", "Điện thoại", "Số khẩu"], *rows]
    text = "\n".join(";".join(map(str, row)) for row in table)
    return ("DANH SÁCH HỘ;;;;\n" + text).encode()


def test_the_error_workbook_marks_every_wrong_cell(wrong_list):
    result = check(wrong_list, "households", villages=VILLAGES, today=TODAY)
    data = errors.workbook(wrong_list, result)
    cells = cells_of(data)
    assert cells[1][-1] == errors.HEADING
    assert [row[-1] for row in cells[2:]] == [
        "",
        "Số khẩu: “nhiều” không phải là số. Thôn “Thôn 9” không có trong danh mục của xã.",
        "Thiếu họ và tên chủ hộ. Số khẩu: -2 là số âm.",
    ]
    assert cells[3][2] == "'=HYPERLINK(1)"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("xl/comments1.xml").decode().count("<comment ") == 4


def test_the_error_workbook_sent_back_reads_the_same(wrong_list):
    result = check(wrong_list, "households", villages=VILLAGES, today=TODAY)
    again = check(errors.workbook(wrong_list, result), "households", villages=VILLAGES, today=TODAY)
    assert again.tables[0]["columns"] == result.tables[0]["columns"]
    assert [(p["row"], p["column"], p["code"]) for p in again.problems] == [
        (p["row"], p["column"], p["code"]) for p in result.problems
    ]


@settings(max_examples=5, deadline=None)
@given(st.integers(1, 60))
def test_a_list_written_is_a_list_read(count):
    rows = [[i + 1, "Thôn 1", f"Lê Văn {chr(65 + i % 26)}{i}", i % 9 + 1, i % 2 == 0] for i in range(count)]
    data = workbook([Page("Hộ", ["STT", "Thôn/làng", "Họ và tên chủ hộ", "Số khẩu", "Đăng ký"], rows)])
    result = check(data, "households", villages=VILLAGES, today=TODAY)
    assert (result.records, result.problems) == (count, [])
    assert result.column("members") == [row[3] for row in rows]
    assert result.column("registered") == [row[4] for row in rows]
