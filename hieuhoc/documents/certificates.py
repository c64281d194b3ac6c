"""Certificates of recognition (giấy công nhận) as PDF, A4 landscape, ready for the printer.

A certificate says what the register says: the caller gives the words as of the day of signing, and
this module adds none of its own but the blank room where the number or the day is not known yet.
A set of criteria that is not official, and data made for a demonstration, are named on every page.
A page takes about 2 ms; a list of any length is one run.

    certificates.pdf([certificate, …])       # bytes: one PDF, one page each, in the order given
    certificates.pdf_each([certificate, …])  # (file name, bytes) of each, as they are made
"""

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from hieuhoc.common.text import fold, nfc
from hieuhoc.documents import qr, wording
from hieuhoc.documents.typesetting import Job, Part, run

HEADING = "GIẤY CÔNG NHẬN"
LEAD = "Đạt danh hiệu"
_MAIN, _FRAME = "certificate.typ", "frame.typ"
_AT_ONCE = 1500  # pages one process sets; more at once take longer each and a gigabyte
_EACH_AT_ONCE = 100  # as few, so that a single certificate does not carry the letters of a whole commune
_SHORT = 34  # a part of an address up to this many characters is not broken over two lines


@dataclass(frozen=True)
class Certificate:
    """The words of one certificate, as of the day of signing."""

    authority: str  # "Ủy ban nhân dân xã Ia Tôr"
    subject: str  # what is recognised: "Hộ gia đình", "Dòng họ"…
    name: str
    place: str  # "Làng Klăh, xã Ia Tôr, tỉnh Gia Lai"
    title: str  # "Gia đình học tập năm 2026"
    year: int
    number: str  # in the register of certificates: "0012/GĐHT-2026"
    code: str  # check code, printed beside the QR
    url: str  # what the QR says; empty for no QR
    issued_place: str  # "Ia Tôr"
    signing: tuple[str, ...]  # ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    signer: str = ""
    day: date | None = None
    decision_number: str | None = None
    decision_symbol: str = "QĐ-UBND"
    heading: str = HEADING
    lead: str = LEAD
    until: date | None = None  # last day, where the title has one
    illustrative: bool = False
    demonstration: bool = False
    copy: bool = False
    corrected: str = ""  # the decision that put its words right: "61/QĐ-UBND ngày 20/12/2026"
    issued_on: date | None = None  # the day it was made out anew; else the day of its decision


def pdf(certificates: Sequence[Certificate], workers: int = 2) -> bytes:
    """Certificates in; out one PDF with a page each, in the same order (at least one is needed)."""
    return join(pdf_parts(certificates, workers), _title(certificates))


def pdf_parts(certificates: Sequence[Certificate], workers: int = 2) -> list[bytes]:
    """Certificates in; out PDFs of up to 1,500 pages each, in order, set side by side by `workers` processes."""
    if not certificates:
        raise ValueError("Chưa có giấy công nhận nào để in.")
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(_whole, _batches(certificates, _AT_ONCE)))


def pdf_each(certificates: Sequence[Certificate], workers: int = 2) -> Iterator[tuple[str, bytes]]:
    """Certificates in; out (file name, PDF) of each, set by `workers` processes side by side."""
    batches = _batches(certificates, _EACH_AT_ONCE)
    with ThreadPoolExecutor(workers) as pool:
        for batch, pages in zip(batches, pool.map(_singly, batches), strict=True):
            yield from zip(map(file_name, batch), pages, strict=True)


def join(parts: Sequence[bytes], title: str = "") -> bytes:
    """Several PDFs in; out one, in order; a single one is given back as it is."""
    if len(parts) == 1:
        return parts[0]
    whole, out = PdfWriter(), BytesIO()
    for part in parts:
        whole.append(BytesIO(part))
    whole.add_metadata({"/Title": title or "Giấy công nhận"})
    whole.write(out)
    return out.getvalue()


def one_page(parts: Sequence[bytes], number: int) -> bytes:
    """The PDFs of a list and the number of a page of the whole, from 0; out that page as a PDF of its own."""
    for part in parts:
        pages = PdfReader(BytesIO(part)).pages
        if number < len(pages):
            single, out = PdfWriter(), BytesIO()
            single.add_page(pages[number])
            single.add_metadata({"/Title": HEADING.capitalize()})
            single.write(out)
            return out.getvalue()
        number -= len(pages)
    raise LookupError("page beyond the end")


def file_name(certificate: Certificate) -> str:
    """A file name any system takes, from the number and the name: "0012-gdht-2026-kpuih-hngun.pdf"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(f"{certificate.number} {certificate.name}")).strip("-")[:100] + ".pdf"


def _batches(certificates: Sequence[Certificate], size: int) -> list[Sequence[Certificate]]:
    return [certificates[n : n + size] for n in range(0, len(certificates), size)]


def _whole(batch: Sequence[Certificate]) -> bytes:
    return next(run(Job(_MAIN, (_part(batch),), (_FRAME,))))


def _singly(batch: Sequence[Certificate]) -> list[bytes]:
    return list(run(Job(_MAIN, (_part(batch),), (_FRAME,), singly=True)))


def _part(certificates: Sequence[Certificate]) -> Part:
    coded = [one for one in certificates if one.url]
    side, symbols = qr.sheets([one.url for one in coded])
    position = {id(one): n for n, one in enumerate(coded)}
    records = [_record(one, position.get(id(one))) for one in certificates]
    return Part({"title": _title(certificates), "side": side, "records": records}, b"".join(symbols))


def _title(certificates: Sequence[Certificate]) -> str:
    titles = {nfc(one.title) for one in certificates}
    return f"Giấy công nhận – {titles.pop()}" if len(titles) == 1 else "Giấy công nhận"


def _record(one: Certificate, symbol: int | None) -> dict:
    return {
        "symbol": symbol,
        "authority": wording.authority(nfc(one.authority)),
        "heading": one.heading,
        "subject": nfc(one.subject),
        "name": nfc(one.name),
        "place": _unbroken(nfc(one.place)),
        "lead": one.lead,
        "award": nfc(one.title).upper(),
        "facts": _facts(one),
        "code": one.code,
        "issued": wording.day_of(one.issued_place, one.issued_on or one.day, one.year),
        "signing": list(one.signing),
        "signer": nfc(one.signer),
        "notice": wording.notice(illustrative=one.illustrative, demonstration=one.demonstration),
        "copy": wording.COPY if one.copy else "",
    }


def _facts(one: Certificate) -> list[str]:
    number = wording.number_of(one.decision_number, one.decision_symbol)
    facts = [f"Quyết định số {number} {wording.long_day(one.day, one.year)}", f"Số vào sổ: {one.number}"]
    if one.corrected:
        facts.append(f"Đính chính theo Quyết định số {one.corrected}")
    if one.until:
        facts.append(f"Có giá trị đến hết {wording.long_day(one.until, one.until.year)}")
    return facts


def _unbroken(address: str) -> str:
    """Lines of an address break after its commas and before its brackets, not inside a short name."""
    parts = re.split(r"(?<=,) | (?=\()", address)
    return " ".join(part.replace(" ", "\u00a0") if len(part) <= _SHORT else part for part in parts)
