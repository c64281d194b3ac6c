"""What the tests of this folder share: the sample workbooks and the two criteria sets they are scored by."""

from datetime import date
from pathlib import Path

from hieuhoc.sheets.columns import Indicator, IndicatorSet

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "data" / "sheets"
TODAY = date(2026, 11, 22)
VILLAGES = [
    "Làng Ring",
    "Thôn Phù Cát",
    "Thôn 1",
    "Thôn 2",
    "Làng Klũ",
    "Làng Phung",
    "Thôn Hòa Bình",
    "Làng Xom Bang",
    "Thôn Tân Lập",
    "Làng Ó Gang",
]
CITIZEN_LABELS = {
    "CD-1.1": "Đọc, tìm, cập nhật thông tin",
    "CD-1.2": "Kế hoạch học cá nhân",
    "CD-1.3": "Dự sinh hoạt, hội thảo, lớp học",
    "CD-1.4": "Động viên người khác cùng học",
    "CD-2.1": "Công nghệ thông tin, kỹ năng số",
    "CD-2.2": "Ngoại ngữ hoặc ngôn ngữ khác",
    "CD-2.3": "Tính toán",
    "CD-2.4": "Tư duy phản biện",
    "CD-3.1": "Thân thiện, giải quyết xung đột",
    "CD-3.2": "Hợp tác, chia sẻ",
}
FAMILY_KEYS = ("1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2")
CITIZEN_SET = IndicatorSet(
    "cdht-324", "CITIZEN", tuple(Indicator(key, label, 10) for key, label in CITIZEN_LABELS.items())
)
FAMILY_SET = IndicatorSet(
    "demo-family",
    "FAMILY",
    tuple(Indicator(f"GD-{n}", f"Chỉ số minh họa {n}", 20 if n == "2.2" else 10) for n in FAMILY_KEYS),
)
SETS = [CITIZEN_SET, FAMILY_SET]
