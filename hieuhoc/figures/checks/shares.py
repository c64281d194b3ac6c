"""Rules on one row: does the printed share follow from the printed counts, of the denominator that is named?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hieuhoc.common.numbers import percent, vn_int, vn_number
from hieuhoc.figures.checks.rows import NEAR, Finding, Row, Table
from hieuhoc.figures.checks.sizes import Known

# Every target read from a plan so far is a whole percent, nearly all of them multiples of five.
STEP = Decimal(5)


def exact(count: int | None, of: int | None) -> Decimal | None:
    """A share in percent; None where it cannot be formed."""
    return Decimal(count) * 100 / Decimal(of) if count is not None and of else None


def _follows(row: Row, of: int | None) -> bool:
    share = exact(row.counted, of)
    return share is not None and row.share is not None and row.share.shows(share)


def _known_bases(row: Row) -> list[int]:
    """The denominators the share can be of: the one named, else the other when only that was printed."""
    other = row.total if row.share_of == "registered" else row.registered
    if row.recognised is None:
        other = None
    return [of for of in ([row.base] if row.base is not None else [other]) if of]


def _said(row: Row, of: int) -> str:
    share = percent(row.counted, of)
    return f"{vn_int(row.counted or 0)}/{vn_int(of)} là {share}, in là {_shown(row)}"


def _shown(row: Row) -> str:
    return f"{vn_number(row.share.value)} %" if row.share else ""


class ShareMismatch:
    """M1. Tolerance: a share rounded or cut at the digits shown is right (M6, M7)."""

    name = "share_mismatch"
    title = "Tỷ lệ không khớp với số đếm"
    help = "Tính lại tỷ lệ từ số đếm, hoặc sửa số đếm; nếu in đúng, giải trình số liệu lấy từ đâu."
    lets_pass = (
        "tỷ lệ làm tròn hoặc cắt bớt ở chữ số đã in (57,58 hay 57,59 cho 57,589); «gần», «trên», «khoảng» "
        "lệch không quá 1 điểm phần trăm."
    )

    def find(self, table: Table, known: Known) -> Iterator[Finding]:
        """Rows whose share follows from no denominator that was printed."""
        for row in table.rows:
            if row.share is None or row.share.value > 100:
                continue
            for of in _known_bases(row):
                if not _follows(row, of) and not WrongDenominator.is_so(row):
                    yield Finding(row.row, self.name, f"{_said(row, of)}: tỷ lệ không khớp với số đếm.")


class WrongDenominator:
    """M4."""

    name = "wrong_denominator"
    title = "Tỷ lệ tính trên mẫu số khác với mẫu số đã ghi"
    help = "Ghi đúng mẫu số: tỷ lệ trên tổng số hay trên số đã đăng ký."
    lets_pass = ""

    def find(self, table: Table, known: Known) -> Iterator[Finding]:
        """Rows whose share follows from the other denominator than the one the file names."""
        for row in table.rows:
            if self.is_so(row):
                named, really = ("số đăng ký", "tổng số") if row.share_of == "registered" else ("tổng số", "số đăng ký")
                said = f"Tỷ lệ {_shown(row)} ghi là trên {named}, nhưng là trên {really}"
                yield Finding(row.row, self.name, f"{said}; trên {named} là {percent(row.counted, row.base)}.")

    @staticmethod
    def is_so(row: Row) -> bool:
        """Whether the share is of the denominator that is not named."""
        if row.share is None or row.recognised is None or not row.total or not row.registered:
            return False
        other = row.total if row.share_of == "registered" else row.registered
        return not _follows(row, row.base) and _follows(row, other)


class RecognisedOverRegistered:
    """M2."""

    name = "recognised_over_registered"
    title = "Số được công nhận nhiều hơn số đăng ký"
    help = "Chỉ đối tượng đã đăng ký mới được công nhận; kiểm tra hai số có cùng năm, cùng loại không."
    lets_pass = ""

    def find(self, table: Table, known: Known) -> Iterator[Finding]:
        """Rows with more recognised than registered."""
        for row in table.rows:
            if row.recognised is not None and row.registered is not None and row.recognised > row.registered:
                said = f"Công nhận {vn_int(row.recognised)} nhưng chỉ đăng ký {vn_int(row.registered)}."
                yield Finding(row.row, self.name, said)


class RoundedAcrossTarget:
    """M5: 79,87 % is not 80 %."""

    name = "rounded_across_target"
    title = "Làm tròn vượt mức chỉ tiêu"
    help = "In tỷ lệ với đủ số lẻ; tỷ lệ không được làm tròn lên đến mức chỉ tiêu khi số đếm chưa đạt."
    lets_pass = "số ghi «gần»; mức được xét là chỉ tiêu đang ràng buộc và các mức chẵn 5 %."

    def find(self, table: Table, known: Known) -> Iterator[Finding]:
        """Rows whose share was rounded up to a mark that the counts do not reach."""
        for row in table.rows:
            if row.share is None or row.share.qualifier == NEAR:
                continue
            for of in _known_bases(row):
                mark = _crossed(row, exact(row.counted, of), known)
                if mark is not None and (_follows(row, of) or row.target is not None):
                    said = f"{_said(row, of)}: chưa đạt mức {vn_number(mark)} %."
                    yield Finding(row.row, self.name, said)


def _crossed(row: Row, share: Decimal | None, known: Known) -> Decimal | None:
    """The mark between the exact share and the printed one: a target, or a multiple of five percent."""
    if share is None or row.share is None or share >= row.share.value:
        return None
    marks = [*known.targets(row), *([row.target] if row.target is not None else [])]
    marks.append(row.share.value // STEP * STEP)
    return max((mark for mark in marks if share < mark <= row.share.value), default=None)
