"""What a figure of a sentence is worth: value, range, unit and bound; which year, area and mood it stands in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hieuhoc.plans.reading.sentence import Sentence
from hieuhoc.plans.reading.words import Token

_BEFORE = re.compile(
    r"(?:(?P<more>trên|hơn|vượt|cao hơn mức|>(?!=))|(?P<least>tối thiểu|ít nhất|không dưới|từ|đạt từ|≥|>=|khoảng"
    r"|gần))\s*$"
)
_CHANGE = re.compile(
    r"(?P<way>tăng|giảm|cao hơn|thấp hơn|nâng)(?:\s+(?:thêm|bình quân|tối thiểu|ít nhất|trung bình|từ|khoảng|được"
    r"|là|hằng năm"
    r"|hàng năm|mỗi năm|so với[^,;%\d]{0,40}))*\s*$"
)
_MORE = re.compile(r"(?P<way>tăng|giảm)(?!\w)[^,;.%\d]{1,60}\s(?:thêm|đi)\s*$")
_HARD = re.compile(r"khó khăn|vùng sâu|vùng xa|biên giới|hải đảo|bãi ngang")
_IN_A_DATE = re.compile(r"(?<!đến )ngày\s*\d*\s*tháng\s*\d*\s*$")
_RISE = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:(?:vào|trong)?\s*năm\s+20\d\d\s*)?(?:lên|tăng lên)(?!\w)")


@dataclass(frozen=True)
class Amount:
    """A value with its upper end where a range is given, its unit and its bound."""

    value: Decimal
    unit: str
    comparator: str
    value_to: Decimal | None = None


@dataclass(frozen=True)
class Setting:
    """What holds where a sentence stands: by which year, for which areas, and whether goals are spoken of."""

    year: int | None = None
    area: str = "general"
    goal: bool = False
    targets: bool = False


def amount(sentence: Sentence, nth: int) -> Amount | None:
    """The amount of the nth figure; None for the start of a rise ("từ 60% lên 80%")."""
    token = sentence.tokens[sentence.figures[nth]]
    before = sentence.text[max(0, token.start - 70) : token.start]
    if _RISE.match(sentence.text, token.end) and re.search(r"từ\s*$", before):
        return None
    found = _counted(token) if token.kind == "COUNT" else _shared(token)
    change = _CHANGE.search(before) or _MORE.search(before)
    if change:
        sign = -1 if change["way"] in ("giảm", "thấp hơn") else 1
        unit = "number" if found.unit == "number" else "points"
        upper = None if found.value_to is None else found.value_to * sign
        return Amount(found.value * sign, unit, "relative", upper)
    bound = _BEFORE.search(before)
    if found.comparator == ">=" and bound and bound["more"]:
        return replace(found, comparator=">")
    return found


def _counted(token: Token) -> Amount:
    return Amount(Decimal(token.match["count"].replace(".", "")), "number", "count")


def _shared(token: Token) -> Amount:
    match = token.match
    if match["spoken"]:
        return Amount(spoken(match["spoken"]), "points" if match["spoken_unit"] else "percent", ">=")
    if match["listed"]:
        return Amount(Decimal(match["listed"].replace(",", ".")), "percent", ">=")
    unit = "points" if "điểm" in match["unit"] else "percent"
    high = Decimal(match["high"].replace(",", "."))
    if match["low"]:
        return Amount(Decimal(match["low"].replace(",", ".")), unit, "range", high)
    return Amount(high, unit, ">=")


def years(sentence: Sentence, setting: Setting) -> list[int | None]:
    """The year of each figure: said before it, right behind it, or at the end of what it says."""
    told: list[int | None] = [None] * len(sentence.figures)
    tailed: list[int | None] = [None] * len(sentence.figures)
    for at, token in enumerate(sentence.tokens):
        year = year_of(token)
        if year is None:
            continue
        nth = sum(figure < at for figure in sentence.figures) - 1
        if nth >= 0 and _right_behind(sentence, sentence.figures[nth], at):
            tailed[nth] = year
        elif nth + 1 < len(told) and _leads(sentence, at, nth):
            told[nth + 1 :] = [year] * (len(told) - nth - 1)
        elif nth >= 0 and tailed[nth] is None and _closes(sentence, at, nth):
            tailed[nth] = year
    return _merged(told, tailed, setting.year)


def year_of(token: Token) -> int | None:
    """The year a token names; a period stands for its last year."""
    if token.kind == "PERIOD":
        return int(token.match["until"])
    if token.kind != "YEAR" or _IN_A_DATE.search(token.match.string[: token.start]):
        return None
    named = (token.match[name] for name in ("year", "year2", "year3", "year4", "year5", "year6", "year7"))
    return int(next(year for year in named if year))


def _right_behind(sentence: Sentence, figure: int, at: int) -> bool:
    """ "70% vào năm 2025", "70% (năm 2025)"; not "70%, đến năm 2030 đạt …"."""
    if sentence.tokens[at].kind != "YEAR":
        return False
    gap = sentence.text[sentence.tokens[figure].end : sentence.tokens[at].start]
    return bool(re.fullmatch(r"\s*(?:trở lên|số hộ|tổng số hộ|hộ|là)?\s*[(]?\s*(?:vào|ở|trong)?\s*", gap))


def _leads(sentence: Sentence, at: int, nth: int) -> bool:
    """Whether a year speaks of what follows: no full stop before the next figure, and it begins what is said."""
    token = sentence.tokens[at]
    following = sentence.tokens[sentence.figures[nth + 1]]
    gap = sentence.text[token.end : following.start]
    if ";" in gap and nth >= 0:
        return False
    if nth < 0:
        return token.kind == "YEAR" or token.start < 40
    before = sentence.text[: token.start]
    begins = re.search(r"(?:[,;:(]|(?<!\w)(?:và|còn|phấn đấu|mục tiêu|đồng thời|là|đạt|giai đoạn|:))\s*$", before)
    return bool(begins) and not re.search(r"[,;]\s*\S+.*[,;]", gap)


def _closes(sentence: Sentence, at: int, nth: int) -> bool:
    """Whether a year ends what a figure says: "… đạt danh hiệu “…” vào năm 2025"."""
    token = sentence.tokens[at]
    if token.kind != "YEAR":
        return False
    between = range(sentence.figures[nth] + 1, at)
    if any(sentence.tokens[i].kind in ("TRAIN", "OTHER", "GOAL") for i in between):
        return False
    return ";" not in sentence.text[sentence.tokens[sentence.figures[nth]].end : token.start]


def _merged(told: list[int | None], tailed: list[int | None], usual: int | None) -> list[int | None]:
    """A year behind a figure wins over one before it; one at the end of a list holds for those before without any."""
    merged: list[int | None] = [behind or ahead for behind, ahead in zip(tailed, told, strict=True)]
    if usual is None:
        following = None
        for nth in range(len(merged) - 1, -1, -1):
            following = merged[nth] or following
            merged[nth] = merged[nth] or following
    return [year or usual for year in merged]


def areas(sentence: Sentence, setting: Setting, resets: Sequence[int]) -> list[str]:
    """The area of each figure: what was said before it, or what stands inside what it says itself."""
    area, found = setting.area, []
    for nth in range(len(sentence.figures)):
        if nth in resets:
            area = setting.area
        for i in sentence.left(nth):
            own = area_of(sentence.tokens[i])
            area = own if own and not _closes_area(sentence, i, nth) else area
        inside = [area_of(sentence.tokens[i]) for i in sentence.right(nth) if _closes_area(sentence, i, nth + 1)]
        found.append(next((one for one in inside if one), area))
    return found


def area_of(token: Token) -> str | None:
    """The kind of area a token names."""
    if token.kind == "PLAIN_AREA":
        return "general"
    if token.kind != "AREA":
        return None
    return "hard" if _HARD.search(token.match[0]) else "mountain"


def _closes_area(sentence: Sentence, i: int, nth: int) -> bool:
    """Whether an area belongs to the figure before it: "60% gia đình ở vùng khó khăn …", not "; xã khó khăn 60%"."""
    if nth == 0 or area_of(sentence.tokens[i]) is None:
        return False
    figure = sentence.tokens[sentence.figures[nth - 1]]
    between = sentence.text[figure.end : sentence.tokens[i].start]
    return bool(re.search(r"\w", between)) and not re.search(r"[,;:(]|riêng|đối với|còn", between)


def goals(sentence: Sentence, setting: Setting, first_year: int) -> list[bool]:
    """Whether each figure is a goal: the last word of goal or of result before it decides, else where it stands."""
    mood, found = setting.goal, []
    for nth in range(len(sentence.figures)):
        for i in sentence.left(nth):
            kind = sentence.tokens[i].kind
            if kind in ("GOAL", "PAST"):
                mood = kind == "GOAL"
            elif setting.targets and kind == "YEAR" and (year_of(sentence.tokens[i]) or 0) >= first_year:
                mood = True
        end = sentence.tokens[sentence.figures[nth]].end
        glossed = re.match(r"\s*\([^)%]*(?:kết quả|hiện|thực hiện|đã)", sentence.text[end : end + 60])
        found.append(mood and not glossed)
    return found


_HUNDREDS = {"một trăm": 100}
_DIGITS = {"một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
           "tám": 8, "chín": 9}  # fmt: skip


def spoken(words: str) -> Decimal:
    """A number from ten to a hundred in words: "tám mươi lăm" is 85."""
    if words in _HUNDREDS:
        return Decimal(_HUNDREDS[words])
    parts = words.split()
    if parts[0] == "mười":
        return Decimal(10 + (_DIGITS[parts[1]] if len(parts) > 1 else 0))
    ones = parts[-1] if parts[-1] != "mươi" else ""
    return Decimal(_DIGITS[parts[0]] * 10 + (_DIGITS[ones] if ones else 0))
