"""The only way a page gets an import: by the reader's reach; out of reach looks absent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from hieuhoc.accounts.access import can
from hieuhoc.sheets.models import Import


def import_for(user: Any, pk: UUID) -> Import:
    """The import of a commune where the reader may bring files in; else 404."""
    found = Import.objects.select_related("file", "created_by").filter(pk=pk).first()
    if found is None or not can(user, "sheet.import", found.place_id or 0):
        raise Http404
    return found


def imports_of(commune_id: int) -> QuerySet[Import]:
    """The files of a commune, the latest first."""
    return Import.objects.filter(place_id=commune_id).select_related("file", "created_by").order_by("-created_at")


def same_file(commune_id: int, digest: str, year: int | None, kind: str = "") -> Import | None:
    """The last time these bytes were brought in for the commune and year, as this kind where one is asked for."""
    found = imports_of(commune_id).filter(file__sha256=digest, year=year)
    return (found.filter(kind=kind) if kind else found).first()
