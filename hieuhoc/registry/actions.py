"""Every write of the registry: enrol a roster, add or correct one subject, close, merge, undo.

Each verb is one transaction and one line of the act log. It refuses who has no right at the place, and a
subject that is closed. Use: ``actions.enrol("households", columns, commune_id=…, places=…, by=user)``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from hieuhoc.accounts.access import require
from hieuhoc.audit import log
from hieuhoc.common.text import fold, nfc, sort_key
from hieuhoc.places import tree
from hieuhoc.places.models import Unit
from hieuhoc.registry import enrol as pouring
from hieuhoc.registry import identity, links, rehoming, rules, staging, undoing
from hieuhoc.registry.models import CitizenNumber, Distinct, Membership, Model, Subject


class Refused(ValueError):
    """The act is not possible; the message is the sentence to show."""


class Twin(Refused):
    """There is one under the same key already: ``subject_id``."""

    def __init__(self, message: str, subject_id: UUID):
        super().__init__(message)
        self.subject_id = subject_id


@dataclass(frozen=True)
class Enrolled:
    """What enrolling did: rows taken, subjects made, subjects completed, memberships found."""

    rows: int
    new: int
    changed: int
    linked: int


@transaction.atomic
def enrol(
    kind: str,
    columns: staging.Columns,
    *,
    commune_id: int,
    places: Mapping[str | None, int],
    by: Any,
    imported: Any = None,
    day: date | None = None,
) -> Enrolled:
    """Take a checked roster, as columns by canonical key, into the registry; doing it again changes nothing."""
    require(by, "sheet.import", commune_id)
    on = day or localdate()
    roster = staging.Roster(kind, columns, places)
    poured = pouring.pour(roster, commune=commune_id, imported=imported and imported.pk, day=on)
    linked = links.link(commune_id, on, imported=imported and imported.pk)
    made = Enrolled(roster.count, poured.new, poured.changed, linked)
    after = {"model": roster.model, **asdict(made)}
    log.record("registry.enrol", imported or Unit(pk=commune_id), by=by, place=commune_id, after=after)
    return made


@transaction.atomic
def undo_enrol(imported: Any, *, commune_id: int, by: Any, reason: str) -> int:
    """Take back what an import enrolled: new subjects go, completed ones get their former details.

    Refused when a later act stands on it: a dossier, a correction, a merge, a later roster.
    """
    require(by, "sheet.import", commune_id)
    problem = undoing.standing_on(imported.pk)
    if problem:
        raise Refused(f"Không hoàn tác được: {problem}")
    gone = undoing.take_back(imported.pk)
    log.record("registry.undo_enrol", imported, by=by, place=commune_id, reason=reason, after={"removed": gone})
    return gone


@transaction.atomic
def add(
    model: str,
    *,
    place_id: int,
    commune_id: int,
    name: str,
    details: dict,
    by: Any,
    code: str = "",
    phone: str = "",
    citizen_number: str = "",
    made_id: UUID | None = None,
    on: date | None = None,
) -> Subject:
    """Add one subject by hand, with a citizen number where one is known; a second one under its key is refused.

    ``made_id`` is the id a phone gave it; ``on`` the day on which the right is needed (today by default).
    """
    require(by, "registry.write", place_id, on)
    name = _named(name)
    natural = rules.natural_key(model, place_id, name, code, str(details.get("birth_date") or ""))
    _refuse_twin(commune_id, model, natural, None)
    subject = Subject.objects.create(
        **({"id": made_id} if made_id else {}),
        model=model,
        place_id=place_id,
        commune_id=commune_id,
        name=name,
        search_key=fold(name),
        sort_key=sort_key(name),
        natural_key=natural,
        code=code,
        phone=phone,
        details=rules.details_of(details),
        active_from=localdate(),
    )
    links.link(commune_id, localdate(), subject.pk)
    if citizen_number:
        require(by, "registry.identity", place_id)
        _keep_number(subject, citizen_number)
    log.record("registry.add", subject, by=by, place=place_id, after=_shown(subject) | {"kept": bool(citizen_number)})
    return subject


@transaction.atomic
def undo_add(subject_id: UUID, *, by: Any, reason: str) -> None:
    """Take out what was added by hand by mistake; refused once a later act stands on it. Its lines stay in the log."""
    subject = Subject.objects.select_for_update().get(pk=subject_id)
    require(by, "registry.write", subject.place_id)
    _need_reason(reason)
    problem = undoing.standing_on_added(subject)
    if problem:
        raise Refused(f"Không hoàn tác được việc thêm: {problem}")
    before = _shown(subject)
    undoing.take_out(subject)
    log.record("registry.undo_add", subject, by=by, place=subject.place_id, reason=reason, before=before)


@transaction.atomic
def correct(
    subject_id: UUID, *, name: str, details: dict, by: Any, reason: str, code: str = "", phone: str = ""
) -> Subject:
    """Correct a subject's name, code, phone or details; what stood before stays in its history."""
    subject = _open_subject(subject_id)
    require(by, "registry.write", subject.place_id)
    _need_reason(reason)
    before = _shown(subject)
    subject.name = _named(name)
    subject.search_key, subject.sort_key = fold(subject.name), sort_key(subject.name)
    subject.code, subject.phone, subject.details = code, phone, rules.details_of(details)
    birth = str(details.get("birth_date") or "")
    subject.natural_key = rules.natural_key(subject.model, subject.place_id, subject.name, code, birth)
    _refuse_twin(subject.commune_id, subject.model, subject.natural_key, subject.pk)
    subject.save()
    links.relink(subject, before["details"], localdate())
    after = _shown(subject)
    log.record("registry.correct", subject, by=by, place=subject.place_id, reason=reason, before=before, after=after)
    return subject


