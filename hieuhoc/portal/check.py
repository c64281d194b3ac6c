"""The public check of a certificate: by the code in the address or typed, and offline by its signature.

A code that is known and one that is not get their answer after the same time and on the same page; who asks in vain
too often waits. What stands behind the # of a QR never reaches the server: the page checks it in the browser.
"""

from __future__ import annotations

import time
from functools import lru_cache

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hieuhoc.recognition import queries, rules, signing, throttle
from hieuhoc.registry.models import Model

ANSWER_AFTER = 0.12  # seconds: longer than any answer takes by itself


@never_cache
@require_safe
def check(request: HttpRequest, code: str = "") -> HttpResponse:
    """Show what the certificate with this code says; without a code the place to type one."""
    typed = request.GET.get("ma", "").strip()
    if typed and not code:
        return _to_own_address(request, typed)
    context = {"keys": published(), "code": code}
    if not code:
        return render(request, "portal/check.html", context)
    start, address = time.monotonic(), request.META.get("REMOTE_ADDR", "")
    if not throttle.allowed(address):
        return render(request, "portal/check.html", context | {"wait": throttle.WINDOW // 60}, status=429)
    answer = queries.check(code)
    if not answer.found:
        throttle.missed(address)
    time.sleep(max(0.0, ANSWER_AFTER - (time.monotonic() - start)))
    return render(request, "portal/check.html", context | {"answer": answer})


def _to_own_address(request: HttpRequest, typed: str) -> HttpResponse:
    """A code that can be one gets its own address; another is told at once, without asking the register."""
    code = rules.read_code(typed.partition("#")[0].rstrip("/").rpartition("/")[2])
    if code:
        return redirect("portal:check_code", code)
    return render(request, "portal/check.html", {"keys": published(), "typed": typed, "code": "", "mistyped": True})


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys by number, for programs that check statements by themselves."""
    return JsonResponse({"algorithm": "Ed25519", "keys": {str(n): key for n, key in signing.public_keys().items()}})


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """One file with everything in it, to be kept on a telephone and used where there is no network."""
    context = {
        "keys": published(),
        "script": mark_safe(_script()),
        "address": request.build_absolute_uri(reverse("portal:check")),
    }
    page = render_to_string("portal/check_offline.html", context)
    answer = HttpResponse(page, content_type="text/html; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="kiem-tra-giay-cong-nhan.html"'
    return answer


def published() -> dict:
    """What the browser needs to check a statement: the keys, and the titles in words."""
    titles = {model.value: str(model.label) for model in Model}
    return {"keys": {str(number): key for number, key in signing.public_keys().items()}, "titles": titles}


@lru_cache(maxsize=1)
def _script() -> str:
    found = finders.find("portal/check.js")
    with open(found, encoding="utf-8") as script:
        return script.read()
