"""What officers do: give out links, print, revoke, restore, let people try anew, take answers over into a dossier.

Each verb is one transaction and one line of the act log. What a subject said of itself becomes an answer of the
dossier only here, by an officer's act, and keeps that it was said by the subject (``said_by``).
Use: ``actions.make(round_id, [subject.pk], way="code", expires_on=day, by=user)``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.timezone import localdate, now

from hieuhoc.accounts.access import require, require_everywhere
from hieuhoc.audit import log
from hieuhoc.common.ids import uuid7
from hieuhoc.common.text import nfc
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.answering import Given
from hieuhoc.dossiers.models import Dossier
from hieuhoc.places import tree
from hieuhoc.registry.models import Subject
from hieuhoc.rounds.models import Round
from hieuhoc.selfassessment import queries, tries
from hieuhoc.selfassessment.filling import Refused, withdraw
from hieuhoc.selfassessment.keys import digest, token_of
from hieuhoc.selfassessment.models import Link, SelfAssessment, Way

RIGHT = "dossier.write"
SAID_BY = "Tự chấm"
LONGEST = 400  # days a link may stand


@dataclass(frozen=True)
class Made:
    """The links that stand now, how many of them are new, how many got a code for want of a year of birth."""

    links: list[Link]
    new: int
    coded: int


@transaction.atomic
def make(round_id: int, subjects: Collection[UUID], *, way: str, expires_on: date, by: Any) -> Made:
    """A link for each subject; one that stands is kept, with its paper, and gets the new day and way."""
    round_ = _open_round(round_id, expires_on)
    found = list(Subject.objects.filter(pk__in=list(subjects), commune_id=round_.place_id, active_to=None))
    if not found:
        raise Refused("Không có ai để làm đường dẫn.")
    require_everywhere(by, RIGHT, {one.place_id for one in found})
    _refuse_unknown_model(round_, {one.model for one in found})
    years = queries.years_of(found) if way == Way.BIRTH_YEAR else {}
    ways = {one.pk: way if way == Way.CODE or one.pk in years else Way.CODE for one in found}
    new = _stand(round_, found, ways, expires_on, by)
    links = list(Link.objects.filter(round=round_, subject__in=found, revoked_at=None).select_related("subject"))
    after = {"way": way, "expires_on": expires_on.isoformat(), "links": len(links), "new": new}
    log.record(
        "selfassessment.make", round_, by=by, place=round_.place_id, after=after,
        targets=[one.pk for one in found], target_type="registry.subject",
    )  # fmt: skip
    return Made(links, new, sum(ways[one.pk] != way for one in found))


def _stand(round_: Round, found: list[Subject], ways: Mapping[UUID, str], day: date, by: Any) -> int:
    """Give the new day and way to the links that stand, and make those that are missing; return how many."""
    standing = Link.objects.filter(round=round_, subject__in=found, revoked_at=None)
    there = set(standing.values_list("subject_id", flat=True))
    place = Subject.objects.filter(pk=OuterRef("subject_id")).values("place_id")
    for way in Way.values:
        with_way = [pk for pk, chosen in ways.items() if chosen == way and pk in there]
        standing.filter(subject__in=with_way).update(way=way, expires_on=day, place_id=Subquery(place))
    missing = [one for one in found if one.pk not in there]
    new = [_link(round_, one.model, one.place_id, one, ways[one.pk], day, by) for one in missing]
    Link.objects.bulk_create(new, batch_size=2000)
    return len(new)


@transaction.atomic
def make_poster(round_id: int, place_id: int, model: str, *, way: str, expires_on: date, by: Any) -> Link:
    """One link for all subjects of a model in a village; one that stands is kept with the new day and way."""
    round_ = _open_round(round_id, expires_on)
    require(by, RIGHT, place_id)
    if not tree.is_below(place_id, round_.place_id, localdate()):
        raise Refused("Thôn này không thuộc xã của đợt xét.")
    _refuse_unknown_model(round_, {model})
    link = Link.objects.select_for_update().filter(round=round_, place_id=place_id, model=model).filter(
        revoked_at=None, subject=None
    ).first() or _link(round_, model, place_id, None, way, expires_on, by)  # fmt: skip
    people = list(queries.subjects_of(link))
    if not people:
        raise Refused("Sổ đăng ký không có ai của mô hình này ở nơi đã chọn; chọn đúng thôn, làng.")
    if way == Way.BIRTH_YEAR and not queries.years_of(people):
        raise Refused("Sổ đăng ký chưa có năm sinh của ai ở đây. Chọn cách xác nhận bằng mã in trên phiếu.")
    link.way, link.expires_on = way, expires_on
    link.save()
    after = {"way": way, "expires_on": expires_on.isoformat(), "model": model}
    log.record("selfassessment.make_poster", link, by=by, place=place_id, after=after)
    return link


def _link(round_: Round, model: str, place_id: int, subject: Subject | None, way: str, day: date, by: Any) -> Link:
    pk = uuid7()
    return Link(
        id=pk, digest=digest(token_of(pk)), round=round_, model=model, place_id=place_id, subject=subject, way=way,
        expires_on=day, made_by=by,
    )  # fmt: skip


@transaction.atomic
def revoke(link_id: UUID, *, by: Any, reason: str) -> None:
    """Stop a link for good; what was answered through it stays."""
    link = _locked(link_id, by)
    if not reason.strip():
        raise Refused("Thu hồi cần ghi lý do.")
    if link.revoked_at:
        raise Refused("Đường dẫn này đã được thu hồi rồi.")
    Link.objects.filter(pk=link_id).update(revoked_at=now(), reason=nfc(reason)[:500])
    log.record("selfassessment.revoke", link, by=by, place=link.place_id, reason=reason)


@transaction.atomic
def restore(link_id: UUID, *, by: Any) -> None:
    """Let a revoked link stand again, unless another one stands in its place."""
    link = _locked(link_id, by)
    if link.revoked_at is None:
        raise Refused("Đường dẫn này đang dùng được, không cần khôi phục.")
    instead = Link.objects.filter(round_id=link.round_id, revoked_at=None)
    if link.subject_id:
        instead = instead.filter(subject_id=link.subject_id)
    else:
        instead = instead.filter(subject=None, place_id=link.place_id, model=link.model)
    if instead.exists():
        raise Refused("Đã có đường dẫn khác thay cho đường dẫn này.")
    Link.objects.filter(pk=link_id).update(revoked_at=None, reason="")
    log.record("selfassessment.restore", link, by=by, place=link.place_id)


@transaction.atomic
def unlock(link_id: UUID, *, by: Any) -> None:
    """Let people try anew after too many wrong confirmations."""
    link = _locked(link_id, by)
    tries.forget(link)
    log.record("selfassessment.unlock", link, by=by, place=link.place_id, before={"misses": link.misses})


@transaction.atomic
def note_print(round_: Round, links: Collection[Link], *, by: Any) -> None:
    """Keep who printed which links: their papers show what opens them."""
    require_everywhere(by, RIGHT, {one.place_id for one in links})
    log.record(
        "selfassessment.print", round_, by=by, place=round_.place_id, after={"links": len(links)},
        targets=[one.pk for one in links], target_type="selfassessment.link",
    )  # fmt: skip


@transaction.atomic
def withdraw_for(pk: UUID, *, by: Any, reason: str) -> None:
    """Take consent back for somebody who asked an officer for it, as when the link has ended."""
    held = SelfAssessment.objects.select_related("subject").get(pk=pk)
    require(by, RIGHT, held.subject.place_id)
    if not reason.strip():
        raise Refused("Cần ghi ai yêu cầu rút, khi nào.")
    withdraw(pk, by=by, reason=reason)


@transaction.atomic
def take_over(dossier_id: UUID, seen: Mapping[str, Any], *, by: Any) -> dict[str, str]:
    """Write self-given answers into the dossier: the keys of ``seen``, each with what stood there for its reader.

    Returns the sentence of each refused one: an answer someone changed since is never overwritten.
    """
    dossier = Dossier.objects.get(pk=dossier_id)
    require(by, RIGHT, dossier.place_id)
    found = SelfAssessment.objects.select_for_update(of=("self",))
    held = found.filter(round_id=dossier.round_id, subject_id=dossier.subject_id).first()
    given = {key: held.answers[key] for key in seen if key in held.answers} if held else {}
    if held is None or not given:
        raise Refused("Không có câu trả lời tự chấm nào để lấy.")
    cells = [Given(dossier_id, key, value, seen[key], said_by=SAID_BY) for key, value in given.items()]
    answered = dossiers.answer_many(cells, by=by)
    refused = {key: said.sentence for (_, key), said in answered.refused.items()}
    taken = sorted(set(given) - set(refused))
    if taken:
        SelfAssessment.objects.filter(pk=held.pk).update(taken_at=now())
        log.record("selfassessment.take_over", held, by=by, place=dossier.place_id, after={"taken": taken})
    return refused


def _locked(link_id: UUID, by: Any) -> Link:
    link = Link.objects.select_for_update().get(pk=link_id)
    require(by, RIGHT, link.place_id)
    return link


def _open_round(round_id: int, expires_on: date) -> Round:
    round_ = Round.objects.select_for_update().get(pk=round_id)
    if round_.state != Round.State.OPEN:
        raise Refused(f"Đợt xét năm {round_.year} đã khóa.")
    ahead = (expires_on - localdate()).days
    if not 0 <= ahead <= LONGEST:
        raise Refused(f"Ngày hết hạn phải từ hôm nay và không quá {LONGEST} ngày nữa.")
    return round_


def _refuse_unknown_model(round_: Round, models: Collection[str]) -> None:
    judged = set(round_.models.filter(model__in=models).values_list("model", flat=True))
    if set(models) - judged:
        raise Refused("Đợt xét năm nay không xét mô hình này.")
