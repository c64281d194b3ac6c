"""One indicator judged: what it earned or which level it reached, with the sentence that explains it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from hieuhoc.common.numbers import reached as is_reached
from hieuhoc.scoring.answers import NOT_APPLICABLE, Change, Share
from hieuhoc.scoring.applies import Facts, applies_to
from hieuhoc.scoring.criteria import POINTS, Criteria, Indicator
from hieuhoc.scoring.words import number, share

JUDGED, MISSING, NOT_COUNTED = "judged", "missing", "not_counted"
_CENT = Decimal("0.01")
_ZERO = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One indicator on the score sheet. `reached` counts the levels met; `earned` is None if not scored."""

    key: str
    label: str
    status: str
    because: str
    passed: bool | None = None
    earned: Decimal | None = None
    possible: Decimal | None = None
    reached: int = 0
    unknown_from: int = 0


def line_for(criteria: Criteria, indicator: Indicator, value: Any, facts: Facts, sought: int) -> Line:
    """The line of one indicator; `sought` is the level asked for in a set judged by levels."""
    applies = applies_to(indicator, facts)
    if applies is False:
        return Line(
            indicator.key,
            indicator.label,
            NOT_COUNTED,
            _join("Không áp dụng cho đối tượng này, không tính.", indicator.note),
        )
    if value is NOT_APPLICABLE:
        said = _join("Ghi là không áp dụng (KAD), không tính.", _doubt(criteria, indicator), indicator.when_none)
        return Line(indicator.key, indicator.label, NOT_COUNTED, said)
    if isinstance(value, Share) and value.of == 0:
        return Line(
            indicator.key,
            indicator.label,
            NOT_COUNTED,
            _join("Không có đối tượng, không tính tỷ lệ.", indicator.when_none),
        )
    if criteria.judging == POINTS:
        return _points_line(indicator, value, facts.area)
    return _level_line(criteria, indicator, value, facts, sought)


def _doubt(criteria: Criteria, indicator: Indicator) -> str:
    """What verifiers are told where the text frees nobody from an indicator that was marked “n/a”."""
    if criteria.judging == POINTS or indicator.applies or indicator.when_none:
        return ""
    return "Bộ tiêu chí không nêu trường hợp được miễn; thẩm định cần ghi lý do."


def _points_line(indicator: Indicator, value: Any, area: str) -> Line:
    worth = indicator.points or _ZERO
    if value is None:
        return Line(indicator.key, indicator.label, MISSING, _missing(indicator), possible=worth)
    earned, because = _earned(indicator, value, area, worth)
    above = indicator.floor is None or earned >= indicator.floor
    if not above:
        because = f"{because} Dưới mức sàn {number(indicator.floor or 0)} điểm."
    return Line(indicator.key, indicator.label, JUDGED, because, above, earned, worth)


def _earned(indicator: Indicator, value: Any, area: str, worth: Decimal) -> tuple[Decimal, str]:
    """A score as given; a requirement met in full; a share or number below its mark in proportion."""
    if indicator.kind == "score":
        return value, f"{number(value)}/{number(worth)} điểm."
    marks = indicator.marks_in(area)
    if _meets(indicator, value, marks[0] if marks else None):
        earned = worth
    elif indicator.kind in ("share", "number") and indicator.better == "up":
        size = value.count * 100 / value.of if isinstance(value, Share) else value
        # Cut, not rounded: points must never reach a floor or the pass mark by rounding.
        earned = (worth * size / marks[0]).quantize(_CENT, ROUND_FLOOR)
    else:
        earned = _ZERO
    asked = f", mức yêu cầu {_asked(indicator, marks[0])}" if marks else ""
    return earned, f"{_said(indicator, value, area)}{asked}: {number(earned)}/{number(worth)} điểm."


