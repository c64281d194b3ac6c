"""Text as old keyboards typed it: TCVN3 (.VnTime), VNI, decomposed Unicode and windows-1258.

Only for making workbooks; what reads them stands in the product and is written apart from this, so that
the two check each other.
"""

import unicodedata
from collections.abc import Callable

Typing = Callable[[str], str]

TONES = {
    "\u0300": 0,
    "\u0301": 1,
    "\u0309": 2,
    "\u0303": 3,
    "\u0323": 4,
}  # grave, acute, hook, tilde, dot below

# A letter without tone, then with grave, acute, hook, tilde, dot below, as windows-1252 shows the bytes.
_TCVN3_ROWS = {
    "a": "aµ¸¶·¹", "ă": "¨»¾¼½Æ", "â": "©ÇÊÈÉË", "e": "eÌÐÎÏÑ", "ê": "ªÒÕÓÔÖ", "i": "i×ÝØÜÞ",
    "o": "oßãáâä", "ô": "«åèæçé", "ơ": "¬êíëìî", "u": "uïóñòô", "ư": "\u00adõøö÷ù", "y": "yúýûüþ",
}  # fmt: skip
_TCVN3_PLAIN = {"đ": "®", "Ă": "¡", "Â": "¢", "Ê": "£", "Ô": "¤", "Ơ": "¥", "Ư": "¦", "Đ": "§"}

_VNI_TONES = "øùûõï"
_VNI_SHAPED_TONES = {"ă": "èéúüë", "â": "àáåãä", "ê": "àáåãä", "ô": "àáåãä"}
_VNI_SHAPES = {"ă": "aê", "â": "aâ", "ê": "eâ", "ô": "oâ", "ơ": "ô", "ư": "ö", "đ": "ñ"}
_VNI_IRREGULAR = {"ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}


def to_tcvn3(text: str) -> str:
    """TCVN3 as it looks in a Unicode cell; a capital with a tone becomes small, as the font has none."""
    return "".join(_tcvn3(letter) for letter in unicodedata.normalize("NFC", text))


def to_vni(text: str) -> str:
    """VNI as it looks in a Unicode cell: the mark is a character after its letter."""
    return "".join(_vni(letter) for letter in unicodedata.normalize("NFC", text))


def to_nfd(text: str) -> str:
    """Unicode with every mark apart."""
    return unicodedata.normalize("NFD", text)


def to_tones_apart(text: str) -> str:
    """Unicode with the tone apart from its letter, the form windows-1258 can hold."""
    return "".join("".join(_apart(letter)) for letter in unicodedata.normalize("NFC", text))


def without_marks(text: str) -> str:
    """Plain letters, as in the names of sheets."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _apart(letter: str) -> tuple[str, str]:
    """The letter with its shape (ă, ơ, đ…) and, apart, its tone."""
    marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in TONES), "")
    return unicodedata.normalize("NFC", marks.replace(tone, "") if tone else marks), tone


def _tcvn3(letter: str) -> str:
    shaped, tone = _apart(letter)
    if tone:
        return _TCVN3_ROWS[shaped.lower()][TONES[tone] + 1]
    if shaped in _TCVN3_PLAIN:
        return _TCVN3_PLAIN[shaped]
    return _TCVN3_ROWS.get(shaped, shaped)[0]


def _vni(letter: str) -> str:
    if letter.lower() in _VNI_IRREGULAR:
        typed = _VNI_IRREGULAR[letter.lower()]
    else:
        shaped, tone = _apart(letter.lower())
        typed = _VNI_SHAPES.get(shaped, shaped)
        if tone:
            marks = _VNI_SHAPED_TONES.get(shaped, _VNI_TONES)
            typed = (typed[0] if shaped in _VNI_SHAPED_TONES else typed) + marks[TONES[tone]]
    return typed.upper() if letter.isupper() else typed
