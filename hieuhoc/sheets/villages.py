"""Which village a cell, a section row, a title or the name of a sheet means.

Against the villages known: the full name first, then the name without its first word ("Ring", "L.Ring"), marks
left out only where the typist left them all out. Without a list the typed name stands.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from hieuhoc.common.text import fold, name_key, nfc
from hieuhoc.sheets.columns import words

# The first words of a village's name; those of one row stand for one another in officers' files.
_FAMILIES = {
    "village": "thôn | th | làng | bản | buôn | bon | plei | ấp | xóm | sóc | phum | t | l | b | thôn làng | thôn bản",
    "group": "tổ dân phố | tổ | tdp",
    "quarter": "khu phố | kp | khu | khu dân cư | kdc | khóm | cụm dân cư | khối | khối phố",
}
_BY_FOLD = {fold(word): family for family, listed in _FAMILIES.items() for word in words(listed)}
_FIRST = re.compile(
    "(" + "|".join(sorted(map(re.escape, _BY_FOLD), key=len, reverse=True)) + r")(?:[\s.:]+|(?=\d))(?=\S)"
)
_NUMBERING = re.compile(r"^\s*(?:\(?(?:[IVXLC]+|[A-ZĐ]|\d{1,2})\)?\s*[.):/\-–]|[-*+•])\s*(?=\S)")
_TAIL = re.compile(r"\s*(?:\(.*|[:;,–-]\s*\d.*)$")
_SAID_BEFORE = re.compile(
    r"^\s*(?:tên thôn|tên làng|tên bản|địa bàn|đơn vị|thôn, làng|thôn/làng)\s*[:：]\s*", re.IGNORECASE
)
_BEYOND = re.compile(r"\s*(?:[,;(–]|\s-|\s(?=xã |phường |thị trấn ))\s*(.*)$")
_HYPHEN = re.compile(r"(?<=\S)[-–](?=\S)")
_NUMBERS = {name_key(word): str(at) for at, word in enumerate(words("một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"), 1)}
_NO = name_key("số") + " "
_NUMBERS |= {word: str(at) for at, word in enumerate(words("i|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii"), 1)}
_ROMAN_ALONE = re.compile(r"(?:[IVXLC]+|[A-ZĐ])[.)]?")


class Villages:
    """The villages a commune knows; `known` is False where no list was given."""

    def __init__(self, names: Iterable[str] | None):
        self.names = [nfc(name) for name in names or () if nfc(name)]
        self.known = bool(self.names)
        self._full: dict[str, str] = {}
        self._bare: dict[str, set[str]] = defaultdict(set)
        self._plains = [(f" {_plain(_key(name))} ", name) for name in self.names]
        for name in self.names:
            key = _key(name)
            self._full.setdefault(key, name)
            for form in {key, fold(key)}:
                self._bare[_split(form)[1]].add(name)

    def find(self, typed: str) -> str | None:
        """The known village a text means, or None."""
        key = _key(typed)
        return self._by_key(key) or self._by_key(_numbered(key)) or self._without_rest(typed)

    def _by_key(self, key: str) -> str | None:
        if key in self._full:
            return self._full[key]
        word, bare = _split(key)
        return self._only(key, "") or self._only(bare, word)

    def _without_rest(self, typed: str) -> str | None:
        """The village before "xã Ia Tôr", a bracket, a dash; None where what follows is a village too."""
        match = _BEYOND.search(nfc(typed))
        if not match or not match.start():
            return None
        rest = _key(match[1])
        if self._by_key(rest) or self._by_key(_numbered(rest)):
            return None
        key = _key(nfc(typed)[: match.start()])
        return self._by_key(key) or self._by_key(_numbered(key))

    def _only(self, bare: str, word: str) -> str | None:
        """The one village with this name behind its first word; marks typed must be right."""
        family = _BY_FOLD.get(fold(word), "")
        hits = [name for name in self._bare.get(bare, ()) if family in ("", _family(name))]
        return hits[0] if len(hits) == 1 else None

    def in_section(self, text: str) -> str | None:
        """The village a section row or a sheet's name stands for: known, or with the word thôn, làng…"""
        for form in _forms(text):
            found = self.find(form)
            if found:
                return found
        last = _forms(text)[-1]
        return last if looks_like_village(last) and not self._generic(last) else None

    def in_title(self, text: str) -> str | None:
        """The one known village named in full within a title ("DANH SÁCH HỘ LÀNG RING"), or None."""
        said = f" {_plain(_key(text))} "
        hits = {name for plain, name in self._plains if plain in said}
        longest = max(hits, key=len, default=None)
        return longest if all(_key(hit) in _key(longest or "") for hit in hits) else None

    def has_such(self, text: str) -> bool:
        """Whether the commune has villages that go by such a word: none is a tổ where all are thôn and làng."""
        return _family(text) in {_family(name) for name in self.names}

    def _generic(self, text: str) -> bool:
        """Whether the words name villages in general ("các thôn", "thôn, làng"), not one of them."""
        rest = _split(_key(text))[1]
        return not rest or _split(rest)[1] == "" or rest in _BY_FOLD or "," in text


def looks_like_village(text: str) -> bool:
    """Whether a text begins with a word for village and goes on with a short name."""
    word, bare = _split(_key(text))
    return bool(word) and len(word) > 1 and 0 < len(bare.split()) <= 4


def _key(text: str) -> str:
    """Name key with numbers without zeros and points after abbreviations opened up."""
    key = re.sub(r"\b0+(?=\d)", "", name_key(_HYPHEN.sub(" ", text)))
    return re.sub(r"\s*[.:]\s*", " ", key).strip(" -,")


def _numbered(key: str) -> str:
    """A key with the number of a village in digits: "thôn số 1", "thôn i", "thôn một" are "thôn 1"."""
    word, bare = _split(key)
    said = bare.removeprefix(_NO).removeprefix("so ")
    return f"{word} {_NUMBERS.get(said, said)}" if word else key


def _plain(key: str) -> str:
    return " ".join(re.sub(r"[^\w\s'\u0300-\u036f]", " ", key).split())


def _split(key: str) -> tuple[str, str]:
    """The first word of a village's name and the rest: ("thôn", "phù cát"); ("", key) without one."""
    folded = fold(key)
    match = _FIRST.match(folded)
    if not match:
        return ("", key)
    # fold drops marks and apostrophes only, so words stay in place: cut by words, digits may stick on.
    count = len(match[1].split())
    parts = key.split()
    if match[0] == match[1]:
        return (match[1], folded[match.end() :])
    return (" ".join(parts[:count]), " ".join(parts[count:]))


def _family(name: str) -> str:
    return _BY_FOLD.get(fold(_split(_key(name))[0]), "")


def _forms(text: str) -> list[str]:
    """A section's text as it stands, without its number, and without what follows the name."""
    whole = _SAID_BEFORE.sub("", nfc(text))
    unnumbered = _NUMBERING.sub("", whole)
    return [whole, _TAIL.sub("", whole), unnumbered, _TAIL.sub("", unnumbered)]


def is_section_mark(text: str) -> bool:
    """Whether a cell is only a roman numeral or a letter, as section rows are numbered."""
    return _ROMAN_ALONE.fullmatch(nfc(text)) is not None
