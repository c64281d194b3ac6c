"""Face of the papers of a round: make one, make all, draft a later decision. Certificates are printed in ``prints``.

Every paper is kept as it was made, with its hash; making it again adds a later one. Word papers use the commune's own
template where it gave one. Making all is safe to repeat and writes each file aside before it takes its name.
Use: ``papers.make_all(round_id, by=user, out_dir=Path("var/demo"))``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from hieuhoc.accounts.access import require
from hieuhoc.common.text import fold
from hieuhoc.documents import papers as docs
from hieuhoc.documents import workbooks
from hieuhoc.files import store
from hieuhoc.places import tree
from hieuhoc.recognition import aims, bases, contents, later, prints, queries, submissions
from hieuhoc.recognition.models import CouncilMeeting, Decision, Paper, VillageMeeting
from hieuhoc.rounds.models import Round

Tell = Callable[[str], None]
LABELS = {
    "submission": "Tờ trình",
    "village_minutes": "Biên bản họp thôn",
    "council_minutes": "Biên bản họp hội đồng",
    "decision": "Quyết định",
    "awards": "Danh sách (Word)",
    "awards_xlsx": "Danh sách (Excel)",
    "certificates": "Giấy công nhận",
    "statistics": "Biểu thống kê",
}
NAMES = {
    "submission": "to-trinh.docx",
    "council_minutes": "bien-ban-hoi-dong.docx",
    "decision": "quyet-dinh.docx",
    "awards": "danh-sach.docx",
    "awards_xlsx": "danh-sach.xlsx",
    "certificates": prints.ORIGINALS,
    "statistics": "bieu-thong-ke.xlsx",
}
# Papers of decisions that follow a signed one, by the kind of decision.
LATER = {Decision.Kind.REVOKE: ("revocation",), Decision.Kind.CORRECT: ("correction", "corrected")}
LATER_LABELS = {
    "revocation": "Quyết định thu hồi",
    "correction": "Quyết định đính chính",
    "corrected": "Giấy công nhận đã đính chính",
}
LATER_NAMES = {
    "revocation": "quyet-dinh-thu-hoi.docx",
    "correction": "quyet-dinh-dinh-chinh.docx",
    "corrected": prints.CORRECTED,
}
FILES = {"decision": "decision", "awards": "list", "awards_xlsx": "list_xlsx", "council_minutes": "minutes"}


def make_all(
    round_id: int, *, by: Any, out_dir: Path | None = None, each: bool = True, tell: Tell = lambda _: None
) -> dict[str, str]:
    """Make every paper of a round; with ``out_dir`` also write them there. Returns {name: path} of what was written.

    Names: decision, list, list_xlsx, certificates, certificates_each (a folder), statistics, submission, minutes,
    village_minutes (a folder); those of a second decision are decision-2, list-2 and so on. ``each`` says whether
    certificates are also written one by one.
    """
    round_ = Round.objects.get(pk=round_id)
    written: dict[str, str] = {}
    for kind in ("submission", "council_minutes", "statistics"):
        tell(LABELS[kind])
        written |= _put(out_dir, FILES.get(kind, kind), NAMES[kind], make(round_, kind, by=by))
    tell(LABELS["village_minutes"])
    for name, data in village_minutes(round_, by=by):
        _write(out_dir, f"bien-ban-thon/{name}", data)
    if out_dir:
        written["village_minutes"] = str(out_dir / "bien-ban-thon")
    for number, decision in enumerate(queries.decisions(round_id, Decision.Kind.GRANT), 1):
        written |= _of_decision(decision, number, by=by, out_dir=out_dir, each=each, tell=tell)
    for number, decision in enumerate(queries.decisions(round_id).exclude(kind=Decision.Kind.GRANT), 1):
        written |= _of_later(decision, number, by=by, out_dir=out_dir, tell=tell)
    return written


def _of_later(decision: Decision, number: int, *, by: Any, out_dir: Path | None, tell: Tell) -> dict[str, str]:
    """The papers of a decision that followed: made anew but for the certificate, which is printed once."""
    written: dict[str, str] = {}
    for kind in LATER[Decision.Kind(decision.kind)]:
        tell(LATER_LABELS[kind])
        if kind == "corrected" and not prints.standing_correction(decision):
            continue
        data = make(decision.round, kind, decision, by=by)
        written |= _put(out_dir, prints.numbered(kind, number), prints.numbered(LATER_NAMES[kind], number), data)
    return written


def _of_decision(
    decision: Decision, number: int, *, by: Any, out_dir: Path | None, each: bool, tell: Tell
) -> dict[str, str]:
    """The papers of one decision; those of a second one in the same round get its number in their names."""
    written: dict[str, str] = {}
    for kind in ("decision", "awards", "awards_xlsx"):
        tell(LABELS[kind])
        data = make(decision.round, kind, decision, by=by)
        written |= _put(out_dir, prints.numbered(FILES[kind], number), prints.numbered(NAMES[kind], number), data)
    if not prints.in_originals(decision).exists():
        return written
    tell(LABELS["certificates"])
    data = prints.print_originals(decision.pk, by=by)
    written |= _put(
        out_dir, prints.numbered("certificates", number), prints.numbered(NAMES["certificates"], number), data
    )
    if out_dir and each:
        folder = out_dir / prints.numbered("giay-cong-nhan", number)
        for name, page in prints.one_by_one(decision):
            _write(folder, name, page)
        written[prints.numbered("certificates_each", number)] = str(folder)
    return written


def of_later(decision: Decision, made: Iterable[Paper]) -> list[tuple[str, str, list[Paper]]]:
    """The papers of a decision that followed: kind, label, those in use; a certificate that no longer holds is left."""
    kinds = LATER[Decision.Kind(decision.kind)]
    found = {kind: [one for one in made if one.kind == kind and one.decision_id == decision.pk] for kind in kinds}
    holds = prints.standing_correction(decision) is not None
    return [(kind, LATER_LABELS[kind], found[kind]) for kind in kinds if kind != "corrected" or found[kind] or holds]


def older_than_list(decision: Decision) -> bool:
    """Whether a kind of paper was made of the decision before its list changed, and not again since."""
    if decision.listed_at is None:
        return False
    again = decision.papers.filter(made_at__gte=decision.listed_at).values("kind")
    return decision.papers.filter(made_at__lt=decision.listed_at).exclude(kind__in=again).exists()


def make(round_: Round, kind: str, decision: Decision | None = None, *, by: Any) -> bytes:
    """Make one paper of a kind and keep it; papers of a decision need the decision."""
    require(by, "paper.make", round_.place_id)
    if kind == "corrected" and decision:
        return prints.print_corrected(decision.pk, by=by)
    data = MAKERS[kind](round_, decision, _own_template(round_, kind))
    prints.keep(round_, kind, (NAMES | LATER_NAMES)[kind], data, by=by, decision=decision)
    return data


def _own_template(round_: Round, kind: str) -> bytes | None:
    template = queries.template(round_.place_id, kind)
    return store.read(template.file) if template and template.file else None


def draft_revocation(ids: Iterable[UUID], wish: later.Wish, *, by: Any) -> bytes:
    """The paper of a revocation that is still to be signed; nothing is kept. Refused as the act itself would be."""
    found = later.to_revoke(ids, wish, by=by)
    decision = later.decision_of(found, Decision.Kind.REVOKE, wish, by=by)
    return later.revocation(decision, found, wish.reason, _own_template(decision.round, "revocation"))


def draft_correction(recognition_id: UUID, changes: Mapping[str, str], wish: later.Wish, *, by: Any) -> bytes:
    """The paper of a correction that is still to be signed; nothing is kept. Refused as the act itself would be."""
    correction = later.to_correct(recognition_id, changes, wish, by=by)
    decision = later.decision_of([correction.recognition], Decision.Kind.CORRECT, wish, by=by)
    return later.correction(decision, [correction], _own_template(decision.round, "correction"))


# --- one paper of each kind


def _submission(round_: Round, _: Any, template: bytes | None) -> bytes:
    made = queries.submission(round_.pk)
    head = contents.association(round_, made.number, made.day, made.signer) if made else contents.association(round_)
    told = f"{said} " if (said := submissions.told(made)) else ""
    place = tree.versions_of([round_.place_id], head.day or localdate())[round_.place_id].in_sentence
    stated = made.tallies if made else queries.tallies(round_)
    return docs.submission(
        head,
        about=f"Về việc đề nghị công nhận các danh hiệu học tập năm {round_.year}",
        to=f"Ủy ban nhân dân {place}",
        bases=[bases.PROGRAMME],
        opening=(
            f"{round_.association} đã tổ chức đăng ký, chấm điểm và thẩm định các danh hiệu học tập năm {round_.year}"
            " trên địa bàn. Kết quả như sau:"
        ),
        tallies=contents.tallies(stated),
        aims=aims.sentences(round_, stated, head.day or localdate()),
        closing=f"{told}{round_.association} kính đề nghị Ủy ban nhân dân {place} xem xét, quyết định công nhận./.",
        template=template,
    )


def _council(round_: Round, _: Any, template: bytes | None) -> bytes:
    council = queries.council(round_.pk)
    meeting = CouncilMeeting.objects.filter(council=council).order_by("-pk").first() if council else None
    head = contents.association(round_)
    conclusions = list(filter(None, map(str.strip, meeting.conclusions.splitlines()))) if meeting else []
    return docs.council_minutes(
        docs.Letterhead(
            authority=f"Hội đồng xét công nhận các danh hiệu học tập {contents.commune_words(round_)}",
            issued_place=head.issued_place,
            year=round_.year,
            symbol="BB-HĐ",
            number=meeting.number or None if meeting else None,
            illustrative=head.illustrative,
            demonstration=head.demonstration,
        ),
        contents.council_meeting(council, meeting),
        about=f"Họp Hội đồng xét công nhận các danh hiệu học tập năm {round_.year}",
        bases=[f"Căn cứ {council.founded_by}"] if council and council.founded_by else [],
        form=str(CouncilMeeting.Form(meeting.form if meeting else "session").label),
        members=contents.members(council, meeting),
        votes=contents.votes(round_, meeting),
        conclusions=conclusions or contents.conclusions(round_),
        template=template,
    )


def _decision(round_: Round, decision: Decision, template: bytes | None) -> bytes:
    return docs.decision(
        contents.office(decision),
        about=f"Về việc công nhận các danh hiệu học tập năm {round_.year}",
        issuer=decision.body,
        bases=decision.bases,
        first=f"Công nhận các danh hiệu học tập năm {round_.year} (có danh sách kèm theo) cho:",
        awards=contents.awards(decision),
        articles=contents.articles(round_, decision),
        template=template,
    )


def _awards(round_: Round, decision: Decision, template: bytes | None) -> bytes:
    return docs.award_list(**_listed(round_, decision), template=template)


def _awards_xlsx(round_: Round, decision: Decision, _: bytes | None) -> bytes:
    return workbooks.award_list(**_listed(round_, decision))


def _listed(round_: Round, decision: Decision) -> dict[str, Any]:
    named = docs.annexed_to(decision.number or None, decision.symbol, decision.day, round_.year, decision.body)
    return {
        "head": contents.office(decision),
        "title": f"ĐƯỢC CÔNG NHẬN CÁC DANH HIỆU HỌC TẬP NĂM {round_.year}",
        "annexed_to": named,
        "sections": contents.sections(decision),
    }


def _statistics(round_: Round, _: Any, __: bytes | None) -> bytes:
    title = f"BIỂU THỐNG KÊ KẾT QUẢ CÁC DANH HIỆU HỌC TẬP NĂM {round_.year}"
    return workbooks.statistics(contents.association(round_), title=title, tables=contents.statistics(round_))


MAKERS: dict[str, Callable[[Round, Any, bytes | None], bytes]] = {
    "submission": _submission,
    "council_minutes": _council,
    "decision": _decision,
    "awards": _awards,
    "awards_xlsx": _awards_xlsx,
    "statistics": _statistics,
    "revocation": lambda _, decision, template: later.recorded_revocation(decision, template),
    "correction": lambda _, decision, template: later.recorded_correction(decision, template),
}


def village_minutes(round_: Round, *, by: Any, only: int | None = None) -> Iterator[tuple[str, bytes]]:
    """The minutes of every village that puts somebody forward (or of one); kept, and given with a file name."""
    require(by, "paper.make", round_.place_id)
    given = _own_template(round_, "village_minutes")
    held = {one.place_id: one for one in VillageMeeting.objects.filter(round=round_)}
    forward, head = contents.put_forward(round_), contents.association(round_)
    for village in contents.villages(round_):
        if village.unit_id not in {*forward, *held} or only not in (None, village.unit_id):
            continue
        meeting = held.get(village.unit_id)
        found = forward.get(village.unit_id, [])
        data = docs.village_minutes(
            contents.village_head(round_, village, head),
            contents.village_meeting(meeting),
            about=f"Họp thôn xét đề nghị công nhận các danh hiệu học tập năm {round_.year}",
            summoned=meeting.summoned if meeting else None,
            present=meeting.present if meeting else None,
            results=contents.results(found, meeting.present if meeting else None),
            sections=found,
            template=given,
        )
        name = f"{fold(village.name).replace(' ', '-')}.docx"
        prints.keep(round_, "village_minutes", name, data, by=by, place=village.unit_id)
        yield name, data


# --- files


def _put(out_dir: Path | None, key: str, name: str, data: bytes) -> dict[str, str]:
    path = _write(out_dir, name, data)
    return {key: str(path)} if path else {}


def _write(out_dir: Path | None, name: str, data: bytes) -> Path | None:
    """Write aside and rename, so that nobody ever finds half a paper."""
    if out_dir is None:
        return None
    path = out_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(data)
    os.replace(aside, path)
    return path
