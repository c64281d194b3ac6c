"""Every write on places: open, rename, move, merge, split, close, correct, discard.

Each act has its day and legal basis, is one transaction and leaves one row in the act log; `preview` gives
the plan of an act without writing. A change is never undone by editing: a mistake in what was written down
is a correction (`correct`), which is not a change of the place. The caller checks the right: places stands
below accounts. What an act means for subjects and posts is for those above, who read `Plan.affected()`.

Use: `merge([a, b], name="Thôn 1", day=day, legal_basis="Nghị quyết 12/NQ-HĐND", by=user)`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate

from hieuhoc.audit import log
from hieuhoc.common.text import name_key
from hieuhoc.places import ancestry, changes, naming, plans, rules
from hieuhoc.places.changes import Opening, Plan
from hieuhoc.places.corrections import correct, discard
from hieuhoc.places.locks import lock
from hieuhoc.places.models import Level, Succession, Unit, UnitVersion
from hieuhoc.places.rules import Refused

__all__ = [
    "Opening", "Plan", "Refused", "close", "correct", "discard", "merge", "move", "open_unit",
    "open_villages", "preview", "rename", "split",
]  # fmt: skip


def preview(verb: str, /, *args: Any, **given: Any) -> Plan:
    """What an act would do ("open", "rename", "move", "merge", "split", "close"), or `Refused`."""
    return plans.PLANS[verb](*args, **given)


def open_unit(
    *,
    level: str,
    name: str,
    parent_id: int,
    day: date,
    by: Any,
    kind: str = "",
    code: str = "",
    legal_basis: str = "",
    reason: str = "",
) -> Unit:
    """Make a new unit; a village may have no code and, if it existed before, no legal basis."""
    given = {"level": level, "name": name, "parent_id": parent_id, "day": day, "kind": kind, "code": code}
    return _carry_out("open", (), given | {"legal_basis": legal_basis}, by, reason, hold=[parent_id])[0]


def rename(
    unit_id: int,
    *,
    name: str,
    day: date,
    legal_basis: str,
    by: Any,
    kind: str = "",
    code: str = "",
    reason: str = "",
) -> None:
    """Give the unit another name, kind or code from the day on."""
    given = {"name": name, "day": day, "legal_basis": legal_basis, "kind": kind, "code": code}
    _carry_out("rename", (unit_id,), given, by, reason, hold=[unit_id])


def move(
    unit_id: int, *, parent_id: int, day: date, legal_basis: str, by: Any, code: str = "", reason: str = ""
) -> None:
    """Put the unit under another parent from the day on."""
    given = {"parent_id": parent_id, "day": day, "legal_basis": legal_basis, "code": code}
    _carry_out("move", (unit_id,), given, by, reason, hold=[unit_id, parent_id])


def merge(
    unit_ids: Sequence[int],
    *,
    name: str,
    day: date,
    legal_basis: str,
    by: Any,
    kind: str = "",
    code: str = "",
    parent_id: int | None = None,
    reason: str = "",
) -> Unit:
    """End the units and make the new one that follows them all; gives the new unit."""
    given = {
        "name": name,
        "day": day,
        "legal_basis": legal_basis,
        "kind": kind,
        "code": code,
        "parent_id": parent_id,
    }
    return _carry_out("merge", (unit_ids,), given, by, reason, hold=unit_ids)[0]


def split(
    unit_id: int,
    *,
    parts: Sequence[Opening],
    day: date,
    legal_basis: str,
    by: Any,
    default: int = 0,
    keep: bool = False,
    under: Mapping[int, int] | None = None,
    reason: str = "",
) -> list[Unit]:
    """Divide the unit into new ones; gives them in the order of `parts`."""
    given = {
        "parts": parts,
        "day": day,
        "legal_basis": legal_basis,
        "default": default,
        "keep": keep,
        "under": under,
    }
    return _carry_out("split", (unit_id,), given, by, reason, hold=[unit_id])


def close(unit_id: int, *, day: date, legal_basis: str, by: Any, into: Sequence[int] = (), reason: str = "") -> None:
    """End the unit; `into` names the units that take its territory, the default first."""
    given = {"day": day, "legal_basis": legal_basis, "into": into}
    _carry_out("close", (unit_id,), given, by, reason, hold=[unit_id, *into])


@transaction.atomic
def _carry_out(
    verb: str, args: tuple, given: dict[str, Any], by: Any, reason: str, *, hold: Iterable[int]
) -> list[Unit]:
    """Lock, plan, write, log: the only way an act becomes rows."""
    lock(hold)
    plan = preview(verb, *args, **given)
    units = _write(plan)
    _log(plan, units, by, reason)
    return units


def _write(plan: Plan) -> list[Unit]:
    units = Unit.objects.bulk_create([Unit(level=new.level) for new in plan.news])
    _end(plan.touched, plan.day)
    rows = [
        _version(unit.pk, new.code, new.name, new.kind, new.parent_id, plan)
        for unit, new in zip(units, plan.news, strict=True)
    ]
    for one in plan.nexts:
        parent_id = one.parent_id if one.under_new is None else units[one.under_new].pk
        rows.append(_version(one.held.unit_id, one.code, one.name, one.kind, parent_id, plan))
    UnitVersion.objects.bulk_create(rows)
    Succession.objects.bulk_create(
        Succession(
            old_id=one.old_id,
            new_id=units[one.new].pk if one.new is not None else one.new_id,  # type: ignore[misc]
            day=plan.day,
            kind=one.kind,
            whole=one.whole,
            default=one.default,
            legal_basis=plan.legal_basis,
        )
        for one in plan.passings
    )
    ancestry.refresh(plan.touched + [unit.pk for unit in units])
    return units


def _end(unit_ids: Collection[int], day: date) -> None:
    """Cut the versions in force; one that begins this very day never held a day and is replaced."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM places_unitversion WHERE unit_id = ANY(%s) AND lower(valid) = %s",
            [list(unit_ids), day],
        )
        cursor.execute(
            "UPDATE places_unitversion SET valid = daterange(lower(valid), %s)"
            " WHERE unit_id = ANY(%s) AND upper_inf(valid)",
            [day, list(unit_ids)],
        )


