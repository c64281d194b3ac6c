"""Limits of tries: by address in a window of ten minutes, by name under a link, by link.

A try is counted before it is looked at and given back when it was right, so that many at once are no way around it.
Whoever types a name nobody bears meets the same limit as with a name that is there.
"""

from __future__ import annotations

import time

from django.db import connection
from django.db.models import F
from django.utils.timezone import now

from hieuhoc.common.text import fold
from hieuhoc.selfassessment import rules
from hieuhoc.selfassessment.keys import keyed
from hieuhoc.selfassessment.models import AskerMiss, Link, NameMiss

WINDOW = 600
MISSES = 20
KEPT = 86_400 // WINDOW
COUNT_ASKER = """
insert into selfassessment_askermiss (asker, "window", misses) values (%s, %s, 1)
on conflict (asker, "window") do update set misses = selfassessment_askermiss.misses + 1 returning misses
"""
COUNT_NAME = """
insert into selfassessment_namemiss (link_id, name, misses) values (%s, %s, 1)
on conflict (link_id, name) do update set misses = selfassessment_namemiss.misses + 1 returning misses
"""


def take(address: str) -> bool:
    """Count a try of an address; False when it has had its tries in this window."""
    AskerMiss.objects.filter(window__lt=_window() - KEPT).delete()
    return _count(COUNT_ASKER, keyed("asker", address), _window()) <= MISSES


def take_name(link: Link, name: str) -> bool:
    """Count a try of a name under the link of a village; False when the name has had its tries."""
    return _count(COUNT_NAME, link.pk, _name(name)) <= rules.TRIES_NAME


def give_back(link: Link, name: str, address: str) -> None:
    """The try was right: it does not count, nor those before it of this name or this one subject."""
    AskerMiss.objects.filter(asker=keyed("asker", address), window=_window()).update(misses=F("misses") - 1)
    NameMiss.objects.filter(link=link, name=_name(name)).delete()
    if link.subject_id:
        Link.objects.filter(pk=link.pk).update(misses=0)


def missed(link: Link) -> None:
    """The try was wrong: count it at the link, which stops after too many."""
    link.misses += 1
    link.locked_at = now() if rules.locks(link.misses, of_subject=link.subject_id is not None) else None
    link.save(update_fields=["misses", "locked_at"])


def forget(link: Link) -> None:
    """An officer lets people try anew."""
    NameMiss.objects.filter(link=link).delete()
    Link.objects.filter(pk=link.pk).update(misses=0, locked_at=None)


def _count(statement: str, *of: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, of)
        return cursor.fetchone()[0]


def _name(name: str) -> bytes:
    return keyed("name", fold(name))


def _window() -> int:
    return int(time.time()) // WINDOW
