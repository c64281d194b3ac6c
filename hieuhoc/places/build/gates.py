"""Gates of the build: a catalogue that disagrees with the published counts is not written."""

from collections import Counter, defaultdict
from typing import Any

from hieuhoc.places.build.lineage import Edge
from hieuhoc.places.build.units import Version, day_before


class Disagrees(Exception):
    """The result contradicts what is known; the message says where."""


def check(rows: list[Version], edges: list[Edge], facts: dict[str, Any]) -> None:
    """Raise `Disagrees` unless counts, parents and lineage are as known."""
    for known in facts["counts"]:
        _counts(known, on_day(rows, known["day"]))
    _parents(rows)
    _no_overlap(rows)
    _everyone_has_kin(rows, edges, facts["reform"]["day"])
    _one_default(edges)
    _named_edges(edges, facts["lineage_checks"])
    _provinces_follow(rows, edges, facts["reform"]["day"])


def on_day(rows: list[Version], day: str) -> list[Version]:
    """The versions in force on an ISO day."""
    return [row for row in rows if row.valid_from <= day <= (row.valid_to or "9")]


def _same(what: str, found: Any, known: Any) -> None:
    if found != known:
        raise Disagrees(f"{what}: found {found}, known {known}")


def _counts(known: dict[str, Any], rows: list[Version]) -> None:
    day = known["day"]
    _same(f"levels on {day}", dict(Counter(row.level for row in rows)), known["levels"])
    if known["kinds"]:
        kinds = dict(Counter(row.kind for row in rows if row.level == "commune"))
        _same(f"kinds of communes on {day}", kinds, known["kinds"])
    if "cities" in known:
        cities = sum(row.level == "province" and row.kind == "thành phố" for row in rows)
        _same(f"cities on {day}", cities, known["cities"])


def _parents(rows: list[Version]) -> None:
    """Each parent exists on the first day of its child: a district before the reform, a province after."""
    for first in {row.valid_from for row in rows}:
        here = on_day(rows, first)
        known = {(row.level, row.code) for row in here}
        upper = "province" if any(row.valid_from for row in here) else "district"
        for row in here:
            level = upper if row.level == "commune" else "province"
            if row.level != "province" and (level, row.parent) not in known:
                raise Disagrees(f"{row.name} ({row.code}) stands under {row.parent}, which is unknown on {first}")


def _no_overlap(rows: list[Version]) -> None:
    last: dict[tuple[str, str], str] = {}
    for row in sorted(rows):
        before = last.get((row.level, row.code))
        if before is not None and row.valid_from and (before or "9") >= row.valid_from:
            raise Disagrees(f"{row.level} {row.code}: two versions on {row.valid_from}")
        last[row.level, row.code] = row.valid_to


def _everyone_has_kin(rows: list[Version], edges: list[Edge], day: str) -> None:
    """Every commune and province before has a successor, every one after has an origin."""
    levels = {"commune", "province"}
    before = {(row.level, row.code) for row in on_day(rows, day_before(day)) if row.level in levels}
    after = {(row.level, row.code) for row in on_day(rows, day) if row.level in levels}
    _same("old units with a successor", {(e.level, e.old) for e in edges if e.level in levels} ^ before, set())
    _same("new units with an origin", {(e.new_level, e.new) for e in edges} ^ after, set())


def _one_default(edges: list[Edge]) -> None:
    parts = Counter((edge.level, edge.old) for edge in edges)
    torn = {edge.old for edge in edges if edge.whole != (parts[edge.level, edge.old] == 1)}
    _same("units said to pass whole and in part", torn, set())
    defaults = Counter((edge.level, edge.old) for edge in edges if edge.default)
    _same("units with one default successor", set(defaults.values()), {1})
    _same("units with a default successor", set(defaults), {(edge.level, edge.old) for edge in edges})


def _named_edges(edges: list[Edge], checks: list[dict[str, Any]]) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if edge.level != "province":
            found["D" + edge.old if edge.level == "district" else edge.old].append(edge.new)
    for one in checks:
        _same(one["what"], sorted(found[one["old"]]), sorted(one["new"]))


def _provinces_follow(rows: list[Version], edges: list[Edge], day: str) -> None:
    """The successions of provinces must be those their communes went through."""
    old = {(row.level, row.code): row.parent for row in on_day(rows, day_before(day))}
    new = {row.code: row.parent for row in on_day(rows, day) if row.level == "commune"}
    by_communes = set()
    for edge in edges:
        if edge.level != "province":
            district = edge.old if edge.level == "district" else old["commune", edge.old]
            by_communes.add((old["district", district], new[edge.new]))
    _same("provinces", {(e.old, e.new) for e in edges if e.level == "province"} ^ by_communes, set())
