"""What the pages of the import room say: kinds, states, columns, problems, encodings. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from hieuhoc.common.numbers import vn_number
from hieuhoc.sheets import rosters, sets
from hieuhoc.sheets.columns import IndicatorSet
from hieuhoc.sheets.models import State

KINDS = (
    ("households", "Danh sách hộ gia đình"),
    ("clans", "Danh sách dòng họ"),
    ("communities", "Danh sách cộng đồng thôn"),
    ("organisations", "Danh sách đơn vị"),
    ("citizens", "Danh sách công dân"),
    ("scores", "Bảng chấm điểm"),
)
LABELS = dict(KINDS)
SHORT = {
    "households": "Hộ gia đình",
    "clans": "Dòng họ",
    "communities": "Cộng đồng",
    "organisations": "Đơn vị",
    "citizens": "Công dân",
    "scores": "Chấm điểm",
}
STATES = {
    State.CHECKED: "Chờ ghi vào sổ",
    State.APPLYING: "Đang ghi",
    State.APPLIED: "Đã ghi vào sổ",
    State.UNDONE: "Đã hoàn tác",
    State.REFUSED: "Không đọc được",
}
PROBLEMS = {
    "missing_name": "Thiếu tên",
    "duplicate": "Trùng dòng trước",
    "unknown_village": "Thôn không có trong xã",
    "not_a_number": "Không phải là số",
    "negative": "Số âm",
    "share_over_100": "Tỷ lệ quá 100 %",
    "over_maximum": "Quá điểm tối đa",
    "bad_cccd": "Số căn cước sai",
    "bad_birth_date": "Ngày sinh sai",
    "not_yes_no": "Không rõ có hay không",
    "too_long": "Chữ quá dài",
}
ENCODINGS = {"tcvn3": "phông chữ cũ TCVN3 (.VnTime)", "vni": "phông chữ cũ VNI"}
FROM = {
    "column": "thôn lấy ở cột",
    "merged": "thôn lấy ở ô gộp",
    "section": "thôn lấy ở dòng tên thôn giữa bảng",
    "sheet": "thôn lấy theo tên trang",
    "title": "thôn lấy ở dòng tiêu đề",
    "ditto": "thôn ghi một lần cho cả nhóm dòng",
}
SKIPPED = {
    "title": "tiêu đề",
    "total": "tổng",
    "subtotal": "cộng nhóm",
    "section": "tên thôn",
    "header_repeat": "tiêu đề lặp lại",
    "column_numbers": "số thứ tự cột",
    "maximum": "điểm tối đa",
    "hint": "lời dặn",
    "footer": "cuối bảng",
    "empty": "không có số liệu",
}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
SEXES = {"male": "Nam", "female": "Nữ"}


def columns_of(kind: str, chosen: IndicatorSet | None = None) -> list[tuple[str, str]]:
    """What a column of this kind of file may mean: (key, words); of a score sheet, those of its set."""
    if kind in rosters.ROSTERS:
        return [(column.key, column.label) for column in rosters.ROSTERS[kind].columns]
    if chosen is None:
        return []
    sheet = sets.score_sheet(chosen)
    return [(one.key, f"{one.key} {one.label}" if one.kind == "score" else one.label) for one in sheet.columns]


def value(key: str, cell: Any) -> str:
    """A canonical value as a person reads it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "có" if cell else "không"
    if isinstance(cell, int | float | Decimal):
        return vn_number(cell)
    if isinstance(cell, dict):
        return f"{cell.get('count')}/{cell.get('of')}"
    if key == "birth_date" and (day := _DAY.fullmatch(cell)):
        return f"{day[3]}/{day[2]}/{day[1]}"
    return SEXES.get(cell, str(cell)) if key == "sex" else str(cell)


def skipped(rows: Iterable[dict[str, Any]]) -> str:
    """The rows of a table that are not data, in words: "2 dòng tiêu đề, 1 dòng tổng"."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["what"]] = counts.get(row["what"], 0) + 1
    return ", ".join(f"{count} dòng {SKIPPED.get(what, what)}" for what, count in counts.items())
