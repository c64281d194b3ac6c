"""Writing a large file into the registers, killed at any moment, leaves nothing; done again it is whole.

A process reads and writes a roster of some thousand households as the page's worker does, and is killed (SIGKILL) at
a random moment between its first line and its end. The file then stands as checked, no household of it is in the
register, and a second process writes all of them. Undoing is killed in the same way.
"""

from __future__ import annotations

import json
import os
import random
import time

import pytest

from benchmarks.sheets import roster
from tests.faults.conftest import OwnDatabase

SEED = int(os.environ.get("KILL_SEED", "387"))
ROWS = 4000
BEGIN = """
import json, sys
import django
django.setup()
from pathlib import Path
from django.utils.timezone import localdate
from hieuhoc.intake import actions
from hieuhoc.places import tree
from hieuhoc.places.actions import open_villages
from hieuhoc.sheets.models import Import
from hieuhoc.web.operator import operator
commune = tree.by_code("23908", "commune", localdate()).unit_id
by = operator(commune)
print("bắt đầu", file=sys.stderr, flush=True)
"""
CHECK = """
from benchmarks.sheets import VILLAGES
open_villages(commune, VILLAGES, by=by, reason="Thử")
made = actions.check_file(Path(sys.argv[1]).read_bytes(), "ho.xlsx", "households", commune_id=commune, by=by)
print(json.dumps([made.records, made.ok]))
"""
ACTS = {
    "apply": "actions.apply(Import.objects.get().pk, by=by)",
    "undo": 'actions.undo(Import.objects.get().pk, by=by, reason="Nhầm tệp")',
}
STANDS = {"before apply": ("checked", 0, 0), "before undo": ("applied", ROWS, ROWS), "after undo": ("undone", 0, 0)}
STATE = """
select (select state from sheets_import), (select count(*) from registry_subject where active_to is null),
    (select count(*) from registry_citizennumber n join registry_subject s on s.id = n.subject_id)
"""


def stands(database: OwnDatabase) -> tuple:
    """The file's state, the households of the register and their citizen numbers."""
    return database.query(STATE)[0]


def measured(database: OwnDatabase, act: str) -> float:
    """How long an act takes that nobody disturbs."""
    start = _begun(database, act)[1]
    return time.perf_counter() - start


def _begun(database: OwnDatabase, act: str, *, wait: bool = True):
    process = database.start("-c", BEGIN + ACTS[act])
    for line in process.stderr:
        if "bắt đầu" in line:
            break
    start = time.perf_counter()
    if wait:
        assert process.communicate()[1] == "" and process.returncode == 0
    return process, start


def killed(database: OwnDatabase, act: str, delay: float) -> None:
    process, _ = _begun(database, act, wait=False)
    time.sleep(delay)
    database.kill(process)


def check_and_kill(database: OwnDatabase, folder, kills: int) -> None:
    path = folder / "ho.xlsx"
    path.write_bytes(roster(ROWS))
    assert json.loads(database.run("-c", BEGIN + CHECK, str(path))) == [ROWS, ROWS]
    rng = random.Random(SEED)
    database.keep_as("apply")
    for act, before, after in (("apply", "before apply", "before undo"), ("undo", "before undo", "after undo")):
        window = measured(database, act)
        assert stands(database) == STANDS[after]
        for turn in range(kills):
            database.back_to(act)
            delay = rng.uniform(0, window)
            killed(database, act, delay)
            said = f"kill {turn + 1} of {act} after {delay:.2f} of {window:.2f} s (KILL_SEED={SEED})"
            assert stands(database) in (STANDS[before], STANDS[after]), said
            if stands(database) == STANDS[before]:
                measured(database, act)
            assert stands(database) == STANDS[after], said
        database.keep_as("undo")


@pytest.mark.django_db(transaction=True)
def test_a_file_killed_while_it_is_written_leaves_nothing(database, tmp_path):
    check_and_kill(database, tmp_path, kills=1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_file_killed_twenty_times_while_it_is_written(database, tmp_path):
    check_and_kill(database, tmp_path, kills=20)
