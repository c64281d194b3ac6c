"""Plausible scores: how a subject came out, and the points that fit it, for any set judged by points.

The set is read from the product's own files; derived indicators are left out: titles of the year give them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from demo.pages import Value
from demo.world import split_by_weight
from hieuhoc.criteria.sets import load
from hieuhoc.scoring import Criteria

PASS, NEAR, LOW_ONE, LOW, INCOMPLETE = "pass", "near", "low_one", "low", "incomplete"
SHARES = {PASS: 850, NEAR: 60, LOW_ONE: 40, LOW: 25, INCOMPLETE: 25}  # of a thousand assessed
EXEMPT = 3  # of a hundred that pass, those to whom one indicator does not apply (KAD)
SLACK = 15  # of a hundred points of a derived share, those a passing subject does not count on


@dataclass(frozen=True)
class Typed:
    """An indicator somebody scores: its points in halves, as its maximum and its floor."""

    key: str
    label: str
    group: str
    points: int
    floor: int


@dataclass(frozen=True)
class Questions:
    """What a score sheet of a set asks, and the mark on its own columns (both in half points)."""

    code: str
    model: str
    title: str
    typed: tuple[Typed, ...]
    mark: int
    slack: int

    @property
    def maximum(self) -> int:
        """The most its own columns can come to, in half points."""
        return sum(item.points for item in self.typed)


def questions(code: str) -> Questions:
    """The score sheet of a set; a set that asks for anything but scores is refused."""
    criteria = load(code)
    derived = sum(int(i.points or 0) for i in criteria.indicators if i.derived)
    return Questions(
        code=code,
        model=criteria.model,
        title=criteria.title,
        typed=tuple(_typed(criteria)),
        mark=2 * (int(criteria.pass_mark("general") or 0) - derived),
        slack=2 * derived * SLACK // 100,
    )


def _typed(criteria: Criteria):
    labels = {group.key: group.label for group in criteria.groups}
    for item in criteria.indicators:
        if item.derived:
            continue
        if item.kind != "score" or item.points is None:
            raise ValueError(f"{criteria.code}: {item.key} is not a score, no answer is made for it")
        group = f"{item.criterion}. {labels[item.criterion]}"
        yield Typed(item.key, item.label, group, int(item.points * 2), int((item.floor or 0) * 2))


def outcomes(count: int, rng: Random) -> list[str]:
    """How `count` subjects come out: the shares exactly, in any order."""
    parts = split_by_weight(count, list(SHARES.values()))
    drawn = [outcome for outcome, part in zip(SHARES, parts, strict=True) for _ in range(part)]
    rng.shuffle(drawn)
    return drawn


def answers(asked: Questions, outcome: str, rng: Random) -> dict[str, Value]:
    """Scores by indicator key that come out so: numbers, `KAD`, None where nothing was filled in."""
    lost = _lose(asked.typed, asked.maximum - _total(asked, outcome, rng), rng)
    halves = {item.key: item.points - less for item, less in zip(asked.typed, lost, strict=True)}
    filled: dict[str, Value] = {key: half // 2 if half % 2 == 0 else half / 2 for key, half in halves.items()}
    if outcome == LOW_ONE:
        item = rng.choice(asked.typed)
        filled[item.key] = (item.floor - rng.randint(1, 4)) / 2
    elif outcome == INCOMPLETE:
        filled |= {item.key: None for item in rng.sample(asked.typed, rng.choice((1, 1, 2)))}
    elif outcome == PASS and rng.randrange(100) < EXEMPT:
        _exempt(asked, filled, rng)
    return filled


def _total(asked: Questions, outcome: str, rng: Random) -> int:
    """A total in half points on the right side of the mark."""
    if outcome == NEAR:
        return asked.mark - rng.randint(1, 8)
    if outcome == LOW:
        return asked.mark - rng.randint(20, 40)
    low, high = asked.mark + asked.slack, asked.maximum
    return low + rng.randrange(high - low + 1) * rng.randint(55, 100) // 100


def _lose(typed: Sequence[Typed], halves: int, rng: Random) -> list[int]:
    """`halves` half points taken away over the indicators, none of which falls below its floor."""
    lost = [0] * len(typed)
    room = [item.points - item.floor for item in typed]
    for _ in range(min(halves, sum(room))):
        at = rng.randrange(len(typed))
        while lost[at] >= room[at]:
            at = rng.randrange(len(typed))
        lost[at] += 1
    return lost


def _exempt(asked: Questions, filled: dict[str, Value], rng: Random) -> None:
    """One indicator that does not apply, where the others are enough without it."""
    item = min(rng.sample(asked.typed, 3), key=lambda item: item.points)
    others = [other for other in asked.typed if other is not item]
    room = sum(other.points for other in others) - asked.mark - asked.slack
    if room < 0:
        return
    lost = _lose(others, rng.randint(0, room), rng)
    filled |= {other.key: (other.points - less) / 2 for other, less in zip(others, lost, strict=True)}
    filled[item.key] = "KAD"
