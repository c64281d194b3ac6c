"""Tables on pages: headers, sections, merged cells, totals, and where a fault lands."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo import NOTICE
from demo.books.table import (
    FREE,
    NUMBER,
    RANK,
    TOTAL,
    Column,
    Draft,
    Entry,
    Fault,
    Problem,
    roman,
    with_faults,
)
from demo.pages import Formula, Page

PLAIN = (
    Column(NUMBER, "STT"),
    Column("village", "Thôn"),
    Column("name", "Họ tên"),
    Column("members", "Số khẩu", summed=True),
    Column(FREE, "Ghi chú"),
)
SCORED = (
    Column("name", "Họ tên"),
    Column("A", "Nhóm|Một", summed=True),
    Column("B", "Nhóm|Hai", summed=True),
    Column(TOTAL, "Tổng"),
    Column(RANK, "Xếp loại"),
)


def draft(columns=PLAIN, offset=0) -> Draft:
    return Draft(Page("Trang"), columns, Random(1), offset=offset)


def entry(name="A", village="Thôn 1", members=4, fault=None) -> Entry:
    return Entry({"name": name, "village": village, "members": members}, fault)


@pytest.mark.parametrize("offset", [0, 1])
@pytest.mark.parametrize("motto", [True, False])
def test_every_title_block_says_that_nothing_is_real(offset, motto):
    page = draft(offset=offset)
    page.title(["UBND XÃ"], ["DANH SÁCH"], motto=motto)
    texts = [value for row in page.page.rows for value in row if value]
    assert NOTICE in texts and "DANH SÁCH" in texts
    assert ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in texts) is motto


def test_a_plain_header_is_one_row_and_can_be_numbered():
    page = draft()
    page.head(numbered=True)
    assert page.page.rows[0] == ["STT", "Thôn", "Họ tên", "Số khẩu", "Ghi chú"]
    assert page.page.rows[1] == ["(1)", "(2)", "(3)", "(4)", "(5)"]


def test_grouped_labels_make_a_header_of_two_rows_with_merged_cells():
    page = draft(SCORED, offset=1)
    page.head()
    assert page.page.rows[0] == [None, "Họ tên", "Nhóm", "", "Tổng", "Xếp loại"]
    assert page.page.rows[1] == [None, "", "Một", "Hai", "", ""]
    assert page.page.merges == [(0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4), (0, 5, 1, 5)]


def test_rows_are_numbered_through_and_the_keys_find_their_columns():
    page = draft()
    assert page.entries([entry("A"), entry("B", members=2)]) == (1, 2)
    assert page.page.rows == [[1, "Thôn 1", "A", 4, None], [2, "Thôn 1", "B", 2, None]]
    assert page.rows == 2


def test_blank_rows_are_not_rows_of_entries():
    page = draft()
    first, last = page.entries([entry()] * 200, blanks=500)
    assert page.rows == 200
    assert (first, last) == (1, len(page.page.rows))
    assert 50 < sum(not row for row in page.page.rows) < 150


def test_a_merged_village_stands_once_over_its_rows():
    page = draft((PLAIN[1], *PLAIN[2:4]), offset=1)
    page.page.add()
    assert page.merged([entry("A"), entry("B"), entry("C")]) == (2, 4)
    assert [row[1] for row in page.page.rows[1:]] == ["Thôn 1", None, None]
    assert page.page.merges == [(1, 1, 3, 1)]


def test_a_section_is_joined_over_the_width():
    page = draft(offset=1)
    page.section("I. Thôn 1")
    assert page.page.rows == [[None, "I. Thôn 1"]]
    assert page.page.merges == [(0, 1, 0, 5)]


def test_a_total_adds_numbers_and_skips_text_as_a_spreadsheet_does():
    page = draft()
    page.entries([entry(members=4), entry(members="3"), entry(members=2)])
    page.total("Cộng", 1, 3)
    assert page.page.rows[3] == [None, "Cộng", None, Formula("SUM(D1:D3)", 6), None]


@pytest.mark.parametrize(
    ("a", "b", "total", "rank"),
    [(50, 30, 80, "Đạt"), (50, 29.5, 79.5, "Chưa đạt"), (90, "9", 90, "Đạt"), (None, "KAD", 0, "Chưa đạt")],
)
def test_a_score_row_has_its_total_and_its_rank(a, b, total, rank):
    page = draft(SCORED)
    page.entry(Entry({"name": "A", "A": a, "B": b}))
    assert page.page.rows[0][3:] == [Formula("SUM(B1:C1)", total), rank]


@pytest.mark.parametrize(
    ("fault", "cell", "value"),
    [
        (Fault("missing_name", "name", None), "D3", None),
        (Fault("negative", "members", -4), "E3", -4),
        (Fault("duplicate", "name"), "D3", "A"),
    ],
)
def test_a_fault_is_written_and_noted_where_it_lands(fault, cell, value):
    page = draft(offset=1)
    page.page.add()
    page.page.add()
    page.entry(entry(fault=fault))
    assert page.problems == [Problem("Trang", 3, fault.column, cell, fault.code)]
    assert page.page.rows[2]["ABCDEF".index(cell[0])] == value


def test_signatures_stand_below():
    page = draft()
    page.sign("Ia Tôr, ngày 05", "NGƯỜI LẬP", "CHỦ TỊCH", ("An", "Bình"))
    found = [[value for value in row if value] for row in page.page.rows]
    assert found == [[], ["Ia Tôr, ngày 05"], ["NGƯỜI LẬP", "CHỦ TỊCH"], [], [], ["An", "Bình"]]


villages = st.sampled_from(["Thôn 1", "Thôn 2", "Thôn 3"])


@given(st.lists(villages, min_size=1, max_size=30), st.lists(villages, max_size=4), st.integers(0, 10**6))
def test_wrong_rows_come_on_top_of_the_good_ones_and_beside_their_like(good, spare, seed):
    entries = [entry(f"tốt {n}", village) for n, village in enumerate(good)]
    spares = [entry(f"thừa {n}", village) for n, village in enumerate(spare)]
    faults = [Fault("missing_name", "name", None)] * 3 + [Fault("duplicate", "name")]
    mixed = with_faults(entries, spares, faults, Random(seed), same=lambda one: one.record["village"])
    assert [one for one in mixed if not one.fault] == entries
    wrong = [one for one in mixed if one.fault]
    assert len(wrong) == min(3, len(spares)) + 1
    twice = next(n for n, one in enumerate(mixed) if one.fault and one.fault.code == "duplicate")
    assert mixed[twice].record in [one.record for one in mixed[:twice] if not one.fault]


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (19, "XIX"), (40, "XL"), (49, "XLIX"), (58, "LVIII")],
)
def test_sections_are_numbered_in_roman(number, text):
    assert roman(number) == text
