"""The papers of links: a slip for each subject, a poster for a village, with the QR, the code, until when.

A poster whose way is a code comes with the slips of all its subjects, since each has a code of its own.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from hieuhoc.documents import slips
from hieuhoc.documents.slips import Poster, Slip
from hieuhoc.places import tree
from hieuhoc.recognition.rules import show_code
from hieuhoc.registry.models import Model, Subject
from hieuhoc.selfassessment import wording
from hieuhoc.selfassessment.keys import paper_code, token_of
from hieuhoc.selfassessment.models import Link, Way
from hieuhoc.selfassessment.queries import subjects_of

MOST = 3000  # slips in one file


class TooMany(ValueError):
    """More slips than one file holds; the message says what to do."""


def address_of(link: Link) -> str:
    """The address of a link, as the QR says it."""
    return settings.PUBLIC_ADDRESS + reverse("selfassessment:open", args=[token_of(link.pk)])


def papers(links: Collection[Link]) -> bytes:
    """The posters and slips of some links of one round as one PDF."""
    today = localdate()
    lines = tree.lines_of({one.place_id for one in links}, today)
    posters = [_poster(one, lines[one.place_id]) for one in links if one.subject_id is None]
    holders: list[tuple[Link, Subject]] = []
    for one in links:
        if one.subject is not None:
            holders.append((one, one.subject))
        elif one.way == Way.CODE:
            holders += [(one, subject) for subject in subjects_of(one)]
    if len(holders) > MOST:
        raise TooMany(f"Mỗi lần in nhiều nhất {MOST} phiếu; lọc theo thôn rồi in từng phần.")
    return slips.pdf(posters, [_slip(link, subject, lines[link.place_id]) for link, subject in holders])


def _poster(link: Link, place: str) -> Poster:
    model, code = Model(link.model), link.way == Way.CODE
    name = wording.NAME.get(model, "tên ghi trên phiếu").lower()
    answer = "mã in trên phiếu riêng" if code else wording.YEAR.get(model, "năm sinh").lower()
    return Poster(
        title=f"Tự chấm danh hiệu {model.label} năm\u00a0{link.round.year}", place=place, url=address_of(link),
        entry=_entry(), number=show_code(token_of(link.pk)), steps=(
            "Quét mã bằng điện thoại.",
            f"Gõ {name} và {answer}.",
            "Trả lời từng tiêu chí; dừng lúc nào cũng được, lần sau làm tiếp.",
        ), until=link.expires_on,
    )  # fmt: skip


def _slip(link: Link, subject: Subject, place: str) -> Slip:
    model = Model(link.model)
    return Slip(
        title=f"Tự chấm · {model.label} {link.round.year}", name=subject.name, place=place, url=address_of(link),
        entry=_entry(), number=show_code(token_of(link.pk)),
        code=paper_code(link.pk, subject.pk) if link.way == Way.CODE else "",
        ask="" if link.way == Way.CODE else wording.YEAR.get(model, "năm sinh").lower(), until=link.expires_on,
    )  # fmt: skip


def _entry() -> str:
    """Where a number is typed by hand, without what nobody types."""
    return (settings.PUBLIC_ADDRESS + reverse("selfassessment:enter")).partition("://")[2].rstrip("/")


def file_name(year: int, ids: Collection[UUID]) -> str:
    """What the file is called."""
    return f"phieu-tu-cham-{year}-{len(ids)}.pdf"
