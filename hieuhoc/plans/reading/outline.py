"""Where a paragraph stands: under which headings, so by which year, for which area, in which part of the plan.

A heading or a line that leads in a list ("- Đến năm 2025:") holds for what follows until one of its own kind, or of
a kind that stood before it, comes. Kinds of marks are not ranked: documents mix them, but each keeps its own order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hieuhoc.plans.reading import words
from hieuhoc.plans.reading.document import CAPITALS, Document, Line
from hieuhoc.plans.reading.figures import Setting, area_of, year_of
from hieuhoc.plans.reading.grammar import asked, subject_before
from hieuhoc.plans.reading.result import Span
from hieuhoc.plans.reading.sentence import Sentence, Subject

_MARKS = (
    ("roman", re.compile(r"(?:phần\s+)?[ivx]{1,5}\s*[.\-)/:]\s*(?=\S)")),
    ("article", re.compile(r"điều\s+\d+\s*[.:]\s*")),
    ("task", re.compile(r"nhiệm vụ\s+\d+\s*[.:]\s*")),
    ("n4", re.compile(r"\d{1,2}(?:\.\d{1,2}){3}[.)]?\s+")),
    ("n3", re.compile(r"\d{1,2}(?:\.\d{1,2}){2}[.)]?\s+")),
    ("n2", re.compile(r"\d{1,2}\.\d{1,2}[.)]?\s+(?!%)")),
    ("n1", re.compile(r"\(?\d{1,2}[.)/]\s*(?=[^\W\d]|\")")),
    ("letter", re.compile(r"\(?[a-zđ]{1,2}[.)]\s*(?=\S)")),
    ("plus", re.compile(r"\+\s*")),
    ("dash", re.compile(r"-\s*(?=\S)")),
    ("dot", re.compile(r"[•▪●○◦·§✓➢❖]\s*")),
)
_STAR = re.compile(r"\*\s*(?=[^*\s])")
_TOP = {"roman", "caps", "article"}
_SECTIONS = (
    ("targets", re.compile(r"(?:các\s+|một số\s+|hệ thống\s+)?(?:mục tiêu|chỉ tiêu)|quan điểm[ ,và]+mục tiêu")),
    (
        "past",
        re.compile(
            r"(?:những\s+|một số\s+)?(?:đánh giá|kết quả|thực trạng|tình hình|đặc điểm|bối cảnh|hạn chế|tồn tại)"
        ),
    ),
    ("money", re.compile(r"(?:nguồn\s+)?kinh phí|nguồn lực|ngân sách")),
    ("duties", re.compile(r"(?:phân công\s+)?tổ chức thực hiện|phân công|trách nhiệm|tổ chức triển khai")),
    (
        "tasks",
        re.compile(
            r"(?:một số\s+|các\s+|những\s+)?(?:nội dung|nhiệm vụ|giải pháp|lộ trình|tiến độ|nhiệm vụ trọng tâm)"
        ),
    ),
    ("report", re.compile(r"(?:quy định về\s+)?(?:chế độ\s+)?(?:thông tin,?\s*)?báo cáo")),
    ("purpose", re.compile(r"mục đích|yêu cầu|sự cần thiết|căn cứ")),
)
_ANYWHERE = re.compile(r"mục tiêu|chỉ tiêu")
_BASIS = re.compile(
    r"(?:-\s*)?(?:căn cứ|xét|theo đề nghị|thực hiện (?:quyết định|công văn|kế hoạch|chỉ thị|kết luận|nghị quyết))"
)
LONGEST_HEADING = 220


_NOTHING_SET = Setting()
_NOBODY = Subject()


@dataclass(frozen=True)
class Place:
    """Where a paragraph stands: part of the plan, what its headings set, and the whole headings for a person."""

    section: str | None = None
    setting: Setting = _NOTHING_SET
    subject: Subject = _NOBODY
    measure: str | None = None
    learning: bool = False
    kind: str = "text"


@dataclass
class _Entry:
    kind: str
    place: Place
    children: bool = False


def mark_of(text: str, plain: str, numbered: str | None) -> tuple[str, int]:
    """The kind of mark a paragraph begins with, and where its words begin."""
    if numbered:
        return f"word{numbered}", 0
    if _STAR.match(text):
        return "star", _STAR.match(text).end()  # type: ignore[union-attr]
    for kind, pattern in _MARKS:
        match = pattern.match(plain)
        if match and (kind != "roman" or _is_roman(text[: match.end()])):
            return kind, match.end()
    return ("caps" if text.isupper() and len(text) > 5 else "text"), 0


def _is_roman(mark: str) -> bool:
    """Whether a mark is a Roman number in capitals: "v. v." and "i." are not."""
    return mark.replace("Phần", "").strip(" .-)/:").isupper()


def is_basis(plain: str) -> bool:
    """Whether a paragraph names what a plan rests on, not what it asks."""
    return _BASIS.match(plain) is not None


def is_heading(plain: str, kind: str) -> bool:
    """Whether a paragraph without figures heads what follows: short, and not a sentence."""
    if plain.endswith(":"):
        return len(plain) <= 2 * LONGEST_HEADING
    return len(plain) <= LONGEST_HEADING and (kind != "text" or not plain.endswith((".", ";", ",")))


def section_of(words_of_heading: str, kind: str) -> str | None:
    """The part of the plan a heading opens, if it is one that matters."""
    for section, pattern in _SECTIONS:
        if pattern.match(words_of_heading):
            return section
    if kind in _TOP and _ANYWHERE.search(words_of_heading):
        return "targets"
    return None


Walked = tuple[Line, Place, bool]


def walk(document: Document) -> Iterator[Walked]:
    """Each line with its place, and whether it is a heading itself; rows with the place their table stands in."""
    stack: list[_Entry] = []
    for line in document.lines:
        top = stack[-1].place if stack else Place()
        if line.table is not None and len(line.cells) > 1:
            yield line, replace(top, kind="row"), False
            continue
        text, plain = document.of(line.span), document.plain[line.span.start : line.span.end]
        kind, at = mark_of(text, plain, line.numbered)
        sentence = _sentence(plain[at:]) if is_heading(plain, kind) and not is_basis(plain) else None
        heading = sentence is not None and not sentence.figures
        _pop(stack, kind, heading)
        top = stack[-1].place if stack else Place()
        place = replace(top, kind=kind)
        if heading and sentence:
            place = _headed(place, plain[at:], kind, sentence)
            stack.append(_Entry(kind, place))
        elif stack and kind != stack[-1].kind:
            stack[-1].children = True
        yield line, place, heading


def _sentence(plain: str) -> Sentence:
    text = words.blanked(plain)
    return Sentence(text, words.all_tokens(text))


def _pop(stack: list[_Entry], kind: str, heading: bool) -> None:
    """Leave the headings that end where a paragraph of this kind begins."""
    if kind in _TOP:
        stack.clear()
        return
    for at, entry in enumerate(stack):
        if entry.kind == kind and (heading or entry.children or kind not in ("text", "dash", "star", "dot", "plus")):
            del stack[at:]
            return
    if stack and not heading and stack[-1].kind == kind:
        return
    if stack:
        stack[-1].children = True


def _headed(place: Place, plain: str, kind: str, sentence: Sentence) -> Place:
    """The place a heading makes for what follows."""
    section = section_of(plain, kind) if len(plain) < LONGEST_HEADING else None
    years = [year for token in sentence.tokens if (year := year_of(token))]
    area = next((own for token in sentence.tokens if (own := area_of(token))), place.setting.area)
    goal = any(token.kind == "GOAL" for token in sentence.tokens)
    past = any(token.kind == "PAST" for token in sentence.tokens)
    span = range(len(sentence.tokens))
    subject = subject_before(sentence, span)
    measure, models, registered = asked(sentence, span)
    named = replace(subject, models=tuple(models) or subject.models, registered=registered)
    return Place(
        section or place.section,
        Setting(
            years[-1] if years else place.setting.year,
            area,
            (goal or place.setting.goal or section == "targets") and not past and section not in ("past", "money"),
            section == "targets" or (place.setting.targets and section is None),
        ),
        named if named.models or named.group else place.subject,
        measure if measure in ("register", "recognise") else place.measure,
        place.learning or bool(named.models) or "học tập" in plain,
        kind,
    )


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences of a paragraph as spans; a point inside a number or an abbreviation ends none."""
    found, start = [], span.start
    for match in _STOP.finditer(text, span.start, span.end):
        found.append(Span(start, match.end(match.lastindex or 0)))
        start = match.end()
    if start < span.end:
        found.append(Span(start, span.end))
    return found


_STOP = re.compile(
    r"(?<!\bTP)(?<!\bTT)(?<!\b[A-ZĐ])(?<!\d)(?<!\.\.)([.!?…])\s+"
    rf"(?=[“\"(]?[{CAPITALS}\d])|(?<=[\d%])(\.)\s+(?=[{CAPITALS}“\"\d])"
)
