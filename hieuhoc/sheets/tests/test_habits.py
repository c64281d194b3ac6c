"""Habits of officers no given workbook has, each as a small table and what is really in it."""

import pytest

from hieuhoc.sheets.engine import check
from hieuhoc.sheets.tests.given import TODAY, VILLAGES
from hieuhoc.sheets.tests.tables import lines, problems, read_book, records, write

FOUR = """
head_name|village|members
Lê Văn An|Thôn 1|4
Bùi Thị Mến|Thôn 1|3
Siu H'Lim|Thôn 2|5
Kpuih Thuy|Thôn 2|2
"""
PEOPLE = """
name|birth_date
Lê Văn An|1980-05-03
Bùi Thị Mến|1991-11-12
Siu H'Lim|1976
"""
# name of the habit: kind, merged ranges, what is written, what is to be read, problems
HABITS = {
    "family and given name apart": ("households", "", """
STT|Họ và chữ đệm|Tên|Thôn|Số khẩu
#1|Lê Văn|An|Thôn 1|#4
#2|Bùi Thị|Mến|Thôn 1|#3
#3|Siu|H'Lim|Thôn 2|#5
#4|Kpuih|Thuy|Thôn 2|#2""", FOUR, ""),
    "one heading merged over both names": ("households", "B1:C1", """
STT|Họ và tên||Thôn|Số khẩu
#1|Lê Văn|An|Thôn 1|#4
#2|Bùi Thị|Mến|Thôn 1|#3
#3|Siu|H'Lim|Thôn 2|#5
#4|Kpuih|Thuy|Thôn 2|#2""", FOUR, ""),
    "họ đệm and tên below họ và tên": ("citizens", "B1:C1 A1:A2 D1:D2 E1:E2", """
STT|Họ và tên||Ngày sinh|Thôn
|Họ đệm|Tên||
#1|Lê Văn|An|3/5/1980|Thôn 1
#2|Bùi Thị|Mến|@1991-11-12|Thôn 1
#3|Siu|H'Lim|#1976|Thôn 2""", PEOPLE, ""),
    "a part of the name missing": ("citizens", "", """
STT|Họ|Tên|Năm sinh|Thôn
#1|Lê Văn|An|#1980|Thôn 1
#2||Mến|#1991|Thôn 1
#3|||#1976|Thôn 2""", "name|birth_date\nLê Văn An|1980\nMến|1991\n|1976", "4 name missing_name"),
    "day, month and year apart": ("citizens", "", """
STT|Họ và tên|Ngày|Tháng|Năm sinh|Thôn
#1|Lê Văn An|#3|#5|#1980|Thôn 1
#2|Bùi Thị Mến|12|11|1991|Thôn 1
#3|Siu H'Lim|||#1976|Thôn 2""", PEOPLE, ""),
    "day, month and year below ngày sinh": ("citizens", "C1:E1 A1:A2 B1:B2 F1:F2", """
STT|Họ và tên|Ngày sinh|||Thôn
||Ngày|Tháng|Năm|
#1|Lê Văn An|#3|#5|#1980|Thôn 1
#2|Bùi Thị Mến|#12|#11|#1991|Thôn 1
#3|Siu H'Lim|||#1976|Thôn 2
#4|Kpuih Thuy|#31|#2|#1976|Thôn 2""", PEOPLE + "Kpuih Thuy|31/2/1976", "6 birth_date bad_birth_date"),
    "two lists side by side": ("households", "", """
DANH SÁCH HỘ
STT|Họ và tên chủ hộ|Số khẩu|Thôn||STT|Họ và tên chủ hộ|Số khẩu|Thôn
#1|Lê Văn An|#4|Thôn 1||#3|Siu H'Lim|#5|Thôn 2
#2|Bùi Thị Mến|#3|Thôn 1||#4|Kpuih Thuy|#2|Thôn 2""", FOUR, ""),
    "two lists side by side, the second shorter": ("households", "", """
Thôn 1|||Thôn 2
STT|Chủ hộ|Số khẩu|STT|Chủ hộ|Số khẩu
#1|Lê Văn An|#4|#1|Siu H'Lim|#5
#2|Bùi Thị Mến|#3|#2|Kpuih Thuy|#2
#3|Ksor Hoa|ba|||
|Cộng|#7||Cộng|#7""",
        FOUR.replace("Siu", "Ksor Hoa|Thôn 1|ba\nSiu"), "5 members not_a_number"),
    "a duplicate on the other side": ("households", "", """
STT|Chủ hộ|Thôn|Số khẩu|STT|Chủ hộ|Thôn|Số khẩu
#1|Lê Văn An|Thôn 1|#4|#2|LÊ VĂN AN|T1|#4""", "head_name|village\nLê Văn An|Thôn 1\nLÊ VĂN AN|Thôn 1",
        "2 head_name duplicate"),
    "sections with their sums, numbered": ("households", "", """
STT|Họ và tên chủ hộ|Số khẩu
1|Thôn 1|#7
1.1|Lê Văn An|#4
1.2|Bùi Thị Mến|#3
2|Thôn 2|#7
2.1|Siu H'Lim|#5
2.2|Kpuih Thuy|#2
|Tổng cộng|#14""", FOUR, ""),
    "sections with words before the name": ("households", "", """
STT|Họ và tên chủ hộ|Số khẩu|Đăng ký
*|Thôn: 1||
#1|Lê Văn An|#4|x
#2|Bùi Thị Mến|#3|x
Cộng thôn 1||#7|#2
*|Tên thôn: Thôn 2||
#1|Siu H'Lim|#5|x
#2|Kpuih Thuy|#2|x
Tổng cộng toàn xã||#14|#4""", FOUR, ""),
    "signatures under a list without row numbers": ("households", "", """
Họ và tên chủ hộ|Thôn|Số khẩu
Lê Văn An|Thôn 1|#4
Bùi Thị Mến|Thôn 1|#3
Siu H'Lim|Thôn 2|#5
Kpuih Thuy|Thôn 2|#2
||
TRƯỞNG THÔN||NGƯỜI LẬP BIỂU
(Ký tên)||
Lê Văn Bình||Nguyễn Thị Loan""", FOUR, ""),
    "as above in every form": ("households", "", """
STT|Họ và tên chủ hộ|Thôn|Số khẩu
#1|Lê Văn An|Thôn 1|#4
#2|Bùi Thị Mến|" "|#3
#3|Siu H'Lim|Thôn 2|#5
#4|Kpuih Thuy|- như trên -|#2""", FOUR, ""),
    "a person in charge of a village is a household": ("households", "", """
STT|Họ và tên chủ hộ|Số khẩu|Ghi chú
I|Thôn 1||
#1|Lê Văn An|#4|Trưởng thôn
#2|Bùi Thị Mến|#3|Chủ tịch HKH
II|Thôn 2||
#1|Siu H'Lim|#5|(chết)
#2|Kpuih Thuy|#2|đã chuyển đi""", FOUR, ""),
    "a missing name beside a village's": ("households", "", """
STT|Họ và tên chủ hộ|Chỗ ở|Số khẩu|Đăng ký
#1|Lê Văn An|Nhóm 1|#4|x
#2||Làng Ring cũ|#3|x""", "head_name|members\nLê Văn An|4\n|3", "3 head_name missing_name"),
    "two rows that number the columns": ("households", "", """
STT|Chủ hộ|Số khẩu|Đăng ký
A|B|C|D
1|2|3|4
Thôn 1|||
#1|Lê Văn An|#4|x
#2|Bùi Thị Mến|#3|x
Thôn 2|||
#1|Siu H'Lim|#5|
#2|Kpuih Thuy|#2|x""", FOUR, ""),
    "groups of households within villages": ("households", "", """
STT|Chủ hộ|Số khẩu
I|Thôn 1|#7
1|Hộ nghèo|
#1|Lê Văn An|#4
2|Hộ khác|#3
#1|Bùi Thị Mến|#3
II|Thôn 2|#7
1|Các hộ không nghèo|
#1|Siu H'Lim|#5
#2|Kpuih Thuy|#2""", FOUR, ""),
    "households called by the word": ("households", "", """
STT|Chủ hộ|Số khẩu
I|Thôn 1|
#1|Hộ Lê Văn An|#4
#2|Hộ ông Ba|#3""", "head_name|village\nHộ Lê Văn An|Thôn 1\nHộ ông Ba|Thôn 1", ""),
    "of which below a village": ("communities", "", """
STT|Thôn|Số hộ|Nhân khẩu
#1|Thôn 1|#130|#520
|Trong đó: hộ DTTS|#50|#200
#2|Thôn 2|#112|#430""", "village|households\nThôn 1|130\nThôn 2|112", ""),
    "sums to the right of the header": ("households", "", """
STT|Chủ hộ|Thôn|Số khẩu|||Tổng số hộ:|#4
#1|Lê Văn An|Thôn 1|#4|||Tổng số khẩu:|#14
#2|Bùi Thị Mến|Thôn 1|#3||||
#3|Siu H'Lim|Thôn 2|#5||||
#4|Kpuih Thuy|Thôn 2|#2||||""", FOUR, ""),
    "the village within the address": ("households", "", """
STT|Chủ hộ|Địa chỉ|Số khẩu
#1|Lê Văn An|Tổ 1, Thôn 1|#4
#2|Bùi Thị Mến|Thôn 1 (tổ 2)|#3
#3|Siu H'Lim|Nhóm 3 - Thôn 2|#5
#4|Kpuih Thuy|Thôn 2|#2
#5|Ksor Hoa|Nhóm 4|#2""", FOUR + "Ksor Hoa|Nhóm 4|2", "6 village unknown_village"),
    "row numbers before the names": ("households", "", """
Họ và tên chủ hộ|Thôn|Số khẩu
1. Lê Văn An|Thôn 1|#4
2. Bùi Thị Mến|Thôn 1|#3
3) Siu H'Lim|Thôn 2|#5
4. Kpuih Thuy|Thôn 2|#2""", FOUR, ""),
    "two columns of row numbers": ("households", "", """
TT thôn|STT|Chủ hộ|Thôn|Số khẩu
#1|#1|Lê Văn An|Thôn 1|#4
#2|#2|Bùi Thị Mến|Thôn 1|#3
#1|#3|Siu H'Lim|Thôn 2|#5
#2|#4|Kpuih Thuy|Thôn 2|#2""", FOUR, ""),
    "an address of the register of residents": ("citizens", "", """
TT|Họ, chữ đệm và tên khai sinh|Ngày, tháng, năm sinh|Giới tính|Số định danh cá nhân|Nơi thường trú|Chủ hộ
#1|LÊ VĂN AN|03/05/1980|Nam|064080001234|Thôn 1, Ia Tôr, Gia Lai|LÊ VĂN AN
#2|BÙI THỊ MẾN|05/06/1985|Nữ giới|064185001234|Làng Ring, Ia Tôr, Gia Lai|LÊ VĂN AN""",
        "name|village|birth_date|sex\nLÊ VĂN AN|Thôn 1|1980-05-03|male\nBÙI THỊ MẾN|Làng Ring|1985-06-05|female", ""),
    "organisations called as groups and villages are": ("organisations", "", """
STT|Tên đơn vị|Số người
#1|Nhóm trẻ Hoa Mai|#5
#2|Tổ hợp tác Thôn 1|#3
#3|Thôn 1|#3""", "name\nNhóm trẻ Hoa Mai\nTổ hợp tác Thôn 1\nThôn 1", ""),
    "people whose family name is a word for village": ("households", "", """
STT|Chủ hộ|Số khẩu
#1|Lang Văn Ba|#5
#2|Bản Thị Ring|#3
#3|Ấp Văn Tân|#3
#4|Khối Văn An|#3
#5|Lang Văn Hai|""", "head_name\nLang Văn Ba\nBản Thị Ring\nẤp Văn Tân\nKhối Văn An\nLang Văn Hai", ""),
    "how to fill in, and an example": ("households", "", """
STT|Chủ hộ|Thôn|Số khẩu
(ghi số)|(ghi chữ in hoa)|(ghi rõ)|(người)
VD|Nguyễn Văn A|Thôn 1|#4
#1|Lê Văn An|Thôn 1|#4
#2|Bùi Thị Mến|Thôn 1|#3
#3|Siu H'Lim|Thôn 2|#5
#4|Kpuih Thuy|Thôn 2|#2""", FOUR, ""),
    "days of birth below nam and nữ": ("citizens", "C1:D1 A1:A2 B1:B2", """
TT|Họ và tên|Ngày tháng năm sinh|
||Nam|Nữ
#1|Lê Văn An|03/05/1980|
#2|Bùi Thị Mến||12/11/1991
#3|Siu H'Lim|#1976|""", PEOPLE, ""),
    "sums carried over pages": ("households", "", """
STT|Chủ hộ|Thôn|Số khẩu
#1|Lê Văn An|Thôn 1|#4
#2|Bùi Thị Mến|Thôn 1|#3
|Cộng trang trước chuyển sang||#7
|Mang sang||#7
#3|Siu H'Lim|Thôn 2|#5
|Cộng chuyển trang||#12
#4|Kpuih Thuy|Thôn 2|#2
|Lũy kế||#14
|Bình quân||#3.5""", FOUR, ""),
    "a row that moved is no sum": ("households", "", """
Chủ hộ|Thôn|Số khẩu|Ghi chú
Lê Văn An|Thôn 1|#4|chuyển qua thôn 2
Bùi Thị Mến|Thôn 1|#3|Trung bình
Siu H'Lim|Thôn 2|#5|
Kpuih Thuy|Thôn 2|#2|Chuyển sang xã khác""", FOUR, ""),
    "parts of the village named above": ("households", "", """
DANH SÁCH HỘ THÔN 1||
STT|Chủ hộ|Số khẩu
I|Tổ 1|
#1|Lê Văn An|#4
II|Tổ 2|
#2|Bùi Thị Mến|#3""", "head_name|village\nLê Văn An|Thôn 1\nBùi Thị Mến|Thôn 1", ""),
    "parts within villages": ("households", "", """
STT|Chủ hộ|Số khẩu
I|THÔN 1 (12 hộ)|
*|Tổ 1|
#1|Lê Văn An|#4
*|Tổ 2|
#2|Bùi Thị Mến|#3
II|Làng Lạ|
#3|Siu H'Lim|#5""", "head_name|village\nLê Văn An|Thôn 1\nBùi Thị Mến|Thôn 1\nSiu H'Lim|Làng Lạ",
        "8 village unknown_village"),
    "kinds of offices are no villages": ("organisations", "", """
TT|Tên cơ quan, đơn vị|Thủ trưởng|Số CBCCVC
I|Khối trường học||
#1|Trường TH Ia Tôr|Lê Văn An|#32
II|Khối cơ quan||
#2|UBND xã|Siu Lim|#25""", "name|village\nTrường TH Ia Tôr|\nUBND xã|", ""),
    "nam and nữ marked both": ("citizens", "", """
STT|Họ và tên|Năm sinh|Nam|Nữ
#1|Lê Văn An|#1980|x|
#2|Bùi Thị Mến|#1991||x
#3|Siu H'Lim|#1976|x|x""", "name|sex\nLê Văn An|male\nBùi Thị Mến|female\nSiu H'Lim|", ""),
    "numbers of citizens that were rounded": ("citizens", "", """
STT|Họ và tên|Số CCCD
#1|Lê Văn An|1.23E+11
#2|Bùi Thị Mến|#64080000000
#3|Siu H'Lim|6,4080001234E+10""",
        "name|cccd\nLê Văn An|1.23E+11\nBùi Thị Mến|64080000000\nSiu H'Lim|064080001234",
        "2 cccd bad_cccd, 3 cccd bad_cccd"),
}  # fmt: skip


