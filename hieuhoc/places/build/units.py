"""Dated versions of provinces, districts and communes from the two packages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hieuhoc.common.text import nfc
from hieuhoc.places.build.wheels import Sources

TWO_WORD_KINDS = ("thị", "thành", "đặc")
DECREE = re.compile(r"Số: *([^;]+);")


@dataclass(frozen=True, order=True)
class Version:
    """One row of units.csv; an empty first day is unknown, an empty last day is still in force."""

    level: str
    code: str
    valid_from: str
    name: str
    kind: str
    parent: str
    valid_to: str
    decree: str


def versions(sources: Sources, facts: dict[str, Any]) -> list[Version]:
    """All versions, ordered by level, code and first day; a unit named in many rows is written once."""
    last_day = day_before(facts["reform"]["day"])
    return sorted({*_before(sources, last_day), *_after(sources, facts)})


def day_before(day: str) -> str:
    """The ISO day before an ISO day."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def version(level: str, code: str, name: str, parent: str, days: tuple[str, str], decree: str = "") -> Version:
    """Build a version; the kind is the first word of the name, or two ("thị trấn", "đặc khu")."""
    name = nfc(name)
    words = name.lower().split()
    kind = " ".join(words[: 2 if words[0] in TWO_WORD_KINDS else 1])
    return Version(level, code, days[0], name, kind, parent, days[1], decree)


def _before(sources: Sources, last_day: str) -> Iterator[Version]:
    days = ("", last_day)
    for row in sources.before:
        province, district = row["provinceCode"].zfill(2), (row["districtCode"] or "").zfill(3)
        yield version("province", province, row["province"], "", days)
        if row["districtCode"]:
            yield version("district", district, row["district"], province, days)
        if row["wardCode"]:
            yield version("commune", row["wardCode"].zfill(5), row["ward"], district, days)


def _after(sources: Sources, facts: dict[str, Any]) -> Iterator[Version]:
    reform = facts["reform"]
    changes = {(one["level"], one["code"]): one for one in facts["changes"]}
    for code, row in sources.provinces.items():
        decree = row["note"].split(" - ")[0] or reform["resolution"]
        now = version("province", code, row["name_with_type"], "", (reform["day"], ""), decree)
        yield from _with_change(now, changes.get(("province", code)), reform["resolution"])
    for code, row in sources.communes.items():
        found = DECREE.search(row["note"] or "")
        days = (reform["day"], "")
        now = version("commune", code, row["name_with_type"], row["parent_code"], days, found[1] if found else "")
        yield from _with_change(now, changes.get(("commune", code)), "")


def _with_change(now: Version, change: dict[str, str] | None, first_decree: str) -> Iterator[Version]:
    """The catalogue has only the latest note, so what stood before a change keeps the reform's decree."""
    if change is None:
        yield now
        return
    days = (now.valid_from, day_before(change["day"]))
    yield version(now.level, now.code, change["was"], now.parent, days, first_decree)
    yield version(now.level, now.code, now.name, now.parent, (change["day"], ""), change["resolution"])
