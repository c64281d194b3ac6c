"""An installation through its commands: ready at the first call, examined, backed up and brought back."""

import io
import json
import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from hieuhoc.common.keys import secret
from hieuhoc.config import backup, cli, doctor
from hieuhoc.config.management.commands.serve import refuse_taken
from hieuhoc.config.settings import database

ROOT = Path(__file__).resolve().parents[3]


def test_the_page_of_tables_is_what_the_models_say(capsys):
    call_command("data_model")
    assert (ROOT / "docs" / "data-model.md").read_text().strip() == capsys.readouterr().out.strip()


@pytest.mark.parametrize(
    ("words", "prepared"),
    [
        (["places", "find", "x"], True),
        (["places", "load"], False),
        (["score", "--set", "cdht-324"], False),
        (["sheet", "check", "f.xlsx", "--kind", "clans"], False),
        (["sheet", "check", "f.xlsx", "--kind", "clans", "--place", "23908"], True),
        (["sheet", "check", "f.xlsx", "--place", "23908", "--villages", "v.csv"], False),
        (["round", "run", "--help"], False),
        ([], False),
    ],
)
def test_only_commands_that_work_on_the_database_prepare_it(words, prepared):
    assert cli.needs_preparing(words) is prepared


@pytest.mark.skipif("EMBEDDED" not in settings.DATABASES["default"], reason="a server of somebody else")
def test_our_own_server_keeps_its_log_of_large_rosters_to_write_it_again(db):
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('wal_init_zero'), current_setting('min_wal_size')")
        assert cursor.fetchone() == ("off", "256MB")


def test_a_secret_is_made_once_and_for_its_owner_only(tmp_path):
    first = secret(tmp_path, "one")
    assert len(first) >= 64 and secret(tmp_path, "one") == first != secret(tmp_path, "two")
    assert (tmp_path / "keys" / "one").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://an:m%40t@db:5433/xa", {"USER": "an", "PASSWORD": "m@t", "HOST": "db", "PORT": "5433"}),
        ("postgresql://postgres@/xa?host=/tmp/s", {"USER": "postgres", "HOST": "/tmp/s", "NAME": "xa"}),
        ("", {"NAME": "hieuhoc", "EMBEDDED": str(settings.DATA_DIR)}),
    ],
)
def test_the_database_is_read_from_its_address(url, expected):
    assert expected.items() <= database(url).items()


def test_a_second_server_on_the_port_is_refused_with_a_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Cổng {port} đang có chương trình khác"):
            refuse_taken("127.0.0.1", port)
    refuse_taken("127.0.0.1", port)


@pytest.mark.django_db
def test_the_doctor_says_each_thing_in_a_sentence(world):
    found = {one.name: one for one in doctor.examine()}
    assert set(found) == set(doctor.CHECKS)
    assert found["database"].ok and found["tables"].ok and found["directory"].ok
    assert all(one.says.strip() for one in found.values())


@pytest.mark.django_db
def test_the_doctor_finds_open_keys_and_lost_files(tmp_path, settings):
    from hieuhoc.files.models import StoredFile

    settings.DATA_DIR = tmp_path
    secret(tmp_path, "django")
    (tmp_path / "keys" / "django").chmod(0o644)
    StoredFile.objects.create(sha256="0" * 64, kind="pdf", size=1, name="mất.pdf")
    found = {one.name: one for one in doctor.examine()}
    assert not found["keys"].ok and "chmod 600" in found["keys"].says
    assert not found["files"].ok and "1 tệp" in found["files"].says


@pytest.fixture
def second_database(tmp_path, transactional_db):
    """A new, empty database beside the tests' one, with a data directory of its own."""
    params = connection.get_connection_params()
    host = params.get("host") or ""
    name = f"hieuhoc_second_{os.getpid()}"
    server = {k: v for k, v in params.items() if k in ("host", "port", "user", "password")}
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as own:
        own.execute(f'drop database if exists "{name}" with (force)')
        own.execute(f'create database "{name}" template template0')
        user = params.get("user", "postgres")
        url = f"postgresql://{user}@/{name}?host={host}"
        if not str(host).startswith("/"):
            url = f"postgresql://{user}@{host}:{params.get('port', 5432)}/{name}"
        yield url, tmp_path / "second"
        own.execute(f'drop database "{name}" with (force)')


def command(words: list[str], url: str, data: Path) -> subprocess.CompletedProcess:
    own = {"DATABASE_URL": url, "HIEUHOC_DATA": str(data), "DJANGO_SETTINGS_MODULE": "hieuhoc.config.settings"}
    return subprocess.run(
        [sys.executable, "-m", "hieuhoc", *words], env=os.environ | own, capture_output=True, text=True, cwd=ROOT
    )


def contents() -> dict[str, list]:
    """Every row of every table, as text, in an order of its own."""
    with connection.cursor() as cursor:
        cursor.execute("set time zone 'UTC'")
        found = {}
        for table in backup.tables():
            cursor.execute(f'select t::text from "{table}" t order by 1')
            found[table] = [row[0] for row in cursor.fetchall()]
    return found


@pytest.mark.django_db(transaction=True)
def test_a_backup_comes_back_the_same_elsewhere(second_database, world, tmp_path):
    from hieuhoc.files import store

    url, data = second_database
    world.dossier("recognised")
    kept = store.keep(b"a,b\n1,2\n", "x.csv", by=world.minh, kinds=store.SHEET)
    target = tmp_path / "backup.zip"
    call_command("backup", str(target), "--json", stdout=io.StringIO(), stderr=io.StringIO())
    assert target.stat().st_mode & 0o077 == 0
    done = command(["restore", str(target), "--json"], url, data)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["files"] >= 1
    before = contents()
    with psycopg.connect(url) as other:
        other.execute("set time zone 'UTC'")
        for table, rows in before.items():
            there = [row[0] for row in other.execute(f'select t::text from "{table}" t order by 1')]
            assert there == rows, table
    assert (data / "files" / kept.sha256[:2] / kept.sha256[2:4] / kept.sha256).read_bytes() == b"a,b\n1,2\n"
    again = command(["restore", str(target)], url, data)
    assert again.returncode == 1 and "--replace" in again.stderr


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broken", ["not a zip", "cut in half", "no manifest"])
def test_a_broken_backup_is_refused_and_changes_nothing(broken, tmp_path, world):
    target = tmp_path / "backup.zip"
    call_command("backup", str(target), stdout=io.StringIO(), stderr=io.StringIO())
    data = target.read_bytes()
    if broken == "no manifest":
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("tables/x", "")
    else:
        target.write_bytes(b"hello" if broken == "not a zip" else data[: len(data) // 2])
    before = contents()
    with pytest.raises(backup.Unfit, match=r"không phải là bản sao lưu|hỏng"):
        backup.read(target, lambda _: None, replace=True)
    assert contents() == before
