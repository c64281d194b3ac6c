"""Habits by kind of list: sums above, groups of headings, sections, last year beside this year."""

import pytest

from hieuhoc.sheets.tests.tables import lines, problems, read_book, records, write
from hieuhoc.sheets.tests.test_habits import clean

# name of the habit: kind, merged ranges, what is written, what is to be read, problems
HABITS = {
    "a total above the villages": ("communities", "", """
BIỂU TỔNG HỢP CỘNG ĐỒNG HỌC TẬP
STT|Tên thôn, làng|Trưởng thôn|Tổng số hộ|Số hộ đăng ký|Tỷ lệ %|Nhân khẩu|ĐK CĐHT
|Toàn xã||#242|#150|#61.98|#950|
#1|Thôn 1|Lê Văn An|#130|#80|#61.5|#520|x
#2|Thôn 2|Bùi Văn Hải|#112|#70|#62.5|#430|x""", """
village|households|population|share_percent
Thôn 1|130|520|61.5
Thôn 2|112|430|62.5""", ""),
    "shares of cells formatted as percent": ("communities", "", """
STT|Thôn|Tổng số hộ|Tỷ lệ
#1|Thôn 1|#130|#0.615
#2|Thôn 2|#112|#1""", """
village|share_percent
Thôn 1|61.5
Thôn 2|100""", ""),
    "villages under groups of headings": ("communities", "A1:A2 B1:B2 C1:E1 F1:G1 H1:H2", """
STT|Thôn|Hộ gia đình|||Nhân khẩu||Ghi chú
||Tổng số hộ|Hộ đăng ký|Tỷ lệ (%)|Tổng số|Trong đó nữ|
#1|Thôn 1|#130|#80|#61.5|#520|#250|
#2|Thôn 2|#112|#70|#62.5|#430|#200|""", """
village|households|population|share_percent
Thôn 1|130|520|61.5
Thôn 2|112|430|62.5""", ""),
    "the word for the sum under STT": ("communities", "", """
STT|Thôn|Tổng số hộ|Nhân khẩu
#1|Thôn 1|#130|#520
#2|Thôn 2|#112|#430
Cộng||#242|#950""", """
village|households
Thôn 1|130
Thôn 2|112""", ""),
    "villages twice, unknown and unnamed": ("communities", "", """
STT|Thôn|Tổng số hộ|Nhân khẩu
#1|Thôn 1|#130|#520
#2|T. 1|#112|#430
#3|Thôn Ma|#112|#430
#4||#112|#430""", """
village|households
Thôn 1|130
Thôn 1|112
Thôn Ma|112
|112""", "3 village duplicate, 4 village unknown_village, 5 village missing_name"),
    "organisations in sections": ("organisations", "", """
STT|Tên đơn vị|Thủ trưởng|Số CBCCVC|Số học sinh|Tỷ lệ CDHT
I|Cơ quan hành chính||||
#1|UBND xã Ia Tôr|Lê Văn An|#30|-|#90
#2|Công an xã|Bùi Văn Hải|#12||85,5
II|Trường học||||
#1|Trường Tiểu học Lê Lợi|Siu Blơn|#35|#500|#95
#2|Trường THCS Nguyễn Huệ|Siu H'Lim|#40|#450|#92
III|Doanh nghiệp, HTX||||
#1|HTX Nông nghiệp Ia Tôr|Ksor Hoa|#9||#50
|Tổng cộng||#126|#950|""", """
name|staff|learners|head_name
UBND xã Ia Tôr|30||Lê Văn An
Công an xã|12||Bùi Văn Hải
Trường Tiểu học Lê Lợi|35|500|Siu Blơn
Trường THCS Nguyễn Huệ|40|450|Siu H'Lim
HTX Nông nghiệp Ia Tôr|9||Ksor Hoa""", ""),
    "organisations named like sums and papers": ("organisations", "", """
Tên đơn vị|Loại hình|Người đứng đầu|Số người
Công ty Cao su|Doanh nghiệp|Lê Văn An|#30
Tổng đội TNXP|Cơ quan|Bùi Văn Hải|#12
Cộng đồng Tu sĩ|Tôn giáo|Siu Blơn|#5
Tổ hợp tác Thôn 1|HTX|Siu H'Lim|#8
Hội Khuyến học xã|Tổ chức|Ksor Hoa|#3
Chi hội Người cao tuổi|Tổ chức|Ksor Hoa|#3""", """
name|staff
Công ty Cao su|30
Tổng đội TNXP|12
Cộng đồng Tu sĩ|5
Tổ hợp tác Thôn 1|8
Hội Khuyến học xã|3
Chi hội Người cao tuổi|3""", ""),
    "staff under a group of headings": ("organisations", "A1:A2 B1:B2 C1:C2 D1:F1 G1:G2 H1:H2", """
STT|Đơn vị|Loại hình|Số CB, CC, VC, NLĐ|||Số người học|Tỷ lệ CDHT (%)
|||Tổng số|Nữ|Đảng viên||
#1|Trường MN|Trường học|#30|#28|#10|#300|#90
#2|Trạm Y tế|Cơ quan|#8|#4|#3||#100""", """
name|staff|learners|share_percent
Trường MN|30|300|90
Trạm Y tế|8||100""", ""),
    "staff who are learning citizens are not the staff": ("organisations", "", """
STT|Đơn vị|Tổng số CBCCVC|Số CBCCVC đạt CDHT|Tỷ lệ
#1|Trường MN|#30|#28|#93.3
#2|Trạm Y tế|#8|#4|#50""", """
name|staff|share_percent
Trường MN|30|93.3
Trạm Y tế|8|50""", ""),
    "clans with merged villages": ("clans", "B2:B3", """
STT|Thôn|Tên dòng họ|Họ và tên trưởng họ|Số gia đình|Số GĐ đạt GĐHT|Đăng ký
#1|Thôn 1|Dòng họ Lê|Lê Văn An|#30|#20|x
#2||Dòng họ Bùi|Bùi Văn Hải|#12|#8|x
#3|Thôn 2|Họ Siu|Siu Blơn|#51|#30|""", """
name|village|families|registered
Dòng họ Lê|Thôn 1|30|True
Dòng họ Bùi|Thôn 1|12|True
Họ Siu|Thôn 2|51|False""", ""),
    "clans in sections with sums": ("clans", "", """
STT|Dòng họ|Trưởng tộc|Số hộ
I|Thôn 1||#42
#1|Họ Lê|Lê Văn An|#30
#2|Họ Bùi|Bùi Văn Hải|#12
II|Làng Ring||#51
#1|Siu|Siu Blơn|#51
|Cộng||#93""", """
name|village|families
Họ Lê|Thôn 1|30
Họ Bùi|Thôn 1|12
Siu|Làng Ring|51""", ""),
    "clans by one word": ("clans", "", """
STT|Họ|Trưởng họ|Thôn|Số hộ
#1|Lê|Lê Văn An|Thôn 1|#30
#2|Vũ|Vũ Văn Hải|Thôn 1|#12
#3|Ma|Ma Blơn|Thôn 2|#51""", """
name|village|families
Lê|Thôn 1|30
Vũ|Thôn 1|12
Ma|Thôn 2|51""", ""),
    "one woman among men": ("citizens", "A1:A2 B1:B2 C1:D1 E1:E2 F1:F2 G1:G2 H1:H2 I1:I2", """
STT|Họ và tên|Năm sinh||Thôn|Họ tên chủ hộ|Quan hệ|CCCD|Đăng ký
||Nam|Nữ|||||
#1|Lê Văn An|#1980||Thôn 1|Lê Văn An|Chủ hộ|064079901204|x
#2|Bùi Thị Mến||#1985|Thôn 1|Lê Văn An|Vợ|064079901205|x
#3|Lê Văn Con|#2005||Thôn 1|Lê Văn An|Con|064079901206|""", """
name|birth_date|sex|village|registered
Lê Văn An|1980|male|Thôn 1|True
Bùi Thị Mến|1985|female|Thôn 1|True
Lê Văn Con|2005|male|Thôn 1|False""", ""),
    "years of heads of households": ("households", "A1:A2 B1:B2 C1:D1 E1:E2 F1:G1 H1:H2", """
STT|Họ và tên chủ hộ|Năm sinh||Thôn|Nhân khẩu||Đăng ký
||Nam|Nữ||Tổng|Nữ|
#1|Lê Văn An|#1980||Thôn 1|#4|#2|x
#2|Bùi Thị Mến||#1985|Thôn 1|#3|#2|x""", """
head_name|members|registered|village
Lê Văn An|4|True|Thôn 1
Bùi Thị Mến|3|True|Thôn 1""", ""),
    "có and không apart": ("households", "A1:A2 B1:B2 C1:C2 D1:D2 E1:F1", """
STT|Họ và tên chủ hộ|Thôn|Số khẩu|Đăng ký|
||||Có|Không
#1|Lê Văn An|Thôn 1|#4|x|
#2|Bùi Thị Mến|Thôn 1|#3||x
#3|Siu H'Lim|Thôn 2|#3|x|""", """
head_name|registered
Lê Văn An|True
Bùi Thị Mến|False
Siu H'Lim|True""", ""),
    "last year beside this year": ("households", "", """
STT|Họ và tên chủ hộ|Thôn|Số khẩu|Đăng ký năm 2025|Đạt năm 2025|Đăng ký năm 2026|Ghi chú
#1|Lê Văn An|Thôn 1|#4|x|x|x|
#2|Bùi Thị Mến|Thôn 1|#3|x|||
#3|Siu H'Lim|Thôn 2|#3|||x|""", """
head_name|registered
Lê Văn An|True
Bùi Thị Mến|False
Siu H'Lim|True""", ""),
    "two titles side by side": ("households", "A1:A2 B1:B2 C1:C2 D1:D2 E1:F1", """
STT|Họ và tên chủ hộ|Thôn|Số khẩu|Đăng ký danh hiệu|
||||GĐVH|GĐHT
#1|Lê Văn An|Thôn 1|#4|x|x
#2|Bùi Thị Mến|Thôn 1|#3|x|
#3|Siu H'Lim|Thôn 2|#3||x""", """
head_name|registered
Lê Văn An|True
Bùi Thị Mến|False
Siu H'Lim|True""", ""),
    "sections and groups of houses": ("households", "", """
STT|Họ và tên chủ hộ|Tổ|Số khẩu
I. LÀNG RING|||
#1|Lê Văn An|Tổ 1|#4
#2|Bùi Thị Mến|Tổ 2|#3
II. LÀNG PHUNG|||
#1|Siu H'Lim|Tổ 1|#5""", """
head_name|village|members
Lê Văn An|Làng Ring|4
Bùi Thị Mến|Làng Ring|3
Siu H'Lim|Làng Phung|5""", ""),
    "a dozen blank rows": ("households", "", """
STT|Chủ hộ|Thôn|Số khẩu
#1|Lê Văn An|Thôn 1|#4
|||
|||
|||
|||
|||
|||
|||
|||
|||
|||
|||
|||
#2|Bùi Thị Mến|Thôn 1|#3""", """
head_name
Lê Văn An
Bùi Thị Mến""", ""),
    "offices in addresses": ("households", "", """
STT|Chủ hộ|Thôn|Số khẩu|Địa chỉ
#1|Lê Văn An|Thôn 1|#4|gần nhà Chủ tịch xã
#2|Bùi Thị Mến|Thôn 1|#3|cạnh UBND
#3|Siu H'Lim|Thôn 1|#3|""", """
head_name|address
Lê Văn An|gần nhà Chủ tịch xã
Bùi Thị Mến|cạnh UBND
Siu H'Lim|""", ""),
    "offices in notes without row numbers": ("households", "", """
Chủ hộ|Thôn|Số khẩu|Ghi chú
Lê Văn An|Thôn 1|#4|Chủ tịch HKH thôn
Bùi Thị Mến|Thôn 1|#3|
Siu H'Lim|Thôn 1|#3|""", """
head_name|village
Lê Văn An|Thôn 1
Bùi Thị Mến|Thôn 1
Siu H'Lim|Thôn 1""", ""),
    "a wife in brackets on her own row": ("households", "", """
STT|Chủ hộ|Thôn|Số khẩu
#1|Lê Văn An|Thôn 1|#4
|(vợ: Bùi Thị Mến)||
#2|Siu H'Lim|Thôn 1|#3""", """
head_name|village
Lê Văn An|Thôn 1
Siu H'Lim|Thôn 1""", ""),
    "members below a merged head": ("households", "A2:A4 B2:B4 C2:C4 F2:F4 A5:A6 B5:B6 C5:C6 F5:F6", """
STT|Mã hộ|Chủ hộ|Thành viên|Năm sinh|Thôn
#1|H1|Lê Văn An|Lê Văn An|#1980|Thôn 1
|||Bùi Thị Mến|#1985|
|||Lê Văn Con|#2010|
#2|H2|Siu H'Lim|Siu H'Lim|#1970|Thôn 2
|||Siu Con|#2001|""", """
head_name|household_code|village
Lê Văn An|H1|Thôn 1
Siu H'Lim|H2|Thôn 2""", ""),
}  # fmt: skip


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_is_read(habit):
    kind, merges, written, wanted, wrong = HABITS[habit]
    keys, *rows = clean(lines(wanted))
    report = read_book(write(written.strip("\n"), merges), kind)
    assert (records(report, keys), problems(report)) == (rows, wrong)
