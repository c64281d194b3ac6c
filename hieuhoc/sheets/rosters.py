"""The rosters of the five models and the score sheets, as data: add an officer's wording here.

Keys and kinds are those of the registry; the first heading is the one our own sheets print.
"""

from hieuhoc.sheets.columns import Column, Sheet, words

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

HOUSEHOLDS = Sheet(
    "households",
    "Danh sách hộ gia đình",
    (
        VILLAGE,
        HOUSEHOLD_CODE,
        HOUSEHOLD_HEAD,
        CCCD,
        PHONE,
        Column(
            "members",
            "Số khẩu",
            "count",
            also=words(
                """
số người hộ | khẩu thực tế | số khẩu thực tế | số nhân khẩu thực tế | khẩu | số nhân khẩu | nhân khẩu | tổng
số nhân khẩu | tổng số khẩu | tổng nhân khẩu | số người | số thành viên | thành viên | số người trong hộ |
NK | SK | tổng khẩu | số người trong gia đình | tổng số người | số TV | tổng số thành viên | tổng số | số
khẩu trong hộ | số nhân khẩu trong hộ
"""
            ),
            never=words("nghèo | học | lớn | trẻ | tuổi | đăng ký"),
        ),
        Column(
            "children_school_age",
            "Trẻ em trong độ tuổi đi học",
            "count",
            also=words(
                """
đi học | tuổi đi học | trẻ đi học | số con em đi học | con em đi học | trẻ đến trường | số trẻ đến trường |
TE trong độ tuổi | số cháu | trẻ trong độ tuổi đến trường | số trẻ đến tuổi đi học | trẻ em trong tuổi đi
học | trẻ em đi học | số trẻ em | số trẻ | trẻ em | TE | TE đi học | số trẻ đang đi học | trẻ em đang đi học
| con đang đi học | số con đi học | số con đang đi học | con đi học | số cháu đi học | học sinh | số học
sinh | số HS | HS | trẻ trong độ tuổi | trẻ em trong độ tuổi | trẻ trong độ tuổi đi học | số trẻ em trong độ
tuổi đi học | số trẻ trong độ tuổi đi học | số trẻ em đi học | số trẻ em đang đi học | người đang đi học |
số người đi học | số người đang đi học | TE trong độ tuổi đi học | độ tuổi đi học | trẻ độ tuổi đi học | số
TE | TE đang đi học | số TE đi học | trẻ đang đi học | cháu đi học | trẻ | số con trong độ tuổi đi học | con
trong độ tuổi đi học | đang đi học | trẻ 6 18 tuổi | trẻ 6 14 tuổi | trẻ 5 18 tuổi | trẻ từ 6 đến 18 tuổi | từ 6 đến 18
tuổi | 6 18 tuổi | trẻ từ 6 đến 14 tuổi
"""
            ),
            never=words("giỏi | bỏ học | đạt | mức"),
        ),
        Column(
            "adults",
            "Người lớn",
            "count",
            also=words(
                """
số lao động | lao động | người 18 tuổi | số người trong độ tuổi lao động | người 18 tuổi trở lên | số người
lớn | NL | số NL | người trưởng thành | số người trưởng thành | người từ 18 tuổi trở lên | trên 18 tuổi | số
người trên 18 tuổi | từ 18 tuổi trở lên | số người từ 18 tuổi | người từ 18 tuổi | thành viên người lớn | số
người từ 15 tuổi trở lên | người từ 15 tuổi trở lên | số người từ 18 tuổi trở lên | 18 tuổi trở lên | trưởng
thành | thành viên trưởng thành | số thành viên người lớn | trên 15 tuổi | từ đủ 18
tuổi | người từ đủ 18 tuổi | người đủ 18 tuổi
"""
            ),
        ),
        ADDRESS,
        REGISTERED,
        CLAN,
    ),
    "head_name",
    ("village", "head_name", "household_code"),
)

