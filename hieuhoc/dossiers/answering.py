"""What answers a dossier takes: while it is open, to an indicator of its set, of the right kind, and not over what
someone else wrote since; what then stands there. The acts that write it are in ``actions``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.timezone import now

from hieuhoc.common import rows
from hieuhoc.criteria.queries import criteria_of
from hieuhoc.dossiers import judging, typed
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.dossiers.workflow import EDITABLE
from hieuhoc.rounds.models import Round
from hieuhoc.scoring import BadAnswer, Criteria
from hieuhoc.scoring.answers import read_answer

ANY = object()
# Asked for every answer that is written: what taking it needs of the dossiers, their rounds and the sets pinned there.
# ``read`` makes the dossiers of its rows; what is put for "which" says which dossiers they are.
LOCK = """
select m.version_id, r.id as of_round, r.year, r.state as round_state, r.area, r.place_id as round_place,
    d.id, d.round_id, d.subject_id, d.model, d.place_id, d.state, d.answers, d.facts, d.level_sought, d.outcome
  from dossiers_dossier d join rounds_round r on r.id = d.round_id
  join rounds_roundmodel m on m.round_id = d.round_id and m.model = d.model
 where {which} order by d.id for update of d
"""
LOCK_SOME = LOCK.format(which=f"d.id = {rows.AMONG}")
OF_ROUND = ("id", "year", "state", "area", "place_id")
OF_DOSSIER = (
    "id", "round_id", "subject_id", "model", "place_id", "state", "answers", "facts", "level_sought", "outcome",
)  # fmt: skip
JUDGED = ("outcome", "total", "level", "missing", "because")
STORE = f"""
update dossiers_dossier d set answers = g.answers, revision = d.revision + 1, updated_at = now(),
    outcome = g.outcome, total = g.total, level = g.level, missing = g.missing, because = g.because
from jsonb_to_recordset(%s::jsonb)
    as g (id uuid, answers jsonb, outcome text, total numeric, level int, missing int, because text)
where g.id = d.id and d.id = {rows.AMONG}
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
class Locked:
    """Dossiers with their rounds, only what taking an answer needs of them, and the criteria by round and model."""

    dossiers: dict[UUID, Dossier] = field(default_factory=dict)
    sets: dict[tuple[int, str], Criteria] = field(default_factory=dict)

    def criteria(self, dossier: Dossier) -> Criteria:
        """What the dossier is judged by."""
        return self.sets[dossier.round_id, dossier.model]


@dataclass
class SortedOut:
    """The cells to write by dossier, and why each refused one was refused."""

    taken: dict[UUID, dict[str, Given]] = field(default_factory=lambda: defaultdict(dict))
    refused: dict[tuple[UUID, str], Refusal] = field(default_factory=dict)


@dataclass(frozen=True)
class Answered:
    """What became of cells: the revision of each that stands now, and why each refused one was refused."""

    revisions: dict[tuple[UUID, str], int]
    refused: dict[tuple[UUID, str], Refusal]


def lock(ids: Collection[UUID]) -> Locked:
    """The dossiers, locked in one order. Needs a transaction."""
    return read(rows.ask(LOCK_SOME, [list(ids)]))


def read(locked: Iterable[Sequence[Any]]) -> Locked:
    """The dossiers of the rows that ``LOCK`` gives."""
    found = Locked()
    for version, *row in locked:
        dossier = rows.made(Dossier, OF_DOSSIER, row[len(OF_ROUND) :])
        dossier.round = rows.made(Round, OF_ROUND, row[: len(OF_ROUND)])
        found.dossiers[dossier.pk] = dossier
        of = dossier.round_id, dossier.model
        found.sets[of] = found.sets.get(of) or criteria_of(version)
    return found


def sort_out(cells: Iterable[Given], locked: Locked, within: Collection[int]) -> SortedOut:
    """Take or refuse each cell by itself; ``within`` are the places where the writer may write."""
    result = SortedOut()
    for cell in cells:
        dossier = locked.dossiers.get(cell.dossier)
        if dossier is None or dossier.place_id not in within:
            problem: Refusal | None = ABSENT
        else:
            problem = _problem(dossier, cell, locked.criteria(dossier))
        if problem:
            result.refused[cell.dossier, cell.key] = problem
        else:
            result.taken[cell.dossier][cell.key] = cell
    return result


def _problem(dossier: Dossier, cell: Given, criteria: Criteria) -> Refusal | None:
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


def lay_over(dossiers: Mapping[UUID, Dossier], taken: Mapping[UUID, Mapping[str, Given]], by: Any) -> list[Dossier]:
    """Lay the taken cells over the answers of their dossiers; return those dossiers."""
    at = now().isoformat(timespec="seconds")
    for pk, cells in taken.items():
        values = {key: cell.value for key, cell in cells.items()}
        said = {key: cell.said_by for key, cell in cells.items() if cell.said_by}
        dossiers[pk].answers = merged(dossiers[pk].answers, values, by=by.pk, at=at, said=said)
    return [dossiers[pk] for pk in taken]


def merged(stored: dict, answers: dict[str, Any], *, by: int, at: str, said: Mapping[str, str] | None = None) -> dict:
    """The stored answers with new ones laid over them; each keeps who, when and its own revision.

    ``said`` names by key who gave an answer that the writer only typed in.
    """
    result = dict(stored)
    for key, value in answers.items():
        was = stored.get(key)
        if value is None:
            result.pop(key, None)
        elif was is None or was["value"] != value:
            result[key] = {"value": value, "by": by, "at": at, "rev": was["rev"] + 1 if was else 1}
            if said and key in said:
                result[key]["said_by"] = said[key]
    return result


def storing(changed: Iterable[Dossier], sets: Mapping[tuple[int, str], Criteria]) -> tuple[str, list[Any]]:
    """The statement, with its values, that writes the answers of dossiers, each a revision further and judged anew."""
    groups: dict[tuple[int, str], list[Dossier]] = defaultdict(list)
    for dossier in changed:
        groups[dossier.round_id, dossier.model].append(dossier)
    told: dict[UUID, dict[str, Any]] = {}
    for of, some in groups.items():
        for one, judged in zip(some, judging.judged(sets[of], some[0].round, some), strict=True):
            told[one.pk] = {"id": one.pk, "answers": one.answers} | dict(zip(JUDGED, judged, strict=True))
    return STORE, [json.dumps(list(told.values()), default=str), list(told)]
