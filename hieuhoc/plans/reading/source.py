"""The bytes of a file into paragraphs and rows, or one clear refusal.

The content decides, not the name. Word and PDF files are opened in a process of their own (`process`) with limits
of memory and time: a hostile file ends that process and nothing else. Text in TCVN3 or VNI is turned into Unicode
here.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hieuhoc.common import apart, legacy
from hieuhoc.plans.reading.lines import Block, blocks_of
from hieuhoc.plans.reading.result import Refused

MAXIMUM_BYTES = 40 << 20
MAXIMUM_TEXT = 8 << 20
MEMORY = 2 << 30
SECONDS = 60
LEAST_LETTERS = 20

REFUSALS = {
    "empty": "Tệp rỗng, không có chữ nào để đọc.",
    "too_large": "Tệp quá lớn. Hãy gửi riêng phần kế hoạch, dưới 40 MB.",
    "too_slow": "Đọc tệp quá lâu nên đã dừng. Hãy gửi riêng phần kế hoạch.",
    "encrypted": "Tệp đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại rồi gửi.",
    "image_only": "Tệp chỉ có ảnh chụp trang giấy, không có chữ. Hãy gửi bản Word hoặc PDF có chữ.",
    "corrupted": "Tệp hỏng hoặc tải lên chưa trọn. Hãy mở lại, lưu thành tệp mới rồi gửi.",
    "not_a_document": "Tệp này không phải văn bản đọc được. Cần tệp .docx, .pdf, .txt hoặc .md.",
    "old_word": "Tệp Word kiểu cũ (.doc). Hãy mở bằng Word, lưu thành .docx rồi gửi.",
    "spreadsheet": "Tệp này là bảng tính, không phải văn bản kế hoạch. Cần tệp .docx, .pdf, .txt hoặc .md.",
}
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refuse(code: str) -> Refused:
    """The refusal of this code with its sentence."""
    return Refused(code, REFUSALS[code])


def blocks_in(data: bytes, name: str = "") -> tuple[list[Block], str]:
    """Paragraphs and rows of a file in Unicode, and the encoding its text was typed in; raises Refused."""
    if len(data) > MAXIMUM_BYTES:
        raise refuse("too_large")
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise refuse("empty")
    if data[:1024].lstrip().startswith(b"%PDF"):
        return to_unicode(opened(data, "pdf"))
    if data.startswith(b"PK"):
        return to_unicode(opened(data, "docx"))
    if data.startswith(_CFB):
        raise refuse(_compound(data))
    return _text(data)


def _compound(data: bytes) -> str:
    """What an old or locked Office file is."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted"
    return "old_word" if "WordDocument".encode("utf-16-le") in data else "not_a_document"


def _text(data: bytes) -> tuple[list[Block], str]:
    """A plain text in UTF-8, UTF-16, windows-1258 or a legacy font's bytes."""
    if len(data) > MAXIMUM_TEXT * 2:
        raise refuse("too_large")
    if data.startswith((b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise refuse("not_a_document")
    text = decoded(data)
    odd = sum(c < " " and c not in "\t\r\n\f\v" for c in text[:20_000])
    if "\x00" in text[:20_000] or odd > 20:
        raise refuse("not_a_document")
    encoding = legacy.guess_encoding(_sample(text.splitlines()))
    return _checked(blocks_of(_convert(text, encoding))), encoding


def decoded(data: bytes) -> str:
    """The text of these bytes: a mark of order first, then UTF-8, then what reads as Vietnamese."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    vietnamese, western = data.decode("cp1258", "replace"), data.decode("cp1252", "replace")
    western = data.decode("latin-1") if "\ufffd" in western else western  # cp1252 leaves five places open
    sample = _sample(western.splitlines())
    best = max(legacy.reading(map(legacy.tcvn3_to_unicode, sample)), legacy.reading(map(legacy.vni_to_unicode, sample)))
    return vietnamese if legacy.reading(_sample(vietnamese.splitlines())) >= best else western


def _sample(lines: Iterable[str]) -> list[str]:
    """Lines enough to judge an encoding by."""
    found = [line for line in lines if not line.isascii()]
    return found[:400]


def _convert(text: str, encoding: str) -> str:
    """The text in Unicode, line by line: a line that must be Unicode already stays."""
    if encoding == "unicode":
        return text
    convert = legacy.tcvn3_to_unicode if encoding == "tcvn3" else legacy.vni_to_unicode
    return "\n".join(line if legacy.is_unicode(line) else convert(line) for line in text.split("\n"))


def to_unicode(blocks: Sequence[Block]) -> tuple[list[Block], str]:
    """Blocks of a Word or PDF file in Unicode, and the encoding they were typed in."""
    encoding = legacy.guess_encoding(_sample(cell for block in blocks for cell in block.cells))
    if encoding == "unicode":
        return _checked(blocks), encoding
    changed = [replace(block, cells=tuple(_convert(cell, encoding) for cell in block.cells)) for block in blocks]
    return _checked(changed), encoding


def _checked(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, unless they hold hardly any letters or far too many."""
    letters = sum(sum(map(str.isalpha, cell)) for block in blocks for cell in block.cells)
    if letters < LEAST_LETTERS:
        raise refuse("empty")
    if letters > MAXIMUM_TEXT:
        raise refuse("too_large")
    return list(blocks)


def opened(data: bytes, kind: str) -> list[Block]:
    """Blocks of a Word or PDF file, read by a process of its own."""
    words = (kind, str(MEMORY), str(SECONDS))
    why, out = apart.run("hieuhoc.plans.reading.process", *words, data=data, seconds=SECONDS)
    if why:
        raise refuse(why)
    report = json.loads(out)
    if "refused" in report:
        raise refuse(report["refused"])
    if report["kind"] == "lines":
        return blocks_of("\n".join(report["lines"]), broken=True)
    return [Block(tuple(cells), table, numbered) for cells, table, numbered in report["blocks"]]
