"""Files of every kind: Word with tables, PDF, text in Unicode, NFD, TCVN3 and VNI; and files that cannot be read."""

import io
import json
import unicodedata
import zipfile

import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter

from hieuhoc.common import legacy
from hieuhoc.documents import fonts
from hieuhoc.plans.reading import Refused, pdf_tables, read
from hieuhoc.plans.reading.source import MAXIMUM_BYTES, REFUSALS
from hieuhoc.plans.tests.papers import PAPERS
from hieuhoc.plans.tests.test_papers import in_a_line

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
IN_FILES = [paper for paper in PAPERS if paper.want.strip()]
ENCODINGS = {
    "nfd": lambda text: unicodedata.normalize("NFD", text).encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "tcvn3": lambda text: legacy.unicode_to_tcvn3(text).encode(),
    "tcvn3 bytes": lambda text: legacy.unicode_to_tcvn3(text).encode("cp1252", "ignore"),
    "vni": lambda text: legacy.unicode_to_vni(text).encode(),
    "vni bytes": lambda text: legacy.unicode_to_vni(text).encode("cp1252", "ignore"),
    "windows lines": lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
}


def word(text, table=()):
    """A Word file with these lines and one table."""
    document = Document()
    for line in text.strip().splitlines():
        document.add_paragraph(line)
    if table:
        made = document.add_table(0, len(table[0]))
        for row in table:
            for cell, said in zip(made.add_row().cells, row, strict=True):
                cell.text = said
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def pdf(text):
    """A PDF with this text, set in lines of a page."""
    typst = pytest.importorskip("typst")
    lines = json.dumps(text.strip().splitlines())
    style = '#set page(margin: 3cm)\n#set text(font: "Tinos", size: 14pt)\n'
    source = f"{style}#for line in json(bytes({json.dumps(lines)})) [#line\n\n]"
    return typst.compile(source.encode(), font_paths=[str(fonts.folder())])


