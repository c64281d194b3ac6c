"""The citizen number (CCCD) at rest: encrypted with AES-GCM, found by a keyed hash, shown masked.

The two keys are made at installation and lie in ``keys/`` of the data directory, apart from the database
(Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, domain §10). Losing them loses the numbers and nothing else.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterator, Sequence
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from hieuhoc.common.keys import secret

NONCE = 12


@functools.cache
def _keys() -> tuple[AESGCM, Any]:
    """The cipher, and the hash with its key taken in, to be copied for each number (keyed BLAKE2b, RFC 7693)."""
    seed = secret(settings.DATA_DIR, "citizen-numbers").encode()
    cipher = hashlib.blake2b(seed, digest_size=32, person=b"cccd-cipher").digest()
    key = hashlib.blake2b(seed, digest_size=32, person=b"cccd-digest").digest()
    return AESGCM(cipher), hashlib.blake2b(key=key, digest_size=32)


def seal(number: str) -> bytes:
    """Encrypt a citizen number for storage."""
    return next(sealed([number]))[0]


def sealed(numbers: Sequence[str]) -> Iterator[tuple[bytes, bytes]]:
    """Each number as it is stored: encrypted, and the keyed hash by which it is found again."""
    cipher, keyed = _keys()
    nonces = os.urandom(NONCE * len(numbers))
    for at, number in enumerate(numbers):
        nonce, plain = nonces[at * NONCE : at * NONCE + NONCE], number.encode()
        hashed = keyed.copy()
        hashed.update(plain)
        yield nonce + cipher.encrypt(nonce, plain, None), hashed.digest()


def reveal(ciphertext: bytes) -> str:
    """Decrypt a stored number; ``InvalidTag`` when the keys are not those of the installation."""
    data = bytes(ciphertext)
    return _keys()[0].decrypt(data[:NONCE], data[NONCE:], None).decode()


def digest(number: str) -> bytes:
    """Return the keyed hash by which a number is found again."""
    hashed = _keys()[1].copy()
    hashed.update(number.encode())
    return hashed.digest()


def masked(last_three: str) -> str:
    """Return what a page may show of a number: its last three digits."""
    return f"•••••••••{last_three}" if last_three else ""
