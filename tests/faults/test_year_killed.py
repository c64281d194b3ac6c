"""A year killed at any moment is never half done, and running it again finishes it.

``hieuhoc round run`` works on a database of its own and is killed (SIGKILL) at a random moment of a chosen step:
while files come in, while dossiers are proposed, while the decision is made, while papers and certificates are made.
Each kill starts from the database as it stood before that step (a copy). After it the invariants hold, and one
uninterrupted run brings exactly what a run that was never killed brings. The seed is printed with a failure.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from demo.make import build
from tests.faults.conftest import OwnDatabase

SEED = int(os.environ.get("KILL_SEED", "387"))


@dataclass(frozen=True)
class Step:
    """The moments between the line a run prints when the step begins and the one it prints when it is over."""

    start: str
    end: str


STEPS = {
    "import": Step("thôn theo danh sách", "19-cham-diem-don-vi.csv"),
    "proposal": Step("19-cham-diem-don-vi.csv", "Đơn vị học tập: đề nghị"),
    "decision": Step("Gia đình học tập: đề nghị", "Dòng họ học tập: đề nghị"),
    "papers": Step("Đang làm giấy tờ", "hết"),
}

INVARIANTS = {
    "an applied file says what came of it": """
        select count(*) from sheets_import where state = 'applied' and not report ? 'outcome'""",
    "a file that was not applied left nothing behind": """
        select count(*) from registry_subject s join sheets_import i on i.id = s.enrolled_by_import_id
        where i.state <> 'applied'""",
    "whoever is recognised has a title, and the other way round": """
        select count(*) from dossiers_dossier d full join recognition_recognition r on r.dossier_id = d.id
        where (d.state = 'recognised') <> (r.id is not null)""",
    "what is proposed has its frozen sheet": """
        select count(*) from dossiers_dossier
        where state in ('proposed', 'recognised') and (sheet is null or frozen_at is null or outcome <> 'pass')""",
    "numbers in the register follow one another": """
        select count(*) from (select max(sequence) - count(*) as gap from recognition_recognition group by model) g
        where gap <> 0""",
}
OUTCOME = """
select model, state, outcome, count(*), sum(total)::text from dossiers_dossier group by 1, 2, 3
union all select model, 'subject', '', count(*), null from registry_subject group by 1
union all select 'membership', role, '', count(*), null from registry_membership group by 2
union all select model, 'title', '', count(*), null from recognition_recognition group by 1
order by 1, 2, 3
"""


@dataclass
class Year:
    """A small commune's workbooks, the database its runs work on, and how long each step takes."""

    database: OwnDatabase
    words: list[str]
    windows: dict[str, float] = field(default_factory=dict)

    def run(self) -> tuple[dict, list[tuple[float, str]]]:
        """An uninterrupted run: its report, and each line it said with its moment."""
        process = self.database.start(*self.words)
        assert process.stderr is not None and process.stdout is not None
        said = [(time.perf_counter(), line) for line in process.stderr]
        report = process.stdout.read()
        assert process.wait() == 0, "".join(line for _, line in said)[-2000:]
        return json.loads(report), [*said, (time.perf_counter(), "hết")]

    def kill_at(self, step: Step, delay: float) -> None:
        """Start a run, wait until it says that the step begins, then ``delay`` seconds, and kill it."""
        process = self.database.start(*self.words)
        assert process.stderr is not None and process.stdout is not None
        for line in process.stderr:
            if step.start in line:
                break
        time.sleep(delay)
        self.database.kill(process)
        assert process.returncode in (0, -signal.SIGKILL)


@pytest.fixture
def year(database, tmp_path):
    files = build(tmp_path / "in", households=120, citizens=150, clean=True)
    rosters, scores = ([str(one.path) for one in many] for many in (files.rosters, files.scores))
    words = [
        "-m", "hieuhoc", "round", "run", "--place", "23908", "--year", "2026", "--json",
        "--villages", str(files.villages), "--out", str(tmp_path / "out"), "--roster", *rosters, "--scores", *scores,
    ]  # fmt: skip
    return Year(database, words)


def check_invariants(database: OwnDatabase, when: str) -> None:
    for said, sql in INVARIANTS.items():
        assert database.query(sql) == [(0,)], f"{said}: broken {when} (KILL_SEED={SEED})"


def prepare(year: Year) -> list[tuple]:
    """Run the year once, measure each step, keep the database as it stood before each; what the year brings."""
    year.database.keep_as("import")
    _, said = year.run()
    for name, step in STEPS.items():
        begun = next(moment for moment, line in said if step.start in line)
        year.windows[name] = next(moment for moment, line in said if step.end in line) - begun
    brought = year.database.query(OUTCOME)
    year.database.back_to("import")
    for name in ("proposal", "decision", "papers"):
        year.kill_at(STEPS[name], 0)
        year.database.keep_as(name)
    return brought


def killed_and_finished(year: Year, kills: int) -> None:
    reference = prepare(year)
    assert any(row[1] == "title" for row in reference)
    rng = random.Random(SEED)
    for name, step in STEPS.items():
        for turn in range(1, kills + 1):
            delay = rng.uniform(0, year.windows[name])
            year.database.back_to(name)
            year.kill_at(step, delay)
            when = f"after kill {turn} at {name}, {delay:.2f} s"
            check_invariants(year.database, when)
            report, _ = year.run()
            check_invariants(year.database, f"finished {when}")
            assert year.database.query(OUTCOME) == reference, f"{when} (KILL_SEED={SEED})"
            assert all(Path(path).exists() for path in report["files"].values())


@pytest.mark.django_db(transaction=True)
def test_a_year_killed_at_each_step_is_never_half_done(year):
    killed_and_finished(year, kills=1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_year_killed_twenty_times_at_each_step(year):
    killed_and_finished(year, kills=20)
