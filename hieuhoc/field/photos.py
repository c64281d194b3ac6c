"""Photos on their way from a phone: pieces in order, gone on with where they stopped, then kept like any evidence.

The pieces lie in the data directory until the last one is there; then the bytes are checked against their hash and the
photo is written anew by ``files.store`` without its place data. What cannot be opened is refused once and for all.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from hieuhoc.accounts.models import User
from hieuhoc.field.models import Photo
from hieuhoc.files import store

MOST = 2 * 1024 * 1024
PIECE = 256 * 1024


class NotHere(ValueError):
    """The piece does not begin where the copy here ends; ``have`` says where that is."""

    def __init__(self, have: int):
        super().__init__(f"have {have}")
        self.have = have


class Refused(ValueError):
    """The photo is not taken; the message is the sentence to show."""


def have(photo_id: UUID, by: User) -> Photo | None:
    """What is there of a photo of this person; None where nothing is."""
    return Photo.objects.filter(pk=photo_id, person=by).first()


@transaction.atomic
def take(photo_id: UUID, piece: bytes, *, start: int, size: int, sha256: str, by: User) -> Photo:
    """Lay a piece behind those that are there; the last one makes it a kept file. Sent again, nothing changes."""
    photo = _begun(photo_id, size, sha256, by)
    if photo.file_id or photo.refused:
        return photo
    if start != photo.have:
        raise NotHere(photo.have)
    if start + len(piece) > photo.size:
        raise Refused("Ảnh dài hơn kích thước đã báo.")
    _write(path_of(photo.pk), start, piece)
    photo.have = start + len(piece)
    photo.save(update_fields=["have"])
    if photo.have == photo.size:
        _finish(photo, by)
    return photo


def _begun(photo_id: UUID, size: int, sha256: str, by: User) -> Photo:
    if not 0 < size <= MOST:
        raise Refused(f"Ảnh phải nhỏ hơn {MOST // 1024 // 1024} MB.")
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        raise Refused("Thiếu mã kiểm tra của ảnh.")
    Photo.objects.bulk_create([Photo(pk=photo_id, person=by, size=size, sha256=sha256)], ignore_conflicts=True)
    photo = Photo.objects.select_for_update().get(pk=photo_id)
    if photo.person_id != by.pk or (photo.size, photo.sha256) != (size, sha256):
        raise Refused("Mã của ảnh này đã dùng cho ảnh khác.")
    return photo


def _write(path: Path, start: int, piece: bytes) -> None:
    """Write at the place and wait for the disk; what lay behind it was never acknowledged."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(handle, start)
        os.pwrite(handle, piece, start)
        os.fsync(handle)
    finally:
        os.close(handle)


def _finish(photo: Photo, by: User) -> None:
    data = path_of(photo.pk).read_bytes()
    if hashlib.sha256(data).hexdigest() != photo.sha256:
        photo.have = 0  # begun anew: what came was not what was sent
        photo.save(update_fields=["have"])
        return
    try:
        photo.file = store.keep(data, f"{photo.pk}.jpg", by=by, kinds=store.EVIDENCE)
    except store.Refused as no:
        photo.refused = str(no)[:200]
    photo.save(update_fields=["file", "refused"])
    transaction.on_commit(lambda: path_of(photo.pk).unlink(missing_ok=True))


def path_of(photo_id: UUID) -> Path:
    """Where the pieces of a photo lie until it is whole."""
    return Path(settings.DATA_DIR) / "coming" / str(photo_id)
