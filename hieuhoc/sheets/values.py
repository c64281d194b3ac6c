"""One cell of each kind into its canonical value, or a `Bad` that keeps what was typed and says why.

A converter gets a distinct raw value (text, number, day) and never an empty one: empty is None everywhere. The
codes are those of the sheets' README; the sentence is what the officer reads.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from hieuhoc.common.dates import vn_date
from hieuhoc.common.numbers import parse_number, vn_number
from hieuhoc.common.text import fold, nfc
from hieuhoc.sheets.columns import Column, words

NOT_APPLICABLE = "KAD"

FAILED = frozenset(words("#N/A | #REF! | #VALUE! | #DIV/0! | #NAME? | #NULL! | #NUM!"))
_DASHES = {"-", "–", "—", "--", "-/-", "..", "…"}
DITTO = frozenset(["nt", "-nt-", "nt.", "n/t", "nhưtrên", "-nhưtrên-", "//", "-//-", ",,"])
DITTO |= frozenset(['"', "''", '""', "“", "”", "〃", '-"-', "-“-", "-”-"])
NOT_APPLICABLE_SIGNS = {
    "kad",
    "k.a.d",
    "k ad",
    "khong ap dung",
    "ko ap dung",
    "kap dung",
    "k/ad",
    "n/a",
    "na",
} | _DASHES
_YES = {
    *("x", "v", "co", "c", "1", "true", "yes", "y", "✓", "✔", "√", "☑", "✅", "þ", "ü", "roi", "*", "+", "xx"),
    *("d", "ok"),
    *("da dang ky", "dang ky", "co dang ky", "da dk", "dk", "co dk", "dat", "dong y"),
    *("gdht", "dhht", "cdht", "dvht", "cong nhan moi", "cong nhan lai"),
}
_NAMED_YEAR = re.compile(r"(?:(?:dang ky|dk) )?(?:nam )?20\d\d")
_NO = _DASHES | {
    *("0", "khong", "ko", "k", "false", "no", "n", "chua", "✗", "✘", "☐", "kd", "cd", "chua co", "o", "khong co"),
    *("chua dang ky", "khong dang ky", "ko dk", "chua dk", "khong dk", "khong dat", "chua dat"),
}
_MALE, _FEMALE = (
    {"nam", "m", "male", "trai", "ong", "na", "nam gioi"},
    {"nu", "f", "female", "gai", "ba", "n", "nu gioi"},
)

# Prefixes of 11 digits until 2018 and what they became (plan of the Ministry of Information, 15/9/2018).
_OLD_PREFIX = {"0199": "059", "0186": "056", "0188": "058"}
_OLD_PREFIX |= {"0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078"}
_OLD_PREFIX |= {"0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082"}
_OLD_PREFIX |= {f"016{digit}": f"03{digit}" for digit in range(2, 10)}
_PHONE_MARKS = re.compile(r"[\s.\-()/]+")
_BETWEEN_PHONES = re.compile(r"[,;/]|\s[-–]\s|\bvà\b|\bhoặc\b|\n")
_SCIENTIFIC = re.compile(r"(\d)[.,](\d+)[eE]\+?(\d{1,2})")
_REMARK = re.compile(r"\([^)\d]*\)")
_GROUPS = (
    (4, ("hoc sinh", "sinh vien", "hs", "hssv", "hoc vien", "nguoi hoc")),
    (3, ("can bo", "cong chuc", "vien chuc", "cbcc", "cbccvc", "doanh nhan", "giao vien", "cb", "cc", "vc", "gv")),
    (2, ("nguoi lao dong", "lao dong", "cong nhan", "nld", "ld")),
    (1, ("nhan dan", "nguoi dan", "dan", "nong dan", "cu dan", "nd")),
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# A unit that says no more than the heading: 4 khẩu, 12 hộ. "5 lớp" counts something else.
_UNIT = re.compile(r"(?<=\d)\s*(?:người|khẩu|nhân khẩu|nk|hộ|gia đình|cháu|em|trẻ|học sinh|hs)\.?$", re.IGNORECASE)
_EPOCH = date(1899, 12, 30)
_POINTS = re.compile(r"([\d.,]+)\s*(?:đ|điểm|/\s*(\d+)(?:\s*(?:đ|điểm))?)")
_DAY = re.compile(r"(\d{1,2})\s*[/.\- ,\\]+\s*(\d{1,2})\s*[/.\- ,\\]+\s*(\d{4}|\d{2})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_MONTH = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{4})")
_YEAR_ALONE = re.compile(r"(?:[-.…_]*[/\-][-.…_]*[/\-]|[.…~_-]+)\s*(\d{4})")
_MONTHS = {name: at for at, name in enumerate(words("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"), 1)}
_ENGLISH_DAY = re.compile(r"(\d{1,2})[- ](" + "|".join(_MONTHS) + r")[a-z]*[- ](\d{4}|\d{2})")
_REMARK_OF_DATE = re.compile(r"\((?:al|dl|am lich|duong lich|am|duong)\)")
_WORDS_OF_DATE = re.compile(r"\b(?:ngay|thang|nam|sinh|ng|th)\b\.?")


@dataclass(frozen=True)
class Bad:
    """A cell that cannot be taken: what was typed, the code and the sentence."""

    value: Any
    code: str
    message: str


def shown(value: Any) -> str:
    """A raw value as the officer sees it."""
    if isinstance(value, float):
        return vn_number(int(value) if value.is_integer() else value)
    return vn_date(value) if isinstance(value, date) else nfc(str(value))


def typed(value: Any) -> Any:
    """A wrong value as it was typed: text tidied, whole numbers without a point, a day as text."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return nfc(value) if isinstance(value, str) else shown(value)


