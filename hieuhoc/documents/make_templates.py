"""Makes the Word templates that come with the product: `python -m hieuhoc.documents.make_templates`.

The .docx files in `templates/` are its output and are committed, so that a commune can take one,
change it in Word and put it back as its own. Change the papers here, not in the files.
"""

import sys
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from hieuhoc.documents import layout as lay

TEMPLATES = Path(__file__).parent / "templates"
LEFT, CENTER, RIGHT = ALIGN.LEFT, ALIGN.CENTER, ALIGN.RIGHT


def decision() -> Document:
    """Quyết định cá biệt, mẫu 1.2 of the decree: căn cứ, điều, nơi nhận."""
    paper = lay.new_paper()
    lay.head(paper)
    lay.title(paper, "QUYẾT ĐỊNH", "{{ trich_yeu }}")
    _decided(paper)
    lay.each(paper, "muc", "danh_hieu", "- {{ muc.so_luong }} {{ muc.ten }}{{ muc.dau }}")
    _further(paper)
    return paper


def revocation() -> Document:
    """Quyết định thu hồi: article 1 with the list of titles taken back, and why."""
    headers = ("TT", "Tên", "Thôn, làng", "Danh hiệu", "Quyết định công nhận", "Số vào sổ")
    names = ("tt", "ten", "thon", "danh_hieu", "quyet_dinh", "so_giay")
    return _later(headers, names, (12, 36, 24, 27, 32, 34))


def correction() -> Document:
    """Quyết định đính chính: article 1 with the words as printed and as they shall read, and why."""
    headers = ("TT", "Tên; thôn, làng", "Quyết định công nhận; số vào sổ", "Nội dung", "Đã ghi", "Đính chính thành")
    table = ("{{ dong.ten }}; {{ dong.thon }}", "{{ dong.quyet_dinh }}; số {{ dong.so_giay }}")
    return _later(headers, ("tt", *table, "noi_dung", "tu", "thanh"), (12, 34, 38, 16, 32, 33))


def _later(headers: Sequence[str], names: Sequence[str], widths: Sequence[float]) -> Document:
    paper = lay.new_paper()
    lay.head(paper)
    lay.title(paper, "QUYẾT ĐỊNH", "{{ trich_yeu }}")
    _decided(paper, 13)
    table = lay.ruled_table(paper, headers, widths)
    fields = [name if "{{" in name else f"{{{{ dong.{name} }}}}" for name in names]
    lay.add_row(table, fields, (CENTER, *[LEFT] * (len(names) - 1)), size=11.5)
    lay.body(paper, "Lý do: {{ ly_do }}", before=8, size=13)
    _further(paper, 13)
    return paper


def _decided(paper: Document, size: float = 14) -> None:
    """Who decides, on which bases, and how article 1 begins; letters of 13 or 14 as the decree allows."""
    lay.line(paper, "{{ tham_quyen }}", bold=True, before=4, after=8)
    lay.each(paper, "cau", "can_cu", "{{ cau }}", italic=True, size=size)
    lay.line(paper, "QUYẾT ĐỊNH:", bold=True, before=6, after=8)
    _article(lay.body(paper, ""), "Điều 1. ", "{{ dieu_1 }}", size)


def _further(paper: Document, size: float = 14) -> None:
    """The articles after the first, receivers and signature; the last goes along, so no page holds a name alone."""
    lay.tag(paper, "{%p for muc in dieu %}")
    lay.tag(paper, "{%p if loop.last %}")
    last = lay.body(paper, "")
    _article(last, "Điều {{ muc.so }}. ", "{{ muc.noi_dung }}", size)
    last.paragraph_format.keep_with_next = last.paragraph_format.keep_together = True
    lay.tag(paper, "{%p else %}")
    _article(lay.body(paper, ""), "Điều {{ muc.so }}. ", "{{ muc.noi_dung }}", size)
    lay.tag(paper, "{%p endif %}")
    lay.tag(paper, "{%p endfor %}")
    lay.signatures(paper)