CLANS = Sheet(
    "clans",
    "Danh sách dòng họ",
    (
        Column(
            "name",
            "Tên dòng họ",
            "name",
            also=words(
                """
dòng họ | họ | tên họ | tên dòng tộc | dòng tộc | họ tộc | tộc họ | gia tộc | tên gia tộc | tên tộc họ | tộc
| chi họ | tên chi họ | dòng họ chi họ | tên
"""
            ),
            never=words("trưởng | số | họ tên | đại diện"),
        ),
        Column(
            "head_name",
            "Trưởng họ",
            "name",
            also=words(
                """
trưởng ban khuyến học dòng họ | họ tên trưởng ban khuyến học dòng họ | trưởng tộc | trưởng dòng họ | tộc
trưởng | họ tên trưởng họ | họ và tên trưởng họ | họ tên trưởng tộc | tên trưởng họ | họ tên trưởng dòng họ
| họ và tên trưởng dòng họ | trưởng ban khuyến học | đại diện dòng họ | chủ tịch hội đồng gia tộc | trưởng
họ tộc | trưởng chi | trưởng ban KH dòng họ | họ tên tộc trưởng | đại diện họ | trưởng gia tộc
"""
            )
            + LEADER_WORDS
            + words("họ và tên | họ tên"),
            never=words("điện thoại | năm sinh"),
        ),
        VILLAGE,
        Column(
            "families",
            "Số gia đình",
            "count",
            also=words(
                """
số lượng gia đình | số lượng hộ | số hộ | gia đình | số GĐ | số gia đình thành viên | tổng số gia đình | số
hộ gia đình | hộ | tổng số hộ | số gia đình trong dòng họ | số hộ trong dòng họ | số gia đình trong họ | số
hộ thành viên | tổng số GĐ | gia đình thành viên | số nóc nhà
"""
            ),
            never=words("đăng ký | ĐK | đạt | nghèo | tỷ lệ | học tập | GĐHT"),
        ),
        REGISTERED,
    ),
    "name",
    ("village", "name"),
)

COMMUNITIES = Sheet(
    "communities",
    "Danh sách cộng đồng thôn, làng",
    (
        Column(
            "village",
            "Thôn/làng",
            "village",
            also=VILLAGE.also
            + words(
                """
cộng đồng | tên cộng đồng | đơn vị | tên đơn vị | tên khu dân cư | tên tổ dân phố | tên bản | tên buôn | tên
ấp | tên khu phố | tên cộng đồng học tập | thôn làng đăng ký | tên TDP | cộng đồng thôn
"""
            ),
            never=VILLAGE.never,
        ),
        Column(
            "head_name",
            "Trưởng thôn",
            "name",
            also=words(
                """
già làng | trưởng làng | trưởng bản | trưởng buôn | trưởng ấp | trưởng khu phố | tổ trưởng | trưởng khu | họ
tên trưởng thôn | họ và tên trưởng thôn | già làng trưởng làng | trưởng thôn trưởng làng | tổ trưởng TDP |
trưởng thôn làng | tên trưởng thôn | họ tên trưởng làng | già làng trưởng thôn | trưởng thôn già làng |
trưởng thôn bản | tổ trưởng tổ dân phố | trưởng ban công tác mặt trận | trưởng ban CTMT | trưởng xóm | trưởng khu dân cư
"""
            )
            + LEADER_WORDS
            + words("họ và tên | họ tên"),
            never=words("điện thoại | bí thư | chi hội trưởng"),
        ),
        Column(
            "households",
            "Tổng số hộ",
            "count",
            also=words(
                """
số hộ | hộ | số hộ gia đình | tổng hộ | số hộ dân | tổng số hộ gia đình | tổng số hộ dân | hộ gia đình | số
gia đình | tổng số gia đình | tổng số hộ trong thôn | số hộ trong thôn | hộ dân | TS hộ | số hộ hiện có | số
nóc nhà | số hộ gia đình trong thôn
"""
            ),
            never=words(
                """
đăng ký | ĐK | nghèo | đạt | công nhận | GĐHT | học tập | tỷ lệ | văn hóa
"""
            ),
        ),
        Column(
            "population",
            "Nhân khẩu",
            "count",
            also=words(
                """
tổng số nhân khẩu | số nhân khẩu | số khẩu | dân số | số dân | tổng dân số | khẩu | tổng số khẩu | số người
| tổng nhân khẩu | tổng số dân | NK | TS nhân khẩu | TS khẩu | tổng khẩu | số người dân | số NK
"""
            ),
            never=words("đăng ký | đạt | tỷ lệ | nghèo | CDHT"),
        ),
        SHARE,
        REGISTERED,
    ),
    "village",
    ("village",),
)