def text(value: Any) -> str:
    """Any cell as tidy text; a whole number loses its point, a formula that failed says nothing."""
    if isinstance(value, str):
        return "" if value in FAILED else nfc(value)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else shown(value)


def _number(value: Any) -> float | int | None:
    """A number from a cell: numbers as they are, text as officers type it; None if it is none."""
    if isinstance(value, str):
        parsed = parse_number(value)
        if parsed is None:
            return None
        return int(parsed) if parsed == parsed.to_integral_value() else float(parsed)
    if not isinstance(value, float):
        return None
    return int(value) if value.is_integer() else round(value, 6)


def count(column: Column, value: Any) -> Any:
    """A count of people or households: a whole number, not negative; a dash is nothing said."""
    if isinstance(value, str) and nfc(value) in _DASHES:
        return None
    number = _number(_UNIT.sub("", nfc(value)) if isinstance(value, str) else value)
    if isinstance(number, float) and isinstance(value, str) and re.fullmatch(r"\s*\d{1,3},\d{3}\s*", value):
        number = int(value.replace(",", ""))  # 1,234 people: nobody counts thousandths of them
    if not isinstance(number, int):
        return Bad(typed(value), "not_a_number", f"{column.label}: “{shown(value)}” không phải là số.")
    if number < 0:
        return Bad(number, "negative", f"{column.label}: {shown(value)} là số âm.")
    return number


def share(column: Column, value: Any) -> Any:
    """A share in percent, 0 to 100."""
    if isinstance(value, str):
        if nfc(value) in _DASHES:
            return None
        plain = nfc(value).rstrip("% ")
        value = plain.replace(".", ",") if re.fullmatch(r"-?\d+\.\d+", plain) else plain
    number = _number(value)
    if number is None:
        return Bad(typed(value), "not_a_number", f"{column.label}: “{shown(value)}” không phải là số.")
    if number < 0:
        return Bad(number, "negative", f"{column.label}: {shown(value)} là số âm.")
    if number > 100:
        return Bad(number, "share_over_100", f"{column.label}: {shown(value)} % lớn hơn 100 %.")
    return number


def score(column: Column, value: Any) -> Any:
    """Points of one indicator: a number up to its maximum, or KAD where it does not apply."""
    folded = fold(value) if isinstance(value, str) else ""
    if folded in NOT_APPLICABLE_SIGNS:
        return NOT_APPLICABLE
    if column.judged != "number":
        return _judged(column, value, folded)
    number = _number(_points(column, nfc(value)) if isinstance(value, str) else value)
    if number is None:
        return Bad(typed(value), "not_a_number", f"{column.key}: điểm “{shown(value)}” không phải là số.")
    kept = number if isinstance(number, int) or not isinstance(value, str) else typed(value)
    if number < 0:
        return Bad(kept, "negative", f"{column.key}: điểm {shown(value)} là số âm.")
    if column.maximum is not None and number > column.maximum:
        most = vn_number(column.maximum)
        return Bad(kept, "over_maximum", f"{column.key}: {shown(value)} điểm, tối đa {most} điểm.")
    return number


def _points(column: Column, text: str) -> str:
    """What stands before "đ", "điểm" or "/10" where 10 is the most."""
    match = _POINTS.fullmatch(text.lower())
    most = column.maximum
    return match[1] if match and (match[2] is None or (most is not None and match[2] == f"{most:g}")) else text


