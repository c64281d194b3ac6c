"""Headings as officers word them, each to the column it means; the many ways are the test."""

import unicodedata

import pytest

from hieuhoc.common.legacy import tcvn3_to_unicode, unicode_to_tcvn3
from hieuhoc.sheets.headings import ENOUGH, is_ordinal, left_out, score
from hieuhoc.sheets.rosters import ROSTERS

WORDINGS = {
    "households": {
        "village": """
Thôn/bản/tổ dân phố | Tên thôn (làng) | THÔN, BUÔN | Thôn, xóm | Tổ DP | Bản/TDP | Thôn (bản, làng)
| Tên bản | Khu DC | Thôn/Khu | Địa bàn thôn | Thuộc thôn, làng | Tổ dân phố số | Thôn hiện ở
        """,
        "household_code": """
Mã hộ GĐ | Mã số HGĐ | Mã HGĐ | Mã hộ (nếu có) | Mã hộ gia đình (theo xã) | Số hộ | Mã định danh hộ
| MÃ HỘ | Ma ho | Mã số hộ gđ
        """,
        "head_name": """
Họ & tên chủ hộ | HỌ VÀ TÊN CHỦ HỘ (in hoa) | Họ, tên chủ hộ | Tên chủ hộ GĐ | Họ và tên người đại
diện hộ gia đình | Chủ hộ (họ và tên) | Ho va ten chu ho | HỌ TÊN CH.HỘ | H.tên chủ hộ | Họ tên chủ
hộ/đại diện | Gia đình ông (bà) | Hộ ông/bà | Họ tên hộ | Tên hộ GĐ | Họ và tên chủ hộ gia đình đăng
ký | Họ và tên (chủ hộ) | Chủ hộ GĐ | HVT chủ hộ
        """,
        "cccd": """
Số CCCD/ĐDCN | CCCD chủ hộ | Số căn cước/CCCD | Căn cước (12 số) | Số ĐDCN | Mã định danh cá nhân |
Số CMND/CCCD | So CCCD | Thẻ CCCD | CCCD (12 số) | Số CCCD của chủ hộ | Số định danh CN
        """,
        "phone": """
SĐT chủ hộ | Số ĐT liên lạc | Điện thoại (Zalo) | Tel | ĐT di động | Số điện thoại của chủ hộ | Số
phone | DĐ | Số DĐ | Số ĐTDĐ | Đ.thoại | ĐIỆN THOẠI LH
        """,
        "members": """
Số nhân khẩu (người) | Tổng NK | Số NK | Nhân khẩu trong hộ | T.số khẩu | TS khẩu | Số người/hộ |
Tổng số khẩu trong hộ | Số thành viên trong gia đình | S.khẩu | Số khẩu thực tế | Khẩu (người) | Số
nhân khẩu thực tế thường trú
        """,
        "children_school_age": """
Số trẻ đến tuổi đi học | Trẻ em 6-14 tuổi | Số con em đi học | Số HS, SV | Trẻ trong độ tuổi đến
trường | Trẻ đến trường | Số cháu trong độ tuổi đi học | Trẻ em (độ tuổi đi học) | Số học sinh trong
hộ | TE trong độ tuổi | Con em đi học | Trẻ từ 3-18 tuổi đi học
| Trẻ 6-18 tuổi | Từ 6 đến 18 tuổi
        """,
        "adults": """
Số NL | Người lớn (từ 18 tuổi) | N.lớn | Thành viên từ 18 tuổi trở lên | Người lớn trong hộ | Số
người lớn (≥18 tuổi) | Số lao động | Người >= 18 tuổi | Trưởng thành | Số người trưởng thành (18+)
| Người từ đủ 18 tuổi
        """,
        "address": """
Địa chỉ (số nhà, đường) | Chỗ ở | Nơi cư trú (tổ, xóm) | Địa chỉ thường trú | Đ/chỉ | Địa chỉ nơi ở
| Nơi thường trú/tạm trú | Xóm/nhóm | Tổ, nhóm
        """,
        "registered": """
Đăng ký GĐHT 2026 | Đăng ký (x) | ĐK năm 2026 | Đăng kí | Đăng ký danh hiệu GĐHT năm 2026 | Có/không
đăng ký | Đăng ký xây dựng gia đình học tập | Đã ĐK | Đánh dấu x nếu đăng ký | Hộ có đăng ký | Đ.ký
| Tham gia ĐK | Đăng ký thi đua | Đăng ký ”Gia đình học tập” | Tự nguyện ĐK
        """,
    },
    "clans": {
        "name": """
Tên dòng họ, chi họ | Dòng họ (chi họ) | Tên họ tộc | Họ | DÒNG HỌ | Tên dòng họ đăng ký | Dòng tộc
        """,
        "head_name": """
Trưởng dòng họ | Trưởng tộc (họ tên) | Họ và tên trưởng họ/tộc | Người đứng đầu dòng họ | Tộc trưởng
| Đại diện dòng họ
| Trưởng ban KH dòng họ
        """,
        "families": """
Số hộ GĐ | Tổng số hộ trong họ | Số gia đình trong họ | Số hộ | SL gia đình | Số GĐ thành viên |
Tổng số gia đình (hộ) | Số gia đình (hộ) | Số nóc nhà
        """,
        "village": "Thôn | Địa bàn | Thôn, làng",
    },
    "communities": {
        "village": """
Tên thôn, làng | Cộng đồng (thôn, làng) | Thôn | Tên khu dân cư | Tên cộng đồng dân cư |
Thôn/làng/TDP | Khu dân cư
        """,
        "head_name": """
Họ tên trưởng thôn | Trưởng thôn/làng | Trưởng thôn (Già làng) | Tổ trưởng/Trưởng thôn | Tên trưởng
thôn | Trưởng ban | Họ và tên người đứng đầu
| Trưởng ban CTMT
        """,
        "households": """
Tổng hộ | Số hộ dân | Tổng số hộ GĐ | Số hộ GĐ | TS hộ | Hộ | Số hộ (hộ) | Tổng số hộ trên địa bàn |
Số nóc nhà
        """,
        "population": """
Số nhân khẩu | Tổng nhân khẩu | Dân số (người) | Tổng số khẩu | Số dân | NK | Số khẩu | Tổng dân số
        """,
        "share_percent": """
Tỉ lệ % | Tỷ lệ hộ ĐK (%) | Tỷ lệ (%) | % hộ đăng ký | TL % | Tỷ lệ hộ đạt GĐHT (%) | Tỷ lệ đăng ký
| Tỷ lệ gia đình đăng ký
        """,
    },
    "organisations": {
        "name": """
Tên cơ quan/đơn vị | Cơ quan, đơn vị | Đơn vị | Tên đơn vị, trường học | Tên cơ quan, tổ chức, đơn
vị | Cơ quan, doanh nghiệp | Tên trường/đơn vị
        """,
        "kind": """
Loại hình | Loại đơn vị | Loại hình đơn vị | Thuộc khối | Nhóm | Loại hình hoạt động | Phân loại
        """,
        "head_name": """
Thủ trưởng | Người đứng đầu | Hiệu trưởng/Thủ trưởng | Lãnh đạo | Họ tên người đứng đầu | Thủ trưởng
CQ, ĐV | Người phụ trách
        """,
        "staff": """
Số CBCCVC, NLĐ | Tổng số CB, CC, VC | Số CB,CC,VC,NLĐ (người) | Số cán bộ, giáo viên, nhân viên | Số
người | Số CB-CNV | Tổng số CBGVNV | Số lượng CBCCVC | Biên chế (người) | Số lao động
| Số CBVC
        """,
        "learners": "Số người học (nếu có) | Số HS | Học sinh | Số học sinh, học viên | Tổng số HS | Số HS/SV",
        "share_percent": "Tỷ lệ CDHT (%) | Tỷ lệ đạt CDHT | % CDHT | Tỉ lệ CDHT | Tỷ lệ CBCCVC đạt CDHT (%) | Tỷ lệ",
    },
    "citizens": {
        "name": """
Họ và tên | HỌ TÊN | Họ, tên | Họ và tên công dân | Họ tên người ĐK | Họ và tên khai sinh
| Họ, chữ đệm và tên khai sinh | Họ, đệm và tên | Ho va
ten
        """,
        "birth_date": """
Năm sinh | Ngày sinh | Ngày/tháng/năm sinh | Ng.sinh | NS | Ngày tháng năm sinh (dd/mm/yyyy) | Sinh
năm | N.sinh | Ngày, tháng, năm sinh
        """,
        "sex": "Giới tính | Nam/Nữ | GT | Phái | Giới",
        "cccd": "Số CCCD | CCCD | Số định danh | ĐDCN/CCCD",
        "village": "Thôn | Thôn nơi ở | Thôn, TDP",
        "household_code": "Mã hộ | Mã hộ GĐ | Thuộc hộ (mã)",
        "group": """
Nhóm đối tượng | Đối tượng | Nhóm ĐT | Nhóm | Đối tượng đăng ký | Nhóm công dân | Thuộc nhóm đối
tượng | Nhóm (1-4) | Diện
        """,
        "registered": """
Đăng ký | ĐK CDHT | Đăng ký CDHT năm 2026 | ĐK | Đăng ký danh hiệu CDHT | Có đăng ký | Đăng ký công
dân học tập
        """,
    },
}
LEFT_OUT = """
Ghi chú | Dân tộc | Tôn giáo | Hộ nghèo | Quỹ khuyến học (nghìn đồng) | Tổng điểm | Xếp loại | Ký
nhận | Ngày cấp CCCD | Nơi cấp | Quan hệ với chủ hộ | Trình độ học vấn | Nghề nghiệp | Chữ ký | Số
tiền | Đạt GĐVH | Họ tên vợ/chồng | Năm công nhận gần nhất | Số hội viên | Số hộ nghèo | Đã đạt GĐHT
năm 2025 | Số hộ đăng ký | Số học sinh giỏi | Danh hiệu năm trước | Email | Số tài khoản | Ngày đăng
ký | Số sổ
"""
CASES = [
    (kind, key, " ".join(heading.split()))
    for kind, columns in WORDINGS.items()
    for key, headings in columns.items()
    for heading in headings.split("|")
]