# name: kind, what is written, code of the notice, words of it
NOTICES = {
    "telephones": ("households", "Chủ hộ|Thôn|SĐT\nLê An|Thôn 1|0912345\nSiu Lim|Thôn 1|01667.345.678",
        "odd_phones", "dòng 2."),
    "a column of other cells": ("communities", "Thôn|Tổng số hộ|Đăng ký\nThôn 1|#120|#95\nThôn 2|#130|#88",
        "column_not_used", "Cột C “Đăng ký”"),
}  # fmt: skip


@pytest.mark.parametrize("case", NOTICES)
def test_what_is_left_as_it_is_or_out_is_said(case):
    kind, written, code, words = NOTICES[case]
    report = read_book(write(written), kind)
    (notice,) = report["notices"]
    assert (notice["code"], words in notice["message"], report["ok"]) == (code, True, 2)


def test_a_sheet_of_no_village_among_sheets_of_villages_is_said():
    rows = "STT|Chủ hộ|Số khẩu\n#1|Lê Văn An|#4\n#2|Siu Lim|#3"
    report = read_book(write({"T1": rows, "Lang Ring (2)": rows, "Sheet4": rows}), "households")
    assert [table["village"] for table in report["tables"]] == ["Thôn 1", "Làng Ring", None]
    assert [(one["sheet"], one["code"]) for one in report["notices"]] == [("Sheet4", "no_village")]


