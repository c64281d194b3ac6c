"""What looks wrong in a plan, said to the person who brings it; nothing is repaired."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from hieuhoc.plans.reading.document import Document
from hieuhoc.plans.reading.head import Found
from hieuhoc.plans.reading.result import Activity, Caution, Target

_CLOSED = re.compile(r"[.!?:;…”\")\]]\s*$|\./\.")
_SIGNED = re.compile(r"nơi nhận|^tm\.|^kt\.|^q\.|chủ tịch$|\./\.|người ký|\(đã ký\)|^nguồn\b", re.MULTILINE)
SLACK = 1
LONGEST = 15


def cautions(
    document: Document, found: Found, targets: Sequence[Target], activities: Sequence[Activity]
) -> list[Caution]:
    """Every caution of head, times, item numbers and the end of the text."""
    return [
        *_head(document, found),
        *_years(found, targets, activities),
        *_items(activities),
        *_end(document),
        *_targets(targets),
    ]


def _head(document: Document, found: Found) -> Iterator[Caution]:
    if found.blank_number:
        yield Caution("missing_number", "Văn bản không ghi số.")
    if found.unclear:
        said = document.of(found.unclear)
        yield Caution("number_unclear", f"Số “{said}” không rõ; cần đối chiếu với bản gốc.", said, found.unclear)
    if found.head.date is None:
        yield Caution("missing_date", "Văn bản không ghi đủ ngày, tháng, năm ban hành.")


def _years(found: Found, targets: Sequence[Target], activities: Sequence[Activity]) -> Iterator[Caution]:
    """Years no plan of these years can mean."""
    years, day = found.head.years, found.head.date
    known = [*(years or ()), *([day.year] if day else [])]
    if not known:
        return
    first, last = min(known) - SLACK, (max(known) if years else max(known) + LONGEST) + SLACK
    for activity in activities:
        for time in activity.when:
            if time.year and not first <= time.year <= last:
                yield _implausible(time.year, activity.sentence, activity)
    for target in targets:
        if target.year and not first <= target.year <= last:
            yield _implausible(target.year, target.sentence, target)


def _implausible(year: int, sentence: str, of: Activity | Target) -> Caution:
    return Caution(
        "implausible_year", f"Năm {year} nằm ngoài thời gian của kế hoạch; có thể do đánh máy.", sentence, of.span
    )


def _items(activities: Sequence[Activity]) -> Iterator[Caution]:
    """Item numbers used twice under one task."""
    counts: Counter[tuple[str | None, str | None]] = Counter(
        (activity.task, activity.item) for activity in activities if activity.item
    )
    seen: Counter[tuple[str | None, str | None]] = Counter()
    for activity in activities:
        key = (activity.task, activity.item)
        seen[key] += 1
        if counts[key] > 1 and seen[key] == 2:
            message = f"Số thứ tự {activity.item} được dùng {counts[key]} lần."
            yield Caution("duplicate_item_number", message, activity.sentence, activity.span)


def _end(document: Document) -> Iterator[Caution]:
    """A text that stops in the middle of a sentence."""
    lines = [line for line in document.lines if re.search(r"\w", document.of(line.span))]
    if not lines or lines[-1].table is not None:
        return
    last = document.of(lines[-1].span)
    ending = "\n".join(document.plain[line.span.start : line.span.end] for line in lines[-30:])
    before = document.of(lines[-2].span) if len(lines) > 1 else ""
    credited = len(last) < 60 and _CLOSED.search(before)
    if _CLOSED.search(last) or _SIGNED.search(ending) or _is_name(last) or credited:
        return
    yield Caution("text_ends_early", "Văn bản dừng giữa chừng; có thể thiếu phần cuối.", last[-300:], lines[-1].span)


def _is_name(text: str) -> bool:
    """Whether a last line is the name of who wrote or signed."""
    words = re.findall(r"[^\W\d]+", text)
    return 0 < len(words) <= 8 and all(word[0].isupper() for word in words)


def _targets(targets: Sequence[Target]) -> Iterator[Caution]:
    if not targets:
        yield Caution("no_targets", "Không tìm thấy chỉ tiêu nào trong văn bản.")
    for target in targets:
        if target.year is None:
            yield Caution("year_unknown", "Chỉ tiêu không nói đến năm nào.", target.sentence, target.span)
        if target.unit == "percent" and target.comparator != "relative" and not 0 < target.value <= 100:
            yield Caution("implausible_value", f"Tỷ lệ {target.value} % không hợp lý.", target.sentence, target.span)
