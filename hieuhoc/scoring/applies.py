"""Which facts were given about the subject, and whether an indicator applies to it.

A fact is known, or it is not: an unknown fact never decides. Where it would have to, the answer does: an
indicator answered is judged, one marked “n/a” is not counted, one left empty is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hieuhoc.scoring.answers import BadAnswer, Problem
from hieuhoc.scoring.criteria import AREAS, Criteria, Indicator

ORGANISATION_KINDS = (
    "public_body",
    "economic",
    "preschool",
    "primary_or_secondary",
    "high_school",
    "continuing_education",
    "vocational",
    "university",
)
SCOPES = ("district", "province")
_KNOWN = ("kind", "scope", "has_learners")


@dataclass(frozen=True)
class Facts:
    """What is known of the subject beside its answers."""

    area: str = "general"
    known: Mapping[str, Any] = field(default_factory=dict)
    applies: Mapping[str, bool] = field(default_factory=dict)
    evidence: Mapping[str, bool] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """Nothing but the area is known: every line depends on its answer alone."""
        return not (self.known or self.applies or self.evidence)


def read_facts(criteria: Criteria, facts: Mapping[str, Any] | None) -> Facts:
    """The facts, checked; `kind`, `scope`, `has_learners` stand beside `area` or inside `applies`."""
    if not facts:
        return Facts()
    if not isinstance(facts, Mapping):
        raise BadAnswer(Problem("facts", "bad_fact", "Thông tin về đối tượng (facts) phải là các cặp tên và giá trị."))
    given = {**facts, **_mapping(facts, "applies")}
    known = {name: given[name] for name in _KNOWN if given.get(name) is not None}
    area = facts.get("area") or "general"
    _one_of("area", area, AREAS)
    _one_of("kind", known.get("kind"), ORGANISATION_KINDS)
    _one_of("scope", known.get("scope"), SCOPES)
    if not isinstance(known.get("has_learners", False), bool):
        raise BadAnswer(Problem("has_learners", "bad_fact", "has_learners phải là có hoặc không."))
    return Facts(
        area=area,
        known=_usual(criteria, known),
        applies=_flags(criteria, facts, "applies"),
        evidence=_flags(criteria, facts, "evidence"),
    )


def applies_to(indicator: Indicator, facts: Facts) -> bool | None:
    """True or False where the facts decide it, None where a fact is not known."""
    if indicator.key in facts.applies:
        return facts.applies[indicator.key]
    found = [_holds(name, asked, facts.known) for name, asked in (indicator.applies or {}).items()]
    if False in found:
        return False
    return None if None in found else True


def _holds(name: str, asked: Any, known: Mapping[str, Any]) -> bool | None:
    value = known.get("kind" if name == "not_kind" else name)
    if value is None:
        return None
    if name == "not_kind":
        return value not in asked
    return value in asked if isinstance(asked, list) else value == asked


def _usual(criteria: Criteria, known: dict[str, Any]) -> dict[str, Any]:
    """What the set takes for granted of a kind of organisation, unless it was said."""
    usual = (criteria.usual_facts or {}).get(known.get("kind", ""), {})
    return {**usual, **known}


def _mapping(facts: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = facts.get(name) or {}
    if not isinstance(found, Mapping):
        raise BadAnswer(Problem(name, "bad_fact", f"{name} phải là các cặp tên và giá trị."))
    return found


def _flags(criteria: Criteria, facts: Mapping[str, Any], name: str) -> dict[str, bool]:
    flags = {key: value for key, value in _mapping(facts, name).items() if key not in _KNOWN and value is not None}
    for key, value in flags.items():
        if key not in criteria.keys:
            raise BadAnswer(
                Problem(str(key)[:40], "unknown_indicator", f"Bộ tiêu chí không có chỉ số {str(key)[:40]}.")
            )
        if not isinstance(value, bool):
            raise BadAnswer(Problem(key, "bad_fact", f"{name} của {key} phải là có hoặc không."))
    return flags


def _one_of(name: str, value: Any, allowed: tuple[str, ...]) -> None:
    if value is not None and (not isinstance(value, str) or value not in allowed):
        raise BadAnswer(Problem(name, "bad_fact", f"{name} phải là một trong: {', '.join(allowed)}."))
