"""What the commune does with what came from the field and could not simply be written.

Two answers met: one of both is chosen, or the village is asked. A new household that was there already: it is that
one, or another. What was refused, held or only said: somebody has seen it. Nothing is thrown away; every choice has a
person and a moment, and may be taken back while nothing stands on it.
Use: ``settling.choose(envelope, True, by=user)``.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now

from hieuhoc.accounts.access import require
from hieuhoc.audit import log
from hieuhoc.common.text import nfc
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.answering import Given
from hieuhoc.dossiers.models import Dossier
from hieuhoc.field import applying, doing
from hieuhoc.field.answers import cell
from hieuhoc.field.models import Envelope, Kind, Outcome, StandIn
from hieuhoc.registry import actions as registry
from hieuhoc.registry.models import Subject

Settlement = Envelope.Settlement


class Refused(ValueError):
    """The act is not possible; the message is the sentence to show."""


@transaction.atomic
def choose(envelope: Envelope, take: bool, *, by: Any, because: str = "", seen: int | None = None) -> None:
    """Of two answers that met let the phone's stand (``take``), or the one that is there.

    ``seen`` is the revision of the answer there that the person saw; where another stands by now, nothing is done.
    """
    one = _open(envelope, by)
    if one.outcome != Outcome.CONFLICT or one.kind != Kind.ANSWER:
        raise Refused("Mục này không có hai bản để chọn.")
    dossier = dossier_of(one)
    if dossier is None:
        raise Refused("Hồ sơ của câu trả lời này không còn.")
    before = cell(dossier.answers, one.key)
    if seen is not None and seen != before["rev"]:
        raise Refused("Câu trả lời đang có vừa được sửa tiếp; xem lại rồi chọn.")
    if take:
        _write(dossier, one.key, one.body.get("value"), one.person.full_name, by, over=before)
        dossier.refresh_from_db()
    after = {"before": before, "stands": cell(dossier.answers, one.key)}
    _settle(_met(one), Settlement.TAKEN if take else Settlement.KEPT, by, because, after)


def _write(dossier: Dossier, key: str, value: Any, said_by: str, by: Any, *, over: dict[str, Any]) -> None:
    given = Given(dossier.pk, key, value, over["value"], over["rev"], said_by=said_by)
    refused = dossiers.answer_many([given], by=by).refused
    if refused:
        raise Refused(refused[dossier.pk, key].sentence)


def _met(one: Envelope) -> QuerySet[Envelope]:
    """The person's open answers to the same question up to this one: an earlier one goes with it."""
    return Envelope.objects.filter(
        person=one.person, subject=one.subject, key=one.key, kind=Kind.ANSWER, outcome=Outcome.CONFLICT, settlement="",
        body__round=one.body.get("round"), number__lte=one.number,
    )  # fmt: skip


@transaction.atomic
def join(envelope: Envelope, *, by: Any) -> None:
    """The new household is the one that was there already: what was written for it goes there."""
    one = _open(envelope, by)
    twin = Subject.objects.filter(pk=(one.result or {}).get("twin")).first()
    if one.code != "twin" or twin is None or one.subject is None:
        raise Refused("Mục này không trùng với mục nào.")
    StandIn.objects.get_or_create(made_id=one.subject, defaults={"subject": twin, "said_by": by})
    _settle(_only(one), Settlement.JOINED, by, "", None)
    _wake(one.subject)


@transaction.atomic
def separate(envelope: Envelope, code: str, *, by: Any) -> None:
    """The new household is another one of the same name: it is added under a code that tells them apart."""
    one = _open(envelope, by)
    if one.code != "twin" or one.subject is None or one.place_id is None:
        raise Refused("Mục này không trùng với mục nào.")
    if not code.strip():
        raise Refused("Ghi mã hộ để phân biệt hai hộ cùng tên.")
    twin = Subject.objects.get(pk=(one.result or {})["twin"])
    form = applying.subject_form(twin.model, str(one.body.get("name", "")), code.strip(), _details(one))
    if not form.is_valid():
        raise Refused(applying.problem_of(form))
    registry.add(
        twin.model, place_id=one.place_id, commune_id=twin.commune_id, name=form.cleaned_data["name"],
        code=code.strip(), phone=form.cleaned_data["phone"], details=form.details(), by=by, made_id=one.subject,
    )  # fmt: skip
    _settle(_only(one), Settlement.SEPARATE, by, "", None)
    _wake(one.subject)


