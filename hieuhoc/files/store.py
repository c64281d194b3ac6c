"""Face of kept files: ``keep`` bytes, ``read`` them back.

Only known kinds come in: images are decoded and written anew (which drops their place data and any hidden
load), a PDF must look like one. The bytes lie under their hash, written aside and renamed, so a crash leaves
nothing half written. Use: ``store.keep(data, "anh.jpg", by=user, kinds=store.EVIDENCE)``.
"""

from __future__ import annotations

import hashlib
import io
import os
import struct
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

from hieuhoc.files.models import StoredFile

EVIDENCE = frozenset({"jpeg", "png", "webp", "pdf"})
SHEET = frozenset({"xlsx", "xls", "ods", "csv", "other"})
PLAN = frozenset({"docx", "pdf", "csv", "other"})
PAPER = frozenset({"docx", "pdf", "xlsx", "zip"})
LIMIT = 20 * 1024 * 1024
LONGEST_SIDE = 1600
Image.MAX_IMAGE_PIXELS = 60_000_000

TYPES = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
}


BROKEN = (
    UnidentifiedImageError, OSError, Image.DecompressionBombError, ValueError, TypeError, SyntaxError, struct.error,
)  # fmt: skip


class Refused(ValueError):
    """The file is not kept; the message is the sentence to show."""


def keep(data: bytes, name: str, *, by: Any, kinds: frozenset[str]) -> StoredFile:
    """Check, clean and keep ``data``; return its row. Raises ``Refused`` with a Vietnamese sentence."""
    kind = sniff(data, name)
    if kind not in kinds:
        raise Refused(f"Không nhận loại tệp này: «{name}». Nhận: {_wanted(kinds)}.")
    if not data:
        raise Refused(f"Tệp «{name}» rỗng.")
    if len(data) > LIMIT:
        raise Refused(f"Tệp «{name}» lớn hơn {LIMIT // 1024 // 1024} MB.")
    if kind in ("jpeg", "png", "webp"):
        data, kind = reencode(data, name), "jpeg"
    digest = digest_of(data)
    _write(path_of(digest), data)
    return StoredFile.objects.create(
        sha256=digest, kind=kind, size=len(data), name=name[-255:], created_by=by if by and by.pk else None
    )


def digest_of(data: bytes) -> str:
    """The hash under which these bytes are kept."""
    return hashlib.sha256(data).hexdigest()


def read(stored: StoredFile) -> bytes:
    """Return the bytes of a kept file; ``FileNotFoundError`` if the data directory lost them."""
    return path_of(stored.sha256).read_bytes()


def path_of(digest: str) -> Path:
    """Where the bytes with this hash lie."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest[2:4] / digest


def sniff(data: bytes, name: str) -> str:
    """Tell the kind from the first bytes, and from the name only where bytes cannot tell."""
    for start, kind in (
        (b"\xff\xd8\xff", "jpeg"),
        (b"\x89PNG", "png"),
        (b"%PDF-", "pdf"),
        (b"\xd0\xcf\x11\xe0", "xls"),
    ):
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    suffix = name.rsplit(".", 1)[-1].lower()
    if data.startswith(b"PK"):
        return suffix if suffix in ("docx", "ods", "zip") else "xlsx"
    return "csv" if suffix in ("csv", "txt") else "other"


def reencode(data: bytes, name: str) -> bytes:
    """Return the picture as a JPEG without metadata, upright, its longest side at most 1600 pixels."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except BROKEN as problem:
        raise Refused(f"Ảnh «{name}» hỏng hoặc quá lớn, không mở được.") from problem
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def _write(path: Path, data: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)


def _wanted(kinds: frozenset[str]) -> str:
    return ", ".join(sorted(kinds - {"other"}))
