"""The score sheet: all lines, the outcome, and the sentence a subject is told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hieuhoc.scoring.lines import Line

_json = json.JSONEncoder(ensure_ascii=False).encode
PASS, FAIL, INCOMPLETE = "pass", "fail", "incomplete"


@dataclass(frozen=True)
class Result:
    """What a criteria version says of one subject. `level` is the level reached, None where there is none."""

    outcome: str
    level: int | None
    total: Decimal | None
    possible: Decimal | None
    band: str | None
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    because: str
    mark: Decimal | None = None
    sought: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The sheet as plain values for JSON; scores as numbers, None where there is none."""
        return {
            "outcome": self.outcome,
            "level": self.level,
            "total": plain(self.total),
            "possible": plain(self.possible),
            "band": self.band,
            "lines": [line_dict(line) for line in self.lines],
            "missing": list(self.missing),
            "because": self.because,
        }


def to_json(result: Result, **more: Any) -> str:
    """The sheet as one line of JSON after `more`; lines shared between results are written once."""
    head = {
        **more,
        "outcome": result.outcome,
        "level": result.level,
        "total": plain(result.total),
        "possible": plain(result.possible),
        "band": result.band,
    }
    tail = {"missing": result.missing, "because": result.because}
    lines = ", ".join([_line_json(line) for line in result.lines])
    return f'{_json(head)[:-1]}, "lines": [{lines}], {_json(tail)[1:]}'


def _line_json(line: Line) -> str:
    text = line.__dict__.get("_json")
    if text is None:
        text = line.__dict__["_json"] = _json(line_dict(line))
    return text


def line_dict(line: Line) -> dict[str, Any]:
    """One line as plain values for JSON."""
    return {
        "key": line.key,
        "earned": plain(line.earned),
        "possible": plain(line.possible),
        "passed": line.passed,
        "because": line.because,
    }


def plain(value: Decimal | None) -> int | float | None:
    """A score as a JSON number; floats appear only here, on the way out."""
    if value is None:
        return None
    whole = int(value)
    return whole if whole == value else float(value)
