"""Slows down whoever tries codes: misses are counted per asker and window of ten minutes.

With 74 random bits nobody finds a code by trying; this keeps anybody from making the machine try. Only misses count,
so a hall full of people at one address may check as many certificates as they hold. Addresses are kept as a keyed
hash and forgotten after a day.
"""

from __future__ import annotations

import hashlib
import hmac
import time

from django.conf import settings
from django.db import connection

WINDOW = 600
MISSES = 20
KEPT = 86_400 // WINDOW

COUNT = """
insert into recognition_checkmiss (asker, "window", misses) values (%s, %s, 1)
on conflict (asker, "window") do update set misses = recognition_checkmiss.misses + 1
"""
FORGET = 'delete from recognition_checkmiss where "window" < %s'


def allowed(address: str) -> bool:
    """Whether this address may ask once more in this window."""
    with connection.cursor() as cursor:
        cursor.execute(
            'select misses from recognition_checkmiss where asker = %s and "window" = %s', [_asker(address), _window()]
        )
        row = cursor.fetchone()
    return row is None or row[0] < MISSES


def missed(address: str) -> None:
    """Count a code that was asked for in vain; old counts go."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [_asker(address), _window()])
        cursor.execute(FORGET, [_window() - KEPT])


def _window() -> int:
    return int(time.time()) // WINDOW


def _asker(address: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()