def _version(unit_id: int, code: str, name: str, kind: str, parent_id: int | None, plan: Plan) -> UnitVersion:
    return UnitVersion(
        unit_id=unit_id,
        code=code,
        name=name,
        kind=kind,
        parent_id=parent_id,
        valid=DateRange(plan.day, None),
        legal_basis=plan.legal_basis,
        search_key=naming.search_key(name),
        sort_key=naming.sort_key(name, kind),
    )


def _log(plan: Plan, units: list[Unit], by: Any, reason: str) -> None:
    """One row for the act: what was before, what is after, and on what basis."""
    target = units[0] if units else Unit.objects.get(pk=plan.touched[0])
    before = [_said(one.unit_id, one) for one in (*plan.ends, *(following.held for following in plan.nexts))]
    after = [_said(unit.pk, new) for unit, new in zip(units, plan.news, strict=True)]
    after += [_said(one.held.unit_id, one) for one in plan.nexts]
    log.record(
        f"places.{plan.verb}",
        target,
        by=by,
        place=_place(plan, target),
        reason=reason,
        before={"units": before},
        after={"units": after, "day": plan.day.isoformat(), "legal_basis": plan.legal_basis},
    )


def _said(unit_id: int, one: Any) -> dict[str, Any]:
    return {"id": unit_id, "code": one.code, "name": one.name, "parent": one.parent_id}


def _place(plan: Plan, target: Unit) -> int:
    """Where the act is seen from: for a village its commune, so that it can still be discarded."""
    first = plan.news[0] if plan.news else (plan.ends or tuple(one.held for one in plan.nexts))[0]
    return first.parent_id if first.level == Level.VILLAGE and first.parent_id else target.pk


@transaction.atomic
def open_villages(
    commune_id: int,
    names: Iterable[str],
    *,
    by: Any,
    day: date | None = None,
    legal_basis: str = "",
    reason: str = "",
) -> dict[str, int]:
    """Unit ids of the villages by the names given, making those the commune does not have; one row for all.

    A name without a kind becomes a thôn. Without a day they hold from the commune's first known day.
    """
    lock([commune_id])
    day = day or _first_known_day(commune_id)
    known = {name_key(one.name): one.unit_id for one in changes.siblings(commune_id, day)}
    full = {
        name: rules.need_name(name, naming.kind_of(name, Level.VILLAGE) or "thôn", Level.VILLAGE)[0] for name in names
    }
    missing = {name_key(name): name for name in full.values() if name_key(name) not in known}
    if missing:
        news = changes.new_units([Opening(name) for name in missing.values()], Level.VILLAGE, commune_id, day)
        plan = Plan("open", day, legal_basis.strip(), news=news)
        units = _write(plan)
        _log(plan, units, by, reason)
        known |= {key: unit.pk for key, unit in zip(missing, units, strict=True)}
    return {name: known[name_key(one)] for name, one in full.items()}


def _first_known_day(unit_id: int) -> date:
    versions = UnitVersion.objects.filter(unit_id=unit_id, valid__startswith__isnull=False)
    first = versions.order_by("valid").first()
    return first.valid.lower if first else localdate()