def clean(rows: list[list[str]]) -> list[list[str]]:
    """A table of text with short rows filled up."""
    return [row + [""] * (len(rows[0]) - len(row)) for row in rows]


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_is_read(habit):
    kind, merges, written, wanted, wrong = HABITS[habit]
    keys, *rows = clean(lines(wanted))
    report = read_book(write(written.strip("\n"), merges), kind)
    assert (records(report, keys), problems(report)) == (rows, wrong)


def test_parts_of_a_value_are_shown_as_taken():
    report = read_book(write("STT|Họ đệm|Tên|Ngày|Tháng|Năm|Thôn\n#1|Lê Văn|An|#3|#5|#1980|Thôn 1"), "citizens")
    table = report["tables"][0]
    assert table["columns"] == {"name": "B", "birth_date": "F", "village": "G"}
    assert [one["key"] for one in table["seen"]] == ["", "name", "name", *["birth_date"] * 3, "village"]


def test_lists_side_by_side_count_their_wrong_rows_each():
    report = read_book(write("STT|Chủ hộ|Số khẩu|STT|Chủ hộ|Số khẩu\n#1|Lê An|hai|#2|Siu Lim|ba"), "households")
    assert (report["records"], report["ok"], len(report["tables"])) == (2, 0, 2)


@pytest.mark.parametrize(
    "header",
    ["STT|Họ và tên|Năm sinh|Nghề nghiệp|Năm sinh|Ghi chú", "STT|Họ và tên|Năm sinh|Chủ hộ|Năm sinh|Thôn"],
)
def test_headings_that_come_twice_are_not_two_lists(header):
    report = read_book(
        write(f"{header}\n#1|Lê Văn An|#1980|x|#1981|Thôn 1\n#2|Lê Văn Ba|#1980|y|#1981|Thôn 1"), "citizens"
    )
    assert [table["rows"] for table in report["tables"]] == [2]


