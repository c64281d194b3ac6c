"""The ancestry table, derived from versions and successions: who stood under whom, who looks after whom, and when.

It is never written by hand: `rebuild` after the catalogue is loaded, `refresh` inside the transaction of
an act, for the units it touched and all below them.
"""

from collections.abc import Collection

from django.db import connection, transaction

# A unit stands under its parent while both versions hold, so the range of a step is the intersection;
# versions of one unit that follow each other without a gap join into one range again. What stands below one
# unit is written together, so that it is read together.
_DERIVE = """
WITH RECURSIVE walk (descendant_id, ancestor_id, depth, valid) AS (
    SELECT unit_id, unit_id, 0, valid FROM places_unitversion {where}
  UNION ALL
    SELECT walk.descendant_id, up.parent_id, walk.depth + 1, walk.valid * up.valid
      FROM walk JOIN places_unitversion up ON up.unit_id = walk.ancestor_id AND up.valid && walk.valid
     WHERE up.parent_id IS NOT NULL AND walk.depth < 8
)
INSERT INTO places_ancestry (descendant_id, ancestor_id, depth, valid, former)
SELECT descendant_id, ancestor_id, depth, unnest(range_agg(valid)), false
  FROM walk GROUP BY descendant_id, ancestor_id, depth ORDER BY ancestor_id
"""
# An ended unit is looked after by its default heir, and when that ends by the heir's: the days along the line
# rise, and each heir holds its own stretch of it.
_FORMER = """
WITH RECURSIVE line (unit_id, heir_id, day) AS (
    SELECT old_id, new_id, day FROM places_succession WHERE "default" {where}
  UNION ALL
    SELECT line.unit_id, step.new_id, step.day
      FROM line JOIN places_succession step ON step.old_id = line.heir_id
       AND (step.day > line.day OR (step.day = line.day AND NOT EXISTS (
            SELECT 1 FROM places_unitversion alive WHERE alive.unit_id = line.heir_id AND alive.valid @> line.day)))
     WHERE step."default"
)
INSERT INTO places_ancestry (descendant_id, ancestor_id, depth, valid, former)
SELECT line.unit_id, up.ancestor_id, up.depth + 1, up.valid * daterange(line.day, NULL), true
  FROM line JOIN places_ancestry up ON up.descendant_id = line.heir_id AND NOT up.former
   AND up.valid && daterange(line.day, NULL)
"""


@transaction.atomic
def rebuild() -> None:
    """Derive the whole table again."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute("DELETE FROM places_ancestry")
        cursor.execute(_DERIVE.format(where=""))
        cursor.execute("ANALYZE places_ancestry")
        cursor.execute(_FORMER.format(where=""))
        cursor.execute("ANALYZE places_ancestry")


def refresh(unit_ids: Collection[int]) -> None:
    """Derive again what is above the units and above everything that ever stood under them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT descendant_id FROM places_ancestry WHERE ancestor_id = ANY(%s)"
            " UNION SELECT unnest(%s::bigint[])",
            [list(unit_ids), list(unit_ids)],
        )
        affected = [row[0] for row in cursor.fetchall()]
        cursor.execute("DELETE FROM places_ancestry WHERE descendant_id = ANY(%s)", [affected])
        cursor.execute(_DERIVE.format(where="WHERE unit_id = ANY(%s)"), [affected])
        cursor.execute(_FORMER.format(where="AND old_id = ANY(%s)"), [affected])