@transaction.atomic
def set_citizen_number(subject_id: UUID, number: str, *, by: Any) -> None:
    """Keep a citizen number (12 digits) encrypted, or forget it when ``number`` is empty."""
    subject = _open_subject(subject_id)
    require(by, "registry.identity", subject.place_id)
    CitizenNumber.objects.filter(subject=subject).delete()
    if number:
        _keep_number(subject, number)
    log.record("registry.set_citizen_number", subject, by=by, place=subject.place_id, after={"kept": bool(number)})


def _keep_number(subject: Subject, number: str) -> None:
    if not re.fullmatch("[0-9]{12}", number):
        raise Refused("Số căn cước phải có đúng 12 chữ số.")
    CitizenNumber.objects.create(
        subject=subject, ciphertext=identity.seal(number), digest=identity.digest(number), last_three=number[-3:]
    )


@transaction.atomic
def read_citizen_number(subject_id: UUID, *, by: Any, reason: str) -> str:
    """Return the whole citizen number to an officer who says why; the look leaves a line."""
    subject = Subject.objects.get(pk=subject_id)
    require(by, "registry.identity", subject.place_id)
    if not reason.strip():
        raise Refused("Cần ghi lý do xem số căn cước.")
    log.record("registry.read_citizen_number", subject, by=by, place=subject.place_id, reason=reason)
    kept = CitizenNumber.objects.filter(subject=subject).first()
    return identity.reveal(bytes(kept.ciphertext)) if kept else ""


@transaction.atomic
def look(subject: Subject, *, by: Any) -> None:
    """Leave a line for an officer's look at a person's record (domain §10)."""
    if subject.model in (Model.CITIZEN, Model.FAMILY):
        log.record("registry.look", subject, by=by, place=subject.place_id)


