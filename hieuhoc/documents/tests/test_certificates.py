"""Certificates through their door: what stands on the pages of the PDF."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from hieuhoc.documents import certificates, fonts
from hieuhoc.documents.certificates import Certificate
from hieuhoc.documents.typesetting import Job, Part, TypesettingFailed, run

FAMILY = Certificate(
    authority="Ủy ban nhân dân xã Ia Tôr",
    subject="Hộ gia đình",
    name="Kpuih H'Ngưn",
    place="Làng Klăh, xã Ia Tôr, tỉnh Gia Lai",
    title="Gia đình học tập năm 2026",
    year=2026,
    number="0012/GĐHT-2026",
    code="7KQM-2RXW-94TD-H6PC",
    url="https://example.vn/xac-nhan/7KQM2RXW94TDH6PC#" + "a" * 150,
    issued_place="Ia Tôr",
    signing=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    signer="Nguyễn Thị Minh Hạnh",
    day=date(2026, 11, 21),
    decision_number="57",
)


def pages(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages]


def one_page(**changes) -> str:
    (text,) = pages(certificates.pdf([replace(FAMILY, **changes)]))
    return text


def test_a_certificate_says_who_where_what_and_by_which_decision():
    text = one_page()
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "ỦY BAN NHÂN DÂN XÃ IA TÔR",
        "GIẤY CÔNG NHẬN",
        "Kpuih H'Ngưn",
        "Làng Klăh, xã Ia Tôr, tỉnh Gia Lai",
        "GIA ĐÌNH HỌC TẬP NĂM 2026",
        "Quyết định số 57/QĐ-UBND ngày 21 tháng 11 năm 2026",
        "Số vào sổ: 0012/GĐHT-2026",
        "7KQM-2RXW-94TD-H6PC",
        "Nguyễn Thị Minh Hạnh",
    ):
        assert words in text


def test_what_is_not_decided_yet_is_left_open_in_the_year():
    text = one_page(day=None, decision_number=None)
    assert "Ia Tôr, ngày tháng năm 2026" in text
    assert "Quyết định số /QĐ-UBND ngày tháng năm 2026" in text


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"illustrative": True}, "Bộ tiêu chí minh họa – không phải văn bản chính thức"),
        ({"demonstration": True}, "Dữ liệu trình diễn"),
        ({"copy": True}, "BẢN SAO"),
        ({"until": date(2029, 11, 21)}, "Có giá trị đến hết ngày 21 tháng 11 năm 2029"),
    ],
)
def test_what_must_be_said_of_a_page_is_said_and_only_then(changes, shown):
    assert shown in one_page(**changes)
    assert shown not in one_page()


def test_decomposed_names_and_long_ones_stay_on_one_page():
    long = "Siu H'Blơi Rơ Châm Ksor Nay Rahlan và bà Nguyễn Hoàng Thị Tuyết Mai Ánh Nguyệt Hồng Đào"
    village = "Thôn Đồng Tâm Phú Mỹ Hưng Thịnh Vượng, xã Ia Tôr (trước đây là xã Ia Băng), tỉnh Gia Lai"
    text = one_page(name="Ho\u0300a " + long, place=village)
    assert "Hòa Siu H'Blơi" in text
    assert "Ánh Nguyệt Hồng Đào" in text


def test_one_pdf_keeps_the_order_and_every_page():
    listed = [replace(FAMILY, number=f"{n:04}/GĐHT-2026", name=f"Hộ thứ {n}") for n in range(60)]
    texts = pages(certificates.pdf(listed))
    assert [f"Hộ thứ {n}" in text for n, text in enumerate(texts)] == [True] * 60


def test_a_list_longer_than_a_batch_is_still_one_pdf(monkeypatch):
    monkeypatch.setattr(certificates, "_AT_ONCE", 3)
    listed = [replace(FAMILY, name=f"Hộ thứ {n}") for n in range(7)]
    data = certificates.pdf(listed)
    assert [f"Hộ thứ {n}" in text for n, text in enumerate(pages(data))] == [True] * 7
    assert PdfReader(BytesIO(data)).metadata.title == "Giấy công nhận – Gia đình học tập năm 2026"


def test_one_by_one_gives_each_its_own_file():
    listed = [replace(FAMILY, number=f"{n:04}/GĐHT-2026") for n in (1, 2, 3)]
    made = list(certificates.pdf_each(listed))
    assert [name for name, _ in made] == [f"000{n}-gdht-2026-kpuih-hngun.pdf" for n in (1, 2, 3)]
    assert [f"000{n}/GĐHT" in pages(data)[0] for n, (_, data) in enumerate(made, 1)] == [True] * 3


def test_the_same_certificate_gives_the_same_bytes():
    assert certificates.pdf([FAMILY]) == certificates.pdf([FAMILY])


def test_only_the_letters_of_the_product_are_used():
    page = PdfReader(BytesIO(certificates.pdf([FAMILY]))).pages[0]
    names = {font["/BaseFont"].split("+")[-1] for font in page["/Resources"]["/Font"].values()}
    assert names
    assert all(name.startswith("Tinos") for name in names)


def test_a_certificate_without_an_address_has_no_symbol():
    def images(data):
        return len(PdfReader(BytesIO(data)).pages[0].images)

    assert images(certificates.pdf([FAMILY])) == images(certificates.pdf([replace(FAMILY, url="")])) + 1


def test_markup_in_a_name_is_printed_not_run():
    assert '#read("job.json") *x* $y$' in one_page(name='#read("job.json") *x* $y$')


def test_nothing_to_print_is_said():
    with pytest.raises(ValueError, match="Chưa có giấy công nhận"):
        certificates.pdf([])


def test_missing_fonts_are_named_with_the_way_out(tmp_path, monkeypatch):
    monkeypatch.setenv("HIEUHOC_FONTS", str(tmp_path))
    with pytest.raises(fonts.FontsMissing, match="npm ci"):
        certificates.pdf([FAMILY])


def test_a_page_that_cannot_be_set_says_why():
    with pytest.raises(TypesettingFailed, match="Không dàn được trang"):
        list(run(Job("certificate.typ", (Part({"title": "x", "side": 0}),), ("frame.typ",))))
