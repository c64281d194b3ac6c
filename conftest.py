"""What every folder's tests share: the named world, and browsers of its people."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections, transaction
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from hieuhoc.config import embedded
from tests import world as worlds

# A busy machine is no defect: no test fails for its time. The same examples every time, so that a change is judged by
# what it changed; HYPOTHESIS_PROFILE=search looks for new ones.
hypothesis.register_profile("same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
hypothesis.register_profile("search", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world(db) -> worlds.World:
    """The shared, named world (tests/world.py)."""
    return worlds.build()


@pytest.fixture
def browse() -> Callable[..., Client]:
    """A signed-in browser: ``browse(world.minh).get(...)``; without a person, a stranger's.

    The session is written straight away: signing in by the page has tests of its own.
    """

    def browser(user=None) -> Client:
        client = Client(raise_request_exception=False)
        if user is not None:
            session = SessionStore()
            session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.save()
            client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    return browser


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The embedded server of the tests need not survive a power cut: without waiting for the disk it is far quicker."""
    directory = settings.DATABASES["default"].get("EMBEDDED")
    if not directory:
        return
    where = embedded.start(Path(directory))
    with psycopg.connect(host=where["HOST"], user=where["USER"], dbname="postgres", autocommit=True) as server:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            server.execute(f"alter system set {name} = off")
        server.execute("select pg_reload_conf()")


@pytest.fixture(scope="session", autouse=True)
def swift_flush() -> Iterator[None]:
    """After a test with real transactions only the tables that hold something are emptied: truncating all of them takes
    a fifth of a second each time.
    """
    operations = type(connections["default"].ops)

    def empty(self: Any, statements: list[str]) -> None:
        tables = re.findall(r'"(\w+)"', " ".join(statements))
        any_rows = " union all ".join(f"select '{one}' where exists (select from \"{one}\")" for one in tables)
        with transaction.atomic(), self.connection.cursor() as cursor:
            cursor.execute("set local session_replication_role = replica")  # neither foreign keys nor triggers
            cursor.execute(any_rows)
            for (one,) in cursor.fetchall():
                cursor.execute(f'delete from "{one}"')

    kept, operations.execute_sql_flush = operations.execute_sql_flush, empty
    yield
    operations.execute_sql_flush = kept
