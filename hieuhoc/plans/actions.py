"""A plan from its file to a published fact: read, corrected by a person, confirmed; then only followed by a later one.

Every verb asks for the right "plan.write" at the plan's place. A draft may be changed and thrown away; a published plan
is frozen by the database: what changes later is another plan that amends or replaces it.
Use: ``publish(take(data, "ke-hoach.docx", place_id=…, by=user).pk, by=user, issued=day)``.

What a place did about an activity (``mark``, ``attach``) asks for the same right at that place, whoever's plan it is:
each place does its part. A mark is in the act log with what stood before, so that the last one can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, now

from hieuhoc.accounts.access import Forbidden, require
from hieuhoc.accounts.models import User
from hieuhoc.audit import log
from hieuhoc.audit.models import Entry
from hieuhoc.common.text import nfc
from hieuhoc.files import store
from hieuhoc.plans import access, queries, reading, schedule
from hieuhoc.plans.models import Activity, AreaClass, Feed, Plan, Progress, ProgressFile, Target

HEAD = ("programme", "number", "issuer", "issued", "first_year", "last_year", "note")
FIELDS = ("model", "measure", "population", "area", "year", "comparator", "value", "value_to", "unit", "sentence")
COMPARATORS = (">=", ">", "range", "relative", "count")
MARK = {"state": 10, "reason": 500, "responsible": 500, "note": 2000}
MOST_FILES = 10


class Refused(ValueError):
    """The act is not possible; the message is the sentence to show."""


def take(data: bytes, name: str, *, place_id: int, by: Any) -> Plan:
    """Keep a plan's file and what was read from it as a draft; a file nobody can read is refused."""
    require(by, "plan.write", place_id)
    try:
        read = reading.read(data, name)
    except reading.Refused as problem:
        raise Refused(problem.message) from problem
    with transaction.atomic():
        try:
            file = store.keep(data, name, by=by, kinds=store.PLAN)
        except store.Refused as problem:
            raise Refused(str(problem)) from problem
        plan = Plan.objects.create(place_id=place_id, file=file, text=read.text, created_by=by, **_head(read))
        Target.objects.bulk_create(_targets(plan, read.targets))
        Activity.objects.bulk_create(_activities(plan, read.activities))
        after = {"file": name, "targets": len(read.targets), "activities": len(read.activities)}
        log.record("plan.take", plan, by=by, place=place_id, after=after)
    return plan


def _head(read: reading.ReadPlan) -> dict[str, Any]:
    head = read.head
    first, last = head.years or (None, None)
    kept = {key: value for key, value in read.to_json().items() if key in ("plan", "duties", "warnings", "encoding")}
    return {
        "programme": head.programme or "", "number": head.number or "", "issuer": head.issuer or "",
        "issued": head.date, "first_year": first, "last_year": last, "read": kept,
    }  # fmt: skip


def _targets(plan: Plan, targets: Iterable[reading.Target]) -> list[Target]:
    return [
        Target(plan=plan, position=at, start=one.span.start, end=one.span.end,
               **{field: getattr(one, field) for field in FIELDS} | {"model": one.model or ""})
        for at, one in enumerate(targets, 1)
    ]  # fmt: skip


def _activities(plan: Plan, activities: Iterable[reading.Activity]) -> list[Activity]:
    return [
        Activity(
            plan=plan, position=at, task=one.task or "", item=one.item or "", text=one.text,
            when=[when.to_json() for when in one.when], lead=one.lead or one.who or "", joins=one.joins or "",
            sentence=one.sentence, start=one.span.start, end=one.span.end,
        )
        for at, one in enumerate(activities, 1)
    ]  # fmt: skip


