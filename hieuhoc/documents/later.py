"""The Word papers of what follows a decision: titles taken back, certificates put right.

Both are decisions of their own (mẫu 1.2, Nghị định 30/2020/NĐ-CP) with the list of those concerned in article 1.

    later.revocation(letterhead, lines=[Concerned("Kpuih H'Ngưn", …)], reason="…", …)   # bytes
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from hieuhoc.documents import fields
from hieuhoc.documents.papers import Letterhead, Template, basis_lines, head_fields
from hieuhoc.documents.word import Row, render, standard


@dataclass(frozen=True)
class Concerned:
    """A title that a later decision speaks of: whose, where, given by which decision under which number."""

    name: str
    village: str
    title: str  # "Gia đình học tập năm 2026"
    decision: str  # "57/QĐ-UBND ngày 05/12/2026"
    certificate: str  # "0012/GĐHT-2026"


@dataclass(frozen=True)
class Changed:
    """Words of a certificate put right: what they are, as printed, as they shall read."""

    whose: Concerned
    what: str  # "Tên"
    before: str
    after: str


@dataclass(frozen=True)
class Text:
    """What both papers say around their list."""

    about: str
    issuer: str
    bases: Sequence[str]
    first: str  # what stands in article 1 before the list
    reason: str
    articles: Sequence[str]  # from article 2 on


def revocation(head: Letterhead, text: Text, lines: Sequence[Concerned], template: Template = None) -> bytes:
    """Quyết định thu hồi: who loses which title, the decision and the certificate they had, why."""
    rows = (_row(n, one, danh_hieu=one.title) for n, one in enumerate(lines, 1))
    return render(template or standard(fields.REVOCATION), _context(head, text), rows)


def correction(head: Letterhead, text: Text, lines: Sequence[Changed], template: Template = None) -> bytes:
    """Quyết định đính chính: on whose certificate which words become which."""
    return render(template or standard(fields.CORRECTION), _context(head, text), _changes(lines))


def _changes(lines: Sequence[Changed]) -> Iterable[Row]:
    for number, one in enumerate(lines, 1):
        yield _row(number, one.whose, noi_dung=one.what, tu=one.before, thanh=one.after)


def _row(number: int, one: Concerned, **more: str) -> Row:
    common = {
        "tt": number,
        "ten": one.name,
        "thon": one.village,
        "quyet_dinh": one.decision,
        "so_giay": one.certificate,
    }
    return "dong", common | more


def _context(head: Letterhead, text: Text) -> dict[str, Any]:
    return head_fields(head) | {
        "trich_yeu": text.about,
        "tham_quyen": text.issuer.upper(),
        "can_cu": basis_lines(text.bases, last="."),
        "dieu_1": text.first,
        "ly_do": text.reason,
        "dieu": [{"so": n, "noi_dung": words} for n, words in enumerate(text.articles, 2)],
    }
