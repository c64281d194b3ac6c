"""What every page's frame shows: the menu by rights, the post worked under, the demonstration notice.

The frame is lazy: a fragment answered to htmx that draws no menu asks the database nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import localdate

from hieuhoc.web import menu
from hieuhoc.web.posts import Standing, standing


@dataclass(frozen=True)
class Frame:
    """The frame of one page."""

    standing: Standing
    menu: list[menu.Item] = field(default_factory=list)


def frame(request: HttpRequest) -> dict[str, object]:
    """Give templates ``frame``, ``demo``, ``today`` and ``product``; see ``Frame`` and ``Standing``."""
    return {
        "frame": SimpleLazyObject(lambda: frame_of(request)),
        "demo": settings.DEMO,
        "today": localdate(),
        "product": "Hiếu Học",
    }


def frame_of(request: HttpRequest) -> Frame:
    """Return the frame of this request, built once."""
    cached = getattr(request, "hieuhoc_frame", None)
    if cached is None:
        here = standing(request)
        cached = Frame(here, menu.items(here, request.path))
        request.hieuhoc_frame = cached  # type: ignore[attr-defined]
    return cached