@transaction.atomic
def close(subject_id: UUID, *, by: Any, reason: str, day: date | None = None) -> None:
    """End a subject (moved away, dissolved, withdrew for good); its past stays."""
    subject = _open_subject(subject_id)
    require(by, "registry.write", subject.place_id)
    _need_reason(reason)
    on = day or localdate()
    Subject.objects.filter(pk=subject.pk).update(active_to=on)
    log.record("registry.close", subject, by=by, place=subject.place_id, reason=reason, after={"active_to": str(on)})


@transaction.atomic
def reopen(subject_id: UUID, *, by: Any, reason: str) -> None:
    """Undo a close: the subject is active again; one that was merged is taken apart by ``unmerge``."""
    subject = Subject.objects.select_for_update().get(pk=subject_id)
    require(by, "registry.write", subject.place_id)
    _need_reason(reason)
    if subject.merged_into_id is not None:
        raise Refused("Mục này đã gộp vào mục khác; dùng «Bỏ gộp».")
    _refuse_twin(subject.commune_id, subject.model, subject.natural_key, subject.pk)
    Subject.objects.filter(pk=subject.pk).update(active_to=None)
    log.record("registry.reopen", subject, by=by, place=subject.place_id, reason=reason)


@transaction.atomic
def move(subject_id: UUID, *, place_id: int, by: Any, reason: str) -> Subject:
    """Say that a subject lives in another village of its commune; its open dossiers follow, frozen ones stay."""
    subject = _open_subject(subject_id)
    require(by, "registry.write", subject.place_id)
    require(by, "registry.write", place_id)
    _need_reason(reason)
    if subject.place_id == place_id:
        raise Refused("Nơi mới trùng với nơi đang ghi.")
    if not tree.is_below(place_id, subject.commune_id, localdate()):
        raise Refused("Chỉ chuyển giữa các thôn của xã; sang xã khác thì đóng ở đây và thêm ở xã đó.")
    names = tree.names_of([subject.place_id, place_id], localdate())
    before, after = {"place": names[subject.place_id]}, {"place": names[place_id]}
    birth = str(subject.details.get("birth_date") or "")
    natural = rules.natural_key(subject.model, place_id, subject.name, subject.code, birth)
    _refuse_twin(subject.commune_id, subject.model, natural, subject.pk)
    subject.place_id, subject.natural_key = place_id, natural
    subject.save(update_fields=["place", "natural_key", "updated_at"])
    log.record(
        "registry.move", subject, by=by, place=place_id, reason=reason, before=before, after=after,
        targets=rehoming.dossiers_follow([subject.pk]), target_type="dossiers.dossier",
    )  # fmt: skip
    return subject


@transaction.atomic
def say_distinct(first_id: UUID, second_id: UUID, *, by: Any) -> None:
    """Keep that two subjects that look alike are two, so that they are not shown as a pair again."""
    first, second = sorted((_open_subject(first_id), _open_subject(second_id)), key=lambda one: one.pk)
    require(by, "registry.merge", first.place_id)
    require(by, "registry.merge", second.place_id)
    Distinct.objects.get_or_create(first=first, second=second)
    log.record("registry.distinct", first, by=by, place=first.place_id, targets=[second.pk])


@transaction.atomic
def merge(keep_id: UUID, drop_id: UUID, *, by: Any, reason: str) -> None:
    """Say that two subjects are one: ``drop`` ends and points to ``keep``, which gains the details it lacked.

    Dossiers and titles stay with the subject they were made for; ``unmerge`` takes it back.
    """
    _need_reason(reason)
    if keep_id == drop_id:
        raise Refused("Hai mục là một, không có gì để gộp.")
    keep, drop = _open_subject(keep_id), _open_subject(drop_id)
    require(by, "registry.merge", keep.place_id)
    require(by, "registry.merge", drop.place_id)
    if keep.model != drop.model:
        raise Refused("Chỉ gộp hai mục cùng loại.")
    before = {"keep": _shown(keep), "drop": _shown(drop)}
    Subject.objects.filter(pk=drop.pk).update(active_to=localdate(), merged_into=keep)
    Subject.objects.filter(pk=keep.pk).update(
        details=drop.details | keep.details, phone=keep.phone or drop.phone, code=keep.code or drop.code
    )
    after = _hand_over(drop, keep)
    log.record(
        "registry.merge", keep, by=by, place=keep.place_id, reason=reason, before=before, after=after,
        targets=[drop.pk],
    )  # fmt: skip


