"""Vietnamese text: one normal form to store, keys to find, to compare and to sort by.

Keys are plain strings, so PostgreSQL needs neither ICU nor an extension: `fold` answers a search
typed without diacritics, `name_key` says whether two names are one, `sort_key` puts people in the
order of a Vietnamese list (given name first) under plain byte order.
"""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’‘ʼʻ`´′ʹ＇"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of the dictionary

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_NO_APOSTROPHE = dict.fromkeys(map(ord, APOSTROPHES))
_ONE_APOSTROPHE = dict.fromkeys(map(ord, APOSTROPHES), "'")
_TONE = re.compile(f"[{TONES}]")
_TONE_THEN_REST = re.compile(rf"([{TONES}])([^\s{TONES}]+)")
_MARKS = re.compile("[\u0300-\u036f]")
_WORDS = re.compile(r"\d+|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
# Primary order of the 29 letters: the modified letter is a letter of its own, after its base.
_MODIFIED = {"a\u0306": "a2", "a\u0302": "a3", "e\u0302": "e2"}
_MODIFIED |= {"o\u0302": "o2", "o\u031b": "o3", "u\u031b": "u2"}
_LETTER = re.compile("[a-z\u0111][\u0306\u0302\u031b]?")


def nfc(s: str) -> str:
    """NFC with single plain spaces, stripped; hard spaces become plain, zero-width marks go."""
    if s.isascii():
        return " ".join(s.split())
    return " ".join(unicodedata.normalize("NFC", s.translate(_INVISIBLE)).split())


def fold(s: str) -> str:
    """Search key: lower case, no diacritics, đ as d, apostrophes dropped, single spaces."""
    plain = nfc(s).lower().translate(_NO_APOSTROPHE)
    if plain.isascii():
        return plain
    return _MARKS.sub("", unicodedata.normalize("NFD", plain)).replace("đ", "d")


def name_key(s: str) -> str:
    """Equality of names: case, place of the tone mark and kind of apostrophe do not count; marks do."""
    key = nfc(s).translate(_ONE_APOSTROPHE).lower()
    if key.isascii():
        return key
    # NFD puts horn and breve before the tone, so moving the tone to the end of its word is enough.
    return _TONE_THEN_REST.sub(r"\2\1", unicodedata.normalize("NFD", key))


def same_name(a: str, b: str) -> bool:
    """Whether two names are one by `name_key`: Hoà is Hòa, HOÀ is Hòa, Hoa is not."""
    return name_key(a) == name_key(b)


def sort_key(s: str) -> str:
    """ASCII key for plain byte order: by given name (last word), then middle and family names."""
    words = _WORDS.findall(unicodedata.normalize("NFD", nfc(s).lower().translate(_NO_APOSTROPHE)))
    if len(words) > 1:
        words = [words[-1], *words[1:-1], words[0]]
    return " ".join(map(_word_key, words))


@lru_cache(maxsize=20_000)
def _word_key(word: str) -> str:
    """Letters of a word by primary order, then its tone; numbers by value, before letters."""
    if word.isdecimal():
        return f"{int(word):012d}"
    tones = _TONE.findall(word)
    tone = TONES.index(tones[0]) + 1 if tones else 0
    letters = _LETTER.findall(_TONE.sub("", word))
    return "".join(_letter_key(letter) for letter in letters) + f" {tone}"


def _letter_key(letter: str) -> str:
    """Two characters a letter, so that a shorter word sorts first and ă, â, đ keep their place."""
    if letter == "đ":
        return "d2"
    return _MODIFIED.get(letter) or letter[0] + "1"
