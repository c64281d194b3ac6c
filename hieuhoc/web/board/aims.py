"""The targets that bind the commune beside the counts of its round, each held against its own denominator only.

Use: ``of_round(round_, numbers)`` for a commune; a village is told the commune's targets, and nothing is compared.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from hieuhoc.common.numbers import percent
from hieuhoc.figures import queries as figures
from hieuhoc.figures.facts import Value
from hieuhoc.figures.models import Source
from hieuhoc.figures.progress import Progress, progress
from hieuhoc.plans import marks, wording
from hieuhoc.plans import queries as plans
from hieuhoc.plans.binding import Reach
from hieuhoc.rounds.models import Round
from hieuhoc.rounds.queries import area_of
from hieuhoc.web.board.shape import Aim, Count
from hieuhoc.web.board.tally import Tally

OTHER_DENOMINATOR = "Tính trên mẫu số khác nên không so với số của bảng này."
OF_THE_COMMUNE = "Chỉ tiêu của cả xã, không so với số của thôn."
Aims = dict[str, tuple[Aim, ...]]


def reaching(commune_id: int, today: date) -> list[Reach]:
    """The plans that reach the commune today; asked once for the whole board."""
    return plans.reaching([commune_id], today)[commune_id]


def counts(
    round_: Round | None, numbers: Tally, reaches: Collection[Reach], *, whole: bool = True
) -> tuple[Count, ...]:
    """The counts of each model with the targets beside them; ``whole`` says that they are those of the commune."""
    found = numbers.counts()
    return numbers.counts(_aims(round_, found, reaches, whole)) if round_ and found else found


def _aims(round_: Round, found: Collection[Count], reaches: Collection[Reach], whole: bool) -> Aims:
    place, year = round_.place_id, round_.year
    area = area_of(round_) or plans.areas([place], figures.day_of(round_))
    bound = plans.bound_by({place: list(reaches)}, year, figures.day_of(round_), area)[place]
    values = {
        one.model: Value(place, year, one.model, Source.COMPUTED, one.total, one.registered, one.recognised)
        for one in found
    }
    held = progress(bound, values, year)
    return {
        one.model: tuple(_aim(step, whole) for step in held if step.bound.target.model == one.model) for one in found
    }


def _aim(held: Progress, whole: bool) -> Aim:
    target, plan = held.bound.target, held.bound.reach.plan
    why = held.why
    if marks.counts_of(target) is None:
        why = OTHER_DENOMINATOR
    elif not whole:
        why = OF_THE_COMMUNE
    told = held if not why and held.missing is not None else None
    return Aim(
        f"{wording.amount(target)} {wording.whom(*target.matter[1:])}", target.year, held.bound.territory,
        told.count if told else None, told.of if told else None, _share(told), told.missing if told else None,
        why, plan.place, plan.number, plan.id, target.position, target.sentence, held.bound.because,
    )  # fmt: skip


def _share(held: Progress | None) -> str:
    """The share, never rounded up to the target it does not reach."""
    return percent(held.count, held.of, target=held.mark) if held and held.of else ""
