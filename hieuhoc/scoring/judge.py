"""From answers to a score sheet: `score` for one subject, `score_many` for a whole list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hieuhoc.scoring.answers import BadAnswer, Problem, read_answer, read_answers
from hieuhoc.scoring.applies import Facts, read_facts
from hieuhoc.scoring.criteria import POINTS, Criteria
from hieuhoc.scoring.levels import judge_levels
from hieuhoc.scoring.lines import Line, line_for
from hieuhoc.scoring.points import judge_points
from hieuhoc.scoring.result import Result

_MEMO_SIZE = 100_000


@dataclass
class Memo:
    """What need not be worked out twice for a list: lines by answer, facts by what was given."""

    lines: dict[tuple[str, int], dict[tuple[Any, ...], Line]] = field(default_factory=dict)
    facts: dict[tuple[Any, ...], Facts] = field(default_factory=dict)


def score(
    criteria: Criteria,
    answers: Mapping[str, Any],
    facts: Mapping[str, Any] | None = None,
    level: int | None = None,
) -> Result:
    """Judge one subject's answers; raises BadAnswer for values no one may guess at."""
    return _score(criteria, answers, facts, level, Memo())


def score_many(
    criteria: Criteria, rows: Iterable[tuple[Mapping[str, Any], Mapping[str, Any] | None, int | None]]
) -> Iterator[Result | BadAnswer]:
    """Judge many subjects given as (answers, facts, level), in order; one refused comes as its BadAnswer."""
    memo = Memo()
    for answers, facts, level in rows:
        try:
            yield _score(criteria, answers, facts, level, memo)
        except BadAnswer as bad:
            yield bad


def _score(criteria: Criteria, answers: Any, given: Mapping[str, Any] | None, level: Any, memo: Memo) -> Result:
    if not isinstance(answers, Mapping):
        raise BadAnswer(
            Problem("answers", "bad_answers", "Câu trả lời (answers) phải là các cặp mã chỉ số và giá trị.")
        )
    facts = _facts(criteria, given, memo)
    sought = _sought(criteria, level)
    lines = _lines(criteria, answers, facts, sought, memo)
    if criteria.judging == POINTS:
        return judge_points(criteria, lines, facts.area)
    return judge_levels(criteria, lines, sought)


def _facts(criteria: Criteria, given: Any, memo: Memo) -> Facts:
    try:
        key = tuple(given.items()) if given else ()
        facts = memo.facts.get(key)
    except (AttributeError, TypeError):  # nested or wrong: read each time
        return read_facts(criteria, given)
    if facts is None:
        facts = read_facts(criteria, given)
        if len(memo.facts) < _MEMO_SIZE:
            memo.facts[key] = facts
    return facts


def _lines(criteria: Criteria, answers: Mapping[str, Any], facts: Facts, sought: int, memo: Memo) -> list[Line]:
    """The lines of all indicators; those that depend on the answer alone are made once for a whole list."""
    if facts.plain and criteria.keys.issuperset(answers):
        try:
            return _remembered(criteria, answers, facts, sought, memo)
        except BadAnswer:
            pass  # read again below, to name every wrong value and not only the first
        except TypeError:
            pass  # a share is a mapping, which cannot be looked up
    values = read_answers(criteria, answers)
    return [line_for(criteria, i, values[i.key], facts, sought) for i in criteria.indicators]


def _remembered(criteria: Criteria, answers: Mapping[str, Any], facts: Facts, sought: int, memo: Memo) -> list[Line]:
    known = memo.lines.setdefault((facts.area, sought), {})
    lines = []
    for indicator in criteria.indicators:
        raw = answers.get(indicator.key)
        # The class too: true, 1 and 1.0 are equal, and not the same answer.
        key = (indicator.key, raw.__class__, raw)
        line = known.get(key)
        if line is None:
            line = line_for(criteria, indicator, read_answer(indicator, raw), facts, sought)
            if len(known) < _MEMO_SIZE:
                known[key] = line
        lines.append(line)
    return lines


def _sought(criteria: Criteria, level: Any) -> int:
    """The level sought; the first where none is named, 0 in a set without levels."""
    if level is None:
        return 1 if criteria.judging != POINTS else 0
    if isinstance(level, bool) or not isinstance(level, int) or not 1 <= level <= criteria.levels:
        asked = f"từ 1 đến {criteria.levels}" if criteria.levels else "để trống: bộ tiêu chí này không chia mức độ"
        raise BadAnswer(Problem("level", "bad_level", f"Mức độ đề nghị (level) phải {asked}."))
    return level
