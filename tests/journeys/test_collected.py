"""What a commune collected with KoboToolbox: the form taken from here, its export dropped, written and taken back."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from django.urls import reverse

from hieuhoc.dossiers.models import Dossier
from hieuhoc.intake.tests.conftest import judged  # noqa: F401
from hieuhoc.sheets.models import Import
from tests.browser import axe, chromium, shot, small_targets, too_wide, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ANSWERS = (
    # village, name, code, not applicable, GD-1.1, GD-1.2, sent
    ("Làng Ring", "Ksor An", "", "", "20", "20", "2026-11-01T01:00:00"),
    ("Làng Ring", "Siu Blơn", "", "GD_1_2", "45.5", "", "2026-11-01T02:00:00"),
    ("Làng Ring", "Ksor An", "", "", "45", "40", "2026-11-02T01:00:00"),
    ("Làng Ring", "Ksor Chi", "", "", "60", "1", "2026-11-02T02:00:00"),
)
HEADER = ("village", "head_name", "household_code", "criterion__1/kad__1", "criterion__1/GD_1_1",
          "criterion__1/GD_1_2", "_submission_time", "_uuid")  # fmt: skip


def export() -> bytes:
    """The file KoboToolbox gives."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(HEADER)
    writer.writerows([*row, f"u-{at}"] for at, row in enumerate(ANSWERS))
    return out.getvalue().encode("utf-8-sig")


def test_the_form_goes_out_and_its_answers_come_in(judged, visit, tmp_path):  # noqa: F811
    world = judged
    for name in ("Ksor An", "Siu Blơn", "Ksor Chi"):
        world.dossier(subject=world.household(name), round=world.round(2026))
    page = visit(reverse("criteria:version", args=[world.version().pk]), as_=world.minh)
    assert (axe(page), too_wide(page), small_targets(page)) == ([], [], [])
    shot(page, "collected-criteria-1366")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải biểu mẫu XLSForm").click()
    assert "xl/workbook.xml" in zipfile.ZipFile(download.value.path()).namelist()

    file = tmp_path / "kobo.csv"
    file.write_bytes(export())
    page = visit("/nhap-bang-tinh/", as_=world.minh)
    page.set_input_files("input[type=file]", [str(file)])
    page.wait_for_url("**/nhap-bang-tinh/*-*/")
    made = Import.objects.get()
    assert (made.kind, made.records, made.ok) == ("scores", 3, 2)
    page.get_by_text("chỉ tính lần gửi sau cùng").wait_for()
    page.get_by_text("GD-1.1: 60 điểm, tối đa 50 điểm.").first.wait_for()
    assert (axe(page), too_wide(page), small_targets(page)) == ([], [], [])
    shot(page, "collected-import-1366")
    page.get_by_role("button", name="Ghi").first.click()
    page.wait_for_load_state("networkidle")
    assert Dossier.objects.get(subject__name="Ksor An").total == 85
    assert Dossier.objects.get(subject__name="Siu Blơn").answers["GD-1.2"]["value"] == "n/a"
    assert Dossier.objects.get(subject__name="Ksor Chi").answers == {}
