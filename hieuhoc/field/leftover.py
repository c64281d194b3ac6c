"""From time to time: do what a killed server left undone, and try held envelopes again.

A phone sends again what it has no receipt for, so nothing is lost without this; it only shortens the wait, and wakes
what waited for something that came by another door (the officer registered the household).
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate, now

from hieuhoc.field import actions
from hieuhoc.field.models import Envelope, Outcome
from hieuhoc.jobs import run

logger = logging.getLogger("hieuhoc.field")
IN_HAND = timedelta(minutes=2)
AT_ONCE = 200


@run.every("*/10 * * * *", "hieuhoc.field.leftover")
def do_leftover() -> int:
    """Do envelopes that lie there undone, then try the held ones; how many were looked at."""
    undone = Envelope.objects.filter(outcome=Outcome.RECEIVED, received_at__lt=now() - IN_HAND)
    looked = 0
    for one in undone.select_related("person", "brought_by").order_by("number")[:AT_ONCE]:
        actions.do_again({one.made_id}, one.brought_by or one.person)
        looked += 1
    return looked + try_held()


@transaction.atomic
def try_held() -> int:
    """Try the held envelopes again, those whose subject, photo or base is there by now; how many were tried."""
    held = (
        Envelope.objects.select_for_update(skip_locked=True)
        .filter(outcome=Outcome.HELD, settlement="")
        .order_by("number")
    )
    found = list(held[: AT_ONCE * 5])
    if found:
        actions.try_again(found, localdate())
    return len(found)
