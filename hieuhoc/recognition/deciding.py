"""Titles from proposed dossiers, thousands at once: read in one statement, numbered and worded here, poured by COPY."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from hieuhoc.common.ids import uuid7
from hieuhoc.common.numbers import vn_number
from hieuhoc.common.text import same_name
from hieuhoc.places import naming, tree
from hieuhoc.recognition import rules
from hieuhoc.registry.models import Model

PROPOSED = """
select d.id, d.subject_id, d.model, d.place_id, d.level, d.total, d.application, s.name, s.sort_key,
       m.validity_months, m.deciding_body, v.state = 'illustrative'
from dossiers_dossier d
join registry_subject s on s.id = d.subject_id
join rounds_roundmodel m on m.round_id = d.round_id and m.model = d.model
join criteria_criteriaversion v on v.id = m.version_id
where d.round_id = %(round)s and d.state = 'proposed' and d.model = any(%(models)s) and not exists (
    select 1 from recognition_dropped x where x.dossier_id = d.id and x.decision_id = %(into)s and x.undone_at is null)
"""
# A number that was taken out of a list before it was signed is not given again.
LAST = """
select model, max(sequence) from (
    select model, sequence from recognition_recognition where commune_id = %(commune)s and year = %(year)s
    union all
    select x.kept->>'model', (x.kept->>'sequence')::int from recognition_dropped x
    join recognition_decision d on d.id = x.decision_id
    where d.place_id = %(commune)s and (x.kept->>'year')::int = %(year)s
) given group by model
"""
COLUMNS = (
    "id, decision_id, dossier_id, subject_id, model, year, level, validity_months, commune_id, place_id, sequence,"
    " code, printed"
)
NOTES = {"again": "Công nhận lại", "upgrade": "Nâng mức độ"}


@dataclass(frozen=True)
class Proposed:
    """A dossier that is put forward, with what its certificate needs."""

    dossier_id: UUID
    subject_id: UUID
    model: str
    place_id: int
    level: int | None
    total: Decimal | None
    application: str
    name: str
    sort_key: str
    months: int | None
    body: str
    illustrative: bool


def proposed(round_id: int, models: Sequence[str], into: int | None = None) -> list[Proposed]:
    """All dossiers of the models that wait for a decision, but for those taken out of the one they would go into."""
    with connection.cursor() as cursor:
        cursor.execute(PROPOSED, {"round": round_id, "models": list(models), "into": into})
        return [Proposed(*row) for row in cursor.fetchall()]


class Wording:
    """Names of places on a day, as certificates print them."""

    def __init__(self, commune_id: int, places: set[int], on: date) -> None:
        above = tree.above(commune_id, on, itself=False)[:-1]
        named = tree.versions_of([*places, commune_id, *above], on)
        self.commune_id = commune_id
        self.commune = named[commune_id]
        self.upper = ", ".join(named[unit].in_sentence for unit in (commune_id, *above))
        self.named = named

    def address(self, place_id: int, name: str) -> str:
        """Village, commune, province; the village is left out where it is the subject itself."""
        place = self.named[place_id]
        if place_id == self.commune_id or same_name(name, place.name) or same_name(name, place.bare):
            return self.upper
        return f"{place.name}, {self.upper}"

    def order(self, place_id: int) -> tuple[bool, str]:
        """Villages in their order, what belongs to the whole commune after them."""
        place = self.named[place_id]
        return place_id == self.commune_id, naming.sort_key(place.name, place.kind)


def pour(decision_id: int, year: int, rows: Sequence[Proposed], words: Wording) -> list[UUID]:
    """Insert a title for each row, numbered in the order of the list; return the dossiers' ids."""
    ordered = sorted(rows, key=lambda row: (row.model, words.order(row.place_id), row.sort_key, row.dossier_id))
    sequence = _last_numbers(words.commune_id, year)
    with connection.cursor() as cursor, cursor.copy(f"copy recognition_recognition ({COLUMNS}) from stdin") as copy:
        for row in ordered:
            sequence[row.model] += 1
            copy.write_row(_record(decision_id, year, row, sequence[row.model], words))
    return [row.dossier_id for row in ordered]


def _last_numbers(commune_id: int, year: int) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(LAST, {"commune": commune_id, "year": year})
        return defaultdict(int, cursor.fetchall())


def _record(decision_id: int, year: int, row: Proposed, sequence: int, words: Wording) -> tuple[Any, ...]:
    printed = {
        "name": row.name,
        "address": words.address(row.place_id, row.name),
        "subject": rules.SUBJECT_WORDS[Model(row.model)],
        "title": rules.title_of(row.model, year, row.level, row.months),
        "number": rules.register_number(sequence, row.model, year),
        "detail": _detail(row),
        "note": NOTES.get(row.application, ""),
        "illustrative": row.illustrative,
    }
    return (
        str(uuid7()),
        decision_id,
        row.dossier_id,
        row.subject_id,
        row.model,
        year,
        row.level,
        row.months,
        words.commune_id,
        row.place_id,
        sequence,
        rules.new_code(),
        json.dumps(printed, ensure_ascii=False),
    )


def _detail(row: Proposed) -> str:
    if row.level is not None:
        return f"Mức độ {row.level}"
    return "Đạt" if row.total is None else f"{vn_number(row.total)} điểm"
