"""Values that several tests of papers share."""

from datetime import date

from hieuhoc.documents.papers import Letterhead, Line, Meeting, Member, Section, Village

COMMITTEE = Letterhead(
    authority="Ủy ban nhân dân xã Ia Tôr",
    issued_place="Ia Tôr",
    year=2026,
    symbol="QĐ-UBND",
    signing=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    signer="Nguyễn Thị Minh Hạnh",
    receivers=("Như Điều 3;", "Lưu: VT."),
    number="57",
    day=date(2026, 12, 5),
)
FAMILIES = Section(
    "GIA ĐÌNH HỌC TẬP",
    "hộ",
    [
        Village("Làng Klăh", [Line("Kpuih H'Ngưn", "92", "0001/GĐHT-2026"), Line("Trần & Lê <con>", "88")]),
        Village("Thôn Đồng Tâm", [Line("=SUM(A1)", "81", note="Công nhận lại")]),
    ],
)
EVENING = Meeting(
    begun="19 giờ 00, ngày 12 tháng 11 năm 2026",
    ended="lúc 21 giờ 00 cùng ngày",
    venue="Nhà sinh hoạt cộng đồng làng Klăh",
    chair="Rơ Châm Hyơi",
    chair_post="Trưởng thôn",
    secretary="Siu H'Blơi",
    secretary_post="Chi hội trưởng",
    opinions=("Nhất trí với kết quả chấm điểm.",),
)
COUNCIL = [
    Member("Nguyễn Thị Minh Hạnh", "Phó Chủ tịch UBND xã", "Chủ tịch hội đồng", True),
    Member("Rơ Châm Hyơi", "Chủ tịch Hội Khuyến học xã", "Phó Chủ tịch", True),
    Member("Lê Văn Bình", "Công chức Văn hóa – Xã hội", "Thư ký", False),
]
