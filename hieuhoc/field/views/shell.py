"""The shell of the phone's page: the page, its service worker, its manifest. The same for everybody, without data.

The version is the hash of the page and of the names of its parts, which carry hashes: what changes, changes it.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

MODULES = (
    "app", "box", "boxpage", "desk", "dom", "door", "exact", "fields", "forms", "ids", "list", "lock", "overlay",
    "photo", "score", "send", "store", "subject", "words",
)  # fmt: skip
PICTURES = ("icon-192.png",)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The page that opens without a network after one visit; it asks for data by itself."""
    return _told(_page(), "text/html")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; ``?don=1`` without imports, for browsers whose workers know none."""
    files = [*_modules(), static("field/field.css"), *(static(f"field/{name}") for name in PICTURES)]
    files.append(reverse("field:manifest"))
    told = {
        "page": reverse("field:page"),
        "files": json.dumps(files),
        "send": static("field/send.js"),
        "static": settings.STATIC_URL,
        "version": hashlib.sha256(json.dumps([_page(), _manifest(), files]).encode()).hexdigest()[:12],
        "modules": "don" not in request.GET,
    }
    return _told(render_to_string("field/sw.js", told), "text/javascript")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to install the page."""
    return _told(_manifest(), "application/manifest+json")


def _page() -> str:
    return render_to_string("field/page.html", {"modules": _modules(), "demo": settings.DEMO, **_addresses()})


def _manifest() -> str:
    return render_to_string("field/manifest.webmanifest", _addresses())


def _modules() -> list[str]:
    return [static(f"field/{name}.js") for name in MODULES]


def _addresses() -> dict[str, Any]:
    names = {"base": "field:page", "worker": "field:worker", "manifest": "field:manifest"}
    names |= {"login": "account_login", "logout": "account_logout"}
    return {key: reverse(name) for key, name in names.items()}


def _told(text: str, kind: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
