"""A commune's year in one go: rosters and score sheets in, decisions, certificates and statistics out.

The main job behind ``hieuhoc round run`` and the demonstration. It calls the same verbs as the pages and stops for
nothing a person must decide: rows with problems stay out and are counted, dossiers that do not pass are not proposed.
Every step is a transaction and finds what an interrupted run has done, so running again finishes it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate

from hieuhoc.common.text import fold
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers import queries
from hieuhoc.dossiers.models import Dossier, Outcome, State
from hieuhoc.intake import actions as intake
from hieuhoc.intake import kinds, places, sets
from hieuhoc.places import actions as place_actions
from hieuhoc.recognition import actions as deciding
from hieuhoc.recognition import queries as recognition
from hieuhoc.recognition.models import Decision
from hieuhoc.registry.models import Model
from hieuhoc.rounds import actions as rounds
from hieuhoc.rounds.models import Round
from hieuhoc.sheets import engine
from hieuhoc.sheets.guess import ANY
from hieuhoc.sheets.models import Import
from hieuhoc.sheets.models import State as ImportState

STAGES = ((Model.CITIZEN, Model.FAMILY), (Model.CLAN, Model.COMMUNITY, Model.ORGANISATION))
LEAST_ROWS = 3
NOT_PASSING = "Chưa đạt theo bộ tiêu chí"
Tell = Callable[[str], None]


class Refused(ValueError):
    """The run cannot start; the message is the sentence to show."""


@dataclass
class Year:
    """What a run works on and what it has found so far; ``by`` prepares, ``decider`` decides."""

    commune_id: int
    year: int
    by: Any
    decider: Any
    tell: Tell
    round: Round | None = None
    files: list[dict[str, Any]] = field(default_factory=list)


def open_year(run: Year, opened_on: date | None = None) -> Round:
    """The round of the year, opened if it is not."""
    run.round = Round.objects.filter(place_id=run.commune_id, year=run.year).first()
    if run.round is None:
        run.round = rounds.open_round(run.commune_id, run.year, by=run.by, opened_on=opened_on)
    return run.round


def open_villages(run: Year, rosters: Sequence[Path], names: Sequence[str] = ()) -> list[str]:
    """The villages of the commune; a commune without any gets ``names``, or those its rosters speak of most.

    A village is taken from the roster of communities, else from households when at least three rows name it.
    """
    known = places.villages_of(run.commune_id, localdate())
    if known:
        return list(known)
    wanted = list(names) or _villages_in(rosters)
    if wanted:
        run.tell(f"Xã chưa có thôn nào trong phần mềm: mở {len(wanted)} thôn theo danh sách.")
        reason = "Theo danh sách của xã"
        place_actions.open_villages(run.commune_id, wanted, by=run.by, reason=reason)
    return list(places.villages_of(run.commune_id, localdate()))


def _villages_in(rosters: Sequence[Path]) -> list[str]:
    """Village names of the rosters; of spellings that fold alike the most frequent counts."""
    counts: dict[str, Counter] = {}
    for path in rosters:
        result = engine.check(path, ANY)
        if result.kind == "communities" and not result.refused:
            return list(dict.fromkeys(filter(None, result.column("village"))))
        for name in filter(None, result.column("village")):
            counts.setdefault(fold(name), Counter())[name] += 1
    return sorted(names.most_common(1)[0][0] for names in counts.values() if names.total() >= LEAST_ROWS)


def bring_in(run: Year, path: Path, kind: str = ANY) -> None:
    """Check and apply one file, unless the same bytes were applied before."""
    data = path.read_bytes()
    done = _done_before(run, data)
    if done is not None:
        run.tell(f"{path.name}: đã nhập trước đó.")
        run.files.append(_line(path, done))
        return
    villages = list(places.villages_of(run.commune_id, localdate()))
    criteria = sets.of_round(run.round.pk) if kind == "scores" else None
    result = engine.check(data, kind, villages=villages, criteria=criteria)
    made = intake.keep_reading(data, path.name, result, commune_id=run.commune_id, year=run.year, by=run.by)
    if not result.refused:
        made = intake.take(made, result, by=run.by)
    run.files.append(_line(path, made))
    run.tell(f"{path.name}: {_words(made)}")
    for notice in made.report.get("notices", ()):
        run.tell(f"  {notice['message']}")


def _done_before(run: Year, data: bytes) -> Import | None:
    digest = hashlib.sha256(data).hexdigest()
    return Import.objects.filter(
        place_id=run.commune_id, year=run.year, file__sha256=digest, state=ImportState.APPLIED
    ).first()


def _line(path: Path, made: Import) -> dict[str, Any]:
    if made.state == ImportState.REFUSED:
        return {"file": path.name, "refused": made.report["refused"]}
    outcome = made.report.get("outcome", {})
    unmatched = len(outcome.get("unknown", [])) + len(outcome.get("ambiguous", []))
    return {
        "file": path.name,
        "kind": made.kind,
        "records": made.records,
        "ok": made.ok,
        "problems": made.report.get("problem_count", 0),
        "unmatched": unmatched,
    }


def _words(made: Import) -> str:
    if made.state == ImportState.REFUSED:
        return made.report["refused"]["message"]
    return f"{kinds.LABELS[made.kind]}, {made.records} dòng, nhập {made.ok}, {made.records - made.ok} dòng có vấn đề."


def assess(run: Year, model: str) -> None:
    """Judge a model's dossiers and carry those of the villages through verification; propose the passing ones."""
    round_ = run.round
    dossiers.judge_all(round_.pk, model, by=run.by)
    scored = Dossier.objects.filter(round_id=round_.pk, model=model).exclude(outcome=Outcome.NONE)
    judged = scored.filter(outcome__in=[Outcome.PASS, Outcome.FAIL])
    for name, state in (("submit", State.DRAFT), ("verify", State.SUBMITTED)):
        dossiers.move(list(judged.filter(state=state).values_list("pk", flat=True)), name, by=run.by)
    passing = queries.ready_to_propose(round_.pk, model).values_list("pk", flat=True)
    proposed = dossiers.move(list(passing), "propose", by=run.by)
    failing = queries.not_passing(round_.pk, model).filter(outcome=Outcome.FAIL).values_list("pk", flat=True)
    refused = dossiers.move(list(failing), "refuse", by=run.by, reason=NOT_PASSING)
    run.tell(f"{Model(model).label}: đề nghị {proposed}, chưa đạt {refused}.")


