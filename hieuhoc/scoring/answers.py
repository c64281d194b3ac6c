"""What was answered for each indicator, read strictly: a wrong value is refused, never guessed.

Missing, not applicable and zero stay three values: `None`, `NOT_APPLICABLE` and `0`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hieuhoc.scoring.criteria import Criteria, Indicator
from hieuhoc.scoring.words import number

MOST_DIGITS = 15
MOST_DECIMALS = 20
_NOT_APPLICABLE_SPELLINGS = ("n/a", "KAD")


class _NotApplicable:
    """The answer “does not apply here” (KAD)."""

    def __repr__(self) -> str:
        return "n/a"


NOT_APPLICABLE = _NotApplicable()


@dataclass(frozen=True)
class Problem:
    """One refused value: the indicator (or fact) key, a code for programs, a sentence for people."""

    key: str
    code: str
    message: str


class BadAnswer(ValueError):
    """Values that cannot be judged; `problems` holds all of them, `key`, `code`, `message` the first."""

    def __init__(self, *problems: Problem):
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems
        self.key, self.code, self.message = problems[0].key, problems[0].code, problems[0].message


@dataclass(frozen=True)
class Share:
    """A count among a denominator."""

    count: Decimal
    of: Decimal


@dataclass(frozen=True)
class Change:
    """A difference against last year; the two figures are kept where they were given."""

    by: Decimal
    now: Decimal | None = None
    before: Decimal | None = None


def read_answers(criteria: Criteria, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The value of each indicator of the set; raises BadAnswer with every wrong value and stray key."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for indicator in criteria.indicators:
        try:
            values[indicator.key] = read_answer(indicator, answers.get(indicator.key))
        except BadAnswer as bad:
            problems.extend(bad.problems)
    for key in sorted(str(key) for key in answers if key not in criteria.keys):
        shown = key if len(key) <= 40 else key[:40] + "…"
        problems.append(Problem(shown, "unknown_indicator", f"Bộ tiêu chí không có chỉ số {shown}."))
    if problems:
        raise BadAnswer(*problems)
    return values


def read_answer(indicator: Indicator, value: Any) -> Any:
    """One answer as a value of the indicator's kind, NOT_APPLICABLE, or None when missing."""
    if value is None:
        return None
    if isinstance(value, str) and value in _NOT_APPLICABLE_SPELLINGS:
        return NOT_APPLICABLE
    return _READERS[indicator.kind](indicator, value)


def read_number(key: str, value: Any) -> Decimal:
    """A finite number of sensible size; text, true/false, NaN and infinity are refused."""
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise _bad(key, "not_a_number", f"{_shown(value)} không phải là số.")
    value = Decimal(value)
    if not value.is_finite():
        raise _bad(key, "not_a_number", f"{_shown(value)} không phải là số.")
    # Looked at before any arithmetic: 1e999999999 has a legal size nobody can compute with.
    if value and value.adjusted() >= MOST_DIGITS:
        raise _bad(key, "not_a_number", "số quá lớn.")
    if int(value.as_tuple().exponent) < -MOST_DECIMALS:
        raise _bad(key, "not_a_number", "số có quá nhiều chữ số thập phân.")
    return value


def _not_negative(key: str, value: Any) -> Decimal:
    read = read_number(key, value)
    if read < 0:
        raise _bad(key, "negative", f"{number(read)} là số âm.")
    return read


def _yes_no(indicator: Indicator, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _bad(indicator.key, "not_yes_no", f"phải trả lời có hoặc không, không phải {_shown(value)}.")
    return value


def _score(indicator: Indicator, value: Any) -> Decimal:
    read = _not_negative(indicator.key, value)
    if indicator.points is not None and read > indicator.points:
        message = f"{number(read)} điểm vượt điểm tối đa {number(indicator.points)}."
        raise _bad(indicator.key, "over_maximum", message)
    return read


def _number(indicator: Indicator, value: Any) -> Decimal:
    return _not_negative(indicator.key, value)


def _level(indicator: Indicator, value: Any) -> Decimal:
    read = _not_negative(indicator.key, value)
    top = indicator.top
    if read != read.to_integral_value():
        raise _bad(indicator.key, "not_a_level", f"mức phải là số nguyên, không phải {number(read)}.")
    if read > top:
        raise _bad(indicator.key, "over_maximum", f"mức {number(read)} vượt mức cao nhất là {number(top)}.")
    return read


def _share(indicator: Indicator, value: Any) -> Share | None:
    key = indicator.key
    if not isinstance(value, Mapping) or set(value) != {"count", "of"}:
        raise _bad(key, "not_a_share", "tỷ lệ phải có số đạt (count) và tổng số (of).")
    if value["count"] is None or value["of"] is None:
        return None
    count, of = _whole(key, value["count"]), _whole(key, value["of"])
    if count > of:
        raise _bad(key, "share_over_100", f"số đạt {number(count)} lớn hơn tổng số {number(of)}.")
    return Share(count, of)


def _whole(key: str, value: Any) -> Decimal:
    read = _not_negative(key, value)
    if read != read.to_integral_value():
        raise _bad(key, "not_a_number", f"số đếm phải là số nguyên, không phải {number(read)}.")
    return read


def _change(indicator: Indicator, value: Any) -> Change | None:
    key = indicator.key
    if not isinstance(value, Mapping):
        return Change(read_number(key, value))
    if set(value) != {"now", "before"}:
        raise _bad(key, "not_a_change", "thay đổi phải có số năm nay (now) và số năm trước (before).")
    if value["now"] is None or value["before"] is None:
        return None
    now, before = read_number(key, value["now"]), read_number(key, value["before"])
    return Change(now - before, now, before)


_READERS: dict[str, Callable[[Indicator, Any], Any]] = {
    "yes_no": _yes_no,
    "score": _score,
    "number": _number,
    "level": _level,
    "share": _share,
    "change": _change,
}


def _bad(key: str, code: str, message: str) -> BadAnswer:
    return BadAnswer(Problem(key, code, f"{key}: {message}"))


def _shown(value: Any) -> str:
    """A wrong value as it was typed, cut short: it may be of any length."""
    text = str(value) if isinstance(value, (str, Decimal)) else type(value).__name__
    if isinstance(value, bool):
        text = "đúng/sai"
    return "“" + (text if len(text) <= 40 else text[:40] + "…") + "”"
