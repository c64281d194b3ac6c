"""The words of the registry: what each model's details are called, how a record's history reads. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hieuhoc.common.dates import vn_date
from hieuhoc.common.numbers import vn_number
from hieuhoc.registry.models import Model


@dataclass(frozen=True)
class Field:
    """One thing known of a subject: its canonical key (that of the sheets), its words, what may be typed."""

    key: str
    label: str
    kind: str = "text"
    hint: str = ""


HEAD = Field("head_name", "Người đứng đầu")
ADDRESS = Field("address", "Địa chỉ", hint="Nhóm, tổ, số nhà.")
FIELDS: dict[str, tuple[Field, ...]] = {
    Model.FAMILY: (
        Field("members", "Số khẩu", "count"),
        Field("adults", "Người lớn", "count"),
        Field("children_school_age", "Trẻ em trong độ tuổi đi học", "count"),
        Field("clan", "Dòng họ", hint="Ghi đúng tên trong danh sách dòng họ thì hộ được nối với dòng họ đó."),
        ADDRESS,
    ),
    Model.CLAN: (Field("head_name", "Trưởng họ"), Field("families", "Số gia đình thành viên", "count")),
    Model.COMMUNITY: (
        Field("head_name", "Trưởng thôn"),
        Field("households", "Tổng số hộ", "count"),
        Field("population", "Nhân khẩu", "count"),
    ),
    Model.ORGANISATION: (
        Field("kind", "Loại hình"),
        Field("head_name", "Thủ trưởng đơn vị"),
        Field("staff", "Số CB, CC, VC, NLĐ", "count"),
        Field("learners", "Số người học", "count", "Để trống nếu đơn vị không có người học."),
    ),
    Model.CITIZEN: (
        Field("birth_date", "Ngày sinh", "birth", "Ví dụ: 21/11/1959, hoặc chỉ năm: 1959."),
        Field("sex", "Giới tính", "sex"),
        Field("group", "Nhóm đối tượng", "group"),
        Field("household_code", "Mã hộ", hint="Ghi đúng mã hộ thì người này được nối với hộ đó."),
        Field("organisation", "Đơn vị công tác, học tập", hint="Ghi đúng tên đơn vị trong danh sách."),
        ADDRESS,
    ),
    Model.COMMUNE: (),
}
NAMES = {
    Model.FAMILY: "Họ và tên chủ hộ",
    Model.CLAN: "Tên dòng họ",
    Model.COMMUNITY: "Tên cộng đồng",
    Model.ORGANISATION: "Tên cơ quan, đơn vị",
    Model.CITIZEN: "Họ và tên",
    Model.COMMUNE: "Tên xã",
}
ONE = {
    Model.FAMILY: "hộ",
    Model.CLAN: "dòng họ",
    Model.COMMUNITY: "cộng đồng",
    Model.ORGANISATION: "đơn vị",
    Model.CITIZEN: "công dân",
    Model.COMMUNE: "xã",
}
TABS = {
    Model.FAMILY: "Gia đình",
    Model.CLAN: "Dòng họ",
    Model.COMMUNITY: "Cộng đồng",
    Model.ORGANISATION: "Đơn vị",
    Model.CITIZEN: "Công dân",
}
CODE = {Model.FAMILY: "Mã hộ", Model.ORGANISATION: "Mã đơn vị"}
LISTED: dict[str, tuple[str, ...]] = {
    Model.FAMILY: ("members", "adults"),
    Model.CLAN: ("head_name", "families"),
    Model.COMMUNITY: ("head_name", "households", "population"),
    Model.ORGANISATION: ("kind", "staff", "learners"),
    Model.CITIZEN: ("birth_date", "sex", "group"),
}
SEXES = {"male": "Nam", "female": "Nữ"}
GROUPS = {
    "1": "Người dân của xã",
    "2": "Người lao động",
    "3": "Cán bộ, công chức, viên chức, doanh nhân",
    "4": "Học sinh, sinh viên",
}
ROLES = {
    "person": "người trong hộ",
    "staff": "làm việc",
    "learner": "người học",
    "family": "gia đình thành viên",
}
VERBS = {
    "registry.enrol": "Nhập từ bảng",
    "registry.add": "Thêm vào danh sách",
    "registry.undo_add": "Bỏ mục thêm nhầm",
    "registry.correct": "Sửa thông tin",
    "registry.move": "Chuyển nơi ở",
    "registry.close": "Đóng",
    "registry.reopen": "Mở lại",
    "registry.merge": "Gộp với mục trùng",
    "registry.unmerge": "Bỏ gộp",
    "registry.distinct": "Xác nhận là hai mục khác nhau",
    "registry.set_citizen_number": "Ghi số căn cước",
    "registry.read_citizen_number": "Xem số căn cước",
    "registry.look": "Xem hồ sơ",
    "selfassessment.make": "Làm đường dẫn tự chấm",
    "selfassessment.confirm": "Mở đường dẫn tự chấm",
}


def shown(key: str, value: Any) -> str:
    """One detail as people read it; "" when it is not known."""
    if value is None or value == "":
        return ""
    if key == "birth_date":
        return day_or_year(str(value))
    if key == "sex":
        return SEXES.get(str(value), str(value))
    if key == "group":
        return GROUPS.get(str(value), str(value))
    return vn_number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def day_or_year(value: str) -> str:
    """ "1959-11-21" as "21/11/1959"; a year alone stays."""
    try:
        return vn_date(date.fromisoformat(value)) if len(value) == 10 else value
    except ValueError:
        return value


def label_of(model: str, key: str) -> str:
    """What a detail is called for people."""
    if key in ("name", "code", "phone", "place"):
        words = {"name": NAMES[Model(model)], "code": CODE.get(Model(model), "Mã"), "phone": "Điện thoại"}
        return words.get(key, "Nơi ở")
    return next((field.label for field in FIELDS[model] if field.key == key), key)


def details_lines(model: str, details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(words, value) of everything known of a subject, in the order of its form."""
    return [(field.label, shown(field.key, details.get(field.key))) for field in FIELDS[model]]


@dataclass(frozen=True)
class Said:
    """One line of a record's history: when, who, what was done, what changed, why."""

    at: datetime
    who: str
    did: str
    changes: tuple[str, ...] = ()
    reason: str = ""


def said(model: str, entries: Iterable[Any]) -> list[Said]:
    """The acts on a record in sentences, newest first; looks are not among them (see ``looks``)."""
    return [
        Said(
            entry.at,
            str(entry.actor or "Hệ thống"),
            VERBS.get(entry.verb, entry.verb),
            tuple(changes(model, entry.before, entry.after)) if entry.verb in CHANGING else (),
            entry.reason,
        )
        for entry in entries
        if entry.verb != "registry.look"
    ]


CHANGING = {"registry.correct", "registry.move"}
HIDDEN = {"organisation_key", "clan_key"}


def changes(model: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[str]:
    """What an act changed, field by field: "Số khẩu: 3 → 4"."""
    old, new = _flat(before or {}), _flat(after or {})
    keys = [key for key in dict.fromkeys([*old, *new]) if key not in HIDDEN and old.get(key) != new.get(key)]
    return [
        f"{label_of(model, key)}: {shown(key, old.get(key)) or 'trống'} → {shown(key, new.get(key)) or 'trống'}"
        for key in keys
    ]


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != "details"} | (values.get("details") or {})
