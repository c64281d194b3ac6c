"""Find units by what a person types: a name with or without marks and kind, a code, "xã Ia Tôr, Gia Lai".

Folded names collide, so every hit is given, the exact ones first; it never picks one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from hieuhoc.common.text import same_name
from hieuhoc.places import naming
from hieuhoc.places.models import Ancestry, Level, UnitVersion

_LEVELS = Case(
    *(When(unit__level=level, then=Value(order)) for order, level in enumerate(Level.values)),
    output_field=IntegerField(),
)
_PARENTS = """
SELECT child.id, up.unit_id, up.code, up.name
  FROM unnest(%(ids)s::bigint[]) AS child (id)
  JOIN places_unitversion own ON own.id = child.id
  JOIN places_unitversion up ON up.unit_id = own.parent_id AND up.valid @> %(on)s
"""


@dataclass(frozen=True)
class Parent:
    """The unit directly above a hit on the day."""

    unit_id: int
    code: str
    name: str


@dataclass(frozen=True)
class Hit:
    """A unit found, as it was on the day; the last day is inclusive, None is open."""

    unit_id: int
    code: str
    name: str
    kind: str
    level: str
    parent: Parent | None
    valid_from: date | None
    valid_to: date | None
    exact: bool


def find(
    text: str, on: date, level: str | None = None, under: int | None = None, limit: int | None = None
) -> list[Hit]:
    """Units in force on the day whose name or code fits the text; exact with marks, exact, then the rest."""
    query = naming.read_query(text)
    if not query.key:
        return []
    rows = _candidates(query, on)
    if level:
        rows = rows.filter(unit__level=level)
    if under:
        rows = rows.filter(_stands_under(on, Q(ancestor_id=under)))
    ordered = rows.order_by("rank", "level_order", "sort_key", "code").select_related("unit")
    return _hits(list(ordered[:limit]), query, on)


def find_ended(text: str, on: date, limit: int = 5) -> list[Hit]:
    """Units of just this name or code that had ended before the day, as they last were, the latest first.

    For the sentence that helps when nothing is found: "Bắc Kạn" today, or 23905.
    """
    query = naming.read_query(text)
    rows = UnitVersion.objects.filter(valid__endswith__lte=on).select_related("unit")
    rows = rows.filter(Q(code__iexact=query.typed) | Q(search_key__in=query.exact))
    living = UnitVersion.objects.filter(unit_id=OuterRef("unit_id"), valid__contains=on)
    found = rows.exclude(Exists(living)).order_by("-valid__endswith", _LEVELS, "sort_key", "code")[:limit]
    return [_hit(row, None, True) for row in found] if query.key else []


def _candidates(query: naming.Query, on: date) -> QuerySet[UnitVersion]:
    """Versions in force with the typed words at the beginning of words of their name, or with that code."""
    rank = Case(
        When(code__iexact=query.typed, then=Value(0)),
        When(search_key__in=query.exact, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    spaced = Concat(Value(" "), F("search_key"))
    rows = UnitVersion.objects.filter(valid__contains=on).annotate(spaced=spaced, rank=rank, level_order=_LEVELS)
    rows = rows.filter(Q(code__iexact=query.typed) | Q(spaced__contains=f" {query.key}"))
    for key in query.above:
        named = UnitVersion.objects.filter(
            Q(search_key__endswith=f" {key}") | Q(search_key=key) | Q(code=key),
            unit_id=OuterRef("ancestor_id"),
            valid__contains=on,
        )
        rows = rows.filter(_stands_under(on, Q(Exists(named), depth__gt=0)))
    return rows


def _stands_under(on: date, condition: Q) -> Exists:
    return Exists(Ancestry.objects.filter(condition, descendant_id=OuterRef("unit_id"), valid__contains=on))


def _hits(rows: list[UnitVersion], query: naming.Query, on: date) -> list[Hit]:
    parents = _parents([row.pk for row in rows], on)
    hits = [_hit(row, parents.get(row.pk), row.rank < 2) for row in rows]  # type: ignore[attr-defined]
    # of equal rank, the one written with the very marks that were typed comes first; the sort is stable
    ranks = {row.unit_id: row.rank for row in rows}  # type: ignore[attr-defined]
    return sorted(hits, key=lambda hit: (ranks[hit.unit_id], not _same_marks(query.typed, hit)))


def _same_marks(typed: str, hit: Hit) -> bool:
    return same_name(typed, hit.name) or same_name(typed, naming.bare(hit.name, hit.kind))


def _hit(row: UnitVersion, parent: Parent | None, exact: bool) -> Hit:
    last = row.valid.upper - timedelta(days=1) if row.valid.upper else None
    return Hit(row.unit_id, row.code, row.name, row.kind, row.unit.level, parent, row.valid.lower, last, exact)


def _parents(version_ids: list[int], on: date) -> dict[int, Parent]:
    with connection.cursor() as cursor:
        cursor.execute(_PARENTS, {"ids": version_ids, "on": on})
        return {own: Parent(*parent) for own, *parent in cursor.fetchall()}


def by_codes(codes: Collection[str], level: str | None, on: date) -> dict[str, UnitVersion]:
    """The versions in force on the day by code, in one query; a code not in use that day is absent."""
    rows = UnitVersion.objects.filter(code__in=list(codes), valid__contains=on).select_related("unit")
    if level:
        rows = rows.filter(unit__level=level)
    return {row.code: row for row in rows}


def by_code(code: str, level: str | None, on: date) -> UnitVersion | None:
    """The version that had this code on the day, or None; a code is read only together with its day."""
    return by_codes([code], level, on).get(code)


def hit_on(unit_id: int, on: date) -> Hit | None:
    """The unit as a hit, for those who know its id; None when it did not exist on the day."""
    row = UnitVersion.objects.filter(unit_id=unit_id, valid__contains=on).select_related("unit").first()
    return _hit(row, _parents([row.pk], on).get(row.pk), True) if row else None
