"""What others ask of kept figures: what stands, by source; sums of communes for what lies above them.

A commune's computed figures run while its round is open and are frozen when it closes; what lies above is the sum of
its communes, and says of how many: a sum of a part is no figure of the whole.
Use: ``of_places([place_id], [2025, 2026], today)``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from hieuhoc.common.numbers import vn_int
from hieuhoc.figures.indicators import COUNTS
from hieuhoc.figures.models import Figure, Source

OWN = ("place_id", "year", "indicator", "source", *COUNTS, "share", "share_of", "share_digits", "qualifier", "title",
       "address", "version_id", "pk", "recorded_at")  # fmt: skip
Identity = tuple[int, int, str, str]
# The tree of the year's last day, of today for a year that runs; a sum without one of its parts is not given.
_SUMS = """
with runs as (
    select r.* from figures_running r
      join rounds_round o on o.place_id = r.place_id and o.year = r.year and o.state = 'open'
     where r.year = any(%(years)s)
), kept as (
    select place_id, year, indicator, total, registered, count, first_time, again, recorded_at, false as runs
      from figures_figure f
     where source = 'computed' and year = any(%(years)s) and not withdrawn
       and not exists (select from figures_figure later where later.corrects_id = f.id)
       and not exists (select from runs r where r.place_id = f.place_id and r.year = f.year)
    union all
    select place_id, year, indicator, total, registered, count, first_time, again, at, true from runs
)
select a.ancestor_id, f.year, f.indicator, count(*), count(*) filter (where not f.runs), max(f.recorded_at),
       case when count(f.total) = count(*) then sum(f.total)::bigint end,
       case when count(f.registered) = count(*) then sum(f.registered)::bigint end,
       case when count(f.count) = count(*) then sum(f.count)::bigint end,
       case when count(f.first_time) = count(*) then sum(f.first_time)::bigint end,
       case when count(f.again) = count(*) then sum(f.again)::bigint end
  from kept f
  join places_ancestry a on a.descendant_id = f.place_id and a.depth > 0 and not a.former
   and a.ancestor_id = any(%(places)s) and a.valid @> least(make_date(f.year, 12, 31), %(today)s::date)
 group by a.ancestor_id, f.year, f.indicator
"""
_EXPECTED = """
select asked.place, asked.year, count(*)
  from (select distinct * from unnest(%(places)s::bigint[], %(years)s::int[]) as pairs (place, year)) as asked
  join places_ancestry a on a.ancestor_id = asked.place and a.depth > 0 and not a.former
   and a.valid @> least(make_date(asked.year, 12, 31), %(today)s::date)
  join places_unit u on u.id = a.descendant_id and u.level = 'commune'
 group by asked.place, asked.year
"""


@dataclass(frozen=True)
class Value:
    """What one source says of an indicator of a place in a year; None where it does not say.

    ``parts`` of ``expected`` communes were summed, of which ``closed`` have closed their year; ``running`` ones change.
    """

    place_id: int
    year: int
    indicator: str
    source: str
    total: int | None = None
    registered: int | None = None
    count: int | None = None
    first_time: int | None = None
    again: int | None = None
    share: Decimal | None = None
    share_of: str = Figure.Base.TOTAL
    share_digits: int = 0
    qualifier: str = ""
    title: str = ""
    address: str = ""
    version_id: int | None = None
    figure: int | None = None
    recorded_at: datetime | None = None
    running: bool = False
    parts: int = 0
    closed: int = 0
    expected: int = 0

    @property
    def partial(self) -> bool:
        """Whether it is a sum of a part of the communes only: no figure of the whole place."""
        return 0 < self.parts < self.expected

    @property
    def part_said(self) -> str:
        """That it is of a part, in a sentence; "" when it is not."""
        return f"Mới có số của {vn_int(self.parts)}/{vn_int(self.expected)} xã, phường." if self.partial else ""

    @property
    def label(self) -> str:
        """The source in words."""
        return str(Source(self.source).label)

    @property
    def host(self) -> str:
        """Where it was published, short: the site of an address, else the words themselves."""
        found = re.match(r"https?://([^/\s]+)", self.address)
        return found[1].removeprefix("www.") if found else self.address

    def get(self, name: str) -> int | None:
        """One of the counts by its name."""
        return getattr(self, name) if name in COUNTS else None


def standing() -> QuerySet[Figure]:
    """The facts that no later one corrects, without those withdrawn."""
    return Figure.objects.filter(corrected_by=None, withdrawn=False)


def last_said(place_id: int, year: int, indicator: str, source: str) -> Figure | None:
    """The last fact of one source, a withdrawal too; what a new one would correct."""
    last = Figure.objects.filter(place_id=place_id, year=year, indicator=indicator, source=source, corrected_by=None)
    return last.order_by("-pk").first()


def chain(place_id: int, year: int, source: str) -> QuerySet[Figure]:
    """The last fact of each indicator of a place's year from one source, withdrawals too."""
    return Figure.objects.filter(place_id=place_id, year=year, source=source, corrected_by=None).order_by("pk")


