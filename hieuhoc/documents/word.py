"""Word papers from templates with named fields.

A template is a .docx with `{{ fields }}`; a commune may replace one by its own, so a template is
read as a stranger's file: its size is limited, its tags may name fields, go through lists and ask
whether something is there, and nothing else. Rows of a long table do not pass through the template
engine: the row of the template is copied as XML, 8,000 rows in about a second.

    word.render(template, {"so": "57/QĐ-UBND", …}, rows=[("nhom", {…}), ("dong", {…}), …])  # bytes
    word.fields(template)            # names used, "dong.ten" for fields of rows
    word.check(template, paper)      # sentences; empty when the template can be used
"""

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize
from xml.sax.saxutils import escape

import jinja2
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docxtpl import DocxTemplate
from jinja2 import meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from hieuhoc.documents.fields import ROW_KINDS, Paper

TEMPLATES = Path(__file__).parent / "templates"
MOST_BYTES = 5_000_000
MOST_UNPACKED = 50_000_000
_ANCHOR = "00D0D0D0"
# What a template may say: fields, loops over them, conditions on them. No calls, no filters, no sums.
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
)
_ROW_FIELD = re.compile(r"\{\{\s*(\w+)\.(\w+)\s*\}\}")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)

Row = tuple[str, Mapping[str, Any]]


class TemplateRefused(ValueError):
    """The template cannot be used; `problems` are sentences for the person who gave it."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


def standard(paper: Paper) -> Path:
    """The template of a paper that comes with the product."""
    return TEMPLATES / paper.template


def render(template: Path | bytes, context: Mapping[str, Any], rows: Iterable[Row] = ()) -> bytes:
    """Template, fields and the rows of its long table in; the .docx out. Refuses a broken template."""
    document = _open(template)
    patterns, tabled = _take_rows(document)
    try:
        document.render(_clean(context), _ENVIRONMENT)
    except jinja2.UndefinedError as error:
        raise TemplateRefused([f"Mẫu có trường chưa có giá trị: {error.message}."]) from error
    except jinja2.TemplateError as error:
        raise TemplateRefused([_broken(error)]) from error
    if tabled:
        _put_rows(document, patterns, rows)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def fields(template: Path | bytes) -> list[str]:
    """Names of the fields a template uses, sorted; fields of rows as `dong.ten`."""
    document = _open(template)
    patterns, _ = _take_rows(document)
    tree = _parsed(document)
    of_rows = {f"{kind}.{name}" for kind, pattern in patterns.items() for name in pattern.names}
    return sorted(meta.find_undeclared_variables(tree) | of_rows)


def check(template: Path | bytes, paper: Paper) -> list[str]:
    """What is wrong with a template for a paper, as sentences; an empty list when it can be used."""
    try:
        document = _open(template)
        patterns, _ = _take_rows(document)
        tree = _parsed(document)
    except TemplateRefused as refused:
        return refused.problems
    names = meta.find_undeclared_variables(tree)
    problems = [_unknown(name, paper.fields) for name in sorted(names - set(paper.fields))]
    problems += _row_problems(patterns, paper)
    if "ghi_chu" not in names:
        problems.append("Mẫu thiếu trường “ghi_chu”: dòng báo bộ tiêu chí minh họa phải có chỗ đứng.")
    return problems


def _row_problems(patterns: Mapping[str, "_RowPattern"], paper: Paper) -> list[str]:
    problems = []
    for kind, pattern in patterns.items():
        known = paper.rows.get(kind, {})
        problems += [_unknown(f"{kind}.{name}", [f"{kind}.{k}" for k in known]) for name in pattern.names - set(known)]
    if "dong" in paper.rows and "dong" not in patterns:
        problems.append("Mẫu thiếu bảng danh sách: cần một hàng có các trường “dong.…”.")
    return problems


def _unknown(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1)
    hint = f" Gần nhất: “{near[0]}”." if near else ""
    return f"Mẫu dùng trường “{name}” mà phần mềm không có.{hint}"


# --- reading a template as a stranger's file


def _open(template: Path | bytes) -> DocxTemplate:
    data = template.read_bytes() if isinstance(template, Path) else template
    _refuse_unsafe(data)
    document = DocxTemplate(BytesIO(data))
    try:
        document.init_docx()
        document.docx.element.body  # noqa: B018 - a zip without a text fails here
    except Exception as error:
        raise TemplateRefused(["Tệp không phải là văn bản Word (.docx) đọc được."]) from error
    return document


def _refuse_unsafe(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise TemplateRefused([f"Tệp mẫu lớn hơn {MOST_BYTES // 1_000_000} MB."])
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
            macros = any(entry.filename.endswith("vbaProject.bin") for entry in packed.infolist())
    except zipfile.BadZipFile as error:
        raise TemplateRefused(["Tệp không phải là văn bản Word (.docx) đọc được."]) from error
    if size > MOST_UNPACKED:
        raise TemplateRefused(["Tệp mẫu giải nén ra quá lớn."])
    if macros:
        raise TemplateRefused(["Tệp mẫu có macro. Lưu lại thành .docx không có macro."])


def _parsed(document: DocxTemplate) -> nodes.Template:
    """The tags of text, headers and footers as one tree; only what a template may say."""
    try:
        tree = _ENVIRONMENT.parse(_source(document))
    except jinja2.TemplateSyntaxError as error:
        raise TemplateRefused([_broken(error)]) from error
    strange = next((node for node in _walk(tree) if not isinstance(node, _ALLOWED)), None)
    if strange is not None:
        raise TemplateRefused(
            [f"Mẫu có thẻ không được dùng ({type(strange).__name__}): chỉ dùng tên trường, for và if."]
        )
    return tree


def _source(document: DocxTemplate) -> str:
    parts = [document.get_xml()]
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        parts += [document.get_part_xml(part) for _, part in document.get_headers_footers(uri)]
    return "\n".join(document.patch_xml(part) for part in parts)


def _walk(node: nodes.Node) -> Iterable[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _broken(error: jinja2.TemplateError) -> str:
    advice = "Xem lại các dấu {{ }} và {% %}; mỗi for phải có endfor, mỗi if phải có endif."
    return f"Thẻ trong mẫu bị hỏng: {error.message}. {advice}"


# --- the long table


class _RowPattern:
    """The XML of one kind of row, cut at its fields, so that a row is a join of strings."""

    def __init__(self, xml: str) -> None:
        self.pieces = _ROW_FIELD.split(xml)
        self.names = set(self.pieces[2::3])

    def fill(self, values: Mapping[str, Any]) -> str:
        """The row's XML with the values in it."""
        out = list(self.pieces[0::3])
        for place, name in enumerate(self.pieces[2::3]):
            out[place] += escape(_plain(values.get(name)))
        return "".join(out)


