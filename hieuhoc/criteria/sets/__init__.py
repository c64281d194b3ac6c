"""Criteria sets that ship with the product: one YAML file per version, read without a database.

`load("cdht-324")` gives the newest shipped version, `load(code, version)` that one, `all_sets()` all of them.
An unknown code or version raises UnknownSet. What a file may hold is in `hieuhoc.scoring`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hieuhoc.scoring import Criteria

_FOLDER = Path(__file__).parent


class UnknownSet(LookupError):
    """No shipped set has this code or version."""


def load(code: str, version: str | None = None) -> Criteria:
    """The shipped version of a set, the newest where none is named."""
    versions = _by_code().get(code)
    if not versions:
        raise UnknownSet(f"Không có bộ tiêu chí “{code}”. Có: {', '.join(sorted(_by_code()))}.")
    if version is None:
        return _read(versions[max(versions)])
    if version not in versions:
        raise UnknownSet(f"Bộ tiêu chí {code} không có bản “{version}”. Có: {', '.join(sorted(versions))}.")
    return _read(versions[version])


def all_sets() -> tuple[Criteria, ...]:
    """Every shipped version, in order of code and version."""
    paths = [path for versions in _by_code().values() for path in versions.values()]
    return tuple(_read(path) for path in sorted(paths))


@cache
def _by_code() -> dict[str, dict[str, Path]]:
    """Files by code and version, as their names say: `CODE.VERSION.yaml`."""
    found: dict[str, dict[str, Path]] = {}
    for path in _FOLDER.glob("*.yaml"):
        code, version, _ = path.name.rsplit(".", 2)
        found.setdefault(code, {})[version] = path
    return found


@cache
def _read(path: Path) -> Criteria:
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Criteria.from_dict(data)
