"""A calendar file (RFC 5545) of days that are due: pure. All-day events; nothing personal comes in here.

Lines end in CRLF and are folded at 75 octets without cutting a letter in two; text is escaped. An event keeps its UID
for good, its SEQUENCE counts how often the place said something new of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]+")
# A calendar needs a part even when no day is due.
ZONE = (
    "BEGIN:VTIMEZONE", "TZID:Asia/Ho_Chi_Minh", "BEGIN:STANDARD", "DTSTART:19750613T000000", "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One day: what is due, said last at ``changed`` for the ``sequence``-th time."""

    uid: str
    day: date
    title: str
    text: str
    changed: datetime
    category: str = ""
    url: str = ""
    sequence: int = 0
    cancelled: bool = False


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """The whole file."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hieu Hoc//Lich ke hoach//VI", "CALSCALE:GREGORIAN",
        f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H", *ZONE,
        *(line for one in events for line in _event(one)), "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def escaped(text: str) -> str:
    """Text as a value: control characters dropped, separators and line breaks escaped."""
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_ESCAPES)


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets; each after the first begins with a space."""
    piece, room = "", OCTETS
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield piece
            piece, room = " ", OCTETS - 1
        piece, room = piece + letter, room - size
    yield piece


def _event(one: Event) -> Iterator[str]:
    stamp = one.changed.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield from ("BEGIN:VEVENT", f"UID:{escaped(one.uid)}", f"DTSTAMP:{stamp}", f"LAST-MODIFIED:{stamp}")
    yield f"SEQUENCE:{one.sequence}"
    yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(one.title)}"
    yield f"DESCRIPTION:{escaped(one.text)}"
    if one.category:
        yield f"CATEGORIES:{escaped(one.category)}"
    if one.url:
        yield f"URL:{one.url}"
    yield from (f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}", "TRANSP:TRANSPARENT", "END:VEVENT")
