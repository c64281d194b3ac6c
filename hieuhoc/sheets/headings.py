"""Which column a heading means: the words of `rosters`, officers' abbreviations, then what the cells look like.

A heading is folded, its brackets and years dropped. A match is worth 1 for the same words, a little less for
abbreviated ones ("HỌ TÊN CH.HỘ", "S.khẩu"), less again where the words stand within a longer heading. The cells
then confirm or veto: a column of telephone numbers is not a CCCD whatever stands above it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hieuhoc.common.text import fold, nfc
from hieuhoc.sheets.columns import Column, Sheet, words

ENOUGH = 0.6

_BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]")
_SEPARATOR = re.compile(r"[^\w%\u0300-\u036f]+")
_YEAR = re.compile(r"\b(?:năm |nam )?(?:19|20)\d\d\b")
_NOT_WORD = re.compile(r"[^a-z0-9%]+")
_SPELLINGS = {"ki": "ky", "ti": "ty", "hovaten": "ho va ten", "hoten": "ho ten", "sodt": "so dt", "chuho": "chu ho"}
# Abbreviations that mean one thing wherever they stand; both sides of a comparison are written out.
_WRITTEN_OUT = {
    "nk": "nhan khau",
    "te": "tre em",
    "nl": "nguoi lon",
    "dk": "dang ky",
    "hs": "hoc sinh",
    "sv": "sinh vien",
    "hssv": "hoc sinh sinh vien",
    "gd": "gia dinh",
    "hgd": "ho gia dinh",
    "dp": "dan pho",
    "tdp": "to dan pho",
    "sdt": "so dien thoai",
    "dtdd": "dien thoai di dong",
    "dthoai": "dien thoai",
    "gdht": "gia dinh hoc tap",
    "dhht": "dong ho hoc tap",
    "dvht": "don vi hoc tap",
    "ts": "tong so",
    "sl": "so luong",
    "nld": "nguoi lao dong",
    "hvt": "ho va ten",
    "tv": "thanh vien",
    "tel": "dien thoai",
    "phone": "dien thoai",
    "cbccvc": "can bo cong chuc vien chuc",
    "dchi": "dia chi",
    "kdc": "khu dan cu",
    "ld": "lao dong",
    "dtg": "doi tuong",
    "cq": "co quan",
    "dv": "don vi",
    "cq,dv": "co quan don vi",
    "sk": "so khau",
    "gt": "gioi tinh",
}
# Words that come and go when a label is worded again.
_SMALL = set(words("va|hoac|cac|co|biet|su|dung|kha|nang|tham|gia|moi|trong|cho|cua|de|viec"))
# Words so general that they name a column only when they stand alone.
_ALONE = {
    "tong so",
    "ten",
    "ho",
    "loai",
    "nhom",
    "khoi",
    "don vi",
    "co quan",
    "so nguoi",
    "tham gia",
    "lien he",
    "to chuc",
    "thanh vien",
    "gia dinh",
    "khu vuc",
    "doi tuong",
    "phan loai",
    "ho gia dinh",
    "khu",
    "dai dien",
    "tre",
    "truong ban",
}
_ORDINAL = {"stt", "tt", "so tt", "so thu tu", "thu tu", "#", "no", "s tt", "s t t", "ma stt", "sott"}
# Headings of columns that rosters do not take; they stand so that no half match takes them.
_LEFT_OUT = words(
    """
