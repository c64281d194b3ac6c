"""What different programs write: inline and rich texts, formulas that failed, formats that hide, repeated cells."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from hieuhoc.sheets.tests.tables import problems, read_book, records

KEYS = ["head_name", "village", "members", "cccd", "registered"]
HEADINGS = ["STT", "Chủ hộ", "Thôn", "Số khẩu", "CCCD", "Đăng ký"]
ROWS = [
    [1, "Lê Văn An", "Thôn 1", 4, "064079901204", "x"],
    [2, "Bùi Thị Mến", "Thôn 1", 3, "064079901205", ""],
    [3, "Siu H'Lim", "Thôn 2", 5, "064079901206", "x"],
]
READ = [
    ["Lê Văn An", "Thôn 1", "4", "064079901204", "True"],
    ["Bùi Thị Mến", "Thôn 1", "3", "064079901205", "False"],
    ["Siu H'Lim", "Thôn 2", "5", "064079901206", "True"],
]


def written(rows: list[list], formats: dict[int, str] | None = None) -> bytes:
    """An .xlsx of these rows, some columns in a number format."""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True})
    sheet = book.add_worksheet("Hộ & người")
    looks = {at: book.add_format({"num_format": code}) for at, code in (formats or {}).items()}
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write(at, place, cell, looks.get(place))
    book.close()
    return output.getvalue()


def edited(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The roster with one part of the archive changed."""
    output = io.BytesIO()
    roster = written([HEADINGS, *ROWS])
    with zipfile.ZipFile(io.BytesIO(roster)) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name.endswith(part) else data)
    return output.getvalue()


def replaced(old: str, new: str, part: str = "sheet1.xml") -> bytes:
    return edited(part, lambda xml: re.sub(old.encode(), new.encode(), xml))


BOLD = "<r><rPr><b/></rPr><t xml:space='preserve'>Lê </t></r><r><t>Văn An</t></r><rPh sb='0' eb='1'><t>X</t></rPh>"
INLINE = '<c r="B2" t="inlineStr"><is><t>Lê Văn An</t></is></c>'
SAME = {
    "a rich text": replaced("<t>Lê Văn An</t>", BOLD, "sharedStrings.xml"),
    "no dimension": replaced("<dimension[^>]*>", ""),
    "an inline text": replaced('<c r="B2"[^>]*t="s"><v>\\d+</v></c>', INLINE),
    "a formula with its value": replaced('<c r="D2"><v>4</v></c>', '<c r="D2"><f>2+2</f><v>4</v></c>'),
    "true and false": replaced('<c r="F2"[^>]*>.*?</c>', '<c r="F2" t="b"><v>1</v></c>'),
    "a cell far to the right": replaced("</sheetData>", '<row r="9"><c r="XFD9"><v>1</v></c></row></sheetData>'),
    "macros": edited("[Content_Types].xml", lambda xml: xml.replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")),
}  # fmt: skip


@pytest.mark.parametrize("writer", SAME)
def test_what_programs_write_reads_the_same(writer):
    report = read_book(SAME[writer], "households")
    assert (records(report, KEYS), problems(report)) == (READ, "")


@pytest.mark.parametrize("sign", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?"])
@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("B3", "3 head_name missing_name"),
        ("C3", "3 village unknown_village"),
        ("D3", "3 members not_a_number"),
        ("E3", "3 cccd bad_cccd"),
    ],
)
def test_a_formula_that_failed_is_a_problem_where_it_stands(cell, problem, sign):
    failed = f'<c r="{cell}" t="e"><f>VLOOKUP(A3,X:Y,2)</f><v>{sign}</v></c>'
    report = read_book(replaced(f'<c r="{cell}"[^>]*>.*?</c>', failed), "households")
    assert (len(records(report, KEYS)), problems(report)) == (3, problem)


def test_a_failed_formula_on_a_sheet_without_a_name_does_no_harm():
    both = edited("workbook.xml", lambda xml: xml.replace("Hộ &amp; người".encode(), b"A &lt; B &quot;C&quot;"))
    assert records(read_book(both, "households"), KEYS) == READ


def test_numbers_shown_with_zeros_and_units_are_whole():
    rows = [["STT", "Chủ hộ", "Thôn", "Số khẩu", "SĐT", "CCCD"], [1, "Lê An", "Thôn 1", 4, 912345678, 64079901204],
            [2, "Bùi Mến", "Thôn 1", 3, 912345679, 64079901205]]  # fmt: skip
    report = read_book(written(rows, {3: '0" người"', 4: "0" * 10, 5: "0" * 12}), "households")
    assert records(report, ["members", "phone", "cccd"]) == [
        ["4", "0912345678", "064079901204"],
        ["3", "0912345679", "064079901205"],
    ]


def test_a_year_typed_into_a_cell_of_days_is_a_year():
    rows = [["STT", "Họ và tên", "Ngày sinh", "Thôn"], [1, "Lê An", 29221, "Thôn 1"], [2, "Bùi Mến", 1980, "Thôn 1"]]
    assert records(read_book(written(rows, {2: "dd/mm/yyyy"}), "citizens"), ["birth_date"]) == [
        ["1980-01-01"],
        ["1980"],
    ]


def test_shares_of_cells_formatted_as_percent_are_percents():
    rows = [
        ["STT", "Thôn", "Số hộ", "Tỷ lệ (%)"],
        [1, "Thôn 1", 100, 0.635],
        [2, "Thôn 2", 120, 0.7],
        [3, "Làng Ring", 5, 1],
    ]
    assert records(read_book(written(rows, {3: "0.00%"}), "communities"), ["share_percent"]) == [
        ["63.5"],
        ["70"],
        ["100"],
    ]


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="DS">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def ods(*rows: str) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", ODS.format("".join(rows)))
    return output.getvalue()


def row(*cells: str | int | None, times: int = 1) -> str:
    """A row of an .ods as LibreOffice writes it: the rest of the width as one repeated cell."""
    texts = [f"<text:p>{'</text:p><text:p>'.join(str(cell).split('|'))}</text:p>" for cell in cells]
    kinds = ['"float" office:value="%s"' % cell if isinstance(cell, int) else '"string"' for cell in cells]  # noqa: UP031
    inner = "".join(
        f"<table:table-cell office:value-type={kind}>{text}</table:table-cell>"
        for kind, text in zip(kinds, texts, strict=True)
    )
    rest = f'<table:table-cell table:number-columns-repeated="{16384 - len(cells)}"/>'
    return f'<table:table-row table:number-rows-repeated="{times}">{inner}{rest}</table:table-row>'


def test_repeated_rows_and_cells_of_an_ods_are_read_without_their_emptiness():
    data = ods(
        row("STT", "Họ tên|chủ hộ", "Thôn", "Số khẩu"),
        row(times=3),
        row(1, "Lê <text:s/>Văn An", "Thôn 1", 3),
        row(2, "Bùi Thị Mến", "Thôn 1", 3),
        row(times=1_048_570),
    )
    report = read_book(data, "households")
    assert records(report, ["head_name", "members"]) == [["Lê Văn An", "3"], ["Bùi Thị Mến", "3"]]
    assert (report["tables"][0]["first_row"], report["tables"][0]["last_row"]) == (5, 6)
