"""`hieuhoc figures check FILE` (.csv, .xlsx, .xls, .ods): what does not add up in a table of figures, row by row.

`hieuhoc figures show --place CODE --year Y --map then|now`: a place's year with its targets and gaps, by the unit as it
was then or as it is now, and what is not comparable.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from hieuhoc.common.numbers import vn_int
from hieuhoc.figures import checks, showing
from hieuhoc.figures.checks import table
from hieuhoc.figures.checks.places import Catalogue
from hieuhoc.figures.history import NOW, THEN
from hieuhoc.places.models import Level

USAGE = 2


class Command(BaseCommand):
    """0 done and nothing found, 1 findings, a file that cannot be read or a place not found, 2 wrong usage."""

    help = "Số liệu: kiểm tra một bảng số liệu; xem số liệu của một địa phương cạnh chỉ tiêu"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of the command."""
        acts = parser.add_subparsers(dest="act", required=True, metavar="check|show")
        check = acts.add_parser("check", help="kiểm tra một bảng số liệu (.csv, .xlsx, .xls, .ods)")
        check.add_argument("file", type=Path, metavar="FILE")
        check.add_argument("--json", action="store_true", help="in một đối tượng JSON")

        show = acts.add_parser("show", help="số liệu một năm của một địa phương, chỉ tiêu, còn thiếu bao nhiêu")
        show.add_argument("--place", required=True, metavar="CODE")
        show.add_argument("--level", choices=Level.values, help="khi một mã có ở nhiều cấp")
        show.add_argument("--year", required=True, type=int)
        show.add_argument("--map", choices=(NOW, THEN), default=NOW, help="now: theo đơn vị mới; then: theo đơn vị cũ")
        show.add_argument("--default", action="store_true", help="đơn vị đã tách: gán trọn cho đơn vị mặc định")
        show.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked."""
        if options["act"] == "show":
            self._show(options)
        else:
            self._check(options)

    def _show(self, options: dict[str, Any]) -> None:
        unit = showing.unit_of(options["place"], options["level"], options["year"], options["map"], localdate())
        if unit is None:
            said = f"Không có đơn vị nào mang mã {options['place']}."
            if options["json"]:
                self.stdout.write(json.dumps({"refused": {"code": "nothing_found", "message": said}}))
            else:
                self.stderr.write(said)
            sys.exit(1)
        shown = showing.shown(unit, options["year"], options["map"], localdate(), by_default=options["default"])
        if options["json"]:
            self.stdout.write(json.dumps(shown, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(showing.in_words(shown)))

    def _check(self, options: dict[str, Any]) -> None:
        """Read the file, check it, print what was found."""
        path, as_json = options["file"], options["json"]
        if not path.is_file():
            raise CommandError(f"Không có tệp: {path}.", returncode=USAGE)
        try:
            rows = table.read(path)
        except table.Refused as problem:
            self._refuse(problem, as_json)
        found = checks.check(rows, Catalogue.of(rows))
        self._print(len(rows), found, as_json)
        sys.exit(1 if found else 0)

    def _refuse(self, problem: table.Refused, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"refused": {"code": problem.code, "message": str(problem)}}))
            sys.exit(1)
        raise CommandError(str(problem))

    def _print(self, figures: int, found: list[checks.Finding], as_json: bool) -> None:
        if as_json:
            lines = [{"row": one.row, "rule": one.rule, "message": one.message} for one in found]
            self.stdout.write(json.dumps({"figures": figures, "findings": lines}, ensure_ascii=False))
            return
        for one in found:
            self.stdout.write(f"Dòng {one.row}: {one.message} [{one.rule}]")
        self.stdout.write(f"{vn_int(figures)} dòng số liệu, {vn_int(len(found))} chỗ cần xem lại.")
