"""What answers a dossier takes: while it is open, to an indicator of its set, of the right kind, and not over what
someone else wrote since. Checks only; the writing is in ``actions``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from hieuhoc.dossiers import judging, typed
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.dossiers.workflow import EDITABLE
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.models import Round
from hieuhoc.scoring import BadAnswer, Criteria
from hieuhoc.scoring.answers import read_answer

ANY = object()
NEEDED = (
    "round", "subject_id", "model", "place_id", "state", "answers", "facts", "level_sought", "outcome",
    "round__year", "round__state", "round__area", "round__place_id",
)  # fmt: skip
STORE = """
update dossiers_dossier d set answers = g.answers, revision = d.revision + 1, updated_at = now(),
    outcome = g.outcome, total = g.total, level = g.level, missing = g.missing, because = g.because
from unnest(%s::uuid[], %s::jsonb[], %s::text[], %s::numeric[], %s::int[], %s::int[], %s::text[])
    as g (id, answers, outcome, total, level, missing, because)
where g.id = d.id
"""


@dataclass(frozen=True)
class Given:
    """One cell to write: the value, and the value its writer saw there before (``ANY``: it does not matter).

    ``base`` is the revision the writer saw too (0: nothing was there), where it is known; then both must still stand.
    ``said_by`` names who gave the answer when the writer only typed it in.
    """

    dossier: UUID
    key: str
    value: Any
    seen: Any = ANY
    base: int | None = None
    said_by: str = ""


@dataclass(frozen=True)
class Refusal:
    """Why a cell was not written: ``absent``, ``closed``, ``wrong_value`` or ``changed``, with the sentence."""

    code: str
    sentence: str


ABSENT = Refusal("absent", "Không thấy hồ sơ này trong phạm vi của tài khoản.")


@dataclass
class SortedOut:
    """The cells to write by dossier, why each refused one was refused, and the criteria they were held against."""

    taken: dict[UUID, dict[str, Given]] = field(default_factory=lambda: defaultdict(dict))
    refused: dict[tuple[UUID, str], Refusal] = field(default_factory=dict)
    sets: dict[tuple[int, str], Criteria] = field(default_factory=dict)


@dataclass(frozen=True)
class Answered:
    """What became of cells: the revision of each that stands now, and why each refused one was refused."""

    revisions: dict[tuple[UUID, str], int]
    refused: dict[tuple[UUID, str], Refusal]


def locked(ids: Collection[UUID]) -> dict[UUID, Dossier]:
    """The dossiers with their rounds, locked in one order; only what taking an answer needs of them."""
    found = Dossier.objects.select_for_update(of=("self",)).select_related("round").only(*NEEDED)
    return {one.pk: one for one in found.filter(pk__in=ids).order_by("pk")}


def sort_out(cells: Iterable[Given], dossiers: Mapping[UUID, Dossier], within: Collection[int]) -> SortedOut:
    """Take or refuse each cell by itself; ``within`` are the places where the writer may write."""
    result = SortedOut()
    for cell in cells:
        dossier = dossiers.get(cell.dossier)
        if dossier is None or dossier.place_id not in within:
            problem: Refusal | None = ABSENT
        else:
            problem = _problem(dossier, cell, result.sets)
        if problem:
            result.refused[cell.dossier, cell.key] = problem
        else:
            result.taken[cell.dossier][cell.key] = cell
    return result


def _problem(dossier: Dossier, cell: Given, known: dict[tuple[int, str], Criteria]) -> Refusal | None:
    of = dossier.round_id, dossier.model
    criteria = known.get(of) or known.setdefault(of, rounds.criteria_of(*of))
    for code, sentence in (
        ("closed", closed(dossier)),
        ("wrong_value", wrong_value(criteria, cell.key, cell.value)),
    ):
        if sentence:
            return Refusal(code, sentence)
    changed = changed_since(criteria, dossier, cell)
    return Refusal("changed", changed) if changed else None


def closed(dossier: Dossier) -> str:
    """Say why the dossier takes no answers; "" when it does."""
    if dossier.round.state != Round.State.OPEN:
        return f"Đợt xét năm {dossier.round.year} đã khóa."
    if dossier.state not in EDITABLE:
        return f"Hồ sơ đang ở bước «{State(dossier.state).label}», không sửa được."
    return ""


def wrong_value(criteria: Criteria, key: str, value: Any) -> str:
    """Say why the value cannot be an answer to the indicator; "" when it can."""
    indicator = criteria.by_key.get(key)
    if indicator is None:
        return f"Bộ tiêu chí không có chỉ số {key[:40]}."
    if indicator.derived is not None:
        return f"Chỉ số {key} được tính từ danh sách đã công nhận, không nhập tay."
    try:
        read_answer(indicator, judging.plain(value))
    except BadAnswer as bad:
        return bad.message
    return ""


def changed_since(criteria: Criteria, dossier: Dossier, cell: Given) -> str:
    """Say what another person wrote into the cell since its writer saw it; "" when nobody did, or the same."""
    there = dossier.answers.get(cell.key, {})
    stored = there.get("value")
    if cell.seen is ANY or stored == cell.value:
        return ""
    if stored == cell.seen and cell.base in (None, there.get("rev", 0)):
        return ""
    now_there = typed.shown(criteria.by_key[cell.key], stored) or "để trống"
    return f"{cell.key}: người khác vừa ghi ô này là {now_there}; xem lại rồi nhập lại nếu cần."


def values(dossiers: Mapping[UUID, Dossier], taken: Mapping[UUID, Mapping[str, Any]]) -> dict[UUID, dict[str, Any]]:
    """What stands in the cells about to be written."""
    return {pk: {key: dossiers[pk].answers.get(key, {}).get("value") for key in cells} for pk, cells in taken.items()}


def revisions(dossiers: Mapping[UUID, Dossier], taken: Mapping[UUID, Mapping[str, Any]]) -> dict[tuple[UUID, str], int]:
    """The revision of each cell; 0 where nothing stands."""
    return {(pk, key): dossiers[pk].answers.get(key, {}).get("rev", 0) for pk, cells in taken.items() for key in cells}


def store(changed: Iterable[Dossier], sets: Mapping[tuple[int, str], Criteria]) -> None:
    """Write the answers of open dossiers, each a revision further and judged anew, in one statement."""
    groups: dict[tuple[int, str], list[Dossier]] = defaultdict(list)
    for dossier in changed:
        groups[dossier.round_id, dossier.model].append(dossier)
    rows = []
    for of, some in groups.items():
        judged = judging.judged(sets[of], some[0].round, some)
        rows += [(one.pk, json.dumps(one.answers), *row) for one, row in zip(some, judged, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(STORE, [list(column) for column in zip(*rows, strict=True)])
