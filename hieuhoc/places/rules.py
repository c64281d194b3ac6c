"""Rules of acts on places: pure checks that raise `Refused` with the sentence to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hieuhoc.common.dates import vn_date
from hieuhoc.common.text import same_name
from hieuhoc.places import naming
from hieuhoc.places.models import Level

PARENTS = {
    Level.PROVINCE: (Level.NATION,),
    Level.DISTRICT: (Level.PROVINCE,),
    Level.COMMUNE: (Level.PROVINCE, Level.DISTRICT),
    Level.VILLAGE: (Level.COMMUNE,),
}


class Refused(ValueError):
    """The act is not possible; the message is the sentence to show."""


@dataclass(frozen=True)
class Held:
    """A version of a unit as the rules see it; `end` is the first day it no longer holds."""

    unit_id: int
    level: str
    code: str
    name: str
    kind: str
    parent_id: int | None
    first: date | None
    end: date | None

    @property
    def called(self) -> str:
        """The name inside a sentence: "xã Ia Tôr"."""
        return naming.in_sentence(self.name, self.kind)


def held_on(versions: Iterable[Held], day: date) -> Held:
    """The version that an act of this day changes; refuses a day that overlaps or runs backwards."""
    ordered = sorted(versions, key=lambda one: one.first or date.min)
    if not ordered:
        raise Refused("Không có đơn vị này.")
    for one in ordered:
        if (one.first is None or one.first <= day) and (one.end is None or day < one.end):
            return _open_ended(one, day)
    if ordered[0].first and day < ordered[0].first:
        raise Refused(f"Ngày {vn_date(day)} chưa có {ordered[0].called}: có từ ngày {vn_date(ordered[0].first)}.")
    last = ordered[-1]
    raise Refused(f"Ngày {vn_date(day)} không còn {last.called}: đã kết thúc ngày {vn_date(_last_day(last))}.")


def _open_ended(one: Held, day: date) -> Held:
    if one.end is not None:
        raise Refused(
            f"Sau ngày {vn_date(day)} đã ghi một thay đổi của {one.called} (ngày {vn_date(one.end)}). "
            "Việc xảy ra trước không ghi chèn vào được; hãy chọn ngày sau đó, hoặc đính chính."
        )
    if one.first == day:
        raise Refused(
            f"Đúng ngày {vn_date(day)} đã ghi một thay đổi của {one.called}. "
            "Nếu ghi sai thì đính chính, nếu là việc khác thì chọn ngày khác."
        )
    return one


def _last_day(one: Held) -> date:
    return (one.end or date.max) - timedelta(days=1)


def need_basis(legal_basis: str, level: str, verb: str) -> str:
    """The legal basis, trimmed; only villages that already exist may be entered without one."""
    basis = legal_basis.strip()
    if not basis and not (level == Level.VILLAGE and verb == "open"):
        raise Refused("Cần ghi căn cứ: số và ngày của nghị quyết hoặc quyết định.")
    return basis


def need_reason(reason: str) -> str:
    """The reason, trimmed; a correction without one cannot be understood later."""
    if not reason.strip():
        raise Refused("Cần ghi lý do.")
    return reason.strip()


def need_name(name: str, kind: str, level: str) -> tuple[str, str]:
    """The full name and its kind; the kind is read from the name when it is not given."""
    kind = kind.strip().lower() or naming.kind_of(name, level)
    if kind not in naming.KINDS[level]:
        said = ", ".join(naming.KINDS[level])
        raise Refused(f"Cần chọn loại đơn vị cho «{name.strip()}»: {said}.")
    full = naming.full(name, kind)
    if not naming.search_key(naming.bare(full, kind)):
        raise Refused("Cần ghi tên.")
    if len(full) > 120:
        raise Refused("Tên dài quá 120 ký tự.")
    return full, kind


def need_parent(level: str, parent_level: str) -> None:
    """A unit stands under one of the level above it."""
    if parent_level not in PARENTS.get(Level(level), ()):
        raise Refused(f"{Level(level).label.capitalize()} không đặt dưới {Level(parent_level).label}.")


def need_new_name(name: str, siblings: Iterable[Held], leaving: Iterable[int] = ()) -> None:
    """No two units of one parent have the same full name on a day; those that end do not count."""
    gone = set(leaving)
    for other in siblings:
        if other.unit_id not in gone and same_name(other.name, name):
            raise Refused(f"Ở đây đã có {other.called} ({other.code}).")


def need_several(units: list[Held]) -> str:
    """Units to be merged: at least two, of one level; gives the level."""
    if len(units) < 2:
        raise Refused("Cần chọn ít nhất hai đơn vị để nhập.")
    levels = {one.level for one in units}
    if len(levels) > 1:
        raise Refused("Chỉ nhập được các đơn vị cùng cấp.")
    return levels.pop()
