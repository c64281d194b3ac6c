"""Habits one by one, as small tables of text: where the table is, which rows are data, whose village they are."""

import pytest

from hieuhoc.sheets.reader import read
from hieuhoc.sheets.source import Refused
from hieuhoc.sheets.tests.given import TODAY, VILLAGES
from hieuhoc.sheets.tests.test_other_officers import rows_of

HEAD = "STT;Họ và tên chủ hộ;Số khẩu;Đăng ký"


def report_of(text: str, kind: str = "households") -> dict:
    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    return read(lines.encode(), {"kind": kind, "villages": VILLAGES, "today": TODAY.isoformat()})


def names(report: dict, key: str = "head_name") -> list[str]:
    return [row[key] for row in rows_of(report)]


def villages(report: dict) -> list[str]:
    return [row["village"] for row in rows_of(report)]


def told(report: dict) -> list[tuple[int, str]]:
    return [(one["row"], one["what"]) for table in report["tables"] for one in table["skipped"]]


def test_sections_by_number_letter_or_name_alone():
    report = report_of(f"""{HEAD}
        I;Thôn 1;;
        1;Lê Văn An;4;x
        II. Làng Ring;;;
        2;Siu H'Lim;3;x
        ;Thôn Hoà Bình;12;
        3;Bùi Thị Mến;2;""")
    assert names(report) == ["Lê Văn An", "Siu H'Lim", "Bùi Thị Mến"]
    assert villages(report) == ["Thôn 1", "Làng Ring", "Thôn Hòa Bình"]
    assert told(report) == [(2, "section"), (4, "section"), (6, "section")]


def test_sums_in_the_middle_are_no_households_and_families_named_like_sums_are():
    report = report_of(f"""{HEAD}
        1;Tống Văn An;4;x
        2;Công Thị Mến;4;x
        ;Cộng;8;
        3;Tổng Thị Hoa;4;x
        ;TỔNG CỘNG;12;""")
    assert names(report) == ["Tống Văn An", "Công Thị Mến", "Tổng Thị Hoa"]
    assert told(report) == [(4, "subtotal"), (6, "total")]


def test_numbers_without_a_name_are_a_household_only_with_a_row_number():
    report = report_of(f"""{HEAD}
        1;Lê Văn An;4;x
        2;;3;x
        ;;7;
        3;Bùi Thị Mến;2;""")
    assert names(report) == ["Lê Văn An", None, "Bùi Thị Mến"]
    assert [problem["code"] for problem in report["problems"]] == ["missing_name"]
    assert told(report) == [(4, "subtotal")]


def test_rows_numbered_in_advance_are_empty():
    report = report_of(f"""{HEAD}
        1;Lê Văn An;4;x
        2;;;
        3;;;
        4;Bùi Thị Mến;2;
        5;;;""")
    assert names(report) == ["Lê Văn An", "Bùi Thị Mến"]


def test_signatures_below_are_not_people():
    report = report_of(f"""{HEAD}
        1;Lê Văn An;4;x
        2;Bùi Thị Mến;2;
        ;;;
        ;;;Ia Tôr, ngày 5 tháng 11 năm 2026
        ;Người lập biểu;;CHỦ TỊCH
        ;(Ký, ghi rõ họ tên);;
        ;Nguyễn Thị Loan;;Siu Phưn""")
    assert names(report) == ["Lê Văn An", "Bùi Thị Mến"]
    assert {what for row, what in told(report) if row > 3} == {"footer"}


def test_without_row_numbers_a_list_is_still_a_list():
    report = report_of("""Họ tên chủ hộ;Thôn;Số khẩu;Điện thoại
        Lê Văn An;Thôn 1;4;0912345678
        ;Thôn 1;3;0912345679
        Bùi Thị Mến;Thôn 2;2;
        Tổng cộng;;9;""")
    assert names(report) == ["Lê Văn An", None, "Bùi Thị Mến"]


def test_a_header_repeated_on_the_next_page_does_not_end_the_table():
    report = report_of(f"""{HEAD}
        1;Lê Văn An;4;x
        ;;;
        {HEAD}
        (1);(2);(3);(4)
        2;Bùi Thị Mến;2;""")
    assert [table["rows"] for table in report["tables"]] == [2]
    assert told(report) == [(4, "header_repeat"), (5, "column_numbers")]


def test_a_table_a_village_below_its_own_title():
    report = report_of(f"""Thôn 1;;;
        {HEAD}
        1;Lê Văn An;4;x
        Làng Ring;;;
        {HEAD}
        1;Siu H'Lim;3;""")
    assert [(table["rows"], table["village"], table["village_from"]) for table in report["tables"]] == [
        (1, "Thôn 1", "title"),
        (1, "Làng Ring", "title"),
    ]


