"""A database of its own for each test of faults: processes of the product work on it and are killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class OwnDatabase:
    """A database beside the tests' one on the embedded server, and copies of it, all dropped at the end."""

    folder: Path
    socket: str
    name: str
    copies: set[str] = field(default_factory=set)

    def url(self, name: str | None = None) -> str:
        return f"postgresql://postgres@/{name or self.name}?host={self.socket}"

    def environment(self) -> dict[str, str]:
        own = {"DATABASE_URL": self.url(), "HIEUHOC_DATA": str(self.folder / "data"), "HIEUHOC_DEMO": "1"}
        return os.environ | own | {"DJANGO_SETTINGS_MODULE": "hieuhoc.config.settings"}

    def make_ready(self) -> None:
        """Tables and catalogues, which the first command of an installation brings."""
        self.run("-m", "hieuhoc", "places", "find", "23908")

    def run(self, *words: str) -> str:
        """Run Python on this database to its end; what it printed."""
        done = subprocess.run(
            [sys.executable, *words], env=self.environment(), capture_output=True, text=True, cwd=ROOT
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start Python on this database; its lines can be read, and it can be killed."""
        return subprocess.Popen(
            [sys.executable, *words], env=self.environment(), text=True, cwd=ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def query(self, sql: str) -> list[tuple]:
        with psycopg.connect(self.url()) as own:
            return own.execute(sql).fetchall()

    def kill(self, process: subprocess.Popen[str]) -> None:
        """Kill a process, then wait until the server has done with what it had sent: a commit under way is finished."""
        process.kill()
        process.communicate()
        waiting = f"select count(*) from pg_stat_activity where datname = '{self.name}'"
        with psycopg.connect(self.url("postgres"), autocommit=True) as server:
            while server.execute(waiting).fetchone() != (0,):
                time.sleep(0.02)

    def keep_as(self, what: str) -> None:
        """Keep a copy of the database as it stands."""
        self._copy(self.name, f"{self.name}_{what}")

    def back_to(self, what: str) -> None:
        """Put the database back as it stood when it was kept."""
        self._copy(f"{self.name}_{what}", self.name)

    def _copy(self, source: str, target: str) -> None:
        self.copies.add(target)
        with psycopg.connect(self.url("postgres"), autocommit=True) as server:
            server.execute(f'drop database if exists "{target}" with (force)')
            server.execute(f'create database "{target}" template "{source}"')

    def drop(self) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as server:
            for name in self.copies:
                server.execute(f'drop database if exists "{name}" with (force)')


@pytest.fixture
def database(tmp_path, transactional_db):
    """A database with tables and catalogues."""
    host = settings.DATABASES["default"]["HOST"] or connection.settings_dict["HOST"]
    if not str(host).startswith("/"):
        pytest.skip("needs the embedded PostgreSQL: databases of its own beside the tests' one")
    made = OwnDatabase(tmp_path, host, f"hieuhoc_killed_{os.getpid()}")
    made._copy("template0", made.name)
    made.make_ready()
    yield made
    made.drop()
