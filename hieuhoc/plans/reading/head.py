"""The head of a plan: number, date, issuer, place, programme, years.

The order of trust: the lines "Số: …" and "…, ngày … tháng … năm …" of the paper itself; "(Kèm theo Quyết định số
…)"; and, in a newspaper's words, "ban hành Kế hoạch số …". What a plan rests on ("Căn cứ …") never gives its
number. What is blank stays blank.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hieuhoc.plans.reading.document import CAPITALS, Document
from hieuhoc.plans.reading.document import plain as plain_of
from hieuhoc.plans.reading.outline import is_basis
from hieuhoc.plans.reading.result import Head, Span

FRONT = 40
_SIGN = r"[a-zđ]{2,6}(?:\s?-\s?[a-zđ&]{2,12}){0,3}"
_NUMBER_LINE = re.compile(
    rf"^\s*số\s*:?\s*(?P<number>[^\s/|,]{{0,12}}(?:\s?[\da-z]{{1,5}})?)\s*(?P<rest>/\s?(?:\d{{4}}/)?{_SIGN}"
    rf"|-{_SIGN}/[a-zđ]{{2,8}})(?![\w])"
)
_REFERENCE = (
    rf"(?:số\s*:?\s*)?(?P<number>[\w]{{1,8}})\s?(?P<rest>/(?:\d{{4}}/)?{_SIGN}|-{_SIGN}/[a-zđ]{{2,8}})"
    r"(?:,?\s*(?:ngày|ký ngày)\s+(?P<date>\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}"
    r"|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}))?"
)
_ATTACHED = re.compile(rf"kèm theo\s+(?:quyết định|kế hoạch|công văn)\s+{_REFERENCE}")
_ISSUED = re.compile(
    rf"(?:ban hành|ký(?: ban hành)?|phê duyệt)\s+(?:kế hoạch|quyết định|chương trình|đề án)\s+{_REFERENCE}"
)
_DAY = re.compile(
    r"(?:ngày|hôm)\s*(?P<d>\d{1,2})\s*(?:[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>\d{4})"
    r"|tháng\s*(?P<m2>\d{1,2})\s*,?\s*năm\s*(?P<y2>\d{4}))"
)
_DATE_LINE = re.compile(
    r"(?:^|[|,]\s*|/[^\s/]+\s+)(?P<where>[^|,/]{2,40}),\s*ngày(?P<rest>\s*\d{1,2}/\d{1,2}/\d{4}"
    r"|[\s\d.…_]*tháng[\s\d.…_]*(?:năm[\s\d.…_]*)?)"
)
_PROGRAMMES = (
    ("387", re.compile(r"387/q|chương trình 387|quyết định (?:số )?387"
        r"|học tập suốt đời trong gia đình,? dòng họ,? cộng đồng(?:,| và)+ đơn vị")),
    ("677", re.compile(r"677/q|quyết định (?:số )?677|xây dựng mô hình\W{0,3}công dân học tập")),
    ("281", re.compile(r"281/q|đề án 281|quyết định (?:số )?281|trong gia đình,? dòng họ(?:,"
        r"| và)? cộng đồng\W{0,3}(?:đến năm 2020|giai đoạn 201)")),
    ("1373", re.compile(r"1373/q|quyết định (?:số )?1373|xây dựng xã hội học tập\W{0,3}giai đoạn 2021")),
)  # fmt: skip
_SPAN_OF_YEARS = re.compile(r"(?:giai đoạn|từ năm|năm)\s+(20\d\d)\s*(?:-|đến(?: năm)?)\s*(20\d\d)")
_UNTIL = re.compile(r"đến năm\s+(20\d\d)")
_YEAR = re.compile(r"năm\s+(20\d\d)")
_TITLE = re.compile(r"^(?:kế hoạch|quyết định|chương trình|đề án|nghị quyết|chỉ thị|phương án)(?:\s|$|:)")
_BODY = re.compile(r"(?:[ivx]{1,4}|[a-z]|\d{1,2})\s*[.\-/)]\s*\S|[-+*•]\s*\S|ủy ban nhân dân|điều 1|\(|theo đó")
_KIND = r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)"
_WORD = rf"[{CAPITALS}][\w'’\-]*|\d{{1,2}}(?!\w)"
_NAME = rf"(?P<name>(?:{_WORD})(?:[ ](?:- )?(?:{_WORD})){{0,4}})"
_AFTER_NAME = re.compile(r"\s(?=(?:ỦY|HỘI|CỘNG|ĐỘC|CĂN|GIAI|ĐẾN|NĂM|VỀ|SỐ|Độc|Cộng|Căn|Số)(?!\w))")
_LEVELS = {"tp": "Thành phố", "tp.": "Thành phố"}
_ISSUERS = (
    ("TTG", "Thủ tướng Chính phủ"), ("UBND", "Ủy ban nhân dân"), ("HKHVN", "Hội Khuyến học Việt Nam"),
    ("KHVN", "Hội Khuyến học Việt Nam"), ("HKH", "Hội Khuyến học"), ("BCĐ", "Ban Chỉ đạo"), ("TU", "Tỉnh ủy"),
    ("SGDĐT", "Sở Giáo dục và Đào tạo"), ("BGDĐT", "Bộ Giáo dục và Đào tạo"), ("HĐND", "Hội đồng nhân dân"),
)  # fmt: skip


@dataclass
class Found:
    """The head with what a person must be told of it."""

    head: Head
    blank_number: bool = False
    unclear: Span | None = None


def read_head(document: Document) -> Found:
    """The head of the document."""
    spans: list[tuple[str, Span]] = []
    number, number_span, day, day_span = _number_and_day(document)
    title = title_of(document)
    place, place_span = place_of(document, title)
    for name, span in (("number", number_span), ("date", day_span), ("place", place_span)):
        if span:
            spans.append((name, span))
    years = years_of(document, title, day)
    head = Head(
        number, day, _issuer(document, number, place), place, programme_of(document, title), years, tuple(spans)
    )
    unclear = number_span if number and not _clear(number) else None
    return Found(head, number is None, unclear)


def _clear(number: str) -> bool:
    """A number is digits, perhaps with a letter behind."""
    return re.match(r"\d+[a-zđ]?[/-]", number, re.IGNORECASE) is not None


def front(document: Document) -> Iterator[tuple[Span, str]]:
    """The cells of the first lines, up to the first heading of the body."""
    for line in document.lines[:FRONT]:
        for cell in line.cells:
            plain = document.plain[cell.start : cell.end]
            if re.match(r"i\s*[.\-/]\s*\S", plain):
                return
            yield cell, plain


Numbered = tuple[str | None, Span | None, date | None, Span | None]


def _number_and_day(document: Document) -> Numbered:
    """Number and day, of the paper's own lines first."""
    own_number, number_span, own_line = _own_number(document)
    day, day_span, day_line = _own_day(document)
    if own_line or day_line:
        return own_number, number_span, day, day_span
    for pattern in (_ATTACHED, _ISSUED):
        found = _referred(document, pattern)
        if found:
            return found
    return None, None, None, None


