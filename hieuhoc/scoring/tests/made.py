"""Criteria sets made for the tests or read from the shipped files, and answers to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from hieuhoc.scoring import Criteria, Indicator

SHIPPED = Path(__file__).resolve().parents[2] / "criteria" / "sets"


def shipped(code: str) -> Criteria:
    """The shipped version of a set, read from its file: scoring stands below the folder that ships it."""
    (path,) = SHIPPED.glob(f"{code}.*.yaml")
    return Criteria.from_dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def points_set(*indicators: dict[str, Any], **head: Any) -> Criteria:
    """A set of points with one criterion; indicators are scores of 10 unless they say otherwise."""
    rows = [{"kind": "score", "points": 10, "label": f"Chỉ số {row['key']}", **row} for row in indicators]
    return Criteria.from_dict(
        {
            "code": "thu",
            "version": "1",
            "title": "Thử",
            "model": "FAMILY",
            "judging": "points",
            "state": "illustrative",
            "pass": 10,
            "criteria": [{"key": "1", "label": "Một", "floor": head.pop("group_floor", None), "indicators": rows}],
            **head,
        }
    )


def full(criteria: Criteria, level: int = 2, area: str = "general") -> dict[str, Any]:
    """The answers that just reach `level` (all points in a points set) in every indicator."""
    return {indicator.key: best(indicator, level, area) for indicator in criteria.indicators}


def best(indicator: Indicator, level: int, area: str) -> Any:
    """The answer that just reaches the level."""
    marks = indicator.marks_in(area)
    mark = marks[min(level, len(marks)) - 1] if marks else None
    return {
        "yes_no": lambda: True,
        "score": lambda: indicator.points,
        "share": lambda: {"count": int(mark * 10), "of": 1000},
        "number": lambda: mark,
        "level": lambda: int(mark),
        "change": lambda: 1 if indicator.better == "up" else -1,
    }[indicator.kind]()


CDHT = shipped("cdht-324")
COMMUNE = shipped("tt25-commune")
ORGANISATION = shipped("tt24-organisation")
OLD_ORGANISATION = shipped("tt22-organisation")
FAMILY = shipped("demo-family")
CLAN = shipped("demo-clan")
