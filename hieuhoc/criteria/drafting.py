"""Changes to the written shape of a draft, as pure functions: each takes a shape and gives a new one.

A change that makes no sense (a key used twice, a heading that still holds indicators) is refused with Unfit.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from hieuhoc.criteria.models import State

Shape = dict[str, Any]
KEY = re.compile(r"[\w.\- ]{1,40}")
LONGEST_LABEL = 300
MOST_POINTS = Decimal("99999.99")


class Unfit(ValueError):
    """The change cannot be made; the message is the sentence to show."""


def put_head(shape: Shape, fields: Shape) -> Shape:
    """The shape with parts of its head changed; entering an empty template takes its notice away."""
    changed = shape | fields
    entered = shape["state"] == State.NOT_ENTERED and changed["state"] != State.NOT_ENTERED
    if entered and changed["notice"] == shape["notice"]:
        changed["notice"] = ""
    return changed


def put_group(shape: Shape, group: dict[str, Any], old_key: str | None = None) -> Shape:
    """The shape with a criterion added at the end, or the one of `old_key` changed in its place."""
    _sound_group(group)
    taken = {one["key"] for one in shape["criteria"]} - {old_key}
    if group["key"] in taken:
        raise Unfit(f"Mã tiêu chí {group['key']} đã có.")
    if old_key is None:
        return shape | {"criteria": [*shape["criteria"], {**group, "indicators": []}]}
    changed = [{**one, **group} if one["key"] == old_key else one for one in shape["criteria"]]
    return shape | {"criteria": changed}


def remove_group(shape: Shape, key: str) -> Shape:
    """The shape without an empty criterion."""
    left = [group for group in shape["criteria"] if group["key"] != key]
    gone = [group for group in shape["criteria"] if group["key"] == key]
    if any(group["indicators"] for group in gone):
        raise Unfit(f"Tiêu chí {key} còn chỉ số; bỏ các chỉ số trước.")
    return shape | {"criteria": left}


def find(shape: Shape, key: str) -> tuple[str, dict[str, Any]] | None:
    """The criterion and the row of an indicator, None when the shape does not have it."""
    for group in shape["criteria"]:
        for row in group["indicators"]:
            if row["key"] == key:
                return group["key"], row
    return None


def put_indicator(shape: Shape, group_key: str, row: dict[str, Any], old_key: str | None = None) -> Shape:
    """The shape with an indicator added at the end of its criterion, or the one of `old_key` changed.

    What the given row does not name (conditions, derivation) stays as it was.
    """
    _sound(row)
    if row["key"] != old_key and find(shape, row["key"]):
        raise Unfit(f"Mã chỉ số {row['key']} đã có.")
    found = find(shape, old_key) if old_key else None
    if found and found[0] == group_key:
        return _with_rows(
            shape, group_key, [{**r, **row} if r["key"] == old_key else r for r in _rows(shape, group_key)]
        )
    kept = found[1] if found else {}
    shape = remove_indicator(shape, old_key) if old_key else shape
    return _with_rows(shape, group_key, [*_rows(shape, group_key), {**kept, **row}])


def remove_indicator(shape: Shape, key: str) -> Shape:
    """The shape without an indicator."""
    left = [
        {**group, "indicators": [row for row in group["indicators"] if row["key"] != key]}
        for group in shape["criteria"]
    ]
    return shape | {"criteria": left}


def replace_indicators(shape: Shape, groups: list[dict[str, Any]]) -> Shape:
    """The shape with these criteria and indicators; what a row does not name is kept from the same key before."""
    for group in groups:
        _sound_group(group)
        for row in group["indicators"]:
            _sound(row)
    known = {row["key"]: row for group in shape["criteria"] for row in group["indicators"]}
    floors = {group["key"]: group.get("floor") for group in shape["criteria"]}
    return shape | {
        "criteria": [
            {
                "floor": floors.get(group["key"]),
                **group,
                "indicators": [{**known.get(row["key"], {}), **row} for row in group["indicators"]],
            }
            for group in groups
        ]
    }


def _sound_group(group: dict[str, Any]) -> None:
    if not KEY.fullmatch(group["key"]):
        raise Unfit(f"Mã tiêu chí “{group['key'][:40]}” chỉ được gồm chữ, số, dấu chấm, gạch nối, dài không quá 40.")
    if len(group["label"]) > LONGEST_LABEL:
        raise Unfit(f"Tên tiêu chí {group['key']} dài quá {LONGEST_LABEL} chữ.")


def _sound(row: dict[str, Any]) -> None:
    """Refuse what the tables cannot keep as it was typed."""
    key = row["key"]
    if not KEY.fullmatch(key):
        raise Unfit(f"Mã chỉ số “{key[:40]}” chỉ được gồm chữ, số, dấu chấm, gạch nối, dài không quá 40.")
    if not 0 < len(row["label"]) <= LONGEST_LABEL:
        raise Unfit(f"Tên chỉ số {key} phải có và dài không quá {LONGEST_LABEL} chữ.")
    for points in (row.get("points"), row.get("floor")):
        if points is not None and (points > MOST_POINTS or points != round(Decimal(points), 2)):
            raise Unfit(f"Chỉ số {key}: điểm không quá hai chữ số thập phân và không quá {MOST_POINTS}.")
    if row.get("points") == 0:
        raise Unfit(f"Chỉ số {key}: điểm tối đa phải lớn hơn 0.")


def _rows(shape: Shape, group_key: str) -> list[dict[str, Any]]:
    for group in shape["criteria"]:
        if group["key"] == group_key:
            return group["indicators"]
    raise Unfit(f"Không có tiêu chí {group_key}.")


def _with_rows(shape: Shape, group_key: str, rows: list[dict[str, Any]]) -> Shape:
    changed = [{**g, "indicators": rows} if g["key"] == group_key else g for g in shape["criteria"]]
    return shape | {"criteria": changed}
