"""The criteria a round has pinned, as the spreadsheet engine needs them to read a score sheet."""

from __future__ import annotations

from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.models import Round, RoundModel
from hieuhoc.scoring import Criteria
from hieuhoc.sheets.columns import Indicator, IndicatorSet

SHOWN_AS = {"yes_no": "yes_no", "share": "share", "change": "change"}


def indicator_set(criteria: Criteria) -> IndicatorSet:
    """What may be typed of a set: its indicators without the shares that are computed."""
    typed = (indicator for indicator in criteria.indicators if indicator.derived is None)
    return IndicatorSet(
        criteria.code,
        criteria.model,
        tuple(
            Indicator(
                one.key,
                one.label,
                float(one.points) if one.kind == "score" and one.points is not None else None,
                SHOWN_AS.get(one.kind, "number"),  # type: ignore[arg-type]
            )
            for one in typed
        ),
    )


def round_in(commune_id: int, year: int | None) -> Round | None:
    """The round of a commune and year, if there is one."""
    return None if year is None else Round.objects.filter(place_id=commune_id, year=year).first()


def of_round(round_id: int) -> list[IndicatorSet]:
    """The sets pinned in a round, one for each model it has."""
    models = RoundModel.objects.filter(round_id=round_id).order_by("model").values_list("model", flat=True)
    return [indicator_set(rounds.criteria_of(round_id, model)) for model in models]
