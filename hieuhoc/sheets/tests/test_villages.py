"""Which village is meant: cells, section rows, titles and names of sheets against the villages known."""

import pytest

from hieuhoc.sheets.tests.given import VILLAGES
from hieuhoc.sheets.villages import Villages, is_section_mark, looks_like_village

KNOWN = Villages(VILLAGES)


@pytest.mark.parametrize(
    ("typed", "village"),
    [
        ("LÀNG RING", "Làng Ring"),
        ("Ring", "Làng Ring"),
        ("L.Ring", "Làng Ring"),
        ("T. Phù Cát", "Thôn Phù Cát"),
        ("thôn hoà bình", "Thôn Hòa Bình"),
        ("T1", "Thôn 1"),
        ("1", "Thôn 1"),
        ("Thôn 01", "Thôn 1"),
        ("Xom Bang", "Làng Xom Bang"),
        ("Phu Cat", "Thôn Phù Cát"),
        ("Làng Klu", "Làng Klũ"),
        ("Thôn 11", None),
        ("Tổ 1", None),
        ("Thôn Hoa Bình", None),
        ("Làng Bui", None),
        ("thôn I", "Thôn 1"),
        ("Thôn II", "Thôn 2"),
        ("Thôn số 1", "Thôn 1"),
        ("THÔN MỘT", "Thôn 1"),
        ("Th. Tân Lập", "Thôn Tân Lập"),
        ("Thôn 1, xã Ia Tôr", "Thôn 1"),
        ("Thôn 1 xã Ia Tôr", "Thôn 1"),
        ("TÂN LẬP - IA TÔR", "Thôn Tân Lập"),
        ("Thôn 2 (khu trung tâm)", "Thôn 2"),
        ("Làng Ó-Gang", "Làng Ó Gang"),
        ("Thôn 1, Thôn 2", None),
        ("Thôn 1 - 2", None),
        ("Thôn III", None),
        ("số 1", None),
        (", Thôn 1", "Thôn 1"),
    ],
)
def test_a_cell_means_a_village(typed, village):
    assert KNOWN.find(typed) == village


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("I. Thôn Phù Cát", "Thôn Phù Cát"),
        ("III. THÔN 2", "Thôn 2"),
        ("II/ Làng Ring (25 hộ)", "Làng Ring"),
        ("V. Thôn Hoà Bình: 30 hộ", "Thôn Hòa Bình"),
        ("Thôn: Tân Lập", "Thôn Tân Lập"),
        ("- Làng Phung", "Làng Phung"),
        ("Thôn Quyết Tiến", "Thôn Quyết Tiến"),
        ("A. CÁC LÀNG ĐỒNG BÀO", None),
        ("B. CÁC THÔN", None),
        ("THÔN, LÀNG", None),
        ("Hộ nghèo", None),
        ("Sheet1", None),
        ("Tên thôn: Thôn 2", "Thôn 2"),
        ("* Thôn: 1", "Thôn 1"),
        ("Đơn vị: Làng Ring", "Làng Ring"),
    ],
)
def test_a_section_row_means_a_village(text, village):
    assert KNOWN.in_section(text) == village


@pytest.mark.parametrize(
    ("title", "village"),
    [
        ("DANH SÁCH HỘ LÀNG RING NĂM 2026", "Làng Ring"),
        ("THÔN 1 - XÃ IA TÔR", "Thôn 1"),
        ("DANH SÁCH THÔN 12", None),
        ("DANH SÁCH THÔN 1 VÀ THÔN 2", None),
    ],
)
def test_a_title_names_one_village_or_none(title, village):
    assert KNOWN.in_title(title) == village


def test_without_a_list_the_typed_name_stands():
    nobody = Villages(None)
    assert (nobody.known, nobody.find("Thôn 1"), nobody.in_section("I. Thôn Đoài")) == (False, None, "Thôn Đoài")


def test_two_villages_of_one_bare_name_are_not_guessed():
    both = Villages(["Thôn Tân Lập", "Làng Tân Lập"])
    assert (both.find("Tân Lập"), both.find("Làng Tân Lập")) == (None, "Làng Tân Lập")


def test_words_that_look_like_villages():
    assert [looks_like_village(text) for text in ("Thôn Đoài", "Làng", "Nguyễn Văn An")] == [True, False, False]
    assert [is_section_mark(text) for text in ("II", "A.", "12", "Ba")] == [True, True, False, False]
