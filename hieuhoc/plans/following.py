"""Whose an activity is to a place, and which plans' activities it follows on a day: pure.

Every plan that binds the place is followed: its own, those above it, that of the nation. A plan of a predecessor is
followed over its former territory until the one that took its place has a plan (domain §6); one that was replaced ends.
An activity of a plan above belongs to those above. The place is asked for it only where the plan names its level among
those who lead, or where it has begun to keep a record of its own part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from hieuhoc.plans.binding import NEAREST, Reach

OWN, LEADS, JOINS, KNOWS = "own", "leads", "joins", "knows"
PARTS = {OWN: "Việc của địa phương", LEADS: "Cùng thực hiện", JOINS: "Phối hợp", KNOWS: "Để biết"}
ASKED = frozenset({OWN, LEADS})
# "chính trị - xã hội" and "thị xã" are no communes.
_LEVEL = {
    "commune": r"(?<!thị )\bxã\b(?! hội)|\bphường\b|\bthị trấn\b",
    "district": r"\bhuyện\b",
    "province": r"\btỉnh\b",
}
_EVERYBODY = r"các cấp\b|\bđịa phương\b|\bcơ sở\b"


def followed(reaches: Iterable[Reach], level: str, year: int, on: date) -> list[Reach]:
    """The plans that speak of the year to a place of the level on the day, nearest first; none of units below it."""
    lowest = NEAREST.index(level)
    speaking = [one for one in reaches if one.plan.speaks(year, on) and _rank(one) >= lowest]
    standing = [one for one in speaking if not one.former]
    kept = [one for one in speaking if not one.former or not any(_took_over(one, other) for other in standing)]
    return sorted(kept, key=lambda one: (one.near, one.former, -one.plan.issued.toordinal(), -one.plan.id))


def _took_over(former: Reach, other: Reach) -> bool:
    """Whether the standing plan is that of the successor: of its level, or the place's own after one of a district."""
    own_after = other.own and _rank(other) <= _rank(former) < NEAREST.index("province")
    return other.plan.level == former.plan.level or own_after


def _rank(reach: Reach) -> int:
    return NEAREST.index(reach.plan.level)


def part_of(reach: Reach, level: str, lead: str, joins: str) -> str:
    """What an activity is to a place of the level: its own, one it is named for, or one to know of."""
    if reach.own or (reach.former and reach.plan.level == level):
        return OWN
    named = re.compile(f"{_LEVEL.get(level, '(?!)')}|{_EVERYBODY}", re.IGNORECASE)
    if named.search(lead):
        return LEADS
    return JOINS if named.search(joins) else KNOWS
