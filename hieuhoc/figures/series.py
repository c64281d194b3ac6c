"""Years side by side over mergers: what may be added up, what may not and why. Pure.

A place's year is made of parts: the units that on that day held its territory. One whole part is that unit's own
figure; several whole parts are added; a part that was split cannot be (domain §7), unless the reader asks for the
default successor, and then the cell says so. A part without a figure leaves the whole without one: never a partial sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from hieuhoc.common.numbers import vn_int
from hieuhoc.figures.facts import Value
from hieuhoc.figures.indicators import BY_KEY, COUNTS

SUMMED = "tổng của {}"
BY_DEFAULT = "gán trọn cho đơn vị mặc định: {}"
NOT_COMPARABLE = "Không so sánh được: "
SPLIT = NOT_COMPARABLE + "{} đã tách, một phần về {}."
MISSING = "Thiếu số liệu của {}."
NOT_THERE = "Chưa có đơn vị này."
ONLY_SHARES = "Chỉ có tỷ lệ, không cộng được: {}."
NEW_SET, NEW_TITLE = "bộ tiêu chí mới", "đổi danh hiệu"
NAMED = 6  # of more units than this a sentence says how many


@dataclass(frozen=True)
class Part:
    """A unit that held territory of the place on a day: whole, or split with its other heirs in words."""

    place_id: int
    name: str
    whole: bool = True
    elsewhere: str = ""
    default: bool = True


@dataclass(frozen=True)
class Cell:
    """One year: the figure, or why there is none; ``marks`` is what a reader must know of it."""

    year: int
    value: Value | None = None
    because: str = ""
    marks: tuple[str, ...] = ()

    @property
    def of(self) -> int | None:
        """The denominator the share is of."""
        return self.value.total if self.value else None

    @property
    def percent(self) -> Decimal | None:
        """The share of the total, exact from the counts, else as it was printed; None where there is neither."""
        if self.value is None:
            return None
        if self.value.count is not None and self.value.total:
            return Decimal(self.value.count) * 100 / self.value.total
        return self.value.share


@dataclass(frozen=True)
class Line:
    """The years of one unit and indicator, in order; ``since`` and ``until`` are where its territory changed."""

    place_id: int
    name: str
    indicator: str
    cells: tuple[Cell, ...] = field(default=())
    note: str = ""
    since: date | None = None  # from when its territory is as it is
    until: date | None = None  # the first day it is so no more


def cell(year: int, parts: Sequence[Part], values: Mapping[int, Value], *, by_default: bool = False) -> Cell:
    """One year of a place from its parts and their figures."""
    marks: list[str] = []
    taken: list[Part] = []
    for part in parts:
        if part.whole:
            taken.append(part)
        elif not by_default:
            return Cell(year, because=SPLIT.format(part.name, part.elsewhere))
        elif part.default:
            taken.append(part)
            marks.append(BY_DEFAULT.format(part.name))
    if not taken:
        return Cell(year, because=NOT_THERE if not parts else SPLIT.format(parts[0].name, parts[0].elsewhere))
    missing = [part.name for part in taken if part.place_id not in values]
    if missing:
        return Cell(year, because=MISSING.format(named(missing)) if len(taken) > 1 or marks else "")
    return _joined(year, taken, [values[part.place_id] for part in taken], tuple(marks))


def _joined(year: int, parts: Sequence[Part], values: Sequence[Value], marks: tuple[str, ...]) -> Cell:
    parts_only = dict.fromkeys(one.part_said.rstrip(".").lower() for one in values if one.partial)
    marks = (*marks, *parts_only)
    if len(values) == 1:
        return Cell(year, values[0], marks=marks)
    sums = {name: _sum(one.get(name) for one in values) for name in COUNTS}
    names = named(part.name for part in parts)
    if all(found is None for found in sums.values()):
        return Cell(year, because=ONLY_SHARES.format(names))
    first = values[0]
    whole = Value(first.place_id, year, first.indicator, first.source, **sums, running=any(v.running for v in values))
    return Cell(year, whole, marks=(SUMMED.format(names), *marks))


def named(units: Iterable[str]) -> str:
    """Units in a sentence, the first few by name: "Xã A, Xã B và 31 nơi khác"."""
    names = list(units)
    if len(names) <= NAMED:
        return ", ".join(names)
    return f"{', '.join(names[: NAMED - 2])} và {vn_int(len(names) - NAMED + 2)} nơi khác"


def _sum(counts: Iterable[int | None]) -> int | None:
    found = list(counts)
    return None if any(one is None for one in found) else sum(one for one in found if one is not None)


def marked(line: Line, years: Mapping[str, Sequence[int]]) -> Line:
    """The line with the years marked from which another criteria set or title holds; ``years`` by model."""
    changes = years.get(BY_KEY[line.indicator].model, ())
    cells: list[Cell] = []
    before: Value | None = None
    for one in line.cells:
        cells.append(replace(one, marks=(*one.marks, *_breaks(before, one.value, changes))))
        before = one.value or before
    return replace(line, cells=tuple(cells))


def _breaks(before: Value | None, after: Value | None, changes: Sequence[int]) -> Iterator[str]:
    """What changed in how the two figures were judged and named; nothing where one of them is not there."""
    if before is None or after is None:
        return
    if any(before.year < year <= after.year for year in changes) or _other_version(before, after):
        yield NEW_SET
    if before.title and after.title and before.title != after.title:
        yield NEW_TITLE


def _other_version(before: Value, after: Value) -> bool:
    return None not in (before.version_id, after.version_id) and before.version_id != after.version_id
