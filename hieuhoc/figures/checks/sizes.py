"""Rules on magnitudes: what cannot be so many, beside other figures of the place or beside the units there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from hieuhoc.common.numbers import vn_int, vn_number
from hieuhoc.figures.checks.rows import COUNTS, Finding, Row, Table, place_key

FIRST_YEAR, LAST_YEAR = 1996, 2045
# A learning clan is made of learning families: fewer than five families a clan in a whole place is not believed.
FAMILIES_A_CLAN = 5
ENOUGH_FAMILIES = 100


@dataclass(frozen=True)
class Units:
    """How many communes a place had at most in a year, in words, and whether the catalogue knows that year."""

    count: int
    exact: bool
    said: str


class Known(Protocol):
    """What is known of places outside the table."""

    def communes(self, row: Row) -> Units | None:
        """The communes of the row's place in its year; None where the place is not found."""

    def changed(self, before: Row, after: Row) -> bool:
        """Whether the place's territory changed between the two years, or nothing is known and it may have."""

    def targets(self, row: Row) -> list[Decimal]:
        """The targets in percent that bind the place in the year."""


class Nothing:
    """Nothing is known of any place; over the reform of 1/7/2025 a territory may have changed."""

    def communes(self, row: Row) -> Units | None:
        """Unknown."""
        return None

    def changed(self, before: Row, after: Row) -> bool:
        """Whether the two years lie on both sides of the reform."""
        return (before.year or 0) < 2026 and (after.year or 0) >= 2025

    def targets(self, row: Row) -> list[Decimal]:
        """None known."""
        return []


class Implausible:
    """M10, and what no count can be."""

    name = "implausible"
    title = "Độ lớn khó tin"
    help = "Kiểm tra đơn vị tính, dấu chấm phân cách và số bị gõ thừa; nếu đúng, giải trình."
    lets_pass = ""

    def find(self, table: Table, known: Known) -> Iterator[Finding]:
        """Rows with a share above 100 %, more than the total, a cell nobody can read, or as many clans as families."""
        families = self._families(table)
        for row in table.rows:
            for said in (*_alone(row), *self._clans(row, families)):
                yield Finding(row.row, self.name, said)

    @staticmethod
    def _families(table: Table) -> dict[tuple, Row]:
        return {(place_key(row.place), row.year): row for row in table.rows if row.kind == "FAMILY"}

    @staticmethod
    def _clans(row: Row, families: dict[tuple, Row]) -> Iterator[str]:
        beside = families.get((place_key(row.place), row.year)) if row.kind == "CLAN" else None
        for key in COUNTS if beside else ():
            clans, households = getattr(row, key), getattr(beside, key)
            if clans and households and households >= ENOUGH_FAMILIES and clans * FAMILIES_A_CLAN > households:
                yield f"{vn_int(clans)} dòng họ bên cạnh {vn_int(households)} gia đình: khó tin."
                return


def _alone(row: Row) -> Iterator[str]:
    """What is wrong with a row looked at alone."""
    for key in row.unread:
        yield f"Không đọc được ô «{key}»."
    if row.year is not None and not FIRST_YEAR <= row.year <= LAST_YEAR:
        yield f"Năm {row.year} khó tin."
    if row.share is not None and row.share.value > 100:
        yield f"Tỷ lệ {vn_number(row.share.value)} % vượt quá 100 %."
    for key in COUNTS:
        if (getattr(row, key) or 0) < 0:
            yield f"Số đếm {getattr(row, key)} nhỏ hơn không."
    for key, words in (("registered", "Đăng ký"), ("recognised", "Công nhận")):
        count = getattr(row, key)
        if count is not None and row.total is not None and count > row.total:
            yield f"{words} {vn_int(count)} nhưng tổng số chỉ có {vn_int(row.total)}."


class MoreThanUnits:
    """M11 to M13. Tolerance: years the catalogue does not know itself may have had up to a quarter more communes."""

    name = "more_than_units"
    title = "Nhiều hơn số đơn vị hành chính"
    help = "Kiểm tra cấp của số liệu (xã hay thôn) và ngày: sau sáp nhập số xã đã giảm."
    lets_pass = "nơi không tìm thấy trong danh mục địa bàn."
    OLDER = Decimal("1.25")

    def find(self, table: Table, known: Known) -> Iterator[Finding]:
        """Rows that count more communes than the place has."""
        for row in table.rows:
            if row.kind not in ("COMMUNE", "COMMUNE_ASSOCIATION") or row.year is None:
                continue
            most = max((getattr(row, key) or 0 for key in COUNTS), default=0)
            units = known.communes(row) if most else None
            if units and most > units.count * (1 if units.exact else self.OLDER):
                said = f"{vn_int(most)} xã, phường, nhưng theo danh mục {row.place} có {units.said}."
                yield Finding(row.row, self.name, said)
