"""Take a score sheet into the dossiers of a round: find whose row it is, lay the answers, judge.

A row finds its subject by the natural key of the registry (village, name, code or birth date), else by the citizen
number, else by village and name when only one bears it. A row that fits none or several is said, never guessed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from hieuhoc.common.text import name_key
from hieuhoc.dossiers.answering import merged
from hieuhoc.dossiers.models import Dossier
from hieuhoc.dossiers.workflow import EDITABLE
from hieuhoc.registry import identity, rules
from hieuhoc.registry.models import CitizenNumber, Model, Subject
from hieuhoc.rounds.models import Round

NAMES = {Model.FAMILY: "head_name", Model.COMMUNITY: "village"}
STAGE = "create temporary table laid (id uuid, answers jsonb, row integer) on commit drop"
KEEP_BEFORE = """
insert into dossiers_scoredrow (imported_id, dossier_id, before, row)
select %s, d.id, jsonb_build_object('answers', d.answers, 'laid', md5(l.answers::text)), l.row
from laid l join dossiers_dossier d on d.id = l.id
on conflict (imported_id, dossier_id) do update
set before = dossiers_scoredrow.before || jsonb_build_object('laid', excluded.before->'laid')
"""
LAY = """
update dossiers_dossier d set answers = l.answers, revision = d.revision + 1, updated_at = now()
from laid l where l.id = d.id
"""

_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass
class Matched:
    """Rows with the subject they are about, and those that fit none (``unknown``) or several (``ambiguous``)."""

    rows: list[tuple[UUID, Mapping[str, Any]]] = field(default_factory=list)
    unknown: list[Mapping[str, Any]] = field(default_factory=list)
    ambiguous: list[Mapping[str, Any]] = field(default_factory=list)


@dataclass
class Taken:
    """What a score sheet does: dossiers whose answers change, subjects it registers, rows on closed dossiers."""

    matched: Matched
    changed: dict[UUID, tuple] = field(default_factory=dict)
    registered: int = 0
    closed: list[Mapping[str, Any]] = field(default_factory=list)


class Finder:
    """The subjects of one model in a commune, ready to be found by what a row says."""

    def __init__(self, commune_id: int, model: str, places: Mapping[str | None, int]):
        self.model, self.places, self.commune = model, places, commune_id
        found = Subject.objects.filter(commune_id=commune_id, model=model, active_to=None)
        self.by_key: dict[str, UUID] = {}
        self.by_name: dict[str, list[UUID]] = defaultdict(list)
        for pk, natural in found.values_list("id", "natural_key").iterator(chunk_size=5000):
            self.by_key[natural] = pk
            self.by_name["|".join(natural.split("|")[:2])].append(pk)
        numbers = CitizenNumber.objects.filter(subject__in=found).values_list("digest", "subject_id")
        self.by_number = {bytes(digest): pk for digest, pk in numbers.iterator(chunk_size=5000)}

    def find(self, row: Mapping[str, Any]) -> list[UUID]:
        """The subjects a row may be about: one when it is clear, none or several when not."""
        name = row.get(NAMES.get(self.model, "name")) or row.get("name") or ""
        place = self.places.get(row.get("village") or None, self.commune)
        code, birth = row.get("household_code") or "", row.get("birth_date") or ""
        exact = self.by_key.get(rules.natural_key(self.model, place, name, code, birth))
        if exact:
            return [exact]
        if row.get("cccd") and (pk := self.by_number.get(identity.digest(row["cccd"]))):
            return [pk]
        return self.by_name.get(f"{place}|{name_key(name)}", [])


def match(finder: Finder, rows: Iterable[Mapping[str, Any]]) -> Matched:
    """Say of each row whose it is."""
    matched = Matched()
    for row in rows:
        found = finder.find(row)
        if len(found) == 1:
            matched.rows.append((found[0], row))
        else:
            (matched.ambiguous if found else matched.unknown).append(row)
    return matched


def compare(round_: Round, matched: Matched, keys: frozenset[str], *, by: int, at: str, lock: bool = False) -> Taken:
    """Say which open dossiers the matched rows would change, and how; which rows fall on dossiers already closed.

    A blank cell leaves what was there; an answer equal to the one stored keeps its author and time.
    """
    subjects = {subject for subject, _ in matched.rows}
    found = Dossier.objects.filter(round=round_, subject_id__in=subjects).order_by("pk")
    found = found.select_for_update() if lock else found
    stored = {one[0]: one[1:] for one in found.values_list("subject_id", "id", "answers", "state")}
    taken = Taken(matched, registered=len(subjects - stored.keys()))
    for subject, row in matched.rows:
        pk, answers, state = stored.get(subject, (None, {}, ""))
        if pk is None:
            continue
        if state not in EDITABLE:
            taken.closed.append(row)
            continue
        given = {key: stored_value(row[key]) for key in keys if row.get(key) is not None}
        after = merged(answers, given, by=by, at=at)
        if after != answers:
            stored[subject] = pk, after, state
            taken.changed[pk] = (pk, _dumps(after), row.get("_row", 0))
    return taken


def stored_value(value: Any) -> Any:
    """A value of the sheet as an answer: KAD is "not applicable", whole numbers are whole."""
    if value == "KAD":
        return "n/a"
    if isinstance(value, Decimal | float):
        return int(value) if value == int(value) else float(value)
    return value


def lay(changed: Mapping[UUID, tuple], imported: Any) -> None:
    """Write changed answers into their dossiers, keeping what stood there before."""
    if not changed:
        return
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy("copy laid from stdin") as copy:
            for row in changed.values():
                copy.write_row(row)
        if imported is not None:
            cursor.execute(KEEP_BEFORE, [imported.pk])
        cursor.execute(LAY)
        cursor.execute("drop table laid")
