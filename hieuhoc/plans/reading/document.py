"""A read file as one normalised text with its paragraphs, rows and cells as spans, and a copy to match words in.

The copy (`plain`) has the same length: small letters, one kind of quote and dash, one place of the tone mark, marks of
emphasis blanked. So a match in the copy is a span of the text.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hieuhoc.plans.reading.lines import Block
from hieuhoc.plans.reading.result import Span

_ONE = str.maketrans(
    {**dict.fromkeys("“”„‟«»″＂", '"'), **dict.fromkeys("‘’‚‛′", "'"), **dict.fromkeys("–—−‐‑‒―", "-")}
    | {**dict.fromkeys("*_\u00a0\u202f", " "), "％": "%", "İ": "I", "≧": "≥", "⩾": "≥", "ð": "đ", "Ð": "đ"}
)
_TONES = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "uỷ": "ủy", "uý": "úy", "uỳ": "ùy",
          "uỹ": "ũy", "uỵ": "ụy", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe"}  # fmt: skip
_OPEN = re.compile(f"({'|'.join(_TONES)})(?![^\\W\\d_])")
CAPITALS = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_SPACES = re.compile(r"[^\S\n]+")


def plain(text: str) -> str:
    """The text to match in: same length, one way of writing."""
    small = text.translate(_ONE).lower()
    return _OPEN.sub(_moved, small)


def _moved(match: re.Match[str]) -> str:
    """The tone mark on the first vowel, but for "quý" and its like, where u belongs to the consonant."""
    if match[1][0] == "u" and match.start() and match.string[match.start() - 1] == "q":
        return match[1]
    return _TONES[match[1]]


def tidy(text: str) -> str:
    """NFC, no invisible marks, single spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE).replace("\n", " ")).strip()


@dataclass(frozen=True)
class Line:
    """A paragraph or a row of the document; cells are spans in the text."""

    span: Span
    cells: tuple[Span, ...]
    table: int | None
    numbered: str | None


@dataclass(frozen=True)
class Document:
    """The normalised text, its copy to match in, and its lines in order."""

    text: str
    plain: str
    lines: tuple[Line, ...]

    def of(self, span: Span) -> str:
        """The words of a span."""
        return self.text[span.start : span.end]

    def rows(self, table: int) -> list[Line]:
        """The rows of a table."""
        return [line for line in self.lines if line.table == table]


def build(blocks: Iterable[Block]) -> Document:
    """The document of these blocks: one line of text each, cells of a row parted by " | "."""
    parts: list[str] = []
    lines: list[Line] = []
    at = 0
    for block in blocks:
        cells = [tidy(cell) for cell in block.cells]
        if not any(cells):
            continue
        spans = _spans(cells, at)
        parts.append(" | ".join(cells))
        lines.append(Line(Span(at, at + len(parts[-1])), spans, block.table, block.numbered))
        at += len(parts[-1]) + 1
    text = "\n".join(parts)
    return Document(text, plain(text), tuple(lines))


def _spans(cells: Sequence[str], at: int) -> tuple[Span, ...]:
    spans = []
    for cell in cells:
        spans.append(Span(at, at + len(cell)))
        at += len(cell) + 3
    return tuple(spans)
