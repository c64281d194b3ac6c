"""In which order the envelopes of one delivery are done: as few steps as keep what the phone meant. Pure.

Envelopes of one kind are done together, in the order of ``PHASES``; a delivery is cut into several rounds only where
the phone did things to one subject in another order (withdrew it, then registered it again), or wrote one answer twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from hieuhoc.field.models import Kind
from hieuhoc.field.shapes import Letter

PHASES = (
    (Kind.SUBJECT,),
    (Kind.REGISTER,),
    (Kind.ANSWER,),
    (Kind.PHOTO, Kind.NOTE),
    (Kind.DROP_PHOTO,),
    (Kind.SUBMIT,),
    (Kind.WITHDRAW,),
)
_PHASE = {kind: number for number, kinds in enumerate(PHASES) for kind in kinds}


def steps(letters: Iterable[Letter], about: Callable[[Letter], UUID | None]) -> list[list[Letter]]:
    """The letters in groups to be done one after the other, each of one phase; ``about`` gives a letter's subject."""
    at: dict[UUID | None, tuple[int, int]] = {}
    last: dict[tuple[Any, ...], int] = {}
    groups: dict[tuple[int, int], list[Letter]] = defaultdict(list)
    for letter in letters:
        phase = _PHASE[Kind(letter.kind)]
        subject = about(letter)
        turn, reached = at.get(subject, (0, 0))
        turn += phase < reached
        answer = (letter.round, subject, letter.key) if letter.kind == Kind.ANSWER else None
        if answer is not None and last.get(answer) == turn:
            turn += 1
        if answer is not None:
            last[answer] = turn
        at[subject] = turn, phase
        groups[turn, phase].append(letter)
    return [groups[step] for step in sorted(groups)]
