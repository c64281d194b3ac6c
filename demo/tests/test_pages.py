"""One page, three writers: what a reader finds is what was put in, and the bytes never change."""

import csv
from datetime import date

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from demo.pages import Formula, Page, write_csv, write_ods, write_xlsx


def a_page(name: str = "Trang 1") -> Page:
    page = Page(name)
    page.add(["DANH SÁCH & <biểu>", None, None], "title")
    page.add()
    page.add(["STT", "Họ và tên", "Điểm"], "head")
    page.add([1, 'Nguyễn "Văn" A', 8.5], "row")
    page.add([2, "", None], "row")
    page.add([True, date(1979, 5, 8), "8,5"], "row")
    page.add(["Cộng", None, Formula("SUM(C4:C6)", 8.5)], "total")
    page.merge(0, 0, 0, 2)
    page.merge(3, 0, 3, 0)
    return page


def cells(path, sheet=0):
    return CalamineWorkbook.from_path(path).get_sheet_by_index(sheet).to_python(skip_empty_area=False)


@pytest.mark.parametrize(("suffix", "write"), [("xlsx", write_xlsx), ("ods", write_ods)])
def test_a_book_holds_what_was_put_in(tmp_path, suffix, write):
    path = tmp_path / f"a.{suffix}"
    write(path, [a_page(), a_page("Trang 2")])
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["Trang 1", "Trang 2"]
    rows = cells(path, 1)
    assert rows[0][0] == "DANH SÁCH & <biểu>"
    assert rows[1] == ["", "", ""]
    assert rows[3] == [1, 'Nguyễn "Văn" A', 8.5]
    assert rows[4] == [2, "", ""]
    assert rows[6] == ["Cộng", "", 8.5]


def test_a_date_is_a_date_in_xlsx_and_text_in_ods(tmp_path):
    write_xlsx(tmp_path / "a.xlsx", [a_page()])
    write_ods(tmp_path / "a.ods", [a_page()])
    assert cells(tmp_path / "a.xlsx")[5][:2] == [True, date(1979, 5, 8)]
    assert cells(tmp_path / "a.ods")[5][1] == "08/05/1979"


def test_a_csv_has_semicolons_commas_in_fractions_and_rows_of_one_width(tmp_path):
    page = a_page()
    page.add(["Họ\ntên"])
    write_csv(tmp_path / "a.csv", page)
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True), delimiter=";"))
    assert {len(row) for row in rows} == {3}
    assert rows[3] == ["1", 'Nguyễn "Văn" A', "8,5"]
    assert rows[5] == ["TRUE", "08/05/1979", "8,5"]
    assert rows[6] == ["Cộng", "", "8,5"]
    assert rows[7][0] == "Họ\ntên"


def test_a_single_cell_is_not_merged():
    assert a_page().merges == [(0, 0, 0, 2)]


@pytest.mark.parametrize(("suffix", "write"), [("xlsx", write_xlsx), ("ods", write_ods)])
def test_merged_cells_are_merged_in_the_file(tmp_path, suffix, write):
    path = tmp_path / f"a.{suffix}"
    write(path, [a_page()])
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    if suffix == "xlsx":
        assert sheet.merged_cell_ranges == [((0, 0), (0, 2))]
    else:
        import zipfile

        content = zipfile.ZipFile(path).read("content.xml").decode()
        assert 'table:number-columns-spanned="3"' in content
        assert content.count("<table:covered-table-cell/>") == 2


def test_a_hidden_page_is_hidden_and_hidden_rows_stay_data(tmp_path):
    page, listed = a_page(), Page("DM", hidden=True)
    page.hidden_rows, page.hidden_columns, page.widths = {3}, {1}, {0: 6, 1: 12}
    listed.add(["Danh mục"])
    write_xlsx(tmp_path / "a.xlsx", [page, listed])
    book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    assert [sheet.visible for sheet in book.sheets_metadata] == [
        SheetVisibleEnum.Visible,
        SheetVisibleEnum.Hidden,
    ]
    assert cells(tmp_path / "a.xlsx")[3][1] == 'Nguyễn "Văn" A'


@pytest.mark.parametrize(("suffix", "write"), [("xlsx", write_xlsx), ("ods", write_ods)])
def test_the_bytes_do_not_depend_on_the_clock(tmp_path, monkeypatch, suffix, write):
    first, second = tmp_path / f"1.{suffix}", tmp_path / f"2.{suffix}"
    write(first, [a_page()])
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *a: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    write(second, [a_page()])
    assert first.read_bytes() == second.read_bytes()


def test_typing_turns_text_and_leaves_numbers(tmp_path):
    page = a_page()
    page.typed(str.upper)
    assert page.rows[3] == [1, 'NGUYỄN "VĂN" A', 8.5]