def _own_number(document: Document) -> tuple[str | None, Span | None, bool]:
    """The number of the line "Số: …/…"; the line may be blank, which is told by the last value."""
    for span, plain in front(document):
        match = _NUMBER_LINE.match(plain)
        if match:
            digits = document.text[span.start + match.start("number") : span.start + match.end("number")].strip(" *.…_")
            if not re.search(r"\d", digits):
                return None, None, True
            rest = document.text[span.start + match.start("rest") : span.start + match.end("rest")].replace(" ", "")
            where = Span(span.start + match.start("number"), span.start + match.end("rest"))
            return digits.replace(" ", "") + rest, where, True
    return None, None, False


def _own_day(document: Document) -> tuple[date | None, Span | None, bool]:
    """The day of the line "Nơi, ngày … tháng … năm …"."""
    for span, plain in front(document):
        match = _DATE_LINE.search(plain)
        if match and not is_basis(plain) and len(plain) < 160:
            at = span.start + match.start("rest") - 4
            day = _day(plain[match.start("rest") - 4 :])
            return day, Span(at, span.start + match.end("rest")) if day else None, True
    return None, None, False


def _day(plain: str) -> date | None:
    """The first day written in the text."""
    match = _DAY.search(plain)
    if not match:
        return None
    try:
        return date(int(match["y"] or match["y2"]), int(match["m"] or match["m2"]), int(match["d"]))
    except ValueError:
        return None


