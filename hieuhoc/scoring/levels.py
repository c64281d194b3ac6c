"""Sets judged pass or fail in levels: every applicable indicator must reach the level sought."""

from __future__ import annotations

from collections.abc import Sequence

from hieuhoc.scoring.criteria import Criteria
from hieuhoc.scoring.lines import JUDGED, MISSING, Line
from hieuhoc.scoring.result import FAIL, INCOMPLETE, PASS, Result
from hieuhoc.scoring.words import listed


def judge_levels(criteria: Criteria, lines: Sequence[Line], sought: int) -> Result:
    """The sheet of a set in levels; a version known only in part can fail a subject, never pass it."""
    missing = tuple(line.key for line in lines if line.status == MISSING)
    judged = [line for line in lines if line.status == JUDGED]
    outcomes = [_at(criteria, judged, missing, level) for level in range(1, criteria.levels + 1)]
    reached = next((n for n, outcome in enumerate(outcomes) if outcome != PASS), len(outcomes))
    return Result(
        outcome=outcomes[sought - 1],
        level=reached or None,
        total=None,
        possible=None,
        band=None,
        lines=tuple(lines),
        missing=missing,
        because=_because(criteria, judged, missing, outcomes[sought - 1], sought, reached),
        sought=sought,
    )


def _at(criteria: Criteria, judged: list[Line], missing: tuple[str, ...], level: int) -> str:
    """The outcome at one level."""
    if _failed(judged, level):
        return FAIL
    unknown = any(0 < line.unknown_from <= level for line in judged)
    return INCOMPLETE if missing or unknown or not judged or not criteria.complete else PASS


def _failed(judged: list[Line], level: int) -> list[str]:
    return [line.key for line in judged if line.reached < level and not 0 < line.unknown_from <= level]


def _because(
    criteria: Criteria, judged: list[Line], missing: tuple[str, ...], outcome: str, sought: int, reached: int
) -> str:
    if outcome == PASS:
        return f"Đạt mức độ {reached}: {len(judged)} chỉ số áp dụng đều đạt."
    if outcome == FAIL:
        failed = _failed(judged, sought)
        instead = f" Đạt mức độ {reached}." if reached else ""
        return f"Không đạt mức độ {sought}: {len(failed)} chỉ số chưa đạt ({listed(failed)}).{instead}"
    if not criteria.complete:
        return f"Chưa kết luận được: {criteria.why_incomplete}"
    if missing:
        return f"Chưa kết luận được: còn {len(missing)} chỉ số chưa có câu trả lời ({listed(missing)})."
    return "Chưa kết luận được: không có chỉ số nào được chấm."
