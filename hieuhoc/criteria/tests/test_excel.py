"""Criteria out to Excel and in again: headings found anywhere, every problem by row, hostile files harmless."""

from decimal import Decimal

import pytest

from hieuhoc.criteria import actions, queries, sets, workbooks
from hieuhoc.criteria.imports import HEADINGS, read_grids
from hieuhoc.scoring import Criteria
from hieuhoc.sheets.export import Page, workbook
from hieuhoc.sheets.source import Refused

HEAD = ["Mã tiêu chí", "Tiêu chí", "Mã chỉ số", "Chỉ số", "Loại", "Điểm tối đa", "Điểm sàn"]


def rows(read):
    return {row["key"]: row for group in read.groups for row in group["indicators"]}


@pytest.mark.parametrize("code", ["demo-family", "cdht-324", "demo-clan", "tt22-organisation"])
def test_what_goes_out_comes_back(code):
    shape = sets.load(code).to_dict()
    read = read_grids(workbooks.grids(workbooks.export(shape)))
    assert read.problems == []
    from hieuhoc.criteria.drafting import replace_indicators

    assert Criteria.from_dict(replace_indicators(shape, read.groups)) == sets.load(code)


@pytest.mark.parametrize("code", ["tt25-commune", "tt24-organisation", "tt25-province"])
def test_marks_of_levels_and_areas_come_back_too(code):
    shape = sets.load(code).to_dict()
    read = read_grids(workbooks.grids(workbooks.export(shape)))
    wanted = {i.key: i.marks for i in sets.load(code).indicators}
    found = {
        key: {area: tuple(asked) for area, asked in row["marks"].items()} if row["marks"] else None
        for key, row in rows(read).items()
    }
    assert (read.problems, found) == ([], wanted)


def test_a_table_below_a_title_with_its_own_words_is_found():
    grid = [
        ["HỘI KHUYẾN HỌC VIỆT NAM", "", "", ""],
        ["", "", "", ""],
        ["STT", "Mã", "Nội dung", "Điểm chuẩn"],
        [1.0, "A-1", "Đọc sách", 10.0],
        [2.0, "A-2", "Học nghề", "7,5"],
        ["", "", "Tổng cộng", 17.5],
    ]
    read = read_grids([[["không có gì ở đây"]], grid])
    assert read.problems == []
    assert {key: row["points"] for key, row in rows(read).items()} == {"A-1": 10, "A-2": Decimal("7.5")}
    assert [row["kind"] for row in rows(read).values()] == ["score", "score"]


def test_a_merged_criterion_is_carried_down():
    grid = [HEAD, ["1", "Một", "A", "a", "", 5, ""], ["", "", "B", "b", "", 5, ""], [2.0, "Hai", "C", "c", "", 5, ""]]
    read = read_grids([grid])
    assert [(g["key"], g["label"], len(g["indicators"])) for g in read.groups] == [("1", "Một", 2), ("2", "Hai", 1)]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Có/Không", "yes_no"),
        ("TỶ LỆ", "share"),
        ("tỉ lệ", "share"),
        ("Mức đạt được", "level"),
        ("change", "change"),
        ("", "score"),
    ],
)
def test_kinds_are_read_in_many_wordings(written, kind):
    read = read_grids([[HEAD, ["1", "Một", "A", "a", written, 10, ""]]])
    assert rows(read)["A"]["kind"] == kind


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["1", "Một", "A", "", "", 5, ""], "chưa có tên"),
        (["1", "Một", "", "Tên không mã", "", 5, ""], "chưa có mã"),
        (["1", "Một", "A", "a", "bí ẩn", 5, ""], "Loại “bí ẩn”"),
        (["1", "Một", "A", "a", "", "năm", ""], "“năm” không phải là số"),
        (["1", "Một", "A", "a", "", -5.0, ""], "không phải là số dùng được"),
        (["1", "Một", "X", "a", "", 5, ""], "đã có ở dòng 2"),
    ],
)
def test_every_problem_names_its_row(row, said):
    read = read_grids([[HEAD, ["1", "Một", "X", "x", "", 5, ""], row]])
    assert [problem.row for problem in read.problems] == [3]
    assert said in read.problems[0].message


@pytest.mark.parametrize("grid", [[], [[]], [["Họ tên", "Thôn"]], [["Mã chỉ số"]]])
def test_a_file_without_the_table_says_which_columns_it_needs(grid):
    assert "“Mã chỉ số” và “Chỉ số”" in read_grids([grid]).problems[0].message


def test_a_table_without_indicators_is_said_to_be_empty():
    assert "không có chỉ số nào" in read_grids([[HEAD, ["", "", "", "Tổng", "", 0, ""]]]).problems[0].message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04nonsense", "corrupted"),
        (b"<html><table></table></html>", "html"),
        (b"\0" * 10, "empty"),
    ],
)
def test_a_file_that_is_no_workbook_gets_one_sentence(data, code):
    with pytest.raises(Refused) as refused:
        workbooks.grids(data)
    assert refused.value.code == code


def test_a_file_too_big_is_not_even_opened():
    with pytest.raises(Refused) as refused:
        workbooks.grids(b"x" * (workbooks.MAXIMUM_BYTES + 1))
    assert refused.value.code == "too_large"


def test_a_text_that_would_run_is_kept_from_it():
    shape = sets.load("demo-family").to_dict()
    shape["criteria"][0]["indicators"][0]["label"] = "=1+1"
    cells = [cell for grid in workbooks.grids(workbooks.export(shape)) for row in grid for cell in row]
    assert "'=1+1" in cells
    assert "=1+1" not in cells


@pytest.mark.django_db
def test_an_import_replaces_all_indicators_and_keeps_what_has_no_column(shipped, world):
    draft = actions.draft_from(shipped("demo-clan").pk, "2", by=world.national)
    table = [HEAD, ["2", "Kết quả", "DH-2.1", "Tên mới", "Tỷ lệ", 30, ""], ["2", "", "DH-9", "Thêm", "", 60, 5]]
    table = [row + (["Ngưỡng mức độ 1"] if at == 0 else [70] if at == 1 else [None]) for at, row in enumerate(table)]
    read = read_grids(workbooks.grids(workbook([Page("x", table[0], table[1:])])))
    assert read.problems == []
    actions.import_indicators(draft.pk, read.groups, by=world.national)
    criteria = queries.criteria_of(draft.pk)
    assert [(i.key, i.points) for i in criteria.indicators] == [("DH-2.1", 30), ("DH-9", 60)]
    assert criteria.by_key["DH-2.1"].derived.among == "member_families"


def test_the_headings_of_the_export_are_those_of_the_import():
    (grid, *_) = workbooks.grids(workbooks.export(sets.load("demo-family").to_dict()))
    assert grid[0] == list(HEADINGS.values())
