"""The shipped catalogue as values: which versions are one unit, and what passed into what.

Two versions are one unit when nothing else came in and nothing went out: the old unit alone, whole, at
the same level, became the new one; its code, name and parent may have changed. A unit made of several,
or of parts, is a new unit that follows the old ones (docs/decisions/places-identity.md).
"""

import csv
import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hieuhoc.places import naming

DATA = Path(__file__).resolve().parent / "data"
NATION_KEY = "nation:VN:"
Row = dict[str, str]


@dataclass(frozen=True)
class VersionRow:
    """A version to load; `key` names its unit, days are half open and None is unbounded."""

    key: str
    level: str
    code: str
    name: str
    kind: str
    parent_key: str | None
    first: date | None
    end: date | None
    legal_basis: str

    def staged(self) -> tuple:
        """The columns of the staging table, with the keys to find and to sort by."""
        keys = naming.search_key(self.name), naming.sort_key(self.name, self.kind)
        return (self.key, self.level, self.code, self.name, self.kind, self.parent_key, self.first, self.end,
                self.legal_basis, *keys)  # fmt: skip


@dataclass(frozen=True)
class SuccessionRow:
    """A succession to load, between the keys of two units."""

    old_key: str
    new_key: str
    day: date
    kind: str
    whole: bool
    default: bool
    legal_basis: str


@dataclass(frozen=True)
class Catalogue:
    """All versions and successions that ship with the product."""

    versions: list[VersionRow]
    successions: list[SuccessionRow]


def read(folder: Path = DATA) -> Catalogue:
    """Read the two files of the catalogue and work out the identities."""
    return assemble(_table(folder / "units.csv.gz"), _table(folder / "lineage.csv.gz"))


def assemble(units: list[Row], edges: list[Row]) -> Catalogue:
    """Versions with the key of their unit and of their parent's, and the successions between units."""
    keys = _identities(units, edges)
    nation = VersionRow(NATION_KEY, "nation", "VN", "Việt Nam", "nước", None, None, None, "")
    return Catalogue([nation, *_versions(units, keys)], list(_successions(edges, keys)))


def _table(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


class _Keys:
    """The key of the unit that had a code on a day; a code may have had several, one after another."""

    def __init__(self) -> None:
        self._by_code: dict[tuple[str, str], list[tuple[str, str, str]]] = {}

    def add(self, row: Row, key: str) -> None:
        last = row["valid_to"] or "9999-12-31"
        self._by_code.setdefault((row["level"], row["code"]), []).append((row["valid_from"], last, key))

    def on(self, level: str, code: str, day: str) -> str | None:
        for first, last, key in self._by_code.get((level, code), ()):
            if first <= day <= last:
                return key
        return None


def _identities(units: list[Row], edges: Iterable[Row]) -> _Keys:
    """Go through the versions by first day; a version follows its own code unless an edge says otherwise."""
    incoming = {(edge["new_level"], edge["new"], edge["day"]): edge for edge in edges}
    keys = _Keys()
    for row in sorted(units, key=lambda row: row["valid_from"]):
        first = row["valid_from"]
        edge = incoming.get((row["level"], row["code"], first))
        known = None
        if edge is None and first:
            known = keys.on(row["level"], row["code"], _day_before(first))
        elif edge is not None and edge["kind"] == "continue" and edge["level"] == row["level"]:
            known = keys.on(edge["level"], edge["old"], _day_before(first))
        keys.add(row, known or f"{row['level']}:{row['code']}:{first}")
    return keys


def _versions(units: list[Row], keys: _Keys) -> Iterator[VersionRow]:
    for row in units:
        first, last = row["valid_from"], row["valid_to"]
        key = keys.on(row["level"], row["code"], first)
        parent = keys.on(_parent_level(row), row["parent"], first) if row["parent"] else NATION_KEY
        if key is None or parent is None:
            raise ValueError(
                f"{row['name']} ({row['code']}): {row['parent']} is not known on {first or 'the first day'}"
            )
        end = date.fromisoformat(last) + timedelta(days=1) if last else None
        yield VersionRow(
            key, row["level"], row["code"], row["name"], row["kind"], parent,
            date.fromisoformat(first) if first else None, end, row["decree"],
        )  # fmt: skip


def _parent_level(row: Row) -> str:
    return "district" if row["level"] == "commune" and len(row["parent"]) == 3 else "province"


def _successions(edges: Iterable[Row], keys: _Keys) -> Iterator[SuccessionRow]:
    for edge in edges:
        day = edge["day"]
        old = keys.on(edge["level"], edge["old"], _day_before(day))
        new = keys.on(edge["new_level"], edge["new"], day)
        if old is None or new is None:
            raise ValueError(f"{edge['old']} → {edge['new']}: unknown on {day}")
        if old != new:
            whole, default = edge["whole"] == "1", edge["default"] == "1"
            yield SuccessionRow(old, new, date.fromisoformat(day), edge["kind"], whole, default, edge["decree"])


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
