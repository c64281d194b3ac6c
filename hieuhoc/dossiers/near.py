"""Who nearly passed: failed dossiers that one indicator alone holds back, or a few points of the total.

Sheets are judged anew, since only proposed dossiers keep theirs; nothing is stored. Use: ``near(round_id, "FAMILY")``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hieuhoc.dossiers import derived, judging
from hieuhoc.dossiers.models import Dossier, Outcome, State
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.models import Round
from hieuhoc.scoring import BadAnswer, Criteria, Result

FEW = Decimal(5)  # points of the total that count as "nearly"; a list to work through, not a rule


@dataclass(frozen=True)
class Near:
    """How many lack at most ``FEW`` points and nothing else; how many one indicator alone, as (key, label, n)."""

    short: int
    alone: tuple[tuple[str, str, int], ...]


def near(round_id: int, model: str) -> Near:
    """The near misses of a model in a round; ``LookupError`` when the round does not have the model."""
    criteria = rounds.criteria_of(round_id, model)
    failed = Dossier.objects.filter(round_id=round_id, model=model, outcome=Outcome.FAIL).exclude(state=State.WITHDRAWN)
    area = Round.objects.values_list("area", flat=True).get(pk=round_id)
    found = judging.results_of(criteria, area, derived.shares(round_id, criteria), failed.order_by("pk"))
    return counted(criteria, (one for one in found if not isinstance(one, BadAnswer)))


def counted(criteria: Criteria, results: Iterable[Result]) -> Near:
    """The near misses among score sheets."""
    short, alone = 0, Counter[str]()
    for one in results:
        failing = [line.key for line in one.lines if line.passed is False]
        lacks = (one.mark - (one.total or 0)) if one.mark is not None else Decimal(0)
        if not failing and 0 < lacks <= FEW:
            short += 1
        elif len(failing) == 1 and lacks <= 0:
            alone[failing[0]] += 1
    return Near(short, tuple((key, criteria.by_key[key].label, n) for key, n in alone.most_common()))
