"""Between an act on places and the registry: which units end, and where what lives there goes.

The writing is the registry's (``registry.rehoming``); here the plan of the act becomes plain ids.
"""

from typing import Any

from hieuhoc.places.actions import Plan, Refused
from hieuhoc.places.models import Level, Unit
from hieuhoc.registry import rehoming


def need_homes(plan: Plan) -> None:
    """Refuse to end a unit without an heir while something lives there."""
    living = rehoming.homeless({one.unit_id for one in plan.ends} - {one.old_id for one in plan.passings})
    if living:
        raise Refused(f"Còn {living} mục trong Danh sách ghi ở đây; cần chọn đơn vị để chuyển về.")


def rehome(plan: Plan, units: list[Unit], *, by: Any) -> None:
    """Let the subjects follow an act that was carried out."""
    rehoming.rehome(
        _moves(plan, units),
        ended=[one.unit_id for one in plan.ends],
        communes=_communes(plan),
        day=plan.day,
        by=by,
        reason=next(iter(plan.effects), ""),
        touched=next(iter(plan.touched), 0),
    )


def _moves(plan: Plan, units: list[Unit]) -> dict[int, int]:
    """Where what lives in each ended unit goes: its default heir."""
    ended = {one.unit_id for one in plan.ends}
    heirs = [one for one in plan.passings if one.default and one.old_id in ended]
    return {one.old_id: units[one.new].pk if one.new is not None else one.new_id or 0 for one in heirs}


def _communes(plan: Plan) -> list[int]:
    """The communes something may have left: those that end, and those a village left."""
    ended = {one.unit_id for one in plan.ends if one.level == Level.COMMUNE}
    left = {one.held.parent_id for one in plan.nexts if one.held.level == Level.VILLAGE}
    return [one for one in ended | left if one is not None]
