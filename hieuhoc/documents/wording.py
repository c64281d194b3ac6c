"""Standing words of official papers, and the room left where a number or a day is not known yet.

The forms are those of Nghị định 30/2020/NĐ-CP, phụ lục I: number and symbol ("Số: 12/QĐ-UBND"),
place and day ("Ia Tôr, ngày 21 tháng 11 năm 2026").
"""

from datetime import date

from hieuhoc.common.dates import vn_long_date

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
ILLUSTRATIVE = "Bộ tiêu chí minh họa – không phải văn bản chính thức"
DEMONSTRATION = "Dữ liệu trình diễn"
COPY = "BẢN SAO"
DOTS = "…" * 20

# Hard spaces keep the room open in Word and in Typst, where plain ones would be drawn together.
_ROOM = "\u00a0" * 8
_SMALL_ROOM = "\u00a0" * 6


def day_of(place: str, day: date | None, year: int) -> str:
    """Place and day of a paper; an unknown day leaves room for pen and ink in the given year."""
    if day is not None:
        return vn_long_date(place, day)
    return f"{place}, ngày{_SMALL_ROOM}tháng{_SMALL_ROOM}năm {year}"


def long_day(day: date | None, year: int) -> str:
    """The same without the place: "ngày 05 tháng 12 năm 2026"."""
    return day_of("", day, year).removeprefix(", ")


def number_of(number: str | None, symbol: str) -> str:
    """Number and symbol of a paper, "12/QĐ-UBND"; an unknown number leaves room before the stroke."""
    return f"{number or _ROOM}/{symbol}"


def notice(*, illustrative: bool, demonstration: bool) -> str:
    """What must stand on every page that is not official; empty for official papers."""
    parts = [(illustrative, ILLUSTRATIVE), (demonstration, DEMONSTRATION)]
    return " · ".join(words for holds, words in parts if holds)


def authority(name: str) -> str:
    """Name of a body in capitals, its place kept on one line: "ỦY BAN NHÂN DÂN" + "XÃ IA TÔR"."""
    capitals = name.upper()
    for kind in (" XÃ ", " PHƯỜNG ", " ĐẶC KHU ", " TỈNH ", " THÀNH PHỐ "):
        body, found, place = capitals.partition(kind)
        if found:
            return body + " " + (found + place).strip().replace(" ", "\u00a0")
    return capitals
