"""What the phone's script asks for: a pull, receipts for envelopes, pieces of photos. JSON in and out (PROTOCOL.md).

The header ``X-Hieuhoc-Field`` stands for the token of a form: no page of another site can send it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hieuhoc.common.ids import uuid_of
from hieuhoc.common.numbers import whole
from hieuhoc.field import actions, doing, photos, queries
from hieuhoc.field.access import only_records
from hieuhoc.field.models import Photo

VERSION = 1
MOST_ENVELOPES = 200
PHONE_STAYS = timedelta(days=14)
MOST_BYTES = 1024 * 1024
View = Callable[..., HttpResponse]


def answer(status: int = 200, **told: Any) -> JsonResponse:
    """An answer of this server, known by its version."""
    response = JsonResponse({"v": VERSION} | told, status=status)
    response["Cache-Control"] = "no-store"
    return response


def by_script(view: View) -> View:
    """Let in what the phone's own script sends, by a person who is signed in."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        if request.headers.get("X-Hieuhoc-Field") != "1":
            return answer(400, code="unreadable", message="Địa chỉ này chỉ dành cho trang thực địa.")
        if not request.user.is_authenticated:
            return answer(401, code="sign_in", message="Cần đăng nhập lại.", at=reverse("account_login"))
        named = request.headers.get("X-Hieuhoc-Person")
        if named and named != str(request.user.pk):
            person = {"id": request.user.pk, "name": request.user.full_name}
            return answer(409, code="other_person", message="Đang đăng nhập là người khác.", person=person)
        return view(request, *args, **more)

    return guarded


def stay_signed_in(request: HttpRequest) -> None:
    """Keep a village's phone signed in for a fortnight after each pull: in the hills there is nobody to sign in to."""
    short = request.session.get_expiry_age() < (PHONE_STAYS - timedelta(days=1)).total_seconds()
    if (short or request.session.get_expire_at_browser_close()) and only_records(request.user):
        request.session.set_expiry(int(PHONE_STAYS.total_seconds()))


@gzip_page
@by_script
@require_safe
def pull(request: HttpRequest) -> HttpResponse:
    """One village's households, dossiers and criteria; with ``since`` what changed."""
    places = queries.places_of(request.user)
    place = whole(request.GET.get("place"), next(iter(places), None))
    if place is None or place not in places:
        return answer(403, code="no_post", message="Tài khoản này hiện không có chức trách ghi ở thôn nào.")
    stay_signed_in(request)
    return answer(**queries.pull(request.user, place, request.GET.get("since", ""), places))


@by_script
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Envelopes in, a receipt for each out."""
    body = _body(request)
    if body is None or not isinstance(body.get("envelopes"), list):
        return answer(400, code="unreadable", message="Gói gửi lên không đọc được; mọi việc vẫn còn trong máy.")
    if body.get("v") != VERSION:
        return answer(409, code="upgrade", message="Trang này đã cũ: mở lại khi có mạng. Mọi việc vẫn còn trong máy.")
    envelopes = body["envelopes"]
    if len(envelopes) > MOST_ENVELOPES or not all(isinstance(one, dict) for one in envelopes):
        return answer(400, code="unreadable", message=f"Mỗi lần gửi tối đa {MOST_ENVELOPES} việc.")
    receipts = actions.receive(envelopes, by=request.user, box=uuid_of(body.get("box")))
    return answer(receipts=[one.as_json() for one in receipts])


def _body(request: HttpRequest) -> dict[str, Any] | None:
    if len(request.body) > MOST_BYTES:
        return None
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


@by_script
@require_http_methods(["GET", "HEAD", "PUT"])
def photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """How much of a photo is here; or its next piece."""
    if request.method != "PUT":
        return _arrived(photos.have(photo_id, request.user))
    asked = request.GET
    numbers = [asked.get(name, "") for name in ("from", "size")]
    if not all(one.isascii() and one.isdigit() and len(one) < 10 for one in numbers):
        return answer(400, code="unreadable", message="Thiếu vị trí hoặc kích thước của ảnh.")
    if len(request.body) > photos.PIECE:
        return answer(400, code="unreadable", message="Mảnh ảnh quá lớn.")
    start, size = map(int, numbers)
    try:
        found = photos.take(
            photo_id, request.body, start=start, size=size, sha256=asked.get("sha256", ""), by=request.user
        )
    except photos.NotHere as no:
        return answer(409, code="offset", have=no.have)
    except photos.Refused as no:
        return answer(422, code="photo_refused", message=str(no))
    return _arrived(found)


def _arrived(found: Photo | None) -> HttpResponse:
    """How far the photo has come; what waits for a whole one is tried, whoever was told so before a kill."""
    if found is None:
        return answer(have=0, done=False)
    done = bool(found.file_id or found.refused)
    if done:
        doing.wake({found.pk})
    return answer(have=found.have, done=done, refused=found.refused)
