"""The duties of each body: the part "Tổ chức thực hiện", body by body.

A body is a numbered line ("1. Hội Khuyến học tỉnh"), its duties the items and paragraphs below it; both may stand
in one line, parted by a colon or by the first verb.
"""

import re
from collections.abc import Iterable

from hieuhoc.plans.reading import outline
from hieuhoc.plans.reading.document import Document, Line
from hieuhoc.plans.reading.result import Duty, Span

_VERB = re.compile(
    r"\s*(?::|(?:,?\s+)(?=(?:là cơ quan|chủ trì|phối hợp|có trách nhiệm|chịu trách nhiệm|tham mưu|chỉ đạo|căn cứ"
    r"|xây dựng|hướng dẫn"
    r"|tổ chức (?!chính|xã|đoàn|tôn|hội|và|có|kinh)|đẩy mạnh|bố trí|triển khai|tuyên truyền|phát động|theo dõi"
    r"|cân đối|tăng cường)))"
)
_ASKED = re.compile(r"(?:đề nghị|giao|yêu cầu|trách nhiệm của)\s+(?:các\s+)?(?=\S)")
_OVER = re.compile(
    r"trên đây là|nơi nhận|tm\.|kt\.|yêu cầu các|căn cứ (?:nội dung )?kế hoạch|trong quá trình|kế hoạch này (?:có|thay)"
)
_PART = re.compile(r"(?:phân công\s+)?tổ chức (?:thực hiện|triển khai)|phân công|trách nhiệm (?:thực hiện|của các)")
_BODY_KINDS = ("n1", "n2", "letter", "dash", "plus")
LONGEST_BODY = 200


def read_duties(document: Document, walked: Iterable[outline.Walked]) -> list[Duty]:
    """Every body with its duties, in order."""
    found: list[tuple[Span, str, list[tuple[str, Span]]]] = []
    kind_of_body: str | None = None
    for line, place, heading in walked:
        text, plain = document.of(line.span), document.plain[line.span.start : line.span.end]
        kind, at = outline.mark_of(text, plain, line.numbered)
        kind_of_body = _kind_of_body(kind_of_body, line, place, kind, plain)
        if kind_of_body in (None, "over") or (heading and kind != kind_of_body and _PART.match(plain[at:])):
            continue
        if kind == kind_of_body:
            found.append(_body(document, line.span, at))
        elif found:
            found[-1][2].append(_item(document, Span(line.span.start + at, line.span.end)))
    return [Duty(body, tuple(items), span) for span, body, items in found]


def _kind_of_body(known: str | None, line: Line, place: outline.Place, kind: str, plain: str) -> str | None:
    """By which mark bodies are told here: the first found in the part; "over" after its last."""
    if place.section != "duties" or line.table is not None:
        return None
    if known == "over" or _OVER.match(plain) or (kind == "text" and plain.endswith("./.")):
        return "over"
    marked = kind in _BODY_KINDS or kind.startswith("word")
    part = _PART.match(plain[outline.mark_of(plain, plain, line.numbered)[1] :])
    return kind if known is None and marked and not part else known


def _body(document: Document, span: Span, at: int) -> tuple[Span, str, list[tuple[str, Span]]]:
    """The body a line names, and the duty that stands in the same line."""
    start = span.start + at
    asked = _ASKED.match(document.plain, start)
    start = asked.end() if asked else start
    verb = _VERB.search(document.plain, start, span.end)
    if verb is None or verb.start() - start > LONGEST_BODY:
        name = Span(start, span.end)
        return name, document.of(name).rstrip(" :.;"), []
    name = Span(start, verb.start())
    rest = Span(verb.end(), span.end)
    items = [_item(document, rest)] if document.of(rest).strip(" .;:") else []
    return name, document.of(name).rstrip(" :.;,"), items


def _item(document: Document, span: Span) -> tuple[str, Span]:
    return document.of(span).strip(), span
