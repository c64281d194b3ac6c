"""A box brought as a file: the last resort where a phone never finds a network. The officer answers for it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from hieuhoc.accounts.access import reach
from hieuhoc.accounts.models import Post, User
from hieuhoc.common.ids import uuid_of
from hieuhoc.field import actions, photos

MOST = 60 * 1024 * 1024
AT_ONCE = 200


class Refused(ValueError):
    """The file is no box; the message is the sentence to show."""


@dataclass(frozen=True)
class Taken:
    """What a file brought: how many envelopes ended how, and how many photos came with them."""

    person: User
    outcomes: dict[str, int]
    photos: int
    problems: tuple[str, ...]


def take(data: bytes, *, by: User) -> Taken:
    """Take a box in from its file; what came by the network before is a duplicate. Safe to do again."""
    box = _read(data)
    person = _person(box, by)
    problems = []
    came = 0
    for photo_id, one in (box.get("photos") or {}).items():
        problem = _photo(photo_id, one, person)
        came += not problem
        problems += [problem] if problem else []
    counts: Counter[str] = Counter()
    envelopes = [one for one in box["envelopes"] if isinstance(one, dict)]
    for start in range(0, len(envelopes), AT_ONCE):
        some = envelopes[start : start + AT_ONCE]
        for receipt in actions.receive(some, by=person, box=uuid_of(box.get("box")), brought_by=by):
            counts[receipt.outcome] += 1
    return Taken(person, dict(counts), came, tuple(problems))


def _read(data: bytes) -> dict[str, Any]:
    if len(data) > MOST:
        raise Refused(f"Tệp lớn hơn {MOST // 1024 // 1024} MB.")
    try:
        box = json.loads(data)
    except (ValueError, RecursionError):
        raise Refused("Tệp không đọc được; cần đúng tệp «hop-thuc-dia» lưu từ trang thực địa.") from None
    if not isinstance(box, dict) or box.get("file") != "hieuhoc-hop" or not isinstance(box.get("envelopes"), list):
        raise Refused("Đây không phải tệp lưu từ trang thực địa.")
    if not isinstance(box.get("photos") or {}, dict):
        raise Refused("Phần ảnh của tệp không đọc được.")
    if box.get("v") != 1:
        raise Refused("Tệp do bản mới hơn tạo ra; cập nhật phần mềm rồi nhận lại.")
    return box


def _person(box: dict[str, Any], by: User) -> User:
    named = box.get("person")
    pk = named.get("id") if isinstance(named, dict) else None
    found = User.objects.filter(pk=pk).first() if isinstance(pk, int) and not isinstance(pk, bool) else None
    if found is None or not Post.objects.filter(user=found, place_id__in=reach(by, "dossier.verify")).exists():
        raise Refused("Không rõ tệp này của tài khoản nào.")
    return found


def _photo(photo_id: Any, one: Any, person: User) -> str:
    """Keep a photo of the file; "" or why it was not kept."""
    wanted = uuid_of(photo_id)
    try:
        data = base64.b64decode(one["base64"], validate=True)
    except (TypeError, KeyError, binascii.Error, ValueError):
        return "Một ảnh trong tệp không đọc được."
    if wanted is None or not data:
        return "Một ảnh trong tệp không đọc được."
    try:
        digest = hashlib.sha256(data).hexdigest()
        known = photos.have(wanted, person)
        start = known.have if known else 0
        photos.take(wanted, data[start:], start=start, size=len(data), sha256=digest, by=person)
    except (photos.NotHere, photos.Refused) as no:
        return str(no)
    return ""
