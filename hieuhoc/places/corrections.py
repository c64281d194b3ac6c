"""Setting right what was written down wrongly about a place. A correction is not a change of the place."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.deletion import ProtectedError

from hieuhoc.audit import log
from hieuhoc.places import ancestry, changes, naming, rules
from hieuhoc.places.locks import lock
from hieuhoc.places.models import Level, Succession, Unit, UnitVersion
from hieuhoc.places.rules import Refused


@transaction.atomic
def correct(
    version_id: int,
    *,
    by: Any,
    reason: str,
    name: str | None = None,
    kind: str | None = None,
    code: str | None = None,
    legal_basis: str | None = None,
    first_day: date | None = None,
) -> None:
    """Set right what was written down wrongly in a version; the place itself did not change."""
    reason = rules.need_reason(reason)
    row = UnitVersion.objects.select_related("unit").get(pk=version_id)
    lock([row.unit_id])
    row.refresh_from_db()
    before = _snapshot(row)
    _set_words(row, name, kind, code, legal_basis)
    if first_day and first_day != row.valid.lower:
        _shift(row, first_day)
    if _snapshot(row) == before:
        raise Refused("Không có gì để đính chính.")
    row.save()
    ancestry.refresh([row.unit_id])
    place = row.parent_id if row.unit.level == Level.VILLAGE else row.unit_id
    log.record("places.correct", row.unit, by=by, place=place, reason=reason, before=before, after=_snapshot(row))


def _set_words(row: UnitVersion, name: str | None, kind: str | None, code: str | None, legal_basis: str | None) -> None:
    if name is not None or kind is not None:
        row.name, row.kind = rules.need_name(name or naming.bare(row.name, row.kind), kind or row.kind, row.unit.level)
        rules.need_new_name(row.name, _neighbours(row), [row.unit_id])
        row.search_key, row.sort_key = naming.search_key(row.name), naming.sort_key(row.name, row.kind)
    if code is not None and code.strip() != row.code:
        changes.free_code([code.strip()], row.unit.level, row.valid.lower or date.min, [row.unit_id])
        row.code = code.strip()
    if legal_basis is not None:
        row.legal_basis = legal_basis.strip()


def _neighbours(row: UnitVersion) -> list[rules.Held]:
    found = UnitVersion.objects.filter(parent_id=row.parent_id, valid__overlap=row.valid).select_related("unit")
    return [changes.as_held(one) for one in found]


def _shift(row: UnitVersion, first_day: date) -> None:
    """Another first day for a version: the one before it ends there; what follows other units stays put."""
    if Succession.objects.filter(new_id=row.unit_id, day=row.valid.lower).exists():
        raise Refused("Ngày này là ngày kế thừa từ đơn vị khác, không đính chính riêng được.")
    if row.valid.upper and first_day >= row.valid.upper:
        raise Refused("Ngày bắt đầu phải trước ngày kết thúc của giai đoạn này.")
    if row.parent_id and not UnitVersion.objects.filter(unit_id=row.parent_id, valid__contains=first_day).exists():
        raise Refused("Đơn vị cấp trên không tồn tại vào ngày này.")
    earlier = UnitVersion.objects.filter(unit_id=row.unit_id, valid__fully_lt=row.valid).order_by("-valid").first()
    if earlier is not None:
        if earlier.valid.lower and first_day <= earlier.valid.lower:
            raise Refused("Ngày bắt đầu phải sau ngày bắt đầu của giai đoạn trước.")
        both = [
            (row.pk, DateRange(first_day, row.valid.upper)),
            (earlier.pk, DateRange(earlier.valid.lower, first_day)),
        ]
        # the one that shrinks goes first, or the two would overlap for a moment
        for pk, valid in both if first_day > row.valid.lower else reversed(both):
            UnitVersion.objects.filter(pk=pk).update(valid=valid)
    row.valid = DateRange(first_day, row.valid.upper)


def _snapshot(row: UnitVersion) -> dict[str, Any]:
    days = {"first_day": str(row.valid.lower or ""), "end": str(row.valid.upper or "")}
    return {"code": row.code, "name": row.name, "kind": row.kind, "legal_basis": row.legal_basis} | days


@transaction.atomic
def discard(unit_id: int, *, by: Any, reason: str) -> None:
    """Remove a village entered by mistake; refused once anything refers to it."""
    reason = rules.need_reason(reason)
    lock([unit_id])
    unit = Unit.objects.get(pk=unit_id)
    versions = list(UnitVersion.objects.filter(unit_id=unit_id).order_by("valid"))
    if unit.level != Level.VILLAGE or Succession.objects.filter(old_id=unit_id).exists():
        raise Refused("Chỉ bỏ được thôn ghi nhầm và chưa kế thừa hay được kế thừa.")
    target, place, before = (
        Unit(pk=unit.pk, level=unit.level),
        versions[-1].parent_id,
        _snapshot(versions[-1]),
    )
    try:
        with transaction.atomic():
            UnitVersion.objects.filter(unit_id=unit_id).delete()
            unit.delete()
    except ProtectedError as problem:
        raise Refused("Đã có dữ liệu ghi ở thôn này; nếu thôn không còn thì đóng thôn.") from problem
    log.record("places.discard", target, by=by, place=place, reason=reason, before=before)
