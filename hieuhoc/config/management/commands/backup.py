"""``hieuhoc backup FILE``: the whole installation in one file."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand

from hieuhoc.config import backup


class Command(BaseCommand):
    help = "Sao lưu toàn bộ: cơ sở dữ liệu, tệp đã giữ và khóa. Tệp sao lưu chứa dữ liệu cá nhân: cất giữ cẩn thận."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true")

    def handle(self, file: Path, **options) -> None:
        manifest = backup.write(file, lambda table: self.stderr.write(f"  {table}"))
        rows = sum(entry["rows"] for entry in manifest["tables"].values())
        done = {"file": str(file), "rows": rows, "files": manifest["files"], "bytes": file.stat().st_size}
        self.stdout.write(
            json.dumps(done) if options["json"] else f"Đã sao lưu {rows} dòng, {done['files']} tệp: {file}"
        )