@transaction.atomic
def set_area(place_id: int, area: str, since: date, legal_basis: str, *, by: Any) -> AreaClass:
    """Say of which area a commune is from a day on, by which text; the targets of that area bind it from then."""
    require(by, "plan.write", place_id)
    if area not in AreaClass.Area.values:
        raise LookupError(area)
    if not legal_basis.strip():
        raise Refused("Cần ghi văn bản xếp vùng, ví dụ số quyết định.")
    if queries.areas([place_id], since).get(place_id, AreaClass.Area.GENERAL) == area:
        raise Refused(f"Ngày {since:%d/%m/%Y} nơi này đã là {AreaClass.Area(area).label.lower()}.")
    made = AreaClass.objects.create(
        place_id=place_id, area=area, since=since, legal_basis=legal_basis.strip(), said_by=by
    )
    log.record(
        "plan.set_area", made, by=by, place=place_id, reason=legal_basis, after={"area": area, "since": str(since)}
    )
    return made


@transaction.atomic
def set_head(plan_id: int, fields: Mapping[str, Any], *, by: Any) -> None:
    """Correct number, day, issuer, years or programme of a draft."""
    plan = _draft(plan_id, by)
    unknown = set(fields) - set(HEAD)
    if unknown:
        raise LookupError(unknown)
    before = {key: str(getattr(plan, key) or "") for key in fields}
    Plan.objects.filter(pk=plan.pk).update(**fields)
    after = {key: str(value or "") for key, value in fields.items()}
    log.record("plan.correct", plan, by=by, place=plan.place_id, before=before, after=after)


@transaction.atomic
def correct_target(target_id: int, fields: Mapping[str, Any], *, by: Any) -> None:
    """Correct one target of a draft; its sentence and characters stay."""
    target = Target.objects.get(pk=target_id)
    plan = _draft(target.plan_id, by)
    _refuse_bad(fields)
    before = {key: str(getattr(target, key)) for key in fields}
    Target.objects.filter(pk=target_id).update(**{key: fields[key] for key in FIELDS if key in fields})
    after = {key: str(value) for key, value in fields.items()}
    log.record("plan.correct_target", plan, by=by, place=plan.place_id, before=before, after=after)


@transaction.atomic
def add_target(plan_id: int, fields: Mapping[str, Any], *, by: Any) -> Target:
    """Add a target a person found in a draft, with its sentence."""
    plan = _draft(plan_id, by)
    _refuse_bad(fields)
    if not str(fields.get("sentence", "")).strip():
        raise Refused("Cần chép câu nêu chỉ tiêu này trong kế hoạch.")
    last = Target.objects.filter(plan=plan).order_by("-position").values_list("position", flat=True).first() or 0
    made = Target.objects.create(plan=plan, position=last + 1, **{key: fields[key] for key in FIELDS if key in fields})
    after = {key: str(value) for key, value in fields.items()}
    log.record("plan.add_target", plan, by=by, place=plan.place_id, after=after)
    return made


@transaction.atomic
def drop_target(target_id: int, *, by: Any) -> None:
    """Leave out a target that is none; the log keeps what it was."""
    target = Target.objects.get(pk=target_id)
    plan = _draft(target.plan_id, by)
    before = {key: str(getattr(target, key)) for key in FIELDS}
    log.record("plan.drop_target", plan, by=by, place=plan.place_id, before=before)
    target.delete()


@transaction.atomic
def publish(
    plan_id: int, *, by: Any, issued: date | None = None, amends: int | None = None, replaces: int | None = None
) -> Plan:
    """Confirm a draft: from ``issued`` on its targets bind; ``replaces`` ends another plan of the same place."""
    plan = _draft(plan_id, by)
    for other in filter(None, (amends, replaces)):
        if not Plan.objects.filter(pk=other, place_id=plan.place_id, state=Plan.State.PUBLISHED).exists():
            raise Refused("Chỉ sửa đổi, thay thế được kế hoạch đã xác nhận của cùng địa phương.")
    plan.issued = issued or plan.issued
    _refuse_unready(plan)
    plan.amends_id, plan.replaces_id = amends, replaces
    plan.state, plan.published_by, plan.published_at = Plan.State.PUBLISHED, by, now()
    plan.save()
    after = {"issued": str(plan.issued), "targets": plan.targets.count(), "amends": amends, "replaces": replaces}
    log.record("plan.publish", plan, by=by, place=plan.place_id, after=after)
    return plan


