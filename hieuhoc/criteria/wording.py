"""How a version reads on a page: its rule, what each indicator asks, to whom it applies, what changed.

The functions take the written shape (plain values), so that a draft with problems can be read too; ``limits`` alone
takes an indicator of a version that is judged with.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from hieuhoc.common.numbers import vn_number
from hieuhoc.criteria.models import Judging, Kind, Model, State
from hieuhoc.scoring import Indicator

ORGANISATION_KINDS = {
    "public_body": "cơ quan, đơn vị công lập",
    "economic": "tổ chức kinh tế",
    "preschool": "trường mầm non",
    "primary_or_secondary": "trường tiểu học, trung học cơ sở",
    "high_school": "trường trung học phổ thông",
    "continuing_education": "cơ sở giáo dục thường xuyên",
    "vocational": "cơ sở giáo dục nghề nghiệp",
    "university": "cơ sở giáo dục đại học",
}
PLACE_LEVELS = {"commune": "cấp xã", "district": "cấp huyện", "province": "cấp tỉnh"}
POPULATIONS = {
    "member_families": "gia đình thành viên của dòng họ",
    "households": "hộ của thôn",
    "staff": "thành viên của đơn vị",
    "learners": "người học của đơn vị",
    "citizens": "công dân của xã",
    "communes": "xã trong huyện",
    "districts": "huyện trong tỉnh",
}
_AREAS = {"general": "", "hard": "vùng khó khăn "}


def rule(shape: dict[str, Any]) -> list[str]:
    """How a subject passes, in sentences."""
    if shape["judging"] == Judging.LEVELS:
        return [
            f"Đạt một mức độ khi mọi chỉ số áp dụng đều đạt mức độ đó; có {shape['levels']} mức độ.",
            "Không có minh chứng là không đạt.",
        ]
    marks = shape["pass"] or {}
    if not marks:
        return []
    hard = f"; vùng khó khăn từ {number(marks['hard'])}" if "hard" in marks else ""
    sentences = [f"Đạt khi tổng từ {number(marks.get('general'))}/{number(maximum(shape))} điểm{hard}."]
    floors = {str(row.get("floor")) for row in _rows(shape)}
    if len(floors) == 1 and floors != {"None"}:
        sentences.append(f"Không chỉ số nào dưới {number(floors.pop())} điểm.")
    bands = [f"{band['name']} từ {number(band['from'])}" for band in shape["bands"] or []]
    return sentences + ([f"Xếp loại: {', '.join(bands)}."] if bands else [])


def maximum(shape: dict[str, Any]) -> Decimal:
    """The sum of all maxima."""
    return sum((Decimal(str(row["points"])) for row in _rows(shape) if row.get("points") is not None), Decimal(0))


def asked(row: dict[str, Any]) -> str:
    """What an indicator asks for: marks by level and area, names of levels, direction of change."""
    if row["kind"] == Kind.CHANGE:
        return "tăng so với năm trước" if row.get("better") != "down" else "giảm so với năm trước"
    marks = row.get("marks") or {}
    return "; ".join(said + _marks(row, marks[area]) for area, said in _AREAS.items() if area in marks)


def _marks(row: dict[str, Any], marks: list[Any]) -> str:
    unit = " %" if row["kind"] == Kind.SHARE else ""
    sign = "từ " if row.get("better") != "down" else "không quá "
    names = row.get("names") or []
    said = [names[int(m) - 1] if names and int(m) <= len(names) else f"{sign}{number(m)}{unit}" for m in marks]
    if len(said) == 1:
        return said[0]
    return ", ".join(f"mức độ {n}: {text}" for n, text in enumerate(said, start=1))


def applies(row: dict[str, Any]) -> str:
    """To whom an indicator applies; empty where it applies to all."""
    conditions = row.get("applies") or {}
    parts = []
    if "kind" in conditions:
        parts.append("chỉ " + _kinds(conditions["kind"]))
    if "not_kind" in conditions:
        parts.append("trừ " + _kinds(conditions["not_kind"]))
    if "scope" in conditions:
        parts.append("trong danh mục " + ", ".join(PLACE_LEVELS.get(one, one) for one in _list(conditions["scope"])))
    if conditions.get("has_learners"):
        parts.append("nơi có người học")
    return "; ".join(parts)


def _kinds(values: Any) -> str:
    return ", ".join(ORGANISATION_KINDS.get(one, one) for one in _list(values))


def derived(row: dict[str, Any]) -> str:
    """Where a derived share comes from."""
    return f"Tính tự động: {row['derived']['rule']}." if row.get("derived") else ""


def groups(shape: dict[str, Any]) -> list[dict[str, Any]]:
    """Criteria with their indicators as a page shows them."""
    return [
        {
            "key": group["key"],
            "label": group["label"],
            "floor": group.get("floor"),
            "rows": [_row(row) for row in group["indicators"]],
        }
        for group in shape["criteria"]
    ]


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": row["key"],
        "label": row["label"],
        "kind": Kind(row["kind"]).label,
        "points": row.get("points"),
        "floor": row.get("floor"),
        "asked": asked(row),
        "remarks": [text for text in (row.get("note") or applies(row), derived(row), row.get("when_none")) if text],
    }


def number(value: Any) -> str:
    """A number as read; text that is none stays as it is."""
    try:
        return vn_number(Decimal(str(value)))
    except InvalidOperation:
        return str(value)


def shown(value: Any) -> str:
    """A value of the written shape inside a sentence about a difference."""
    words: dict[Any, str] = {
        **dict(Kind.choices),
        **dict(State.choices),
        **dict(Judging.choices),
        **dict(Model.choices),
    }
    if value is None or value in ("", [], {}):
        return "(trống)"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, dict):
        # In our own order: the database keeps the keys of JSON by their length.
        known = {key: value[key] for key in (*_NAMES, *value) if value.get(key) is not None}
        return "; ".join(f"{_NAMES.get(key, key)}: {shown(part)}" for key, part in known.items())
    if isinstance(value, list):
        return ", ".join(shown(part) for part in value)
    if isinstance(value, int | Decimal):
        return vn_number(value)
    return str(words.get(value) or ORGANISATION_KINDS.get(value) or PLACE_LEVELS.get(value) or value)


_NAMES = {
    "general": "chung",
    "hard": "vùng khó khăn",
    "name": "tên",
    "from": "từ",
    "number": "số",
    "date": "ngày",
    "issuer": "cơ quan",
    "replaces": "thay",
    "kind": "chỉ",
    "not_kind": "trừ",
    "scope": "danh mục",
    "has_learners": "có người học",
    "model": "danh hiệu",
    "among": "trong",
    "rule": "cách tính",
    "up": "tăng",
    "down": "giảm",
}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _rows(shape: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for group in shape["criteria"] for row in group["indicators"]]


def limits(one: Indicator) -> str:
    """Maximum, floor and the remark of the set, as a form says them beside a question."""
    parts = []
    if one.points is not None:
        parts.append(f"Tối đa {vn_number(one.points)} điểm" + (f", sàn {vn_number(one.floor)}" if one.floor else ""))
    if one.note:
        parts.append(one.note.rstrip("."))
    return ". ".join(parts) + "." if parts else ""
