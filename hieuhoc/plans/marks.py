"""How much a binding target asks for: its percent, and the least count that reaches it. Pure and exact.

A relative target counts from its basis ("thấp hơn 10 điểm phần trăm" of 80 is 70); "trên 70 %" is not reached by 70 %.
``counts_of`` says which counts of a title's register a target speaks of: one "80 %" has six denominators (domain §6).
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from hieuhoc.plans.binding import Bound, TargetFact
from hieuhoc.registry.models import Model

POPULATIONS = {
    Model.FAMILY: "households",
    Model.CLAN: "clans",
    Model.COMMUNITY: "communities",
    Model.ORGANISATION: "organisations",
    Model.CITIZEN: "citizens",
}
REGISTERED = {
    Model.FAMILY: "registered_households",
    Model.CLAN: "registered_clans",
    Model.COMMUNITY: "registered_communities",
    Model.ORGANISATION: "registered_organisations",
}
# Matter → (what is counted, of what), for the titles a commune's register counts.
COUNTED: dict[tuple[str, str, str], tuple[str, str]] = {
    **{(model, "recognise", people): ("count", "total") for model, people in POPULATIONS.items()},
    **{(model, "register", people): ("registered", "total") for model, people in POPULATIONS.items()},
    **{(model, "recognise", people): ("count", "registered") for model, people in REGISTERED.items()},
}


def counts_of(target: TargetFact) -> tuple[str, str] | None:
    """Which counts of its title's register the target speaks of (counted, of what); None for another denominator."""
    return COUNTED.get(target.matter)


def level(bound: Bound) -> Decimal | None:
    """The percent a target asks for; None for a count, and for a relative one without its basis."""
    target, basis = bound.target, bound.basis
    if target.comparator == "relative":
        return basis.value + target.value if basis and basis.unit == "percent" else None
    return target.value if target.unit == "percent" else None


def needed(bound: Bound, of: int | None) -> int | None:
    """The least count that reaches the target; None for one relative to an unknown figure, or without a denominator."""
    target = bound.target
    percent = level(bound)
    if percent is None:
        if target.comparator == "relative" or target.unit != "number":
            return None
        return _least(target.value, above=above(bound))
    if not of:
        return None
    return _least(percent * of / Decimal(100), above=above(bound))


def _least(mark: Decimal, *, above: bool) -> int:
    """The least whole count at the mark, or above it."""
    return int(mark.to_integral_value(ROUND_FLOOR)) + 1 if above else int(mark.to_integral_value(ROUND_CEILING))


def above(bound: Bound) -> bool:
    """Whether the mark itself is not enough ("trên 70 %")."""
    asked: TargetFact = bound.basis if bound.target.comparator == "relative" and bound.basis else bound.target
    return asked.comparator == ">"
