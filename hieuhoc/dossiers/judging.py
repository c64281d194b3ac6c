"""Judge the dossiers of a round: answers, derived shares and the pinned criteria give outcome and reasons.

Rules stay in ``scoring``; here they meet the tables, for one dossier or all of a model at once. Results travel back
by COPY. A frozen sheet is never judged again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from hieuhoc.common import rows
from hieuhoc.dossiers import derived, evidence
from hieuhoc.dossiers.models import Dossier
from hieuhoc.dossiers.workflow import EDITABLE
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.models import Round
from hieuhoc.scoring import BadAnswer, Criteria, Result, score, score_many

STAGE = """
create temporary table judged (
    id uuid, outcome text, total numeric, level smallint, missing smallint, because text, sheet jsonb
) on commit drop
"""
POUR = """
update dossiers_dossier d set outcome = j.outcome, total = j.total, level = j.level, missing = j.missing,
    because = j.because, sheet = coalesce(j.sheet, d.sheet)
from judged j where j.id = d.id and (d.outcome, d.total, d.level, d.missing, d.because, d.sheet)
    is distinct from (j.outcome, j.total, j.level, j.missing, j.because, coalesce(j.sheet, d.sheet))
"""
# For a few dossiers, as of a page or a phone, a table of its own costs more than the judging.
POUR_FEW = POUR.replace(
    "from judged j",
    """from (select * from unnest(%s::uuid[], %s::text[], %s::numeric[], %s::int[], %s::int[], %s::text[], %s::jsonb[])
        as judged (id, outcome, total, level, missing, because, sheet)) j""",
)
COLUMNS = ("id", "subject_id", "answers", "facts", "level_sought")
CHOSEN = f"""
select {", ".join(COLUMNS)} from dossiers_dossier
 where round_id = %s::bigint and model = %s and state = any(%s::text[]) and id = {rows.AMONG} order by id
"""
FETCH, FEW = 2000, 200


def judge(
    round_id: int,
    model: str,
    *,
    only: Iterable[UUID] | None = None,
    with_sheet: bool = False,
    pinned: tuple[Criteria, str] | None = None,
) -> int:
    """Judge the open dossiers of a model (or ``only`` some) and store the outcome; return how many.

    ``with_sheet`` stores the whole score sheet too, as is done at proposal; ``pinned`` is what the round judges by,
    where it has just been asked. Needs a transaction.
    """
    criteria, area = pinned or rounds.pinned(round_id, model)
    shares = derived.shares(round_id, criteria)
    asked = _rows(round_id, model, only)
    held = evidence.held(criteria, [row[0] for row in asked])
    judged = judged_rows(criteria, area, shares, asked, held, with_sheet)
    if len(asked) <= FEW:
        rows.tell(POUR_FEW, [list(column) for column in zip(*judged, strict=True)] or [[]] * 7)
    else:
        _pour(judged)
    return len(asked)


def _pour(judged: Iterable[tuple]) -> None:
    """Bring many results to their dossiers by COPY and one statement."""
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy("copy judged from stdin") as copy:
            for row in judged:
                copy.write_row(row)
        cursor.execute(POUR)
        cursor.execute("drop table judged")


def judged_rows(
    criteria: Criteria, area: str, shares: dict, dossiers: list[tuple], held: evidence.Held, with_sheet: bool
) -> Iterator[tuple]:
    """Give the staged row of each dossier ``(id, subject, answers, facts, level sought)``."""
    asked = (
        (answers_of(answers, shares, subject), told(criteria, area, facts, held.get(pk, ())), level)
        for pk, subject, answers, facts, level in dossiers
    )
    for (dossier, *_), result in zip(dossiers, score_many(criteria, asked), strict=True):
        yield (dossier, *_stored(result, with_sheet))


def judged(criteria: Criteria, round_: Round, dossiers: Collection[Dossier]) -> Iterator[tuple]:
    """Of dossiers of one round and model that are read already: outcome, total, level, missing, why."""
    shares = derived.shares(round_.pk, criteria)
    asked = [(one.pk, one.subject_id, one.answers, one.facts, one.level_sought) for one in dossiers]
    held = evidence.held(criteria, [one.pk for one in dossiers])
    return (row[1:6] for row in judged_rows(criteria, round_.area, shares, asked, held, False))


def _stored(result: Result | BadAnswer, with_sheet: bool) -> tuple:
    if isinstance(result, BadAnswer):
        return "incomplete", None, None, len(result.problems), str(result), None
    sheet = json.dumps(result.to_dict(), ensure_ascii=False, separators=(",", ":")) if with_sheet else None
    return result.outcome, result.total, result.level, len(result.missing), result.because, sheet


def told(criteria: Criteria, area: str, known: dict, keys: Collection[str]) -> dict[str, Any]:
    """What scoring is told beside the answers: the area, what is known, where evidence is."""
    return evidence.facts(criteria, {"area": area, **known}, keys)


def answers_of(stored: dict, shares: dict, subject: UUID) -> dict[str, Any]:
    """The answers as scoring takes them: typed values, and the derived shares in place of what might be typed."""
    values = {key: plain(answer["value"]) for key, answer in stored.items()}
    for key, by_subject in shares.items():
        values[key] = by_subject.get(subject)
    return values


def plain(value: Any) -> Any:
    """A stored JSON value as scoring takes it: a number with decimals becomes a Decimal."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return value


def result_of(dossier: Dossier) -> Result | None:
    """The live score sheet of one dossier, or None when its answers cannot be judged."""
    criteria, area = rounds.pinned(dossier.round_id, dossier.model)
    shares = derived.shares(dossier.round_id, criteria)
    held = evidence.held(criteria, [dossier.pk]).get(dossier.pk, ())
    facts = told(criteria, area, dossier.facts, held)
    try:
        return score(criteria, answers_of(dossier.answers, shares, dossier.subject_id), facts, dossier.level_sought)
    except BadAnswer:
        return None


def results_of(criteria: Criteria, area: str, shares: dict, dossiers: Iterable[Dossier]) -> list[Result | BadAnswer]:
    """The live score sheets of some dossiers of one round and model, in their order."""
    page = list(dossiers)
    held = evidence.held(criteria, [one.pk for one in page])
    asked = [
        (
            answers_of(one.answers, shares, one.subject_id),
            told(criteria, area, one.facts, held.get(one.pk, ())),
            one.level_sought,
        )
        for one in page
    ]
    return list(score_many(criteria, asked))


def _rows(round_id: int, model: str, only: Iterable[UUID] | None) -> list[tuple]:
    if only is None:
        found = Dossier.objects.filter(round_id=round_id, model=model, state__in=EDITABLE).order_by("id")
        return list(found.values_list(*COLUMNS).iterator(chunk_size=FETCH))
    chosen = rows.ask(CHOSEN, [round_id, model, list(EDITABLE), list(only)])
    return [(pk, subject, json.loads(said), json.loads(facts), level) for pk, subject, said, facts, level in chosen]
