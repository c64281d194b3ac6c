"""The fast QR symbols against segno's, and what they refuse."""

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from hieuhoc.documents import qr


def by_segno(data: bytes) -> bytes:
    symbol = segno.make(data, error="m", mask=3, boost_error=False, micro=False, mode="byte")
    return bytes(qr.DARK if module else qr.LIGHT for row in symbol.matrix for module in row)


@pytest.mark.parametrize("version", [1, 2, 5, 6, 7, 9, 10, 11, 14, 21])
def test_a_full_symbol_is_the_one_segno_makes(version):
    text = ("https://example.vn/xac-nhan/7KQM#aZ9-_" * 30)[: qr._room(version)]
    side, pixels = qr.pixels(text)
    assert side == 17 + 4 * version
    assert pixels == by_segno(text.encode())


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x1EF9), min_size=1, max_size=150))
def test_any_text_fills_the_same_symbol_as_segno_up_to_the_unused_rest(text):
    data = text.encode()
    full = data + b"x" * (qr._room(qr._version_for(len(data))) - len(data))
    form = qr._form(qr._version_for(len(full)))
    assert qr._draw(form, full) == by_segno(full)
    assert read_back(*qr.pixels(text)) == data


def read_back(side: int, pixels: bytes) -> bytes:
    """Undo mask and order of a symbol, so that the unused rest is read by the standard, not by segno."""
    form = qr._form((side - 17) // 4)
    places = form.pick(range(form.bits + 2))
    bits = ["0"] * form.bits
    for pixel, place in zip(pixels, places, strict=True):
        if place < form.bits:
            bits[place] = "1" if pixel == qr.DARK else "0"
    message = int("".join(bits), 2) ^ form.mask
    words = (message >> form.bits % 8).to_bytes(form.bits // 8)
    return payload(form, apart(form, words))


def apart(form, words: bytes) -> bytes:
    blocks: list[list[int]] = [[] for _ in form.blocks]
    turns = (n for t in range(200) for n, (size, _) in enumerate(form.blocks) if t < size)
    for word, turn in zip(words, turns, strict=False):
        blocks[turn].append(word)
    return bytes(word for block in blocks for word in block)


def payload(form, words: bytes) -> bytes:
    bits = "".join(f"{word:08b}" for word in words)
    length_bits = 8 if form.version < 10 else 16
    assert bits[:4] == "0100"
    length = int(bits[4 : 4 + length_bits], 2)
    start = 4 + length_bits
    body = bits[start : start + 8 * length]
    rest = bits[start + 8 * length + 4 :]
    pads = [int(rest[n : n + 8], 2) for n in range(0, len(rest), 8)]
    assert pads == [0xEC if n % 2 == 0 else 0x11 for n in range(len(pads))]
    return int(body or "0", 2).to_bytes(length)


def test_a_list_shares_the_side_of_its_longest():
    side, symbols = qr.sheets(["ngắn", "x" * 200])
    assert side == qr.pixels("x" * 200)[0]
    assert [len(one) for one in symbols] == [side * side] * 2


def test_no_texts_give_no_symbols():
    assert qr.sheets([])[1] == []


def test_a_text_no_telephone_would_read_is_refused_with_its_length():
    with pytest.raises(qr.TooLong, match="801 byte"):
        qr.pixels("x" * 801)
