"""One reading of a file for a commune: as a roster or a score sheet, against its villages and its round's criteria.

``best`` chooses the kind itself, as an officer who drops a file expects; ``found`` is what is kept of a reading.
Citizen numbers are masked in what is kept: the cells shown to correct the columns must not hold them in plain text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from hieuhoc.intake import good, places, sets
from hieuhoc.sheets import engine, memory
from hieuhoc.sheets.columns import Column, IndicatorSet
from hieuhoc.sheets.engine import CheckResult
from hieuhoc.sheets.guess import ANY
from hieuhoc.sheets.headings import ENOUGH, score
from hieuhoc.sheets.models import State

KEPT_PROBLEMS = 2000
UNDERSTOOD = 6
SCORES = "scores"
NO_ROUND = "Đây là bảng chấm điểm, nhưng xã chưa mở đợt xét của năm này. Mở đợt xét rồi đọc lại tệp."
NO_SETS = "Đây là bảng chấm điểm, nhưng đợt xét chưa có bộ tiêu chí nào có chỉ số. Chọn bộ tiêu chí rồi đọc lại tệp."
_LIKE_A_NUMBER = re.compile(r"(?:\d[. ]?){8,9}(\d\d\d)(?!\d)")


def read(data: bytes, kind: str, commune_id: int, year: int | None, mapping: Mapping[str, str]) -> CheckResult:
    """Read a file as one kind, with the columns this commune has corrected before and those of ``mapping``."""
    villages = list(places.villages_of(commune_id, localdate()))
    criteria = criteria_of(commune_id, year) if kind == SCORES else None
    if criteria == []:
        message = NO_SETS if sets.round_in(commune_id, year) else NO_ROUND
        return CheckResult(SCORES, refused={"code": "no_round", "message": message})
    result = engine.check(data, kind, villages=villages, criteria=criteria, mapping=mapping)
    remembered = memory.recall(commune_id, memory_kind(result))
    if not result.refused and _would_change(result, remembered, mapping):
        kind = result.kind if kind == ANY else kind
        result = engine.check(data, kind, villages=villages, criteria=criteria, mapping=remembered | dict(mapping))
    return settle(result, bool(villages))


def memory_kind(result: CheckResult) -> str:
    """Under which name the headings of such a file are remembered: the same words mean other things in other sets."""
    return f"s:{result.model}" if result.kind == SCORES else result.kind


def _would_change(result: CheckResult, remembered: Mapping[str, str], mapping: Mapping[str, str]) -> bool:
    """Whether a remembered heading stands in the file and was read as something else."""
    return any(
        one["header_key"] not in mapping and remembered.get(one["header_key"], one["key"]) != one["key"]
        for one in result.seen()
    )


def best(data: bytes, commune_id: int, year: int | None) -> CheckResult:
    """Read a file whose kind nobody said: as a roster, and as a score sheet where its headings name indicators."""
    result = read(data, ANY, commune_id, year, {})
    known = criteria_of(commune_id, year)
    unread = result.refused and result.refused["code"] == "no_table"
    if not unread and not (not result.refused and names_indicators(result, known)):
        return result
    scored = read(data, SCORES, commune_id, year, {})
    if scored.refused:
        return result if scored.refused["code"] != "no_round" or not _has_keys(result) else scored
    return scored if unread or _judges(scored) else result


def criteria_of(commune_id: int, year: int | None) -> list[IndicatorSet]:
    """The sets pinned in the round of the year; none where there is no round."""
    round_ = sets.round_in(commune_id, year)
    return [one for one in sets.of_round(round_.pk) if one.indicators] if round_ else []


def names_indicators(result: CheckResult, known: Iterable[IndicatorSet]) -> bool:
    """Whether two columns at least are headed by indicators of a set, or by keys like those of one."""
    headings = {one["header"] for one in result.seen() if one["header"]}
    named = (sum(_names(heading, one) for heading in headings) for one in known)
    return _has_keys(result) or any(count >= 2 for count in named)


def _names(heading: str, one: IndicatorSet) -> bool:
    return any(score(heading, Column(i.key, i.label, "score")) >= ENOUGH for i in one.indicators)


_KEY = re.compile(r"\b[A-ZĐ]{1,4}\d{0,2}\s*[-. ]\s*\d\.\d")


def _has_keys(result: CheckResult) -> bool:
    return sum(bool(_KEY.search(one["header"])) for one in result.seen()) >= 2


def _judges(result: CheckResult) -> bool:
    """Whether a reading as a score sheet found a good part of a set's indicators."""
    marks = [key for key in result.tables[0]["columns"] if "-" in key]
    return len(marks) >= 2


def settle(result: CheckResult, villages_known: bool = True) -> CheckResult:
    """Add what only the registers know to be wrong: texts too long, villages while the commune has none yet."""
    if result.refused or any(problem["code"] == "too_long" for problem in result.problems):
        return result
    more = list(good.too_long(result)) + ([] if villages_known else list(good.unplaced(result)))
    if more:
        result.problems = sorted([*result.problems, *more], key=lambda one: (one["sheet"], one["row"], one["column"]))
        result.ok = result.records - len(result.bad_rows())
    return result


def found(result: CheckResult) -> dict[str, Any]:
    """What of a reading is stored with the import."""
    report = result.to_json()
    if not result.refused:
        report["problems"] = result.problems[:KEPT_PROBLEMS]
        report["problem_count"] = len(result.problems)
        report["problem_kinds"] = dict(Counter(problem["code"] for problem in result.problems).most_common())
        report["unknown_villages"] = unknown_villages(result)
        for kept, table, columns in zip(report["tables"], result.tables, result.columns, strict=True):
            kept["seen"] = [_hidden(one) for one in table["seen"]]
            kept["understood"] = understood(columns)
    state = State.REFUSED if result.refused else State.CHECKED
    return {"state": state, "report": report, "records": result.records, "ok": result.ok}


def _hidden(one: Mapping[str, Any]) -> dict[str, Any]:
    """A column as found, its samples masked; telephones had eleven digits too."""
    hide = str if one["key"] == "phone" else masked
    return {**one, "samples": list(map(hide, one["samples"]))}


def unknown_villages(result: CheckResult) -> dict[str, int]:
    """The villages that rows name and the commune does not have, with the number of rows, the most frequent first."""
    rows = {
        (one["sheet"], one["row"], one.get("side", 0)) for one in result.problems if one["code"] == "unknown_village"
    }
    named = (
        village
        for table, columns in zip(result.tables, result.columns, strict=True)
        for row, village in zip(columns["_row"], columns.get("village", ()), strict=False)
        if village and (table["sheet"], row, table.get("side", 0)) in rows
    )
    return dict(Counter(named).most_common(60))


def understood(columns: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    """The first rows of a table as canonical values."""
    shown = {key: values[:UNDERSTOOD] for key, values in columns.items()}
    rows = (dict(zip(shown, values, strict=True)) for values in zip(*shown.values(), strict=True))
    return [{key: _kept(key, value) for key, value in row.items()} for row in rows]


def _kept(key: str, value: Any) -> Any:
    """A value as JSON keeps it: citizen numbers masked, numbers with decimals as numbers."""
    if isinstance(value, str):
        return value if key == "phone" else masked(value)
    return float(value) if isinstance(value, Decimal) else value


def masked(text: str) -> str:
    """A text in which nothing of eleven or twelve digits, as a citizen number is, can be read but its last three."""
    return _LIKE_A_NUMBER.sub(lambda match: "•" * 9 + match[1], text)
