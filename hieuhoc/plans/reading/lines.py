"""Lines of a text into paragraphs and table rows: broken lines are joined, tables set with tabs or bars are found.

A text copied from a PDF breaks in the middle of sentences; one copied from Word does not. What kind it is shows in how
many lines begin with a small letter. A line that begins like an item ("-", "a)", "2.1.") always begins a paragraph.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

BULLETS = "-–—+*•▪●○◦·§✓➢❖"
ITEM = re.compile(
    rf"(?:[{re.escape(BULLETS)}](?!\*)\s*\S|\(?\d{{1,2}}[.)]\s*(?=[^\W\d]|[“\"])"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[.)]?\s+\S"
    r"|\(?[a-zđ]{1,2}\)|[a-zđ][.]\s|[IVX]{1,5}[.\-)/]\s*\S|(?:Điều|Nhiệm vụ|Phần|Mục|Chương)\s+[\dIVX]{1,4}\b"
    r"|\d{1,2}/\s)"
)
_ENDS = re.compile(r"[.;:!?…](?:[\"”»)*]*)$|\./\.$")
_GOES_ON = re.compile(
    r"(?:,|\b(?:danh hiệu|đạt|và|trên|của|các|hội|mô hình|chương trình|hoặc|là|có|từ|đến|năm|giai đoạn|tỷ lệ|tỉ lệ|với"
    r"|được|trong|cho|số|hơn|công nhận|ít nhất|tối thiểu))$",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"Căn cứ\s|Số\s*:|Theo đề nghị|Xét\s|Nơi nhận|KẾ HOẠCH|QUYẾT ĐỊNH|ỦY BAN NHÂN DÂN|CỘNG HÒA|Độc lập|TM\.|KT\."
    r"|\(Ban hành"
    r"|\(Kèm theo|Trên đây là"
)
_LEADS = re.compile(r"(?:Đến|Tới) (?:hết |cuối )?năm 20|Giai đoạn 20|Năm 20\d\d\s*:")
_NAMED_FIRST = re.compile(r"[“\"][^”\"]*[”\"]\s*(?::|[A-ZĐ])")
_REST_OF_YEARS = re.compile(r"[-–—]\s*(?:19|20)\d\d\b")
_PAGE_NUMBER = re.compile(r"(?:[-–—]\s*)?(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*[-–—])?", re.IGNORECASE)
_MARKDOWN = re.compile(r"^(?:#{1,6}|>)\s+(?=\S)")
_RULE = re.compile(r"[\s|:\-–—_=]+")


@dataclass(frozen=True)
class Block:
    """A paragraph (one cell) or a row of a table; `table` numbers the tables, `numbered` tells Word's own numbering."""

    cells: tuple[str, ...]
    table: int | None = None
    numbered: str | None = None


