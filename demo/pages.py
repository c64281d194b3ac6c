"""A page of a workbook as plain rows, and its writing as .xlsx, .ods or .csv.

One model of a page serves all three, so that a shape is laid out once. The files of one page are the same
bytes each time: no clock and no chance gets into them.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

WRITTEN = datetime(2026, 11, 10, 8, 0, 0)  # what the files say about when they were made


@dataclass(frozen=True)
class Formula:
    """A formula (A1 notation, no equals sign) with the value a spreadsheet kept for it."""

    text: str
    value: int | float


Value = str | int | float | bool | date | Formula | None


@dataclass
class Page:
    """A sheet: its rows, the look of each row, merged ranges (0-based), what is hidden."""

    name: str
    rows: list[list[Value]] = field(default_factory=list)
    looks: dict[int, str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    widths: dict[int, int] = field(default_factory=dict)
    hidden: bool = False

    def add(self, values: Sequence[Value] = (), look: str = "") -> int:
        """Put a row below the others; gives its number as a spreadsheet shows it."""
        self.rows.append(list(values))
        if look:
            self.looks[len(self.rows) - 1] = look
        return len(self.rows)

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Join cells; a single cell stays as it is."""
        if (first_row, first_column) != (last_row, last_column):
            self.merges.append((first_row, first_column, last_row, last_column))

    def typed(self, typing: Callable[[str], str]) -> None:
        """Turn every text into another encoding or form."""
        self.rows = [[typing(v) if isinstance(v, str) else v for v in row] for row in self.rows]


def write_xlsx(path: Path, pages: Sequence[Page], font: str = "Times New Roman") -> None:
    """Several pages as one .xlsx."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy", "in_memory": True})
    book.set_properties({"created": WRITTEN})
    looks = {look: book.add_format({"font_name": font, "font_size": 12} | style) for look, style in LOOKS.items()}
    for page in pages:
        _write_sheet(book.add_worksheet(page.name), page, looks)
    book.close()


LOOKS: dict[str, dict] = {
    "": {},
    "title": {"bold": True},
    "notice": {"italic": True, "font_color": "#B00000"},
    "head": {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True},
    "row": {"border": 1},
    "date": {"border": 1, "num_format": "dd/mm/yyyy"},
    "section": {"bold": True, "border": 1},
    "total": {"bold": True, "border": 1},
}


def _write_sheet(sheet, page: Page, looks: dict) -> None:
    for at, row in enumerate(page.rows):
        look = looks[page.looks.get(at, "")]
        for column, value in enumerate(row):
            _write_cell(sheet, at, column, value, look, looks["date"])
    for merge in page.merges:
        _merge(sheet, page, merge, looks)
    for at in page.hidden_rows:
        sheet.set_row(at, None, None, {"hidden": True})
    for column, width in page.widths.items():
        sheet.set_column(column, column, width, None, {"hidden": column in page.hidden_columns})
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    if page.hidden:
        sheet.hide()


def _write_cell(sheet, row: int, column: int, value: Value, look, date_look) -> None:
    if isinstance(value, str):
        if value:
            sheet.write_string(row, column, value, look)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, date_look)
    elif isinstance(value, Formula):
        sheet.write_formula(row, column, f"={value.text}", look, value.value)
    elif value is not None:
        sheet.write_number(row, column, value, look)


def _merge(sheet, page: Page, merge: tuple[int, int, int, int], looks: dict) -> None:
    row, column = merge[:2]
    value = page.rows[row][column] if column < len(page.rows[row]) else ""
    sheet.merge_range(*merge, value if value is not None else "", looks[page.looks.get(row, "")])


def write_csv(path: Path, page: Page, encoding: str = "utf-8-sig", delimiter: str = ";") -> None:
    """One page as Vietnamese Excel saves a .csv: semicolons, comma in fractions."""
    text = io.StringIO()
    width = max(len(row) for row in page.rows)
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([_as_text(v) for v in row] + [""] * (width - len(row)) for row in page.rows)
    path.write_bytes(text.getvalue().encode(encoding))


def _as_text(value: Value) -> str:
    if isinstance(value, Formula):
        value = value.value
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return "" if value is None else str(value)


def write_ods(path: Path, pages: Sequence[Page]) -> None:
    """Several pages as one plain .ods: values, formulas and merged cells, no looks."""
    tables = "".join(_ods_table(page) for page in pages)
    content = f"{_ODS_HEAD}{tables}{_ODS_FOOT}"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in (
            ("mimetype", ODS),
            ("META-INF/manifest.xml", _ODS_MANIFEST),
            ("content.xml", content),
        ):
            info = zipfile.ZipInfo(name, WRITTEN.timetuple()[:6])
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, text)


ODS = "application/vnd.oasis.opendocument.spreadsheet"
_URN = "urn:oasis:names:tc:opendocument:xmlns"
_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<office:document-content xmlns:office="{_URN}:office:1.0" xmlns:text="{_URN}:text:1.0"'
    f' xmlns:table="{_URN}:table:1.0" xmlns:of="{_URN}:of:1.2" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
_ODS_FOOT = "</office:spreadsheet></office:body></office:document-content>"
_ODS_MANIFEST = (
    f'<?xml version="1.0" encoding="UTF-8"?><m:manifest xmlns:m="{_URN}:manifest:1.0" m:version="1.2">'
    f'<m:file-entry m:full-path="/" m:media-type="{ODS}"/>'
    '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
)


def _ods_table(page: Page) -> str:
    width = max(len(row) for row in page.rows)
    spans = {merge[:2]: (merge[2] - merge[0] + 1, merge[3] - merge[1] + 1) for merge in page.merges}
    covered = {(r, c) for a, b, x, y in page.merges for r in range(a, x + 1) for c in range(b, y + 1)} - set(spans)
    rows = []
    for at, row in enumerate(page.rows):
        padded = row + [None] * (width - len(row))
        cells = (_ods_cell(v, spans.get((at, c)), (at, c) in covered) for c, v in enumerate(padded))
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    columns = f'<table:table-column table:number-columns-repeated="{width}"/>'
    return f'<table:table table:name="{escape(page.name)}">{columns}{"".join(rows)}</table:table>'


def _ods_cell(value: Value, span: tuple[int, int] | None, covered: bool) -> str:
    if covered:
        return "<table:covered-table-cell/>"
    spanned = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    if isinstance(value, Formula):
        formula = escape(f"of:={value.text}", {'"': "&quot;"})
        number = f' table:formula="{formula}" office:value-type="float" office:value="{value.value}"'
        return f"<table:table-cell{spanned}{number}/>"
    if isinstance(value, bool):
        value = "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return f'<table:table-cell{spanned} office:value-type="float" office:value="{value}"/>'
    if value is None or value == "":
        return f"<table:table-cell{spanned}/>"
    text = escape(_as_text(value))
    return f'<table:table-cell{spanned} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
