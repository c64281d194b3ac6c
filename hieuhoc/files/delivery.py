"""Files on their way out: what is saved under a name and kept by nothing in between; evidence, which is looked at."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpResponse

from hieuhoc.files import store
from hieuhoc.files.models import StoredFile
from hieuhoc.files.store import TYPES


def attachment(data: bytes, name: str) -> HttpResponse:
    """A file to be saved under its Vietnamese or plain name; its ending tells its kind."""
    kind = TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def shown(stored: StoredFile) -> HttpResponse:
    """A piece of evidence: a photo is shown, anything else is saved; nothing in it can run or call out. 404 if lost."""
    try:
        data = store.read(stored)
    except FileNotFoundError:
        raise Http404 from None
    answer = HttpResponse(data, content_type=TYPES.get(stored.kind, "application/octet-stream"))
    way = "inline" if stored.kind == "jpeg" else "attachment"
    answer["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(stored.name)}"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
