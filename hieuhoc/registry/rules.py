"""What makes two rows of rosters one subject, and what a subject keeps of a row. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from hieuhoc.common.text import fold
from hieuhoc.registry.keys import keys_of
from hieuhoc.registry.models import Model

KINDS: dict[str, str] = {
    "households": Model.FAMILY,
    "clans": Model.CLAN,
    "communities": Model.COMMUNITY,
    "organisations": Model.ORGANISATION,
    "citizens": Model.CITIZEN,
}
NAME_COLUMN = {"households": "head_name", "communities": "village"}
OWN_COLUMNS = frozenset({"village", "phone", "cccd", "registered"})


def clan_key(name: str) -> str:
    """What a clan is found by: its name without marks and without the word for clan."""
    return fold(name).removeprefix("dong ho ")


# A group that a row names gets a key beside it, so that memberships are found by a join.
GROUP_KEYS: dict[str, tuple[str, Callable[[str], str]]] = {
    "organisation_key": ("organisation", fold),
    "clan_key": ("clan", clan_key),
}


def natural_key(model: str, place_id: int, name: str, code: str, birth: str) -> str:
    """Return the key under which a subject is the same in every roster.

    A household is its village, head and (where given) household code, since two households of one name
    are not a duplicate; a citizen its village, name and date or year of birth; the others place and name.
    """
    return natural_keys(model, [place_id], [name], [code], [birth])[0]


def natural_keys(
    model: str, places: Iterable[int], names: Iterable[str], codes: Sequence[str], births: Sequence[str]
) -> list[str]:
    """Return the natural keys of many subjects of one model."""
    same = (keys_of(name)[2] for name in names)
    if model not in (Model.FAMILY, Model.CITIZEN):
        return [f"{place}|{key}" for place, key in zip(places, same, strict=True)]
    own = codes if model == Model.FAMILY else births
    return [f"{place}|{key}|{one}" for place, key, one in zip(places, same, own, strict=True)]


def is_detail(key: str, name_column: str = "") -> bool:
    """Say whether a column of a roster is kept among the details."""
    return key != name_column and key not in OWN_COLUMNS and key[0] != "_"


def details_of(record: Mapping[str, Any], name_column: str = "") -> dict[str, Any]:
    """Return what is kept of a row beside name, place and phone; what was not said is not kept."""
    kept = {key: value for key, value in record.items() if value is not None and is_detail(key, name_column)}
    for key, (named, convert) in GROUP_KEYS.items():
        if kept.get(named):
            kept[key] = convert(kept[named])
    return kept