def blocks_of(text: str, broken: bool = False) -> list[Block]:
    """Paragraphs and table rows of a plain text, in order; `broken` where lines are known to be those of a page."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n").split("\n")
    found: list[Block] = []
    loose: list[str] = []
    tables = 0
    at = 0
    while at < len(lines):
        rows, after = _table_at(lines, at)
        if rows:
            found += _paragraphs(loose, broken)
            loose = []
            found += [Block(row, tables) for row in rows]
            tables += 1
        else:
            loose.append(lines[at])
        at = after
    return found + _paragraphs(loose, broken)


def _table_at(lines: Sequence[str], at: int) -> tuple[list[tuple[str, ...]], int]:
    """Rows of the table that begins at this line, and the line after it; no rows where none begins."""
    for reader in (_cells_on_lines, _barred, _tabbed):
        rows, after = reader(lines, at)
        if rows:
            return rows, after
    return [], at + 1


def _cells_on_lines(lines: Sequence[str], at: int) -> tuple[list[tuple[str, ...]], int]:
    """A table with one cell a line, each after a tab, rows parted by an empty line, as law libraries copy Word."""
    rows: list[tuple[str, ...]] = []
    while at < len(lines) and lines[at].startswith("\t"):
        cells: list[str] = []
        start = at
        while at < len(lines) and lines[at].strip():
            if lines[at].startswith("\t"):
                cells.append(lines[at].strip())
            else:
                cells[-1] += " " + lines[at].strip()
            at += 1
        if not rows and (len(cells) < 3 or len(cells[0]) > 12):
            return [], start + 1
        rows.append(tuple(cells))
        while at < len(lines) and not lines[at].strip():
            at += 1
    return (rows, at) if len(rows) > 1 else ([], at)


def _barred(lines: Sequence[str], at: int) -> tuple[list[tuple[str, ...]], int]:
    """A table of Markdown or of a page saved as text: cells between bars."""
    rows: list[tuple[str, ...]] = []
    start = at
    while at < len(lines) and lines[at].count("|") >= 2:
        if not _RULE.fullmatch(lines[at]):
            rows.append(tuple(cell.strip() for cell in lines[at].strip().strip("|").split("|")))
        at += 1
    return (rows, at) if len(rows) > 1 else ([], start + 1)


def _tabbed(lines: Sequence[str], at: int) -> tuple[list[tuple[str, ...]], int]:
    """A table copied from a spreadsheet: cells of a row on one line with tabs between."""
    rows: list[tuple[str, ...]] = []
    start = at
    while at < len(lines) and "\t" in lines[at].strip():
        rows.append(tuple(cell.strip() for cell in lines[at].strip("\n").split("\t")))
        at += 1
    return (rows, at) if len(rows) > 1 else ([], start + 1)


def _paragraphs(lines: Sequence[str], broken: bool) -> list[Block]:
    """Paragraphs of lines that hold no table."""
    kept: list[tuple[str, bool]] = []
    blank = False
    for line in lines:
        words = _MARKDOWN.sub("", " ".join(line.split()))
        if words and not _RULE.fullmatch(words):
            if not (_PAGE_NUMBER.fullmatch(words) and kept):
                kept.append((words, blank))
                blank = False
        else:
            blank = True
    joined: list[str] = []
    rule = _Joining([words for words, _ in kept], sum(blank for _, blank in kept), broken)
    for words, after_blank in kept:
        if joined and rule.goes_on(joined[-1], rule.last, words, after_blank):
            joined[-1] += " " + words
        else:
            joined.append(words)
        rule.last = words
    return [Block((words,)) for words in joined]


class _Joining:
    """Whether a line goes on the paragraph before it, judged by how the whole text is broken."""

    def __init__(self, lines: Sequence[str], blanks: int, broken: bool):
        lengths = sorted(map(len, lines)) or [0]
        small = sum(line[0].islower() and not ITEM.match(line) for line in lines)
        self.wrapped = broken or (small >= 3 and small > 0.12 * len(lines))
        self.width = lengths[int(len(lengths) * 0.9)]
        self.blanks_part = blanks < 0.5 * len(lines)
        self.last = ""

    def goes_on(self, paragraph: str, last: str, line: str, after_blank: bool) -> bool:
        """Whether `line` belongs to the paragraph whose last line is `last`."""
        if _REST_OF_YEARS.match(line) and re.search(r"\d{4}$|giai đoạn$", last):
            return True
        if ITEM.match(line) or last.endswith("./.") or _BEGINS.match(line):
            return False
        if line[0].islower() or line[0] in "%,;.)":
            return not _ENDS.search(last) or (self.wrapped and last[-1] in ";,")
        if _GOES_ON.search(last) or paragraph.count("“") > paragraph.count("”"):
            return True
        if _ENDS.search(last) or (last.isupper() and len(last) > 3):
            leads = line.endswith(":") or _LEADS.match(line)
            return self.wrapped and not (last.endswith((":", "./.")) or after_blank or leads) and self._full(last)
        if line[0] in '“"' and not _NAMED_FIRST.match(line):
            return True
        return self.wrapped and not (after_blank and self.blanks_part) and self._full(last) and not line.isupper()

    def _full(self, line: str) -> bool:
        return len(line) >= 0.8 * self.width