def best(kind: str, heading: str) -> tuple[float, str]:
    return max((score(heading, column), column.key) for column in ROSTERS[kind].columns)


@pytest.mark.parametrize(("kind", "key", "heading"), CASES)
def test_a_heading_names_its_column(kind, key, heading):
    worth, found = best(kind, heading)
    assert (found, worth >= ENOUGH, worth >= left_out(heading)) == (key, True, True)


@pytest.mark.parametrize(("kind", "key", "heading"), CASES[::7])
def test_it_does_so_decomposed_and_in_capitals(kind, key, heading):
    assert best(kind, unicodedata.normalize("NFD", heading))[1] == key


@pytest.mark.parametrize(("kind", "key", "heading"), CASES[::7])
def test_it_does_so_through_a_legacy_font(kind, key, heading):
    assert best(kind, tcvn3_to_unicode(unicode_to_tcvn3(heading)))[1] == key


@pytest.mark.parametrize("heading", [" ".join(one.split()) for one in LEFT_OUT.split("|")])
@pytest.mark.parametrize("kind", ROSTERS)
def test_headings_of_other_columns_name_none(kind, heading):
    worth, _ = best(kind, heading)
    assert worth < ENOUGH or worth < left_out(heading)


@pytest.mark.parametrize("heading", ["STT", "TT", "Số TT", "S.T.T", "Stt", "#", "Số thứ tự"])
def test_row_numbers_are_known(heading):
    assert is_ordinal(heading)
