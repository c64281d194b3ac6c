"""`hieuhoc plans read FILE`: what a plan says: head, targets, dated activities, duties, what looks wrong. Nothing is
kept.

Works without a database.
"""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hieuhoc.common.dates import vn_date
from hieuhoc.common.numbers import vn_int
from hieuhoc.plans import wording
from hieuhoc.plans.reading import ReadPlan, Refused, Target, read
from hieuhoc.plans.reading.source import MAXIMUM_BYTES, refuse

USAGE = 2


class Command(BaseCommand):
    """Read one plan; 0 read, 1 refused with the reason, 2 wrong usage."""

    help = "Kế hoạch: đọc văn bản kế hoạch thành chỉ tiêu, hoạt động có thời gian và nhiệm vụ từng cơ quan."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of `plans read`."""
        acts = parser.add_subparsers(dest="act", required=True, metavar="read")
        one = acts.add_parser("read", help="đọc một tệp kế hoạch, không ghi gì")
        one.add_argument("file", metavar="FILE", help=".docx, .pdf, .txt hoặc .md")
        one.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read and print."""
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"Không có tệp “{options['file']}”.", returncode=USAGE)
        self.stderr.write(f"Đang đọc {path.name}…")
        try:
            if path.stat().st_size > MAXIMUM_BYTES:
                raise refuse("too_large")
            plan = read(path.read_bytes(), path.name)
        except Refused as refused:
            self._refuse(options, refused)
        if options["json"]:
            self.stdout.write(json.dumps(plan.to_json(), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(lines(plan)))

    def _refuse(self, options: dict[str, Any], refused: Refused) -> None:
        """Say why on stderr, with --json also on stdout, and end with 1."""
        if options["json"]:
            report = {"refused": {"code": refused.code, "message": refused.message}}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        self.stderr.write(refused.message)
        sys.exit(1)


def lines(plan: ReadPlan) -> list[str]:
    """The report for a person at a terminal."""
    head = plan.head
    said = [
        f"Số: {head.number or 'không ghi'}; ngày: {vn_date(head.date) if head.date else 'không ghi'}; "
        f"nơi: {head.place or 'không rõ'}; chương trình: {head.programme or 'không rõ'}",
        f"{vn_int(len(plan.targets))} chỉ tiêu:",
        *(f"  {_target(one)}" for one in plan.targets),
        f"{vn_int(len(plan.activities))} hoạt động có thời gian; {vn_int(len(plan.duties))} cơ quan được giao việc.",
    ]
    return said + [f"Lưu ý: {one.message} {one.sentence}".rstrip() for one in plan.warnings]


def _target(target: Target) -> str:
    """A target in a line."""
    what = wording.about(target.model, target.measure, target.population)
    return f"{target.year or 'không rõ năm'}: {what} {wording.amount(target)}"
