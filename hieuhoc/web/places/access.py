"""The gate of the places' pages: anybody signed in reads the catalogue; acts need a right at the place.

Villages are kept by their commune ("places.villages"), everything above by who has "places.edit" there.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.http import Http404

from hieuhoc.accounts.access import can, require_everywhere, see
from hieuhoc.places.models import Level, Unit


def right_for(level: str) -> str:
    """The right an act on a unit of this level needs."""
    return "places.villages" if level == Level.VILLAGE else "places.edit"


def unit(pk: int) -> Unit:
    """The unit, for whoever is signed in; 404 when there is none."""
    found = Unit.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def unit_to_change(user: Any, pk: int) -> Unit:
    """The unit, if the person may act on it; else it looks absent."""
    found = unit(pk)
    see(user, right_for(found.level), pk)
    return found


def commune_to_change(user: Any, pk: int) -> Unit:
    """The commune whose villages the person keeps; else it looks absent."""
    found = unit(pk)
    if found.level != Level.COMMUNE:
        raise Http404
    see(user, "places.villages", pk)
    return found


def parent_to_change(user: Any, pk: int) -> Unit:
    """A unit whose children the person may merge; else it looks absent."""
    found = unit(pk)
    see(user, "places.villages" if found.level == Level.COMMUNE else "places.edit", pk)
    return found


def require_all(user: Any, level: str, unit_ids: Collection[int]) -> None:
    """Refuse unless the person may act on every one of the units."""
    require_everywhere(user, right_for(level), unit_ids)


def may(user: Any, unit: Unit, on: date | None = None) -> bool:
    """Whether the buttons of acts are drawn for this person."""
    return can(user, right_for(unit.level), unit.pk, on)
