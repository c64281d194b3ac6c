"""What lives in a unit follows it: after a merge, a split, a close or a move, the subjects stand in the heir.

Open dossiers go where their subject goes, so that the village that now knows it scores it. Frozen dossiers, titles and
closed subjects stay with the unit of their time. The unit's own subject (the community, the commune) ends with it:
the new unit is another one. Use: ``rehoming.rehome({old: new}, ended=[old], communes=[], day=day, by=user, reason=…)``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from hieuhoc.audit import log
from hieuhoc.places.models import Unit
from hieuhoc.registry.models import Model, Subject

OWN = (Model.COMMUNITY, Model.COMMUNE)
# The natural key of a subject begins with its place. Where two would be the same (households of one name in
# two villages), the second keeps its former key, so that both stay and the list of twins shows them.
_MOVE = """
WITH moving AS (
    SELECT subject.id, subject.commune_id, subject.model, subject.natural_key AS former, step.new_id,
           step.new_id || substring(subject.natural_key FROM position('|' IN subject.natural_key)) AS key
      FROM registry_subject subject
      JOIN unnest(%(old)s::bigint[], %(new)s::bigint[]) AS step (old_id, new_id) ON subject.place_id = step.old_id
     WHERE subject.active_to IS NULL AND subject.model <> ALL(%(own)s)
), ranked AS (
    SELECT moving.*, row_number() OVER (PARTITION BY commune_id, model, key ORDER BY id) AS nth FROM moving
)
UPDATE registry_subject subject
   SET place_id = ranked.new_id, updated_at = now(),
       natural_key = CASE WHEN ranked.nth = 1 AND NOT EXISTS (
           SELECT 1 FROM registry_subject other WHERE other.commune_id = ranked.commune_id
              AND other.model = ranked.model AND other.natural_key = ranked.key AND other.active_to IS NULL
       ) THEN ranked.key ELSE ranked.former END
  FROM ranked WHERE subject.id = ranked.id
"""
_END = """
UPDATE registry_subject SET active_to = %(day)s, updated_at = now()
 WHERE active_to IS NULL AND model = ANY(%(own)s) AND place_id = ANY(%(ended)s)
"""
# The commune kept beside the place, for those whose place now stands in another one.
_FOLLOW = """
UPDATE registry_subject subject SET commune_id = up.ancestor_id, updated_at = now()
  FROM places_ancestry up JOIN places_unit commune ON commune.id = up.ancestor_id AND commune.level = 'commune'
 WHERE up.descendant_id = subject.place_id AND up.valid @> %(day)s AND NOT up.former
   AND subject.active_to IS NULL AND subject.commune_id = ANY(%(communes)s)
   AND subject.commune_id <> up.ancestor_id
"""
# A dossier is open as long as its sheet is not frozen and its round is not closed; one of another commune's round
# stays with that commune.
_DOSSIERS = """
UPDATE dossiers_dossier dossier SET place_id = subject.place_id, updated_at = now()
  FROM registry_subject subject, rounds_round year
 WHERE subject.id = dossier.subject_id AND year.id = dossier.round_id
   AND dossier.frozen_at IS NULL AND year.state = 'open' AND year.place_id = subject.commune_id
   AND dossier.place_id <> subject.place_id
"""
_OF_SUBJECTS = " AND subject.id = ANY(%s::uuid[]) RETURNING dossier.id"
_OF_PLACES = " AND dossier.place_id = ANY(%s::bigint[]) RETURNING dossier.id"


def homeless(leaving: Collection[int]) -> int:
    """How many open subjects live in units that end without an heir; the units' own subjects end with them."""
    return Subject.objects.filter(place_id__in=leaving, active_to=None).exclude(model__in=OWN).count()


@transaction.atomic
def rehome(
    moves: Mapping[int, int],
    *,
    ended: Collection[int],
    communes: Collection[int],
    day: date,
    by: Any,
    reason: str,
    touched: int = 0,
) -> None:
    """Let the subjects follow an act on places that was carried out; one line in the log if any did.

    ``moves`` is where what lives in each ended unit goes, ``communes`` those something may have left, ``touched`` the
    unit the line is about when nothing moved. The right to the act on places is asked by that act.
    """
    given = {
        "old": list(moves),
        "new": list(moves.values()),
        "own": list(OWN),
        "ended": list(ended),
        "communes": list(communes),
        "day": day,
    }
    counts = [_count(statement, given) for statement in (_MOVE, _END, _FOLLOW)]
    followed = _rows(_DOSSIERS + _OF_PLACES, list(moves))
    if any(counts):
        target = Unit.objects.get(pk=next(iter(moves.values()), touched))
        after: dict[str, Any] = dict(zip(("moved", "ended", "followed"), counts, strict=True))
        after["moves"] = {str(old): new for old, new in moves.items()}
        log.record(
            "registry.rehome", target, by=by, place=target.pk, reason=reason, after=after, targets=followed,
            target_type="dossiers.dossier",
        )  # fmt: skip


def dossiers_follow(subjects: Iterable[UUID]) -> list[UUID]:
    """Put the open dossiers of these subjects where the subjects stand now; return those that moved."""
    return _rows(_DOSSIERS + _OF_SUBJECTS, [str(one) for one in subjects])


def _count(statement: str, given: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.rowcount


def _rows(statement: str, wanted: list[Any]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [wanted])
        return [row[0] for row in cursor.fetchall()]
