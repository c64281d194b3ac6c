"""The installation's signature on certificates: Ed25519 keys and the statement that a QR code carries.

Keys are made at installation from secrets in ``keys/`` of the data directory, apart from the database and part of
the backup. A new key can be taken at any time; older ones go on proving what they signed. The statement says what
the certificate says, so that it can be checked against the paper without a network:

    text = signing.statement(Claim(…))        # goes behind the # of the address in the QR
    signing.read(text, signing.public_keys()) # the Claim, or raises Forged
"""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from hieuhoc.common.keys import secret

FORM = 1
NAME = "certificates-"


class Forged(ValueError):
    """The statement was not signed by this installation, or was changed since."""


@dataclass(frozen=True)
class Claim:
    """What a certificate says, in the order of the statement; unknown number and day are empty."""

    code: str
    model: str
    year: int
    level: int
    name: str
    place: str
    decision: str
    day: str


def statement(claim: Claim) -> str:
    """Sign what the certificate says with the newest key; base64url of the claim, a point, the signature."""
    number = newest()
    said = json.dumps([FORM, number, *astuple(claim)], ensure_ascii=False, separators=(",", ":")).encode()
    return f"{_text(said)}.{_text(_key(settings.DATA_DIR, number).sign(said))}"


def read(text: str, keys: Mapping[int, str]) -> Claim:
    """The claim of a statement signed by one of the public keys; raises Forged for anything else."""
    try:
        said, signature = (_bytes(part) for part in text.split("."))
        form, number, *rest = json.loads(said)
        key = Ed25519PublicKey.from_public_bytes(_bytes(keys[number]))
        key.verify(signature, said)
        if form != FORM:
            raise Forged("Chữ ký thuộc một dạng mà phần mềm này chưa biết.")
        return Claim(*rest)
    except (ValueError, TypeError, KeyError, InvalidSignature) as problem:
        raise Forged("Chữ ký số không đúng: giấy này không do hệ thống này cấp, hoặc đã bị sửa.") from problem


def public_keys() -> dict[int, str]:
    """The public keys by number, base64url, as the check page publishes them."""
    newest()
    return {number: _public(settings.DATA_DIR, number) for number in _numbers()}


def newest() -> int:
    """The number of the key that signs; the first key is made when there is none."""
    numbers = _numbers()
    if not numbers:
        secret(settings.DATA_DIR, f"{NAME}1")
        return 1
    return numbers[-1]


def rotate() -> int:
    """Take a new key for what is signed from now on; return its number."""
    number = newest() + 1
    secret(settings.DATA_DIR, f"{NAME}{number}")
    return number


def _numbers() -> list[int]:
    folder = Path(settings.DATA_DIR) / "keys"
    ends = (path.name.removeprefix(NAME) for path in folder.glob(f"{NAME}*"))
    return sorted(int(end) for end in ends if end.isdigit())


@lru_cache(maxsize=16)
def _key(data_directory: Path, number: int) -> Ed25519PrivateKey:
    seed = hashlib.blake2b(secret(data_directory, f"{NAME}{number}").encode(), digest_size=32, person=b"certificates")
    return Ed25519PrivateKey.from_private_bytes(seed.digest())


@lru_cache(maxsize=16)
def _public(data_directory: Path, number: int) -> str:
    return _text(_key(data_directory, number).public_key().public_bytes_raw())


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