def counts(run: Year) -> dict[str, dict[str, int]]:
    """Total, registered, assessed, recognised and refused by model."""
    from hieuhoc.figures import queries as figures

    lines = figures.totals(figures.of_round(run.round), run.commune_id, "")
    return {model: {name: line.counts[name] for name in figures.COUNTS} for model, line in lines.items()}


def decide(run: Year) -> Decision | None:
    """One decision for the year: people and families first, then the groups whose shares are computed from them.

    It stays unsigned, so it may be extended; an interrupted run goes on with the same one.
    """
    decision = recognition.unsigned(run.round.pk)
    for models in STAGES:
        for model in models:
            assess(run, model)
        waiting = Dossier.objects.filter(round_id=run.round.pk, model__in=models, state=State.PROPOSED)
        if waiting.exists():
            into = decision.pk if decision else None
            decision = deciding.issue_decision(run.round.pk, by=run.decider, models=list(models), into=into)
            run.tell(f"Công nhận {decision.recognitions.filter(model__in=models).count()} danh hiệu.")
    return decision


def run_year(
    run: Year,
    *,
    rosters: Sequence[Path],
    scores: Sequence[Path],
    villages: Sequence[str] = (),
    opened_on: date | None = None,
) -> Decision | None:
    """Everything up to the decision; running again finishes what was interrupted and changes nothing else."""
    open_villages(run, rosters, villages)
    open_year(run, opened_on)
    for path in rosters:
        bring_in(run, path)
    for path in scores:
        bring_in(run, path, "scores")
    return decide(run) or recognition.decisions(run.round.pk).first()