def _wake(subject: UUID) -> None:
    """Try again what waits for the subject; once more after the commit, for what was being done meanwhile."""
    doing.wake({subject})
    transaction.on_commit(lambda: doing.wake({subject}))


def _details(one: Envelope) -> dict[str, Any]:
    found = one.body.get("details")
    return found if isinstance(found, dict) else {}


@transaction.atomic
def ask(envelope: Envelope, text: str, *, by: Any) -> None:
    """Ask the village back; the question stands on its phone until the matter is settled."""
    one = _open(envelope, by)
    words = nfc(text)
    if not words:
        raise Refused("Ghi câu cần hỏi.")
    Envelope.objects.filter(pk=one.pk).update(asked=words[:500], asked_by=by, asked_at=now())
    log.record("field.ask", one, by=by, place=one.place_id, reason=words[:500])


@transaction.atomic
def read(envelope: Envelope, *, by: Any, because: str = "") -> None:
    """Somebody has seen it, and nothing more is to be done with it."""
    one = _open(envelope, by)
    if one.outcome == Outcome.CONFLICT:
        raise Refused("Hai bản khác nhau thì cần chọn một bản.")
    _settle(_only(one), Settlement.READ, by, because, None)


@transaction.atomic
def undo(envelope: Envelope, *, by: Any) -> None:
    """Take a choice back: it is open again, and the answer that stood before stands again."""
    one = Envelope.objects.select_for_update().get(pk=envelope.pk)
    require(by, "dossier.verify", one.place_id or 0)
    if one.settlement not in (Settlement.KEPT, Settlement.TAKEN, Settlement.READ):
        raise Refused("Việc này không hoàn tác được ở đây.")
    if one.settlement == Settlement.TAKEN:
        _put_back(one, by)
    result = {key: value for key, value in (one.result or {}).items() if key not in ("before", "stands")}
    Envelope.objects.filter(pk=one.pk).update(
        settlement="", settled_by=None, settled_at=None, settled_because="", result=result or None
    )
    log.record("field.unsettle", one, by=by, place=one.place_id, before={"settlement": one.settlement})


def _put_back(one: Envelope, by: Any) -> None:
    result, dossier = one.result or {}, dossier_of(one)
    if dossier is None or cell(dossier.answers, one.key) != result["stands"]:
        raise Refused("Câu trả lời đã được sửa tiếp sau đó, không hoàn tác được.")
    _write(dossier, one.key, result["before"]["value"], "", by, over=result["stands"])


def _open(envelope: Envelope, by: Any) -> Envelope:
    """The envelope, locked, if nobody has settled it yet and the person verifies at its place."""
    one = Envelope.objects.select_for_update(of=("self",)).select_related("person").get(pk=envelope.pk)
    require(by, "dossier.verify", one.place_id or 0)
    if one.settlement:
        raise Refused("Mục này đã có người xử lý.")
    return one


def _only(one: Envelope) -> QuerySet[Envelope]:
    return Envelope.objects.filter(pk=one.pk)


def _settle(some: QuerySet[Envelope], how: str, by: Any, because: str, kept: dict[str, Any] | None) -> None:
    words = nfc(because)[:500]
    for one in list(some.select_for_update().order_by("number")):
        one.settlement, one.settled_by, one.settled_at, one.settled_because = how, by, now(), words
        if kept is not None:
            one.result = (one.result or {}) | kept
        one.save(update_fields=["settlement", "settled_by", "settled_at", "settled_because", "result"])
        log.record("field.settle", one, by=by, place=one.place_id, reason=words, after={"settlement": how})


def dossier_of(one: Envelope) -> Dossier | None:
    """The dossier an envelope is about, where there is one."""
    if one.subject is None or not isinstance(one.body.get("round"), int):
        return None
    stands_for = StandIn.objects.filter(made_id=one.subject).values_list("subject_id", flat=True).first()
    return Dossier.objects.filter(round_id=one.body["round"], subject_id=stands_for or one.subject).first()


def mark_seen(user: Any, ids: list[UUID]) -> int:
    """Mark many notes and refusals as seen at once; how many were."""
    from hieuhoc.field.access import envelopes_for

    found = envelopes_for(user).filter(made_id__in=ids, settlement="").exclude(outcome=Outcome.CONFLICT)
    seen = list(found)
    for one in seen:
        read(one, by=user)
    return len(seen)
