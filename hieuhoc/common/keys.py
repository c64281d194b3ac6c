"""Secrets of an installation: made once at random, kept in ``keys/`` of the data directory, for the owner only."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


def secret(data_directory: Path, name: str) -> str:
    """Return the secret ``name`` of the installation; make it at the first call (64 URL-safe characters)."""
    path = data_directory / "keys" / name
    if not path.exists():
        _make(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def _make(path: Path, value: str) -> None:
    """Write aside and link, so that of two first calls one wins and nobody reads half a secret."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    handle, aside = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        file.write(value)
    try:
        os.link(aside, path)
    except FileExistsError:
        return
    finally:
        os.unlink(aside)