def identity(figure: Figure) -> Identity:
    """What makes two published facts say something of the same."""
    return figure.place_id, figure.year, figure.indicator, figure.address


def last_published(figures: Sequence[Figure]) -> dict[Identity, Figure]:
    """The last published facts at the same places and years, by identity; one query."""
    found = Figure.objects.filter(
        source=Source.PUBLISHED, corrected_by=None, place_id__in={one.place_id for one in figures},
        year__in={one.year for one in figures},
    )  # fmt: skip
    return {identity(one): one for one in found}


def of_places(
    place_ids: Collection[int],
    years: Collection[int],
    today: date,
    *,
    summed: Collection[int] | None = None,
) -> dict[tuple[int, int], list[Value]]:
    """All that stands of places in years, by (place, year): own facts, and sums of the communes below; two queries.

    ``summed`` are the places whose sums are asked, all of them if not given.

    A place's own computed facts (a commune's) and sums of what lies below never meet: communes have no communes.
    """
    found: dict[tuple[int, int], list[Value]] = defaultdict(list)
    parts = place_ids if summed is None else summed
    for one in (*_own(place_ids, years), *_sums(parts, years, today)):
        found[one.place_id, one.year].append(one)
    return dict(found)


def _own(place_ids: Collection[int], years: Collection[int]) -> Iterable[Value]:
    rows = standing().filter(place_id__in=place_ids, year__in=years).order_by("place_id", "year", "pk")
    for row in rows.values_list(*OWN):
        given: dict[str, Any] = dict(zip(OWN, row, strict=True))
        given["figure"], given["share_digits"] = given.pop("pk"), given["share_digits"] or 0
        yield Value(**given)


def _sums(place_ids: Collection[int], years: Collection[int], today: date) -> Iterable[Value]:
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, {"places": list(place_ids), "years": list(years), "today": today})
        for place, year, indicator, parts, closed, last, *counts in cursor.fetchall():
            yield Value(
                place, year, indicator, Source.COMPUTED, *counts, recorded_at=last, parts=parts, closed=closed,
                running=closed < parts,
            )  # fmt: skip


def with_expected(values: Mapping[tuple[int, int], list[Value]], today: date) -> dict[tuple[int, int], list[Value]]:
    """The same, sums told of how many communes they should be; one query where there are sums."""
    asked = {key for key, several in values.items() if any(one.parts for one in several)}
    if not asked:
        return dict(values)
    with connection.cursor() as cursor:
        given = {"places": [place for place, _ in asked], "years": [year for _, year in asked], "today": today}
        cursor.execute(_EXPECTED, given)
        communes = {(place, year): number for place, year, number in cursor.fetchall()}
    return {
        key: [replace(one, expected=communes.get(key, 0)) if one.parts else one for one in several]
        for key, several in values.items()
    }


def added(place_id: int, values: Iterable[Value]) -> list[Value]:
    """The computed figures of the parts of a place in one year added up; a count one part lacks is not given."""
    parts: dict[str, list[Value]] = defaultdict(list)
    for one in values:
        if one.source == Source.COMPUTED:
            parts[one.indicator].append(one)
    return [_added(place_id, several) for several in parts.values()]


def _added(place_id: int, several: Sequence[Value]) -> Value:
    sums: dict[str, Any] = {name: _sum([one.get(name) for one in several]) for name in COUNTS}
    return replace(
        several[0], place_id=place_id, figure=None, parts=sum(one.parts or 1 for one in several),
        closed=sum(one.closed for one in several), expected=sum(one.expected for one in several),
        running=any(one.running for one in several), **sums,
    )  # fmt: skip


def _sum(counts: Sequence[int | None]) -> int | None:
    return None if None in counts else sum(one for one in counts if one is not None)


ORDER = (Source.COMPUTED, Source.REPORTED, Source.PUBLISHED)


def best(values: Iterable[Value]) -> dict[str, Value]:
    """Of each indicator the figure to hold targets against: computed before reported before published.

    A sum of a part of the communes comes last; inside a source what has counts goes before a share alone.
    """

    def rank(one: Value) -> tuple:
        bare = one.count is None, one.total is None
        return one.partial, ORDER.index(Source(one.source)), *bare, -(one.figure or 0)

    found: dict[str, Value] = {}
    for one in sorted(values, key=rank):
        if one.count is not None or one.registered is not None or one.share is not None:
            found.setdefault(one.indicator, one)
    return found
