"""What the page of one file shows, made ready from the report of its reading.

Tables whose columns are the same (a sheet for each village) are shown as one layout, so that a column is corrected
once for all. A column goes by its heading; by its letter where a heading stands twice or is empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator

from hieuhoc.common.text import fold
from hieuhoc.intake import effects, reading, wording
from hieuhoc.sheets.columns import IndicatorSet
from hieuhoc.sheets.models import Import

PROBLEMS = 40
PREFIX = "cot:"


@dataclass
class Layout:
    """Tables with the same columns, which may be corrected together."""

    tables: list[Mapping[str, Any]]
    columns: list[dict[str, Any]]
    heads: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)

    @property
    def records(self) -> int:
        """Rows of data in all of them."""
        return sum(table["rows"] for table in self.tables)

    @property
    def places(self) -> str:
        """Where they stand: sheets by name and the rows of their headers."""
        return "; ".join(_place(table) for table in self.tables[:8]) + ("…" if len(self.tables) > 8 else "")

    @property
    def more(self) -> str:
        """Where villages come from, what was left out."""
        came = wording.FROM.get(self.tables[0].get("village_from") or "", "")
        rows = [row for table in self.tables for row in table.get("skipped", ())]
        left = wording.skipped(rows)
        return ". ".join(filter(None, [came.capitalize(), f"Không tính: {left}" if left else ""]))


def _place(table: Mapping[str, Any]) -> str:
    sheet = f"trang «{table['sheet']}»" if table["sheet"] else "tệp"
    village = f", {table['village']}" if table.get("village") else ""
    return f"{sheet}{village}: {table['rows']} dòng từ dòng {table['first_row']}"


def layouts(made: Import, choices: list[tuple[str, str]]) -> list[Layout]:
    """The tables of a report, those with the same columns together."""
    labels, found = dict(choices), {}
    for table in made.report.get("tables", ()):
        seen = table.get("seen", [])
        key = tuple((one["letter"], one["header_key"], one["key"]) for one in seen)
        if key not in found:
            found[key] = Layout([], _named(table["sheet"], seen))
            _preview(found[key], table, labels)
        found[key].tables.append(table)
    return list(found.values())


def _named(sheet: str, seen: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each column with the name its choice goes by in the form: its heading, else its letter."""
    twice = Counter(one["header_key"] for one in seen)
    told = [one["header_key"] and twice[one["header_key"]] == 1 for one in seen]
    names = [one["header_key"] if by else f"{sheet}!{one['letter']}" for one, by in zip(seen, told, strict=True)]
    return [one | {"name": PREFIX + name} for one, name in zip(seen, names, strict=True)]


def _preview(layout: Layout, table: Mapping[str, Any], labels: Mapping[str, str]) -> None:
    """The first rows as they were understood, columns in the order of the file, what comes from elsewhere first."""
    rows, letters = table.get("understood", []), {**table["columns"], **table.get("groups", {})}
    keys = [key for key in (rows[0] if rows else {}) if key in labels]
    keys.sort(key=lambda key: (len(letters.get(key, "")), letters.get(key, "")))
    layout.heads = [labels[key].partition(" ")[0] if "-" in key else labels[key] for key in keys]
    layout.rows = [(row["_row"], [wording.value(key, row[key]) for key in keys]) for row in rows]


def corrections(made: Import, posted: Mapping[str, str]) -> dict[str, str]:
    """The columns a person chose anew: heading or "Sheet!B" → key."""
    shown = {column["name"]: column["key"] for layout in layouts(made, []) for column in layout.columns}
    return {
        name.removeprefix(PREFIX): key
        for name, key in posted.items()
        if name in shown and shown[name] != key
    }  # fmt: skip


def problems(made: Import, code: str, text: str, page: str) -> Page:
    """One page of the problems: of one kind, of a row or with these words."""
    found = made.report.get("problems", [])
    if code:
        found = [one for one in found if one["code"] == code]
    wanted = fold(text)
    if wanted:
        found = [one for one in found if wanted in _words(one)]
    return Paginator(found, PROBLEMS).get_page(page)


def _words(one: Mapping[str, Any]) -> str:
    return fold(f"{one.get('cell', '')} {one['row']} {one['sheet']} {one['message']}")


def chosen_set(made: Import) -> IndicatorSet | None:
    """The criteria set a score sheet was read by."""
    if made.kind != reading.SCORES:
        return None
    known = reading.criteria_of(made.place_id or 0, made.year)
    return next((one for one in known if one.code == made.report.get("set")), None)


def problem_kinds(made: Import) -> list[tuple[str, str, int]]:
    """(code, words, count) of each kind of problem, the most frequent first."""
    counts = sorted(made.report.get("problem_kinds", {}).items(), key=lambda one: (-one[1], one[0]))
    return [(code, wording.PROBLEMS.get(code, code), count) for code, count in counts]


def unknown_villages(made: Import) -> list[tuple[str, int]]:
    """(village, rows) of the villages the commune does not have, the most frequent first."""
    return sorted(made.report.get("unknown_villages", {}).items(), key=lambda one: (-one[1], one[0]))


def left(made: Import) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """Rows of a score sheet that go nowhere: (why, what to do, rows), as the last word on the file has it."""
    said = made.report.get("outcome") or made.report.get("effects") or {}
    groups = (
        ("unknown", "Không có trong sổ", "Nhập danh sách trước, hoặc sửa tên và thôn trong tệp cho khớp sổ."),
        ("ambiguous", "Có nhiều người cùng tên", "Thêm năm sinh, mã hộ hoặc số căn cước vào tệp để biết là ai."),
        ("closed", "Hồ sơ đã đề nghị hoặc đã có kết quả", "Điểm không ghi đè lên hồ sơ đã khóa."),
    )
    return [(why, todo, said[key]) for key, why, todo in groups if said.get(key)]


def model_of(made: Import) -> str:
    """The learning model the file is about, "" where it was not read."""
    return effects.model_of(made.kind, made.report)
