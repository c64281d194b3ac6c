"""Published figures from workbooks: read apart, checked, kept and undone like a .csv; thousands of places at once."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hieuhoc.figures import checks, published
from hieuhoc.figures.checks import table
from hieuhoc.figures.checks.places import BEFORE, Catalogue, _unit
from hieuhoc.figures.models import Figure
from hieuhoc.figures.tests.test_checks import PUBLISHED
from hieuhoc.figures.tests.test_pages import TABLE, named, text
from hieuhoc.places import lookup
from hieuhoc.places.load import load
from hieuhoc.places.models import UnitVersion
from hieuhoc.sheets.tests.test_writers import ods, row

HEADINGS = ("Địa phương", "Cấp", "Năm", "Danh hiệu", "Tổng số", "Đăng ký", "Công nhận", "Tỷ lệ (%)", "Ghi chú", "Nguồn")
GIA_LAI = ("Tỉnh Gia Lai", "tỉnh", 2026, "Gia đình học tập", 1847, None, 1385, 74.98, None, "https://vi-du.vn/1")
ROSTER = PUBLISHED.parents[1] / "sheets" / "03-ho-moi-thon-mot-trang.xls"


def workbook(*rows, title="Biểu tổng hợp", sheets=("Số liệu",)) -> bytes:
    """An Excel file with the table under a title, once on each sheet."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name in sheets:
        sheet = book.create_sheet(name)
        for cells in ((title,), (), HEADINGS, *rows):
            sheet.append(cells)
    book.create_sheet("Ghi chú").append(("Không có gì",))
    book.save(out)
    return out.getvalue()


def read(tmp_path: Path, data: bytes, name="so-lieu"):
    path = tmp_path / name
    path.write_bytes(data)
    return table.read(path)


def test_a_workbook_is_read_as_a_csv_is_numbered_as_the_spreadsheet_shows_it(tmp_path):
    (only,) = read(tmp_path, workbook(GIA_LAI))
    assert (only.row, only.place, only.level, only.year, only.total, only.registered, only.recognised) == (
        4, "Tỉnh Gia Lai", "province", 2026, 1847, None, 1385,
    )  # fmt: skip
    assert (str(only.share.value), only.share.digits, only.address) == ("74.98", 2, "https://vi-du.vn/1")


def test_an_ods_and_an_xls_go_the_same_way(tmp_path):
    data = ods(row(*HEADINGS), row("Tỉnh Gia Lai", "tỉnh", 2026, "Gia đình học tập", 1847, "", 1385, "gần 75", "", "x"))
    (only,) = read(tmp_path, data)
    assert (only.total, only.recognised, only.share.qualifier) == (1847, 1385, "gần")
    if ROSTER.exists():
        with pytest.raises(table.Refused, match="Không thấy dòng tiêu đề") as refused:
            table.read(ROSTER)
        assert refused.value.code == "missing_columns", "the .xls was opened, it is another table"


@pytest.mark.parametrize(
    ("cells", "shown"),
    [([0.7498], ["74.98"]), ([0.749864645, 0.5], ["74.9864", "50"]), ([0.9, 74.98], ["0.9", "74.98"]),
     ([74.99999999], ["74.9999"])],
)  # fmt: skip
def test_a_cell_that_shows_percent_is_percent_and_nothing_is_rounded_up(tmp_path, cells, shown):
    rows = [(*GIA_LAI[:7], cell, *GIA_LAI[8:]) for cell in cells]
    assert [f"{one.share.value:f}" for one in read(tmp_path, workbook(*rows))] == shown


@pytest.mark.parametrize(
    ("data", "code"),
    [(workbook(GIA_LAI, sheets=("Tháng 6", "Tháng 12")), "several_tables"), (b"PK\x03\x04" + bytes(300), "not_a_table"),
     (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "not_a_table")],
)  # fmt: skip
def test_what_cannot_be_read_gets_one_sentence(tmp_path, data, code):
    with pytest.raises(table.Refused) as refused:
        read(tmp_path, data)
    assert refused.value.code == code and str(refused.value).endswith(".")


