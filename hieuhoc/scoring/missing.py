"""What a subject lacks to pass, said indicator by indicator: the dearest first."""

from __future__ import annotations

from decimal import Decimal

from hieuhoc.scoring.lines import JUDGED, MISSING, Line
from hieuhoc.scoring.result import PASS, Result
from hieuhoc.scoring.words import number

_ZERO = Decimal(0)


def what_is_missing(result: Result) -> list[str]:
    """Sentences on what stands between this result and a pass, the overall one first; none when it passed."""
    if result.outcome == PASS:
        return []
    low = [line for line in result.lines if line.passed is False]
    empty = [line for line in result.lines if line.status == MISSING]
    lost = [line for line in result.lines if line.passed is not False and line.status == JUDGED and _cost(line)]
    return [
        result.because,
        *(f"{_name(line)}: {line.because}" for line in sorted(low, key=_cost, reverse=True)),
        *(f"{_name(line)}: {line.because}{_worth(line)}" for line in empty),
        *(f"{_name(line)}: mất {number(_cost(line))} điểm." for line in sorted(lost, key=_cost, reverse=True)),
    ]


def _cost(line: Line) -> Decimal:
    """Points this indicator did not bring; 0 in a set judged by levels."""
    if line.earned is None or line.possible is None:
        return _ZERO
    return line.possible - line.earned


def _name(line: Line) -> str:
    return f"{line.key} {line.label}"


def _worth(line: Line) -> str:
    return f" Tối đa {number(line.possible)} điểm." if line.possible is not None else ""