def _referred(document: Document, pattern: re.Pattern[str]) -> Numbered | None:
    """Number and day of a plan that is told of, not in what it rests on."""
    for line in document.lines[: FRONT * 2]:
        plain = document.plain[line.span.start : line.span.end]
        match = pattern.search(plain)
        if not match or is_basis(plain):
            continue
        at, end = line.span.start + match.start("number"), line.span.start + match.end("rest")
        number = document.text[at:end].replace(" ", "")
        day = _day("ngày " + match["date"]) if match["date"] else None
        if day is None and pattern is _ISSUED:
            day = _day(plain[max(0, match.start() - 80) : match.start()])
        where = (
            Span(line.span.start + match.start("date"), line.span.start + match.end("date")) if match["date"] else None
        )
        return number, Span(at, end), day, where
    return None


def title_of(document: Document) -> Span | None:
    """The name of the plan: from the last "KẾ HOẠCH" of the front to the basis or the body."""
    start, end = None, None
    for line in document.lines[:FRONT]:
        plain = document.plain[line.span.start : line.span.end]
        if line.table is None and _TITLE.match(plain) and not plain.endswith((".", ";")) and len(plain) < 400:
            if not re.fullmatch(r"quyết định\s*:?", plain) or start is None:
                start, end = line.span.start, line.span.end
        elif start is not None and (is_basis(plain) or _BODY.match(plain)):
            if document.text[start:end].strip().casefold() not in ("quyết định", "quyết định:"):
                break
        elif start is not None and (_NUMBER_LINE.match(plain) or _DATE_LINE.search(plain)):
            continue
        elif start is not None and line.span.end - start < 700:
            end = line.span.end
    return Span(start, end) if start is not None and end is not None else None


def programme_of(document: Document, title: Span | None) -> str | None:
    """The programme a plan carries out: named in its title, else most often in the text."""
    if title:
        said = document.plain[title.start : title.end]
        for name, pattern in _PROGRAMMES:
            if pattern.search(said):
                return name
    counts = {name: len(pattern.findall(document.plain)) for name, pattern in _PROGRAMMES}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else None


def years_of(document: Document, title: Span | None, day: date | None) -> tuple[int, int] | None:
    """The years a plan covers: of its title, else of the programme's name in the text."""
    head = document.plain[title.start : title.end] if title else ""
    spans = [line.span for line in document.lines[:FRONT] if line.table is None]
    told = " ".join(document.plain[span.start : span.end] for span in spans)[:4000]
    for said in (head, told):
        match = _SPAN_OF_YEARS.search(said)
        if match:
            return int(match[1]), int(match[2])
        until = _UNTIL.search(said)
        if until and day and day.year <= int(until[1]):
            return day.year, int(until[1])
        one = _YEAR.search(said) if said is head else None
        if one and not until:
            return int(one[1]), int(one[1])
    return None