def _take_rows(document: DocxTemplate) -> tuple[dict[str, _RowPattern], bool]:
    """Cut the rows with fields of a row kind out of their table; an empty row marks their place."""
    patterns: dict[str, _RowPattern] = {}
    for row in list(document.docx.element.body.iter(qn("w:tr"))):
        kind = _kind_of(row)
        if kind is None:
            continue
        if not patterns:
            row.addprevious(parse_xml(f'<w:tr {nsdecls("w")} w:rsidR="{_ANCHOR}"/>'))
        patterns[kind] = _RowPattern(document.patch_xml(_bare(row)))
        row.getparent().remove(row)
    return patterns, bool(patterns)


def _kind_of(row: Any) -> str | None:
    if row.find(".//" + qn("w:tbl")) is not None:
        return None
    kinds = {kind for kind, _ in _ROW_FIELD.findall("".join(row.itertext(qn("w:t"))))}
    return next((kind for kind in ROW_KINDS if kind in kinds), None)


def _bare(row: Any) -> str:
    """The row's XML without its namespace declarations: the table around it has them."""
    return re.sub(r'\sxmlns:\w+="[^"]*"', "", etree.tostring(row, encoding="unicode", with_tail=False))


def _put_rows(document: DocxTemplate, patterns: Mapping[str, _RowPattern], rows: Iterable[Row]) -> None:
    mark = next(row for row in document.docx.element.body.iter(qn("w:tr")) if row.get(qn("w:rsidR")) == _ANCHOR)
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in mark.nsmap.items() if prefix)
    filled = "".join(patterns[kind].fill(values) for kind, values in rows if kind in patterns)
    for row in list(parse_xml(f"<w:tbl {names}>{filled}</w:tbl>")):
        mark.addprevious(row)
    mark.getparent().remove(mark)


def _clean(value: Any) -> Any:
    """Every text of a context in one form of Unicode and without what XML cannot hold."""
    if isinstance(value, Mapping):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return _plain(value) if isinstance(value, str) else value


def _plain(value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    return text if text.isascii() and text.isprintable() else _UNREADABLE.sub("", normalize("NFC", text))
