"""What is wrong with a criteria version, in sentences for its editor; an empty list: it can be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from hieuhoc.common.numbers import vn_number as number
from hieuhoc.scoring.criteria import AREAS, KINDS, LEVELS, POINTS, STATES, Criteria, Indicator

MODELS = ("FAMILY", "CLAN", "COMMUNITY", "ORGANISATION", "CITIZEN", "COMMUNE", "DISTRICT", "PROVINCE")
PLACE_LEVELS = ("commune", "district", "province")
FACTS = ("kind", "not_kind", "scope", "has_learners")
_MEASURED = ("number", "share", "level")


def problems_of(criteria: Criteria) -> list[str]:
    """Every reason why this version cannot be judged or published, in Vietnamese."""
    return [
        *_words(criteria),
        *_head(criteria),
        *_keys(criteria),
        *(_points_set(criteria) if criteria.judging == POINTS else _levels_set(criteria)),
        *(problem for indicator in criteria.indicators for problem in _indicator(criteria, indicator)),
    ]


def _words(criteria: Criteria) -> Iterator[str]:
    for level in criteria.used_at:
        if level not in PLACE_LEVELS:
            yield f"Không có cấp “{level}”; chọn xã, huyện hoặc tỉnh."
    if criteria.model not in MODELS:
        yield f"Không có mô hình “{criteria.model}”."
    if criteria.judging not in (POINTS, LEVELS):
        yield f"Cách đánh giá “{criteria.judging}” không có; chọn chấm điểm hoặc đạt theo mức độ."
    if criteria.state not in STATES:
        yield f"Tính chất “{criteria.state}” không có."


def _head(criteria: Criteria) -> Iterator[str]:
    if criteria.valid_from and criteria.valid_to and criteria.valid_from >= criteria.valid_to:
        yield "Ngày hết hiệu lực phải sau ngày có hiệu lực."
    if not criteria.indicators and criteria.complete:
        yield "Bộ tiêu chí chưa có chỉ số nào."
    if not criteria.complete and not criteria.why_incomplete:
        yield "Bộ tiêu chí chưa đủ phải nói rõ còn thiếu gì."


def _keys(criteria: Criteria) -> Iterator[str]:
    for key, times in Counter(i.key for i in criteria.indicators).items():
        if times > 1:
            yield f"Mã chỉ số {key} dùng {times} lần."
    for key, times in Counter(g.key for g in criteria.groups).items():
        if times > 1:
            yield f"Mã tiêu chí {key} dùng {times} lần."


def _points_set(criteria: Criteria) -> Iterator[str]:
    if not criteria.indicators:
        return
    mark = criteria.pass_mark("general")
    if mark is None:
        yield "Chưa có mốc điểm đạt."
    elif not 0 < mark <= criteria.maximum:
        yield f"Mốc điểm đạt {number(mark)} phải lớn hơn 0 và không quá tổng điểm tối đa {number(criteria.maximum)}."
    yield from _areas(criteria.pass_marks or {}, "Mốc điểm đạt")
    starts = [start for _, start in criteria.bands]
    if starts != sorted(set(starts), reverse=True):
        yield "Các mức xếp loại phải xếp từ cao xuống thấp, không trùng nhau."


def _levels_set(criteria: Criteria) -> Iterator[str]:
    if criteria.judging == LEVELS and criteria.indicators and criteria.levels < 1:
        yield "Bộ tiêu chí đạt theo mức độ phải có ít nhất một mức độ."


def _areas(by_area: dict, what: str) -> Iterator[str]:
    for area in by_area:
        if area not in AREAS:
            yield f"{what}: không có vùng “{area}”."


def _indicator(criteria: Criteria, indicator: Indicator) -> Iterator[str]:
    name = f"Chỉ số {indicator.key}"
    if not indicator.key or not indicator.label:
        yield f"{name}: phải có mã và tên."
    if indicator.kind not in KINDS:
        yield f"{name}: không có loại “{indicator.kind}”."
    if indicator.better not in ("up", "down"):
        yield f"{name}: chiều thay đổi phải là tăng hoặc giảm."
    if indicator.derived and indicator.kind != "share":
        yield f"{name}: chỉ tỷ lệ mới tính được từ các danh hiệu đã công nhận."
    for fact in indicator.applies or {}:
        if fact not in FACTS:
            yield f"{name}: điều kiện áp dụng “{fact}” không có."
    yield from _worth(criteria, indicator, name)
    yield from _marks(criteria, indicator, name)


def _worth(criteria: Criteria, indicator: Indicator, name: str) -> Iterator[str]:
    if criteria.judging != POINTS:
        if indicator.points is not None or indicator.kind == "score":
            yield f"{name}: bộ tiêu chí đạt theo mức độ không chấm điểm."
        return
    if indicator.points is None or indicator.points <= 0:
        yield f"{name}: phải có điểm tối đa lớn hơn 0."
    elif indicator.floor is not None and not 0 <= indicator.floor <= indicator.points:
        yield f"{name}: điểm sàn phải từ 0 đến điểm tối đa."


def _marks(criteria: Criteria, indicator: Indicator, name: str) -> Iterator[str]:
    if indicator.kind in _MEASURED and not indicator.marks_in("general"):
        yield f"{name}: chưa có ngưỡng đạt."
    yield from _areas(indicator.marks or {}, name)
    for asked in (indicator.marks or {}).values():
        if any(mark < 0 for mark in asked) or _turns(asked, indicator.better):
            yield f"{name}: ngưỡng phải không âm và mức độ sau không dễ hơn mức độ trước."
        if indicator.kind == "share" and any(mark > 100 for mark in asked):
            yield f"{name}: ngưỡng tỷ lệ không quá 100 %."
        if len(asked) > max(criteria.levels, 1):
            yield f"{name}: có nhiều ngưỡng hơn số mức độ."


def _turns(asked: tuple[Decimal, ...], better: str) -> bool:
    return list(asked) != sorted(asked, reverse=better == "down")
