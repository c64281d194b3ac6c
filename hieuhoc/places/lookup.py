"""The units that many typed names mean, each on its day, in two statements: for tables of thousands of places.

The answer for one name is that of ``search.find``: the only unit that fits it exactly, by name or code; where none
does, the only one whose name has the words. Of several that fit none is picked.
Use: ``meant({("Huyện Duy Xuyên, Quảng Nam", "district", day)})``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import connection

from hieuhoc.places import naming

Asked = tuple[str, str, date]  # the words, the level or "", the day

# Where a name says what it stands under ("Duy Xuyên, Quảng Nam"), something above must be called so.
_UNDER = """
   and not exists (
    select from unnest(%(under_n)s::int[], %(under_key)s::text[]) as above (n, key)
     where above.n = asked.n and not exists (
      select from places_ancestry a
        join places_unitversion up on up.unit_id = a.ancestor_id and up.valid @> asked.day
       where a.descendant_id = v.unit_id and a.valid @> asked.day and not a.former and a.depth > 0
         and (up.search_key = above.key or up.search_key like '%% ' || above.key or up.code = above.key)))
"""
_ASKED = """
with asked as (
    select * from unnest(%(n)s::int[], %(level)s::text[], %(day)s::date[], %(key)s::text[]) as a (n, level, day, key)
)
"""
_EXACT = f"""
{_ASKED}, fits as (
    select k.n, v.unit_id, v.valid from unnest(%(exact_n)s::int[], %(exact_key)s::text[]) as k (n, key)
      join places_unitversion v on v.search_key = k.key
    union
    select k.n, v.unit_id, v.valid from unnest(%(n)s::int[], %(code)s::text[]) as k (n, code)
      join places_unitversion v on v.code = k.code
)
select asked.n, v.unit_id from asked join fits v on v.n = asked.n and v.valid @> asked.day
  join places_unit u on u.id = v.unit_id and asked.level in ('', u.level)
 where true {_UNDER}
"""
_WORDS = f"""
{_ASKED}
select asked.n, v.unit_id from asked
  join places_unitversion v on v.valid @> asked.day and strpos(' ' || v.search_key, ' ' || asked.key) > 0
  join places_unit u on u.id = v.unit_id and asked.level in ('', u.level)
 where true {_UNDER}
"""


def meant(asked: Collection[Asked]) -> dict[Asked, int]:
    """The unit each of these means; one that nothing fits, or several do, is left out."""
    named = [(one, query) for one in asked if (query := naming.read_query(one[0])).key]
    found = _only(_EXACT, named)
    left = [(one, query) for one, query in named if one not in found]
    found |= _only(_WORDS, left) if left else {}
    return {one: next(iter(units)) for one, units in found.items() if len(units) == 1}


def _only(statement: str, named: Iterable[tuple[Asked, naming.Query]]) -> dict[Asked, set[int]]:
    rows = list(named)
    found: dict[Asked, set[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, _given(rows))
        for n, unit in cursor.fetchall():
            found.setdefault(rows[n][0], set()).add(unit)
    return found


def _given(rows: list[tuple[Asked, naming.Query]]) -> dict[str, Any]:
    exact = [(n, key) for n, (_, query) in enumerate(rows) for key in query.exact]
    under = [(n, key) for n, (_, query) in enumerate(rows) for key in query.above]
    return {
        "n": list(range(len(rows))), "level": [one[1] for one, _ in rows], "day": [one[2] for one, _ in rows],
        "key": [query.key for _, query in rows], "code": [query.typed for _, query in rows],
        "exact_n": [n for n, _ in exact], "exact_key": [key for _, key in exact],
        "under_n": [n for n, _ in under], "under_key": [key for _, key in under],
    }  # fmt: skip
