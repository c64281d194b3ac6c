"""Figures of open rounds, counted in the background for the pages of what lies above a commune.

The act log says where something happened since the last count (news travels upwards through it); those communes are
counted anew, each in one transaction. Use: ``refresh()``; the worker does it every ten minutes.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.utils.timezone import now

from hieuhoc.figures import queries
from hieuhoc.figures.models import Running
from hieuhoc.jobs import run
from hieuhoc.places.locks import lock
from hieuhoc.rounds.models import Round

logger = logging.getLogger("hieuhoc.figures")

# An act written down before a count may have been committed after it.
UNCOMMITTED = timedelta(minutes=1)


_BEHIND = """
select r.id from rounds_round r
  left join lateral (select min(g.at) as at from figures_running g
                      where g.place_id = r.place_id and g.year = r.year) last on true
 where r.state = 'open' and (last.at is null or exists (
       select from audit_entry e
         join places_ancestry a on a.descendant_id = e.place_id and a.ancestor_id = r.place_id and upper_inf(a.valid)
        where e.at >= last.at - %s))
 order by r.id
"""


@run.every("*/10 * * * *", "hieuhoc.figures.refresh")
def refresh() -> int:
    """Count the open rounds in which something happened since each was last counted; how many."""
    done = 0
    for round_id in behind():
        try:
            count(round_id)
        except Exception:
            logger.exception("round %s was not counted", round_id)
        else:
            done += 1
    return done


def behind() -> list[int]:
    """Open rounds never counted, and those at or below whose commune an act was done since."""
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND, [UNCOMMITTED])
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def count(round_id: int) -> None:
    """Replace the running figures of one round, as of the moment counting began; one that has closed has none."""
    began = now()
    round_ = Round.objects.get(pk=round_id)
    lock([round_.place_id])
    round_.refresh_from_db()
    Running.objects.filter(place_id=round_.place_id, year=round_.year).delete()
    if round_.state == Round.State.OPEN:
        Running.objects.bulk_create(
            Running(place_id=round_.place_id, year=round_.year, indicator=key, at=began, **counts)
            for key, counts in queries.computed(round_).items()
        )
