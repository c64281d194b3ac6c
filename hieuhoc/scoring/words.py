"""Numbers and lists as they stand in the sentences of a score sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from hieuhoc.common.numbers import percent, reached, vn_number

# The same few marks and totals stand in the sentences of every sheet of a list.
number = lru_cache(maxsize=20_000)(vn_number)


def share(count: Decimal, of: Decimal, marks: Iterable[Decimal] = ()) -> str:
    """`1.385/1.847 (74,99 %)`: both counts beside the share, which never shows a mark it missed."""
    missed = [mark for mark in marks if not reached(int(count), int(of), mark)]
    return f"{number(count)}/{number(of)} ({percent(int(count), int(of), target=min(missed, default=None))})"


def listed(keys: Sequence[str], most: int = 6) -> str:
    """Keys in a row, the tail counted when it is long."""
    if len(keys) <= most:
        return ", ".join(keys)
    return f"{', '.join(keys[:most])} và {len(keys) - most} chỉ số khác"
