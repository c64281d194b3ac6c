"""The vocabulary of plans: how models, measures, populations, areas, years and bounds are written in them.

Patterns are matched in the copy of the text that `document.plain` makes (small letters, quotes and emphasis blanked).
A new wording is a line here and a case in the tests. `tokens` cuts a sentence into what the grammar knows.
"""

import re
from dataclasses import dataclass

_LEARNING = r"(?:học tập|khuyến học|hiếu học)"
_COMMUNE = r"(?:xã|phường|thị trấn|đặc khu)"
_LEVEL = r"(?:\s+(?:ở\s+|thuộc\s+)?\(?cấp\s+"
_HAMLET = r"(?:thôn|làng|bản|ấp|khóm|buôn|xóm|phum|sóc|plei|tổ dân phố|tổ nhân dân|khu phố|khối phố|khối|khu dân cư)"

MODELS = {
    "COMMUNE": rf"(?:cộng đồng {_LEARNING}|cđht){_LEVEL}(?:xã|phường))"
    rf"|{_COMMUNE}(?:(?:\s*[,/]\s*|\s+và\s+){_COMMUNE})*\s+học tập",
    "DISTRICT": rf"(?:cộng đồng {_LEARNING}|cđht){_LEVEL}huyện)|(?:huyện|quận|thị xã|thành phố)"
    r"(?:(?:\s*[,/]\s*|\s+và\s+)(?:huyện|quận|thị xã|thành phố))*\s+học tập",
    "PROVINCE": rf"(?:cộng đồng {_LEARNING}|cđht){_LEVEL}tỉnh)|tỉnh(?:(?:\s*[,/]\s*|\s+và\s+)thành phố)?\s+học tập",
    "FAMILY": rf"(?:hộ\s+)?gia đình\s+{_LEARNING}|gđht",
    "CLAN": rf"(?:dòng họ|dòng tộc|tộc họ|họ tộc|tộc)\s+{_LEARNING}|dhht",
    "COMMUNITY": rf"cộng đồng(?:\s+dân cư)?\s+{_LEARNING}|cđht|{_HAMLET}\s+học tập",
    "ORGANISATION": rf"(?:cơ quan\s*,\s*)?đơn vị\s+{_LEARNING}|đvht|(?:cơ quan|doanh nghiệp)\s+học tập",
    "CITIZEN": r"công dân\s+(?:học tập|số học tập)|cdht",
}
BARE = {"gia đình": "FAMILY", "dòng họ": "CLAN", "dòng tộc": "CLAN", "cộng đồng": "COMMUNITY", "đơn vị": "ORGANISATION",
        "công dân": "CITIZEN"}  # fmt: skip
_BARE = "(?:" + "|".join(BARE) + ")"
_JOINT = rf"{_BARE}(?:\s*(?:,|;|/|\bvà\b)\s*(?:và\s+)?{_BARE})+\s+{_LEARNING}"

