"""Between the tables and the written shape of a version (the one of the YAML files and `scoring.Criteria`).

What people search and sort by stands in columns, the rest of the head in `body`, the rest of an indicator
in `rule`. `to_dict(from_dict(shape))` gives the shape back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.backends.postgresql.psycopg_any import DateRange

from hieuhoc.criteria.models import CriteriaVersion, Indicator

COLUMNS = ("version", "state", "title", "model", "judging", "complete", "notice", "source", "notes")
BODY: dict[str, Any] = {
    "why_incomplete": "",
    "levels": 0,
    "pass": {},
    "bands": [],
    "target_groups": [],
    "usual_facts": None,
}
RULE = ("marks", "names", "better", "applies", "derived", "when_none", "note")


def to_dict(version: CriteriaVersion, indicators: Iterable[Indicator]) -> dict[str, Any]:
    """The written shape of a stored version; `indicators` in their order."""
    groups = [{**group, "indicators": []} for group in version.body.get("criteria", [])]
    by_key = {group["key"]: group for group in groups}
    for indicator in indicators:
        by_key[indicator.criterion]["indicators"].append(_indicator_dict(indicator))
    return {
        "code": version.set.code,
        **{name: getattr(version, name) for name in COLUMNS},
        **{name: version.body.get(name, empty) for name, empty in BODY.items()},
        "used_at": list(version.used_at),
        "document": version.document or None,
        "valid_from": _iso(version.valid.lower),
        "valid_to": _iso(version.valid.upper),
        "criteria": groups,
    }


def head(shape: dict[str, Any]) -> dict[str, Any]:
    """The columns of a version from its written shape."""
    groups = [{key: group.get(key) for key in ("key", "label", "floor")} for group in shape["criteria"]]
    return {
        **{name: shape[name] for name in COLUMNS},
        "used_at": shape["used_at"],
        "document": shape["document"] or {},
        "valid": DateRange(_day(shape["valid_from"]), _day(shape["valid_to"])),
        "body": as_json({**{name: shape[name] for name in BODY}, "criteria": groups}),
    }


def indicator_rows(shape: dict[str, Any], version: CriteriaVersion) -> list[Indicator]:
    """Unsaved indicators of `version` from its written shape, in their order."""
    written = [(group["key"], row) for group in shape["criteria"] for row in group["indicators"]]
    return [
        Indicator(
            version=version,
            position=position,
            key=row["key"],
            label=row["label"],
            kind=row["kind"],
            criterion=group,
            points=_decimal(row.get("points")),
            floor=_decimal(row.get("floor")),
            rule=as_json({name: row.get(name) for name in RULE}),
        )
        for position, (group, row) in enumerate(written, start=1)
    ]


def as_json(written: Any) -> Any:
    """The same values as JSON holds them: decimals become text."""
    return json.loads(json.dumps(written, cls=DjangoJSONEncoder))


def _indicator_dict(indicator: Indicator) -> dict[str, Any]:
    columns = {name: getattr(indicator, name) for name in ("key", "label", "kind", "points", "floor")}
    return {**columns, **indicator.rule}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
