"""QR codes for thousands of papers at once.

``segno`` builds one symbol in 4 ms, which is longer than the whole page around it takes. Here the
fixed parts of a symbol (patterns, format, order of the modules) are asked from segno once per
version, and each text costs only its own bits and Reed-Solomon bytes (ISO/IEC 18004), 0.3 ms.
The result is the symbol segno makes with the same version, level M and mask 3, but for the unused
rest of the symbol, where segno puts one zero byte before the pad bytes; a test compares them.

    side, pixels = qr.pixels("https://…/xac-nhan/ABCD")   # side × side bytes, 0 dark, 255 light
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

import segno
from segno import consts

LEVEL = "m"
MASK = 3
LONGEST = 800  # bytes; a symbol longer than this could not be read from a certificate's corner
DARK, LIGHT = 0, 255
_BLOCKS: Any = consts.ECC
_DATA_TYPES = {consts.TYPE_DATA_DARK, consts.TYPE_DATA_LIGHT}


class TooLong(ValueError):
    """The text does not fit a symbol that a telephone reads from paper."""


@dataclass(frozen=True)
class _Form:
    """What every symbol of one version shares."""

    version: int
    side: int
    blocks: tuple[tuple[int, int], ...]  # (data bytes, check bytes) of each block
    pick: itemgetter  # takes the pixels, row by row, from the message bits and the two constants
    mask: int
    bits: int


def pixels(text: str) -> tuple[int, bytes]:
    """Text in; out the side in modules and side × side grey bytes, no quiet zone (ISO/IEC 18004)."""
    data = text.encode()
    form = _form(_version_for(len(data)))
    return form.side, _draw(form, data)


def sheets(texts: Sequence[str]) -> tuple[int, list[bytes]]:
    """Texts in; out one common side and the grey bytes of each: all get the version of the longest."""
    encoded = [text.encode() for text in texts]
    form = _form(_version_for(max(map(len, encoded), default=0)))
    return form.side, [_draw(form, data) for data in encoded]


def _version_for(length: int) -> int:
    if length > LONGEST:
        raise TooLong(f"Nội dung mã QR dài {length} byte, nhiều nhất là {LONGEST} byte.")
    return next(v for v in range(1, 41) if _room(v) >= length)


def _room(version: int) -> int:
    """How many bytes of text a version holds at level M, after its mode and length fields."""
    data = sum(kind.num_blocks * kind.num_data for kind in _BLOCKS[version][consts.ERROR_LEVEL_M])
    return data - (2 if version < 10 else 3)


@lru_cache(maxsize=8)
def _form(version: int) -> _Form:
    symbol = segno.make("0", version=version, error=LEVEL, mask=MASK, mode="byte", boost_error=False)
    kinds = [list(row) for row in symbol.matrix_iter(border=0, verbose=True)]
    side = len(kinds)
    kinds[8][side - 9] = consts.TYPE_DATA_LIGHT  # segno names this one module "format", it is data
    order = [place for place in _zigzag(side) if kinds[place[0]][place[1]] in _DATA_TYPES]
    kinds_of_block = _BLOCKS[version][consts.ERROR_LEVEL_M]
    blocks = tuple(
        (kind.num_data, kind.num_total - kind.num_data) for kind in kinds_of_block for _ in range(kind.num_blocks)
    )
    bits = len(order)
    mask = int("".join("1" if (row + column) % 3 == 0 else "0" for row, column in order), 2)
    where = {place: n for n, place in enumerate(order)}
    picks = [
        where.get((row, column), bits + (1 if kind >> 8 else 0))
        for row, line in enumerate(kinds)
        for column, kind in enumerate(line)
    ]
    return _Form(version, side, _data_first(blocks), itemgetter(*picks), mask, bits)


def _data_first(blocks: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Shorter blocks come first in a message, whatever order the table lists them in."""
    return tuple(sorted(blocks))


def _zigzag(side: int) -> list[tuple[int, int]]:
    """The way of the message over the modules: pairs of columns from the right, up and down in turn."""
    places, upward = [], True
    for right in [c for c in range(side - 1, 0, -2) if c > 6] + [5, 3, 1]:
        rows = range(side - 1, -1, -1) if upward else range(side)
        places += [(row, column) for row in rows for column in (right, right - 1)]
        upward = not upward
    return places


def _draw(form: _Form, data: bytes) -> bytes:
    message = _interleave(form, _codewords(form, data))
    spare = form.bits - 8 * len(message)
    bits = (int.from_bytes(message) << spare) ^ form.mask
    shades = f"{bits:0{form.bits}b}".encode().translate(_SHADE)
    return bytes(form.pick(shades + bytes((LIGHT, DARK))))


def _codewords(form: _Form, data: bytes) -> bytes:
    """Mode 0100, length, text, end mark 0000, then the two pad bytes in turn."""
    room = sum(size for size, _ in form.blocks)
    length_bits = 8 if form.version < 10 else 16
    head = (0b0100 << length_bits) | len(data)
    number = ((head << 8 * len(data)) | int.from_bytes(data)) << 4
    filled = (4 + length_bits + 4) // 8 + len(data)
    pads = (b"\xec\x11" * (room - filled))[: room - filled]
    return number.to_bytes(filled) + pads


def _interleave(form: _Form, words: bytes) -> bytes:
    datas, checks, start = [], [], 0
    for size, check in form.blocks:
        part = words[start : start + size]
        datas.append(part)
        checks.append(_check_bytes(part, check))
        start += size
    return bytes(_in_turn(datas)) + bytes(_in_turn(checks))


def _in_turn(blocks: list[bytes]) -> list[int]:
    longest = max(map(len, blocks))
    return [block[n] for n in range(longest) for block in blocks if n < len(block)]


def _check_bytes(data: bytes, count: int) -> bytes:
    """Remainder of the data by the generator over GF(256), a whole row of it at a time."""
    multiples, top, keep = _multiples(count), 8 * (count - 1), (1 << 8 * (count - 1)) - 1
    rest = 0
    for byte in data:
        rest = ((rest & keep) << 8) ^ multiples[(rest >> top) ^ byte]
    return rest.to_bytes(count)


@lru_cache(maxsize=32)
def _multiples(count: int) -> tuple[int, ...]:
    """Each byte times the generator of `count` check bytes, as one number."""
    generator = [1]
    for power in range(count):
        root = _POWERS[power]
        shifted = generator + [0]
        for n, factor in enumerate(generator):
            shifted[n + 1] ^= _times(factor, root)
        generator = shifted
    return tuple(int.from_bytes(bytes(_times(byte, g) for g in generator[1:])) for byte in range(256))


def _powers() -> tuple[int, ...]:
    values, value = [], 1
    for _ in range(255):
        values.append(value)
        value = (value << 1) ^ (0x11D if value & 0x80 else 0)
    return tuple(values)


def _times(a: int, b: int) -> int:
    return _POWERS[(_LOGS[a] + _LOGS[b]) % 255] if a and b else 0


_POWERS = _powers()
_LOGS = {value: power for power, value in enumerate(_POWERS)}
_SHADE = bytes.maketrans(b"01", bytes((LIGHT, DARK)))
