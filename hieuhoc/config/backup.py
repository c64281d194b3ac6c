"""Backup and restore of a whole installation: tables, kept files and keys in one ZIP.

Tables are written as PostgreSQL's text COPY from one snapshot, so a backup made on one version of PostgreSQL, embedded
or not, comes back on another. A restore is one transaction: all of it or none. The queue and sign-in sessions stay out.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.timezone import now

LEFT_OUT = ("procrastinate_", "django_session", "axes_")
FORMAT = 1
CHUNK = 1 << 20


class Unfit(ValueError):
    """The file cannot be restored here; the message is the sentence to show."""


def tables() -> list[str]:
    """The tables that a backup holds, in a steady order."""
    return sorted(name for name in connection.introspection.table_names() if not name.startswith(LEFT_OUT))


def write(target: Path, tell: Callable[[str], None]) -> dict:
    """Write the backup to ``target`` (aside first, then renamed); return its manifest."""
    aside = target.with_suffix(target.suffix + ".part")
    manifest = {
        "format": FORMAT,
        "made_at": now().isoformat(),
        "migrations": _migrations(),
        "tables": {},
        "files": 0,
    }
    with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED, compresslevel=3, allowZip64=True) as archive:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read read only")
            for table in tables():
                tell(table)
                manifest["tables"][table] = _copy_out(cursor, table, archive)
        manifest["files"] = _pack(archive, Path(settings.MEDIA_ROOT), "files")
        manifest["keys"] = _pack(archive, settings.DATA_DIR / "keys", "keys")
        archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
    aside.chmod(0o600)
    aside.replace(target)
    return manifest


def _copy_out(cursor, table: str, archive: zipfile.ZipFile) -> dict:
    columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    names = ", ".join(f'"{name}"' for name in columns)
    with archive.open(f"tables/{table}", "w", force_zip64=True) as out:
        with cursor.copy(f'copy (select {names} from "{table}") to stdout') as copy:
            for block in copy:
                out.write(block)
        rows = cursor.cursor.rowcount
    return {"columns": columns, "rows": rows}


def _pack(archive: zipfile.ZipFile, folder: Path, name: str) -> int:
    count = 0
    for path in sorted(folder.rglob("*")) if folder.exists() else []:
        if path.is_file():
            archive.write(path, f"{name}/{path.relative_to(folder)}")
            count += 1
    return count


def _migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def read(source: Path, tell: Callable[[str], None], *, replace: bool = False) -> dict:
    """Restore ``source`` into this installation; refused when it holds data, unless ``replace``."""
    try:
        archive = zipfile.ZipFile(source)
        manifest = json.loads(archive.read("manifest.json"))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as problem:
        raise Unfit(f"Tệp {source} không phải là bản sao lưu của Hiếu Học, hoặc đã hỏng.") from problem
    with archive:
        if archive.testzip() is not None:
            raise Unfit(f"Tệp {source} bị hỏng, không phục hồi được.")
        call_command("migrate", verbosity=0, interactive=False)
        _refuse_other_code(manifest)
        _refuse_data(replace)
        _pour(archive, manifest, tell)
        _unpack(archive, "files", Path(settings.MEDIA_ROOT))
        _unpack(archive, "keys", settings.DATA_DIR / "keys")
    return manifest


def _refuse_other_code(manifest: dict) -> None:
    if manifest.get("format") != FORMAT:
        raise Unfit("Bản sao lưu thuộc một định dạng khác; dùng bản phần mềm đã tạo ra nó.")
    unknown = set(manifest["migrations"]) - set(_migrations())
    if unknown:
        raise Unfit(
            f"Bản sao lưu mới hơn phần mềm đang chạy (thiếu {sorted(unknown)[0]}); hãy nâng cấp phần mềm trước."
        )
    if set(_migrations()) - set(manifest["migrations"]):
        raise Unfit("Bản sao lưu cũ hơn phần mềm đang chạy; phục hồi bằng bản phần mềm cũ rồi nâng cấp.")


def _refuse_data(replace: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select exists (select 1 from accounts_user)")
        if cursor.fetchone()[0] and not replace:
            raise Unfit("Bản cài đặt này đã có dữ liệu; thêm --replace nếu thật sự muốn thay toàn bộ.")


def _pour(archive: zipfile.ZipFile, manifest: dict, tell: Callable[[str], None]) -> None:
    ours = [table for table in tables() if table in manifest["tables"]]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("truncate " + ", ".join(f'"{table}"' for table in tables()))
        for table in ours:
            cursor.execute(f'alter table "{table}" disable trigger user')
        for table in ours:
            tell(table)
            _copy_in(cursor, table, manifest["tables"][table], archive)
        cursor.execute("set constraints all immediate")
        for table in ours:
            cursor.execute(f'alter table "{table}" enable trigger user')
        _restart_sequences(cursor)
    connection.close()


def _copy_in(cursor, table: str, entry: dict, archive: zipfile.ZipFile) -> None:
    names = ", ".join(f'"{name}"' for name in entry["columns"])
    with archive.open(f"tables/{table}") as data, cursor.copy(f'copy "{table}" ({names}) from stdin') as copy:
        while block := data.read(CHUNK):
            copy.write(block)
    cursor.execute(f'select count(*) from "{table}"')
    if cursor.fetchone()[0] != entry["rows"]:
        raise Unfit(f"Bảng {table} trong bản sao lưu thiếu dòng; không phục hồi gì cả.")


def _restart_sequences(cursor) -> None:
    for sequence in connection.introspection.sequence_list():
        table, column = sequence["table"], sequence["column"]
        cursor.execute(
            f'select setval(pg_get_serial_sequence(%s, %s), coalesce((select max("{column}") from "{table}"), 1))',
            [f'"{table}"', column],
        )


def _unpack(archive: zipfile.ZipFile, name: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for member in archive.namelist():
        if not member.startswith(f"{name}/") or ".." in member:
            continue
        path = folder / member.removeprefix(f"{name}/")
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as source, path.open("wb") as out:
            shutil.copyfileobj(source, out)
        if name == "keys":
            path.chmod(0o600)
