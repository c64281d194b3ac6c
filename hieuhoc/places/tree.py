"""Face of the places: the tree on a day, names, heirs, and finding a unit.

Nothing here answers without a day: sums and names on papers take the day of the round or of signing, the
right to act takes today. A unit that has ended keeps its last name. It refuses nothing and writes
nothing. Use: `Dossier.objects.filter(place_id__in=tree.below(commune_id, day))`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import QuerySet

from hieuhoc.places import naming
from hieuhoc.places.heirs import Heir, heirs, heirs_of, origins_of
from hieuhoc.places.models import Ancestry, Level, UnitVersion
from hieuhoc.places.search import Hit, by_code, by_codes, find, find_ended

__all__ = [
    "Heir", "Hit", "Named", "above", "at_level", "below", "below_any", "by_code", "by_codes", "children",
    "exists_on", "find", "find_ended", "heirs", "heirs_of", "is_below", "line_of", "lines_of", "name_of", "names_of",
    "origins_of", "root", "version_on", "versions_of",
]  # fmt: skip

# The version in force on the day; else the last one before it, else the first one after it.
_NEAREST = """
SELECT DISTINCT ON (unit_id) id, unit_id, code, name, kind, parent_id, valid, legal_basis
  FROM places_unitversion WHERE unit_id = ANY(%(ids)s)
 ORDER BY unit_id, CASE WHEN valid @> %(on)s THEN 0 WHEN upper(valid) <= %(on)s THEN 1 ELSE 2 END,
       CASE WHEN upper(valid) <= %(on)s THEN upper(valid) END DESC NULLS LAST, lower(valid)
"""
_LINES = """
WITH near AS ({nearest}),
     held AS (SELECT unit_id, CASE WHEN valid @> %(on)s THEN %(on)s WHEN upper(valid) <= %(on)s
                                   THEN upper(valid) - 1 ELSE lower(valid) END AS day FROM near)
SELECT held.unit_id, up.name
  FROM held
  JOIN places_ancestry step ON step.descendant_id = held.unit_id AND step.valid @> held.day
  JOIN places_unitversion up ON up.unit_id = step.ancestor_id AND up.valid @> held.day
 WHERE up.parent_id IS NOT NULL OR step.depth = 0
 ORDER BY held.unit_id, step.depth
"""


@dataclass(frozen=True)
class Named:
    """What a unit was on a day: `name` is in full ("Xã Ia Tôr"), the last day is inclusive."""

    unit_id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    first_day: date | None
    last_day: date | None

    @property
    def in_sentence(self) -> str:
        """The name inside a sentence: "xã Ia Tôr"."""
        return naming.in_sentence(self.name, self.kind)

    @property
    def bare(self) -> str:
        """The name without its kind: "Ia Tôr"."""
        return naming.bare(self.name, self.kind)


def below(unit_id: int, on: date, level: str | None = None, *, itself: bool = True) -> QuerySet:
    """Ids of the unit and all units under it on the day, as a subquery; of one level if given."""
    return below_any([unit_id], on, level, itself=itself)


def below_any(
    unit_ids: Collection[int] | QuerySet,
    on: date,
    level: str | None = None,
    *,
    itself: bool = True,
    former: bool = False,
) -> QuerySet:
    """Ids of all units under any of these on the day, as a subquery.

    With `former` also the ended units whose default heir, or its heir, stands there: what was theirs is looked
    after there now. That is for the gate by place; never count units with it.
    """
    rows = (Ancestry.with_former if former else Ancestry.objects).filter(ancestor_id__in=unit_ids, valid__contains=on)
    if level:
        rows = rows.filter(descendant__level=level)
    if not itself:
        rows = rows.filter(depth__gt=0)
    return rows.values_list("descendant_id", flat=True)


def children(unit_id: int, on: date) -> QuerySet[UnitVersion]:
    """The versions of the units directly under this one on the day, in Vietnamese order of names."""
    return UnitVersion.objects.filter(parent_id=unit_id, valid__contains=on).order_by("sort_key", "code")


def above(unit_id: int, on: date, *, itself: bool = True) -> list[int]:
    """Ids from the unit up to the nation on the day, nearest first; empty when it did not exist."""
    rows = Ancestry.objects.filter(descendant_id=unit_id, valid__contains=on, depth__gte=0 if itself else 1)
    return list(rows.order_by("depth").values_list("ancestor_id", flat=True))


def is_below(unit_id: int, ancestor_id: int, on: date) -> bool:
    """Whether the unit is the other one or stands under it on the day."""
    return Ancestry.objects.filter(descendant_id=unit_id, ancestor_id=ancestor_id, valid__contains=on).exists()


def at_level(unit_id: int, level: str, on: date) -> int | None:
    """Id of the unit of that level at or above this one on the day; a district after 30/6/2025 is None."""
    rows = Ancestry.objects.filter(descendant_id=unit_id, valid__contains=on, ancestor__level=level)
    return rows.values_list("ancestor_id", flat=True).first()


def root() -> int:
    """Id of the nation."""
    return UnitVersion.objects.values_list("unit_id", flat=True).get(unit__level=Level.NATION)


def exists_on(unit_id: int, on: date) -> bool:
    """Whether the unit is in force on the day."""
    return UnitVersion.objects.filter(unit_id=unit_id, valid__contains=on).exists()


def version_on(unit_id: int, on: date) -> UnitVersion | None:
    """The version in force on the day, or None when the unit did not exist then."""
    return UnitVersion.objects.select_related("unit").filter(unit_id=unit_id, valid__contains=on).first()


def versions_of(unit_ids: Collection[int], on: date) -> dict[int, Named]:
    """What each unit was on the day, in one query; an ended unit is what it last was."""
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, {"ids": list(unit_ids), "on": on})
        return {row[1]: _named(row) for row in cursor.fetchall()}


def _named(row: tuple) -> Named:
    _, unit_id, code, name, kind, parent_id, valid, _ = row
    last = valid.upper - timedelta(days=1) if valid.upper else None
    return Named(unit_id, code, name, kind, parent_id, valid.lower, last)


def names_of(unit_ids: Collection[int], on: date) -> dict[int, str]:
    """The full name of each unit on the day, in one query; an ended unit keeps its last name."""
    return {unit_id: one.name for unit_id, one in versions_of(unit_ids, on).items()}


def name_of(unit_id: int, on: date) -> str:
    """The full name of the unit on the day, "Xã Ia Tôr"; raises KeyError for an unknown id."""
    return names_of([unit_id], on)[unit_id]


def lines_of(unit_ids: Collection[int], on: date) -> dict[int, str]:
    """Each unit with what it stood under on the day: "Xã Ia Tôr, Tỉnh Gia Lai"; the nation is left out."""
    names: dict[int, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_LINES.format(nearest=_NEAREST), {"ids": list(unit_ids), "on": on})
        for unit_id, name in cursor.fetchall():
            names.setdefault(unit_id, []).append(name)
    return {unit_id: ", ".join(line) for unit_id, line in names.items()}


def line_of(unit_id: int, on: date) -> str:
    """The unit with what it stood under on the day: "Xã Ia Tôr, Tỉnh Gia Lai"."""
    return lines_of([unit_id], on)[unit_id]
