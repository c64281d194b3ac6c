"""A plan's text cut into lines with the characters that were read marked, so that a page can show both side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[int, int, str]


@dataclass(frozen=True)
class Piece:
    """A stretch of text; ``mark`` names what was read there, "" where nothing was."""

    text: str
    mark: str = ""


def marked(text: str, spans: Iterable[Span]) -> list[list[Piece]]:
    """The lines of the text, each as its pieces; of spans that overlap the first one stands."""
    lines: list[list[Piece]] = [[]]
    for piece in _pieces(text, sorted(spans)):
        first, *others = piece.text.split("\n")
        lines[-1].append(Piece(first, piece.mark))
        lines.extend([Piece(one, piece.mark)] for one in others)
    return [[piece for piece in line if piece.text] for line in lines]


def _pieces(text: str, spans: list[Span]) -> Iterable[Piece]:
    at = 0
    for start, end, mark in spans:
        if start < at or end > len(text) or start >= end:
            continue
        yield Piece(text[at:start])
        yield Piece(text[start:end], mark)
        at = end
    yield Piece(text[at:])
