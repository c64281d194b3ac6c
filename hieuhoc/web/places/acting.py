"""An act on places with what lives there: planned and carried out as one, so that neither stands without the other."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from hieuhoc.places import actions
from hieuhoc.places.actions import Plan
from hieuhoc.web.places.rehome import need_homes, rehome


def planned(verb: str, args: list[Any], given: dict[str, Any]) -> Plan:
    """What the act would do; `Refused` where something would be left without a home."""
    plan = actions.preview(verb, *args, **given)
    need_homes(plan)
    return plan


@transaction.atomic
def carry_out(verb: str, args: list[Any], given: dict[str, Any], user: Any, reason: str) -> None:
    """The act, and what lives there following it: both or neither."""
    plan = planned(verb, args, given)
    act: Callable[..., Any] = getattr(actions, verb)
    made = act(*args, **given, by=user, reason=reason)
    units = made if isinstance(made, list) else [made] if made else []
    rehome(plan, units, by=user)
