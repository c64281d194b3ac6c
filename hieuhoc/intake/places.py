"""Which unit each village name of a roster means, for the engine and for the registry."""

from __future__ import annotations

from datetime import date

from hieuhoc.places import tree
from hieuhoc.places.models import Level, UnitVersion


def villages_of(commune_id: int, on: date) -> dict[str, int]:
    """The villages of a commune on the day: name in full → unit, in the order of their codes."""
    rows = UnitVersion.objects.filter(parent_id=commune_id, valid__contains=on, unit__level=Level.VILLAGE).order_by(
        "code", "name"
    )
    return {row.name: row.unit_id for row in rows}


def places_of(commune_id: int, on: date) -> dict[str | None, int]:
    """As ``villages_of``, with the commune itself for rows that name no village."""
    known: dict[str | None, int] = {None: commune_id, "": commune_id}
    known.update(villages_of(commune_id, on))
    return known


def commune_name(commune_id: int, on: date) -> str:
    """The commune's name inside a sentence."""
    return tree.versions_of([commune_id], on)[commune_id].in_sentence
