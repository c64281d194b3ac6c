"""Between the written shape of a criteria version (YAML, editor, Excel) and its values.

`read` gathers every problem before it refuses, so that an editor sees all of them at once.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from hieuhoc.scoring.check import problems_of
from hieuhoc.scoring.criteria import Criteria, Derived, Group, Indicator

_TEXTS = ("code", "version", "title", "model", "judging", "state")
_OPTIONAL_TEXTS = ("why_incomplete", "notice", "source", "notes")


class BadCriteria(ValueError):
    """The version cannot be judged; `problems` are Vietnamese sentences for its editor."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


def read(data: dict[str, Any]) -> Criteria:
    """The criteria version written in `data`; raises BadCriteria with every problem found."""
    try:
        criteria = _read(data)
    except (KeyError, TypeError, AttributeError, ValueError, InvalidOperation) as error:
        raise BadCriteria([f"Không đọc được bộ tiêu chí: {error!r}."]) from error
    problems = problems_of(criteria)
    if problems:
        raise BadCriteria(problems)
    return criteria


def _read(data: dict[str, Any]) -> Criteria:
    written = data.get("criteria") or []
    floor = _decimal(data.get("floor"))
    return Criteria(
        **{name: str(data[name]) for name in _TEXTS},
        **{name: _text(data.get(name)) for name in _OPTIONAL_TEXTS},
        groups=tuple(Group(str(g["key"]), str(g["label"]), _decimal(g.get("floor"))) for g in written),
        indicators=tuple(
            _read_indicator(row, str(group["key"]), floor) for group in written for row in group["indicators"]
        ),
        complete=bool(data.get("complete", True)),
        pass_marks=_by_area(data.get("pass")),
        bands=tuple((str(b["name"]), Decimal(str(b["from"]))) for b in data.get("bands") or []),
        levels=int(data.get("levels") or 0),
        target_groups=tuple(data.get("target_groups") or ()),
        used_at=tuple(data.get("used_at") or ()),
        usual_facts=data.get("usual_facts"),
        document={k: str(v) for k, v in data["document"].items()} if data.get("document") else None,
        valid_from=_day(data.get("valid_from")),
        valid_to=_day(data.get("valid_to")),
    )


def _read_indicator(row: dict[str, Any], group: str, floor: Decimal | None) -> Indicator:
    derived = row.get("derived")
    return Indicator(
        key=str(row["key"]),
        label=str(row["label"]),
        kind=str(row["kind"]),
        criterion=group,
        points=_decimal(row.get("points")),
        floor=_decimal(row["floor"]) if "floor" in row else floor,
        marks=_read_marks(row.get("marks")),
        names=tuple(str(name) for name in row.get("names") or ()),
        better=str(row.get("better") or "up"),
        applies=row.get("applies"),
        derived=Derived(str(derived["model"]), str(derived["among"]), str(derived["rule"])) if derived else None,
        when_none=_text(row.get("when_none")),
        note=_text(row.get("note")),
    )


def _read_marks(marks: Any) -> dict[str, tuple[Decimal, ...]] | None:
    """`[60, 80]`, one number, or either per area."""
    if marks is None:
        return None
    by_area = marks if isinstance(marks, dict) else {"general": marks}
    return {
        area: tuple(Decimal(str(m)) for m in (asked if isinstance(asked, (list, tuple)) else [asked]))
        for area, asked in by_area.items()
    }


def write(criteria: Criteria) -> dict[str, Any]:
    """The written shape of a version: plain values that `read` takes back unchanged."""
    data: dict[str, Any] = {name: getattr(criteria, name) for name in _TEXTS + _OPTIONAL_TEXTS}
    data |= {
        "complete": criteria.complete,
        "levels": criteria.levels,
        "pass": {area: _plain(mark) for area, mark in (criteria.pass_marks or {}).items()},
        "bands": [{"name": name, "from": _plain(start)} for name, start in criteria.bands],
        "target_groups": list(criteria.target_groups),
        "used_at": list(criteria.used_at),
        "usual_facts": criteria.usual_facts,
        "document": criteria.document,
        "valid_from": criteria.valid_from,
        "valid_to": criteria.valid_to,
        "criteria": [_write_group(criteria, group) for group in criteria.groups],
    }
    return data


def _write_group(criteria: Criteria, group: Group) -> dict[str, Any]:
    return {
        "key": group.key,
        "label": group.label,
        "floor": _plain(group.floor),
        "indicators": [write_indicator(i) for i in criteria.indicators if i.criterion == group.key],
    }


def write_indicator(indicator: Indicator) -> dict[str, Any]:
    """One indicator as plain values."""
    marks = indicator.marks
    derived = indicator.derived
    return {
        "key": indicator.key,
        "label": indicator.label,
        "kind": indicator.kind,
        "points": _plain(indicator.points),
        "floor": _plain(indicator.floor),
        "marks": {area: [_plain(m) for m in asked] for area, asked in marks.items()} if marks else None,
        "names": list(indicator.names),
        "better": indicator.better,
        "applies": indicator.applies,
        "derived": {"model": derived.model, "among": derived.among, "rule": derived.rule} if derived else None,
        "when_none": indicator.when_none,
        "note": indicator.note,
    }


def _by_area(marks: Any) -> dict[str, Decimal] | None:
    if not marks:
        return None
    by_area = marks if isinstance(marks, dict) else {"general": marks}
    return {area: Decimal(str(mark)) for area, mark in by_area.items()}


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if value else ""


def _day(value: Any) -> str | None:
    return None if value is None else str(value)


def _plain(value: Decimal | None) -> int | str | None:
    """JSON knows no decimals: whole numbers as integers, the rest as text."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else str(value)
