"""Edges from the units of 30/6/2025 to those of 1/7/2025: which became which, whole or in part."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from hieuhoc.places.build.units import Version
from hieuhoc.places.build.wheels import Sources, Unusable

Pair = tuple[str, str]
Node = tuple[str, str]


@dataclass(frozen=True, order=True)
class Edge:
    """One row of lineage.csv."""

    level: str
    old: str
    new_level: str
    new: str
    day: str
    kind: str
    whole: int
    default: int
    decree: str


def edges(sources: Sources, facts: dict[str, Any], rows: list[Version]) -> list[Edge]:
    """All edges, of communes (with the island districts that became communes) and of provinces."""
    pairs = _corrected(sources, facts)
    preferred = {("commune", old): ("commune", new) for old, new in _defaults(sources).items()}
    decrees = {(row.level, row.code): row.decree for row in rows if row.valid_from == facts["reform"]["day"]}
    return sorted(_judged(pairs, preferred, decrees, facts["reform"]["day"]))


def _corrected(sources: Sources, facts: dict[str, Any]) -> set[tuple[Node, Node]]:
    """Pairs of nodes after the corrections; a correction that no longer bites is an error of ours."""
    pairs = set(_converter_pairs(sources))
    wrong = {(old, new) for old, new, _ in facts["lineage_wrong"]}
    lacking = {(old, new) for old, new, _ in facts["lineage_lacking"]}
    if not wrong <= pairs or lacking & pairs:
        raise Unusable("a correction of the lineage no longer applies: compare facts.json with the packages")
    nodes = {(_node(old), ("commune", new)) for old, new in (pairs - wrong) | lacking}
    for province in facts["provinces"]:
        nodes |= {(("province", old), ("province", province["code"])) for old in province["from"]}
    return nodes


def _node(key: str) -> Node:
    return ("district", key[1:]) if key.startswith("D") else ("commune", key)


def _old_keys(sources: Sources) -> dict[str, str]:
    """The converter's keys of old units; a district without communes stands for itself, as D and its code."""
    keys = {}
    for row in sources.before:
        code = row["wardCode"].zfill(5) if row["wardCode"] else "D" + (row["districtCode"] or "").zfill(3)
        keys[f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"] = code
    return keys


def _new_keys(sources: Sources) -> dict[Pair, str]:
    return {(row["provinceKey"], row["wardKey"]): row["wardCode"].zfill(5) for row in sources.after}


def _converter_pairs(sources: Sources) -> Iterator[Pair]:
    old, new = _old_keys(sources), _new_keys(sources)
    for province, wards in sources.converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, keys in wards.items():
            yield from ((old[key], new[province, ward]) for key in keys)
    for province, divided in sources.converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in divided.items():
            yield from ((old[key], new[province, part["newWardKey"]]) for part in parts)


def _defaults(sources: Sources) -> dict[str, str]:
    """For a divided unit, the part that takes an address of which nothing more is known."""
    old, new = _old_keys(sources), _new_keys(sources)
    return {
        old[key]: new[province, part["newWardKey"]]
        for province, divided in sources.converter["DICT_PROVINCE_WARD_DIVIDED"].items()
        for key, parts in divided.items()
        for part in parts
        if part["isDefaultNewWard"]
    }


def _judged(
    pairs: Iterable[tuple[Node, Node]], preferred: dict[Node, Node], decrees: dict[Node, str], day: str
) -> Iterator[Edge]:
    pairs = sorted(pairs)
    parts, sources_of = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
    targets: dict[Node, list[Node]] = defaultdict(list)
    for old, new in pairs:
        targets[old].append(new)
    for old, new in pairs:
        whole = parts[old] == 1
        kind = "split" if not whole else "merge" if sources_of[new] > 1 else "continue"
        chosen = preferred.get(old)
        default = new == (chosen if chosen in targets[old] else targets[old][0])
        yield Edge(*old, *new, day, kind, int(whole), int(default), decrees.get(new, ""))