# The longest wording first: the first that fits wins.
POPULATIONS = {
    "chairs": r"(?:chủ tịch|phó chủ tịch|lãnh đạo|đồng chí chủ tịch)(?:(?:\s*[,/]\s*|\s+hoặc\s+|\s+và\s+|\s*-\s*)"
    r"phó chủ tịch)?(?:\s+(?:của\s+)?(?:hội khuyến học|hkh|hội))",
    "commune_officers": r"cán bộ\s+(?:(?:làm|phụ trách)\s+)?(?:công tác\s+)?(?:hội\s+)?khuyến học"
    r"(?=\s+(?:ở\s+|cơ sở|(?:ở\s+)?(?:cấp\s+)?(?:xã|phường|thôn)|tham gia))",
    "officers": r"(?:cán bộ(?:\s*,\s*|\s+và\s+|\s*/\s*)?(?:các\s+)?)?hội viên|cán bộ\s+(?:(?:của|các cấp|chủ chốt"
    r"|lãnh đạo|chuyên trách)\s+)*"
    r"(?:hội khuyến học|hkh|hội|chi hội|khuyến học)|cán bộ\s+(?:làm\s+)?công tác\s+(?:hội\s+)?khuyến học"
    r"|chi hội trưởng|ủy viên ban chấp hành",
    "centre": r"(?:trung tâm(?: văn hóa[^,;.%]{0,12}(?:và|-))?\s+học tập cộng đồng|tthtcđ|ttht cđ)",
    "association": r"hội khuyến học|hkh|chi hội khuyến học|ban khuyến học|hội viên hội",
    "member_households": r"(?:hộ\s+)?gia đình\s+(?:có\s+)?hội viên|hộ\s+hội viên",
    "people_over": r"(?:người|lao động|dân số|dân|công dân)\s+(?:trong|ở)\s+(?:độ )?tuổi\s+lao động|lực lượng lao động",
    "workers": r"nông dân|ngư dân|người lao động|người lớn(?:\s+tuổi)?|người dân|lao động|nhân dân|công nhân(?!\s+viên)"
    r"|người trưởng thành",
    "citizens": r"công dân|dân số|dân cư|người(?=\s+(?:trong|đạt|được|đăng))",
    "staff": r"đảng viên|cán bộ(?!\s+(?:hội|khuyến))|công chức|viên chức|công nhân viên|nhân viên|giáo viên"
    r"|nhà giáo|chiến sĩ"
    r"|chiến sỹ|đoàn viên",
    "hometown": r"hội đồng hương|đồng hương",
    "religious": r"(?:cơ sở|tổ chức)\s+tôn giáo|tôn giáo|giáo xứ|giáo họ|họ đạo|chùa",
    "clans": r"dòng họ|dòng tộc|tộc họ|họ tộc|tộc",
    "households": r"(?:hộ\s+)?gia đình|hộ dân|hộ",
    "residential": r"(?:khu|cụm)\s+dân cư|địa bàn dân cư",
    "communities": rf"cộng đồng(?:\s+dân cư)?|{_HAMLET}|địa bàn thôn",
    "communes": rf"đơn vị\s+(?:hành chính\s+)?cấp xã|{_COMMUNE}(?=[\s,./;]|$)",
    "districts": r"đơn vị\s+(?:hành chính\s+)?cấp huyện|huyện|quận|thị xã",
    "provinces": r"đơn vị\s+(?:hành chính\s+)?cấp tỉnh|tỉnh",
    "organisations": r"cơ quan(?! báo| thường| chủ| truyền)|đơn vị|tổ chức(?= |,|;|/|$)(?! (?:hội|các|đánh|thực"
    r"|được|tập|cho))"
    r"|trường học|nhà trường|trường|cơ sở giáo dục|doanh nghiệp|hợp tác xã|cơ sở sản xuất(?:,? kinh doanh)?|công sở"
    r"|công ty|xí nghiệp|đơn vị sự nghiệp",
}

_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?"
_TENS = r"(?:hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín)"
_ONES = r"(?:mốt|một|hai|ba|bốn|tư|lăm|năm|sáu|bảy|bẩy|tám|chín)"
IN_WORDS = rf"(?:một trăm|{_TENS}\s+mươi(?:\s+{_ONES})?|{_TENS}\s+lăm|mười(?:\s+{_ONES})?)"
_VALUE = (
    rf"(?<![\d.,/])(?:(?P<low>{_NUMBER})\s*%?\s*(?:-|đến|tới|÷)\s*)?(?P<high>{_NUMBER})"
    r"(?P<unit>\s*điểm\s*(?:phần trăm|%)|\s*%|\s*phần\s*trăm|\s*o/o)"
    rf"|(?:(?<=là )|(?<=đạt )|(?<=lượt )|(?<=ứng )|(?<=: )|(?<=, )|(?<=; )|(?<=và )|(?<=/))(?P<listed>{_NUMBER})"
    rf"(?=(?:(?:\s*[;/]\s*|,\s+|\s+và\s+){_NUMBER})+\s*%)|(?P<spoken>{IN_WORDS})(?P<spoken_unit>\s+điểm)?\s+phần\s+trăm"
)
_SUBJECTS = "|".join([*MODELS.values(), *POPULATIONS.values()])
_COUNT = (
    r"(?<![\d.,/%-])(?<!năm )(?<!quý )(?<!tháng )(?<!ngày )(?<!số )(?<!điều )(?<!lần )(?<!đề án )(?<!giai đoạn )"
    rf"(?P<count>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}})\s+(?=(?:mới\s+|lượt\s+)?(?:{_SUBJECTS}))"
)

