"""Lists without a header row: read where the columns can be told, refused in one sentence where they cannot."""

import pytest

from hieuhoc.sheets import errors
from hieuhoc.sheets.engine import check
from hieuhoc.sheets.source import Refused
from hieuhoc.sheets.tests.given import TODAY, VILLAGES
from hieuhoc.sheets.tests.tables import problems, read_book, records, write

TITLES = "UBND XÃ IA TÔR|||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nDANH SÁCH GIA ĐÌNH HỌC TẬP LÀNG RING|\n|\n"
# name: kind, what is written, the columns found, the first record by key, problems
READ = {
    "everything a household has": ("households", """
#1|Lê Văn An|Thôn 1|IT-001|064080001234|0912345678|#4|x
#2|Bùi Thị Mến|T1|IT-002|#64080001235|912345679|#3|
#3|Siu H'Lim|Thôn 9|IT-003||0912345670|#5|x
#4|Kpuih Thuy|Thôn 2|IT-004|12345678901|0166 7345 671|#2|x
|Tổng cộng|||||#14|""", "B head_name, C village, D household_code, E cccd, F phone, G members",
        "head_name|village|household_code|cccd|phone|members\nLê Văn An|Thôn 1|IT-001|064080001234|0912345678|4",
        "3 village unknown_village, 4 cccd bad_cccd"),
    "below a title that names the village": ("households", TITLES + """#1|Lê Văn An|#4
#2|Bùi Thị Mến|#3
#3|Siu H'Lim|#5
|Cộng|#12
||Người lập biểu
||Nguyễn Văn Tám""", "B head_name, C members", "head_name|village|members\nLê Văn An|Làng Ring|4", ""),
    "villages in section rows, numbered anew": ("households", """
I|Thôn 1|
#1|Lê Văn An|#4
#2|Bùi Thị Mến|#3
II|Làng Ring|
#1|Siu H'Lim|#5
#2|Kpuih Thuy|#5""", "B head_name, C members", "head_name|village|members\nLê Văn An|Thôn 1|4", ""),
    "no row numbers": ("households", """
Lê Văn An|Thôn 1|0912345678
Bùi Thị Mến|Thôn 1|0912345677
SIU H'LIM|Thôn 2|
Kpuih Thuy|Thôn 2|0912345676
||
TRƯỞNG THÔN||Người lập biểu
Lê Văn Tám||Nguyễn Thị Loan""", "A head_name, B village, C phone",
        "head_name|village|phone\nLê Văn An|Thôn 1|0912345678", ""),
    "of three counts only the sum is sure": ("households", """
#1|Lê Văn An|Thôn 1|#4|#2|#2
#2|Bùi Thị Mến|Thôn 1|#3|#0|#3
#3|Siu H'Lim|Thôn 2|#5|#3|#2""", "B head_name, C village, D members", "head_name|members\nLê Văn An|4", ""),
    "a day of birth and a day of issue": ("citizens", """
01|Lê Văn An|Nam|03/05/1980|#64080001234|@2021-05-06|Thôn 1
02|Bùi Thị Mến|Nữ|12-11-91|#64191001235|@2021-05-07|Thôn 1
03|Siu H'Lim|Nữ|#1976|#64176001236|@2022-05-06|Thôn 2""",
        "B name, C sex, D birth_date, E cccd, G village",
        "name|sex|birth_date|cccd|village\nLê Văn An|male|1980-05-03|064080001234|Thôn 1", ""),
    "clans": ("clans", """
#1|Dòng họ Nguyễn|Nguyễn Văn An|Thôn 1|#12
#2|Dòng họ Siu|Siu Blơn|Làng Ring|#30
#3|Họ Lê Văn|Lê Văn Tám|Thôn 2|#9""", "B name, C head_name, D village, E families",
        "name|head_name|village|families\nDòng họ Nguyễn|Nguyễn Văn An|Thôn 1|12", ""),
    "villages with homes and people": ("communities", """
#1|Thôn 1|Nguyễn Văn An|#520|#120
#2|Thôn 2|Siu Blơn|#533|#130
#3|Làng Ring|Lê Văn Tám|#401|#95""", "B village, C head_name, D population, E households",
        "village|head_name|households|population\nThôn 1|Nguyễn Văn An|120|520", ""),
    "as above, gaps, a wrong count": ("households", """
#1|Lê Văn An|Thôn 1|#4
|||
#2|Bùi Thị Mến|nt|#3
#3||Thôn 2|#5
#4|Siu H'Lim|Thôn 2|#5
#5|Kpuih Thuy|nt|năm""", "B head_name, C village, D members",
        "head_name|village|members\nLê Văn An|Thôn 1|4", "4 head_name missing_name, 6 members not_a_number"),
    "offices": ("organisations", """
#1|Trường Tiểu học Ia Tôr|Trương Văn An|#32|#500
#2|Trạm Y tế xã|Siu Blơn|#9|
#3|Công an xã|Đoàn Văn Tám|#12|""", "B name, C head_name, D staff",
        "name|head_name|staff\nTrường Tiểu học Ia Tôr|Trương Văn An|32", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_a_list_without_a_header_is_read_and_said_to_be_guessed(case):
    kind, written, columns, first, wrong = READ[case]
    report = read_book(write(written.strip("\n")), kind)
    table = report["tables"][0]
    assert ", ".join(f"{letter} {key}" for key, letter in table["columns"].items()) == columns
    keys, values = (line.split("|") for line in first.split("\n"))
    assert (records(report, keys)[0], problems(report), table["header_row"]) == (values, wrong, None)
    (notice,) = report["notices"]
    assert (notice["code"], notice["row"]) == ("guessed_columns", table["first_row"])
    assert all(f"{letter} là " in notice["message"] for letter in table["columns"].values())


def test_totals_and_signatures_below_are_not_read():
    report = read_book(write(READ["below a title that names the village"][1]), "households")
    assert [row for (row,) in records(report, ["_row"])] == ["4", "5", "6"]
    assert [(one["row"], one["what"]) for one in report["tables"][0]["skipped"]] == [
        (1, "title"), (2, "title"), (7, "total"), (8, "footer"), (9, "footer"),
    ]  # fmt: skip


ROWS = "\n#1|Lê Văn An|{}|#4\n#2|Bùi Thị Mến|{}|#3\n#3|Siu H'Lim|{}|#5"
REFUSED = {
    "two columns of names": ("households", ROWS.format("Bùi Lan", "Lê Văn Hai", "Siu Tin"), "2 cột", "no_header"),
    "a name alone": ("households", "Lê Văn An|\nBùi Thị Mến|\nSiu H'Lim|\nLê Văn Tám|a", "", "no_table"),
    "headings nobody knows": (
        "households", "Số|Ông bà|Xóm ngõ|Liên" + ROWS.format(*["Thôn 1"] * 3), "Dòng 1", "no_header"),
    "offices given as households": ("households", """
Số|Cơ quan|Thủ trưởng|Số CB
#1|Trường Ia Tôr|Lê Văn An|#9
#2|Trạm Y tế|Lê Văn Ba|#9
#3|Công an xã|Siu Blơn|#9""", "Dòng 1", "no_header"),
    "people given as households": ("households", """
#1|Lê Văn An|Nam|#1980|Thôn 1
#2|Bùi Thị Mến|Nữ|#1982|Thôn 1
#3|Siu H'Lim|Nữ|#1991|Thôn 2""", "nam, nữ", "no_header"),
    "people given as clans": ("clans", ROWS.format(*["Thôn 1"] * 3), "", "no_table"),
    "two rows": ("households", "#1|Lê Văn An|Thôn 1|#4\n#2|Bùi Thị Mến|Thôn 1|#3", "", "no_table"),
    "a letter": ("households", "Kính gửi: các thôn|\nNơi nhận|\nLê An|Trần Ba\nSiu Lim|Bùi Lan|", "", "no_table"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_told_is_refused_in_a_sentence(case):
    kind, written, said, code = REFUSED[case]
    with pytest.raises(Refused) as refused:
        read_book(write(written.strip("\n")), kind)
    assert (refused.value.code, said in refused.value.message) == (code, True)


def test_what_a_person_says_of_a_column_counts():
    data = write("#1|Lê An|Bùi Lan|Thôn 1|x\n#2|Bùi Mến|Lê Hai|Thôn 1|\n#3|Siu Lim|Siu Tin|Thôn 2|x")
    told = {"B": "head_name", "Sheet1!E": "registered", "D": ""}
    result = check(data, "households", villages=VILLAGES, today=TODAY, mapping=told)
    assert result.tables[0]["columns"] == {"head_name": "B", "registered": "E"}
    assert [one["letter"] for one in result.seen()] == ["A", "B", "C", "D", "E"]
    assert result.to_json()["notices"] == result.notices


def test_sheets_that_go_on_without_a_header_are_read_as_the_first():
    first = "STT|Chủ hộ|Số khẩu\n#1|Lê Văn An|#4\n#2|Bùi Thị Mến|#3"
    second = "#1|Siu H'Lim|#5\n#2|Kpuih Thuy|hai"
    report = read_book(
        write({"Thôn 1": first, "Thôn 2": second, "Tổng": "STT|Thôn|Số hộ\n#1|Thôn 1|#2\n#2|Thôn 2|#2"}), "households"
    )
    assert [(one["sheet"], one["header_row"], one["rows"]) for one in report["tables"]] == [
        ("Thôn 1", 1, 2), ("Thôn 2", None, 2)]  # fmt: skip
    assert records(report, ["head_name", "village"])[2:] == [["Siu H'Lim", "Thôn 2"], ["Kpuih Thuy", "Thôn 2"]]
    assert problems(report) == "2 members not_a_number"
    assert [one["sheet"] for one in report["notices"]] == ["Thôn 2"]


def test_rows_above_the_first_header_are_read_by_its_columns():
    report = read_book(write("""
DANH SÁCH HỘ|||
#1|Lê Văn An|Thôn 1|#4
#2|Bùi Thị Mến|Thôn 9|#3
STT|Chủ hộ|Thôn|Số khẩu
#3|Siu H'Lim|Thôn 2|#5""".strip("\n")), "households")  # fmt: skip
    assert records(report, ["_row", "head_name", "members"]) == [
        ["2", "Lê Văn An", "4"], ["3", "Bùi Thị Mến", "3"], ["5", "Siu H'Lim", "5"]]  # fmt: skip
    assert [table["header_row"] for table in report["tables"]] == [None, 4]
    assert (problems(report), report["ok"]) == ("3 village unknown_village", 2)
    assert "Dòng 2–3" in report["notices"][0]["message"]
    assert [one["row"] for table in report["tables"] for one in table["skipped"]] == [1, 1]


def test_points_go_on_without_a_header_and_a_sheet_not_read_is_said():
    head = "STT|Họ và tên|CD-1.1|CD-1.2|CD-1.3|CD-1.4|CD-2.1|CD-2.2|CD-2.3|CD-2.4|CD-3.1|CD-3.2"
    points = "|".join(["#9"] * 10)
    pages = {"A": f"{head}\n#1|Lê Văn An|{points}", "B": f"#2|Siu Lim|{points}\n#3|Siu Lam|{points}"}
    pages["C"] = "\n".join(f"#9|#{n}|Siu {name}" for n, name in enumerate(("Tin", "Lan", "Hoa"), 1))
    report = read_book(write(pages), "scores")
    assert [row[0] for row in records(report, ["name"])] == ["Lê Văn An", "Siu Lim", "Siu Lam"]
    assert [(one["sheet"], one["code"]) for one in report["notices"]] == [
        ("B", "guessed_columns"), ("C", "sheet_not_read")]  # fmt: skip


@pytest.mark.parametrize("case", [case for case in READ if READ[case][0] == "households"])
def test_a_list_without_a_header_comes_back_with_its_errors_and_is_read_again(case):
    data = write(READ[case][1].strip("\n"))
    first = check(data, "households", villages=VILLAGES, today=TODAY)
    again = check(errors.workbook(data, first), "households", villages=VILLAGES, today=TODAY)
    assert (again.problems, again.columns) == (first.problems, first.columns)


def test_a_sheet_of_another_list_under_its_own_header_is_left_alone():
    people = "STT|Họ và tên|Ngày sinh|Thôn\n#1|Ksor Nhi|1/2/1990|Làng Ring\n#2|Siu Nam|3/4/1980|Làng Ring"
    homes = "STT|Họ và tên chủ hộ|Mã hộ|Thôn|Đăng ký 2026\n" + "\n".join(
        f"#{n}|Siu {name}|IT-{n}|Làng Ring|x" for n, name in enumerate(("Tin", "Lan", "Hoa"), 1))  # fmt: skip
    report = read_book(write({"Hộ": homes, "Công dân": people}), "citizens")
    assert [table["sheet"] for table in report["tables"]] == ["Công dân"]
    assert (report["records"], report["notices"]) == (2, [])
