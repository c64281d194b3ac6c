"""Holding units while an act is worked out and written."""

from collections.abc import Iterable

from hieuhoc.places.models import Unit, UnitVersion


def lock(unit_ids: Iterable[int]) -> None:
    """Hold the units and their parents in order of id: acts on one place follow each other."""
    wanted = set(unit_ids)
    held = UnitVersion.objects.filter(unit_id__in=wanted, parent__isnull=False, valid__endswith__isnull=True)
    wanted |= set(held.values_list("parent_id", flat=True))
    list(Unit.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values_list("pk"))
