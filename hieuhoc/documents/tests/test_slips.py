"""Slips and posters: what stands on them, how many a page, names of any length."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from hieuhoc.documents import slips
from hieuhoc.documents.slips import Poster, Slip

URL = "https://vi-du.vn/tu-danh-gia/7KQM2RXW94TDH6PC/"
SHARED = {"place": "Làng Ring", "url": URL, "entry": "vi-du.vn/tu-danh-gia", "number": "7KQM-2RXW-94TD-H6PC"}
LAST = date(2026, 12, 31)
POSTER = Poster(title="Tự chấm danh hiệu", steps=("Quét mã.", "Gõ tên."), until=LAST, **SHARED)


def slip(name="Ksor H'Bia", code="482913", ask=""):
    return Slip(title="Tự chấm", name=name, code=code, ask=ask, until=LAST, **SHARED)


def read(data):
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


@pytest.mark.parametrize(("posters", "number", "pages"), [(0, 1, 1), (0, 8, 1), (0, 9, 2), (1, 0, 1), (2, 9, 4)])
def test_eight_slips_stand_on_a_page_and_a_poster_on_its_own(posters, number, pages):
    assert len(read(slips.pdf([POSTER] * posters, [slip()] * number))) == pages


def test_a_slip_says_whose_it_is_what_to_type_and_until_when():
    coded, asked = read(slips.pdf([], [slip()] * 8))[0], read(slips.pdf([], [slip(code="", ask="năm sinh")]))[0]
    assert all(words in coded for words in ("Ksor H'Bia", "482913", "7KQM-2RXW-94TD-H6PC", "31/12/2026", "Làng Ring"))
    assert "năm sinh" in asked and "482913" not in asked


def test_a_very_long_name_stays_on_its_slip():
    name = "Trường Phổ thông dân tộc bán trú Tiểu học và Trung học cơ sở " * 3
    page = read(slips.pdf([], [slip(name[:200].strip())] * 8))
    assert len(page) == 1 and page[0].count("Trường Phổ thông") >= 8


def test_no_paper_is_no_file():
    with pytest.raises(ValueError, match="Chưa có phiếu"):
        slips.pdf([], [])
