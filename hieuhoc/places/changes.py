"""What an act on places would do, worked out without writing: the same plan is previewed and carried out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from hieuhoc.places import rules, tree
from hieuhoc.places.models import Level, UnitVersion
from hieuhoc.places.rules import Held, Refused


@dataclass(frozen=True)
class Opening:
    """A unit to be made; an empty code is given by the system (villages only)."""

    name: str
    kind: str = ""
    code: str = ""


@dataclass(frozen=True)
class New:
    """A unit that will be made, checked and complete."""

    level: str
    code: str
    name: str
    kind: str
    parent_id: int | None


@dataclass(frozen=True)
class Next:
    """The next version of a unit that goes on; `parent` counts in `news` when it is not made yet."""

    held: Held
    code: str
    name: str
    kind: str
    parent_id: int | None
    under_new: int | None = None


@dataclass(frozen=True)
class Passing:
    """From an old unit to a new one (by its place in `news`) or to one that exists."""

    old_id: int
    kind: str
    whole: bool
    default: bool
    new: int | None = None
    new_id: int | None = None


@dataclass(frozen=True)
class Plan:
    """Everything one act would write, and in sentences what it means."""

    verb: str
    day: date
    legal_basis: str
    ends: tuple[Held, ...] = ()
    news: tuple[New, ...] = ()
    nexts: tuple[Next, ...] = ()
    passings: tuple[Passing, ...] = ()
    effects: tuple[str, ...] = field(default=(), compare=False)

    @property
    def touched(self) -> list[int]:
        """Ids of the units that exist and would end or get a new version."""
        return [one.unit_id for one in self.ends] + [one.held.unit_id for one in self.nexts]

    def affected(self) -> list[int]:
        """Ids of the touched units and of all that stand under them on the day: whose data is concerned."""
        return sorted(set(tree.below_any(self.touched, self.day)) | set(self.touched))


def held(unit_ids: Collection[int], day: date) -> dict[int, Held]:
    """The version of each unit that an act of the day changes; refuses with a sentence."""
    versions: dict[int, list[Held]] = {unit_id: [] for unit_id in unit_ids}
    for row in UnitVersion.objects.filter(unit_id__in=unit_ids).select_related("unit"):
        versions[row.unit_id].append(as_held(row))
    return {unit_id: rules.held_on(found, day) for unit_id, found in versions.items()}


def as_held(row: UnitVersion) -> Held:
    """A stored version as the rules see it."""
    return Held(
        row.unit_id,
        row.unit.level,
        row.code,
        row.name,
        row.kind,
        row.parent_id,
        row.valid.lower,
        row.valid.upper,
    )


def children(unit_ids: Collection[int], day: date) -> list[Held]:
    """The units directly under these on the day; a later change of theirs refuses the act."""
    rows = UnitVersion.objects.filter(_from(day), parent_id__in=unit_ids).select_related("unit")
    found = [as_held(row) for row in rows.order_by("sort_key", "code")]
    for child in found:
        if child.end is not None or (child.first and child.first > day):
            raise Refused(f"Sau ngày ấy {child.called} còn một thay đổi; hãy ghi theo thứ tự thời gian.")
    return found


def _from(day: date) -> Q:
    """Versions that hold on the day or later."""
    return Q(valid__endswith__gt=day) | Q(valid__endswith__isnull=True)


def siblings(parent_id: int | None, day: date) -> list[Held]:
    """The units directly under a parent from the day on."""
    rows = UnitVersion.objects.filter(_from(day), parent_id=parent_id).select_related("unit")
    return [as_held(row) for row in rows]


def parent_on(parent_id: int | None, level: str, day: date) -> UnitVersion:
    """The parent's version in force on the day, of a level that may stand above, and not known to end."""
    version = tree.version_on(parent_id, day) if parent_id else None
    if version is None:
        raise Refused("Đơn vị cấp trên không tồn tại vào ngày này.")
    if not UnitVersion.objects.filter(unit_id=parent_id, valid__endswith__isnull=True).exists():
        raise Refused(f"Đơn vị cấp trên, {as_held(version).called}, nay không còn.")
    rules.need_parent(level, version.unit.level)
    return version


def new_units(
    openings: Iterable[Opening], level: str, parent_id: int | None, day: date, leaving: Collection[int] = ()
) -> tuple[New, ...]:
    """The units to be made under the parent, named apart from those that stay and with codes of their own."""
    parent = parent_on(parent_id, level, day)
    others = siblings(parent_id, day)
    made: list[New] = []
    for opening, code in zip(openings := list(openings), codes(openings, level, parent, day, leaving), strict=True):
        name, kind = rules.need_name(opening.name, opening.kind, level)
        rules.need_new_name(name, others, leaving)
        others = [*others, Held(0, level, code, name, kind, parent_id, day, None)]
        made.append(New(level, code, name, kind, parent_id))
    return tuple(made)


def codes(
    openings: Collection[Opening], level: str, parent: UnitVersion, day: date, leaving: Collection[int] = ()
) -> list[str]:
    """A code for each: the one given if it is free from the day on, or the commune's next for a village."""
    given = [opening.code.strip() for opening in openings if opening.code.strip()]
    free_code(given, level, day, leaving)
    if len(given) == len(openings):
        return given
    if level != Level.VILLAGE:
        raise Refused("Cần ghi mã của đơn vị mới theo danh mục của Cục Thống kê.")
    used = UnitVersion.objects.filter(code__startswith=f"{parent.code}.", unit__level=level)
    numbers = [int(code.rsplit(".", 1)[1]) for code in used.values_list("code", flat=True) if code[-1].isdigit()]
    following = iter(range(max(numbers, default=0) + 1, max(numbers, default=0) + len(openings) + 1))
    return [opening.code.strip() or f"{parent.code}.{next(following):02d}" for opening in openings]


def free_code(given: Collection[str], level: str, day: date, leaving: Collection[int] = ()) -> None:
    """Refuse a code that another unit of the level holds from the day on, or that was given twice."""
    if len(set(given)) < len(given):
        raise Refused("Hai đơn vị mới có cùng một mã.")
    taken = UnitVersion.objects.filter(code__in=given, unit__level=level).exclude(unit_id__in=leaving)
    for row in taken.filter(Q(valid__endswith__gt=day) | Q(valid__endswith__isnull=True)).select_related("unit"):
        raise Refused(f"Mã {row.code} đang là của {as_held(row).called}.")