@pytest.mark.django_db
def test_a_workbook_is_shown_kept_and_undone(world, browse):
    client = browse(world.province)
    foreign = ("Huyện Không Có", "huyện", 2026, "Gia đình học tập", None, None, 5, None, None, "https://vi-du.vn/1")
    data = workbook(GIA_LAI, foreign)
    shown = client.post(reverse("figures:upload"), {"file": named(data, "so-lieu.xlsx")}, follow=True)
    page, where = text(shown), shown.redirect_chain[-1][0]
    assert "1 dòng mới ghi được" in page and "1 dòng để lại" in page and "Không tìm thấy địa phương" in page
    client.post(where, follow=True)
    figure = Figure.objects.get()
    assert (figure.total, figure.count, str(figure.share)) == (1847, 1385, "74.9800")
    client.post(reverse("figures:undo", args=[figure.batch]))
    assert Figure.objects.filter(withdrawn=True).count() == 1


@pytest.mark.django_db
def test_the_same_table_as_csv_and_as_workbook_is_the_same(world, browse, tmp_path):
    import csv

    lines = list(csv.reader(io.StringIO(TABLE)))
    book, out = openpyxl.Workbook(), io.BytesIO()
    for cells in lines:
        book.active.append(cells)
    book.save(out)
    assert read(tmp_path, out.getvalue()) == read(tmp_path, TABLE.encode())


# -- thousands of places ----------------------------------------------------------------------------------------------


@pytest.fixture
def catalogue(db):
    load()


def test_many_names_mean_what_one_by_one_they_mean(catalogue):
    end = date(2026, 12, 31)
    some = UnitVersion.objects.exclude(unit__level="village").order_by("search_key", "pk")[::211]
    asked = {(one.name, one.unit.level if n % 2 else "", BEFORE if n % 3 else end) for n, one in enumerate(some)}
    asked |= {(one.code, one.unit.level, BEFORE if one.valid.upper else end) for one in some[::5]}
    asked |= {("Huyện Duy Xuyên, Quảng Nam", "district", BEFORE), ("Duy Xuyên, Đà Nẵng", "", end), ("Duy Xuy", "", end),
              ("Xã Không Có", "", end), ("", "", end), ("tp Hội An, Quảng Nam", "", BEFORE)}  # fmt: skip
    found = lookup.meant(asked)
    assert len(found) > 20
    assert {one: found.get(one) for one in asked} == {one: _unit(*one) for one in asked}


def test_a_table_of_many_places_asks_as_much_as_one_of_few(catalogue, world):
    communes = UnitVersion.objects.filter(unit__level="commune").order_by("unit_id", "valid")
    names = list(communes.values_list("name", flat=True)[:600])

    def asked(count):
        rows = checks.rows.read_rows(
            {"place": name, "level": "commune", "year": year, "model": "COMMUNE", "total": "9", "recognised": "5"}
            for name in names[:count]
            for year in ("2024", "2026")
        )
        with CaptureQueriesContext(
            connection,
        ) as made:
            known = Catalogue.of(rows)
            checks.check(rows, known)
            for one in rows:
                known.place(one)
        return len(made)

    assert asked(5) <= asked(600) <= 4  # one more where some name is looked for on another day


@pytest.mark.skipif(not PUBLISHED.exists(), reason="published figures are not beside the checkout")
def test_the_published_table_gives_the_same_read_at_once_or_one_by_one(catalogue):
    rows = table.read(PUBLISHED)
    assert checks.check(rows, Catalogue.of(rows)) == checks.check(rows, Catalogue())
    known, slow = Catalogue.of(rows), Catalogue()
    assert [known.place(one) for one in rows] == [slow.place(one) for one in rows]
    assert published.Catalogue is Catalogue
