"""Names of places as values: the bare name, the keys to find and sort by, and reading what people type.

A name is kept in full, its kind first ("Xã Ia Tôr"). Everything here is pure.
"""

import re
from dataclasses import dataclass

from hieuhoc.common.text import fold, nfc
from hieuhoc.common.text import sort_key as word_sort_key

KINDS = {
    "nation": ("nước",),
    "province": ("tỉnh", "thành phố"),
    "district": ("huyện", "quận", "thị xã", "thành phố"),
    "commune": ("xã", "phường", "thị trấn", "đặc khu"),
    "village": (
        "thôn", "làng", "bản", "buôn", "bon", "plei", "ấp", "xóm", "khóm", "khối", "khối phố", "khu",
        "khu phố", "khu dân cư", "tổ", "tổ dân phố", "tổ dân cư", "tiểu khu", "cụm", "cụm dân cư", "phum", "sóc", "đội",
    ),
}  # fmt: skip
_SHORT = {
    "tp": "thanh pho", "tx": "thi xa", "tt": "thi tran", "tdp": "to dan pho", "q": "quan", "h": "huyen",
    "p": "phuong", "x": "xa", "t": "tinh",
}  # fmt: skip
# One letter needs its full stop ("P. 1"); two and three letters do not ("TP Huế").
_SHORT_KIND = re.compile(r"^(?:(tdp|tp|tx|tt)[. ]\s*|([qhpxt])\.\s*)(?=\S)", re.IGNORECASE)
_NOT_A_WORD = re.compile(r"[^0-9a-z]+")
FOLDED_KINDS = tuple(sorted({fold(kind) for kinds in KINDS.values() for kind in kinds}))


def bare(name: str, kind: str) -> str:
    """The name without its kind: "Ia Tôr" of "Xã Ia Tôr"; a name that does not begin with it stays."""
    head = name[: len(kind) + 1].lower()
    return name[len(kind) + 1 :] if head == f"{kind} ".lower() else name


def in_sentence(name: str, kind: str) -> str:
    """The name inside a sentence, the kind in small letters: "xã Ia Tôr"."""
    rest = bare(name, kind)
    return name if rest == name else f"{kind} {rest}"


def full(name: str, kind: str) -> str:
    """The name in full from what a person typed, with or without the kind: "Thôn 1" from "1" or "thôn 1"."""
    typed = nfc(name)
    rest = "" if typed.lower() == kind else bare(typed, kind)
    return f"{kind[:1].upper()}{kind[1:]} {rest}"


def kind_of(name: str, level: str) -> str:
    """The kind a typed name begins with at this level, the longest that fits; empty if none."""
    low = nfc(name).lower() + " "
    fitting = [kind for kind in KINDS[level] if low.startswith(f"{kind} ")]
    return max(fitting, key=len, default="")


def search_key(name: str) -> str:
    """Key to find by: no marks, no case, no punctuation ("Bà Rịa - Vũng Tàu" is "ba ria vung tau")."""
    return _NOT_A_WORD.sub(" ", fold(name)).strip()


def sort_key(name: str, kind: str) -> str:
    """Key to order places by: word after word in Vietnamese order, numbers by value, without the kind."""
    return " ".join(word_sort_key(word) for word in re.split(r"[\s\-/]+", bare(name, kind)) if word)[:300]


@dataclass(frozen=True)
class Query:
    """What was typed: the key of the unit looked for, and keys of units above it, nearest first."""

    typed: str
    key: str
    above: tuple[str, ...]

    @property
    def exact(self) -> tuple[str, ...]:
        """The search keys that are a full match: the words as they stand, or after any kind."""
        return (self.key, *(f"{kind} {self.key}" for kind in FOLDED_KINDS))


def read_query(text: str) -> Query:
    """Read "xã Ia Tôr, Gia Lai": before the comma what is looked for, after it what it stands under."""
    parts = [part for part in map(nfc, text.split(",")) if part]
    keys = [search_key(_spell_out(part)) for part in parts]
    return Query(parts[0] if parts else "", keys[0] if keys else "", tuple(filter(None, keys[1:])))


def _spell_out(text: str) -> str:
    return _SHORT_KIND.sub(lambda found: _SHORT[(found[1] or found[2]).lower()] + " ", text, count=1)
