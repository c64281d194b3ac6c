"""What the answers typed from a sheet come to before anything is written: total, outcome, reason, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hieuhoc.common.numbers import vn_number
from hieuhoc.dossiers import answering, derived, evidence, judging, typed
from hieuhoc.dossiers.models import Dossier, Outcome
from hieuhoc.dossiers.paper.queries import Found
from hieuhoc.scoring import BadAnswer, Criteria, Result, score
from hieuhoc.scoring.criteria import POINTS


@dataclass(frozen=True)
class Told:
    """The live result: ``wrong`` are the sentences of what cannot stand, by indicator."""

    headline: str = ""
    outcome: str = ""
    label: str = ""
    because: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)


def told(criteria: Criteria, found: Found, texts: Mapping[str, Any]) -> Told:
    """Judge the stored answers with those typed laid over them."""
    dossier = found.dossier or Dossier(round=found.round, subject=found.subject, model=found.form.model)
    values, wrong = _laid_over(criteria, dossier, texts)
    result = _judged(criteria, dossier, values)
    if result is None:
        return Told(wrong=wrong)
    return Told(_headline(criteria, result), result.outcome, str(Outcome(result.outcome).label), result.because, wrong)


def _headline(criteria: Criteria, result: Result) -> str:
    """The total of a set that counts points, the level reached in one that has levels."""
    if result.total is not None:
        return f"{vn_number(result.total)} điểm"
    if criteria.judging == POINTS:
        return "Chưa có điểm"
    return f"Mức {result.level}" if result.level else "Chưa đạt mức nào"


def _laid_over(criteria: Criteria, dossier: Dossier, texts: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    values = {key: answer["value"] for key, answer in dossier.answers.items()}
    wrong = {}
    for one in criteria.indicators:
        if one.derived is not None or one.key not in texts:
            continue
        try:
            value = typed.read(one, str(texts[one.key]))
        except typed.Unreadable as said:
            wrong[one.key] = str(said)
            continue
        if value is not None and (said_of := answering.wrong_value(criteria, one.key, value)):
            wrong[one.key] = said_of
            continue
        values[one.key] = value
    return {key: value for key, value in values.items() if value is not None}, wrong


def _judged(criteria: Criteria, dossier: Dossier, values: dict[str, Any]) -> Result | None:
    shares = derived.shares(dossier.round_id, criteria)
    stored = {key: {"value": value} for key, value in values.items()}
    held = evidence.held(criteria, [dossier.pk]).get(dossier.pk, ())
    facts = judging.told(criteria, dossier.round.area, dossier.facts, held)
    try:
        return score(criteria, judging.answers_of(stored, shares, dossier.subject_id), facts, dossier.level_sought)
    except BadAnswer:
        return None