ghi chú | ghi chú nội bộ | chú thích | tổng điểm | cộng điểm | điểm tổng | tổng cộng | cộng |
xếp loại | kết quả | chữ ký | ký tên | ký nhận | ngày cấp | nơi cấp | dân tộc | tôn giáo | quan
hệ với chủ hộ | quan hệ | trình độ | nghề nghiệp | hộ nghèo | hộ cận nghèo | quỹ khuyến học | số
tiền | số hộ đăng ký | hộ đăng ký | hộ ĐK | số hộ ĐK | số hộ đạt | hộ đạt | email | ngày đăng ký
| tổng điểm tự chấm | thứ hạng | xếp hạng | đánh giá | họ tên vợ | họ tên chồng | họ tên vợ
chồng | số quyết định | hội viên | điểm | tổng số điểm | minh chứng | ý kiến | lý do | số hộ
nghèo | số hộ công nhận | số hội viên | mức độ | đề nghị | người chấm | ngày chấm | lỗi cần sửa
"""
)


@lru_cache(maxsize=20_000)
def words_of(heading: str) -> str:
    """A heading as plain words: folded, without brackets, years and signs."""
    lower = nfc(heading).lower().replace("đ", "d")
    plain = _BRACKETS.sub(" ", lower)
    tokens = _SEPARATOR.split(_YEAR.sub(" ", plain if plain.strip() else lower))
    # An abbreviation carries no marks: "TE" is trẻ em, "thực tế" is not.
    written = (_WRITTEN_OUT.get(token, token) for token in tokens if token)
    folded = _NOT_WORD.sub(" ", fold(" ".join(written))).split()
    return " ".join(_SPELLINGS.get(token, token) for token in folded)


def is_ordinal(heading: str) -> bool:
    """Whether a heading stands over row numbers (STT, TT)."""
    return words_of(heading) in _ORDINAL or heading.strip() == "#"


@lru_cache(maxsize=50_000)
def likeness(heading: str, wanted: str) -> float:
    """How well the words of a heading are those wanted (both from `words_of`): 0 to 1."""
    if not heading or not wanted:
        return 0.0
    if heading == wanted:
        return 1.0
    have, want = heading.split(), wanted.split()
    if len(have) == len(want) and _abbreviates(have, want):
        return 0.93
    place = -1 if wanted in _ALONE or len(wanted) < 3 else _within(want, have)
    if place < 0:
        return 0.0
    return 0.5 + 0.4 * len(wanted) / len(heading) - 0.02 * place


def _abbreviates(have: list[str], want: list[str]) -> bool:
    """Whether each word typed begins the word wanted and most letters are there ("ho ten ch ho")."""
    if sum(map(len, have)) < 3 or not all(long.startswith(short) for short, long in zip(have, want, strict=True)):
        return False
    return sum(map(len, have)) * 2 >= sum(map(len, want)) or any(h == w for h, w in zip(have, want, strict=True))


def _within(want: list[str], have: list[str]) -> int:
    """Where the wanted words stand together within the heading, or -1."""
    return next((i for i in range(len(have) - len(want) + 1) if have[i : i + len(want)] == want), -1)


@lru_cache(maxsize=20_000)
def score(heading: str, column: Column) -> float:
    """How well a heading names this column, 0 to 1."""
    words = words_of(heading)
    if forbidden((heading,), column) or (column.key in ("sex_male", "birth_date_male") and _is_year(heading)):
        return 0.0
    if column.kind == "score":
        return _indicator_score(heading, words, column)
    return max(likeness(words, words_of(name)) for name in (column.label, *column.also))


def _is_year(heading: str) -> bool:
    """Whether a heading says năm, with its mark, and no nam: folded they are one word."""
    said = set(re.findall(r"n[aă]m", nfc(heading).lower()))
    return said == {"năm"}


def forbidden(names: Sequence[str], column: Column) -> bool:
    """Whether a heading holds words that this column never stands under."""
    words = [words_of(name) for name in names]
    return any(
        word == no or _within(no.split(), word.split()) >= 0 for no in map(words_of, column.never) for word in words
    )


_INDICATOR = re.compile(r"\b(?:([a-z]{1,3}\d{0,2})\s*[-.: ]?\s*)?(\d{1,2}\.\d{1,2}[a-d]?|(?<=-)\d[a-d])(?![\d])")


def _indicator_score(heading: str, words: str, column: Column) -> float:
    """An indicator goes by its key ("GD-1.1 (10đ)", "CD 1.1", "1.1"), else by its label."""
    if nfc(heading).lower() == column.key.lower():
        return 1.0
    prefix, _, number = column.key.lower().partition("-")
    match = _INDICATOR.search(fold(heading).replace(",", "."))
    if match and match[2] == number:
        if match[1] in (None, prefix):
            return 1.0
        if match[1] in ("cs", "tc", "so", "ct", "chi", "muc", "nd"):
            return 0.95
    if match and match[2] != number:
        return 0.0
    label = words_of(column.label)
    return max(likeness(words, label), _overlap(words, label))


def _overlap(words: str, label: str) -> float:
    """Share of words two labels have in common, for labels reworded a little."""
    have, want = set(words.split()) - _SMALL, set(label.split()) - _SMALL
    common = len(have & want)
    return 0.9 * common / len(have | want) if common >= 2 else 0.0


@lru_cache(maxsize=20_000)
def left_out(heading: str) -> float:
    """How well a heading is one of those that rosters leave out."""
    words = words_of(heading)
    return 1.0 if is_ordinal(heading) else max(likeness(words, words_of(name)) for name in _LEFT_OUT)


@dataclass(frozen=True)
class Match:
    """A column found: its place in the sheet, the definition, and how sure the heading was."""

    at: int
    column: Column
    score: float


def strength(headings: Sequence[Sequence[str]], sheet: Sheet) -> float:
    """How much a row of headings looks like the header of this sheet: the sum over distinct columns."""
    best: dict[str, float] = {}
    for names in headings:
        for column in sheet.columns:
            found = max((score(name, column) for name in names), default=0.0)
            if found >= ENOUGH and found > max(left_out(name) for name in names) - 0.05:
                best[column.key] = max(best.get(column.key, 0.0), found)
    return sum(best.values())


def assign(headings: Sequence[Sequence[str]], sheet: Sheet, cells: Sequence[Any]) -> list[Match]:
    """Columns of the sheet to places, best pairs first; each is used once.

    `headings` gives for each place the names it may go by, the most telling first; `cells` its `Content`.
    """
    pairs = []
    own = [_own_names(names, sheet) for names in headings]
    for at, names in enumerate(headings):
        if not names:
            continue
        out = max((left_out(name) for name in names[:1]), default=0.0)
        for order, column in enumerate(sheet.columns):
            found = _worth(own[at], column, cells[at])
            if found >= ENOUGH and found >= out:
                # Of last year's column and this year's the later one counts.
                pairs.append((-round(found + _year(names[0]), 4), order, at, column))
    return _best_first(pairs)


def _year(heading: str) -> float:
    """A trifle that grows with the year a heading names."""
    return max((int(year) - 1990 for year in re.findall(r"\b20\d\d\b", heading)), default=0) / 10_000


def _own_names(names: Sequence[str], sheet: Sheet) -> Sequence[str]:
    """The names of a column without its group's, where its own heading already says what it is."""
    if len(names) < 3 or not any(score(names[0], column) >= ENOUGH for column in sheet.columns):
        return names
    return names[:2]


def _best_first(pairs: list[tuple[float, int, int, Column]]) -> list[Match]:
    chosen: dict[str, Match] = {}
    taken: set[int] = set()
    for worth, _, at, column in sorted(pairs, key=lambda pair: pair[:3]):
        if column.key not in chosen and at not in taken:
            chosen[column.key] = Match(at, column, -worth)
            taken.add(at)
    return sorted(chosen.values(), key=lambda match: match.at)


def _worth(names: Sequence[str], column: Column, content: Any) -> float:
    """The heading's score, the deeper row of a header first, changed by what the cells say."""
    found = max((score(name, column) - 0.03 * depth for depth, name in enumerate(names)), default=0.0)
    if content.vetoes(column.kind, column.key):
        return 0.0
    if column.kind == "village" and content.villages >= 0.6:
        # "Địa chỉ", "Nơi ở" over names of villages is the village.
        return max(found, 0.99 if found >= ENOUGH else 0.75)
    return found
