"""What applying a reading would do, said before it is done: new, completed, the same, registered, matched.

The registers go on changing between the check and the click, so what was said carries the act it was true after; a page
asks ``stale`` and has it said again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localdate

from hieuhoc.audit.models import Entry
from hieuhoc.dossiers import imports as dossiers
from hieuhoc.dossiers.scoresheet import Taken
from hieuhoc.intake import good, places, sets
from hieuhoc.registry import enrol, rules, staging
from hieuhoc.sheets.engine import CheckResult
from hieuhoc.sheets.models import Import

SHOWN_ROWS = 300
QUIET = ("registry.look", "registry.read_citizen_number", "sheet.check", "sheet.remap")


def foresee(commune_id: int, year: int | None, result: CheckResult, by: Any) -> dict[str, Any]:
    """The effects of a reading as stored in a report; empty for a refused one."""
    if result.refused:
        return {}
    last = _acts(commune_id).values_list("pk", flat=True).order_by("-pk").first() or 0
    said = _of_scores if result.kind == "scores" else _of_roster
    return said(commune_id, year, result, by) | {"after_act": last}


def stale(made: Import) -> bool:
    """Whether somebody has changed the registers of the commune since the effects were said."""
    effects = made.report.get("effects")
    return not effects or _acts(made.place_id or 0).filter(pk__gt=effects["after_act"]).exists()


def _acts(commune_id: int) -> Any:
    """The acts that may change what an import does: those on the commune and its villages."""
    here = [commune_id, *places.villages_of(commune_id, localdate()).values()]
    return Entry.objects.filter(place_id__in=here).exclude(verb__in=QUIET)


def _of_roster(commune_id: int, year: int | None, result: CheckResult, by: Any) -> dict[str, Any]:
    where = places.places_of(commune_id, localdate())
    roster = staging.Roster(result.kind, good.columns_of(result), where)
    foreseen = enrol.foresee(roster, commune=commune_id)
    effects = {"new": foreseen.new, "changed": foreseen.changed, "same": foreseen.same}
    round_ = sets.round_in(commune_id, year)
    if round_ is not None:
        effects["registered"] = dossiers.foresee_roster(round_, roster.model, keys_to_register(roster))
    return effects


def keys_to_register(roster: staging.Roster) -> list[str]:
    """The natural keys of the rows that register; clans, communities and units without such a column all do."""
    said = roster.columns.get("registered")
    if said is None:
        return [] if roster.kind in ("households", "citizens") else roster.natural_keys()
    return [key for key, yes in zip(roster.natural_keys(), said, strict=True) if yes]


def _of_scores(commune_id: int, year: int | None, result: CheckResult, by: Any) -> dict[str, Any]:
    round_ = sets.round_in(commune_id, year)
    if round_ is None:
        return {}
    rows = result.rows(only_ok=True)
    where = places.places_of(commune_id, localdate())
    taken = dossiers.foresee_scores(round_, str(result.model), rows, by=by, places=where)
    return of_taken(taken, str(result.model))


def of_taken(taken: Taken, model: str) -> dict[str, Any]:
    """What a score sheet does, in numbers, with the rows that fit nobody, several, or a closed dossier."""
    matched = taken.matched
    return {
        "model": model,
        "rows": len(matched.rows),
        "changed": len(taken.changed),
        "registered": taken.registered,
        "unknown": [said(row) for row in matched.unknown[:SHOWN_ROWS]],
        "ambiguous": [said(row) for row in matched.ambiguous[:SHOWN_ROWS]],
        "closed": [said(row) for row in taken.closed[:SHOWN_ROWS]],
        "left": len(matched.unknown) + len(matched.ambiguous) + len(taken.closed),
    }


def said(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a score sheet as the page shows it."""
    return {
        "sheet": row.get("_sheet"),
        "row": row.get("_row"),
        "name": row.get("head_name") or row.get("name") or row.get("village"),
        "village": row.get("village"),
    }


def model_of(kind: str, report: Mapping[str, Any]) -> str:
    """The learning model a file is about, "" where it was not read."""
    return str(rules.KINDS.get(kind) or report.get("model") or "")
