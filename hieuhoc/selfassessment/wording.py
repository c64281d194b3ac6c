"""What whoever holds a link is told about their data, in the version that consent is kept with. Pure.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: consent is explicit, for a named purpose, provable and withdrawable. A change
of these words is a new version.
"""

from __future__ import annotations

from hieuhoc.registry.models import Model

TEXT_VERSION = "2026-1"
PURPOSES = {"assess": "xã xem khi xét danh hiệu học tập của năm"}
WHAT = (
    ("Hỏi gì", "Chỉ các tiêu chí của danh hiệu. Không hỏi số căn cước, tôn giáo, dân tộc, thu nhập."),
    ("Dùng làm gì", "Để thôn và xã xem khi xét danh hiệu của năm nay. Tự chấm chưa phải là kết quả."),
    ("Ai xem được", "Người ghi của thôn, Hội Khuyến học và Ủy ban nhân dân xã, cấp trên khi kiểm tra. Không công bố."),
    ("Quyền", "Xem, sửa, rút lại bằng chính phiếu này, hoặc đến xã nhờ rút. Rút thì các câu trả lời bị xóa ngay."),
    ("Sau khi rút", "Điểm mà xã đã ghi vào hồ sơ thì ở lại hồ sơ; muốn xem lại thì báo Hội Khuyến học xã."),
)
WHO = {
    Model.FAMILY: "chủ hộ hoặc người lớn trong nhà",
    Model.CLAN: "trưởng họ hoặc người được dòng họ cử",
    Model.COMMUNITY: "trưởng thôn hoặc người được thôn cử",
    Model.ORGANISATION: "người đứng đầu đơn vị hoặc người được giao",
    Model.CITIZEN: "chính người có tên trên phiếu",
}
NAME = {Model.FAMILY: "Họ và tên chủ hộ", Model.CITIZEN: "Họ và tên"}
YEAR = {Model.FAMILY: "Năm sinh của chủ hộ", Model.CITIZEN: "Năm sinh"}
CHILD = "Cha, mẹ hoặc người giám hộ đã đọc và đồng ý cho người dưới 16 tuổi có tên trên phiếu tự chấm."
PERHAPS_CHILD = "Người có tên trên phiếu đã đủ 16 tuổi; nếu chưa đủ thì cha, mẹ hoặc người giám hộ đã đồng ý."
