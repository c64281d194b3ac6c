"""Acts on places in words: what stands where an act would bite, and what was done to a unit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from hieuhoc.accounts.models import Post
from hieuhoc.audit.models import Entry
from hieuhoc.common.dates import vn_date
from hieuhoc.common.numbers import vn_int
from hieuhoc.places import tree
from hieuhoc.places.models import Succession, UnitVersion
from hieuhoc.registry.models import Model, Subject

COUNTED = {Model.FAMILY: "hộ", Model.CITIZEN: "công dân", Model.CLAN: "dòng họ", Model.ORGANISATION: "đơn vị"}
DONE = {
    "places.open": "Thành lập",
    "places.rename": "Đổi tên",
    "places.move": "Chuyển cấp trên",
    "places.merge": "Nhập",
    "places.split": "Tách",
    "places.close": "Đóng",
    "places.correct": "Đính chính",
    "places.load": "Nạp danh mục",
}


def living(unit_ids: Collection[int], day: date) -> list[str]:
    """In sentences, what is registered in the units today and who has a post there."""
    rows = Subject.objects.filter(place_id__in=unit_ids, active_to=None).order_by().values("model")
    counts = {row["model"]: row["n"] for row in rows.annotate(n=Count("pk"))}
    said = [f"{vn_int(counts[model])} {word}" for model, word in COUNTED.items() if counts.get(model)]
    found = [f"Đang ghi ở đó: {', '.join(said)}."] if said else []
    posts = Post.objects.filter(place_id__in=unit_ids, valid__contains=day).count()
    if posts:
        found.append(f"{vn_int(posts)} nhiệm vụ được giao ở đó cần giao lại ở trang Tài khoản.")
    return found


@dataclass(frozen=True)
class Line:
    """One act on a unit, in words."""

    at: datetime
    who: str
    did: str
    details: tuple[str, ...]
    reason: str


def history(unit_id: int, limit: int = 50) -> list[Line]:
    """The acts on the unit, newest first, those on several units included."""
    rows = Entry.objects.filter(_seen_from(unit_id), verb__in=DONE).filter(
        Q(target_type="places.unit", target_id=str(unit_id))
        | Q(before__units__contains=[{"id": unit_id}])
        | Q(after__units__contains=[{"id": unit_id}])
    )
    return [_line(entry) for entry in rows.select_related("actor").order_by("-at", "-pk")[:limit]]


def _seen_from(unit_id: int) -> Q:
    """The places an act on the unit is written under: itself, what it stood under, who followed and came before."""
    near = {unit_id, *UnitVersion.objects.filter(unit_id=unit_id).values_list("parent_id", flat=True)}
    for old, new in Succession.objects.filter(Q(old_id=unit_id) | Q(new_id=unit_id)).values_list("old_id", "new_id"):
        near |= {old, new}
    return Q(place_id__in=near - {None})


def _line(entry: Entry) -> Line:
    before, after = entry.before or {}, entry.after or {}
    details = [_words(before, after)]
    if after.get("day"):
        details.append(f"từ ngày {vn_date(date.fromisoformat(after['day']))}")
    if after.get("legal_basis"):
        details.append(str(after["legal_basis"]))
    who = str(entry.actor) if entry.actor else "Hệ thống"
    return Line(entry.at, who, DONE[entry.verb], tuple(filter(None, details)), entry.reason)


def _words(before: dict[str, Any], after: dict[str, Any]) -> str:
    was, now = _names(before), _names(after)
    return f"{was} → {now}" if was and now and was != now else now or was


def _names(side: dict[str, Any]) -> str:
    units = side.get("units")
    if isinstance(units, list):
        names = [one["name"] for one in units]
        return ", ".join(names[:6]) + ("…" if len(names) > 6 else "")
    return str(side.get("name", ""))


@dataclass(frozen=True)
class Kin:
    """A unit another one came from or passed into."""

    unit_id: int
    line: str
    day: date
    part: str


def kin(unit_id: int) -> tuple[list[Kin], list[Kin]]:
    """What the unit was made of, and what it passed into, step by step."""
    steps = list(Succession.objects.filter(Q(old_id=unit_id) | Q(new_id=unit_id)).order_by("-default", "pk"))
    came = [(one.old_id, one) for one in steps if one.new_id == unit_id]
    went = [(one.new_id, one) for one in steps if one.old_id == unit_id]
    return _kin(came), _kin(went)


def _kin(steps: list[tuple[int, Succession]]) -> list[Kin]:
    if not steps:
        return []
    lines = tree.lines_of([unit_id for unit_id, _ in steps], steps[0][1].day)
    return [Kin(unit_id, lines[unit_id], one.day, _part(one)) for unit_id, one in steps]


def _part(one: Succession) -> str:
    if one.whole:
        return "toàn bộ"
    return "một phần, mặc định" if one.default else "một phần"
