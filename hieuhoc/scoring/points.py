"""Sets judged by points: the pass mark on the total, floors per indicator and criterion, bands.

An indicator that does not apply earns nothing and asks nothing; the pass mark stays where the text put it
(docs/decisions/indicators-that-do-not-apply.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hieuhoc.scoring.criteria import Criteria
from hieuhoc.scoring.lines import MISSING, Line
from hieuhoc.scoring.result import FAIL, INCOMPLETE, PASS, Result
from hieuhoc.scoring.words import listed, number

_ZERO = Decimal(0)


@dataclass(slots=True)
class _Sum:
    """The lines added up: what was earned, what could be, what still may come."""

    mark: Decimal
    where: str
    total: Decimal | None
    possible: Decimal
    hoped: Decimal
    missing: tuple[str, ...]
    low: list[Line]
    skipped: bool

    @property
    def earned(self) -> Decimal:
        return self.total or _ZERO


def judge_points(criteria: Criteria, lines: Sequence[Line], area: str) -> Result:
    """The score sheet of a points set; fails only when nothing still missing could make it pass."""
    added = _add(criteria, lines, area)
    faults = _faults(criteria, lines, added)
    outcome = FAIL if faults else INCOMPLETE if added.missing or not criteria.complete else PASS
    band = _band(criteria, added.earned) if outcome == PASS else None
    return Result(
        outcome=outcome,
        level=None,
        total=added.total,
        possible=added.possible,
        band=band,
        lines=tuple(lines),
        missing=added.missing,
        because=_because(criteria, outcome, added, faults, band),
        mark=added.mark,
    )


def _add(criteria: Criteria, lines: Sequence[Line], area: str) -> _Sum:
    counted = [line for line in lines if line.possible is not None]
    earned = [line.earned for line in counted if line.earned is not None]
    empty = [line for line in counted if line.status == MISSING]
    return _Sum(
        mark=criteria.pass_mark(area) or _ZERO,
        where=" (vùng khó khăn)" if area == "hard" and criteria.uses_area else "",
        total=sum(earned, _ZERO) if earned else None,
        possible=sum([line.possible or _ZERO for line in counted], _ZERO),
        hoped=sum([line.possible or _ZERO for line in empty], _ZERO),
        missing=tuple([line.key for line in empty]),
        low=[line for line in counted if line.passed is False],
        skipped=len(counted) < len(lines),
    )


def _faults(criteria: Criteria, lines: Sequence[Line], added: _Sum) -> list[str]:
    """Why it cannot pass any more, whatever is still missing."""
    faults = []
    if added.earned + added.hoped < added.mark:
        faults.append(_short(added))
    if added.low:
        low = ", ".join(f"{line.key} ({number(line.earned or _ZERO)} điểm)" for line in added.low)
        faults.append(f"dưới mức sàn ở {low}")
    for group in criteria.groups:
        if group.floor is not None and _best_of(criteria, lines, group.key) < group.floor:
            faults.append(f"tiêu chí {group.key} dưới mức sàn {number(group.floor)} điểm")
    return faults


def _short(added: _Sum) -> str:
    goal = f"{number(added.mark)}{added.where}"
    if added.possible < added.mark:
        return (
            f"các chỉ số áp dụng chỉ có tối đa {number(added.possible)} điểm, không đủ để đạt {goal}; "
            "bộ tiêu chí không nêu việc hạ mốc khi có chỉ số không áp dụng"
        )
    best = added.earned + added.hoped
    if added.hoped:
        return f"chỉ số còn thiếu dù được tối đa cũng chỉ tới {number(best)} điểm, không đủ để đạt {goal}"
    kept = " (chỉ số không áp dụng không được bù điểm)" if added.skipped else ""
    return f"thiếu {number(added.mark - best)} điểm để đạt {goal}{kept}"


def _best_of(criteria: Criteria, lines: Sequence[Line], group: str) -> Decimal:
    """The most a criterion can still come to; infinite when nothing in it applies."""
    inside = [ln for ln in lines if criteria.by_key[ln.key].criterion == group and ln.possible is not None]
    if not inside:
        return Decimal("Infinity")
    best = [line.possible if line.status == MISSING else line.earned for line in inside]
    return sum([points or _ZERO for points in best], _ZERO)


def _band(criteria: Criteria, total: Decimal) -> str | None:
    return next((name for name, start in criteria.bands if total >= start), None)


def _because(criteria: Criteria, outcome: str, added: _Sum, faults: list[str], band: str | None) -> str:
    got = f"{number(added.earned)}/{number(added.possible)} điểm"
    if outcome == FAIL:
        return f"Không đạt: {'; '.join(faults)}. Tổng {got}."
    if outcome == PASS:
        ranked = f" Xếp loại {band}." if band else ""
        return f"Đạt: tổng {got}, mốc đạt {number(added.mark)}{added.where}.{ranked}"
    if not added.missing:
        return f"Chưa kết luận được: {criteria.why_incomplete}"
    return f"Chưa kết luận được: {_still(added, got)}."


def _still(added: _Sum, got: str) -> str:
    """What an unfinished sheet still needs."""
    goal = f"{number(added.mark)}{added.where}"
    gap = added.mark - added.earned
    need = f"cần thêm {number(gap)} điểm để đạt {goal}" if gap > 0 else f"đã tới mốc {goal}"
    have = "chưa có điểm nào" if added.total is None else f"đã có {got}"
    return f"còn {len(added.missing)} chỉ số chưa có điểm ({listed(added.missing)}); {have}, {need}"
