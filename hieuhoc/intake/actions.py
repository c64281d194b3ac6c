"""From a file to the registers: check it, correct its columns, apply it in one transaction, undo it.

Rows with a problem stay out and are named; the good ones go in whole or not at all. Applying again changes nothing;
what an import did can be undone until a later act stands on it, and applied anew. Every verb asks for the right
"sheet.import" at the commune. Use: ``apply(check_file(data, "a.xlsx", "any", commune_id=…, by=user).pk, by=user)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, now

from hieuhoc.accounts.access import require
from hieuhoc.audit import log
from hieuhoc.dossiers import actions as dossier_actions
from hieuhoc.dossiers import imports as dossiers
from hieuhoc.files import store
from hieuhoc.intake import effects, good, places, reading, sets
from hieuhoc.intake.reading import found
from hieuhoc.jobs.models import Job
from hieuhoc.places import actions as place_actions
from hieuhoc.registry import actions as registry
from hieuhoc.registry import rules, staging
from hieuhoc.rounds.models import Round
from hieuhoc.sheets import memory
from hieuhoc.sheets.engine import CheckResult
from hieuhoc.sheets.guess import ANY
from hieuhoc.sheets.models import Import, State

__all__ = ["Refused", "apply", "check_file", "found", "round_of", "take", "undo"]

Where = Mapping[str | None, int]
BARE = 2  # the commune itself, under no name and under an empty one: it has no villages yet
UNDER_WAY = (Job.State.WAITING, Job.State.RUNNING)
OPEN = (State.CHECKED, State.REFUSED, State.UNDONE)
BELOW = (dossier_actions.Refused, registry.Refused, store.Refused)


class Refused(ValueError):
    """The act is not possible; the message is the sentence to show."""


def check_file(
    data: bytes, name: str, kind: str = ANY, *, commune_id: int, by: Any, year: int | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Import:  # fmt: skip
    """Keep the file, read it (as ``kind``, or as what it looks like) and store what was found; no register changes."""
    require(by, "sheet.import", commune_id)
    given = dict(mapping or {})
    if kind == ANY and not given:
        result = reading.best(data, commune_id, year)
    else:
        result = reading.read(data, kind, commune_id, year, given)
    with transaction.atomic():
        try:
            file = store.keep(data, name, by=by, kinds=store.SHEET)
        except store.Refused as problem:
            raise Refused(str(problem)) from problem
        made = Import.objects.create(
            place_id=commune_id, kind=result.kind, year=year, file=file, mapping=given, created_by=by,
            **_found(commune_id, year, result, by),
        )  # fmt: skip
        after = {"kind": made.kind, "file": name, "records": made.records, "problems": len(result.problems)}
        log.record("sheet.check", made, by=by, place=commune_id, after=after)
    return made


@transaction.atomic
def keep_reading(
    data: bytes, name: str, result: CheckResult, *, commune_id: int, by: Any, year: int | None = None
) -> Import:
    """Keep a file with a reading made elsewhere, to be applied at once with ``take``; nothing is foreseen."""
    require(by, "sheet.import", commune_id)
    file = store.keep(data, name, by=by, kinds=store.SHEET)
    return Import.objects.create(
        place_id=commune_id, kind=result.kind, year=year, file=file, created_by=by, **found(result)
    )


def _found(commune_id: int, year: int | None, result: CheckResult, by: Any) -> dict[str, Any]:
    """What is stored of a reading, with what applying it would do."""
    kept = found(result)
    kept["report"]["effects"] = effects.foresee(commune_id, year, result, by)
    return kept


def remap(import_id: UUID, mapping: Mapping[str, str], *, by: Any) -> Import:
    """Read the file again with columns as a person says: heading or "Sheet!B" → key, "" to leave out; remember them."""
    return _read_again(import_id, by, mapping=mapping)


def read_as(import_id: UUID, kind: str, *, by: Any, year: int | None = None) -> Import:
    """Read the file again as another kind, or for another year; corrections of columns begin anew with another kind."""
    return _read_again(import_id, by, kind=kind, year=year)


@transaction.atomic
def _read_again(
    import_id: UUID, by: Any, *, mapping: Mapping[str, str] | None = None, kind: str = "", year: int | None = None
) -> Import:
    made, commune = _held(import_id, by)
    _refuse_taken(made)
    wanted, year = kind or made.kind, year or made.year
    chosen = (made.mapping if wanted == made.kind else {}) | dict(mapping or {})
    data = store.read(made.file)
    if kind == ANY:
        result = reading.best(data, commune, year)
    else:
        result = reading.read(data, wanted, commune, year, chosen)
    if mapping and not result.refused:
        headings = {heading: key for heading, key in mapping.items() if "!" not in heading}
        memory.remember(commune, reading.memory_kind(result), headings)
    _keep(made, commune, result, by, mapping=chosen, kind=result.kind, year=year)
    log.record("sheet.remap", made, by=by, place=commune, after={"kind": result.kind, **dict(mapping or {})})
    return made


def _keep(made: Import, commune: int, result: CheckResult, by: Any, **more: Any) -> None:
    """Store a new reading of a file that is not applied; one that was undone stays undone."""
    kept = _found(commune, more.get("year", made.year), result, by) | more
    if not result.refused:
        kept["state"] = standing(made)
        kept["state"] = State.CHECKED if kept["state"] == State.REFUSED else kept["state"]
    Import.objects.filter(pk=made.pk).update(**kept)
    made.refresh_from_db()


def _held(import_id: UUID, by: Any) -> tuple[Import, int]:
    """The import, locked until the act is done, and its commune; the gate of every act on one."""
    made = Import.objects.select_for_update(of=("self",)).select_related("file").get(pk=import_id)
    return made, _commune_of(made, by)


def _commune_of(made: Import, by: Any) -> int:
    if made.place_id is None:
        raise Refused("Tệp này không thuộc xã nào.")
    require(by, "sheet.import", made.place_id)
    return made.place_id


def standing(made: Import) -> str:
    """Where a file stands: one whose writing was broken off or stopped stands where it stood before."""
    if made.state != State.APPLYING or busy(made):
        return made.state
    return State.UNDONE if made.undone_at else State.CHECKED


def busy(made: Import) -> bool:
    """Whether the file is being written, or waits for it."""
    job = made.report.get("job")
    return made.state == State.APPLYING and Job.objects.filter(pk=job, state__in=UNDER_WAY).exists()


def _refuse_taken(made: Import) -> None:
    if busy(made):
        raise Refused("Tệp này đang được ghi vào sổ; chờ xong rồi làm tiếp.")
    if standing(made) not in OPEN:
        raise Refused("Tệp này đã ghi vào sổ; hoàn tác trước rồi mới đọc lại hoặc bỏ được.")


@transaction.atomic
def queue(import_id: UUID, *, by: Any, start: Callable[[Import], Job]) -> Job:
    """Have a large file applied as long work: ``start`` puts it in the queue; the file says so until it is done."""
    made, _ = _held(import_id, by)
    _refuse_unready(made)
    if busy(made):
        return Job.objects.get(pk=made.report["job"])
    job = start(made)
    Import.objects.filter(pk=made.pk).update(state=State.APPLYING, report=made.report | {"job": str(job.pk)})
    return job


@transaction.atomic
def say_effects(import_id: UUID, *, by: Any) -> Import:
    """Say again what applying would do, after the registers have changed; the file is read again for it."""
    made, commune = _held(import_id, by)
    if standing(made) in (State.CHECKED, State.UNDONE) and effects.stale(made):
        _keep(made, commune, _reading_of(made, commune), by)
    return made


def open_villages(import_id: UUID, names: list[str], *, by: Any) -> Import:
    """Open the villages a file names and the commune did not have, then read the file again."""
    made = Import.objects.select_related("file").get(pk=import_id)
    commune = _commune_of(made, by)
    require(by, "places.villages", commune)
    wanted = [name for name in names if name in made.report.get("unknown_villages", {})]
    if not wanted:
        raise Refused("Chưa chọn thôn nào để mở.")
    with transaction.atomic():
        place_actions.open_villages(commune, wanted, by=by, reason=f"Theo tệp «{made.file.name}»")
    return _read_again(import_id, by)


def apply(import_id: UUID, *, by: Any) -> Import:
    """Take the good rows of a checked file into the registers, in one transaction; again where rows fitted nobody."""
    made = Import.objects.select_related("file").get(pk=import_id)
    commune = _commune_of(made, by)
    _refuse_unready(made)
    return take(made, _reading_of(made, commune), by=by)


def _reading_of(made: Import, commune: int) -> CheckResult:
    return reading.read(store.read(made.file), made.kind, commune, made.year, made.mapping)


def _refuse_unready(made: Import) -> None:
    if made.state == State.REFUSED:
        raise Refused(made.report["refused"]["message"])
    if made.state == State.APPLIED and not made.report.get("outcome", {}).get("left"):
        raise Refused("Tệp này đã ghi vào sổ.")


@transaction.atomic
def take(made: Import, result: CheckResult, *, by: Any) -> Import:
    """Write a reading into the registers and say in the import what came of it."""
    locked, commune = _held(made.pk, by)
    _refuse_unready(locked)
    where = places.places_of(commune, localdate())
    reading.settle(result, villages_known=len(where) > BARE)
    if result.refused:
        raise Refused(result.refused["message"])
    try:
        outcome = (_take_scores if locked.kind == reading.SCORES else _take_roster)(locked, commune, result, where, by)
    except BELOW as problem:
        raise Refused(str(problem)) from problem
    kept = found(result)
    if locked.state == State.APPLIED:
        outcome = _added(locked.report["outcome"], outcome)
    kept["report"] |= {"outcome": outcome, "job": locked.report.get("job")}
    Import.objects.filter(pk=made.pk).update(
        **kept | {"state": State.APPLIED}, applied_at=now(), undone_at=None, new=outcome["new"],
        changed=outcome["changed"],
    )  # fmt: skip
    made.refresh_from_db()
    return made


def _added(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What two turns of one file did together; rows that fitted nobody are those of the last turn."""
    sums = {key: before.get(key, 0) + after[key] for key in ("new", "changed", "registered")}
    return {**after, **sums}


