"""The scoring grid as values: the columns of a criteria set, a row for each dossier, what every cell shows and why.

The page draws these; the reply to a typed cell is the same row again, so that the rules live on the server alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from hieuhoc.common.numbers import vn_number
from hieuhoc.dossiers import answering, derived, judging, typed
from hieuhoc.dossiers.models import Dossier, Outcome
from hieuhoc.rounds.models import Round
from hieuhoc.scoring import Criteria, Indicator, Line, Result
from hieuhoc.scoring.lines import MISSING, NOT_COUNTED


@dataclass(frozen=True)
class Column:
    """One indicator as a column."""

    key: str
    label: str
    kind: str
    most: str
    hint: str
    derived: bool
    rule: str


@dataclass(frozen=True)
class Cell:
    """One answer: its text, how it stands ("", missing, low, off), the sentence behind it, whether it is typed."""

    key: str
    text: str
    stands: str
    because: str
    typed: bool
    derived: bool


@dataclass
class Row:
    """One dossier of the grid."""

    id: str
    name: str
    code: str
    place: str
    state: str
    state_label: str
    locked: str
    outcome: str
    outcome_label: str
    total: str
    because: str
    cells: list[Cell] = field(default_factory=list)


def columns(criteria: Criteria) -> list[Column]:
    """The columns of a set, in its order."""
    return [
        Column(
            one.key,
            one.label,
            one.kind,
            vn_number(one.points) if one.points is not None else "",
            typed.hint(one) if one.derived is None else "",
            one.derived is not None,
            one.derived.rule if one.derived else "",
        )
        for one in criteria.indicators
    ]


def rows(
    criteria: Criteria,
    round_: Round,
    dossiers: Iterable[Dossier],
    *,
    places: dict[int, str],
    writable: Collection[int],
) -> list[Row]:
    """A row for each dossier of one model; ``writable`` are the places where the reader may write."""
    page = list(dossiers)
    shares = derived.shares(round_.pk, criteria)
    results = judging.results_of(criteria, round_.area, shares, page)
    return [
        _row(criteria, one, result, shares, places.get(one.place_id, ""), one.place_id in writable)
        for one, result in zip(page, results, strict=True)
    ]


def _row(criteria: Criteria, one: Dossier, result: Any, shares: dict, place: str, writable: bool) -> Row:
    locked = answering.closed(one) or ("" if writable else "Tài khoản này chỉ xem.")
    lines = lines_of(one, result)
    row = Row(
        str(one.pk), one.subject.name, one.subject.code, place, one.state, one.get_state_display(), locked,
        one.outcome, str(Outcome(one.outcome).label), vn_number(one.total) if one.total is not None else "",
        one.because,
    )  # fmt: skip
    for indicator in criteria.indicators:
        share = shares.get(indicator.key, {}).get(one.subject_id)
        row.cells.append(_cell(indicator, one.answers.get(indicator.key), share, lines.get(indicator.key), locked))
    return row


def lines_of(dossier: Dossier, result: Any) -> dict[str, dict[str, Any]]:
    """The lines of a dossier's sheet by key: the frozen sheet where there is one, else the live result."""
    if dossier.frozen_at and dossier.sheet:
        return {line["key"]: line for line in dossier.sheet["lines"]}
    if not isinstance(result, Result):
        return {}
    return {line.key: _line(line) for line in result.lines}


def _line(line: Line) -> dict[str, Any]:
    return {"passed": line.passed, "because": line.because, "status": line.status}


def _cell(indicator: Indicator, answer: dict | None, share: Any, line: dict | None, locked: str) -> Cell:
    value = share if indicator.derived else (answer or {}).get("value")
    because = line["because"] if line else ""
    off = is_off(line, value)
    takes = not locked and indicator.derived is None
    text, computed = typed.shown(indicator, value), indicator.derived is not None
    return Cell(indicator.key, text, stands(line, off), because, takes, computed)


def is_off(line: dict | None, value: Any) -> bool:
    """Whether the indicator does not apply to the subject, which is more than an answer KAD."""
    return line is not None and line.get("status") == NOT_COUNTED and value != typed.NOT_APPLICABLE


def stands(line: dict | None, off: bool) -> str:
    """How a cell stands: off where it does not apply, low where it fails, missing where nothing is there."""
    if off:
        return "off"
    if line and line.get("passed") is False:
        return "low"
    return "missing" if line and line.get("status") == MISSING else ""


def reply(row: Row) -> dict[str, Any]:
    """A row as the page's script takes it."""
    return {
        "id": row.id,
        "locked": row.locked,
        "outcome": row.outcome,
        "outcomeLabel": row.outcome_label,
        "total": row.total,
        "because": row.because,
        "cells": {cell.key: [cell.text, cell.stands, cell.because] for cell in row.cells},
    }
