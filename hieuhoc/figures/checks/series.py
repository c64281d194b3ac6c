"""Rules on two years of one series: what changed more, or less, than such figures do.

A place whose territory changed in between is not compared (places that merge have new denominators by right).
Tolerances: households and people do not fall by more than 3 % a year (10 % in all) nor rise by more than 8 % a year
(25 %); clans, villages and units are reorganised and get 15 % and 30 %. A count that falls by more than half or rises
more than five times within three years is a break. Denominators implied by a rounded share are compared as ranges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from hieuhoc.common.numbers import vn_int, vn_number
from hieuhoc.figures.checks.rows import COUNTS, Finding, Row, Table, place_key
from hieuhoc.figures.checks.sizes import Known

PEOPLE = ("FAMILY", "CITIZEN", "MEMBER")
SLOW = {"fall": (Decimal(3), Decimal(10)), "rise": (Decimal(8), Decimal(25))}
LOOSE = {"fall": (Decimal(15), Decimal(15)), "rise": (Decimal(30), Decimal(30))}
FEW = 3
BREAK_WITHIN, HALF, TIMES, MANY = 3, 2, 5, 20
STALE_WITHIN, ENOUGH = 3, 50
WORDS = {"total": "tổng số", "registered": "số đăng ký", "recognised": "số được công nhận"}
# From this year on titles are judged by a new criteria set (domain §4).
NEW_CRITERIA = {
    "FAMILY": (2016, 2022),
    "CLAN": (2016, 2022),
    "COMMUNITY": (2016, 2022),
    "ORGANISATION": (2016, 2022, 2024),
    "CITIZEN": (2023,),
    "COMMUNE": (2024,),
}

Range = tuple[Decimal, Decimal]


def denominator(row: Row) -> tuple[str, Range] | None:
    """The denominator of a row as a range: printed, or implied by count and share; and of what it is."""
    if row.total:
        return "total", (Decimal(row.total), Decimal(row.total))
    if row.share is None or not row.counted or row.share.value <= 0:
        return None
    if row.share_of == "total" and row.registered is not None and row.recognised is not None:
        return None
    low, high = row.share.between
    if low <= 0:
        return None
    return row.share_of, (row.counted * 100 / high, row.counted * 100 / low)


def moved(before: Range, after: Range) -> tuple[str, Decimal]:
    """The least two ranges moved: which way, and by how much in percent of the earlier one."""
    if after[1] < before[0]:
        return "fall", (before[0] - after[1]) * 100 / before[0]
    if after[0] > before[1]:
        return "rise", (after[0] - before[1]) * 100 / before[1]
    return "", Decimal(0)


class DenominatorChanged:
    """M8, M14."""

    name = "denominator_changed"
    title = "Mẫu số thay đổi bất thường"
    help = "Kiểm tra mẫu số của hai năm có cùng nghĩa không (tổng số hộ, số hộ đăng ký, hộ hội viên)."
    lets_pass = (
        "hộ và người giảm không quá 3 % mỗi năm (tổng 10 %), tăng không quá 8 % mỗi năm (tổng 25 %); dòng họ, "
        "cộng đồng, đơn vị giảm đến 15 %, tăng đến 30 %; nơi đã nhập, tách giữa hai năm."
    )

    def find(self, table: Table, known: Known) -> Iterator[Finding]:
        """Later rows whose printed or implied denominator moved too far from the earlier one."""
        for before, after in table.pairs():
            one, other = denominator(before), denominator(after)
            if one is None or other is None or one[0] != other[0] or known.changed(before, after):
                continue
            way, share = moved(one[1], other[1])
            if way and share > self.allowed(way, before, after) and self._matters(one[1], other[1]):
                words = "giảm" if way == "fall" else "tăng"
                yield Finding(after.row, self.name, self._said(before, after, one[1], other[1], words))

    @staticmethod
    def allowed(way: str, before: Row, after: Row) -> Decimal:
        """The percent a denominator may move between the two years."""
        yearly, most = (SLOW if after.kind in PEOPLE else LOOSE)[way]
        return min(most, yearly * ((after.year or 0) - (before.year or 0)))

    @staticmethod
    def _matters(one: Range, other: Range) -> bool:
        return abs(one[0] - other[0]) > FEW and not _is_break(one[0], other[1])

    @staticmethod
    def _said(before: Row, after: Row, one: Range, other: Range, words: str) -> str:
        first, second = ((low + high) / 2 for low, high in (one, other))
        by = vn_number((abs(second - first) * 100 / first).quantize(Decimal("0.1")))
        years = f"năm {before.year} là {vn_int(round(first))}, năm {after.year} là {vn_int(round(second))}"
        return f"Mẫu số {words} {by} %: {years}."


def _is_break(one: Decimal | int, other: Decimal | int) -> bool:
    return max(one, other) >= MANY and (other * HALF < one or other > one * TIMES)


def _breaks(before: Row, after: Row) -> Iterator[tuple[str, int, int]]:
    """The counts that fall by more than half or rise more than five times."""
    for key in COUNTS:
        one, other = getattr(before, key), getattr(after, key)
        if one is not None and other is not None and _is_break(one, other):
            yield key, one, other


def criteria_between(before: Row, after: Row) -> str:
    """Why the two years are not judged alike: another title, another criteria set; "" when they are."""
    if before.old_title and not after.old_title:
        return "danh hiệu đã đổi"
    years = NEW_CRITERIA.get(after.kind, ())
    return "bộ tiêu chí đã đổi" if any((before.year or 0) < year <= (after.year or 0) for year in years) else ""


class SeriesBreak:
    """M9."""

    name = "series_break"
    title = "Chuỗi số liệu bị đứt"
    help = "Ghi rõ vì sao số liệu nhảy: sáp nhập, đổi cách đếm, hay chép nhầm."
    lets_pass = "hai năm cách nhau hơn 3 năm, số dưới 20, nơi đã nhập, tách, hoặc bộ tiêu chí đã đổi."

    def find(self, table: Table, known: Known) -> Iterator[Finding]:
        """Later rows with a count that no year-to-year change explains."""
        for before, after in table.pairs():
            if (after.year or 0) - (before.year or 0) > BREAK_WITHIN or known.changed(before, after):
                continue
            if criteria_between(before, after):
                continue
            for key, one, other in _breaks(before, after):
                said = f"{WORDS[key].capitalize()} từ {vn_int(one)} (năm {before.year})"
                yield Finding(after.row, self.name, f"{said} thành {vn_int(other)} (năm {after.year}).")
                break


class CriteriaChanged:
    """M16, M17: allowed, but the chart and the report must say so."""

    name = "criteria_changed"
    title = "Giảm khi đổi bộ tiêu chí hoặc danh hiệu"
    help = "Ghi chú trên biểu: hai năm xét theo bộ tiêu chí khác nhau nên không so sánh thẳng."
    lets_pass = ""

    def find(self, table: Table, known: Known) -> Iterator[Finding]:
        """Later rows that fall across a change of criteria set or title."""
        for before, after in table.pairs():
            why = criteria_between(before, after)
            fallen = _fallen(before, after) if why and not known.changed(before, after) else ""
            if fallen:
                said = f"{fallen}; giữa năm {before.year} và {after.year} {why}, không so sánh thẳng được."
                yield Finding(after.row, self.name, said)


def _fallen(before: Row, after: Row) -> str:
    """What fell, in words; the share before the count."""
    if before.share and after.share and after.share.between[1] < before.share.between[0]:
        return f"Tỷ lệ giảm từ {vn_number(before.share.value)} % còn {vn_number(after.share.value)} %"
    one, other = before.recognised, after.recognised
    if one is not None and other is not None and other < one and not (before.share and after.share):
        return f"Số được công nhận giảm từ {vn_int(one)} còn {vn_int(other)}"
    return ""


class Stale:
    """M15: the same figures again."""

    name = "stale"
    title = "Số liệu y nguyên năm trước"
    help = "Kiểm tra số liệu có được cập nhật không; nếu thật sự không đổi, giải trình."
    lets_pass = "một số lẻ loi dưới 50, hoặc tỷ lệ 0 % và 100 %."

    def find(self, table: Table, known: Known) -> Iterator[Finding]:
        """Later rows that repeat a whole year of a place, or counts too large to repeat by chance."""
        for pairs in self._by_years(table).values():
            same = [(before, after) for before, after in pairs if _said_of(before) == _said_of(after)]
            telling = [pair for pair in same if _telling(pair[1])]
            all_same = len(same) == len(pairs) > 1 and telling
            for before, after in same if all_same else [pair for pair in telling if _alone_enough(pair[1])]:
                said = f"Số liệu năm {after.year} y nguyên năm {before.year}: có thể chưa cập nhật."
                yield Finding(after.row, self.name, said)

    @staticmethod
    def _by_years(table: Table) -> dict[tuple, list[tuple[Row, Row]]]:
        found: dict[tuple, list[tuple[Row, Row]]] = defaultdict(list)
        for before, after in table.pairs():
            if (after.year or 0) - (before.year or 0) <= STALE_WITHIN:
                found[place_key(after.place), before.year, after.year].append((before, after))
        return found


def _said_of(row: Row) -> tuple:
    return row.total, row.registered, row.recognised, row.share.value if row.share else None


def _telling(row: Row) -> bool:
    """Whether the figures could well have been others: not all, none or a handful."""
    full = row.share is not None and row.share.value in (0, 100)
    all_of_them = row.recognised is not None and row.recognised == row.total
    return not full and not all_of_them and (row.share is not None or (row.counted or 0) >= ENOUGH)


def _alone_enough(row: Row) -> bool:
    """Whether one row alone cannot repeat by chance: a large count, or a share with decimals."""
    return (row.counted or 0) >= ENOUGH or (row.share is not None and row.share.digits > 0)
