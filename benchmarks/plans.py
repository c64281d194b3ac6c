"""A plan of 200 pages read whole against a bare pass that only decodes, normalises and copies its text to match in.

The same invented text in one run, best of three: paragraphs, head, targets and, on every fourth page, a table of
activities. A page is counted as 2,800 characters.
"""
# ruff: noqa: E501

import re
import sys
import unicodedata

from benchmarks.sheets import best_of
from hieuhoc.plans.reading import read
from hieuhoc.plans.reading.document import plain

PAGES = 200
PAGE = 2_800
HEAD = """Số: 88/KH-UBND
Sông Dinh, ngày 18 tháng 4 năm 2023
KẾ HOẠCH
Thực hiện Chương trình “Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, cộng đồng, đơn vị giai đoạn 2021 - 2030” \
trên địa bàn tỉnh Sông Dinh
I. MỤC TIÊU
"""
GOALS = """{n}. Mục tiêu của huyện thứ {n} đến năm 2025
- {a}% gia đình được công nhận đạt danh hiệu “Gia đình học tập”; {b}% dòng họ được công nhận đạt danh hiệu “Dòng họ học tập”.
- 40% người lao động trong “Gia đình học tập”, “Dòng họ học tập”, “Cộng đồng học tập”; {c}% cán bộ, công chức, viên chức trong \
“Đơn vị học tập” trên địa bàn cấp xã đạt danh hiệu “Công dân học tập”.
- Phấn đấu 100% Chủ tịch hoặc Phó Chủ tịch Hội Khuyến học cấp xã tham gia quản lý trung tâm học tập cộng đồng.
"""
WORDS = """Tăng cường công tác tuyên truyền, nâng cao nhận thức của các cấp, các ngành và người dân về học tập suốt đời; đưa 12 nội \
dung vào sinh hoạt của 100% chi hội trong giai đoạn 2021 - 2025, theo Công văn số 49/CV-HKH ngày 05 tháng 5 năm 2022.
"""
ROWS = "Nhiệm vụ {n}: Tuyên truyền\nTT\tNội dung hoạt động\tThời gian\tĐơn vị thực hiện\n" + "".join(
    f"{{n}}.{row}\tTổ chức hội nghị lần thứ {row}\tQuý {row}/2024\tHội Khuyến học chủ trì, phối hợp với Sở Giáo dục và Đào tạo\n"
    for row in range(1, 5)
)


def paper(pages: int = PAGES) -> str:
    """An invented plan of this many pages, the same at every run."""
    parts = [HEAD]
    for page in range(1, pages + 1):
        said = GOALS.format(n=page, a=page % 60 + 30, b=page % 50 + 40, c=page % 40 + 50)
        said += ROWS.format(n=page) if page % 4 == 0 else ""
        parts.append(said + WORDS * max(1, (PAGE - len(said)) // len(WORDS)))
    return "".join(parts)


def bare(data: bytes) -> int:
    """Decode, normalise, copy, and look once for every figure."""
    text = unicodedata.normalize("NFC", data.decode())
    return len(re.findall(r"\d+", plain(text)))


def run() -> dict:
    """Seconds of both and their ratio; the targets and activities found say that the reading was whole."""
    data = paper().encode()
    passed = best_of(3, lambda: bare(data))
    found = read(data)
    taken = best_of(3, lambda: read(data))
    ratio = round(taken / passed, 1)
    whole = len(found.activities) == PAGES and len(found.targets) > 100
    return {
        "name": "A plan of 200 pages read against a bare pass over its text",
        "ratio": ratio,
        "wanted": "≤ 60, under 2 s",
        "ok": whole and ratio <= 60 and taken < 2,
        "bare_s": round(passed, 3),
        "read_s": round(taken, 2),
        "characters": len(data.decode()),
        "targets": len(found.targets),
        "activities": len(found.activities),
    }


if __name__ == "__main__":
    print(run(), file=sys.stdout)
