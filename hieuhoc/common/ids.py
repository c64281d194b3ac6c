"""Identifiers that can be made anywhere, without asking the server, and sort by time."""

import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """A version 7 UUID (RFC 9562): 48 bits of milliseconds, then random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    return uuid.UUID(int=value & ~(0x3 << 62) | 0x2 << 62)


def uuid_of(value: object) -> uuid.UUID | None:
    """The identifier that somebody wrote, or None when it is none."""
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None
