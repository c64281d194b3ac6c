"""What is real in the demonstration: five public plans and published figures, taken in by the verbs the pages call.

Two of the plans carry no day; a person has to give one. Here it is the last working day of their year, and the plan's
note says so. A second run takes nothing in twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from hieuhoc.figures import actions as figures
from hieuhoc.figures import published
from hieuhoc.places import tree
from hieuhoc.plans import actions
from hieuhoc.plans.models import Plan

FOLDER = Path(__file__).parent / "public"
CHOSEN = date(2022, 12, 30)
NOTE = "Bản đọc được không in số và ngày ban hành; ngày 30/12/2022 chỉ để trình diễn."
# file, code and level of its place, a day on which the code means that place
PLANS = (
    ("bac-kan-2014.txt", "06", "province", date(2014, 7, 14)),
    ("bac-kan-2022.txt", "06", "province", date(2022, 5, 12)),
    ("khanh-hoa-2022.txt", "56", "province", date(2022, 5, 16)),
    ("son-la-2022.txt", "14", "province", CHOSEN),
    ("ia-bang-2022.txt", "23905", "commune", CHOSEN),
)


def take_in(commune_officer: Any, national_officer: Any, tell: Callable[[str], Any]) -> None:
    """Read, complete and confirm the plans, then keep the published figures of places within reach."""
    for name, code, level, day in PLANS:
        by = commune_officer if level == "commune" else national_officer
        place = tree.by_code(code, level, day)
        if place is None or Plan.objects.filter(place_id=place.unit_id, file__name=name).exists():
            continue
        tell(f"Đang đọc {name}…")
        plan = actions.take((FOLDER / name).read_bytes(), name, place_id=place.unit_id, by=by)
        if plan.issued is None:
            actions.set_head(plan.pk, {"issued": day, "note": NOTE}, by=by)
        actions.publish(plan.pk, by=by)
    _figures(national_officer, tell)


def _figures(by: Any, tell: Callable[[str], Any]) -> None:
    tell("Đang đọc số liệu đã công bố…")
    lines = published.read(FOLDER / "published-figures.csv", by)
    _, new = figures.take_published(published.taken(lines), {}, by=by, place_id=tree.root())
    tell(f"  {new} số liệu mới, {sum(1 for line in lines if not line.figure)} dòng để lại.")