def test_group_headings_above_the_row_of_names():
    report = report_of(""";;Nhân khẩu;;
        STT;Họ tên chủ hộ;Số khẩu;Người lớn;Đăng ký
        1;Lê Văn An;4;2;x
        2;Bùi Thị Mến;3;3;""")
    assert report["tables"][0]["columns"] == {"head_name": "B", "members": "C", "adults": "D", "registered": "E"}
    assert report["tables"][0]["header_rows"] == [1, 2]


def test_a_column_under_a_heading_nobody_knows_is_told_by_its_cells():
    report = report_of(
        """STT;Danh tính;Xứ;Giấy tờ;Số khẩu
        1;Lê Văn An;Thôn 1;064079901204;3
        2;Bùi Thị Mến;Thôn 2;064079901205;2
        3;Siu H'Lim;Làng Ring;064079901206;4
        4;Kpuih Thuy;Làng Ring;064079901207;4""".replace("Danh tính", "Chủ hộ")
    )
    assert report["tables"][0]["columns"] == {"head_name": "B", "village": "C", "cccd": "D", "members": "E"}


def test_an_address_that_names_villages_is_the_village():
    report = report_of("""TT;Họ và tên;Năm sinh;Địa chỉ
        1;Lê Văn An;1980;Thôn 1
        2;Bùi Thị Mến;1990;Thôn 2""", "citizens")  # fmt: skip
    assert report["tables"][0]["columns"] == {"name": "B", "birth_date": "C", "village": "D"}


def test_marks_below_nam_and_nu_give_the_sex():
    report = report_of("""STT;Họ và tên;Giới tính;;Năm sinh
        ;;Nam;Nữ;
        1;Lê Văn An;x;;1980
        2;Bùi Thị Mến;;x;1990""", "citizens")  # fmt: skip
    assert [row["sex"] for row in rows_of(report)] == ["male", "female"]


def test_people_of_one_name_are_told_apart_by_their_year_of_birth():
    report = report_of("""STT;Họ và tên;Năm sinh;Thôn
        1;Lê Văn An;1980;Thôn 1
        2;LÊ VĂN AN;12/3/1991;Thôn 1
        3;Lê Văn An;1/2/1980;T. 1""", "citizens")  # fmt: skip
    assert [(p["row"], p["code"], p["other_row"]) for p in report["problems"]] == [(4, "duplicate", 2)]


def test_shares_of_cells_formatted_as_percent_are_percents():
    report = report_of("""STT;Thôn;Số hộ;Tỷ lệ (%)
        1;Thôn 1;100;63,5
        2;Thôn 2;120;70""", "communities")  # fmt: skip
    assert [row["share_percent"] for row in rows_of(report)] == [63.5, 70]


def test_a_summary_of_villages_beside_lists_of_households_is_left_alone():
    summary = "STT;Thôn;Trưởng thôn;Số hộ;Số khẩu\n1;Thôn 1;Lê Văn Bình;30;120\n2;Thôn 2;Bùi Văn Hải;40;160"
    report = report_of(f"{summary}\n;;;;\nDANH SÁCH HỘ;;;;\n{HEAD};Thôn\n1;Lê Văn An;4;x;Thôn 1\n2;Siu H'Lim;3;;Thôn 2")
    assert names(report) == ["Lê Văn An", "Siu H'Lim"]


def test_a_paper_without_a_table_is_refused():
    with pytest.raises(Refused) as refused:
        report_of("Kính gửi;các thôn\nĐề nghị gửi danh sách;trước ngày 5/11")
    assert refused.value.code == "no_table"


@pytest.mark.parametrize("heading", ["Ký cam kết đăng ký", "Đăng ký thực hiện GĐHT", "Nội dung đăng ký"])
def test_a_column_of_marks_that_speaks_of_registering_is_the_registration(heading):
    report = report_of(f"STT;Chủ hộ;Số khẩu;{heading}\n1;Lê Văn An;4;x\n2;Siu H'Lim;3;\n3;Bùi Thị Mến;3;x\n4;Lê Ba;1;x")
    assert [row["registered"] for row in rows_of(report)] == [True, False, True, True]


def test_a_share_of_poor_households_is_not_the_share():
    report = report_of("STT;Thôn;Số hộ;Tỷ lệ hộ nghèo (%)\n1;Thôn 1;100;6,5\n2;Thôn 2;120;7", "communities")
    assert report["tables"][0]["columns"] == {"village": "B", "households": "C"}
