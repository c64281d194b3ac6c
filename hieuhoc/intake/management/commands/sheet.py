"""`hieuhoc sheet check FILE --kind …`: what a workbook holds and what is wrong with it; nothing is written.

Works without a database when `--villages` names the villages or no `--place` is given.
"""

import csv
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hieuhoc.common.numbers import vn_int
from hieuhoc.criteria import sets, xlsform
from hieuhoc.intake.sets import indicator_set
from hieuhoc.scoring import Criteria
from hieuhoc.sheets.columns import IndicatorSet
from hieuhoc.sheets.engine import CheckResult, check
from hieuhoc.sheets.rosters import KINDS

USAGE = 2
_OTHER_NAMES = {"CDHT": "cdht-324", "GD-DEMO": "demo-family", "GD": "demo-family"}


class Command(BaseCommand):
    """Check one workbook; 0 without problems, 1 refused or problems found, 2 wrong usage."""

    help = "Bảng tính: kiểm tra một tệp danh sách hoặc bảng chấm điểm, nêu mọi chỗ sai của từng dòng."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of `sheet check`."""
        acts = parser.add_subparsers(dest="act", required=True, metavar="check|form")
        one = acts.add_parser("check", help="đọc và kiểm tra, không ghi gì")
        one.add_argument("file", metavar="FILE", help=".xlsx, .xls, .ods hoặc .csv")
        one.add_argument("--kind", required=True, choices=KINDS, help="loại danh sách")
        one.add_argument("--place", metavar="CODE", help="mã xã, để biết các thôn")
        one.add_argument("--villages", metavar="FILE.csv", help="tệp các thôn (cột village), thay cho --place")
        one.add_argument("--set", dest="code", metavar="CODE", help="mã bộ tiêu chí của bảng chấm điểm")
        one.add_argument("--records", action="store_true", help="kèm mọi dòng đã đọc")
        one.add_argument("--json", action="store_true", help="in một đối tượng JSON")

        form = acts.add_parser("form", help="viết biểu mẫu XLSForm (ODK, KoboToolbox) của một bộ tiêu chí")
        form.add_argument("--set", dest="code", metavar="CODE", required=True, help="mã bộ tiêu chí")
        form.add_argument("--out", metavar="FILE.xlsx", required=True, help="tệp để viết")
        form.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and print, or write a form."""
        if options["act"] == "form":
            self._form(options["code"], Path(options["out"]), options["json"])
            return
        if not Path(options["file"]).is_file():
            raise CommandError(f"Không có tệp “{options['file']}”.", returncode=USAGE)
        criteria = _criteria(options["code"]) if options["kind"] == "scores" else None
        villages = _villages(options["villages"], options["place"])
        self.stderr.write(f"Đang đọc {Path(options['file']).name}…")
        result = check(options["file"], options["kind"], villages=villages, criteria=criteria)
        if options["json"]:
            report = result.to_json(records=options["records"])
            self.stdout.write(json.dumps(report, ensure_ascii=False, default=float))
        else:
            self.stdout.write("\n".join(_lines(result)))
        if result.refused or result.problems:
            sys.exit(1)

    def _form(self, code: str, out: Path, as_json: bool) -> None:
        """Write the form of a shipped set; refused where the set asks nothing yet."""
        criteria = _set(code)
        if not xlsform.can(criteria):
            raise CommandError(f"Bộ tiêu chí {criteria.code} chưa có chỉ số nào để hỏi.")
        out.write_bytes(xlsform.workbook(criteria))
        said = {"set": criteria.code, "version": criteria.version, "file": str(out)}
        self.stdout.write(json.dumps(said, ensure_ascii=False) if as_json else f"Đã viết {out}.")


def _criteria(code: str | None) -> list[IndicatorSet]:
    """The set named, or every shipped one to choose from by the headings."""
    if code is None:
        return [indicator_set(one) for one in sets.all_sets() if one.indicators]
    return [indicator_set(_set(code))]


def _set(code: str) -> Criteria:
    """The shipped set of this code."""
    try:
        return sets.load(_OTHER_NAMES.get(code.upper(), code))
    except sets.UnknownSet as unknown:
        raise CommandError(str(unknown), returncode=USAGE) from unknown


def _villages(path: str | None, place: str | None) -> list[str] | None:
    """The villages known: of the file, of this place where the file says places, else of the database."""
    if path is None:
        return _villages_of(place) if place else None
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"Không đọc được tệp thôn “{path}”.", returncode=USAGE) from problem
    rows = [row for row in csv.reader(text.splitlines()) if any(cell.strip() for cell in row)]
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    at = head.index("village") if "village" in head else 0
    where = head.index("place") if place and "place" in head else None
    listed = rows[1:] if "village" in head else rows
    return [row[at] for row in listed if where is None or row[where].strip() == place]


def _villages_of(code: str) -> list[str]:
    """The villages of the commune with this code today."""
    from django.utils.timezone import localdate

    from hieuhoc.intake.places import villages_of
    from hieuhoc.places.models import Level, UnitVersion

    today = localdate()
    units = UnitVersion.objects.filter(code=code, valid__contains=today, unit__level=Level.COMMUNE)
    unit = units.values_list("unit_id", flat=True).first()
    if unit is None:
        raise CommandError(f"Không có xã nào mang mã {code} hôm nay.", returncode=USAGE)
    return list(villages_of(unit, today))


def _lines(result: CheckResult) -> list[str]:
    """The report for a person at a terminal."""
    if result.refused:
        return [result.refused["message"]]
    lines = [f"{table['sheet'] or 'Tệp'}: {_head(table)}, {vn_int(table['rows'])} dòng" for table in result.tables]
    lines += [notice["message"] for notice in result.notices]
    lines.append(f"{vn_int(result.records)} dòng, {vn_int(result.ok)} dòng không có lỗi.")
    for problem in result.problems:
        where = f"{problem['sheet']}, dòng {problem['row']}" if problem["sheet"] else f"Dòng {problem['row']}"
        lines.append(f"{where}: {problem['message']}")
    return lines


def _head(table: dict[str, Any]) -> str:
    return f"tiêu đề dòng {table['header_row']}" if table["header_row"] else "không có tiêu đề"
