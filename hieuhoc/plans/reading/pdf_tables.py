"""Tables of a PDF from its pages laid out in columns of characters: rows come back as lines with tabs.

A PDF knows no tables, only words at places. A line of headings ("TT Nội dung Thời gian Thực hiện") tells that a
table begins; where the lines below it begin tells its columns. A row begins where its first cell has words; other
lines go on the row above. What is no table comes back as it stands.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

_WHAT = re.compile(r"nội dung|chỉ tiêu|nhiệm vụ|công việc|hoạt động|mô hình", re.IGNORECASE)
_WHEN = re.compile(r"thời gian|tiến độ|thời hạn|hoàn thành|20\d\d", re.IGNORECASE)
_PIECE = re.compile(r"\S+(?: \S+)*")
_PAGE_NUMBER = re.compile(r"\s*(?:trang\s*)?\d{1,3}\s*", re.IGNORECASE)
_LOOK_AHEAD = 60
_FEWEST = 3


def has_tables(text: str) -> bool:
    """Whether a text may hold a table of activities or of targets."""
    return bool(re.search(r"(?:^|\n)\s*S?TT\b|Thời gian|Tiến độ|Chỉ tiêu", text) and _WHAT.search(text))


def lines_of(pages: Iterable[str]) -> list[str]:
    """Lines of laid-out pages; a row of a table is one line with its cells between tabs."""
    lines = [line for page in pages for line in page.split("\n")]
    found: list[str] = []
    at = 0
    while at < len(lines):
        edges = _edges(lines, at)
        if edges:
            rows, at = _rows(lines, at, edges)
            found += ["", *("\t".join(row) for row in rows), ""]
        else:
            found.append(" ".join(lines[at].split()))
            at += 1
    return found


def _edges(lines: Sequence[str], at: int) -> list[int]:
    """Where the columns begin of a table headed by this line; empty where it heads none."""
    pieces = list(_PIECE.finditer(lines[at]))
    if len(pieces) < _FEWEST or len(lines[at].strip()) > 200:
        return []
    if not (_WHAT.search(lines[at]) and _WHEN.search(lines[at])):
        return []
    starts = Counter(p.start() for line in lines[at + 1 : at + _LOOK_AHEAD] for p in _PIECE.finditer(line))
    edges: list[int] = [0]
    for before, piece in pairwise(pieces):
        within = {start: count for start, count in starts.items() if before.end() <= start <= piece.end()}
        usual = max(within, key=lambda start: (within[start], -start), default=piece.start())
        edges.append(min(usual, piece.start()) if within.get(usual, 0) > 1 else piece.start())
    return edges


def _rows(lines: Sequence[str], at: int, edges: Sequence[int]) -> tuple[list[list[str]], int]:
    """The rows of a table from its headings, and the line after it."""
    rows: list[list[str]] = []
    for place in range(at, len(lines)):
        line = lines[place]
        if not line.strip() or _PAGE_NUMBER.fullmatch(line):
            continue
        cells = _cells(line, edges)
        if cells is None:
            return rows, place
        if cells[0] or not rows:
            rows.append(cells)
        else:
            rows[-1] = [f"{one} {more}".strip() for one, more in zip(rows[-1], cells, strict=True)]
    return rows, len(lines)


def _cells(line: str, edges: Sequence[int]) -> list[str] | None:
    """The cells of a line; None where it runs over the columns, as text below a table does."""
    cells = [""] * len(edges)
    for piece in _PIECE.finditer(line):
        column = max(i for i, edge in enumerate(edges) if edge <= piece.start() + 2 or i == 0)
        if column + 1 < len(edges) and piece.end() > edges[column + 1] + 2:
            return None
        cells[column] = f"{cells[column]} {piece[0]}".strip()
    return cells


def pages_laid_out(pages: Iterable[object]) -> Iterator[str]:
    """The pages in columns of characters."""
    for page in pages:
        yield page.extract_text(extraction_mode="layout")  # type: ignore[attr-defined]
