"""Samples for inspection: dossiers drawn at random below a place, the same again for the same seed.

A sample is stratified: by commune below a province or the nation, by village inside a commune. Inside a stratum the
dossiers stand in the order of a digest of seed and key, and the first ones are taken, so that anybody can draw the
list again and nobody can choose it. What was drawn stays in the log. Use: ``draw(Wish(...), by=user)``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from hieuhoc.accounts.access import reach, require
from hieuhoc.audit import log
from hieuhoc.audit.models import Entry, EntryTarget
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.figures.rules import shared_out
from hieuhoc.places import tree
from hieuhoc.places.models import Level, Unit

RIGHT = "dossier.inspect"
VERB, DRAWN = "figures.sample", "figures.sampled"
STATES = {
    "recognised": ("Đã công nhận", (State.RECOGNISED,)),
    "verified": ("Đã thẩm định, đã đề nghị", (State.VERIFIED, State.PROPOSED)),
    "both": ("Cả hai", (State.RECOGNISED, State.VERIFIED, State.PROPOSED)),
}
_DRAW = """
SELECT id FROM (
    SELECT drawn.id, part.size, row_number() OVER (
        PARTITION BY part.stratum ORDER BY md5(%(seed)s || drawn.id::text), drawn.id) AS nth
      FROM ({population}) AS drawn (id, stratum)
      JOIN unnest(%(strata)s::bigint[], %(sizes)s::bigint[]) AS part (stratum, size) ON part.stratum = drawn.stratum
) AS ranked WHERE nth <= size
"""


@dataclass(frozen=True)
class Wish:
    """What a sample is asked to be: where, of which year, model and state, how large, with which seed."""

    place_id: int
    year: int
    model: str
    states: str
    size: int
    seed: str


class Nothing(ValueError):
    """There is nothing to draw from; the message is the sentence to show."""


def population(wish: Wish, level: str) -> QuerySet:
    """(dossier, stratum) of everything that may be drawn: below the place today, ended units with their heir."""
    within = tree.below_any([wish.place_id], localdate(), former=True)
    found = Dossier.objects.filter(
        place_id__in=within, round__year=wish.year, model=wish.model, state__in=STATES[wish.states][1]
    )
    inside = level in (Level.COMMUNE, Level.VILLAGE)
    return found.order_by().values_list("pk", "place_id" if inside else "round__place_id")


@transaction.atomic
def draw(wish: Wish, *, by: Any) -> Entry:
    """Draw the sample and keep it in the log: what was asked, of how many, and which dossiers."""
    require(by, RIGHT, wish.place_id)
    place = Unit.objects.get(pk=wish.place_id)
    everything = population(wish, place.level)
    stratum = everything.query.values_select[1]
    rows = everything.values_list(stratum).annotate(n=Count("pk"))
    counts = {key: n for key, n in rows if key is not None}
    if not counts:
        raise Nothing("Không có hồ sơ nào như vậy ở địa bàn này trong năm ấy; cần chọn lại năm, mô hình hoặc bước.")
    taken = shared_out(counts, wish.size)
    after = asdict(wish) | {"of": sum(counts.values()), "strata": len(counts)}
    return log.record(
        VERB, place, by=by, place=place.pk, after=after, targets=_drawn(wish, everything, taken), target_type=DRAWN
    )


def _drawn(wish: Wish, everything: QuerySet, taken: dict[int, int]) -> list[UUID]:
    """The keys drawn, in one statement."""
    sql, given = everything.query.sql_with_params()
    bound = {f"given{at}": value for at, value in enumerate(given)}
    sql = sql % tuple(f"%({name})s" for name in bound)
    bound |= {"seed": wish.seed, "strata": list(taken), "sizes": list(taken.values())}
    with connection.cursor() as cursor:
        cursor.execute(_DRAW.format(population=sql), bound)
        return [row[0] for row in cursor.fetchall()]


def samples_for(user: Any) -> QuerySet[Entry]:
    """The samples drawn within reach, newest first."""
    found = Entry.objects.filter(verb=VERB, place_id__in=reach(user, RIGHT))
    return found.select_related("actor").order_by("-at", "-pk")


def sample_for(user: Any, pk: int) -> Entry:
    """One sample within reach; else 404."""
    found = samples_for(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def dossiers_of(sample: Entry) -> QuerySet[Dossier]:
    """The dossiers of a sample, by commune, village and given name."""
    drawn = EntryTarget.objects.filter(entry=sample, target_type=DRAWN).values("target_id")
    found = Dossier.objects.filter(pk__in=drawn).select_related("subject", "round")
    return found.order_by("round__place_id", "place_id", "subject__sort_key", "pk")