def _level_line(criteria: Criteria, indicator: Indicator, value: Any, facts: Facts, sought: int) -> Line:
    if value is None:
        return Line(indicator.key, indicator.label, MISSING, _missing(indicator))
    met = _levels_met(criteria, indicator, value, facts.area)
    if met[0] and facts.evidence.get(indicator.key) is False and not indicator.derived:
        said = f"{_said(indicator, value, facts.area)}. Chưa có minh chứng: không đạt."
        return Line(indicator.key, indicator.label, JUDGED, said, False)
    reached = next((n for n, ok in enumerate(met) if not ok), len(met))
    unknown = next((n + 1 for n, ok in enumerate(met) if ok is None), 0)
    passed = True if reached >= sought else None if met[sought - 1] is None else False
    because = f"{_said(indicator, value, facts.area)}: {_levels_said(indicator, met, facts.area)}."
    return Line(indicator.key, indicator.label, JUDGED, because, passed, reached=reached, unknown_from=unknown)


def _levels_met(criteria: Criteria, indicator: Indicator, value: Any, area: str) -> list[bool | None]:
    """For each level: met, not met, or None where the set does not know what the level asks."""
    marks = indicator.marks_in(area)
    if not marks:
        return [_meets(indicator, value, None)] * criteria.levels
    asked = [_meets(indicator, value, mark) for mark in marks]
    return [asked[n] if n < len(asked) else (None if asked[-1] else False) for n in range(criteria.levels)]


def _levels_said(indicator: Indicator, met: list[bool | None], area: str) -> str:
    marks = indicator.marks_in(area)
    if not marks or len(set(marks)) == 1 == len(set(met)):
        asked = f" (yêu cầu {_asked(indicator, marks[0])})" if marks else ""
        return ("đạt" if met[0] else "chưa đạt") + asked
    parts = []
    for n, ok in enumerate(met):
        if n >= len(marks):
            parts.append(f"mức độ {n + 1} chưa rõ ngưỡng")
        else:
            parts.append(f"{'đạt' if ok else 'chưa đạt'} mức độ {n + 1} (yêu cầu {_asked(indicator, marks[n])})")
    return ", ".join(parts)


def _meets(indicator: Indicator, value: Any, mark: Decimal | None) -> bool:
    return _TESTS[indicator.kind](value, mark, indicator.better == "up")


def _share_meets(value: Share, mark: Decimal, up: bool) -> bool:
    if up:
        return is_reached(int(value.count), int(value.of), mark)
    return value.count * 100 <= mark * value.of


_TESTS: dict[str, Callable[[Any, Any, bool], bool]] = {
    "yes_no": lambda value, mark, up: value,
    "number": lambda value, mark, up: value >= mark if up else value <= mark,
    "level": lambda value, mark, up: value >= mark,
    "share": _share_meets,
    "change": lambda value, mark, up: value.by > 0 if up else value.by < 0,
}


def _said(indicator: Indicator, value: Any, area: str) -> str:
    """The answer in words."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, Share):
        return share(value.count, value.of, indicator.marks_in(area))
    if isinstance(value, Change):
        return _change_said(value)
    if indicator.kind == "level":
        return _level_name(indicator, value)
    return number(value)


def _change_said(value: Change) -> str:
    turn = "Tăng" if value.by > 0 else "Giảm" if value.by < 0 else "Không đổi"
    size = f" {number(abs(value.by))}" if value.by else ""
    figures = "" if value.now is None else f" ({number(value.before or 0)} → {number(value.now)})"
    return f"{turn}{size} so với năm trước{figures}"


def _level_name(indicator: Indicator, level: Decimal) -> str:
    if not indicator.names:
        return f"Mức {number(level)}"
    return f"Mức {indicator.names[int(level) - 1]}" if level else "Chưa đạt mức nào"


def _asked(indicator: Indicator, mark: Decimal) -> str:
    if indicator.kind == "level" and indicator.names:
        return f"mức {indicator.names[int(mark) - 1]}"
    sign = "từ" if indicator.better == "up" else "không quá"
    unit = {"share": " %", "level": " trở lên"}.get(indicator.kind, "")
    return f"{sign}{' mức' if indicator.kind == 'level' else ''} {number(mark)}{unit}"


def _missing(indicator: Indicator) -> str:
    if indicator.derived:
        return f"Chưa có số liệu: {indicator.derived.rule}."
    return "Chưa có điểm." if indicator.kind == "score" else "Chưa có câu trả lời."


def _join(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
