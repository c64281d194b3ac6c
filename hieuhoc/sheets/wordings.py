"""Columns that several rosters share, with the words officers write over them: add a wording here.

Keys are those of the registry; the first heading is the one our own sheets print.
"""

from hieuhoc.sheets.columns import Column, words

VILLAGE = Column(
    "village",
    "Thôn/làng",
    "village",
    also=words(
        """
thôn | làng | bản | buôn | ấp | xóm | plei | khu phố | tổ dân phố | TDP | khu dân cư | thôn làng | thôn bản
| thôn buôn | thôn xóm | thôn tổ dân phố | thôn TDP | thôn làng tổ dân phố | thôn khu phố | làng thôn | tên
thôn | tên làng | tên thôn làng | tên thôn bản | địa bàn | địa bàn dân cư | cụm dân cư | khối phố | bản làng
| buôn làng | ấp khu phố | thôn ấp | thuộc thôn | khu vực | thôn buôn làng | sóc | khu DC | tổ dân phố số |
thôn khu | khu dân cư thôn
"""
    ),
    never=words("trưởng | số hộ | mã | bí thư"),
)
HOUSEHOLD_CODE = Column(
    "household_code",
    "Mã hộ",
    "code",
    also=words(
        """
mã số hộ | mã hộ gia đình | mã gia đình | mã hộ gđ | mã số hộ gia đình | số hiệu hộ | ký hiệu hộ | hộ số |
mã số | mã định danh hộ | mã HGĐ | mã số HGĐ | số hộ | thuộc hộ | mã hộ khẩu | mã GĐ | mã hộ dân | số sổ hộ
khẩu | số hộ khẩu
"""
    ),
    never=words("định danh cá nhân | mã số thuế"),
)
CCCD = Column(
    "cccd",
    "Số CCCD",
    "cccd",
    also=words(
        """
CCCD | căn cước | căn cước công dân | số căn cước | số căn cước công dân | số định danh | định danh | số
định danh cá nhân | định danh cá nhân | mã định danh | mã số định danh | CCCD định danh | số CCCD định danh
| CMND | số CMND | CMND CCCD | CCCD CMND | số CMND CCCD | số CCCD CMND | CMT | số CMT | CMT CCCD | số thẻ
căn cước | thẻ căn cước | số giấy tờ | CCCD chủ hộ | số CCCD chủ hộ | mã số công dân | số ĐDCN | ĐDCN | CC
CCCD
"""
    ),
    never=words("ngày cấp | nơi cấp | hộ gia đình | định danh hộ"),
)
PHONE = Column(
    "phone",
    "Điện thoại",
    "phone",
    also=words(
        """
số điện thoại | SĐT | ĐT | số ĐT | ĐT liên hệ | điện thoại liên hệ | số điện thoại liên hệ | SĐT liên hệ |
di động | số di động | điện thoại di động | ĐTDĐ | liên hệ | liên lạc | số liên hệ | số liên lạc | zalo | số
zalo | SĐT zalo | điện thoại zalo | điện thoại chủ hộ | SĐT chủ hộ | điện thoại liên lạc | ĐT zalo | số máy
| DĐ | số DĐ | số điện thoại di động
"""
    ),
)
ADDRESS = Column(
    "address",
    "Địa chỉ",
    "text",
    also=words(
        """
Đ/c | chỗ ở | nơi ở | nơi cư trú | số nhà | chỗ ở hiện nay | nơi ở hiện nay | thường trú | nơi thường trú |
địa chỉ nhà | địa chỉ cư trú | địa chỉ thường trú | địa chỉ liên hệ | tổ nhóm | nhóm tổ | xóm tổ | tổ xóm |
xóm nhóm | tổ nhóm dân cư | hộ khẩu thường trú | HKTT | chỗ ở hiện tại | nơi ở hiện tại | địa chỉ cụ thể |
số nhà đường | địa chỉ hộ
"""
    ),
    never=words("email"),
)
REGISTERED = Column(
    "registered",
    "Đăng ký",
    "yes_no",
    also=words(
        """
đánh dấu x nếu đăng ký | đăng ký thi đua | tự nguyện ĐK | có không đăng ký | đã ĐK | tham gia ĐK | ĐK | có
đăng ký | đã đăng ký | đăng ký GĐHT | ĐK GĐHT | đăng ký gia đình học tập | đăng ký danh hiệu | ĐK danh hiệu
| tham gia đăng ký | đăng ký xây dựng GĐHT | đăng ký học tập | đăng ký phấn đấu | ĐK học tập | đăng ký CDHT
| ĐK CDHT | đăng ký công dân học tập | đăng ký DHHT | đăng ký dòng họ học tập | đăng ký ĐVHT | đăng ký đơn
vị học tập | đăng ký CĐHT | đăng ký cộng đồng học tập | đăng ký xây dựng | có ĐK | tự nguyện đăng ký | đăng
ký mô hình | đăng ký tham gia | tham gia | đăng ký danh hiệu GĐHT | hộ đăng ký | đăng ký năm | ĐK năm
"""
    ),
    never=words("% | tỷ lệ | số hộ | ngày đăng ký | số người"),
)
BIRTH_DATE = Column(
    "birth_date",
    "Ngày sinh",
    "date",
    also=words(
        """
năm sinh | ngày tháng năm sinh | ngày, tháng, năm sinh | ngày tháng năm | NS | sinh ngày | sinh năm | NTNS |
ngày sinh năm sinh | năm sinh ngày sinh | ng. sinh | ngày/tháng/năm sinh | n.sinh | tuổi năm sinh
"""
    ),
    never=words("nơi sinh"),
)
SEX = Column("sex", "Giới tính", "sex", also=words("nam nữ | phái | GT | giới | nam/nữ | giới tính nam nữ"))
BY_SEX = (
    Column(
        "birth_date_male",
        "Năm sinh nam",
        "date",
        also=words("năm sinh nam | ngày sinh nam | ngày tháng năm sinh nam | nam năm sinh | nam sinh năm"),
    ),
    Column(
        "birth_date_female",
        "Năm sinh nữ",
        "date",
        also=words("năm sinh nữ | ngày sinh nữ | ngày tháng năm sinh nữ | nữ năm sinh | nữ sinh năm"),
    ),
    Column("sex_male", "Nam", "yes_no", also=words("giới tính nam | nam")),
    Column("sex_female", "Nữ", "yes_no", also=words("giới tính nữ | nữ")),
)
GROUP = Column(
    "group",
    "Nhóm đối tượng",
    "group",
    also=words(
        """
đối tượng | nhóm | thuộc nhóm | thuộc đối tượng | loại đối tượng | khối đối tượng | nhóm công dân | nhóm ĐT
| diện đối tượng | khối | nhóm dân cư | thành phần | diện | đối tượng đăng ký
"""
    ),
)
SHARE = Column(
    "share_percent",
    "Tỷ lệ (%)",
    "share",
    also=words(
        """
% hộ đăng ký | tỷ lệ CBCCVC đạt CDHT | tỷ lệ đạt CDHT | % đạt | tỷ lệ hộ đạt | tỷ lệ | % | tỷ lệ % | tỷ lệ
hộ đăng ký | tỷ lệ đăng ký | tỷ lệ CDHT | tỷ lệ là CDHT | tỷ lệ công dân học tập | tỷ lệ GĐHT | tỷ lệ gia
đình học tập | tỷ lệ đạt | TL | TL % | tỷ lệ hộ ĐK | tỷ lệ phần trăm | % đăng ký | % CDHT |
tỷ lệ gia đình đăng ký | tỷ lệ gia đình | tỷ lệ hộ
"""
    ),
    never=words("nghèo | văn hóa | BHYT | bảo hiểm | tăng | giảm | sinh"),
)
PERSON_WORDS = words(
    """
họ và tên | họ tên | họ, tên | họ và tên đầy đủ | họ tên đầy đủ | họ & tên | họ đệm tên | tên
| họ, chữ đệm và tên | họ, chữ đệm, tên | họ, đệm và tên
"""
)
HOUSEHOLD_HEAD = Column(
    "head_name",
    "Họ và tên chủ hộ",
    "name",
    also=words(
        """
gia đình ông | họ và tên chủ hộ gia đình đăng ký | chủ hộ đăng ký | họ tên chủ hộ | tên chủ hộ | chủ hộ |
chủ hộ gia đình | tên hộ | tên chủ hộ gia đình | họ và tên chủ hộ gia đình | chủ gia đình | họ tên chủ gia
đình | đại diện hộ | họ tên đại diện hộ | người đại diện hộ | đại diện hộ gia đình | tên gia đình | gia đình
ông bà | hộ ông bà | hộ gia đình | tên hộ gia đình | gia đình | họ tên người đại diện | họ và tên đại diện
hộ | họ tên chủ hộ đại diện | tên ch hộ | hộ | người đứng tên hộ | đại diện gia đình
"""
    )
    + PERSON_WORDS,
    never=words(
        """
vợ | chồng | bố | mẹ | con | quan hệ | mã | CCCD | điện thoại | nghèo | năm sinh | thành viên | số hộ
"""
    ),
)
PERSON = Column(
    "name",
    "Họ và tên",
    "name",
    also=PERSON_WORDS
    + words(
        """
họ tên công dân | họ và tên công dân | tên công dân | công dân | họ tên người dân | họ và tên người dân | họ
tên người đăng ký | họ và tên người được chấm | họ tên hội viên | họ tên cá nhân
"""
    ),
    never=words("chủ hộ | bố | mẹ | vợ | chồng | người chấm"),
)
LEADER_WORDS = words(
    """
người đứng đầu | người đại diện | đại diện | người phụ trách | phụ trách | họ tên người đứng đầu | họ và tên
người đứng đầu | họ tên người đại diện
"""
)

# Groups a row belongs to: the registry makes memberships of them.
CLAN = Column("clan", "Dòng họ", "text", also=words("tên dòng họ | thuộc dòng họ | họ tộc | dòng tộc"))
ORGANISATION = Column(
    "organisation",
    "Đơn vị công tác",
    "text",
    also=words("cơ quan công tác | nơi làm việc | nơi công tác | đơn vị, cơ quan | cơ quan, đơn vị | đơn vị học tập"),
)
