"""What a board is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

GROUPS = {
    "due": ("Đang chờ làm", "tasks"),
    "back": ("Bị trả lại", "returned"),
    "unjudged": ("Chưa kết luận được", "question"),
    "wrong": ("Cần xem lại", "warn"),
}


@dataclass(frozen=True)
class Line:
    """One example under a task: which thing, why, where it is."""

    name: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Task:
    """One thing to do. ``count`` is None where counting says nothing."""

    group: str
    title: str
    url: str
    action: str
    count: int | None = None
    text: str = ""
    day: date | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of the year: "done", "now" or nothing yet."""

    name: str
    text: str
    url: str
    state: str = ""


@dataclass(frozen=True)
class Day:
    """One day of the round's calendar; ``passed`` when it is over and nothing was left undone by it."""

    name: str
    day: date | None
    passed: bool = False


@dataclass(frozen=True)
class Aim:
    """A target that binds beside its count of its own denominator; ``why`` where nothing is compared."""

    amount: str
    year: int | None
    territory: str
    count: int | None
    of: int | None
    share: str
    missing: int | None
    why: str
    whose: str
    number: str
    plan_id: int
    position: int
    sentence: str
    because: str


@dataclass(frozen=True)
class Count:
    """The counts of one learning model; None is not known. ``aims`` are the targets that bind."""

    model: str
    label: str
    unit: str
    total: int
    registered: int
    judged: int
    recognised: int
    aims: tuple[Aim, ...] = ()


@dataclass(frozen=True)
class Commune:
    """One commune's round as an overview shows it."""

    name: str
    url: str
    state: str
    state_label: str
    day: date | None
    registered: int
    recognised: int


@dataclass(frozen=True)
class Board:
    """A role's page: the one next thing, the groups, the year's steps, the calendar, the counts."""

    title: str
    lead: str
    tasks: tuple[Task, ...] = ()
    steps: tuple[Step, ...] = ()
    days: tuple[Day, ...] = ()
    counts: tuple[Count, ...] = ()
    communes: tuple[Commune, ...] = ()
    quiet: str = ""
    more_url: str = ""
    illustrative: bool = False

    @property
    def aimed(self) -> bool:
        """Whether any target stands beside the counts."""
        return any(one.aims for one in self.counts)

    @property
    def next(self) -> Task | None:
        """The first thing that can be done by this person."""
        return self.tasks[0] if self.tasks else None

    @property
    def groups(self) -> list[tuple[str, str, str, list[Task]]]:
        """(key, title, icon, tasks) of the groups that have any; the next task stands above them."""
        rest = self.tasks[1:]
        found = [
            (key, title, icon, [task for task in rest if task.group == key]) for key, (title, icon) in GROUPS.items()
        ]
        return [group for group in found if group[3]]


def some(*tasks: Task | None) -> tuple[Task, ...]:
    """The tasks that have something to do, in order."""
    return tuple(task for task in tasks if task is not None and task.count != 0)


def joined(names: Iterable[str], limit: int = 4) -> str:
    """ "Làng Ring, Làng Phung và 3 nơi khác"."""
    listed = list(names)
    if len(listed) <= limit:
        return ", ".join(listed)
    return f"{', '.join(listed[:limit])} và {len(listed) - limit} nơi khác"
