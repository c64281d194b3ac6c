"""The national programme, shipped as a plan of the nation: read from YAML, published once at installation.

Nobody of the installation confirmed it, so it carries no person; its note says what was read and what is inferred.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.timezone import now

from hieuhoc.audit import log
from hieuhoc.places import tree
from hieuhoc.plans.models import Plan, Target

FOLDER = Path(__file__).parent


def load() -> int:
    """Publish the shipped plans that are not there yet; how many were made."""
    return sum(_load(yaml.safe_load(path.read_text())) for path in sorted(FOLDER.glob("*.yaml")))


@transaction.atomic
def _load(said: dict[str, Any]) -> bool:
    nation = tree.root()
    if Plan.objects.filter(place_id=nation, number=said["number"]).exists():
        return False
    first, last = said["years"]
    plan = Plan.objects.create(
        place_id=nation, number=said["number"], programme=said["programme"], issuer=said["issuer"],
        issued=said["issued"], first_year=first, last_year=last, note=said["note"],
    )  # fmt: skip
    Target.objects.bulk_create(_targets(plan, said["targets"]))
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.PUBLISHED, published_at=now())
    log.record("plan.publish", plan, by=None, place=nation, reason="Đi kèm phần mềm", after={"number": plan.number})
    return True


def _targets(plan: Plan, said: list[dict[str, Any]]) -> list[Target]:
    rows = [(one, year, value) for one in said for year, value in one["values"].items()]
    return [
        Target(
            plan=plan, position=at, model=one["model"], measure="recognise", population=one["population"], year=year,
            comparator=">=", value=Decimal(value), unit="percent",
            sentence=one["sentence"].format(year=year, value=value),
        )
        for at, (one, year, value) in enumerate(rows, 1)
    ]  # fmt: skip
