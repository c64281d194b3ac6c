"""The only way a page gets the place figures are shown of, or a figure; out of reach looks absent.

Figures are counts, without a name: whoever reads figures at a place, above it or inside it sees its own; a unit that
has ended is seen from its heirs. Writing needs "figures.write" at the place itself.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.timezone import localdate

from hieuhoc.accounts.access import can, require_somewhere, see
from hieuhoc.common.numbers import whole
from hieuhoc.figures.models import Figure
from hieuhoc.figures.seats import seat
from hieuhoc.places import tree
from hieuhoc.places.models import Unit
from hieuhoc.plans import access as plans

READ, WRITE = "figures.read", "figures.write"


def place_for(request: HttpRequest) -> int:
    """The place asked for (``noi``), else that of the post worked under; one that has ended too."""
    asked = request.GET.get("noi") or request.POST.get("noi") or ""
    if not asked:
        return plans.place_for(request)
    require_somewhere(request.user, READ)
    place = whole(asked)
    if place is None or not Unit.objects.filter(pk=place).exists() or not _near(request.user, place):
        raise Http404
    return place


def _near(user: Any, place_id: int) -> bool:
    today = localdate()
    if tree.exists_on(place_id, today):
        return plans.near(user, place_id)
    return can(user, READ, seat(place_id)) or any(plans.near(user, one.unit_id) for one in tree.heirs(place_id, today))


def place_to_write(request: HttpRequest) -> int:
    """The place a figure is typed in for; 404 where the reader may not."""
    asked = request.GET.get("noi") or request.POST.get("noi") or ""
    place = whole(asked) if asked else plans.place_for(request)
    if place is None:
        raise Http404
    see(request.user, WRITE, seat(place))
    return place


def figure_for(user: Any, figure_id: int, right: str = READ) -> Figure:
    """A figure to read, or to act on."""
    figure = Figure.objects.select_related("recorded_by", "file", "corrects").filter(pk=figure_id).first()
    if figure is None:
        raise Http404
    if right == WRITE:
        see(user, WRITE, seat(figure.place_id))
    elif not _near(user, figure.place_id):
        raise Http404
    return figure


def may_open(user: Any, figure: Figure) -> bool:
    """Whether the reader may open the evidence, which may name people: a post at the place or above it."""
    return can(user, READ, seat(figure.place_id))


def may_write(user: Any, place_id: int, level: str = "") -> bool:
    """Whether the reader may type in figures of the place; one whose level is known today answers for itself."""
    return can(user, WRITE, place_id if level else seat(place_id))
