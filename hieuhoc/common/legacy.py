"""TCVN3 (.VnTime) and VNI typed into Unicode cells, turned into Unicode, and told apart.

Both put Vietnamese letters on the places of Latin-1, so the file says nothing: the text must be
judged by what it reads like. TCVN3 is one character a letter and has no capitals with a tone; VNI is a
base letter followed by a mark. Why own tables: docs/decisions/vietnamese-text.md.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

Encoding = Literal["unicode", "tcvn3", "vni"]

# TCVN 5712:1993 (VN3), the upper half, as the Latin-1 characters a spreadsheet holds.
_TCVN3_FROM = "¡¢£¤¥¦§¨©ª«¬\xad®µ¸¶·¹»¾¼½ÆÇÊÈÉËÌÐÎÏÑÒÕÓÔÖ×ÝØÜÞßãáâäåèæçéêíëìîïóñòôõøö÷ùúýûüþ"
_TCVN3_TO = "ĂÂÊÔƠƯĐăâêôơưđàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
TCVN3_TO_UNICODE = str.maketrans(_TCVN3_FROM, _TCVN3_TO)
UNICODE_TO_TCVN3 = str.maketrans(_TCVN3_TO, _TCVN3_FROM)

# VNI for Windows: which mark stands for which tone after a plain, a circumflexed, a breved letter.
_VNI_PLAIN = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_CIRCUMFLEX = {"â": ""} | dict(zip("áàåãä", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_BREVE = {"ê": ""} | dict(zip("éèúüë", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ì": "ì", "í": "í"}


def _vni_lower() -> dict[str, str]:
    table = dict(_VNI_SINGLE)
    rows = [("aeouyô ö", "", _VNI_PLAIN), ("aeo", "\u0302", _VNI_CIRCUMFLEX), ("a", "\u0306", _VNI_BREVE)]
    for bases, sign, marks in rows:
        for base in bases.replace(" ", ""):
            for mark, tone in marks.items():
                letter = _VNI_SINGLE.get(base, base)
                table[base + mark] = unicodedata.normalize("NFC", letter + sign + tone)
    table["yï"] = "ỵ"  # seen beside the single letter î
    return table


def _vni_table() -> dict[str, str]:
    """All spellings with capitals: the mark follows the case of its letter, or stays small."""
    table = {}
    for typed, letter in _vni_lower().items():
        table[typed] = letter
        table[typed[0].upper() + typed[1:]] = letter.upper()
        table[typed.upper()] = letter.upper()
    return table


VNI_TO_UNICODE = _vni_table()
_VNI = re.compile("|".join(sorted(map(re.escape, VNI_TO_UNICODE), key=len, reverse=True)))
_VNI_BACK = {letter: typed for typed, letter in VNI_TO_UNICODE.items() if typed in (typed.lower(), typed.upper())}
_VNI_BACK |= {"ỵ": "î", "Ỵ": "Î"}
_VNI_BACK_PATTERN = re.compile("[" + "".join(_VNI_BACK) + "]")

_BEYOND_LATIN = re.compile("[\u0102-\u01b0\u0300-\u0323\u1ea0-\u1ef9]")


def tcvn3_to_unicode(s: str) -> str:
    """Text typed in a .Vn font as Unicode NFC; capitals with a tone stay small, TCVN3 has none."""
    return s.translate(TCVN3_TO_UNICODE)


def vni_to_unicode(s: str) -> str:
    """Text typed in a VNI font as Unicode NFC."""
    return _VNI.sub(lambda match: VNI_TO_UNICODE[match[0]], s)


def unicode_to_tcvn3(s: str) -> str:
    """The reverse, for tests and for officers who still print with .Vn fonts; tone capitals turn small."""
    small = "".join(c if c in _TCVN3_TO else c.lower() if c.lower() in _TCVN3_TO else c for c in _nfc(s))
    return small.translate(UNICODE_TO_TCVN3)


def unicode_to_vni(s: str) -> str:
    """The reverse of `vni_to_unicode`."""
    return _VNI_BACK_PATTERN.sub(lambda match: _VNI_BACK[match[0]], _nfc(s))


def is_unicode(s: str) -> bool:
    """Whether the text holds a letter neither legacy encoding can hold, so that it must be Unicode."""
    return _BEYOND_LATIN.search(s) is not None


def guess_encoding(texts: Iterable[str]) -> Encoding:
    """Which encoding makes the words of these texts Vietnamese syllables; Unicode when in doubt."""
    words = {word for text in texts for word in _suspects(text)}
    counts = {
        "unicode": sum(map(likeness, words)),
        "tcvn3": sum(likeness(tcvn3_to_unicode(word)) for word in words),
        "vni": sum(likeness(vni_to_unicode(word)) for word in words),
    }
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] > counts["unicode"] else "unicode"  # type: ignore[return-value]


def reading(texts: Iterable[str]) -> int:
    """How much of these texts reads as Vietnamese, to compare ways of decoding the same bytes."""
    return sum(likeness(word) for text in texts for word in _suspects(text))


def _suspects(text: str) -> list[str]:
    """Words with a letter outside ASCII; a soft hyphen or a sign may be a letter of TCVN3."""
    if text.isascii():
        return []
    return [word for word in re.split(r"[\s,.;:()/\"'’“”\-]+", _nfc(text)) if word and not word.isascii()]


def _nfc(s: str) -> str:
    return unicodedata.normalize("NFC", s)


_ONSET = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx]"
_NUCLEUS = (
    "uyê|uya|uyu|iêu|yêu|ươi|ươu|uôi|oai|oay|oao|oeo|uây|uâ|uê|uy|uơ|oa|oă|oe|oo|iê|yê|ia|ua|uô|ưa|ươ"
    "|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|[aăâeêioôơuưy]"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{_NUCLEUS})(ch|ng|nh|[cmnpt])?")
# Names of the highlands: Blưng, Hmrơn, Klŭ.
_PRONOUNCEABLE = re.compile(f"[bcdđghjklmnpqrstvwxyz]*(?:{_NUCLEUS}|[ăâêĭŏŭ])[bcdđghjklmnpqrstvwxyz]*")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@lru_cache(maxsize=50_000)
def likeness(word: str) -> int:
    """How Vietnamese a word reads: 2 a syllable with a tone its end allows, 1 pronounceable, 0 neither."""
    if word not in (word.lower(), word.upper(), word.capitalize()):
        return 0
    parts = unicodedata.normalize("NFD", word.lower())
    tones = _TONE.findall(parts)
    letters = unicodedata.normalize("NFC", _TONE.sub("", parts))
    if len(tones) > 1:
        return 0
    match = _SYLLABLE.fullmatch(letters)
    if match and (match[1] not in ("c", "ch", "p", "t") or tones in (["\u0301"], ["\u0323"])):
        return 2
    return 1 if _PRONOUNCEABLE.fullmatch(letters) else 0
