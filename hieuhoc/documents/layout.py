"""The pieces of an administrative paper in Word, as Nghị định 30/2020/NĐ-CP, phụ lục I lays them out.

A4, Times New Roman 13-14, margins 20 / 20 / 30 / 15 mm, page number in the middle of the top margin
from the second page on. Used by the maker of the templates only.
"""

from collections.abc import Sequence

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from hieuhoc.documents.wording import MOTTO, NATION

FONT = "Times New Roman"


def new_paper() -> DocumentType:
    """An empty A4 paper with the margins, letters and page numbers of the decree."""
    paper = Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    _number_pages(section.header.paragraphs[0])
    _default_letters(paper)
    return paper


def _default_letters(paper: DocumentType) -> None:
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)


def _number_pages(paragraph: Paragraph) -> None:
    paragraph.alignment = ALIGN.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size: float = 14,
    bold=False,
    italic=False,
    align=None,
    before=0.0,
    after=0.0,
) -> Paragraph:
    """Put words into a paragraph, in one run, so that a field is never torn apart."""
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), FONT
    run.bold, run.italic = bold, italic
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return paragraph


def line(container: DocumentType | _Cell, text: str, **style) -> Paragraph:
    """A centred paragraph of its own."""
    return write(container.add_paragraph(), text, align=style.pop("align", ALIGN.CENTER), **style)


def body(container: DocumentType | _Cell, text: str, **style) -> Paragraph:
    """A paragraph of the text: justified, first line drawn in by 1,27 cm, 6 points after."""
    paragraph = write(container.add_paragraph(), text, align=ALIGN.JUSTIFY, after=style.pop("after", 6), **style)
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    paragraph.paragraph_format.line_spacing = 1.1
    return paragraph


def tag(container: DocumentType | _Cell, text: str) -> None:
    """A paragraph that holds nothing but a tag and leaves no trace on paper."""
    write(container.add_paragraph(), text, size=8)


def each(container: DocumentType | _Cell, name: str, values: str, text: str, **style) -> None:
    """One paragraph of the text for each of the values."""
    tag(container, f"{{%p for {name} in {values} %}}")
    (style.pop("make", body))(container, text, **style)
    tag(container, "{%p endfor %}")


def rule(container: DocumentType | _Cell, inset_left: float, inset_right: float) -> None:
    """A drawn line under the paragraph before it, inset by millimetres from both sides."""
    paragraph = container.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent, form.right_indent = Mm(inset_left), Mm(inset_right)
    form.line_spacing, form.space_before = Pt(4), Pt(2)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{key}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.add_run().font.size = Pt(2)


def head(paper: DocumentType, *, dated: bool = True, numbered: bool = True) -> None:
    """Issuing body and number at the left, nation, motto, place and day at the right."""
    table = plain_table(paper, (70, 98))
    left, right = table.rows[0].cells
    _drop_empty_first(left)
    tag(left, "{%p if co_quan_cap_tren %}")
    line(left, "{{ co_quan_cap_tren }}", size=12.5)
    tag(left, "{%p endif %}")
    line(left, "{{ co_quan }}", size=12.5, bold=True)
    rule(left, 22, 22)
    write(right.paragraphs[0], NATION, size=12.5, bold=True, align=ALIGN.CENTER)
    line(right, MOTTO, size=14, bold=True)
    rule(right, 22, 22)
    if numbered:
        line(left, "Số: {{ so }}", size=13, before=2)
    if dated:
        line(right, "{{ dia_danh_ngay }}", size=14, italic=True, before=2)
    _notice(paper)


def _notice(paper: DocumentType) -> None:
    tag(paper, "{%p if ghi_chu %}")
    line(paper, "{{ ghi_chu }}", size=12, bold=True, italic=True, before=6)
    tag(paper, "{%p endif %}")


def title(paper: DocumentType, name: str, about: str) -> None:
    """Name of the paper and what it is about, with the short line below."""
    line(paper, name, size=14, bold=True, before=14)
    line(paper, about, size=14, bold=True)
    rule(paper, 58, 58)
    paper.paragraphs[-1].paragraph_format.space_after = Pt(10)


def signatures(paper: DocumentType) -> None:
    """Receivers at the left; authority, title, room for signature and seal, name at the right."""
    line(paper, "", size=6).paragraph_format.keep_with_next = True
    row = plain_table(paper, (78, 87)).rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = row.cells
    write(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True)
    each(left, "noi", "noi_nhan", "- {{ noi }}", make=line, size=11, align=ALIGN.LEFT)
    _drop_empty_first(right)
    each(right, "cau", "ky", "{{ cau }}", make=line, size=14, bold=True)
    for _ in range(4):
        line(right, "", size=14)
    line(right, "{{ nguoi_ky }}", size=14, bold=True)


def two_signers(paper: DocumentType, signers: Sequence[tuple[str, str]]) -> None:
    """Two people who sign minutes side by side: (role, field of the name)."""
    line(paper, "", size=6)
    cells = plain_table(paper, (82, 83)).rows[0].cells
    for cell, (role, name) in zip(cells, signers, strict=True):
        write(cell.paragraphs[0], role, bold=True, align=ALIGN.CENTER)
        line(cell, "(Ký, ghi rõ họ tên)", size=12, italic=True)
        for _ in range(4):
            line(cell, "")
        line(cell, name, bold=True)


def plain_table(paper: DocumentType, widths: Sequence[float]) -> Table:
    """A row without lines that holds columns side by side, widths in millimetres."""
    table = paper.add_table(rows=1, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _no_padding(table)
    fix_widths(table, widths)
    return table


def ruled_table(paper: DocumentType, headers: Sequence[str], widths: Sequence[float]) -> Table:
    """A table with lines and a header that is repeated on every page."""
    table = paper.add_table(rows=1, cols=len(headers))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, words in zip(table.rows[0].cells, headers, strict=True):
        write(cell.paragraphs[0], words, size=12, bold=True, align=ALIGN.CENTER, before=2, after=2)
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))
    fix_widths(table, widths)
    return table


def add_row(table: Table, texts: Sequence[str], aligns: Sequence, **style) -> None:
    """A row of fields; fewer texts than columns: the last one spans what is left."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    if len(texts) < len(row.cells):
        row.cells[len(texts) - 1].merge(row.cells[-1])
    for cell, text, align in zip(row.cells, texts, aligns, strict=False):
        write(cell.paragraphs[0], text, size=style.get("size", 12), bold=style.get("bold", False), align=align)
        cell.paragraphs[0].paragraph_format.space_before = Pt(1.5)
        cell.paragraphs[0].paragraph_format.space_after = Pt(1.5)
        cell.paragraphs[0].paragraph_format.keep_with_next = style.get("keep", False)


def fix_widths(table: Table, widths: Sequence[float]) -> None:
    """Give every cell its width in millimetres: Word reads the cells, LibreOffice the grid."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _no_padding(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)


def _drop_empty_first(cell: _Cell) -> None:
    first = cell.paragraphs[0]._p
    first.getparent().remove(first)
