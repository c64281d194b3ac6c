"""Forms on paper (phiếu đăng ký, phiếu chấm điểm) as PDF, A4 upright, to be filled in with a pen and keyed in later.

Every form begins on a page of its own and says on each page whose it is; a QR leads to the page where its number is
keyed in. What the forms of one printing share is given once. No official blank of these forms is known: the words are
the software's own, and a set that is not official is named on every page.

    paper_forms.pdf(Printing(…), [PaperForm(…), …])   # bytes: one PDF, the forms in the order given
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from hieuhoc.common.text import nfc
from hieuhoc.documents import qr
from hieuhoc.documents.certificates import join
from hieuhoc.documents.typesetting import Job, Part, run

_MAIN = "paper_form.typ"
_AT_ONCE = 400  # forms one process sets


@dataclass(frozen=True)
class Line:
    """One indicator to be filled in: ``box`` is its kind, ``names`` what there is to tick, ``limits`` said in small."""

    key: str
    label: str
    box: str
    limits: str = ""
    most: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A criterion with its lines."""

    key: str
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Printing:
    """What the forms of one printing share."""

    heading: str  # "PHIẾU TỰ CHẤM ĐIỂM"
    award: str  # "Gia đình học tập năm 2026"
    association: str  # "Hội Khuyến học xã Ia Tôr"
    name_label: str  # "Họ và tên chủ hộ"
    purpose: str
    sections: tuple[Section, ...] = ()
    choices: tuple[str, ...] = ()  # what a registration offers to tick
    how: str = ""  # how to fill it in
    total: str = ""  # "Tổng điểm tự chấm (tối đa 100)"; "" without a sum
    criteria: str = ""
    notice: str = ""
    signers: tuple[str, ...] = ()
    both_sides: bool = False  # each form begins on a fresh sheet of a printer that prints both sides


@dataclass(frozen=True)
class PaperForm:
    """One form: its number, what the QR says, whose it is; an empty fact leaves a line for the pen."""

    number: str
    url: str
    name: str
    facts: tuple[tuple[str, str], ...] = ()


def pdf(printing: Printing, forms: Sequence[PaperForm], workers: int = 2) -> bytes:
    """Forms in; out one PDF, each form on pages of its own (at least one is needed)."""
    if not forms:
        raise ValueError("Chưa có phiếu nào để in.")
    batches = [forms[at : at + _AT_ONCE] for at in range(0, len(forms), _AT_ONCE)]
    with ThreadPoolExecutor(workers) as pool:
        parts = list(pool.map(lambda batch: _set(printing, batch), batches))
    return join(parts, f"{printing.heading.capitalize()} – {printing.award}")


def _set(printing: Printing, forms: Sequence[PaperForm]) -> bytes:
    side, symbols = qr.sheets([one.url for one in forms])
    records = [
        {"number": one.number, "name": nfc(one.name), "facts": [[label, nfc(value)] for label, value in one.facts]}
        for one in forms
    ]
    data = {"shared": _shared(printing), "side": side, "records": records}
    return next(run(Job(_MAIN, (Part(data, b"".join(symbols)),))))


def _shared(one: Printing) -> dict:
    return {
        "heading": one.heading,
        "award": nfc(one.award),
        "association": nfc(one.association),
        "name_label": one.name_label,
        "purpose": one.purpose,
        "choices": list(one.choices),
        "how": one.how,
        "total": one.total,
        "criteria": nfc(one.criteria),
        "notice": one.notice,
        "signers": list(one.signers),
        "both_sides": one.both_sides,
        "sections": [
            {"key": part.key, "label": nfc(part.label), "lines": [_line(line) for line in part.lines]}
            for part in one.sections
        ],
    }


def _line(one: Line) -> dict:
    return {
        "key": one.key,
        "label": nfc(one.label),
        "box": one.box,
        "limits": one.limits,
        "most": one.most,
        "names": [nfc(name) for name in one.names],
    }
