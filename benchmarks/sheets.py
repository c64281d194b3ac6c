"""A roster of 100,000 households: the whole check in its own process against a bare read by the native reader.

The same file, side by side in one run, best of three. The check finds the table, maps and converts every column, looks
for duplicates and hands the values back; the bare read gives cells and nothing else. Applying is measured elsewhere.
"""

import io
import random
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

from python_calamine import CalamineWorkbook

from hieuhoc.sheets.engine import check
from hieuhoc.sheets.export import Page, workbook

ROWS = 100_000
VILLAGES = [f"Thôn {number}" for number in range(1, 101)]
HEADINGS = ("STT", "Thôn/làng", "Mã hộ", "Họ và tên chủ hộ", "Số CCCD", "Điện thoại", "Số khẩu",
            "Trẻ em trong độ tuổi đi học", "Người lớn", "Địa chỉ", "Đăng ký năm 2026")  # fmt: skip
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Rơ Châm", "Ksor", "Kpuih", "Bùi", "Đặng")
MIDDLE = ("Văn", "Thị", "Đức", "Xuân", "Ngọc", "Thị Kim", "Hữu")
GIVEN = ("Hòa", "Bình", "An", "Hlơi", "Thúy", "Quý", "Hùng", "Dũng", "Loan", "Mến")


def roster(rows: int = ROWS) -> bytes:
    """A roster of invented households, the same at every run."""
    chance = random.Random(387)
    return workbook([Page("DS hộ", HEADINGS, (_household(number, chance) for number in range(rows)))])


def _household(number: int, chance: random.Random) -> list[Any]:
    village = number * len(VILLAGES) // ROWS
    children, adults = chance.randrange(4), chance.randrange(1, 6)
    return [
        number + 1,
        VILLAGES[village],
        f"IT{village + 1:03d}-{number:06d}",
        f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}",
        f"064{chance.randrange(10**9):09d}",
        f"09{chance.randrange(10**8):08d}",
        children + adults,
        children,
        adults,
        f"Tổ {chance.randrange(1, 9)}, số nhà {chance.randrange(1, 200)}",
        chance.choice(("x", "x", "")),
    ]


def best_of(turns: int, act: Callable[[], Any]) -> float:
    """The shortest of several turns, in seconds."""
    taken = []
    for _ in range(turns):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return min(taken)


def run() -> dict:
    """Seconds of both, their ratio, and the most memory the reading process took."""
    data = roster()
    read = best_of(3, lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python())
    found = check(data, "households", villages=VILLAGES)
    checked = best_of(3, lambda: check(data, "households", villages=VILLAGES))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    right = found.records == ROWS and not found.problems
    ratio = round(checked / read, 2)
    return {
        "name": "Check of 100,000 households against a bare read",
        "ratio": ratio,
        "wanted": "≤ 3",
        "ok": right and ratio <= 3 and memory < 600,
        "read_s": round(read, 2),
        "check_s": round(checked, 2),
        "reader_MB": memory,
    }


if __name__ == "__main__":
    print(run(), file=sys.stdout)
