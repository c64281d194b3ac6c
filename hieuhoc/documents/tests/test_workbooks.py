"""The workbooks as a reader of .xlsx finds them."""

import zipfile
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from hieuhoc.documents import papers, workbooks
from hieuhoc.documents.tests.samples import COMMITTEE, FAMILIES
from hieuhoc.documents.workbooks import NOT_APPLICABLE, Row, Table


def sheets(data: bytes):
    return openpyxl.load_workbook(BytesIO(data))


def filled(sheet) -> list[list]:
    """Rows that hold anything, as values."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [row for row in rows if any(value is not None for value in row)]


def listed(**changes) -> bytes:
    head = replace(COMMITTEE, **changes)
    annexed = papers.annexed_to(head.number, head.symbol, head.day, head.year, head.authority)
    return workbooks.award_list(head, title="NĂM 2026", annexed_to=annexed, sections=[FAMILIES])


def counted(*rows: Row, summed: bool = True) -> list[list]:
    data = workbooks.statistics(COMMITTEE, title="BIỂU", tables=[Table("Hộ", "Thôn, làng", rows, summed)])
    lines = filled(sheets(data).active)
    start = next(n for n, line in enumerate(lines) if line[0] == "TT")
    return lines[start + 1 : start + 1 + len(rows) + summed]


def test_the_list_holds_title_block_villages_and_numbered_rows():
    lines = filled(sheets(listed()).active)
    assert lines[0][0].replace("\u00a0", " ") == "ỦY BAN NHÂN DÂN XÃ IA TÔR"
    assert lines[0][2] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    start = next(n for n, line in enumerate(lines) if line[0] == "TT")
    assert [line[0] for line in lines[start + 1 :]][:6] == [
        "GIA ĐÌNH HỌC TẬP (3 hộ)",
        "Làng Klăh: 2 hộ",
        1,
        2,
        "Thôn Đồng Tâm: 1 hộ",
        3,
    ]
    assert any("57/QĐ-UBND ngày 05 tháng 12 năm 2026" in str(line[0]) for line in lines)


def test_a_name_that_looks_like_a_formula_stays_a_name():
    with zipfile.ZipFile(BytesIO(listed())) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    assert b">=SUM(A1)</t>" in parts["xl/sharedStrings.xml"]
    assert not any(b"<f>" in data for name, data in parts.items() if name.startswith("xl/worksheets"))


def test_the_form_prints_on_a4_one_page_wide_with_its_header_on_every_page():
    sheet = sheets(listed()).active
    header = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "TT")
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${header}:${header}"


@pytest.mark.parametrize("flag", ["illustrative", "demonstration"])
def test_a_workbook_that_is_not_official_says_so(flag):
    marks = {"illustrative": "Bộ tiêu chí minh họa", "demonstration": "Dữ liệu trình diễn"}
    assert any(marks[flag] in str(line[0]) for line in filled(sheets(listed(**{flag: True})).active))
    assert not any(marks[flag] in str(line[0]) for line in filled(sheets(listed()).active))


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        (Row("A", 1847, 1500, 1400, 1385), [1847, 1500, 1400, 1385, 74.99, 92.33]),
        (Row("A", 27593, 27593, 27593, 22038), [27593, 27593, 27593, 22038, 79.87, 79.87]),
        (Row("A", 100000, 100000, 1, 79999), [100000, 100000, 1, 79999, 79.99, 79.99]),
        (Row("A", 0, 0, 0, 0), [0, 0, 0, 0, "x", "x"]),
        (Row("A", 22, None, 20, 18), [22, None, 20, 18, 81.82, None]),
        (Row("A", 22, NOT_APPLICABLE, 20, 18), [22, "x", 20, 18, 81.82, "x"]),
    ],
)
def test_shares_are_never_rounded_across_a_mark_and_missing_is_not_zero(row, numbers):
    (line,) = counted(row, summed=False)
    assert line[2:] == numbers


def test_the_total_is_the_sum_and_is_missing_where_a_village_is():
    lines = counted(Row("A", 10, 8, None, 5), Row("B", 20, 10, 9, 5))
    assert lines[-1][0] == "Cộng"
    assert lines[-1][2:] == [30, 18, None, 10, 33.33, 55.56]


def test_sheets_of_one_name_are_kept_apart_and_marks_excel_refuses_are_dropped():
    tables = [Table("Hộ/làng [1]", "Thôn", []), Table("Hộ/làng [1]", "Thôn", []), Table("X" * 40, "Thôn", [])]
    names = sheets(workbooks.statistics(COMMITTEE, title="BIỂU", tables=tables)).sheetnames
    assert names == ["Hộ làng  1", "Hộ làng  1 (2)", "X" * 31]
