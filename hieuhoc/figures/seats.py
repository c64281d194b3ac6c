"""Who looks after the figures of a unit that has ended without an heir: the province a former district stood under.

Districts were abolished on 1/7/2025 and passed on to nobody; their figures stay and somebody must answer for them.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

_PROVINCES = """
select distinct on (a.descendant_id) a.descendant_id, a.ancestor_id
  from places_ancestry a join places_unit above on above.id = a.ancestor_id
  join places_unit own on own.id = a.descendant_id
 where a.descendant_id = any(%s) and own.level = 'district' and above.level = 'province' and not a.former
 order by a.descendant_id, upper(a.valid) desc nulls first
"""


def seats(place_ids: Collection[int]) -> dict[int, int]:
    """For each place where the right to its figures is asked: itself, of a district its province; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_PROVINCES, [list(place_ids)])
        provinces = dict(cursor.fetchall())
    return {place: provinces.get(place, place) for place in place_ids}


def seat(place_id: int) -> int:
    """The same for one place."""
    return seats([place_id])[place_id]