def _take_roster(made: Import, commune: int, result: CheckResult, where: Where, by: Any) -> dict[str, Any]:
    columns = good.columns_of(result)
    enrolled = registry.enrol(made.kind, columns, commune_id=commune, places=where, by=by, imported=made)
    keys = effects.keys_to_register(staging.Roster(made.kind, columns, where)) if made.year else []
    registered = 0
    if keys:
        round_, model = round_of(commune, made.year), rules.KINDS[made.kind]
        registered = dossiers.register_roster(round_.pk, model, keys, by=by, imported=made)
    return asdict(enrolled) | {"registered": registered}


def _take_scores(made: Import, commune: int, result: CheckResult, where: Where, by: Any) -> dict[str, Any]:
    round_, model, rows = round_of(commune, made.year), str(result.model), result.rows(only_ok=True)
    taken = dossiers.take_scores(round_.pk, model, rows, by=by, places=where, imported=made)
    return effects.of_taken(taken, model) | {"new": 0}


def round_of(commune_id: int, year: int | None) -> Round:
    """The round of the commune's year, which scores and registrations go into."""
    found_round = sets.round_in(commune_id, year)
    if found_round is None:
        raise Refused(f"Chưa mở đợt xét năm {year} cho xã này.")
    return found_round


@transaction.atomic
def undo(import_id: UUID, *, by: Any, reason: str) -> Import:
    """Take back what an import did; refused with a sentence when a later act stands on it."""
    made, commune = _held(import_id, by)
    if made.state != State.APPLIED:
        raise Refused("Chỉ hoàn tác được tệp đã ghi vào sổ.")
    if not reason.strip():
        raise Refused("Cần ghi lý do hoàn tác.")
    try:
        if made.kind == reading.SCORES:
            dossiers.undo_scores(made, by=by, reason=reason)
        else:
            dossiers.unregister_roster(made, by=by, place_id=commune)
            registry.undo_enrol(made, commune_id=commune, by=by, reason=reason)
    except BELOW as problem:
        raise Refused(str(problem)) from problem
    Import.objects.filter(pk=made.pk).update(state=State.UNDONE, undone_at=now())
    made.refresh_from_db()
    return made


@transaction.atomic
def discard(import_id: UUID, *, by: Any) -> None:
    """Set a file aside that has changed nothing: it leaves the list, its line in the act log stays."""
    made, commune = _held(import_id, by)
    _refuse_taken(made)
    log.record("sheet.discard", made, by=by, place=commune, before={"file": made.file.name, "kind": made.kind})
    made.delete()
