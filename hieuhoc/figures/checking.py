"""One figure held beside the others of its place by the rules of ``checks``: as it is typed, and on its page.

Use: ``findings(place_id, value, today)`` with the figure as a ``facts.Value``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hieuhoc.figures import facts
from hieuhoc.figures.checks import RULES, Finding, Row, check
from hieuhoc.figures.checks.places import Catalogue
from hieuhoc.figures.checks.rows import Printed
from hieuhoc.figures.facts import Value
from hieuhoc.figures.history import day_of
from hieuhoc.figures.indicators import BY_KEY, MATTERS
from hieuhoc.places import tree
from hieuhoc.places.models import Unit
from hieuhoc.plans import queries as plans
from hieuhoc.plans.marks import level

BY_NAME = {rule.name: rule for rule in RULES}
AROUND = 10  # years before and after that a figure is held beside


class OfUnit(Catalogue):
    """What is known of one unit: its communes, its changes, and the targets that bind it."""

    def __init__(self, unit: int, today: date) -> None:
        super().__init__(unit)
        self.unit, self.today = unit, today

    def targets(self, row: Row) -> list[Decimal]:
        """The percents that bind the unit in the row's year for the share the row prints."""
        if not row.year:
            return []
        bound = plans.bound([self.unit], row.year, day_of(row.year, self.today))[self.unit]
        printed = (row.model, "count", row.share_of)
        wanted = [matter for matter, names in MATTERS.items() if names == printed]
        whole = (one for one in bound if one.target.matter in wanted and not one.territory)
        return [mark for one in whole if (mark := level(one)) is not None]


def findings(place_id: int, value: Value, today: date, without: Collection[int] = ()) -> list[Finding]:
    """What the rules find in a figure beside those of the same source that stand; ``without`` leaves facts out."""
    years = range(value.year - AROUND, min(value.year + AROUND, 2045) + 1)
    kept = facts.of_places([place_id], years, today)
    others = [
        one
        for several in kept.values()
        for one in several
        if one.source == value.source and one.figure not in without and one.figure != value.figure
        and (one.year, one.indicator) != (value.year, value.indicator)
    ]  # fmt: skip
    unit_level = Unit.objects.values_list("level", flat=True).get(pk=place_id)
    name = tree.name_of(place_id, day_of(value.year, today))
    rows = [row_of(value, name, unit_level), *_numbered(others, name, unit_level)]
    return [one for one in check(rows, OfUnit(place_id, today)) if one.row == 0]


def _numbered(values: Iterable[Value], name: str, level: str) -> list[Row]:
    return [replace(row_of(one, name, level), row=at) for at, one in enumerate(values, 1)]


def _kind(indicator: str) -> str:
    """What the rules know an indicator by: the model, MEMBER for members, else its key."""
    return "MEMBER" if indicator == "members" else BY_KEY[indicator].model or indicator


def row_of(value: Value, place: str, level: str) -> Row:
    """A figure as the rules read a printed row; its number is 0."""
    share = Printed(value.share, value.share_digits, value.qualifier) if value.share is not None else None
    return Row(
        0, place, level, value.year, _kind(value.indicator), value.total, value.registered,
        value.count, share, value.share_of,
    )  # fmt: skip
