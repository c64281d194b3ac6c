"""Texts typed in TCVN3 or VNI turned into Unicode: a whole workbook, or the columns and rows typed so.

Officers paste: names in .VnTime stand beside villages in Unicode under a header in either. A text that reads as
Vietnamese in one encoding only is sure; the others go by their row where it is all words (a header, a title), else
by their column.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from hieuhoc.common import legacy

SAMPLE = 400

_CONVERTERS: dict[str, Callable[[str], str]] = {"tcvn3": legacy.tcvn3_to_unicode, "vni": legacy.vni_to_unicode}
_SURE = 2  # one word that reads in one encoding and not in the other
_ENOUGH = 6

Rows = list[list[Any]]


def encoding_of(texts: Iterable[str]) -> legacy.Encoding:
    """The legacy encoding these texts were typed in, all or a part of them; else unicode."""
    texts = set(texts)
    doubtful = [text for text in texts if not text.isascii() and not legacy.is_unicode(text)]
    guessed = legacy.guess_encoding(texts)
    if guessed != "unicode" and _gain(doubtful, guessed):
        return guessed
    gains: dict[legacy.Encoding, int] = {"tcvn3": _gain(doubtful, "tcvn3"), "vni": _gain(doubtful, "vni")}
    best = max(gains, key=gains.__getitem__)
    return best if gains[best] >= _ENOUGH else "unicode"


def _gain(texts: Iterable[str], encoding: str) -> int:
    """How much more reads as Vietnamese among the texts that surely are in this encoding."""
    signs = [sign(text, encoding) for text in texts]
    return sum(one for one in signs if one >= _SURE)


def sign(text: str, encoding: str) -> int:
    """Above 0 where a text reads better as typed in the encoding, below 0 where it is Unicode."""
    if text.isascii():
        return 0
    if legacy.is_unicode(text):
        return -_SURE
    return legacy.reading([_CONVERTERS[encoding](text)]) - legacy.reading([text])


def to_unicode(rows: Rows, encoding: str) -> Rows:
    """The rows of a sheet with every text of the encoding in Unicode."""
    convert = _CONVERTERS[encoding]
    texts = _texts(rows)
    ready = {text: text if legacy.is_unicode(text) else convert(text) for text in texts}
    if all(sign(text, encoding) > -_SURE for text in _texts(rows[:SAMPLE])):
        return [[ready.get(cell, cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    signs = {text: sign(text, encoding) for text in texts}
    columns = [_votes(column, signs) for column in zip(*rows, strict=True)]
    return [_row(row, columns, signs, ready) for row in rows]


def _texts(rows: Rows) -> set[str]:
    return {cell for row in rows for cell in row if isinstance(cell, str) and not cell.isascii()}


def _row(row: Sequence[Any], columns: Sequence[int], signs: dict[str, int], ready: dict[str, str]) -> list[Any]:
    """One row, cell by cell."""
    found = [signs.get(cell, 0) if isinstance(cell, str) else 0 for cell in row]
    some = min(found, default=0) <= -_SURE
    words_alone = some and max(found) <= 0 and all(isinstance(cell, str) for cell in row)

    def plain(cell: Any, column: int) -> Any:
        if not isinstance(cell, str) or cell not in ready:
            return cell
        stays = signs[cell] <= 0 and (words_alone or column < 0 or (column == 0 and some))
        return cell if stays else ready[cell]

    return list(map(plain, row, columns))


def _votes(column: Sequence[Any], signs: dict[str, int]) -> int:
    """The sum of the signs of the different texts of a column."""
    return sum(signs.get(cell, 0) for cell in {cell for cell in column if isinstance(cell, str)})
