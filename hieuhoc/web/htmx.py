"""Manners towards htmx 4: a redirect moves the whole page, messages travel in the answer (docs/decisions/htmx-4.md).

``fetch`` follows a redirect by itself, so without this a sign-in page would be swapped into a list.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

REDIRECTS = (301, 302, 303, 307, 308)


def asked(request: HttpRequest) -> bool:
    """Say whether htmx asked."""
    return request.headers.get("HX-Request") == "true"


def manners(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Make an answer fit for htmx; an answer to anything else is left alone."""
    if not asked(request):
        return response
    if response.status_code in REDIRECTS:
        moved = HttpResponse(status=204)
        moved["HX-Redirect"] = _destination(request, response["Location"])
        return moved
    if response.status_code < 400 and "HX-Redirect" not in response:
        _carry_messages(request, response)
    return response


def _destination(request: HttpRequest, location: str) -> str:
    """Where to go; after signing in again the person returns to the page, not to the fragment it asked for."""
    if urlsplit(location).path != resolve_url(settings.LOGIN_URL):
        return location
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = f"{page.path}?{page.query}" if page.query else page.path
    if not back.startswith("/") or back.startswith("//"):
        return location
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"


def _carry_messages(request: HttpRequest, response: HttpResponse) -> None:
    """Put the waiting messages into the answer as one event, which the frame shows as toasts."""
    toasts = [
        {"text": str(message), "undo": undo_of(message.extra_tags), "bad": message.level_tag == "error"}
        for message in get_messages(request)
    ]
    if not toasts:
        return
    events = _events(response.get("HX-Trigger", ""))
    events["toast"] = {"target": "body", "all": toasts}
    response["HX-Trigger"] = json.dumps(events)


def _events(header: str) -> dict[str, object]:
    """The events a view already set, as JSON or as names."""
    if header.startswith("{"):
        return json.loads(header)
    return {name.strip(): {} for name in header.split(",") if name.strip()}


def undo_of(tags: str | None) -> str:
    """The address behind ``extra_tags="undo:/…"``, or ""."""
    return tags.removeprefix("undo:") if tags and tags.startswith("undo:") else ""