def archive(files):
    """A zip archive of these files."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return output.getvalue()


@pytest.mark.parametrize("how", ENCODINGS)
def test_the_encoding_changes_nothing(how):
    for paper in PAPERS[:6]:
        plan = read(ENCODINGS[how](paper.text))
        assert sorted(map(in_a_line, plan.targets)) == sorted(paper.want.strip().splitlines()), paper.name
        assert plan.head.to_json()["place"] == dict(paper.head).get("place", plan.head.place)


def test_the_encoding_is_told():
    text = PAPERS[0].text
    assert [read(ENCODINGS[how](text)).encoding for how in ("nfd", "tcvn3", "vni bytes")] == ["unicode", "tcvn3", "vni"]


@pytest.mark.parametrize("paper", IN_FILES[:8], ids=[paper.name for paper in IN_FILES[:8]])
def test_a_word_file_says_what_its_text_says(paper):
    assert sorted(map(in_a_line, read(word(paper.text)).targets)) == sorted(paper.want.strip().splitlines())


def test_a_table_of_targets_and_one_of_activities_in_word():
    table = (
        ("TT", "Chỉ tiêu", "ĐVT", "Thực hiện 2022", "Năm 2025", "Năm 2030"),
        ("1", "Tỷ lệ hộ gia đình đạt danh hiệu “Gia đình học tập”", "%", "61,2", "70", "80"),
        ("2", "Công dân học tập", "", "", "", ""),
        ("", "- Trong gia đình", "%", "20", "40", "60"),
        ("", "- Trong đơn vị", "%", "35", "≥ 60", "trên 80"),
        ("3", "Số dòng họ được công nhận", "dòng họ", "3", "5", "9"),
        ("4", "Thu ngân sách", "tỷ đồng", "3", "5", "9"),
    )
    plan = read(
        word("KẾ HOẠCH\nThực hiện Chương trình 387 trên địa bàn xã A Sầu giai đoạn 2023-2030\nI. MỤC TIÊU", table)
    )
    assert list(map(in_a_line, plan.targets)) == [
        "FAMILY recognise households general 2025 >= 70",
        "FAMILY recognise households general 2030 >= 80",
        "CITIZEN recognise workers_in_recognised_groups general 2025 >= 40",
        "CITIZEN recognise workers_in_recognised_groups general 2030 >= 60",
        "CITIZEN recognise staff_in_recognised_organisations general 2025 >= 60",
        "CITIZEN recognise staff_in_recognised_organisations general 2030 > 80",
        "CLAN recognise clans general 2025 count 5 number",
        "CLAN recognise clans general 2030 count 9 number",
    ]
    acts = (("TT", "Nội dung", "Thời gian", "Thực hiện"), ("1.1", "Tập huấn", "IV/2024\nIII/2025", "HKH"))
    (activity,) = read(word("III. TIẾN ĐỘ THỰC HIỆN CHƯƠNG TRÌNH\nNhiệm vụ 1: Tuyên truyền", acts)).activities
    assert (activity.task, activity.item, len(activity.when)) == ("Nhiệm vụ 1: Tuyên truyền", "1.1", 2)


def test_years_in_rows_measures_in_columns_and_what_is_not_said_to_be_a_share():
    by_year = "Năm\tGia đình học tập (%)\tĐơn vị học tập (%)\n2025\t70\t80\n2030\t80\t90\n"
    by_measure = "Mô hình\tTỷ lệ đăng ký (%)\tTỷ lệ công nhận (%)\nGia đình học tập\t90\t70,5\n"
    bare = "Mô hình\tNăm 2025\nGia đình học tập\t70\n"
    lead = "I. MỤC TIÊU PHẤN ĐẤU ĐẾN NĂM 2026\n"
    assert list(map(in_a_line, read((lead + by_year).encode()).targets)) == [
        "FAMILY recognise households general 2025 >= 70",
        "ORGANISATION recognise organisations general 2025 >= 80",
        "FAMILY recognise households general 2030 >= 80",
        "ORGANISATION recognise organisations general 2030 >= 90",
    ]
    assert list(map(in_a_line, read((lead + by_measure).encode()).targets)) == [
        "FAMILY register households general 2026 >= 90",
        "FAMILY recognise households general 2026 >= 70.5",
    ]
    unsaid = read((lead + bare).encode())
    assert not unsaid.targets
    assert "unit_unclear" in {one.code for one in unsaid.warnings}


def test_marks_of_markdown_do_not_matter():
    text = "# KẾ HOẠCH\n\n## I. MỤC TIÊU\n\n### Đến năm 2025\n\n* **70%** gia đình đạt danh hiệu *“Gia đình học tập”*\n"
    assert list(map(in_a_line, read(text.encode()).targets)) == ["FAMILY recognise households general 2025 >= 70"]


def test_words_deleted_under_tracked_changes_are_not_read():
    body = (
        "<w:p><w:r><w:t>Phấn đấu đến năm 2025 có </w:t></w:r><w:del><w:r><w:delText>60%</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>70%</w:t></w:r></w:ins>"
        "<w:r><w:t> gia đình đạt danh hiệu “Gia đình học tập”.</w:t></w:r></w:p>"
    )
    data = archive({"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'})
    assert list(map(in_a_line, read(data).targets)) == ["FAMILY recognise households general 2025 >= 70"]


@pytest.mark.parametrize("paper", IN_FILES[:3], ids=[paper.name for paper in IN_FILES[:3]])
def test_a_pdf_says_what_its_text_says(paper):
    assert sorted(map(in_a_line, read(pdf(paper.text)).targets)) == sorted(paper.want.strip().splitlines())


PAGE = """
TT        Nội dung                 Thời gian          Thực hiện
          công việc                                   và phối hợp

1.1       Tập huấn nâng cao        Quý III/2023       HKH tỉnh chủ trì,
          năng lực cho cán bộ                         phối hợp với Sở Giáo
          Hội                                         dục và Đào tạo

                                     4