def _hand_over(drop: Subject, keep: Subject) -> dict[str, Any]:
    """Give ``keep`` the open memberships and the citizen number it lacks; what went over is kept for the undo."""
    open_ones = Membership.objects.filter(valid__upper_inf=True)
    known = open_ones.filter(group=keep).values("member")
    members = open_ones.filter(group=drop).exclude(member__in=known).exclude(member=keep)
    models = open_ones.filter(member=keep).values("group__model")
    groups = open_ones.filter(member=drop).exclude(group__model__in=models).exclude(group=keep)
    moved = {"members": list(members.values_list("pk", flat=True)), "groups": list(groups.values_list("pk", flat=True))}
    Membership.objects.filter(pk__in=moved["members"]).update(group=keep)
    Membership.objects.filter(pk__in=moved["groups"]).update(member=keep)
    number = not CitizenNumber.objects.filter(subject=keep).exists()
    number = number and bool(CitizenNumber.objects.filter(subject=drop).update(subject=keep))
    return moved | {"number": number}


def _take_back(drop: Subject, keep: Subject, moved: dict[str, Any]) -> None:
    """Give ``drop`` again what went over to ``keep`` and is still there."""
    Membership.objects.filter(pk__in=moved.get("members", []), group=keep).update(group=drop)
    Membership.objects.filter(pk__in=moved.get("groups", []), member=keep).update(member=drop)
    if moved.get("number"):
        CitizenNumber.objects.filter(subject=keep).update(subject=drop)


@transaction.atomic
def unmerge(drop_id: UUID, *, by: Any) -> None:
    """Undo a merge: both subjects are as before it."""
    drop = Subject.objects.select_for_update().get(pk=drop_id)
    if drop.merged_into_id is None:
        raise Refused("Mục này không phải là mục đã gộp.")
    require(by, "registry.merge", drop.place_id)
    keep = Subject.objects.select_for_update().get(pk=drop.merged_into_id)
    was = log.history(keep).filter(verb="registry.merge", targets__target_id=drop.pk).first()
    _refuse_twin(drop.commune_id, drop.model, drop.natural_key, drop.pk)
    Subject.objects.filter(pk=drop.pk).update(active_to=None, merged_into=None)
    if was and was.before:
        former = was.before["keep"]
        Subject.objects.filter(pk=keep.pk).update(details=former["details"], phone=former["phone"], code=former["code"])
        _take_back(drop, keep, was.after or {})
    log.record("registry.unmerge", keep, by=by, place=keep.place_id, targets=[drop.pk])


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("Cần ghi lý do.")


def _open_subject(subject_id: UUID) -> Subject:
    subject = Subject.objects.select_for_update().get(pk=subject_id)
    if subject.active_to is not None:
        raise Refused("Mục này đã đóng.")
    return subject


def _named(name: str) -> str:
    clean = nfc(name)
    if not clean:
        raise Refused("Thiếu tên.")
    return clean


def _refuse_twin(commune_id: int, model: str, natural: str, own: UUID | None) -> None:
    twins = Subject.objects.filter(commune_id=commune_id, model=model, natural_key=natural, active_to=None)
    twin = (twins.exclude(pk=own) if own else twins).values_list("pk", flat=True).first()
    if twin is not None:
        raise Twin("Đã có một mục trùng tên ở cùng nơi (cùng mã hoặc cùng ngày sinh).", twin)


def _shown(subject: Subject) -> dict:
    return {"name": subject.name, "code": subject.code, "phone": subject.phone, "details": subject.details}
