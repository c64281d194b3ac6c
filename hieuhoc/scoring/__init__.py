"""Scoring: answers and a criteria version give a score sheet that explains itself. Pure: no Django, no clock.

`score(criteria, answers, facts, level)` returns a Result whose every line carries a Vietnamese sentence; it
refuses (BadAnswer) values nobody may guess at: 12 of 10, text for a number, true for a score, NaN. Missing
(None), not applicable ("n/a") and zero stay three values. Example:

    from hieuhoc.criteria import sets
    result = score(sets.load("cdht-324"), {"CD-1.1": 8, …}, {"area": "hard"})
    result.outcome, result.because
"""

from hieuhoc.scoring.answers import NOT_APPLICABLE, BadAnswer, Problem
from hieuhoc.scoring.criteria import Criteria, Derived, Group, Indicator
from hieuhoc.scoring.judge import score, score_many
from hieuhoc.scoring.lines import Line
from hieuhoc.scoring.missing import what_is_missing
from hieuhoc.scoring.reading import BadCriteria
from hieuhoc.scoring.result import FAIL, INCOMPLETE, PASS, Result, to_json

__all__ = [
    "FAIL",
    "INCOMPLETE",
    "NOT_APPLICABLE",
    "PASS",
    "BadAnswer",
    "BadCriteria",
    "Criteria",
    "Derived",
    "Group",
    "Indicator",
    "Line",
    "Problem",
    "Result",
    "score",
    "score_many",
    "to_json",
    "what_is_missing",
]
