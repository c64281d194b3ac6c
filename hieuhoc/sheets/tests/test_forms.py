"""Forms laid out down the page: read where their labels are known words, else refused in a sentence."""

import pytest

from hieuhoc.sheets import errors
from hieuhoc.sheets.engine import check
from hieuhoc.sheets.source import Refused
from hieuhoc.sheets.tests.given import CITIZEN_LABELS, TODAY, VILLAGES
from hieuhoc.sheets.tests.tables import lines, problems, read_book, records, write

AN = "head_name|village|members|phone\nNguyễn Văn An|Thôn 1|4|0912345678"
TWO = "head_name|village|members\nNguyễn Văn An|Thôn 1|4\nBùi Thị Mến|Thôn 2|3"
# name: kind, what is written, the records, the rows they stand in, problems with their cells
READ = {
    "labels in one column, values in the next": ("households", """
PHIẾU ĐĂNG KÝ GIA ĐÌNH HỌC TẬP|
Họ và tên chủ hộ|Nguyễn Văn An
Thôn|Thôn 1
Số khẩu|#4
Điện thoại|0912.345.678
Người lập phiếu|Trần Văn Ba""", AN, "2", ""),
    "numbered lines of dots": ("households", """
PHIẾU ĐĂNG KÝ|
1. Họ và tên chủ hộ: Nguyễn Văn An..........Điện thoại: 0912345678|
2. Thôn: Thôn 1…….|
3. Số khẩu: 4 khẩu     Ghi chú: không|""", AN, "2", ""),
    "two fields a line": ("households", """
Họ và tên chủ hộ:|Nguyễn Văn An|Thôn:|T1
Số khẩu:|#4|Điện thoại:|912345678""", AN, "1", ""),
    "two fields a line without colons": ("households", """
Họ và tên chủ hộ|Nguyễn Văn An|Thôn|Thôn 1
Số khẩu|#4|Điện thoại|0912345678""", AN, "1", ""),
    "one under another": ("households", """
PHIẾU SỐ 1|
Thôn:|Thôn 1
Họ và tên chủ hộ:|Nguyễn Văn An
Số khẩu:|#4
|
PHIẾU SỐ 2|
Thôn:|Thôn 2
Họ và tên chủ hộ:|Bùi Thị Mến
Số khẩu:|#3""", TWO, "3 8", ""),
    "the village said once above all": ("households", """
Thôn: Thôn 1|
Chủ hộ|Nguyễn Văn An
Số khẩu|#4
Chủ hộ|Bùi Thị Mến
Số khẩu|#3""", TWO.replace("Thôn 2", "Thôn 1"), "2 4", ""),
    "wrong and missing values": ("households", """
Họ và tên chủ hộ:|Nguyễn Văn An
Thôn:|Thôn 9
Số khẩu:|bốn
|
Họ và tên chủ hộ:|
Thôn:|
Số khẩu:|#3""", "head_name|village|members\nNguyễn Văn An|Thôn 9|bốn\n||3", "1 5",
        "B3 members not_a_number, B2 village unknown_village, B5 head_name missing_name, B6 village unknown_village"),
    "the members listed below are no households": ("households", """
Họ và tên chủ hộ: Nguyễn Văn An|||
Thôn: Thôn 1|||
STT|Họ và tên|Năm sinh|Quan hệ với chủ hộ
#1|Nguyễn Văn An|#1980|Chủ hộ
#2|Bùi Thị Mến|#1982|Vợ""", "head_name|village\nNguyễn Văn An|Thôn 1", "1", ""),
    "a citizen": ("citizens", """
Họ, chữ đệm và tên:|Bùi Thị Mến
Ngày, tháng, năm sinh:|12/11/1991
Giới tính:|Nữ
Số CCCD:|#64191001235
Nơi thường trú: Thôn 1|
Thôn:|Thôn 1""", "name|birth_date|sex|cccd|village\nBùi Thị Mến|1991-11-12|female|064191001235|Thôn 1", "1", ""),
    "a clan": ("clans", """
Tên dòng họ|Dòng họ Siu
Trưởng họ|Siu Blơn
Thôn|Làng Ring
Số gia đình|#30""", "name|head_name|village|families\nDòng họ Siu|Siu Blơn|Làng Ring|30", "1", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_a_form_is_read(case):
    kind, written, wanted, rows, wrong = READ[case]
    keys, *values = lines(wanted)
    report = read_book(write(written.strip("\n")), kind)
    assert records(report, keys) == values
    assert [row for (row,) in records(report, ["_row"])] == rows.split()
    assert ", ".join(f"{one['cell']} {one['column']} {one['code']}" for one in report["problems"]) == wrong
    assert report["tables"][0]["header_row"] is None


def test_a_form_on_every_sheet():
    form = "Họ và tên|{}\nNgày sinh|{}\nThôn|Thôn 1"
    pages = {"An": form.format("Lê Văn An", "03/05/1980"), "Mến": form.format("Bùi Thị Mến", "31/02/1991")}
    report = read_book(write(pages), "citizens")
    assert records(report, ["name", "birth_date"]) == [["Lê Văn An", "1980-05-03"], ["Bùi Thị Mến", "31/02/1991"]]
    assert [(table["sheet"], table["columns"]["name"]) for table in report["tables"]] == [("An", "B"), ("Mến", "B")]
    assert (problems(report), report["ok"]) == ("1 birth_date bad_birth_date", 1)


def test_a_form_comes_back_with_its_errors_and_is_read_again():
    data = write(READ["wrong and missing values"][1].strip("\n"))
    first = check(data, "households", villages=VILLAGES, today=TODAY)
    back = errors.workbook(data, first)
    again = check(back, "households", villages=VILLAGES, today=TODAY)
    assert (again.refused, again.problems, again.columns) == (None, first.problems, first.columns)


SCORED = "\n".join(f"{key[3:]}|{label}|#10|#9" for key, label in CITIZEN_LABELS.items())
REFUSED = {
    "a household a column": ("households", """
Họ và tên chủ hộ|Nguyễn Văn An|Bùi Thị Mến
Thôn|Thôn 1|Thôn 2
Số khẩu|#4|#3""", "sideways"),
    "nobody named": ("households", "Ông bà:|Nguyễn An\nThôn:|Thôn 1\nSố khẩu:|#4\nĐiện thoại:|0912345678", "no_name"),
    "members of a household": ("households", """
STT|Họ và tên|Năm sinh|Quan hệ với chủ hộ
#1|Nguyễn Văn An|#1980|Chủ hộ
#2|Bùi Thị Mến|#1982|Vợ
#3|Nguyễn Văn Tin|#2010|Con""", "members"),
    "points of one person": ("scores", f"""
Họ và tên: Lê Văn An|||
TT|Nội dung|Điểm tối đa|Điểm tự chấm
{SCORED}""", "score_form"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_form_that_cannot_be_told_is_refused(case):
    kind, written, code = REFUSED[case]
    with pytest.raises(Refused) as refused:
        read_book(write(written.strip("\n")), kind)
    assert (refused.value.code, refused.value.message[-1]) == (code, ".")
