"""What others ask of rounds: a place's year, its models with their criteria, what is unfinished."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from hieuhoc.common import rows
from hieuhoc.criteria import queries as criteria
from hieuhoc.rounds.models import Round, RoundModel
from hieuhoc.scoring import Criteria

PINNED = """
select m.version_id, r.area::text from rounds_roundmodel m join rounds_round r on r.id = m.round_id
 where m.round_id = %s::bigint and m.model = %s
"""
HELD = ("id", "year", "state", "place_id")
HOLD = f"select {', '.join(HELD)} from rounds_round where id = %s::bigint for share"


def of_place(commune_id: int) -> QuerySet[Round]:
    """The rounds of a commune, the latest year first."""
    return Round.objects.filter(place_id=commune_id).order_by("-year")


def with_counts(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Add to each round how many registered and how many were recognised."""
    return rounds.annotate(
        registered=Count("dossiers", filter=~Q(dossiers__state="withdrawn")),
        recognised=Count("dossiers", filter=Q(dossiers__state="recognised")),
    )


def current(commune_id: int) -> Round | None:
    """The latest open round of a commune, or the latest of all."""
    found = of_place(commune_id)
    return found.filter(state=Round.State.OPEN).first() or found.first()


def model_of(round_id: int, model: str) -> RoundModel | None:
    """The model's entry in the round with its version, or None when the round does not have it."""
    return RoundModel.objects.select_related("version").filter(round_id=round_id, model=model).first()


def criteria_of(round_id: int, model: str) -> Criteria:
    """The criteria pinned for a model; ``LookupError`` when the round does not have the model."""
    return pinned(round_id, model)[0]


def pinned(round_id: int, model: str) -> tuple[Criteria, str]:
    """The criteria pinned for a model and the area the round judges by; ``LookupError`` as ``criteria_of``."""
    found = rows.ask(PINNED, [round_id, model])
    if not found:
        raise LookupError(f"round {round_id} has no {model}")
    (version, area), *_ = found
    return criteria.criteria_of(version), area


def hold(round_id: int, *, alone: bool) -> Round:
    """The round, that nobody closes before the transaction ends; ``alone`` keeps out whoever else holds it so."""
    if alone:
        return Round.objects.select_for_update().get(pk=round_id)
    for row in rows.ask(HOLD, [round_id]):
        return rows.made(Round, HELD, row)
    raise Round.DoesNotExist(f"no round {round_id}")


def unfinished(round_id: int) -> int:
    """How many dossiers are proposed and wait for a decision."""
    return Round.objects.get(pk=round_id).dossiers.filter(state="proposed").count()


def area_of(round_: Round | None) -> dict[int, str]:
    """A round judged as of a hard area binds as one; else what was recorded of the commune holds."""
    return {round_.place_id: round_.area} if round_ and round_.area != "general" else {}
