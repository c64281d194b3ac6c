"""Certificates on their way to the printer: the originals of a decision, one put right later, copies.

The first certificates of a signed decision are the originals, made once and given again as kept; one that a later
decision put right is made once too, under its old number and code. Whatever is printed after is a copy, marked and
counted. Use: ``prints.reprint(title_id, by=officer, reason="Bản chính bị ướt")``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from hieuhoc.accounts.access import require
from hieuhoc.audit import log
from hieuhoc.documents import certificates as pages
from hieuhoc.dossiers.actions import Refused
from hieuhoc.files import store
from hieuhoc.recognition import certificates, queries
from hieuhoc.recognition.models import Correction, Decision, Paper, Printing, Recognition, Revocation
from hieuhoc.rounds.models import Round

VOLUME = 5_000  # certificates in one kept file; a longer list is kept in parts, and written out as one
ORIGINALS, CORRECTED = "giay-cong-nhan.pdf", "giay-cong-nhan-dinh-chinh.pdf"


def print_originals(decision_id: int, *, by: Any) -> bytes:
    """The certificates of a decision in one PDF. Those of a signed decision are made once and given again as kept.

    What was taken back or put right before they were printed is left out: its words do not hold any more.
    """
    decision = Decision.objects.select_related("round").get(pk=decision_id)
    require(by, "paper.make", decision.place_id)
    kept = _kept_originals(decision)
    if kept:
        return pages.join([store.read(paper.file) for paper in kept])
    left_out = _fallen(decision)
    titles = list(queries.titles(decision_id).exclude(pk__in=left_out))
    if not titles and not decision.is_signed:
        raise Refused("Quyết định chưa có danh hiệu nào; thêm danh hiệu rồi mới làm giấy công nhận.")
    if not titles:
        raise Refused("Mọi danh hiệu của quyết định này đã bị thu hồi hoặc đính chính; không còn bản chính nào để in.")
    parts = pages.pdf_parts(certificates.of(titles, decision))
    whole = pages.join(parts)
    with transaction.atomic():
        now_it = Decision.objects.select_for_update(of=("self",)).get(pk=decision_id)
        kept = _kept_originals(now_it)
        if kept:  # somebody else was quicker: those are the originals
            return pages.join([store.read(paper.file) for paper in kept])
        _refuse_changed(decision, now_it, left_out)
        for number, data in enumerate([whole] if len(titles) <= VOLUME else parts, 1):
            name = numbered(ORIGINALS, number)
            keep(decision.round, "certificates", name, data, by=by, decision=decision)
        if decision.is_signed:
            _record_print(decision, None, len(titles), copy=False, by=by, left_out=left_out)
    return whole


def _refuse_changed(before: Decision, after: Decision, left_out: Sequence[UUID]) -> None:
    """What was signed, changed or taken back while the pages were set is not what they say."""
    same = (before.is_signed, before.listed_at) == (after.is_signed, after.listed_at)
    if not same or set(_fallen(after)) != set(left_out):
        raise Refused("Quyết định hoặc danh hiệu vừa thay đổi trong lúc làm giấy công nhận; làm lại.")


def _fallen(decision: Decision) -> list[UUID]:
    """The titles of a decision that a signed later one took back or put right."""
    later = Q(revocation__decision__day__isnull=False) | Q(corrections__decision__day__isnull=False)
    return list(queries.titles(decision.pk).filter(later).order_by().values_list("pk", flat=True).distinct())


def in_originals(decision: Decision) -> QuerySet[Recognition]:
    """The titles whose certificates are among the originals, in their order; before the printing, would be."""
    printed = decision.printings.filter(copy=False, recognition=None).first() if decision.is_signed else None
    left_out = printed.left_out if printed else _fallen(decision)
    return queries.titles(decision.pk).exclude(pk__in=left_out)


def _kept_originals(decision: Decision) -> list[Paper]:
    """The kept files of the originals of a signed decision, in order; none before they were made."""
    if not decision.is_signed or not decision.printings.filter(copy=False, recognition=None).exists():
        return []
    after = decision.papers.filter(kind="certificates", made_at__gte=decision.signed_at).select_related("file")
    return list(after.order_by("pk"))


def one_by_one(decision: Decision) -> Iterator[tuple[str, bytes]]:
    """The certificates of a decision as single files; with the originals they are one and the same printing."""
    return pages.pdf_each(certificates.of(in_originals(decision).exclude(pk__in=_fallen(decision)), decision))


def original(recognition_id: UUID, *, by: Any) -> tuple[str, bytes]:
    """One certificate out of the originals as they were printed, with a file name: no copy, but a line of the log.

    Refused before the originals were made, and when the words no longer hold: revoked, or put right since.
    """
    title = Recognition.objects.select_related("decision__round", "revocation__decision").get(pk=recognition_id)
    require(by, "paper.make", title.commune_id)
    kept = _kept_originals(title.decision)
    if not kept:
        raise Refused("Giấy công nhận của quyết định này chưa được in. Làm «Giấy công nhận» ở mục Giấy tờ trước.")
    standing = queries.standing_of(title, localdate())
    if standing.state == "revoked":
        raise Refused(standing.because)
    if title.corrections.exists():
        raise Refused("Giấy này đã được đính chính; lấy «Giấy công nhận đã đính chính» thay cho bản in trước.")
    before = in_originals(title.decision).filter(
        Q(model__lt=title.model) | Q(model=title.model, sequence__lt=title.sequence)
    )
    data = pages.one_page([store.read(paper.file) for paper in kept], before.count())
    with transaction.atomic():
        log.record("recognition.look", title, by=by, place=title.commune_id)
    return f"giay-cong-nhan-{title.printed['number'].replace('/', '-')}.pdf", data


def standing_correction(decision: Decision) -> Correction | None:
    """What a correcting decision put right, while that is what its certificate reads; None once a later fact came."""
    found = decision.corrections.select_related("recognition__decision__round").order_by("pk").last()
    if found is None or Revocation.objects.filter(recognition=found.recognition_id).exists():
        return None
    newest = found.recognition.corrections.order_by("decision__day", "pk").last()
    return found if newest == found else None


def print_corrected(decision_id: int, *, by: Any) -> bytes:
    """The certificate a correcting decision put right, under its old number and code: printed once, given as kept."""
    decision = Decision.objects.select_related("round").get(pk=decision_id)
    require(by, "paper.make", decision.place_id)
    with transaction.atomic():
        Decision.objects.select_for_update().get(pk=decision_id)
        kept = decision.papers.filter(kind="corrected").select_related("file").order_by("pk").first()
        if kept:
            return store.read(kept.file)
        correction = standing_correction(decision)
        if correction is None:
            raise Refused("Giấy này đã bị thu hồi hoặc được đính chính tiếp; quyết định này không còn giấy để in.")
        data = pages.pdf([certificates.now(correction.recognition, copy=False)])
        keep(decision.round, "corrected", CORRECTED, data, by=by, decision=decision)
        _record_print(decision, correction.recognition, 1, copy=False, by=by)
    return data


def reprint(recognition_id: UUID, *, by: Any, reason: str) -> bytes:
    """One certificate as a copy: marked "BẢN SAO", counted, with its corrections; needs a reason."""
    title = Recognition.objects.select_related("decision__round").get(pk=recognition_id)
    require(by, "paper.write", title.commune_id)
    if not title.decision.is_signed:
        raise Refused("Quyết định chưa ký; chưa có bản chính để in bản sao.")
    if not reason.strip():
        raise Refused("Cần ghi lý do in bản sao.")
    standing = queries.standing_of(title, localdate())
    if standing.state == "revoked":
        raise Refused(standing.because)
    data = pages.pdf([certificates.now(title, copy=True)])
    with transaction.atomic():
        _record_print(title.decision, title, 1, copy=True, by=by, reason=reason)
        keep(title.decision.round, "copy", f"ban-sao-{title.code}.pdf", data, by=by, decision=title.decision)
    return data


def _record_print(
    decision: Decision, title: Recognition | None, count: int, *, copy: bool, by: Any, reason: str = "",
    left_out: Sequence[UUID] = (),
) -> None:  # fmt: skip
    Printing.objects.create(
        decision=decision, recognition=title, count=count, copy=copy, left_out=list(left_out), reason=reason,
        printed_by=by,
    )  # fmt: skip
    log.record(
        "recognition.reprint" if copy else "recognition.print", title or decision, by=by, place=decision.place_id,
        reason=reason, after={"count": count},
    )  # fmt: skip


@transaction.atomic
def keep(
    round_: Round,
    kind: str,
    name: str,
    data: bytes,
    *,
    by: Any,
    decision: Decision | None = None,
    place: int | None = None,
) -> Paper:
    """Keep a paper as it was made; the latest of its kind is the one in use."""
    file = store.keep(data, name, by=by, kinds=store.PAPER)
    return Paper.objects.create(round=round_, kind=kind, place_id=place, decision=decision, file=file, made_by=by)


def numbered(name: str, number: int) -> str:
    """A file name with the number of what it belongs to, from the second on: "danh-sach-2.docx"."""
    stem, point, end = name.partition(".")
    return name if number == 1 else f"{stem}-{number}{point}{end}"
