"""The named fields of each Word paper: what a commune may write in a template of its own.

A field is written `{{ so }}` in the text. A list is gone through with `{%p for cau in can_cu %}` …
`{%p endfor %}`, each tag in a paragraph of its own. Rows of a long table are written once, in a row
of the table, with the row's kind before the point: `{{ dong.ten }}` (kinds: phan, nhom, dong).
"""

from dataclasses import dataclass

ROW_KINDS = ("phan", "nhom", "dong")
HEAD = {
    "co_quan_cap_tren": "Tên cơ quan cấp trên, có thể trống",
    "co_quan": "Tên cơ quan ban hành, chữ hoa",
    "so": "Số và ký hiệu, ví dụ 57/QĐ-UBND; chưa có số thì để chỗ trống",
    "dia_danh_ngay": "Địa danh và ngày tháng; chưa có ngày thì để chỗ trống",
    "nam": "Năm xét",
    "ghi_chu": "Dòng “Bộ tiêu chí minh họa…”, “Dữ liệu trình diễn” nếu có; trống với văn bản chính thức",
}
SIGNING = {
    "noi_nhan": "Danh sách nơi nhận",
    "ky": "Các dòng quyền hạn, chức vụ của người ký",
    "nguoi_ky": "Họ và tên người ký",
}
MEETING = {
    "co_quan_cap_tren": HEAD["co_quan_cap_tren"],
    "co_quan": "Tên nơi họp, chữ hoa",
    "so": "Số và ký hiệu của biên bản; có thể trống",
    "nam": HEAD["nam"],
    "ghi_chu": HEAD["ghi_chu"],
    "bat_dau": "Giờ và ngày bắt đầu họp",
    "ket_thuc": "Giờ kết thúc họp",
    "dia_diem": "Nơi họp",
    "chu_tri": "Họ tên, chức vụ người chủ trì",
    "thu_ky": "Họ tên, chức vụ thư ký",
    "ten_chu_tri": "Họ tên người chủ trì, ở chỗ ký",
    "ten_thu_ky": "Họ tên thư ký, ở chỗ ký",
    "y_kien": "Danh sách ý kiến tại cuộc họp",
}


@dataclass(frozen=True)
class Paper:
    """One kind of Word paper: its template, its fields, the kinds of row of its long table."""

    kind: str
    label: str
    fields: dict[str, str]
    rows: dict[str, dict[str, str]]

    @property
    def template(self) -> str:
        """File name of the template that comes with the product."""
        return f"{self.kind}.docx"


