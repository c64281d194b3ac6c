"""Checks on figures as people print them: each rule says what does not add up and where; none blocks (domain §8).

``check(rows, known)`` takes the rows of a table of figures and what is known of places, and gives the findings by row.
A rule is one class: its name, its title, what to do about it, and ``find``. Tolerances stand beside the rules that
have them. Nothing here asks the database or the clock: ``known`` answers for places (``checks.places`` from the tree).
"""

from __future__ import annotations

from collections.abc import Sequence

from hieuhoc.figures.checks.rows import Finding, Row, Table
from hieuhoc.figures.checks.series import CriteriaChanged, DenominatorChanged, SeriesBreak, Stale
from hieuhoc.figures.checks.shares import RecognisedOverRegistered, RoundedAcrossTarget, ShareMismatch, WrongDenominator
from hieuhoc.figures.checks.sizes import Implausible, Known, MoreThanUnits, Nothing

__all__ = ["RULES", "Finding", "Known", "Row", "check"]

RULES = (
    ShareMismatch(),
    RecognisedOverRegistered(),
    WrongDenominator(),
    RoundedAcrossTarget(),
    DenominatorChanged(),
    SeriesBreak(),
    Implausible(),
    MoreThanUnits(),
    Stale(),
    CriteriaChanged(),
)


def check(rows: Sequence[Row], known: Known | None = None) -> list[Finding]:
    """All findings, by row and in the order of the rules."""
    table = Table(tuple(rows))
    found = [finding for rule in RULES for finding in rule.find(table, known or Nothing())]
    return sorted(found, key=lambda one: one.row)