ORGANISATIONS = Sheet(
    "organisations",
    "Danh sách cơ quan, đơn vị",
    (
        Column(
            "name",
            "Tên cơ quan, đơn vị",
            "name",
            also=words(
                """
cơ quan doanh nghiệp | tên trường đơn vị | trường đơn vị | tên trường học | tên doanh nghiệp | tên cơ quan
doanh nghiệp | tên CQ ĐV | tên đơn vị | tên cơ quan | cơ quan | đơn vị | cơ quan đơn vị | tên tổ chức | tổ
chức | tên cơ quan đơn vị | tên cơ quan đơn vị trường học | cơ quan đơn vị trường học | tên đơn vị trường
học | cơ quan tổ chức | tên trường | tên cơ quan tổ chức | tên cơ quan tổ chức đơn vị | cơ quan đơn vị doanh
nghiệp | đơn vị trường học | tên | tên cơ quan đơn vị doanh nghiệp | đơn vị đăng ký | tên cơ sở | đơn vị cơ
quan
"""
            ),
            never=words("thủ trưởng | hiệu trưởng | loại | số | đứng đầu"),
        ),
        Column(
            "kind",
            "Loại hình",
            "text",
            also=words(
                """
loại | loại đơn vị | nhóm | khối | lĩnh vực | loại hình đơn vị | loại hình tổ chức | loại hình hoạt động |
nhóm đơn vị | loại cơ quan | thuộc khối | phân loại | loại hình cơ quan đơn vị
"""
            ),
            never=words("xếp loại"),
        ),
        Column(
            "head_name",
            "Thủ trưởng đơn vị",
            "name",
            also=words(
                """
thủ trưởng | hiệu trưởng | giám đốc | lãnh đạo | họ tên thủ trưởng | họ và tên thủ trưởng | lãnh đạo đơn vị
| thủ trưởng cơ quan | thủ trưởng cơ quan đơn vị | người đứng đầu đơn vị | họ tên lãnh đạo | tên thủ trưởng
| họ tên thủ trưởng đơn vị | họ và tên thủ trưởng đơn vị | người đứng đầu cơ quan đơn vị | trưởng đơn vị |
người đứng đầu cơ quan
"""
            )
            + LEADER_WORDS
            + words("họ và tên | họ tên"),
            never=words("điện thoại"),
        ),
        Column(
            "staff",
            "Số CB, CC, VC, NLĐ",
            "count",
            also=words(
                """
số cán bộ | tổng số cán bộ | số người | CB CC VC NLĐ | CBCCVC | số CBCCVC | tổng số CBCCVC | CBCCVC NLĐ | số
CBCCVC NLĐ | cán bộ công chức viên chức | số cán bộ công chức viên chức | biên chế | nhân sự | số CBVC | CBVC |
tổng số CBVC | số viên chức | số lao động |
số cán bộ công chức viên chức người lao động | người lao động | số người lao động | số NLĐ | CBGVNV | số
CBGVNV | số CB GV NV | tổng số CB | số CB | tổng số người | số thành viên | thành viên | số nhân viên | tổng
số CBCCVC NLĐ | tổng số lao động | CBCNV | số CBCNV | số cán bộ nhân viên | quân số | tổng số | số CB NV
"""
            ),
            never=words("học sinh | người học | tỷ lệ | CDHT | đạt"),
        ),
        Column(
            "learners",
            "Số người học",
            "count",
            also=words(
                """
người học | số học sinh | học sinh | học viên | số học viên | HS | số HS | HS SV | học sinh sinh viên | số
HSSV | số học sinh sinh viên | tổng số học sinh | tổng số người học | sinh viên | số trẻ | số học sinh học
viên | tổng số HS
"""
            ),
            never=words("tỷ lệ | giỏi"),
        ),
        SHARE,
        VILLAGE,
        REGISTERED,
    ),
    "name",
    ("name",),
)

CITIZENS = Sheet(
    "citizens",
    "Danh sách công dân",
    (PERSON, BIRTH_DATE, *BY_SEX, SEX, CCCD, VILLAGE, HOUSEHOLD_CODE, ORGANISATION, GROUP, REGISTERED),
    "name",
    # Two people of one name are told apart by the year of birth; households by their code.
    ("village", "name", "household_code", "birth_date"),
)

ROSTERS = {sheet.kind: sheet for sheet in (HOUSEHOLDS, CLANS, COMMUNITIES, ORGANISATIONS, CITIZENS)}
KINDS = (*ROSTERS, "scores")
GROUPS = frozenset({CLAN.key, ORGANISATION.key})
