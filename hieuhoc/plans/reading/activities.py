"""The dated activities of a plan: rows of tables that have a column of what is done and one of when.

Columns are found by their headings in any order. A row that only names a task ("Nhiệm vụ 2: …", "II. …") is the
task of the rows below it; so is a line "Nhiệm vụ 1: …" above the table.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from hieuhoc.plans.reading.document import Document, Line
from hieuhoc.plans.reading.outline import mark_of
from hieuhoc.plans.reading.result import Activity, Span
from hieuhoc.plans.reading.when import read_when

_COLUMNS = (
    ("item", re.compile(r"(?:s?tt|số tt|số thứ tự|tt)\.?$")),
    ("when", re.compile(r"thời (?:gian|điểm|hạn)|tiến độ|lộ trình|hoàn thành|năm thực hiện")),
    ("joins", re.compile(r"phối hợp")),
    ("who", re.compile(r"(?:tổ chức|cơ quan|đơn vị|bộ phận|người|cấp)[\w\s,/]*(?:thực hiện|chủ trì|phụ trách)"
        r"|chủ trì|phân công|thực hiện$|phụ trách")),
    ("text", re.compile(r"nội dung|hoạt động|nhiệm vụ|công việc|tên việc|giải pháp")),
)  # fmt: skip
_TASK = re.compile(r"nhiệm vụ\s+(?:số\s+)?\d+\s*[.:]|nhiệm vụ trọng tâm|nhóm nhiệm vụ")
_ROW_TASK = re.compile(r"(?:[ivx]{1,5}|[a-hđ])$")
_TOGETHER = re.compile(r"[,;]?\s+(?:chủ trì,?\s+)?phối (?:kết )?hợp\s+(?:với|cùng)\s+")


def columns_of(document: Document, line: Line) -> dict[str, int]:
    """Which cell of a heading row holds what; empty where it is no heading of a table of activities."""
    found: dict[str, int] = {}
    for at, cell in enumerate(line.cells):
        said = document.plain[cell.start : cell.end].strip()
        for key, pattern in _COLUMNS:
            if key not in found and len(said) < 90 and pattern.search(said):
                found[key] = at
                break
    return found if {"text", "when"} <= set(found) else {}


def read_activities(document: Document) -> tuple[list[Activity], list[str]]:
    """Every activity in order, and the tasks they stand under."""
    found: list[Activity] = []
    tasks: list[str] = []
    for task, line, columns in _rows(document):
        activity = _activity(document, line, columns, task)
        if activity:
            found.append(activity)
            if task and task not in tasks:
                tasks.append(task)
    return found, tasks


def _rows(document: Document) -> Iterator[tuple[str | None, Line, Mapping[str, int]]]:
    """The rows of the tables of activities with the task above them."""
    task: str | None = None
    columns: dict[str, int] = {}
    table: int | None = None
    for line in document.lines:
        if line.table is None:
            task = _task_of(document, line) or task
            continue
        if line.table != table:
            table, columns = line.table, {}
        heading = columns_of(document, line)
        if heading:
            columns = heading
        elif columns:
            named = _row_task(document, line, columns)
            task = named or task
            if not named:
                yield task, line, columns


def _task_of(document: Document, line: Line) -> str | None:
    """The task a line above a table names: "Nhiệm vụ 1: …"."""
    plain = document.plain[line.span.start : line.span.end]
    return document.of(line.span) if _TASK.match(plain) else None


def _row_task(document: Document, line: Line, columns: Mapping[str, int]) -> str | None:
    """The task a row names: nothing but a number and a name, or a Roman number before it."""
    cells = [document.of(cell).strip() for cell in line.cells]
    filled = [cell for cell in dict.fromkeys(cells) if cell]
    item = cells[columns["item"]] if columns.get("item", 99) < len(cells) else ""
    when = cells[columns["when"]] if columns["when"] < len(cells) else ""
    if when and when not in filled[:1] and not (len(filled) <= 2 and not read_when(when.lower())):
        return None
    if _ROW_TASK.fullmatch(item.lower().rstrip(".")) or len(filled) <= 2:
        return " ".join(filled) or None
    return None


def _activity(document: Document, line: Line, columns: Mapping[str, int], task: str | None) -> Activity | None:
    """The activity of a row; None for a row without words."""
    cells = {key: document.of(line.cells[at]).strip() for key, at in columns.items() if at < len(line.cells)}
    text = cells.get("text", "")
    if not re.search(r"[^\W\d]{2}", text) or re.fullmatch(r"[\d()\s|]+", " ".join(cells.values())):
        return None
    when = _span(line.cells, columns["when"])
    times = read_when(document.plain[when.start : when.end]) if when else ()
    who = cells.get("who") or cells.get("joins") or None
    lead, joins = parties(cells.get("who", ""))
    return Activity(
        task, cells.get("item") or _own_item(text), text, times, who, document.of(line.span), line.span,
        lead, cells.get("joins") or joins,
    )  # fmt: skip


def _own_item(text: str) -> str | None:
    """The number an activity begins with, where the table has no column for it."""
    kind, at = mark_of(text, text.lower(), None)
    return text[:at].strip() if kind in ("n1", "n2", "n3") else None


def _span(cells: Sequence[Span], at: int) -> Span | None:
    return cells[at] if at < len(cells) else None


def parties(who: str) -> tuple[str | None, str | None]:
    """Who leads and who joins: "HKH tỉnh chủ trì, phối hợp với Sở …"."""
    if not who:
        return None, None
    parts = _TOGETHER.split(who, maxsplit=1)
    lead = re.sub(r"\s+chủ trì,?$", "", parts[0]).strip(" ,;.")
    return lead or None, (parts[1].strip(" .") if len(parts) > 1 else None)
