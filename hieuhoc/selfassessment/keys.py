"""What opens a link: its address and the codes on paper, both derived from its id by a key outside the database.

So a paper can be printed again, and nobody opens a link who only has the database. The key lies in ``keys/`` of the
data directory; losing it makes the papers given out worthless, and nothing else.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
from uuid import UUID

from django.conf import settings

from hieuhoc.common.keys import secret
from hieuhoc.recognition.rules import ALPHABET, RANDOM_CHARACTERS, check_character

DIGITS = 6


@functools.cache
def _key() -> bytes:
    return secret(settings.DATA_DIR, "self-assessment").encode()


def keyed(*words: object) -> bytes:
    """The keyed hash of some words, by which they are found again or counted without being kept."""
    return hmac.new(_key(), "|".join(map(str, words)).encode(), hashlib.sha256).digest()


def token_of(link_id: UUID) -> str:
    """What stands in the address of a link: 74 keyed bits and a check character, to be typed as well as scanned."""
    number = int.from_bytes(keyed("address", link_id))
    letters = []
    for _ in range(RANDOM_CHARACTERS):
        number, at = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[at])
    body = "".join(letters)
    return body + check_character(body)


def digest(token: str) -> bytes:
    """By what a link is found."""
    return keyed("token", token)


def paper_code(link_id: UUID, subject_id: UUID) -> str:
    """The six digits on the paper of one subject."""
    return f"{int.from_bytes(keyed('code', link_id, subject_id)) % 10**DIGITS:0{DIGITS}d}"
