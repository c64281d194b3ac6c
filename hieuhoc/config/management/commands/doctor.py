"""``hieuhoc doctor``: what is wrong with the installation, in plain words."""

from __future__ import annotations

import json
import sys

from django.core.management.base import BaseCommand

from hieuhoc.config import doctor


class Command(BaseCommand):
    help = "Khám bản cài đặt: nói cái gì hỏng và làm gì."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true")

    def handle(self, **options) -> None:
        findings = list(doctor.examine())
        if options["json"]:
            self.stdout.write(json.dumps({"checks": [vars(one) for one in findings]}, ensure_ascii=False))
        else:
            for one in findings:
                self.stdout.write(f"{'✓' if one.ok else '✗'} {one.says}")
        if not all(one.ok for one in findings):
            sys.exit(1)