@transaction.atomic
def discard(plan_id: int, *, by: Any) -> None:
    """Throw a draft away; its line in the act log stays."""
    plan = _draft(plan_id, by)
    log.record("plan.discard", plan, by=by, place=plan.place_id, before={"number": plan.number})
    plan.delete()


def _draft(plan_id: int, by: Any) -> Plan:
    """The plan, locked; refused when it is published."""
    plan = Plan.objects.select_for_update().get(pk=plan_id)
    require(by, "plan.write", plan.place_id)
    if plan.state == Plan.State.PUBLISHED:
        raise Refused("Kế hoạch đã xác nhận thì không sửa; ban hành kế hoạch sửa đổi hoặc thay thế.")
    return plan


def _refuse_unready(plan: Plan) -> None:
    if plan.issued is None:
        raise Refused("Cần ngày ban hành: văn bản không ghi, hoặc không đọc được.")
    if not plan.first_year or not plan.last_year or plan.first_year > plan.last_year:
        raise Refused("Cần giai đoạn của kế hoạch: từ năm nào đến năm nào.")
    if not plan.targets.exists() and not plan.activities.exists():
        raise Refused("Kế hoạch chưa có chỉ tiêu hay hoạt động nào để xác nhận.")


def _refuse_bad(fields: Mapping[str, Any]) -> None:
    """Refuse a target no figure can be held against."""
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise LookupError(unknown)
    if fields.get("comparator", ">=") not in COMPARATORS:
        raise Refused("Cách so sánh phải là một trong: từ … trở lên, trên, khoảng, so với, số đếm.")
    value, unit = fields.get("value"), fields.get("unit", "percent")
    if value is not None and unit == "percent" and not 0 <= Decimal(value) <= 100:
        raise Refused("Tỷ lệ chỉ tiêu phải từ 0 đến 100 %.")


@transaction.atomic
def mark(
    place_id: int, activity_id: int, period: str, fields: Mapping[str, str], *, by: Any, revision: int | None = None
) -> Entry | None:
    """Record what the place did about an activity; ``revision`` is what the writer saw. None where nothing changed."""
    wanted = _mark(fields)
    row = _progress(place_id, activity_id, period, by)
    if revision is not None and revision != row.revision:
        raise Refused("Người khác vừa ghi tiến độ việc này. Xem lại điều đã ghi ở dưới rồi lưu lần nữa.")
    before = {key: getattr(row, key) for key in MARK}
    if wanted == before:
        return None
    _set(row, wanted, by)
    return log.record(
        "plan.mark", row, by=by, place=place_id, reason=wanted["reason"], before=before, after=dict(wanted)
    )  # fmt: skip


@transaction.atomic
def undo_mark(entry_id: int, *, by: Any) -> Progress:
    """Take back one's own last mark: what stood before it stands again."""
    entry = Entry.objects.get(pk=entry_id, verb="plan.mark", actor_id=by.pk)
    row = Progress.objects.select_for_update().get(pk=entry.target_id)
    require(by, "plan.write", row.place_id)
    last = log.history(row).filter(verb__in=("plan.mark", "plan.unmark")).first()
    if last is None or last.pk != entry.pk:
        raise Refused("Việc này đã được ghi lại sau đó; sửa ở trang của việc.")
    _set(row, entry.before or {}, by)
    log.record("plan.unmark", row, by=by, place=row.place_id, before=entry.after, after=entry.before)
    return row


