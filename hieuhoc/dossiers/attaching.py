"""Which kept files a dossier takes as evidence, many at once. Checks only; the writing is in ``actions``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hieuhoc.common import rows
from hieuhoc.dossiers import evidence
from hieuhoc.dossiers.answering import ABSENT, Locked, Refusal, closed
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.rounds.models import Round
from hieuhoc.scoring import Criteria

COUNTED = f"""
select dossier_id, count(*) from dossiers_evidence
 where dossier_id = {rows.AMONG} and removed_at is null group by dossier_id
"""

STORE = """
insert into dossiers_evidence (id, dossier_id, indicator, file_id, note, added_by_id, added_at)
select id, dossier, indicator, file, note, %s::bigint, clock_timestamp()
  from jsonb_to_recordset(%s::jsonb) as r (id uuid, dossier uuid, indicator text, file uuid, note text)
"""


@dataclass(frozen=True)
class Kept:
    """A file that is kept already and is to support an answer of a dossier.

    ``before_leaving``: it was given before its subject withdrew and only its bytes came later, so it still belongs.
    """

    dossier: UUID
    file: UUID
    indicator: str = ""
    note: str = ""
    before_leaving: bool = False


def problems(kept: Sequence[Kept], locked: Locked, within: Collection[int]) -> dict[int, Refusal]:
    """Why each of the files, by its number in the row, is not taken: absent, closed, full, an unknown indicator."""
    there = Counter(dict(rows.ask(COUNTED, [list(locked.dossiers)])))
    found: dict[int, Refusal] = {}
    for number, one in enumerate(kept):
        dossier = locked.dossiers.get(one.dossier)
        if dossier is None or dossier.place_id not in within:
            found[number] = ABSENT
            continue
        problem = _shut(dossier, one) or _not_taken(locked.criteria(dossier), one.indicator, there[dossier.pk])
        if problem:
            found[number] = Refusal("not_possible", problem)
        else:
            there[dossier.pk] += 1
    return found


def _shut(dossier: Dossier, kept: Kept) -> str:
    still_belongs = kept.before_leaving and dossier.state == State.WITHDRAWN and dossier.round.state == Round.State.OPEN
    return "" if still_belongs else closed(dossier)


def _not_taken(criteria: Criteria, indicator: str, there: int) -> str:
    return evidence.full(criteria, there) or evidence.unknown(criteria, indicator)


def storing(made: Iterable[tuple[UUID, Kept]], by: Any) -> tuple[str, list[Any]]:
    """The statement, with its values, that attaches files, each under the id it is to have."""
    told = [
        {"id": pk, "dossier": one.dossier, "indicator": one.indicator, "file": one.file, "note": one.note}
        for pk, one in made
    ]
    return STORE, [by.pk, json.dumps(told, default=str)]
