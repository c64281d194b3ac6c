"""What the server signs at a pull: who may write where, and the day it said so.

A phone's clock proves nothing. What it wrote after a pull was written on the pull's day or later, and no later than
the day it arrives; between the two its clock is believed. So a post that has ended still takes what was written
before its end, and a clock set back cannot bring a post to life from before the last pull.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.utils.timezone import localdate, localtime

KEPT = timedelta(days=60)  # nobody is in the hills for longer without a pull; an older pass says nothing
SIGNER = Signer(sep=".", salt="field.pass")


def give(person_id: int, place_id: int, day: date) -> str:
    """The pass of a pull."""
    return SIGNER.sign(f"{person_id}:{place_id}:{day.isoformat()}")


def day_of(signed: str, person_id: int) -> date | None:
    """The day of the person's pull; None for what this server did not sign for this person."""
    try:
        person, _, day = SIGNER.unsign(signed).split(":")
        pulled = date.fromisoformat(day) if int(person) == person_id else None
    except (BadSignature, ValueError):
        return None
    return pulled if pulled and pulled > localdate() - KEPT else None


def written_on(said: datetime | None, pulled: date | None, today: date) -> date:
    """The day on which an envelope counts as written: what the phone says, kept between its pull and today."""
    if pulled is None or said is None:
        return today
    return min(max(localtime(said).date(), pulled), today)