def awards() -> Document:
    """Danh sách kèm theo quyết định: one table, by title and by village, its header on every page."""
    paper = lay.new_paper()
    lay.head(paper, dated=False, numbered=False)
    lay.line(paper, "DANH SÁCH", bold=True, before=12)
    lay.line(paper, "{{ tieu_de }}", bold=True)
    lay.line(paper, "{{ kem_theo }}", size=13, italic=True, before=2)
    lay.rule(paper, 58, 58)
    lay.line(paper, "", size=6)
    headers = ("TT", "Tên", "Kết quả", "Số vào sổ", "Ghi chú")
    table = lay.ruled_table(paper, headers, (12, 76, 24, 36, 17))
    lay.add_row(table, ("{{ phan.ten }} ({{ phan.so_luong }})",), (CENTER,), bold=True, size=12.5, keep=True)
    lay.add_row(table, ("{{ nhom.ten }}: {{ nhom.so_luong }}",), (LEFT,), bold=True, keep=True)
    fields = (
        "{{ dong.tt }}",
        "{{ dong.ten }}",
        "{{ dong.chi_tiet }}",
        "{{ dong.so_giay }}",
        "{{ dong.ghi_chu }}",
    )
    lay.add_row(table, fields, (CENTER, LEFT, CENTER, CENTER, LEFT))
    lay.body(paper, "Danh sách có {{ tong_so }} được công nhận./.", before=8).paragraph_format.keep_with_next = True
    lay.signatures(paper)
    return paper


def submission() -> Document:
    """Tờ trình of the association to the People's Committee."""
    paper = lay.new_paper()
    lay.head(paper)
    lay.title(paper, "TỜ TRÌNH", "{{ trich_yeu }}")
    lay.line(paper, "Kính gửi: {{ kinh_gui }}", before=4, after=10)
    lay.each(paper, "cau", "can_cu", "{{ cau }}", italic=True)
    lay.body(paper, "{{ mo_dau }}")
    headers = ("TT", "Danh hiệu", "Tổng số", "Đăng ký", "Đề nghị công nhận", "Tỷ lệ trên tổng số")
    table = lay.ruled_table(paper, headers, (12, 58, 22, 22, 24, 27))
    names = ("tt", "ten", "tong_so", "dang_ky", "de_nghi", "ty_le")
    lay.add_row(table, [f"{{{{ dong.{name} }}}}" for name in names], (CENTER, LEFT, RIGHT, RIGHT, RIGHT, RIGHT))
    lay.tag(paper, "{%p if chi_tieu %}")
    lay.body(paper, "So với chỉ tiêu của các kế hoạch đang có hiệu lực:", before=8)
    lay.tag(paper, "{%p endif %}")
    lay.each(paper, "cau", "chi_tieu", "- {{ cau }}")
    lay.body(paper, "{{ ket_luan }}", before=8).paragraph_format.keep_with_next = True
    lay.signatures(paper)
    return paper


def village_minutes() -> Document:
    """Biên bản họp thôn: who came, what was said, who is put forward."""
    paper = lay.new_paper()
    lay.head(paper, dated=False, numbered=False)
    lay.title(paper, "BIÊN BẢN", "{{ trich_yeu }}")
    _meeting(paper)
    lay.body(
        paper,
        "Thành phần: triệu tập {{ trieu_tap }} hộ, có mặt đại diện của {{ co_mat }} hộ, vắng {{ vang }} hộ.",
    )
    _heading(paper, "I. Ý KIẾN TẠI CUỘC HỌP")
    lay.each(paper, "cau", "y_kien", "- {{ cau }}")
    _heading(paper, "II. KẾT QUẢ")
    lay.each(paper, "cau", "ket_qua", "- {{ cau }}")
    _heading(paper, "III. DANH SÁCH ĐỀ NGHỊ")
    table = lay.ruled_table(paper, ("TT", "Tên", "Kết quả", "Ghi chú"), (12, 91, 32, 30))
    lay.add_row(table, ("{{ phan.ten }} ({{ phan.so_luong }})",), (LEFT,), bold=True, keep=True)
    fields = ("{{ dong.tt }}", "{{ dong.ten }}", "{{ dong.chi_tiet }}", "{{ dong.ghi_chu }}")
    lay.add_row(table, fields, (CENTER, LEFT, CENTER, LEFT))
    _closing(paper)
    lay.two_signers(paper, (("THƯ KÝ", "{{ ten_thu_ky }}"), ("CHỦ TRÌ", "{{ ten_chu_tri }}")))
    return paper