DECISION = Paper(
    "decision",
    "Quyết định công nhận",
    HEAD
    | SIGNING
    | {
        "trich_yeu": "Nội dung trích yếu",
        "tham_quyen": "Chức danh hoặc cơ quan ban hành, chữ hoa",
        "can_cu": "Các căn cứ ban hành, mỗi căn cứ một dòng, có dấu câu",
        "dieu_1": "Lời dẫn của Điều 1",
        "danh_hieu": "Các danh hiệu: danh_hieu.ten, danh_hieu.so_luong, danh_hieu.dau",
        "dieu": "Các điều tiếp theo: dieu.so, dieu.noi_dung",
    },
    {},
)
AWARDS = Paper(
    "awards",
    "Danh sách kèm theo quyết định",
    HEAD
    | SIGNING
    | {
        "tieu_de": "Tên danh sách",
        "kem_theo": "Câu “Kèm theo Quyết định số …”",
        "tong_so": "Tổng số được công nhận, viết theo cách viết số của Việt Nam",
    },
    {
        "phan": {"ten": "Tên danh hiệu", "so_luong": "Số được công nhận"},
        "nhom": {"ten": "Tên thôn, làng", "so_luong": "Số được công nhận trong thôn"},
        "dong": {
            "tt": "Số thứ tự",
            "ten": "Tên được công nhận",
            "chi_tiet": "Điểm, mức độ hoặc người đại diện",
            "so_giay": "Số vào sổ cấp giấy công nhận",
            "ghi_chu": "Ghi chú",
        },
    },
)
SUBMISSION = Paper(
    "submission",
    "Tờ trình",
    HEAD
    | SIGNING
    | {
        "trich_yeu": "Nội dung trích yếu",
        "kinh_gui": "Nơi nhận tờ trình",
        "can_cu": "Các căn cứ, mỗi căn cứ một dòng, có dấu câu",
        "mo_dau": "Đoạn mở đầu",
        "chi_tieu": "Các câu so với chỉ tiêu, mỗi chỉ tiêu một câu; có thể không có",
        "ket_luan": "Đoạn kết",
    },
    {
        "dong": {
            "tt": "Số thứ tự",
            "ten": "Danh hiệu",
            "tong_so": "Tổng số",
            "dang_ky": "Số đăng ký",
            "de_nghi": "Số đề nghị công nhận",
            "ty_le": "Tỷ lệ đề nghị trên tổng số",
        }
    },
)
VILLAGE_MINUTES = Paper(
    "village_minutes",
    "Biên bản họp thôn",
    MEETING
    | {
        "trich_yeu": "Nội dung họp",
        "trieu_tap": "Số hộ triệu tập",
        "co_mat": "Số hộ có đại diện dự họp",
        "vang": "Số vắng mặt",
        "ket_qua": "Các câu kết quả xét",
    },
    {
        "phan": {"ten": "Tên danh hiệu", "so_luong": "Số được đề nghị"},
        "dong": {"tt": "Số thứ tự", "ten": "Tên", "chi_tiet": "Điểm hoặc kết quả", "ghi_chu": "Ghi chú"},
    },
)
COUNCIL_MINUTES = Paper(
    "council_minutes",
    "Biên bản họp hội đồng",
    MEETING
    | {
        "trich_yeu": "Nội dung họp",
        "can_cu": "Quyết định thành lập hội đồng và các căn cứ",
        "hinh_thuc": "Họp hay lấy ý kiến bằng văn bản",
        "thanh_vien": "Thành viên: thanh_vien.tt, .ten, .chuc_vu, .vai_tro, .co_mat",
        "co_mat": "Số thành viên có mặt trên tổng số",
        "ket_luan": "Các câu kết luận",
    },
    {
        "dong": {
            "tt": "Số thứ tự",
            "ten": "Nội dung biểu quyết",
            "so_luong": "Số hồ sơ",
            "dong_y": "Phiếu đồng ý",
            "khong_dong_y": "Phiếu không đồng ý",
            "khong_y_kien": "Phiếu không có ý kiến",
        }
    },
)
LATER = {
    "trich_yeu": "Nội dung trích yếu",
    "tham_quyen": "Chức danh hoặc cơ quan ban hành, chữ hoa",
    "can_cu": "Các căn cứ ban hành, mỗi căn cứ một dòng, có dấu câu",
    "dieu_1": "Lời dẫn của Điều 1, trước bảng",
    "ly_do": "Lý do",
    "dieu": "Các điều tiếp theo: dieu.so, dieu.noi_dung",
}
CONCERNED = {
    "tt": "Số thứ tự",
    "ten": "Tên trên giấy công nhận",
    "thon": "Thôn, làng",
    "quyet_dinh": "Quyết định đã công nhận: số, ký hiệu, ngày",
    "so_giay": "Số vào sổ cấp giấy công nhận",
}
REVOCATION = Paper(
    "revocation",
    "Quyết định thu hồi",
    HEAD | SIGNING | LATER,
    {"dong": CONCERNED | {"danh_hieu": "Danh hiệu bị thu hồi"}},
)
CORRECTION = Paper(
    "correction",
    "Quyết định đính chính",
    HEAD | SIGNING | LATER,
    {"dong": CONCERNED | {"noi_dung": "Nội dung được đính chính", "tu": "Đã ghi", "thanh": "Đính chính thành"}},
)
OF_ROUND = (DECISION, AWARDS, SUBMISSION, VILLAGE_MINUTES, COUNCIL_MINUTES)
PAPERS = {paper.kind: paper for paper in (*OF_ROUND, REVOCATION, CORRECTION)}
