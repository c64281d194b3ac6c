"""A version of a criteria set as plain values: what is asked, what it is worth, when it passes.

`Criteria.from_dict` reads the shape used by the YAML files and the editor and refuses what cannot be
judged; `to_dict` gives the same shape back. Nothing here knows the database or the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

AREAS = ("general", "hard")
KINDS = ("yes_no", "number", "share", "level", "score", "change")
STATES = ("official", "provisional", "local", "illustrative", "not_entered")
POINTS, LEVELS = "points", "levels"


@dataclass(frozen=True)
class Derived:
    """Where a derived share comes from: titles of one model counted within one population."""

    model: str
    among: str
    rule: str


@dataclass(frozen=True)
class Indicator:
    """One question of a set; `marks` holds what each level asks, per area (one level in a points set)."""

    key: str
    label: str
    kind: str
    criterion: str = ""
    points: Decimal | None = None
    floor: Decimal | None = None
    marks: dict[str, tuple[Decimal, ...]] | None = None
    names: tuple[str, ...] = ()
    better: str = "up"
    applies: dict[str, Any] | None = None
    derived: Derived | None = None
    when_none: str = ""
    note: str = ""

    @property
    def top(self) -> Decimal:
        """The highest level an answer may name, in any area; as many as have names where no marks are given."""
        return max((max(asked) for asked in (self.marks or {}).values() if asked), default=Decimal(len(self.names)))

    def marks_in(self, area: str) -> tuple[Decimal, ...]:
        """What each level asks in this area; the general marks where the area has none of its own."""
        marks = self.marks or {}
        return marks.get(area) or marks.get("general") or ()


@dataclass(frozen=True)
class Group:
    """A criterion: a heading over indicators, with a floor on their sum where the text has one."""

    key: str
    label: str
    floor: Decimal | None = None


@dataclass(frozen=True)
class Criteria:
    """One version of a criteria set, as it is judged."""

    code: str
    version: str
    title: str
    model: str
    judging: str
    state: str
    indicators: tuple[Indicator, ...] = ()
    groups: tuple[Group, ...] = ()
    complete: bool = True
    why_incomplete: str = ""
    pass_marks: dict[str, Decimal] | None = None
    bands: tuple[tuple[str, Decimal], ...] = ()
    levels: int = 0
    target_groups: tuple[str, ...] = ()
    used_at: tuple[str, ...] = ()
    usual_facts: dict[str, dict[str, bool]] | None = None
    document: dict[str, str] | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    notice: str = ""
    source: str = ""
    notes: str = ""

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Criteria:
        """The version described by `data`; raises BadCriteria with every problem found."""
        from hieuhoc.scoring.reading import read

        return read(data)

    def to_dict(self) -> dict[str, Any]:
        """The same version as plain values: what `from_dict` reads."""
        from hieuhoc.scoring.reading import write

        return write(self)

    @cached_property
    def by_key(self) -> dict[str, Indicator]:
        """Indicators by their key."""
        return {indicator.key: indicator for indicator in self.indicators}

    @cached_property
    def keys(self) -> frozenset[str]:
        """All indicator keys, to find a stray answer in one step."""
        return frozenset(self.by_key)

    @cached_property
    def maximum(self) -> Decimal:
        """The sum of all maxima of a points set."""
        return sum((i.points for i in self.indicators if i.points is not None), Decimal(0))

    @cached_property
    def uses_area(self) -> bool:
        """Whether a hard area is judged differently."""
        return "hard" in (self.pass_marks or {}) or any("hard" in (i.marks or {}) for i in self.indicators)

    def pass_mark(self, area: str) -> Decimal | None:
        """The pass mark on the total in this area; None in a set judged by levels or not entered."""
        marks = self.pass_marks or {}
        return marks.get(area, marks.get("general"))