def council_minutes() -> Document:
    """Biên bản họp hội đồng: members, votes, conclusion."""
    paper = lay.new_paper()
    lay.head(paper, dated=False)
    lay.title(paper, "BIÊN BẢN", "{{ trich_yeu }}")
    lay.each(paper, "cau", "can_cu", "{{ cau }}", italic=True)
    _meeting(paper)
    lay.body(paper, "Hình thức: {{ hinh_thuc }}.")
    _heading(paper, "I. THÀNH VIÊN (CÓ MẶT {{ co_mat }})")
    _members(paper)
    _heading(paper, "II. Ý KIẾN")
    lay.each(paper, "cau", "y_kien", "- {{ cau }}")
    _heading(paper, "III. KẾT QUẢ BIỂU QUYẾT")
    headers = ("TT", "Nội dung", "Số hồ sơ", "Đồng ý", "Không đồng ý", "Không ý kiến")
    table = lay.ruled_table(paper, headers, (12, 63, 22, 22, 23, 23))
    names = ("tt", "ten", "so_luong", "dong_y", "khong_dong_y", "khong_y_kien")
    lay.add_row(table, [f"{{{{ dong.{name} }}}}" for name in names], (CENTER, LEFT, RIGHT, RIGHT, RIGHT, RIGHT))
    _heading(paper, "IV. KẾT LUẬN")
    lay.each(paper, "cau", "ket_luan", "- {{ cau }}")
    _closing(paper)
    lay.two_signers(paper, (("THƯ KÝ", "{{ ten_thu_ky }}"), ("CHỦ TỊCH HỘI ĐỒNG", "{{ ten_chu_tri }}")))
    return paper


def _members(paper: Document) -> None:
    headers, widths = ("TT", "Họ và tên", "Chức vụ", "Vai trò", "Có mặt"), (12, 46, 54, 35, 18)
    table = lay.ruled_table(paper, headers, widths)
    lay.add_row(table, ("{%tr for nguoi in thanh_vien %}",), (LEFT,))
    names = ("tt", "ten", "chuc_vu", "vai_tro", "co_mat")
    lay.add_row(table, [f"{{{{ nguoi.{name} }}}}" for name in names], (CENTER, LEFT, LEFT, LEFT, CENTER))
    lay.add_row(table, ("{%tr endfor %}",), (LEFT,))


def _meeting(paper: Document) -> None:
    lay.body(paper, "Bắt đầu: {{ bat_dau }}.")
    lay.body(paper, "Địa điểm: {{ dia_diem }}.")
    lay.body(paper, "Chủ trì: {{ chu_tri }}.")
    lay.body(paper, "Thư ký: {{ thu_ky }}.")


def _closing(paper: Document) -> None:
    text = "Cuộc họp kết thúc {{ ket_thuc }}. Biên bản đã được đọc lại, những người dự họp nhất trí thông qua./."
    lay.body(paper, text, before=8)


def _heading(paper: Document, text: str) -> None:
    lay.body(paper, text, bold=True, before=6).paragraph_format.keep_with_next = True


def _article(paragraph, name: str, text: str, size: float) -> None:
    lay.write(paragraph, name, bold=True, size=size)
    lay.write(paragraph, text, after=6, size=size)


MAKERS: tuple[Callable[[], Document], ...] = (
    decision, awards, submission, village_minutes, council_minutes, revocation, correction,
)  # fmt: skip


def save(paper: Document, target: Path) -> None:
    """Write a paper so that the same paper is the same file: no clock, no author's name."""
    paper.core_properties.author = "Hiếu Học"
    packed = BytesIO()
    paper.save(packed)
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in source.infolist():
            still = zipfile.ZipInfo(entry.filename, (2026, 1, 1, 0, 0, 0))
            still.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(still, source.read(entry))


def main(folder: Path = TEMPLATES) -> None:
    """Write every template into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for make in MAKERS:
        save(make(), folder / f"{make.__name__}.docx")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
