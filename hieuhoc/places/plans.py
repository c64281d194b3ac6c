"""One plan for each act: open, rename, move, merge, split, close. Nothing here writes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from hieuhoc.common.dates import vn_date
from hieuhoc.places import naming, rules
from hieuhoc.places.changes import (
    New,
    Next,
    Opening,
    Passing,
    Plan,
    children,
    free_code,
    held,
    new_units,
    parent_on,
    siblings,
)
from hieuhoc.places.models import Level, SuccessionKind
from hieuhoc.places.rules import Held, Refused


def open_unit(
    *, level: str, name: str, parent_id: int, day: date, kind: str = "", code: str = "", legal_basis: str = ""
) -> Plan:
    """A new unit of its own, made from no other."""
    basis = rules.need_basis(legal_basis, level, "open")
    news = new_units([Opening(name, kind, code)], level, parent_id, day)
    return Plan("open", day, basis, news=news, effects=(f"Thành lập {_new(news[0])} từ ngày {vn_date(day)}.",))


def rename(unit_id: int, *, name: str, day: date, legal_basis: str, kind: str = "", code: str = "") -> Plan:
    """A new name, kind or code for the same unit."""
    one = held([unit_id], day)[unit_id]
    basis = rules.need_basis(legal_basis, one.level, "rename")
    new_name, new_kind = rules.need_name(name, kind or _kind_kept(name, one), one.level)
    new_code = code.strip() or one.code
    if (new_name, new_kind, new_code) == (one.name, one.kind, one.code):
        raise Refused("Tên, loại và mã không có gì thay đổi.")
    rules.need_new_name(new_name, siblings(one.parent_id, day), [unit_id])
    free_code([new_code], one.level, day, [unit_id])
    following = Next(one, new_code, new_name, new_kind, one.parent_id)
    effect = f"Từ ngày {vn_date(day)}, {one.called} ({one.code}) đổi thành {new_name} ({new_code})."
    return Plan("rename", day, basis, nexts=(following,), effects=(effect, "Dữ liệu giữ nguyên, vẫn của đơn vị này."))


def _kind_kept(name: str, one: Held) -> str:
    """A name typed without a kind keeps the kind of the unit."""
    return naming.kind_of(name, one.level) or one.kind


def move(unit_id: int, *, parent_id: int, day: date, legal_basis: str, code: str = "") -> Plan:
    """The same unit under another parent."""
    one = held([unit_id], day)[unit_id]
    basis = rules.need_basis(legal_basis, one.level, "move")
    if one.parent_id == parent_id:
        raise Refused(f"{one.name} đã thuộc đơn vị cấp trên này.")
    parent = parent_on(parent_id, one.level, day)
    rules.need_new_name(one.name, siblings(parent_id, day))
    new_code = code.strip() or one.code
    free_code([new_code], one.level, day, [unit_id])
    following = Next(one, new_code, one.name, one.kind, parent_id)
    effect = f"Từ ngày {vn_date(day)}, {one.called} chuyển về {parent.name}."
    return Plan("move", day, basis, nexts=(following,), effects=(effect,))


def merge(
    unit_ids: Sequence[int], *, name: str, day: date, legal_basis: str,
    kind: str = "", code: str = "", parent_id: int | None = None,
) -> Plan:  # fmt: skip
    """Several units of one level become a new one; what stood under them goes with them."""
    olds = list(held(dict.fromkeys(unit_ids), day).values())
    level = rules.need_several(olds)
    basis = rules.need_basis(legal_basis, level, "merge")
    parents = {one.parent_id for one in olds}
    if parent_id is None and len(parents) > 1:
        raise Refused("Các đơn vị thuộc nhiều nơi; cần chọn đơn vị cấp trên của đơn vị mới.")
    leaving = [one.unit_id for one in olds]
    kept_kind = kind or naming.kind_of(name, level) or _common_kind(olds)
    news = new_units([Opening(name, kept_kind, code)], level, parent_id or olds[0].parent_id, day, leaving)
    passings = tuple(Passing(one.unit_id, SuccessionKind.MERGE, True, True, new=0) for one in olds)
    under = children(leaving, day)
    nexts = tuple(Next(child, child.code, child.name, child.kind, None, under_new=0) for child in under)
    names = ", ".join(f"{one.called} ({one.code})" for one in olds)
    effects = (
        f"Từ ngày {vn_date(day)}, {names} nhập thành {_new(news[0])}.",
        *_ending(olds),
        *_moving(under),
    )
    return Plan("merge", day, basis, tuple(olds), news, nexts, passings, effects)


def _common_kind(olds: list[Held]) -> str:
    kinds = {one.kind for one in olds}
    return kinds.pop() if len(kinds) == 1 else ""


def split(
    unit_id: int, *, parts: Sequence[Opening], day: date, legal_basis: str,
    default: int = 0, keep: bool = False, under: Mapping[int, int] | None = None,
) -> Plan:  # fmt: skip
    """One unit becomes several; with `keep` it goes on with what is left and is its own default.

    `under` says which part (by its place in `parts`) a unit standing under it goes to; the others go to
    the default part, or stay when the old unit goes on.
    """
    one = held([unit_id], day)[unit_id]
    basis = rules.need_basis(legal_basis, one.level, "split")
    if len(parts) < (1 if keep else 2):
        raise Refused("Tách một đơn vị cần ít nhất hai phần; một phần nếu đơn vị cũ vẫn còn.")
    if not 0 <= default < len(parts):
        raise Refused("Cần chọn phần mặc định trong các phần được tách.")
    leaving = () if keep else (unit_id,)
    kinds = [Opening(part.name, part.kind or _kind_kept(part.name, one), part.code) for part in parts]
    news = new_units(kinds, one.level, one.parent_id, day, leaving)
    nexts = _shared_out(one, day, under or {}, len(parts), None if keep else default)
    passings = tuple(
        Passing(unit_id, SuccessionKind.SPLIT, False, not keep and at == default, new=at) for at in range(len(news))
    )
    names = ", ".join(_new(new) for new in news)
    effect = f"Từ ngày {vn_date(day)}, {one.called} ({one.code}) tách ra {names}."
    ends = () if keep else (one,)
    effects = (effect, *_ending(ends), *_moving([following.held for following in nexts]))
    return Plan("split", day, basis, ends, news, nexts, passings, effects)


def _shared_out(one: Held, day: date, under: Mapping[int, int], parts: int, rest: int | None) -> tuple[Next, ...]:
    """Where each unit under the divided one goes; None for the rest means it stays."""
    found = children([one.unit_id], day)
    strangers = set(under) - {child.unit_id for child in found}
    if strangers or not set(under.values()) <= set(range(parts)):
        raise Refused("Có đơn vị trực thuộc được xếp sai chỗ.")
    placed = [(child, under.get(child.unit_id, rest)) for child in found]
    return tuple(
        Next(child, child.code, child.name, child.kind, None, under_new=at) for child, at in placed if at is not None
    )


def close(unit_id: int, *, day: date, legal_basis: str, into: Sequence[int] = ()) -> Plan:
    """The unit ends; its territory passes to units that exist (the first is the default), or to none."""
    one = held([unit_id], day)[unit_id]
    basis = rules.need_basis(legal_basis, one.level, "close")
    under = children([unit_id], day)
    if under:
        raise Refused(f"Chưa đóng được {one.called}: còn {len(under)} đơn vị trực thuộc, trước hết {under[0].called}.")
    if unit_id in into:
        raise Refused("Đơn vị không tự nhận địa bàn của mình.")
    takers = list(held(into, day).values()) if into else []
    if any(taker.level != one.level for taker in takers):
        raise Refused("Đơn vị nhận địa bàn phải cùng cấp.")
    kind = SuccessionKind.MERGE if len(takers) == 1 else SuccessionKind.SPLIT
    passings = tuple(
        Passing(unit_id, kind, len(takers) == 1, at == 0, new_id=taker.unit_id) for at, taker in enumerate(takers)
    )
    to = f"; địa bàn về {', '.join(taker.called for taker in takers)}" if takers else ""
    effect = f"Từ ngày {vn_date(day)}, {one.called} ({one.code}) không còn{to}."
    return Plan("close", day, basis, (one,), passings=passings, effects=(effect, *_ending([one])))


def _new(new: New) -> str:
    return f"{naming.in_sentence(new.name, new.kind)} ({new.code})"


def _ending(olds: Sequence[Held]) -> list[str]:
    if not olds:
        return []
    names = ", ".join(one.called for one in olds)
    return [f"Danh hiệu và số liệu đã có vẫn đứng tên {names} và chỉ tới đơn vị kế thừa."]


def _moving(under: Sequence[Held]) -> list[str]:
    if not under:
        return []
    some = ", ".join(one.called for one in under[:5]) + ("…" if len(under) > 5 else "")
    word = Level(under[0].level).label
    return [f"{len(under)} đơn vị trực thuộc ({word}) chuyển theo: {some}."]


PLANS: dict[str, Callable[..., Plan]] = {
    "open": open_unit,
    "rename": rename,
    "move": move,
    "merge": merge,
    "split": split,
    "close": close,
}
__all__ = ["PLANS", "close", "merge", "move", "open_unit", "rename", "split"]