def place_of(document: Document, title: Span | None) -> tuple[str | None, Span | None]:
    """The place a plan is for: "trên địa bàn …" of the title, who issued it, else the place named most."""
    for pattern, within in (
        (rf"trên địa bàn\s+(?:toàn\s+)?(?P<kind>{_KIND})[ ]+", title),
        (rf"(?:ubnd|ủy ban nhân dân|hội khuyến học|hkh)\s+(?P<kind>{_KIND})[ ]+", title),
        (
            rf"^(?:ubnd|ủy ban nhân dân|hội khuyến học|hkh)\s+(?P<kind>{_KIND})[ ]+",
            Span(0, min(2500, len(document.text))),
        ),
        (rf"(?<!\w)(?P<kind>{_KIND})[ ]+", title),
        (rf"trên địa bàn\s+(?P<kind>{_KIND})[ ]+", Span(0, len(document.text))),
    ):
        found = _place(document, pattern, within)
        if found:
            return found
    return _by_heading_line(document) or _most_named(document) or (None, None)


def _place(document: Document, pattern: str, within: Span | None) -> tuple[str, Span] | None:
    """The first place a pattern names in the span."""
    if within is None:
        return None
    for match in re.compile(pattern, re.MULTILINE).finditer(document.plain, within.start, within.end):
        name = re.compile(_NAME).match(document.text, match.end())
        if name and not re.match(r"(?:số|và)\b", name[0], re.IGNORECASE):
            return _named(document, match["kind"], name["name"]), Span(match.start("kind"), name.end())
    return None


def _named(document: Document, kind: str, name: str) -> str:
    """Kind and name as they are written in a running text: "Tỉnh Bắc Kạn"."""
    shown = _LEVELS.get(kind, kind.capitalize())
    name = _AFTER_NAME.split(name)[0]
    if any(word[1:] != word[1:].lower() for word in name.split()):
        usual = re.search(
            rf"(?<!\w){re.escape(name)}(?!\w)", document.text.replace(name, "·" * len(name)), re.IGNORECASE
        )
        name = usual[0] if usual and not usual[0].islower() else " ".join(word.capitalize() for word in name.split())
    return f"{shown} {name}"


def _by_heading_line(document: Document) -> tuple[str, Span] | None:
    """The place of the date line, its level by who issues: "Sơn La, ngày …" under "UBND tỉnh"."""
    for span, plain in front(document):
        match = _DATE_LINE.search(plain)
        if match:
            name = document.text[span.start + match.start("where") : span.start + match.end("where")].strip(" *|")
            said = re.search(rf"(?<!\w)({_KIND}) {re.escape(plain_of(name))}(?!\w)", document.plain)
            kind = said or re.search(rf"(?:ubnd|ủy ban nhân dân|hội khuyến học)\s+({_KIND})(?!\w)", document.plain)
            if kind and name:
                at = span.start + match.start("where")
                return f"{_LEVELS.get(kind[1], kind[1].capitalize())} {name}", Span(at, at + len(name))
    return None


def _most_named(document: Document) -> tuple[str, Span] | None:
    """The place named most often with its kind, for texts without a head."""
    counts: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for match in re.finditer(rf"(?<!\w)(?P<kind>{_KIND})[ ]+", document.plain):
        name = re.compile(_NAME).match(document.text, match.end())
        if name and not name[0].isdigit() and not name[0].isupper():
            shown = _named(document, match["kind"], name["name"])
            counts[shown] += 1
            first.setdefault(shown, Span(match.start("kind"), name.end()))
    if not counts:
        return None
    shown = counts.most_common(1)[0][0]
    return shown, first[shown]


def _issuer(document: Document, number: str | None, place: str | None) -> str | None:
    """Who issued the plan: by the letters of its number, else by who is named at its front, with the place."""
    letters = re.split(r"[/-]", number.upper())[1:] if number else []
    body = next((name for sign, name in _ISSUERS if sign in letters), None)
    if body is None:
        said = document.plain[:3000]
        if "ủy ban nhân dân" in said or "ubnd" in said:
            body = "Ủy ban nhân dân"
        elif "hội khuyến học" in said:
            body = "Hội Khuyến học"
    if body in ("Ủy ban nhân dân", "Hội Khuyến học", "Hội đồng nhân dân", "Ban Chỉ đạo") and place:
        return f"{body} {place[0].lower()}{place[1:]}"
    return body