BESIDE = """
STT|Chủ hộ|Thôn|Số khẩu||STT|Chủ hộ|Thôn|Số khẩu
#1|Lê Văn An|Thôn 1|#4||#3|Siu H'Lim|Thôn 9|#5
#2|Bùi Thị Mến|Thôn 1|ba||#4|Kpuih Thuy|Thôn 2|#2
#5|Rơ Châm Bing|Thôn 2|#3||#6|Lê Văn An|Thôn 1|#4"""


def test_a_wrong_row_of_one_list_does_not_hold_back_its_neighbour():
    result = check(write(BESIDE), "households", villages=VILLAGES, today=TODAY)
    assert (result.records, result.ok) == (6, 3)
    assert [row["head_name"] for row in result.rows(only_ok=True)] == ["Lê Văn An", "Rơ Châm Bing", "Kpuih Thuy"]
    told = [(one["row"], one["cell"], one["side"], one["message"]) for one in result.problems]
    assert told == [
        (2, "H2", 2, "Thôn “Thôn 9” không có trong danh mục của xã."),
        (3, "D3", 1, "Số khẩu: “ba” không phải là số."),
        (4, "G4", 2, "Trùng với dòng 2, cột B: cùng thôn, cùng tên."),
    ]
    tables = result.to_json()["tables"]
    assert [(one["side"], one["columns"]["head_name"], one["rows"]) for one in tables] == [(1, "B", 3), (2, "G", 3)]


@pytest.mark.parametrize(
    "header",
    [
        "STT|Họ tên|Thôn|TT|Họ và tên chủ hộ|Thôn",
        "Stt|Chủ hộ|Thôn|STT|Chủ hộ|Thôn/làng",
        "STT|Chủ hộ|Thôn|STT|Chủ hộ|Thôn|Ghi chú",
    ],
)
def test_lists_side_by_side_need_not_be_headed_alike(header):
    rows = "\n#1|Lê Văn An|Thôn 1|#3|Siu H'Lim|Thôn 2\n#2|Bùi Thị Mến|Thôn 1|#4|Kpuih Thuy|Thôn 2"
    report = read_book(write(header + rows), "households")
    assert records(report, ["head_name", "village"]) == [row[:2] for row in lines(FOUR)[1:]]
