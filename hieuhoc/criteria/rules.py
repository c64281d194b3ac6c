"""Pure rules on criteria versions: what differs between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from hieuhoc.scoring import Criteria

_HEAD = (
    ("title", "Tên"),
    ("state", "Tính chất"),
    ("judging", "Cách đánh giá"),
    ("complete", "Đã nhập đủ"),
    ("pass", "Mốc điểm đạt"),
    ("bands", "Xếp loại"),
    ("levels", "Số mức độ"),
    ("used_at", "Dùng ở cấp"),
    ("target_groups", "Nhóm đối tượng"),
    ("document", "Văn bản"),
    ("valid_from", "Có hiệu lực từ"),
    ("valid_to", "Hết hiệu lực"),
    ("notice", "Lưu ý"),
    ("source", "Nguồn"),
    ("notes", "Ghi chú"),
)
_INDICATOR = (
    ("label", "Tên"),
    ("kind", "Loại"),
    ("points", "Điểm tối đa"),
    ("floor", "Điểm sàn"),
    ("marks", "Ngưỡng"),
    ("names", "Tên các mức"),
    ("better", "Chiều thay đổi"),
    ("applies", "Điều kiện áp dụng"),
    ("derived", "Tính từ danh hiệu"),
    ("note", "Ghi chú"),
    ("when_none", "Khi không có đối tượng"),
)
ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Difference:
    """One difference: `key` is the indicator, the criterion, or "" for the head of the version."""

    key: str
    kind: str
    what: str
    before: Any = None
    after: Any = None


def difference(old: Criteria, new: Criteria) -> list[Difference]:
    """Every difference from `old` to `new`: the head first, then criteria, then indicators in their order."""
    return difference_of_shapes(old.to_dict(), new.to_dict())


def difference_of_shapes(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """The same for written shapes, so that a draft with problems can be compared too."""
    return [
        *_changed("", before, after, _HEAD),
        *_groups(before, after),
        *_indicators(_rows(before), _rows(after)),
    ]


def _indicators(before: dict[str, dict], after: dict[str, dict]) -> list[Difference]:
    found = [Difference(key, REMOVED, "Bỏ chỉ số", before[key]["label"]) for key in before if key not in after]
    for key, row in after.items():
        if key not in before:
            found.append(Difference(key, ADDED, "Thêm chỉ số", None, row["label"]))
        else:
            found += _changed(key, before[key], row, _INDICATOR)
    return found


def _groups(before: dict, after: dict) -> list[Difference]:
    old = {group["key"]: group for group in before["criteria"]}
    new = {group["key"]: group for group in after["criteria"]}
    found = [Difference(key, REMOVED, "Bỏ tiêu chí", old[key]["label"]) for key in old if key not in new]
    for key, group in new.items():
        if key not in old:
            found.append(Difference(key, ADDED, "Thêm tiêu chí", None, group["label"]))
        else:
            found += _changed(key, old[key], group, (("label", "Tên tiêu chí"), ("floor", "Điểm sàn của tiêu chí")))
    return found


def _changed(key: str, before: dict, after: dict, names: tuple[tuple[str, str], ...]) -> list[Difference]:
    return [
        Difference(key, CHANGED, said, before.get(name), after.get(name))
        for name, said in names
        if _plain(before.get(name)) != _plain(after.get(name))
    ]


def _rows(shape: dict) -> dict[str, dict]:
    return {
        row["key"]: {**row, "criterion": group["key"]} for group in shape["criteria"] for row in group["indicators"]
    }


def _plain(value: Any) -> Any:
    """A value to compare by: 80, "80" and 80.00 are one number, nothing and empty are one nothing."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items() if _plain(part) is not None} or None
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value] or None
    if value in (None, ""):
        return None
    try:
        return Decimal(str(value)) if not isinstance(value, bool) else value
    except InvalidOperation:
        return value