def _progress(place_id: int, activity_id: int, period: str, by: Any) -> Progress:
    """The row of the activity in the period, locked; refused where the plan has no such occurrence for the place."""
    require(by, "plan.write", place_id)
    if schedule.one_of(place_id, activity_id, period, localdate()) is None:
        raise Refused("Kế hoạch không có việc này trong thời gian ấy, hoặc kế hoạch không còn hiệu lực ở đây.")
    row, _ = Progress.objects.get_or_create(place_id=place_id, activity_id=activity_id, period=period)
    return Progress.objects.select_for_update().get(pk=row.pk)


def _mark(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields of a mark, tidy; refused where they say nothing that can be kept."""
    unknown = set(fields) - set(MARK)
    if unknown:
        raise LookupError(unknown)
    tidy = {key: fields.get(key, "") if key == "note" else nfc(fields.get(key, "")) for key in MARK}
    tidy["note"] = "\n".join(map(nfc, tidy["note"].strip().splitlines()))
    if tidy["state"] not in Progress.State.values:
        raise Refused("Trạng thái phải là một trong: chưa làm, đang làm, đã xong, không làm.")
    if tidy["state"] != Progress.State.DROPPED:
        tidy["reason"] = ""
    elif not tidy["reason"]:
        raise Refused("Không làm thì cần ghi lý do.")
    if any(len(tidy[key]) > most for key, most in MARK.items()):
        raise Refused("Phụ trách và lý do tối đa 500 chữ cái, ghi chú tối đa 2.000.")
    return tidy


def _set(row: Progress, fields: Mapping[str, str], by: Any) -> None:
    for key in MARK:
        setattr(row, key, fields[key])
    row.revision, row.by = row.revision + 1, by
    row.save()


@transaction.atomic
def attach(place_id: int, activity_id: int, period: str, data: bytes, name: str, *, by: Any) -> ProgressFile:
    """Keep a photo or PDF that shows what was done; a photo is written anew without its place data."""
    row = _progress(place_id, activity_id, period, by)
    if row.files.filter(removed_at=None).count() >= MOST_FILES:
        raise Refused(f"Mỗi việc nhận tối đa {MOST_FILES} tệp; gỡ bớt rồi thêm lại.")
    try:
        file = store.keep(data, name, by=by, kinds=store.EVIDENCE)
    except store.Refused as problem:
        raise Refused(str(problem)) from problem
    made = ProgressFile.objects.create(progress=row, file=file, added_by=by)
    log.record("plan.attach", row, by=by, place=place_id, after={"file": name[-255:]})
    return made


@transaction.atomic
def detach(file_id: UUID, *, by: Any) -> ProgressFile:
    """Take a piece of evidence away; its line stays in the history."""
    held = ProgressFile.objects.select_for_update(of=("self",)).select_related("progress", "file").get(pk=file_id)
    require(by, "plan.write", held.progress.place_id)
    if held.removed_at is None:
        held.removed_at = now()
        held.save(update_fields=["removed_at"])
        before = {"file": held.file.name}
        log.record("plan.detach", held.progress, by=by, place=held.progress.place_id, before=before)
    return held


@transaction.atomic
def open_feed(place_id: int, *, by: Any) -> Feed:
    """A new secret address for one's own calendar of a place one is near; the one before it stops."""
    if not access.near(by, place_id):
        raise Forbidden("Tài khoản này không xem được lịch ở đó.")
    _revoke(place_id, by)
    made = Feed.objects.create(place_id=place_id, user=by)
    log.record("plan.open_feed", made, by=by, place=place_id)
    return made


@transaction.atomic
def close_feed(place_id: int, *, by: Any) -> None:
    """Stop one's own address: whoever has it reads nothing any more."""
    for one in _revoke(place_id, by):
        log.record("plan.close_feed", one, by=by, place=place_id)


def _revoke(place_id: int, by: Any) -> list[Feed]:
    """Stop what stands; the person is locked, so that two at once do not leave two."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    standing = list(Feed.objects.filter(place_id=place_id, user=by, revoked_at=None))
    Feed.objects.filter(pk__in=[one.pk for one in standing]).update(revoked_at=now())
    return standing
