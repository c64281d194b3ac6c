"""Headings a place has corrected: recalled at the next check, so that a correction is made once."""

from collections.abc import Mapping

from hieuhoc.sheets.models import ColumnMemory


def recall(place_id: int, kind: str) -> dict[str, str]:
    """The mapping to give `engine.check`: heading words to column key, "" for columns left out."""
    found = ColumnMemory.objects.filter(place_id=place_id, kind=kind)
    return dict(found.values_list("header_key", "key"))


def remember(place_id: int, kind: str, corrections: Mapping[str, str]) -> None:
    """Keep corrected headings (`header_key` to column key) of a place in one statement; the last word counts."""
    rows = [
        ColumnMemory(place_id=place_id, kind=kind, header_key=heading[:200], key=key)
        for heading, key in corrections.items()
        if heading
    ]
    ColumnMemory.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["place", "kind", "header_key"], update_fields=["key"]
    )
