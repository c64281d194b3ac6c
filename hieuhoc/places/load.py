"""Load the catalogue into the database: a staging table, COPY, and a few statements.

It adds what is missing and changes nothing that people did: a version in force ends only when the
catalogue knows its end, and a unit is found again by its catalogue key even after a correction. Running
it again does nothing.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from hieuhoc.audit import log
from hieuhoc.places import ancestry, catalogue
from hieuhoc.places.models import Unit

_STAGE = """
DROP TABLE IF EXISTS pg_temp.staged_version, pg_temp.staged_succession;
CREATE TEMP TABLE staged_version (
    key text, level text, code text, name text, kind text, parent_key text, first date, upto date,
    legal_basis text, search_key text, sort_key text
) ON COMMIT DROP;
CREATE TEMP TABLE staged_succession (
    old_key text, new_key text, day date, kind text, whole boolean, is_default boolean, legal_basis text
) ON COMMIT DROP
"""
_UNITS = """
INSERT INTO places_unit (level, catalogue_key)
SELECT DISTINCT level, key FROM staged_version ON CONFLICT (catalogue_key) DO NOTHING
"""
_ENDS = """
UPDATE places_unitversion held SET valid = daterange(staged.first, staged.upto)
  FROM staged_version staged JOIN places_unit unit ON unit.catalogue_key = staged.key
 WHERE held.unit_id = unit.id AND lower(held.valid) IS NOT DISTINCT FROM staged.first
   AND upper_inf(held.valid) AND staged.upto IS NOT NULL
"""
_VERSIONS = """
INSERT INTO places_unitversion
       (unit_id, code, name, kind, parent_id, valid, legal_basis, search_key, sort_key)
SELECT unit.id, staged.code, staged.name, staged.kind, parent.id, daterange(staged.first, staged.upto),
       staged.legal_basis, staged.search_key, staged.sort_key
  FROM staged_version staged
  JOIN places_unit unit ON unit.catalogue_key = staged.key
  LEFT JOIN places_unit parent ON parent.catalogue_key = staged.parent_key
 WHERE NOT EXISTS (SELECT 1 FROM places_unitversion held
                    WHERE held.unit_id = unit.id AND held.valid && daterange(staged.first, staged.upto))
"""
_SUCCESSIONS = """
INSERT INTO places_succession (old_id, new_id, day, kind, whole, "default", legal_basis)
SELECT old.id, new.id, staged.day, staged.kind, staged.whole, staged.is_default, staged.legal_basis
  FROM staged_succession staged
  JOIN places_unit old ON old.catalogue_key = staged.old_key
  JOIN places_unit new ON new.catalogue_key = staged.new_key
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Loaded:
    """What a load added; all zero when there was nothing to do."""

    units: int
    versions: int
    ended: int
    successions: int
    seconds: float

    @property
    def changed(self) -> bool:
        """Whether anything was added or ended."""
        return bool(self.units or self.versions or self.ended or self.successions)


def load() -> Loaded:
    """Bring the database up to the shipped catalogue, in one transaction; safe to repeat."""
    started = time.monotonic()
    shipped = catalogue.read()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE places_unit IN SHARE ROW EXCLUSIVE MODE")
        _stage(cursor, shipped)
        counts = [_count(cursor, statement) for statement in (_UNITS, _ENDS, _VERSIONS, _SUCCESSIONS)]
        units, ended, versions, successions = counts
        loaded = Loaded(units, versions, ended, successions, time.monotonic() - started)
        if loaded.changed:
            cursor.execute("ANALYZE places_unit, places_unitversion, places_succession")
            ancestry.rebuild()
            _log(loaded)
    return Loaded(units, versions, ended, successions, time.monotonic() - started)


def _stage(cursor, shipped: catalogue.Catalogue) -> None:
    cursor.execute(_STAGE)
    _copy(cursor, "staged_version", (row.staged() for row in shipped.versions))
    _copy(
        cursor,
        "staged_succession",
        ((s.old_key, s.new_key, s.day, s.kind, s.whole, s.default, s.legal_basis) for s in shipped.successions),
    )
    cursor.execute("ANALYZE staged_version, staged_succession")


def _copy(cursor, table: str, rows: Iterable[tuple]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _count(cursor, statement: str) -> int:
    cursor.execute(statement)
    return cursor.rowcount


def _log(loaded: Loaded) -> None:
    nation = Unit.objects.get(catalogue_key=catalogue.NATION_KEY)
    after = {"units": loaded.units, "versions": loaded.versions, "successions": loaded.successions}
    log.record("places.load", nation, by=None, place=nation.pk, reason="Nạp danh mục đơn vị hành chính", after=after)