KINDS = {
    "VALUE": _VALUE,
    "COUNT": _COUNT,
    "SINCE": r"so với\s+(?:cùng kỳ\s+|cuối\s+|thời điểm\s+)*(?:năm|giai đoạn)\s+(?:học\s+)?20\d\d(?:\s*-\s*20\d\d)?"
    r"|(?:kể\s+)?từ\s+(?:đầu\s+)?năm\s+20\d\d",
    "YEAR": r"(?:(?:cho đến|đến|tới|vào|trong)\s+)?(?:hết\s+|cuối\s+|trước\s+|khoảng\s+|ngày\s+)*(?:31/12/|tháng 12/"
    r"|quý\s+iv/|(?:các\s+)?năm\s+)(?P<year>20\d\d)(?!\d|\s*-\s*20\d\d)|(?:đến|tới)\s+(?:hết\s+"
    r"|cuối\s+)?(?P<year2>20\d\d)(?!\d)"
    r"|(?<![\d/-])(?P<year3>20\d\d)(?=\s*:)|(?<=\()(?P<year7>20\d\d)(?=\))|(?<=và )(?P<year5>20\d\d)"
    r"|(?<=20\d\d, )(?P<year6>20\d\d)"
    r"|năm học\s+20\d\d\s*-\s*(?P<year4>20\d\d)",
    "PERIOD": r"(?:giai đoạn|từ năm|từ|nhiệm kỳ|năm)\s+20\d\d\s*(?:-|đến(?:\s+năm)?)\s*(?P<until>20\d\d)",
    "BACKREF": r"(?:các\s+)?(?:tỷ lệ|tỉ lệ|chỉ tiêu|con số|mức)(?:\s+(?:trên|này|đó|nêu trên|tương đương"
    r"|tương ứng))+|yêu cầu chung",
    "RESPECTIVE": r"lần lượt|tương ứng|theo thứ tự",
    "GOAL": r"ph[ấầ]n đấu|mục tiêu|chỉ tiêu|sẽ|cần đạt|phải đạt|hướng tới|hướng đến|tiến tới|lộ trình|nâng|dự kiến",
    "PAST": r"(?:vượt|hoàn thành)\s+(?:mục tiêu|chỉ tiêu|kế hoạch)|đạt\s+(?:mục tiêu|chỉ tiêu"
    r"|kế hoạch)\s+(?:đề ra|đặt ra|giao)"
    r"|kết quả\s+(?:thực hiện|năm|đạt|đến|cho|công|sau|đánh)|đã\s+(?:có|đạt|được|công nhận|xây dựng|thực hiện)"
    r"|hiện\s+(?:có|nay|tại|đang)|tính đến|đến nay|thực hiện được|trong năm qua|thời gian qua|năm qua|được hỏi|khảo sát"
    r"|điều tra|mới có|năm \d{4} đạt được",
    "AREA": r"(?:(?:các|những)\s+)?(?:xã|phường|thôn|bản|huyện|vùng|địa bàn|địa phương|khu vực|nơi"
    r"|đơn vị)\s+(?:[^;.%:]{0,60}?)"
    r"(?:đặc biệt khó khăn|khó khăn|vùng sâu|vùng xa|biên giới|hải đảo|bãi ngang|miền núi|vùng núi|vùng cao|rẻo cao)"
    r"(?:\s*,\s*(?:[^;.%:]{0,50}?)(?:đặc biệt khó khăn|khó khăn|vùng sâu|vùng xa|biên giới|hải đảo|miền núi|vùng cao))*"
    r"|(?:vùng|miền)\s+(?:sâu|xa|núi|cao)(?:\s*,\s*(?:vùng|miền)\s+(?:sâu|xa|núi|cao))*|biên giới|hải đảo",
    "PLAIN_AREA": r"(?:xã|phường|vùng|khu vực|địa bàn|nơi)\s+(?:còn lại|thuận lợi|đồng bằng|đô thị)|thành thị",
    "JOINT": _JOINT,
    **{f"MODEL_{model}": pattern for model, pattern in MODELS.items()},
    "OTHER": r"(?:gia đình|thôn|làng|bản|ấp|tổ dân phố|khu dân cư|cơ quan|đơn vị)[\w\s,]{0,24}\bvăn (?:hóa|minh)"
    r"|nông thôn mới"
    r"|đô thị văn minh|tuyên truyền|phổ biến(?!,| giáo)|chuẩn (?:quốc gia|phổ cập|xóa mù|nghèo)|xóa mù chữ"
    r"|phổ cập giáo dục"
    r"|kỹ năng số|biết chữ|hộ nghèo|bảo hiểm|quỹ khuyến học|học bổng|tiêu chí (?:số|theo)|tủ sách|trình độ",
    "REGISTER": r"đăng ký(?:\s+(?:xây dựng|phấn đấu|thực hiện|tham gia|thi đua|đạt|danh hiệu|mô hình|các|chuẩn"
    r"|tiêu chuẩn))*",
    "RECOGNISE": r"(?:được\s+)?(?:(?:xét|bình xét|đánh giá|thẩm định|xếp loại|kiểm tra)\s*(?:,|và)?\s*)*công nh[âậ]n"
    r"(?:\s+(?:lại|là|đạt|danh hiệu|chuẩn|mô hình|tiêu chuẩn|các))*|đạt(?:\s+(?:được|và giữ vững|và duy trì))?"
    r"(?:\s+(?:chuẩn|danh hiệu|tiêu chuẩn|tiêu chí|các tiêu chí|mô hình|các danh hiệu))+"
    rf"|(?:đạt|trở thành|là)(?=\s+(?:các\s+)?(?:{_JOINT}|{'|'.join(MODELS.values())}))|đạt các",
    "TAKE_PART": r"là\s+(?:thành viên\s+)?(?:ban\s+)?(?:giám đốc|phó giám đốc|quản lý)"
    r"|tham gia\s+(?:vào\s+)?(?:công tác\s+)?(?:ban\s+)?(?:quản lý|tổ chức|điều hành|giảng dạy"
    r"|hoạt động|các hoạt động"
    r"|ban giám đốc|trung tâm)",
    "TRAIN": r"(?:được\s+)?(?:tham gia\s+)?(?:học tập\s*,?\s*(?:và\s+)?quán triệt|học tập(?=\s+(?:các|những|về"
    r"|chủ|nghị))|quán triệt"
    r"|tập huấn|bồi dưỡng|đào tạo)",
    "ORGANISE": r"(?:có|thành lập(?:\s+được)?|xây dựng(?:\s+được)?|phát triển)\s+(?:được\s+)?(?:tổ chức\s+)?"
    r"(?:chi hội|ban khuyến học|hội khuyến học|tổ khuyến học|chi hội, ban|ban khuyến học|tổ chức (?:hội"
    r"|khuyến học)|phân hội)",
    **{f"POP_{name}": pattern for name, pattern in POPULATIONS.items()},
}
# A figure may be followed by a letter where a PDF lost the space.
_ENDS = dict.fromkeys(KINDS, r"(?!\w)") | {"VALUE": "", "COUNT": ""}
# One look behind for all: nothing known begins in the middle of a word.
_TOKEN = re.compile(
    "(?<!\\w)(?:" + "|".join(f"(?P<{kind}>(?:{said}){_ENDS[kind]})" for kind, said in KINDS.items()) + ")"
)
_MOODS = re.compile(
    "(?<!\\w)(?:"
    + "|".join(f"(?P<{kind}>{KINDS[kind]})" for kind in ("SINCE", "YEAR", "PERIOD", "GOAL", "PAST"))
    + r")(?!\w)"
)
_FIGURE = re.compile(rf"%|phần\s*trăm|o/o|{_COUNT}")
TITLES = re.compile(
    r"(?:danh hiệu|mô hình)(?:\s+về)?\s+(?:học tập(?!\s+(?:suốt|cộng))|(?:tương ứng|nêu trên|nói trên|trên)(?!\w))"
)
_PAREN = re.compile(r"\(([^()]*)\)")
_MATTERS = re.compile(r"%|cấp (?:xã|huyện|tỉnh)|phần trăm|20\d\d|khó khăn|miền núi|vùng")


