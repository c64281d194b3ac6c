"""What follows a signed decision, on paper: whom a later decision concerns, what it refuses, what its paper says.

The same words make the draft that goes to be signed and the paper of the decision once it is recorded. Legal bases
are those the decision it follows already named, that decision itself, and what a person adds: none is invented.
Reads only; the acts stand in ``actions``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from hieuhoc.accounts.access import require_everywhere
from hieuhoc.common.dates import vn_date
from hieuhoc.common.numbers import vn_int
from hieuhoc.common.text import nfc
from hieuhoc.documents import later as docs
from hieuhoc.documents.wording import long_day
from hieuhoc.dossiers.actions import Refused
from hieuhoc.places import tree
from hieuhoc.recognition import contents, queries, rules
from hieuhoc.recognition.models import Correction, Decision, Recognition, Revocation
from hieuhoc.registry.models import Model

CORRECTABLE = {"name": "Tên", "address": "Địa chỉ"}
PROPOSAL = "Theo đề nghị"  # the proposal behind the first decision is none of a later one


@dataclass(frozen=True)
class Wish:
    """What a person wants to decide later: why, and what is written on the paper when it is known."""

    reason: str
    number: str = ""
    day: date | None = None
    signer: str = ""
    legal_bases: Sequence[str] | None = None  # None: those the first decision leads to


# --- whom it concerns


def concerned(ids: Iterable[UUID], wish: Wish, *, by: Any, lock: bool = False) -> list[Recognition]:
    """The titles of one round that a later decision is about; refused where one cannot follow them."""
    wanted = set(ids)
    titles = Recognition.objects.select_for_update(of=["self"]) if lock else Recognition.objects.all()
    found = list(titles.filter(pk__in=wanted).select_related("decision__round").order_by("model", "sequence"))
    if not found or len(found) != len(wanted) or len({one.decision.round_id for one in found}) > 1:
        raise Refused("Chọn các danh hiệu của cùng một đợt xét.")
    require_everywhere(by, "recognition.revoke", {one.commune_id for one in found})
    if not wish.reason.strip():
        raise Refused("Cần ghi lý do.")
    day = wish.day or localdate()
    if not all(one.decision.day is not None and one.decision.day <= day for one in found):
        raise Refused("Quyết định công nhận chưa ký, hoặc ký sau ngày này.")
    if Correction.objects.filter(recognition__in=found, decision__day__gt=day).exists():
        raise Refused("Đã có quyết định đính chính ký sau ngày này; quyết định lập sau không ghi ngày trước nó.")
    return found


def to_revoke(ids: Iterable[UUID], wish: Wish, *, by: Any, lock: bool = False) -> list[Recognition]:
    """The titles to be taken back; one taken back before is refused."""
    found = concerned(ids, wish, by=by, lock=lock)
    if Revocation.objects.filter(recognition__in=found).exists():
        raise Refused("Có danh hiệu đã bị thu hồi trước đó.")
    return found


def to_correct(
    recognition_id: UUID, changes: Mapping[str, str], wish: Wish, *, by: Any, lock: bool = False
) -> Correction:
    """The correction of one certificate, not kept yet: the words that change, as they were and as they shall be."""
    if set(changes) - set(CORRECTABLE) or not changes:
        raise Refused("Chỉ đính chính được tên và địa chỉ trên giấy công nhận.")
    (found,) = concerned([recognition_id], wish, by=by, lock=lock)
    if Revocation.objects.filter(recognition=found).exists():
        raise Refused("Danh hiệu đã bị thu hồi, không còn gì để đính chính.")
    said = queries.printed_now(found)
    after = {key: nfc(value) for key, value in changes.items() if nfc(value) != said[key]}
    if not after or not all(after.values()):
        raise Refused("Nội dung đính chính trống hoặc không khác giấy đã in.")
    before = {key: said[key] for key in after}
    return Correction(recognition=found, before=before, after=after, reason=wish.reason)


# --- the decision


def proposed_bases(found: Sequence[Recognition]) -> list[str]:
    """The bases a later decision starts with: those of the decisions it follows, and these decisions themselves."""
    granted = list({one.decision_id: one.decision for one in found}.values())
    own = [basis for one in granted for basis in one.bases if not basis.startswith(PROPOSAL)]
    named = [
        f"Căn cứ Quyết định số {one.number}/{one.symbol} {long_day(one.day, one.round.year)} của {one.body}"
        f" về việc công nhận các danh hiệu học tập năm {one.round.year}"
        for one in granted
    ]
    return [*dict.fromkeys(own), *named]


def decision_of(found: Sequence[Recognition], kind: str, wish: Wish, *, by: Any) -> Decision:
    """The later decision, not kept yet: signed when number and day are known, else a draft."""
    first = found[0].decision
    bases = proposed_bases(found) if wish.legal_bases is None else list(wish.legal_bases)
    wording = first.wording | {"signer": nfc(wish.signer) or first.wording.get("signer", "")}
    return Decision(
        round=first.round, place_id=first.place_id, kind=kind, number=wish.number.strip(), day=wish.day,
        symbol=first.symbol, body=first.body, bases=bases, wording=wording, issued_by=by,
    )  # fmt: skip


# --- its paper


def revocation(decision: Decision, titles: Sequence[Recognition], reason: str, template: bytes | None = None) -> bytes:
    """The paper by which titles are taken back."""
    counts = Counter(Model(one.model) for one in titles)
    whom = ", ".join(f"{vn_int(n)} {rules.UNITS[model]}" for model, n in counts.items())
    text = _text(
        decision,
        about=f"Về việc thu hồi danh hiệu, hủy bỏ giấy công nhận danh hiệu học tập năm {decision.round.year}",
        first=f"Thu hồi danh hiệu và hủy bỏ giấy công nhận đã cấp cho {whom} sau đây:",
        reason=reason,
        second="Quyết định này có hiệu lực kể từ ngày ký. Giấy công nhận có số vào sổ nêu tại Điều 1 không còn giá"
        " trị kể từ ngày đó.",
    )
    names = _names(decision, titles)
    lines = [_concerned(one, queries.printed_now(one), names) for one in titles]
    return docs.revocation(contents.office(decision), text, lines, template)


def correction(decision: Decision, found: Sequence[Correction], template: bytes | None = None) -> bytes:
    """The paper by which words of certificates are put right."""
    text = _text(
        decision,
        about=f"Về việc đính chính giấy công nhận danh hiệu học tập năm {decision.round.year}",
        first="Đính chính nội dung ghi trên giấy công nhận đã cấp như sau:",
        reason=found[0].reason,
        second="Quyết định này có hiệu lực kể từ ngày ký. Cấp lại giấy công nhận với nội dung đã đính chính, giữ nguyên"
        " số vào sổ và mã kiểm tra; các nội dung khác không thay đổi.",
    )
    names = _names(decision, [one.recognition for one in found])
    lines = [
        docs.Changed(_concerned(one.recognition, words, names), CORRECTABLE[key], one.before[key], one.after[key])
        for one in found
        for words in [queries.printed_before(one.recognition, one)]
        for key in CORRECTABLE
        if key in one.after
    ]
    return docs.correction(contents.office(decision), text, lines, template)


def _text(decision: Decision, *, about: str, first: str, reason: str, second: str) -> docs.Text:
    who = contents.articles(decision.round, decision)[-1]
    sentence = reason.strip()
    ended = sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."
    return docs.Text(about, decision.body, decision.bases, first, ended, [second, who])


def _names(decision: Decision, titles: Iterable[Recognition]) -> dict[int, str]:
    return tree.names_of({one.place_id for one in titles}, decision.day or localdate())


def _concerned(one: Recognition, words: Mapping[str, Any], names: Mapping[int, str]) -> docs.Concerned:
    granted = one.decision
    day = f" ngày {vn_date(granted.day)}" if granted.day else ""
    return docs.Concerned(
        name=words["name"],
        village=names.get(one.place_id, ""),
        title=words["title"],
        decision=f"{granted.number}/{granted.symbol}{day}",
        certificate=words["number"],
    )


def recorded_revocation(decision: Decision, template: bytes | None) -> bytes:
    """The paper of a revoking decision that was recorded."""
    found = Recognition.objects.filter(revocation__decision=decision).select_related("decision", "revocation")
    titles = list(found.order_by("model", "sequence"))
    return revocation(decision, titles, titles[0].revocation.reason, template)


def recorded_correction(decision: Decision, template: bytes | None) -> bytes:
    """The paper of a correcting decision that was recorded."""
    found = decision.corrections.select_related("recognition__decision")
    return correction(decision, list(found.order_by("pk")), template)
