"""A roster of 100,000 households checked and applied, against a bare read and COPY of the same rows.

Both sides run in processes of their own, turn about, on an embedded PostgreSQL of the bench; each is timed from the
bytes of the file to the commit, the best of the turns counts. The bare side reads the cells with the native reader and
COPYs them into one table of texts without an index. The product's side is the officer's way in one reading: find and
check the table, say what applying will do, keep the file, then write households, sealed citizen numbers, keys and the
act log with their indexes and constraints. Memory is the most the writing process took and the most its reading process
took, together.
"""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.sheets import ROWS, VILLAGES, roster

TURNS = 3
SIDES = ("bare", "product", "pages")
COMMUNE = "23908"
PLAIN = "create table bench_plain (" + ", ".join(f"c{at} text" for at in range(11)) + ")"


def run() -> dict:
    """Seconds of both, their ratio, and the most memory of the product's processes."""
    from hieuhoc.config import embedded

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        path.write_bytes(roster())
        server = embedded.start(Path(folder) / "data")
        address = f"postgresql://postgres@/{embedded.DATABASE}?host={server['HOST']}"
        own = {"DJANGO_SETTINGS_MODULE": "hieuhoc.config.settings", "HIEUHOC_DATA": f"{folder}/data"}
        environment = os.environ | own | {"DATABASE_URL": address}
        _child("prepare", path, environment)
        turns = [[_child(side, path, environment) for side in SIDES] for _ in range(TURNS)]
    return _figures(*zip(*turns, strict=True))


def _figures(bare: Sequence[dict], product: Sequence[dict], pages: Sequence[dict]) -> dict:
    least, best = min(one["s"] for one in bare), min(product, key=lambda one: one["s"])
    ratio = round(best["s"] / least, 2)
    memory = max(one["MB"] for one in product)
    right = all(one["new"] == one["numbers"] == ROWS for one in product)
    return {
        "name": "100,000 households checked and applied, against a bare read and COPY",
        "ratio": ratio,
        "wanted": "≤ 3, under 600 MB",
        "ok": right and ratio <= 3 and memory < 600,
        "bare_s": round(least, 2),
        "check_s": round(best["check"], 2),
        "apply_s": round(best["s"] - best["check"], 2),
        "MB": memory,
        "in_two_pages_s": round(min(one["s"] for one in pages), 2),
    }


def _child(what: str, path: Path, environment: dict[str, str]) -> dict:
    """One side in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.intake", what, str(path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout or "{}")


def bare(data: bytes) -> dict:
    """Read the cells and COPY them as texts."""
    from django.db import connection
    from python_calamine import CalamineWorkbook

    with connection.cursor() as cursor:
        cursor.execute(f"drop table if exists bench_plain; {PLAIN}")
        start = time.perf_counter()
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]
        with cursor.copy("copy bench_plain from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        return {"s": time.perf_counter() - start, "rows": len(rows)}


def prepare() -> dict:
    """The catalogues and the villages of the commune the roster is of."""
    from django.core.management import call_command
    from django.utils.timezone import localdate

    from hieuhoc.places import actions, tree
    from hieuhoc.places.load import load
    from hieuhoc.web.operator import operator

    call_command("migrate", verbosity=0)
    load()
    commune = tree.by_code(COMMUNE, "commune", localdate()).unit_id
    actions.open_villages(commune, VILLAGES, by=operator(commune), reason="Đo tốc độ")
    return {}


def product(data: bytes) -> dict:
    """Check and apply in one reading, as ``hieuhoc round run`` does, into an empty register."""
    from django.utils.timezone import localdate

    from hieuhoc.intake import actions, places
    from hieuhoc.registry.models import CitizenNumber
    from hieuhoc.sheets import engine

    commune, by = _emptied()
    start = time.perf_counter()
    villages = list(places.villages_of(commune, localdate()))
    result = engine.check(data, "households", villages=villages)
    checked = time.perf_counter() - start
    made = actions.take(actions.keep_reading(data, "roster.xlsx", result, commune_id=commune, by=by), result, by=by)
    taken = time.perf_counter() - start
    memory = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    return {"s": taken, "check": checked, "new": made.new, "numbers": CitizenNumber.objects.count(), "MB": memory}


def pages(data: bytes) -> dict:
    """Check on one page, which says what applying will do, and apply on a later one, which reads the file again."""
    from hieuhoc.intake import actions

    commune, by = _emptied()
    start = time.perf_counter()
    made = actions.check_file(data, "roster.xlsx", "households", commune_id=commune, by=by)
    actions.apply(made.pk, by=by)
    return {"s": time.perf_counter() - start}


def _emptied() -> tuple[int, Any]:
    """The commune with nobody in its register, and who acts."""
    from django.db import connection
    from django.utils.timezone import localdate

    from hieuhoc.places import tree
    from hieuhoc.web.operator import operator

    commune = tree.by_code(COMMUNE, "commune", localdate()).unit_id
    with connection.cursor() as cursor:
        cursor.execute("truncate registry_subject, registry_citizennumber, sheets_import cascade")
    return commune, operator(commune)


def main() -> None:
    """One side, in this process; its figures on stdout."""
    import django

    django.setup()
    what, path = sys.argv[1], Path(sys.argv[2])
    sides = {"bare": bare, "product": product, "pages": pages}
    print(json.dumps(sides[what](path.read_bytes()) if what in sides else prepare()))


if __name__ == "__main__":
    main()