@dataclass(frozen=True)
class Token:
    """A word the grammar knows, with where it stands in the sentence. `name` is the model, population or ""."""

    kind: str
    name: str
    start: int
    end: int
    match: re.Match[str]


def blanked(sentence: str) -> str:
    """The sentence without quotes and without brackets that say nothing of figures, years or areas; same length."""
    sentence = sentence.replace('"', " ")
    return _PAREN.sub(lambda m: m[0] if _MATTERS.search(m[1]) else " " * len(m[0]), sentence)


def tokens(sentence: str) -> list[Token]:
    """The known words of a blanked sentence in order; of one without figures only those of mood and time."""
    pattern = _TOKEN if _FIGURE.search(sentence) else _MOODS
    return _found(pattern, sentence)


def all_tokens(sentence: str) -> list[Token]:
    """The known words of a heading, figures or not."""
    return _found(_TOKEN, sentence)


def _found(pattern: re.Pattern[str], sentence: str) -> list[Token]:
    found = []
    for match in pattern.finditer(sentence):
        # lastgroup names the last group closed, which is the alternative itself.
        kind = match.lastgroup or ""
        kind, _, name = kind.partition("_") if kind.startswith(("MODEL_", "POP_")) else (kind, "", "")
        found.append(Token(kind, name, match.start(), match.end(), match))
    return found
