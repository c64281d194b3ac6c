"""Files that cannot be taken: one clear sentence each, by the engine's face, and the caller goes on."""

import io
import re
import struct
import zipfile

import pytest
import xlsxwriter

from hieuhoc.sheets import engine
from hieuhoc.sheets.engine import check
from hieuhoc.sheets.source import REFUSALS
from hieuhoc.sheets.tests.given import TODAY, VILLAGES

HEADINGS = ["STT", "Thôn", "Họ và tên chủ hộ", "Số khẩu"]
ROWS = [[1, "Thôn 1", "Lê Văn An", 4], [2, "Thôn 2", "=1+1", 3], [3, "Thôn 1", "Rơ Châm H'Lim", 2]]
BIFF_START = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def roster() -> bytes:
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("DS")
    for at, row in enumerate([HEADINGS, *ROWS]):
        sheet.write_row(at, 0, row)
    book.close()
    return output.getvalue()


def edited(change) -> bytes:
    """The roster with the XML of its sheet changed."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(roster())) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name.endswith("sheet1.xml") else data)
    return output.getvalue()


def archive(**files: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in files.items():
            new.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return output.getvalue()


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
WRONG = {
    "empty": ("empty", b""),
    "blank lines only": ("empty", b"\r\n\r\n  \r\n"),
    "no cells": ("empty", edited(lambda xml: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", xml))),
    "html as xls": ("html", b"<html><body><table><tr><td>STT</td></tr></table></body></html>"),
    "xml as xls": ("html", b"\xef\xbb\xbf  <?xml version='1.0'?><Workbook></Workbook>"),
    "half an upload": ("corrupted", roster()[:3000]),
    "broken compound file": ("corrupted", COMPOUND + bytes(range(256)) * 20),
    "broken sheet": ("corrupted", edited(lambda xml: xml[: len(xml) // 2])),
    "xlsx with a password": ("encrypted", COMPOUND + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)),
    "xls with a password": ("encrypted", COMPOUND + bytes(504) + BIFF_START + struct.pack("<HH", 0x2F, 6) + bytes(900)),
    "ods with a password": (
        "encrypted",
        archive(content_xml=b"x", **{"META-INF__manifest_xml": b"<m:encryption-data/>"}),
    ),
    "a Word paper": ("not_a_spreadsheet", archive(word__document_xml=b"<w/>")),
    "an old Word paper": ("not_a_spreadsheet", COMPOUND + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600)),
    "a PDF": ("not_a_spreadsheet", b"%PDF-1.7\n1 0 obj\n<< >>\nendobj; a;b;c\n"),
    "a picture": ("not_a_spreadsheet", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    "a cell at the far corner": ("too_large", edited(lambda xml: xml.replace(b"</sheetData>", FAR))),
    "a zip bomb": ("too_large", archive(xl__workbook_xml=b"x", **{f"b{i}": bytes(1 << 28) for i in range(5)})),
    "text without a table": ("no_table", "Kính gửi: các thôn;\nđề nghị gửi danh sách;\n".encode()),
    "letters lost in saving": (
        "lost_letters",
        "STT;Ch? h?;Thôn\n1;Lê V?n An;T1\n2;Bùi Th? M?n;T1\n".encode("cp1252"),
    ),
    "a letter": ("no_table", "Kính gửi các thôn, làng.\n".encode()),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_in_one_sentence(name):
    code, data = WRONG[name]
    result = check(data, "households", villages=VILLAGES, today=TODAY)
    assert result.to_json() == {"refused": {"code": code, "message": REFUSALS[code]}}
    assert result.refused["message"].endswith(".")


def test_false_dimensions_do_no_harm():
    data = edited(lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml))
    assert check(data, "households", villages=VILLAGES, today=TODAY).records == 3


def test_a_formula_typed_as_text_is_a_name_and_nothing_runs():
    result = check(roster(), "households", villages=VILLAGES, today=TODAY)
    assert result.column("head_name") == ["Lê Văn An", "=1+1", "Rơ Châm H'Lim"]
    assert result.problems == []


def test_a_file_over_the_limit_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "MAXIMUM_BYTES", 10)
    path = tmp_path / "ds.xlsx"
    path.write_bytes(roster())
    assert check(path, "households").refused["code"] == "too_large"


def test_memory_is_bounded():
    long = b"STT;H\xe1\xbb\x8d t\xc3\xaan;x\n" + b"1;a;b\n" * 1_200_000
    assert check(long, "citizens", memory=160 << 20).refused["code"] == "too_large"


def test_time_is_bounded():
    assert check(roster(), "households", seconds=0).refused["code"] == "too_slow"


def test_an_unknown_kind_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="unknown kind"):
        check(roster(), "houses")


def test_a_heading_said_by_a_person_is_followed():
    data = roster()
    plain = check(data, "households", villages=VILLAGES, today=TODAY)
    told = check(data, "households", villages=VILLAGES, today=TODAY, mapping={"D": "adults", "thon": ""})
    assert plain.tables[0]["columns"] == {"village": "B", "head_name": "C", "members": "D"}
    assert told.tables[0]["columns"] == {"head_name": "C", "adults": "D"}


def test_what_a_page_needs_to_correct_the_columns():
    result = check(roster(), "households", villages=VILLAGES, today=TODAY)
    assert [(one["letter"], one["header"], one["key"]) for one in result.seen()] == [
        ("A", "STT", ""),
        ("B", "Thôn", "village"),
        ("C", "Họ và tên chủ hộ", "head_name"),
        ("D", "Số khẩu", "members"),
    ]
    assert result.preview()[0] == {"row": 2, "cells": ["1", "Thôn 1", "Lê Văn An", "4"]}


def test_problems_come_in_pages():
    lines = ["STT;Thôn;Họ tên chủ hộ;Số khẩu", *(f"{i};Thôn 1;;2" for i in range(1, 121))]
    result = check("\n".join(lines).encode(), "households", villages=VILLAGES, today=TODAY)
    page, pages = result.page(3)
    assert (pages, [problem["row"] for problem in page]) == (3, list(range(102, 122)))
