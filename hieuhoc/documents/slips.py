"""Slips and posters with a QR, A4, for self-assessment: eight slips a page to cut apart, a poster a page.

slips.pdf([Poster(…)], [Slip(…), …])   # bytes: the posters first, then the slips in their order
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hieuhoc.common.dates import vn_date
from hieuhoc.common.text import nfc
from hieuhoc.documents import qr
from hieuhoc.documents.typesetting import Job, Part, run


@dataclass(frozen=True)
class Slip:
    """One paper of one subject; ``code`` is what it is confirmed by, else ``ask`` says what is asked."""

    title: str
    name: str
    place: str
    url: str
    entry: str  # where ``number`` is typed when the QR cannot be scanned
    number: str
    code: str
    ask: str
    until: date


@dataclass(frozen=True)
class Poster:
    """One page to be hung up; it names nobody."""

    title: str
    place: str
    url: str
    entry: str
    number: str
    steps: tuple[str, ...]
    until: date


def pdf(posters: Sequence[Poster], slips: Sequence[Slip]) -> bytes:
    """Posters and slips in; out one PDF (at least one of either is needed)."""
    if not posters and not slips:
        raise ValueError("Chưa có phiếu nào để in.")
    side, symbols = qr.sheets([one.url for one in (*posters, *slips)])
    data = {
        "side": side,
        "posters": [_poster(one, at) for at, one in enumerate(posters)],
        "slips": [_slip(one, at) for at, one in enumerate(slips, start=len(posters))],
    }
    return next(run(Job("slips.typ", (Part(data, b"".join(symbols)),))))


def _poster(one: Poster, symbol: int) -> dict:
    return _shared(one, symbol) | {"steps": list(one.steps)}


def _slip(one: Slip, symbol: int) -> dict:
    return _shared(one, symbol) | {"name": nfc(one.name), "code": one.code, "ask": one.ask}


def _shared(one: Slip | Poster, symbol: int) -> dict:
    return {
        "symbol": symbol,
        "title": one.title,
        "place": nfc(one.place),
        "entry": one.entry,
        "number": one.number,
        "until": vn_date(one.until),
    }