1.2       Sơ kết                   Hằng năm           HKH tỉnh
Trên đây là toàn bộ tiến độ thực hiện, đề nghị các cơ quan liên quan phối hợp./.
"""


def test_a_table_of_a_pdf_comes_back_by_its_columns():
    lines = [line for line in pdf_tables.lines_of([PAGE]) if line]
    assert lines == [
        "TT\tNội dung công việc\tThời gian\tThực hiện và phối hợp",
        "1.1\tTập huấn nâng cao năng lực cho cán bộ Hội\tQuý III/2023\t"
        "HKH tỉnh chủ trì, phối hợp với Sở Giáo dục và Đào tạo",
        "1.2\tSơ kết\tHằng năm\tHKH tỉnh",
        "Trên đây là toàn bộ tiến độ thực hiện, đề nghị các cơ quan liên quan phối hợp./.",
    ]


def test_a_table_set_in_a_pdf_gives_its_activities():
    typst = pytest.importorskip("typst")
    cells = ("TT", "Nội dung", "Thời gian", "Thực hiện", "1", "Tập huấn cán bộ Hội", "Quý I/2023", "HKH tỉnh",
             "2", "Sơ kết giữa kỳ", "Quý IV/2023", "Sở Giáo dục và Đào tạo")  # fmt: skip
    table = "#table(columns: (1cm, 1fr, 3cm, 4cm)," + ",".join(f"[{cell}]" for cell in cells) + ")"
    source = (
        f'#set text(font: "Tinos", size: 13pt)\nI. TIẾN ĐỘ THỰC HIỆN CHƯƠNG TRÌNH\n\n{table}\nTrên đây là kế hoạch./.'
    )
    plan = read(typst.compile(source.encode(), font_paths=[str(fonts.folder())]))
    assert [(one.item, one.text, one.when[0].quarter, one.who) for one in plan.activities] == [
        ("1", "Tập huấn cán bộ Hội", 1, "HKH tỉnh"),
        ("2", "Sơ kết giữa kỳ", 4, "Sở Giáo dục và Đào tạo"),
    ]


def locked():
    """A PDF with a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(scan())))
    writer.encrypt("mật khẩu")
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def scan():
    """A PDF of pages without text."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED = {
    "nothing": (lambda: b"", "empty"),
    "blank": (lambda: b" \n\t\n", "empty"),
    "an empty Word file": (lambda: word(""), "empty"),
    "half a Word file": (lambda: word("Kế hoạch năm 2025")[:900], "corrupted"),
    "a workbook": (lambda: archive({"xl/workbook.xml": "<a/>"}), "spreadsheet"),
    "an archive": (lambda: archive({"ảnh.txt": "không phải"}), "not_a_document"),
    "a bomb": (lambda: archive({"word/document.xml": b" " * (90 << 20)}), "too_large"),
    "entities": (lambda: archive({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "corrupted"),
    "deep nesting": (
        lambda: archive({"word/document.xml": f'<w:p xmlns:w="{W}">' + "<w:r>" * 99_999 + "</w:r>" * 99_999}),
        "corrupted",
    ),
    "a locked PDF": (locked, "encrypted"),
    "a scan": (scan, "image_only"),
    "half a PDF": (lambda: b"%PDF-1.7\n1 0 obj", "corrupted"),
    "a locked Word file": (lambda: COMPOUND + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "an old Word file": (lambda: COMPOUND + "WordDocument".encode("utf-16-le"), "old_word"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "not_a_document"),
    "bytes": (lambda: bytes(range(256)) * 50, "not_a_document"),
    "fifty megabytes": (lambda: b"a" * (MAXIMUM_BYTES + 1), "too_large"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(what):
    make, code = REFUSED[what]
    with pytest.raises(Refused) as refused:
        read(make(), "kế hoạch.docx")
    assert (refused.value.code, refused.value.message) == (code, REFUSALS[code])
