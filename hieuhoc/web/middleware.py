"""Errors as plain pages: what happened, what is kept, what to do. Requests for JSON and htmx get a problem.

A view raises ``Http404``, ``PermissionDenied`` (its message is shown) or anything else; nobody ever sees a
stack trace or an English sentence.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse

from hieuhoc.web import errors, htmx

log = logging.getLogger("hieuhoc.web")


class PlainErrors:
    """Turn an exception of a view into a page a person understands."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and request.resolver_match is None and not settings.DEBUG:
            response = errors.not_found(request)  # no view was found, so no view raised it
        return htmx.manners(request, response)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer the exceptions that mean something; the rest is logged and answered in plain words."""
        if isinstance(exception, Http404):
            return errors.not_found(request, exception)
        if isinstance(exception, PermissionDenied):
            return errors.forbidden(request, exception)
        if isinstance(exception, SuspiciousOperation):
            return errors.bad_request(request, exception)
        got_request_exception.send(sender=type(self), request=request)
        if settings.DEBUG:
            return None
        log.error("%s %s", request.method, request.path, exc_info=exception)
        return errors.broken(request)
