"""The tree of places at the size of the nation: loading the catalogue, and reading it with 90,000 villages.

In an installation of its own (embedded PostgreSQL). The ratio is that of a recursive query over the versions to the
derived ancestry table, for all units of a province on a day, both warm, medians of the same run.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WANTED_SECONDS = 10
SCRIPT = """
import json, statistics, time
from datetime import date
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from hieuhoc.places import ancestry, tree
from hieuhoc.places.load import load

DAY, OLD = date(2026, 11, 21), date(2025, 6, 30)
VILLAGES = '''
WITH made AS (
    INSERT INTO places_unit (level) SELECT 'village' FROM generate_series(1, 27 * 3321) RETURNING id
), numbered AS (SELECT id, row_number() OVER () - 1 AS n FROM made),
communes AS (SELECT unit_id, code, row_number() OVER () - 1 AS n FROM places_unitversion JOIN places_unit unit
             ON unit.id = unit_id WHERE unit.level = 'commune' AND valid @> date '2026-11-21')
INSERT INTO places_unitversion (unit_id, code, name, kind, parent_id, valid, legal_basis, search_key, sort_key)
SELECT numbered.id, communes.code || '.' || numbered.n / 3321, 'Thôn ' || numbered.n / 3321, 'thôn', communes.unit_id,
       daterange('2025-07-01', NULL), '', 'thon ' || numbered.n / 3321, lpad((numbered.n / 3321)::text, 12, '0')
  FROM numbered JOIN communes ON communes.n = numbered.n % 3321
'''
RECURSIVE = '''
WITH RECURSIVE under (unit_id) AS (
    SELECT %s::bigint
  UNION ALL
    SELECT child.unit_id
      FROM under JOIN places_unitversion child ON child.parent_id = under.unit_id AND child.valid @> %s
) SELECT unit_id FROM under
'''

def timed(act, times=15):
    act()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return round(statistics.median(taken) * 1000, 2)

def recursive(top):
    with connection.cursor() as cursor:
        cursor.execute(RECURSIVE, [top, DAY])
        return cursor.fetchall()

call_command("migrate", verbosity=0)
first = load()
again = load()
with connection.cursor() as cursor:
    cursor.execute(VILLAGES)
start = time.perf_counter()
ancestry.rebuild()
derived = time.perf_counter() - start
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
    cursor.execute("SELECT count(*) FROM places_unit")
    units = cursor.fetchone()[0]
province = tree.by_code("52", "province", DAY).unit_id
commune = tree.by_code("23908", "commune", DAY).unit_id
village = tree.children(commune, DAY)[0].unit_id
before = list(tree.below(tree.root(), OLD, "commune"))
assert {row[0] for row in recursive(province)} == set(tree.below(province, DAY))
print(json.dumps({
    "units": units,
    "load_seconds": round(first.seconds, 2),
    "load_again_seconds": round(again.seconds, 2),
    "ancestry_seconds": round(derived, 2),
    "recursive_ms": timed(lambda: recursive(province)),
    "below_ms": timed(lambda: list(tree.below(province, DAY))),
    "is_below_ms": timed(lambda: tree.is_below(village, province, DAY), 100),
    "above_ms": timed(lambda: tree.above(village, DAY), 100),
    "name_ms": timed(lambda: tree.name_of(village, DAY), 100),
    "find_ms": timed(lambda: tree.find("ia tor, gia lai", DAY)),
    "find_many_ms": timed(lambda: tree.find("thon 1", DAY, limit=200), 5),
    "heirs_ms": timed(lambda: tree.heirs(before[0], DAY, OLD), 50),
    "heirs_of_all_communes_ms": timed(lambda: tree.heirs_of(before, DAY, OLD), 3),
}))
"""


def run() -> dict:
    """Seconds to load, milliseconds of each question, and the ratio of the recursive query to the table."""
    with tempfile.TemporaryDirectory() as folder:
        given = {"HIEUHOC_DATA": folder, "DJANGO_SETTINGS_MODULE": "hieuhoc.config.settings"}
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | given
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        figures = json.loads(done.stdout.splitlines()[-1])
    ratio = round(figures["recursive_ms"] / figures["below_ms"], 2)
    ok = figures["load_seconds"] <= WANTED_SECONDS and ratio >= 1
    wanted = f"load in {WANTED_SECONDS} s, ratio ≥ 1"
    return {"name": "places", "ratio": ratio, "wanted": wanted, "ok": ok} | figures


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
