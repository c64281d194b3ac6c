"""``hieuhoc restore FILE``: put a backup back, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from hieuhoc.config import backup


class Command(BaseCommand):
    help = "Phục hồi từ một bản sao lưu; dữ liệu đang có chỉ bị thay khi thêm --replace."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, file: Path, replace: bool, **options) -> None:
        try:
            manifest = backup.read(file, lambda table: self.stderr.write(f"  {table}"), replace=replace)
        except backup.Unfit as problem:
            raise CommandError(str(problem)) from problem
        rows = sum(entry["rows"] for entry in manifest["tables"].values())
        done = {"file": str(file), "rows": rows, "files": manifest["files"]}
        self.stdout.write(json.dumps(done) if options["json"] else f"Đã phục hồi {rows} dòng, {done['files']} tệp.")