def _judged(column: Column, value: Any, folded: str) -> Any:
    """An indicator judged by yes and no, by a change, or by a share typed as a percent or as 12/15."""
    if column.judged == "yes_no":
        return yes_no(column, value)
    if column.judged == "change":
        return change(column, value)
    if match := re.fullmatch(r"(\d+)\s*/\s*(\d+)", folded):
        done, total = int(match[1]), int(match[2])
        if done <= total:
            return {"count": done, "of": total}
        return Bad(typed(value), "share_over_100", f"{column.key}: {shown(value)} lớn hơn 100 %.")
    return share(column, value)


def change(column: Column, value: Any) -> Any:
    """This year's figure against last year's, typed as 15,5/12; or the difference alone, which may be negative."""
    if isinstance(value, str) and (match := re.fullmatch(r"([^/]+)/([^/]+)", nfc(value))):
        now, before = _number(match[1].strip()), _number(match[2].strip())
        if now is not None and before is not None:
            return {"now": now, "before": before}
    number = _number(nfc(value) if isinstance(value, str) else value)
    if number is None:
        why = "cần số năm nay/số năm trước, ví dụ 15/12"
        return Bad(typed(value), "not_a_number", f"{column.key}: “{shown(value)}” không đọc được, {why}.")
    return number


def yes_no(column: Column, value: Any) -> Any:
    """Whether a mark means yes (x, ✓, Có, 1, TRUE, a day of registration) or no (Không, 0, FALSE, a dash)."""
    if isinstance(value, float):
        return value != 0
    if isinstance(value, date):
        return True
    folded = fold(value).strip(". ()[]")
    if folded in _YES or folded.startswith(("co ", "dang ky ", "da ")) or _NAMED_YEAR.fullmatch(folded):
        return True
    if folded in _NO or folded.startswith(("khong ", "chua ", "ko ")):
        return False
    return Bad(typed(value), "not_yes_no", f"{column.label}: không rõ “{shown(value)}” là có hay không.")


def phone(column: Column, value: Any) -> Any:
    """Ten digits: the lost zero given back, +84 and prefixes of 11 digits changed; of two the first; else as typed."""
    if isinstance(value, str) and (match := _SCIENTIFIC.fullmatch(value.strip())):
        value = _from_scientific(match) or value
    if isinstance(value, float) and value.is_integer():
        value = str(int(value))
    found = _one_phone(_REMARK.sub("", nfc(str(value))))
    if found is None and isinstance(value, str):
        found = next(filter(None, map(_one_phone, _BETWEEN_PHONES.split(_REMARK.sub("", value)))), None)
    return found or typed(value)


def _one_phone(text: str) -> str | None:
    """The digits of one number in the form of today, or None."""
    digits = _PHONE_MARKS.sub("", nfc(text).lstrip("'’"))
    if digits.startswith(("+84", "0084")):
        digits = "0" + digits.removeprefix("+84").removeprefix("0084")
    if digits.startswith("84") and len(digits) in (11, 12) and digits.isdigit():
        digits = "0" + digits[2:]
    if len(digits) in (9, 10) and not digits.startswith("0") and digits.isdigit():
        digits = "0" + digits
    if len(digits) == 11 and digits[:4] in _OLD_PREFIX:
        digits = _OLD_PREFIX[digits[:4]] + digits[4:]
    return digits if digits.isdigit() and digits.startswith("0") and len(digits) in (10, 11) else None


def cccd(column: Column, value: Any) -> Any:
    """Twelve digits as text; a number cell of ten or eleven lost its zeros, anything else is wrong."""
    rounded = f"{column.label} đã bị làm tròn thành {shown(value)}; định dạng cột là Văn bản rồi ghi lại đủ 12 chữ số."
    if isinstance(value, str) and (match := _SCIENTIFIC.fullmatch(value.strip())):
        value = _from_scientific(match)
        if value is None:
            return Bad(match[0], "bad_cccd", rounded)
    if isinstance(value, float) and value.is_integer():
        digits = str(int(value))
        if digits.endswith("000000"):
            return Bad(typed(value), "bad_cccd", rounded)
        if 10 <= len(digits) <= 12:
            return digits.zfill(12)
    else:
        digits = _PHONE_MARKS.sub("", nfc(str(value)).lstrip("'"))
        if len(digits) == 12 and digits.isascii() and digits.isdigit():
            return digits
    why = f"có {len(digits)} chữ số" if digits.isdigit() else "có ký tự không phải chữ số"
    return Bad(typed(value), "bad_cccd", f"{column.label} {why}; số CCCD phải đủ 12 chữ số.")


def _from_scientific(match: re.Match[str]) -> float | None:
    """The whole number a CSV holds as 6,4079901204E+10; None where digits were rounded away."""
    digits = match[1] + match[2]
    return float(digits) if len(match[2]) == int(match[3]) else None


def sex(column: Column, value: Any) -> Any:
    """male or female; anything else stands as typed."""
    folded = fold(text(value)).strip(". ")
    if folded in _MALE:
        return "male"
    return "female" if folded in _FEMALE else typed(value)


