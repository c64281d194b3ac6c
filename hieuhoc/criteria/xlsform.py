"""A criteria version as an XLSForm: communes that collect with ODK or KoboToolbox go on with the tool they know.

One question an indicator that is typed, by its kind; what is computed from titles is not asked. Question names come
from `sheets.submissions`, which reads the exported answers back. Use: ``workbook(criteria)`` gives the bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import xlsxwriter

from hieuhoc.common.numbers import vn_number
from hieuhoc.criteria.wording import limits
from hieuhoc.scoring import Criteria, Indicator
from hieuhoc.sheets.columns import Column
from hieuhoc.sheets.submissions import ASKED, BEFORE, COUNT, IDENTITY, NO_LEVEL, NOW, OF, OFF, OFF_LABEL, PARTS, name_of

LANGUAGE = "Vietnamese (vi)"
LABEL, HINT, MESSAGE = (f"{what}::{LANGUAGE}" for what in ("label", "hint", "constraint_message"))
SURVEY = ("type", "name", LABEL, HINT, "required", "constraint", MESSAGE, "relevant", "appearance")
CHOICES = ("list_name", "name", LABEL)
YES_NO = (("yes", "Có"), ("no", "Không"))
WHO = {
    "birth_date": "Ví dụ 21/11/1959, hoặc chỉ năm 1959.",
    "household_code": "Có mã thì ghi, để không nhầm hai hộ trùng tên.",
    "village": "Ghi đúng tên trong danh sách thôn của xã.",
}
PURPOSE = "Phiếu giúp nhìn lại việc học và là căn cứ để xã xét danh hiệu. Tham gia là tự nguyện."
Row = dict[str, Any]


def can(criteria: Criteria) -> bool:
    """Whether there is anything to ask."""
    return any(one.derived is None for one in criteria.indicators)


def workbook(criteria: Criteria) -> bytes:
    """The XLSForm workbook: survey, choices, settings; a set with nothing to ask is refused (ValueError)."""
    if not can(criteria):
        raise ValueError(f"{criteria.code}: không có chỉ số nào để hỏi.")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        _page(book, "survey", SURVEY, list(survey(criteria)), bold)
        _page(book, "choices", CHOICES, list(choices(criteria)), bold)
        _page(book, "settings", tuple(settings(criteria)), [settings(criteria)], bold)
    return out.getvalue()


def _page(book: Any, name: str, columns: tuple[str, ...], rows: list[Row], bold: Any) -> None:
    page = book.add_worksheet(name)
    page.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        page.write_string(0, at, column, bold)
        page.set_column(at, at, 44 if column in (LABEL, HINT, MESSAGE) else 22)
    for line, row in enumerate(rows, 1):
        for at, column in enumerate(columns):
            if row.get(column):
                page.write_string(line, at, str(row[column]))


def settings(criteria: Criteria) -> Row:
    """Title, identity and version of the form; a submission goes by the name of its subject."""
    named = f"concat(${{{_asked(criteria)[-1]}}}, '')" if len(_asked(criteria)) == 1 else _both(criteria)
    return {
        "form_title": f"{criteria.title} – bản {criteria.version}",
        "form_id": re.sub(r"\W", "_", f"hieuhoc_{criteria.code}_{criteria.version}", flags=re.ASCII),
        "version": criteria.version,
        "default_language": LANGUAGE,
        "instance_name": named,
    }


def _asked(criteria: Criteria) -> tuple[str, ...]:
    return ASKED.get(criteria.model, ASKED["ORGANISATION"])


def _both(criteria: Criteria) -> str:
    village, name, *_ = _asked(criteria)
    return f"concat(${{{name}}}, ' – ', ${{{village}}})"


def survey(criteria: Criteria) -> Iterator[Row]:
    """The questions in the order of the set: whose answers they are, then group by group."""
    for name in ("start", "end"):
        yield {"type": name, "name": name}
    words = ". ".join(part.rstrip(".") for part in (criteria.notice, PURPOSE) if part) + "."
    yield {"type": "note", "name": "purpose", LABEL: words}
    for name in _asked(criteria):
        yield _who(name, IDENTITY[name])
    for at, group in enumerate(criteria.groups, 1):
        asked = [one for one in criteria.indicators if one.criterion == group.key and one.derived is None]
        if asked:
            yield from _group(at, f"{group.key}. {group.label}", asked)


def _who(name: str, column: Column) -> Row:
    row = {"type": "text", "name": name, LABEL: column.label, HINT: WHO.get(name, "")}
    return row | ({"required": "yes"} if name not in ("household_code", "birth_date") else {})


def _group(at: int, label: str, asked: list[Indicator]) -> Iterator[Row]:
    """One criterion: first what of it does not apply, then each question that does."""
    off = f"{OFF}__{at}"
    yield {"type": "begin_group", "name": f"criterion__{at}", LABEL: label, "appearance": "field-list"}
    yield {
        "type": f"select_multiple {off}",
        "name": off,
        LABEL: f"Tiêu chí {at}: {OFF_LABEL}",
        HINT: "Để trống nếu mọi chỉ số đều áp dụng.",
    }
    for one in asked:
        for row in _questions(one):
            applies = f"not(selected(${{{off}}}, '{name_of(one.key)}'))"
            yield row | {"relevant": applies}
    yield {"type": "end_group", "name": f"criterion__{at}"}


def _questions(one: Indicator) -> list[Row]:
    name, label = name_of(one.key), f"{one.key}. {one.label}"
    common = {"name": name, LABEL: label, HINT: limits(one)}
    if one.kind == "yes_no":
        return [common | {"type": "select_one yes_no"}]
    if one.kind == "level":
        return [common | {"type": f"select_one level__{name}"}]
    if one.kind == "share":
        return _pair(one, "integer", (COUNT, OF))
    if one.kind == "change":
        return _pair(one, "decimal", (NOW, BEFORE))
    return [common | {"type": "decimal"} | _limits(one)]


def _pair(one: Indicator, kind: str, parts: tuple[str, str]) -> list[Row]:
    """A share or a change: two numbers; the whole of a share is not smaller than its part."""
    name = name_of(one.key)
    rows = [
        {"type": kind, "name": f"{name}__{part}", LABEL: f"{one.key} ({PARTS[part]}). {one.label}", HINT: limits(one)}
        for part in parts
    ]
    if parts == (COUNT, OF):
        rows[0] |= {"constraint": ". >= 0", MESSAGE: "Số đạt từ 0 trở lên."}
        whole = f". >= 0 and (${{{name}__{COUNT}}} = '' or . >= ${{{name}__{COUNT}}})"
        rows[1] |= {"constraint": whole, MESSAGE: "Tổng số không nhỏ hơn số đạt."}
    return rows


def _limits(one: Indicator) -> Row:
    if one.kind == "score" and one.points is not None:
        return {"constraint": f". >= 0 and . <= {one.points}", MESSAGE: f"Từ 0 đến {vn_number(one.points)} điểm."}
    return {"constraint": ". >= 0", MESSAGE: "Số từ 0 trở lên."}


def choices(criteria: Criteria) -> Iterator[Row]:
    """What there is to choose from: yes and no, the levels, the indicators that may not apply."""
    for name, words in YES_NO:
        yield {"list_name": "yes_no", "name": name, LABEL: words}
    for at, group in enumerate(criteria.groups, 1):
        for one in criteria.indicators:
            if one.criterion == group.key and one.derived is None:
                yield {"list_name": f"{OFF}__{at}", "name": name_of(one.key), LABEL: f"{one.key}. {one.label}"}
    for one in criteria.indicators:
        if one.kind == "level" and one.derived is None:
            yield from _levels(one)


def _levels(one: Indicator) -> Iterator[Row]:
    top = int(one.top)
    for level in range(top + 1):
        name = f": {one.names[level - 1]}" if 0 < level <= len(one.names) else ""
        words = f"Mức {level}{name}" if level else NO_LEVEL
        yield {"list_name": f"level__{name_of(one.key)}", "name": str(level), LABEL: words}
