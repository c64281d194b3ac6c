"""The keys of many names: a roster's names are made of few words, so each word is taken apart once.

Gives what ``common.text`` gives for the whole name; a name with anything but plain words goes there. Pure.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from hieuhoc.common.text import APOSTROPHES, fold, name_key, sort_key

Keys = tuple[str, str, str]

_PLAIN = re.compile("[^\\W\\d_](?:[^\\W\\d_]|[\u0300-\u036f])*")
_NO_APOSTROPHE = dict.fromkeys(map(ord, APOSTROPHES))


@functools.lru_cache(maxsize=100_000)
def keys_of(name: str) -> Keys:
    """The keys of a name: to search by, to sort by, to tell whether two names are one."""
    words = [_word(word) for word in name.split(" ")]
    if None in words:
        return fold(name), sort_key(name), name_key(name)
    search, sort, same = zip(*words, strict=True)
    if len(sort) > 1:
        sort = (sort[-1], *sort[1:-1], sort[0])
    return " ".join(search), " ".join(sort), " ".join(same)


@functools.lru_cache(maxsize=50_000)
def _word(word: str) -> Keys | None:
    """The keys of one plain word of letters; None for anything else."""
    letters = unicodedata.normalize("NFD", word.lower().translate(_NO_APOSTROPHE))
    if not _PLAIN.fullmatch(letters) or not unicodedata.is_normalized("NFC", word):
        return None
    return fold(word), sort_key(word), name_key(word)
