"""From time to time: do what a killed server left undone, and try held envelopes again.

A phone sends again what it has no receipt for, so nothing is lost without this; it only shortens the wait, and wakes
what waited for something that came by another door (the officer registered the household).
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate, now

from hieuhoc.field import doing, photos
from hieuhoc.field.models import Envelope, Outcome, Photo
from hieuhoc.jobs import run

logger = logging.getLogger("hieuhoc.field")
IN_HAND = timedelta(minutes=2)
FORGOTTEN = timedelta(days=30)
AT_ONCE = 200


@run.every("*/10 * * * *", "hieuhoc.field.leftover")
def do_leftover() -> int:
    """Do envelopes that lie there undone, then try the held ones; how many were looked at."""
    undone = Envelope.objects.filter(outcome=Outcome.RECEIVED, received_at__lt=now() - IN_HAND)
    looked = 0
    for one in undone.order_by("number")[:AT_ONCE]:
        doing.do({one.made_id}, look_again=False)
        looked += 1
    return looked + try_held()


@transaction.atomic
def try_held() -> int:
    """Try held envelopes again, those whose subject, photo or base is there by now; how many were tried.

    Which of very many is left to chance, so that those that will never come do not keep the others waiting for ever.
    """
    held = Envelope.objects.select_for_update(skip_locked=True).filter(outcome=Outcome.HELD)
    found = sorted(held.order_by("?")[: AT_ONCE * 5], key=lambda one: one.number)
    if found:
        doing.try_again(found, localdate())
    return len(found)


@run.every("40 3 * * *", "hieuhoc.field.forget_pieces")
def forget_pieces() -> int:
    """Let go of photos of which no piece has come for a month; how many."""
    old = Photo.objects.filter(file=None, refused="", started_at__lt=now() - FORGOTTEN)
    gone = list(old.values_list("pk", flat=True))
    for pk in gone:
        photos.path_of(pk).unlink(missing_ok=True)
    Photo.objects.filter(pk__in=gone, file=None).delete()
    return len(gone)
