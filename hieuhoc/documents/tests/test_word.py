"""Templates a commune gives: what is taken, what is refused and in which words."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from hieuhoc.documents import fields, word
from hieuhoc.documents.word import TemplateRefused


def template(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A small template as a person makes it in Word."""
    paper = Document()
    for text in paragraphs:
        paper.add_paragraph(text)
    if rows:
        table = paper.add_table(rows=0, cols=len(rows[0]))
        for texts in rows:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def text_of(data: bytes) -> str:
    paper = Document(BytesIO(data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "|".join([paragraph.text for paragraph in paper.paragraphs] + cells)


@pytest.mark.parametrize("paper", fields.PAPERS.values(), ids=lambda paper: paper.kind)
def test_every_template_of_the_product_passes_its_own_check(paper):
    assert word.check(word.standard(paper), paper) == []


@pytest.mark.parametrize("paper", fields.PAPERS.values(), ids=lambda paper: paper.kind)
def test_every_row_field_is_used_by_the_template_of_the_product(paper):
    used = set(word.fields(word.standard(paper)))
    assert {f"{kind}.{name}" for kind, names in paper.rows.items() for name in names} <= used


def test_fields_names_what_a_template_uses():
    given = template("{{ so }} {{ ghi_chu }}", rows=(("{{ dong.tt }}", "{{ dong.ten }}"),))
    assert word.fields(given) == ["dong.ten", "dong.tt", "ghi_chu", "so"]


def test_a_field_torn_apart_by_word_is_still_one_field():
    paper = Document()
    paragraph = paper.add_paragraph("Số {{ ")
    paragraph.add_run("s").bold = True
    paragraph.add_run("o }}")
    row = paper.add_table(rows=1, cols=1).rows[0].cells[0].paragraphs[0]
    row.add_run("{{ dong")
    row.add_run(".ten }}").italic = True
    out = BytesIO()
    paper.save(out)
    made = word.render(out.getvalue(), {"so": "57"}, [("dong", {"ten": "Kpuih H'Ngưn"})])
    assert text_of(made) == "Số 57|Kpuih H'Ngưn"


def test_values_are_text_and_never_markup():
    given = template("{{ so }}", rows=(("{{ dong.ten }}",),))
    nasty = '<w:b/> & "H\'" {{ so }} \x07'
    made = word.render(given, {"so": nasty}, [("dong", {"ten": nasty})])
    assert text_of(made) == "|".join([nasty.removesuffix("\x07")] * 2)


def test_decomposed_letters_are_joined():
    made = word.render(template("{{ so }}"), {"so": "Hoa\u0300"})
    assert text_of(made) == "Hoà"


def test_eight_thousand_rows_stand_in_order():
    given = template("{{ so }}", rows=(("{{ dong.tt }}", "{{ dong.ten }}"), ("cuối", "bảng")))
    made = word.render(given, {"so": ""}, (("dong", {"tt": n, "ten": f"Hộ {n}"}) for n in range(8000)))
    table = Document(BytesIO(made)).tables[0]
    texts = ["".join(node.text for node in row.iter(qn("w:t"))) for row in table._tbl.tr_lst]
    assert texts == [f"{n}Hộ {n}" for n in range(8000)] + ["cuốibảng"]


@pytest.mark.parametrize(
    ("paragraph", "sentence"),
    [
        ("{{ trich_yieu }} {{ ghi_chu }}", "trường “trich_yieu” mà phần mềm không có. Gần nhất: “trich_yeu”"),
        ("{{ so {{ ghi_chu }}", "Thẻ trong mẫu bị hỏng"),
        ("{%p for cau in can_cu %} {{ ghi_chu }}", "Thẻ trong mẫu bị hỏng"),
        ("{{ ghi_chu }} {{ range(9) }}", "thẻ không được dùng (Call)"),
        ("{{ ghi_chu }} {{ so|upper }}", "thẻ không được dùng (Filter)"),
        ("{{ ghi_chu }} {{ 9 ** 9 }}", "thẻ không được dùng"),
        ("{{ ghi_chu }} {% set x = so %}", "thẻ không được dùng"),
        ("{{ so }}", "Mẫu thiếu trường “ghi_chu”"),
    ],
)
def test_a_wrong_tag_is_told_in_a_sentence(paragraph, sentence):
    problems = word.check(template(paragraph), fields.DECISION)
    assert any(sentence in problem for problem in problems)


def test_a_hidden_attribute_gives_nothing_away():
    with pytest.raises(TemplateRefused):
        word.render(template("{{ so.__class__.__mro__ }}"), {"so": "57"})


def test_a_list_template_needs_its_row_and_known_fields_in_it():
    bare = word.check(template("{{ ghi_chu }}"), fields.AWARDS)
    assert bare == ["Mẫu thiếu bảng danh sách: cần một hàng có các trường “dong.…”."]
    wrong = word.check(template("{{ ghi_chu }}", rows=(("{{ dong.tenn }}",),)), fields.AWARDS)
    assert wrong == ["Mẫu dùng trường “dong.tenn” mà phần mềm không có. Gần nhất: “dong.ten”."]


def test_a_field_without_a_value_is_refused_not_left_empty():
    with pytest.raises(TemplateRefused, match="chưa có giá trị"):
        word.render(template("{{ so }}"), {})


def zipped(**files: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "không phải là văn bản Word"),
        (b"<html>" * 50, "không phải là văn bản Word"),
        (zipped(word__document_xml=b"<x/>"), "không phải là văn bản Word"),
        (zipped(word__vbaProject_bin=b"x"), "macro"),
        (zipped(word__document_xml=b" " * 60_000_000), "giải nén ra quá lớn"),
        (b"P" * 5_000_001, "lớn hơn 5 MB"),
    ],
    ids=["empty", "html", "not-word", "macro", "bomb", "big"],
)
def test_a_file_that_is_no_template_is_refused_in_one_sentence(data, sentence):
    (problem,) = word.check(data, fields.DECISION)
    assert sentence in problem
