"""`hieuhoc targets show`: which targets bind a place in a year, each with its plan, its sentence and why this one."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import localdate

from hieuhoc.common.numbers import vn_number
from hieuhoc.places import tree
from hieuhoc.places.management.commands.places import day
from hieuhoc.places.models import Level, UnitVersion
from hieuhoc.plans import queries
from hieuhoc.plans.binding import Bound
from hieuhoc.plans.reading.result import plain

LEVELS = (Level.COMMUNE, Level.PROVINCE, Level.DISTRICT, Level.NATION, Level.VILLAGE)


class Command(BaseCommand):
    """Show; 0 with the targets (none is an answer), 1 when the place is not found, 2 wrong usage."""

    help = "Chỉ tiêu: kế hoạch nào ràng buộc một địa phương trong một năm"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of the command."""
        show = parser.add_subparsers(dest="act", required=True, metavar="show").add_parser(
            "show", help="chỉ tiêu ràng buộc, câu nêu chỉ tiêu, vì sao là kế hoạch ấy"
        )
        show.add_argument("--place", required=True, metavar="CODE")
        show.add_argument("--level", choices=Level.values, help="khi một mã có ở nhiều cấp")
        show.add_argument("--year", required=True, type=int)
        show.add_argument("--on", type=day, metavar="DATE", help="vào ngày nào; bỏ trống là hôm nay")
        show.add_argument("--area", choices=("general", "hard", "mountain"), help="bỏ trống: theo xếp vùng đã ghi")
        show.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the place as of the day, ask, print."""
        on = options["on"] or localdate()
        unit = _unit(options["place"], options["level"], on)
        if unit is None:
            said = f"Không có đơn vị nào mang mã {options['place']} vào ngày {on:%d/%m/%Y}."
            if options["json"]:
                self.stdout.write(json.dumps({"refused": {"code": "nothing_found", "message": said}}))
            else:
                self.stderr.write(said)
            sys.exit(1)
        given = {unit.unit_id: options["area"]} if options["area"] else {}
        bound = queries.bound([unit.unit_id], options["year"], on, given)[unit.unit_id]
        if options["json"]:
            self.stdout.write(json.dumps({"targets": [to_json(one) for one in bound]}, ensure_ascii=False))
            return
        for one in bound:
            self.stdout.write(_said(one))
        self.stdout.write(f"{unit.name}, năm {options['year']}: {len(bound)} chỉ tiêu.")


def _unit(code: str, level: str | None, on: Any) -> UnitVersion | None:
    """The unit of that code on the day, communes before provinces."""
    levels = [level] if level else LEVELS
    return next((unit for one in levels if (unit := tree.by_code(code, one, on)) is not None), None)


def to_json(one: Bound) -> dict[str, Any]:
    """A bound target as the interface promises it, with area, unit, year, territory and the reason beside it."""
    target, plan = one.target, one.reach.plan
    return {
        "model": target.model or None,
        "measure": target.measure,
        "population": target.population,
        "value": plain(target.value),
        "value_to": None if target.value_to is None else plain(target.value_to),
        "comparator": target.comparator,
        "unit": target.unit,
        "area": target.area,
        "year": target.year,
        "territory": one.territory or None,
        "because": one.because,
        "from": {
            "plan": plan.number,
            "place": plan.place,
            "issued": plan.issued.isoformat(),
            "sentence": target.sentence,
        },
    }


def _said(one: Bound) -> str:
    target = one.target
    what = f"{target.model or '–'} {target.measure} {target.population}: {target.comparator} {vn_number(target.value)}"
    part = f" [{one.territory}]" if one.territory else ""
    return f"{what} {target.unit}, năm {target.year}{part}. {one.because}\n    «{target.sentence}»"
