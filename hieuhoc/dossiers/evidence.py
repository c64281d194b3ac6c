"""Which answers have evidence, and which sets ask for it.

A set judged by levels fails what nothing supports (TT 24/2023, TT 25/2023). What supports an answer is a piece of
evidence given for its indicator: a file, or a note that names the list a figure was taken from. What is attached to
the whole dossier supports no single indicator; a derived share has the list behind it. Illustrative sets do not ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from hieuhoc.dossiers.models import Evidence
from hieuhoc.scoring import Criteria
from hieuhoc.scoring.criteria import LEVELS

USUAL_LIMIT = 10
AN_INDICATOR = 3
Held = Mapping[UUID, Collection[str]]


def asked_by(criteria: Criteria) -> bool:
    """Whether the set fails an answer without evidence."""
    return criteria.judging == LEVELS and criteria.state != "illustrative"


def limit(criteria: Criteria) -> int:
    """How many pieces a dossier of the set takes: enough for each indicator where each needs one."""
    typed = sum(one.derived is None for one in criteria.indicators)
    return max(USUAL_LIMIT, AN_INDICATOR * typed) if asked_by(criteria) else USUAL_LIMIT


def held(criteria: Criteria, dossiers: Iterable[UUID]) -> Held:
    """The indicators each of the dossiers has evidence for; nothing is read where the set does not ask."""
    if not asked_by(criteria):
        return {}
    found: dict[UUID, set[str]] = defaultdict(set)
    there = Evidence.objects.filter(dossier__in=list(dossiers), removed_at=None).exclude(indicator="")
    for dossier, indicator in there.values_list("dossier_id", "indicator"):
        found[dossier].add(indicator)
    return found


def facts(criteria: Criteria, known: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    """What scoring is told of a dossier: what is known, and for each indicator whether evidence is there."""
    if not asked_by(criteria):
        return dict(known)
    return {**known, "evidence": {one.key: one.key in keys for one in criteria.indicators}}


def full(criteria: Criteria, there: int) -> str:
    """Say that the dossier has as much evidence as it takes; "" while it has not."""
    most = limit(criteria)
    return f"Mỗi hồ sơ nhận tối đa {most} minh chứng; gỡ bớt rồi thêm lại." if there >= most else ""


def unknown(criteria: Criteria, indicator: str) -> str:
    """Say that the set has no such indicator; "" when it has, or for the whole dossier."""
    return f"Bộ tiêu chí không có chỉ số {indicator[:40]}." if indicator and indicator not in criteria.keys else ""