def group(column: Column, value: Any) -> Any:
    """The target group of a citizen, 1 to 4, by number or in words; anything else stands as typed."""
    folded = fold(text(value)).strip(". ")
    match = re.fullmatch(r"(?:nhom|dt|n|doi tuong)?\s*(?:so )?([1-4]|iv|i{1,3})(?:[.:)\-].*)?", folded)
    if match:
        return _ROMAN.get(match[1]) or int(match[1])
    plain = " ".join(re.split(r"[^\w]+", folded))
    for number, names in _GROUPS:
        if any(re.search(rf"\b{name}\b", plain) for name in names):
            return number
    return typed(value)


def birth_date(today: date, column: Column, value: Any) -> Any:
    """YYYY-MM-DD, or YYYY where only the year is known; impossible and future days are wrong."""
    found = _day(value, today)
    if found is None:
        return Bad(typed(value), "bad_birth_date", f"Ngày sinh “{shown(value)}” không đúng, cần ghi ngày/tháng/năm.")
    year, rest = found
    if year < 1900 or year > today.year or (rest and date.fromisoformat(f"{year}{rest}") > today):
        why = "ở tương lai" if year >= today.year else "quá xa"
        return Bad(typed(value), "bad_birth_date", f"Ngày sinh {shown(value)} {why}.")
    return f"{year}{rest}"


def _day(value: Any, today: date) -> tuple[int, str] | None:
    """Year and "-MM-DD" (empty where only the year is known) from any way of typing a day."""
    if isinstance(value, date):
        serial = (value - _EPOCH).days
        if 1900 <= serial <= today.year:  # a year typed into a cell that shows days: 1980 shows as 2/6/1905
            return serial, ""
        return value.year, f"-{value.month:02d}-{value.day:02d}"
    if isinstance(value, float):
        value = str(int(value)) if value.is_integer() else ""
    said = _REMARK_OF_DATE.sub(" ", fold(value))
    plain = " ".join(_WORDS_OF_DATE.sub(" ", said).replace("?", "").split()).strip(" .,")
    if plain.isdigit():
        return _bare_number(plain)
    if match := _ISO.fullmatch(plain):
        return _checked(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY.fullmatch(plain):
        return _checked(_century(match[3], today), int(match[2]), int(match[1]))
    if match := _MONTH.fullmatch(plain):
        return (int(match[2]), "") if int(match[1]) <= 12 else None
    return _odd_day(plain, today)


def _odd_day(plain: str, today: date) -> tuple[int, str] | None:
    """A year behind empty places ("--/--/1970"), or a day as English settings write it ("1-feb-70")."""
    if match := _YEAR_ALONE.fullmatch(plain):
        return int(match[1]), ""
    if match := _ENGLISH_DAY.fullmatch(plain):
        return _checked(_century(match[3], today), _MONTHS[match[2]], int(match[1]))
    return None


def _bare_number(digits: str) -> tuple[int, str] | None:
    """A number alone: a year, ddmmyyyy, or the serial number of a spreadsheet's day."""
    number = int(digits)
    if len(digits) == 4:
        return number, ""
    if len(digits) in (7, 8):  # a number of seven lost the zero of its day
        return _checked(int(digits[-4:]), int(digits[-6:-4]), int(digits[:-6]))
    if len(digits) == 5 and number < 60_000:
        day = _EPOCH + timedelta(days=number)
        return day.year, f"-{day.month:02d}-{day.day:02d}"
    return None


def _century(typed_year: str, today: date) -> int:
    """Two digits are of this century only when they are not yet past."""
    year = int(typed_year)
    return year if len(typed_year) == 4 else year + (2000 if year <= today.year % 100 else 1900)


def _checked(year: int, month: int, day: int) -> tuple[int, str] | None:
    """The parts of a day if it exists; 00/00/yyyy is a year alone."""
    if month == 0 or day == 0:
        return (year, "") if month <= 12 and day <= 31 else None
    try:
        date(year, month, day)
    except ValueError:
        return None
    return year, f"-{month:02d}-{day:02d}"


_CONVERTERS: dict[str, Callable[[Column, Any], Any]] = {
    "count": count,
    "share": share,
    "score": score,
    "yes_no": yes_no,
    "phone": phone,
    "cccd": cccd,
    "sex": sex,
    "group": group,
}


def converter(column: Column, today: date) -> Callable[[Any], Any]:
    """The function that turns a raw cell of this column into its value or a `Bad`."""
    if column.kind == "date":
        return partial(birth_date, today, column)
    found = _CONVERTERS.get(column.kind)
    return partial(found, column) if found else text
