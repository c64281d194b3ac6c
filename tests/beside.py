"""Acts side by side, each on a connection of its own, as two people's requests are."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do the acts at the same time; what each gave. Needs a test whose transactions are real."""

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result(60) for one in [pool.submit(_alone, act) for act in acts]]


@contextmanager
def waiting(act: Callable[[], Any]) -> Iterator[Future]:
    """Within the block the act, begun elsewhere, waits for a row that this transaction holds; then see its result."""
    with ThreadPoolExecutor(1) as pool:
        begun = pool.submit(_alone, act)
        until = time.monotonic() + 30
        while not (begun.done() or _somebody_waits()):
            assert time.monotonic() < until, "nobody waits"
            time.sleep(0.01)
        assert not begun.done(), begun.result()
        yield begun


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_locks l join pg_stat_activity a using (pid)"
            " where not l.granted and a.datname = current_database())"
        )
        return cursor.fetchone()[0]


def _alone(act: Callable[[], Any]) -> Any:
    try:
        return act()
    finally:
        connection.close()
