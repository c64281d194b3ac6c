"""Paragraphs and table rows of a Word file. Runs in the reading process only (see `process`).

Only the main part of the file is read, by the parser python-docx uses (no entities, no network). What was deleted under
tracked changes is left out; a numbering made by Word is kept as a kind of mark, since its numbers are not in the text.
"""

import io
import zipfile
from collections.abc import Iterator

from docx.oxml.parser import parse_xml

from hieuhoc.plans.reading.lines import Block
from hieuhoc.plans.reading.result import Refused

MOST_UNPACKED = 300 << 20
MOST_XML = 80 << 20
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}txbxContent"}


def blocks_of(data: bytes) -> list[Block]:
    """Blocks of the main part in order; raises Refused."""
    xml = _main_part(data)
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Refused("corrupted", "")
    try:
        root = parse_xml(xml)
    except SyntaxError as bad:  # what lxml raises for XML that is none
        raise Refused("corrupted", "") from bad
    reader = _Body()
    body = root.find(f"{_W}body")
    if body is None:
        raise Refused("corrupted", "")
    return list(reader.blocks(body))


def _main_part(data: bytes) -> bytes:
    """The XML of the text; says what another archive is, and refuses one that unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
            if sum(sizes.values()) > MOST_UNPACKED or len(sizes) > 10_000:
                raise Refused("too_large", "")
            if "word/document.xml" not in sizes:
                raise Refused("spreadsheet" if any(name.startswith("xl/") for name in sizes) else "not_a_document", "")
            if sizes["word/document.xml"] > MOST_XML:
                raise Refused("too_large", "")
            return archive.read("word/document.xml")
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError, EOFError) as bad:
        raise Refused("encrypted" if "password" in str(bad) else "corrupted", "") from bad


class _Body:
    """Walks the elements of a body; tables are numbered as they come."""

    def __init__(self) -> None:
        self.tables = 0

    def blocks(self, parent) -> Iterator[Block]:
        """Blocks of an element that holds paragraphs and tables."""
        for element in parent:
            if element.tag == f"{_W}p":
                yield from _paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield from self._table(element)
            elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
                yield from self.blocks(element)

    def _table(self, element) -> Iterator[Block]:
        """Rows of a table; a table of one column is but a frame around paragraphs."""
        rows = [_cells(row) for row in element.iter(f"{_W}tr") if _owner(row, f"{_W}tbl") is element]
        if max((len(row) for row in rows), default=0) < 2:
            for cell in element.iter(f"{_W}tc"):
                yield from self.blocks(cell)
            return
        table, self.tables = self.tables, self.tables + 1
        for row in rows:
            yield Block(tuple(row), table)


def _owner(element, tag: str):
    """The nearest element of this tag around the element."""
    return next(element.iterancestors(tag), None)


def _cells(row) -> list[str]:
    """Texts of a row's cells; a cell that goes on from above is empty."""
    cells = []
    for cell in row.iter(f"{_W}tc"):
        if _owner(cell, f"{_W}tr") is not row:
            continue
        cells.append("\n".join(filter(None, (_words(p) for p in cell.iter(f"{_W}p")))))
        cells += [""] * (_width(cell) - 1)
    return cells


def _width(cell) -> int:
    """Over how many columns a cell is merged."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    value = span.get(f"{_W}val", "1") if span is not None else "1"
    return min(int(value), 60) if value.isdigit() else 1


def _paragraph(element) -> list[Block]:
    """A paragraph, parted where a line was broken by hand."""
    number = element.find(f"{_W}pPr/{_W}numPr")
    numbered = None
    if number is not None:
        value = {child.tag: child.get(f"{_W}val") for child in number}
        numbered = f"{value.get(f'{_W}numId', '0')}.{value.get(f'{_W}ilvl', '0')}"
    lines = [line for line in _words(element).split("\n") if line.strip()]
    return [Block((line,), None, numbered if not at else None) for at, line in enumerate(lines)]


def _words(element) -> str:
    """The text of a paragraph without what was deleted."""
    parts: list[str] = []
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _BREAKS:
            parts.append(_BREAKS[child.tag])
        elif isinstance(child.tag, str):
            parts.append(_words(child))
    return "".join(parts)
