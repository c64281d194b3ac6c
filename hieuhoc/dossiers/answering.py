"""What answers a dossier takes: while it is open, to an indicator of its set, of the right kind, and not over what
someone else wrote since. Checks only; the writing is in ``actions``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hieuhoc.dossiers import judging, typed
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.dossiers.workflow import EDITABLE
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.models import Round
from hieuhoc.scoring import BadAnswer, Criteria
from hieuhoc.scoring.answers import read_answer

ANY = object()


@dataclass(frozen=True)
class Given:
    """One cell to write: the value, and the value its writer saw there before (``ANY``: it does not matter)."""

    dossier: UUID
    key: str
    value: Any
    seen: Any = ANY


@dataclass
class SortedOut:
    """The cells to write by dossier, and the sentence of each refused one."""

    taken: dict[UUID, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    refused: dict[tuple[UUID, str], str] = field(default_factory=dict)


def sort_out(cells: Iterable[Given], dossiers: Mapping[UUID, Dossier], within: Collection[int]) -> SortedOut:
    """Take or refuse each cell by itself; ``within`` are the places where the writer may write."""
    result = SortedOut()
    known: dict[tuple[int, str], Criteria] = {}
    for cell in cells:
        dossier = dossiers.get(cell.dossier)
        if dossier is None or dossier.place_id not in within:
            problem = "Không thấy hồ sơ này trong phạm vi của tài khoản."
        else:
            problem = closed(dossier) or _wrong(dossier, cell, known)
        if problem:
            result.refused[cell.dossier, cell.key] = problem
        else:
            result.taken[cell.dossier][cell.key] = cell.value
    return result


def _wrong(dossier: Dossier, cell: Given, known: dict[tuple[int, str], Criteria]) -> str:
    of = dossier.round_id, dossier.model
    criteria = known.get(of) or known.setdefault(of, rounds.criteria_of(*of))
    return wrong_value(criteria, cell.key, cell.value) or changed_since(criteria, dossier, cell)


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
    stored = dossier.answers.get(cell.key, {}).get("value")
    if cell.seen is ANY or stored in (cell.seen, cell.value):
        return ""
    now_there = typed.shown(criteria.by_key[cell.key], stored) or "để trống"
    return f"{cell.key}: người khác vừa ghi ô này là {now_there}; xem lại rồi nhập lại nếu cần."


def values(dossiers: Mapping[UUID, Dossier], taken: Mapping[UUID, Mapping[str, Any]]) -> dict[UUID, dict[str, Any]]:
    """What stands in the cells about to be written."""
    return {pk: {key: dossiers[pk].answers.get(key, {}).get("value") for key in cells} for pk, cells in taken.items()}


def judge_anew(changed: Iterable[Dossier]) -> None:
    """Judge dossiers whose answers changed, a statement for each model."""
    groups: dict[tuple[int, str], list[UUID]] = defaultdict(list)
    for one in changed:
        groups[one.round_id, one.model].append(one.pk)
    for (round_id, model), ids in groups.items():
        judging.judge(round_id, model, only=ids)
