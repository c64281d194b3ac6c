"""The rosters of the five models, as data: add an officer's wording here, or in ``wordings`` where rosters share it.

Keys and kinds are those of the registry; the first heading is the one our own sheets print.
"""

from hieuhoc.sheets.columns import Column, Sheet, words
from hieuhoc.sheets.wordings import (
    ADDRESS,
    BIRTH_DATE,
    BY_SEX,
    CCCD,
    CLAN,
    GROUP,
    HOUSEHOLD_CODE,
    HOUSEHOLD_HEAD,
    LEADER_WORDS,
    ORGANISATION,
    PERSON,
    PHONE,
    REGISTERED,
    SEX,
    SHARE,
    VILLAGE,
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
