"""``hieuhoc round run``: a commune's year from its workbooks to the papers."""

from __future__ import annotations

import csv
import json
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from hieuhoc.accounts.access import Forbidden
from hieuhoc.accounts.models import User
from hieuhoc.common.numbers import vn_int
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.intake import actions as intake
from hieuhoc.places import tree
from hieuhoc.places.models import Level
from hieuhoc.recognition import actions as deciding
from hieuhoc.recognition import papers
from hieuhoc.registry import actions as registry
from hieuhoc.registry.models import Model
from hieuhoc.rounds import actions as rounds
from hieuhoc.web import year
from hieuhoc.web.operator import operator

REFUSALS = (year.Refused, dossiers.Refused, intake.Refused, registry.Refused, rounds.Refused, Forbidden)


class Command(BaseCommand):
    help = "Chạy một năm của xã: từ danh sách và bảng chấm điểm đến quyết định, giấy công nhận, biểu thống kê."

    def add_arguments(self, parser):
        run = parser.add_subparsers(dest="action", required=True).add_parser("run", help="Chạy cả năm")
        run.add_argument("--place", required=True, help="Mã xã, ví dụ 23908")
        run.add_argument("--year", type=int, required=True)
        run.add_argument("--roster", nargs="+", type=Path, default=[], metavar="FILE")
        run.add_argument("--scores", nargs="+", type=Path, default=[], metavar="FILE")
        run.add_argument("--villages", type=Path, help="Danh sách thôn (.csv), khi xã chưa có thôn nào")
        run.add_argument("--by", help="Tên đăng nhập của người làm; bỏ trống: người vận hành máy chủ")
        run.add_argument("--number", help="Số quyết định, khi đã ký; cần cả --day")
        run.add_argument("--day", type=date.fromisoformat, help="Ngày ký quyết định (YYYY-MM-DD)")
        run.add_argument("--signer", default="", help="Người ký quyết định")
        run.add_argument("--out", type=Path, required=True)
        run.add_argument("--each", action="store_true", help="Ghi thêm từng giấy công nhận một tệp")
        run.add_argument("--json", action="store_true")

    def handle(self, place: str, by: str | None, out: Path, **options: Any) -> None:
        started = time.perf_counter()
        commune = tree.by_code(place, Level.COMMUNE, localdate())
        if commune is None:
            raise CommandError(f"Không có xã nào mang mã {place} hôm nay.")
        lost = [str(path) for path in (*options["roster"], *options["scores"]) if not path.is_file()]
        if lost:
            raise CommandError(f"Không có tệp: {', '.join(lost)}.")
        person = self._person(by) if by else operator(commune.unit_id)
        run = year.Year(commune.unit_id, options["year"], person, person, self.stderr.write)
        try:
            report = self._run(run, out, options)
        except REFUSALS as problem:
            raise CommandError(str(problem)) from problem
        report = {"place": place, "year": run.year} | report | {"seconds": round(time.perf_counter() - started, 1)}
        self._say(report, options["json"])

    def _run(self, run: year.Year, out: Path, options: dict[str, Any]) -> dict[str, Any]:
        villages = village_names(options["villages"]) if options["villages"] else ()
        decision = year.run_year(run, rosters=options["roster"], scores=options["scores"], villages=villages)
        if decision is None:
            raise year.Refused("Không có hồ sơ nào đạt để ra quyết định; xem các dòng có vấn đề ở trên.")
        if options["number"] and options["day"] and not decision.is_signed:
            deciding.sign_decision(
                decision.pk, options["number"], options["day"], by=run.decider, signer=options["signer"]
            )
        self.stderr.write("Đang làm giấy tờ…")
        files = papers.make_all(run.round.pk, out_dir=out, by=run.by, each=options["each"], tell=self.stderr.write)
        return {"models": year.counts(run), "files": {k: str(v) for k, v in files.items()}, "inputs": run.files}

    def _person(self, username: str) -> User:
        found = User.objects.filter(username=username).first()
        if found is None:
            raise CommandError(f"Không có tài khoản {username}.")
        return found

    def _say(self, report: dict[str, Any], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for model, counts in report["models"].items():
            words = ", ".join(f"{word} {vn_int(counts[key])}" for key, word in WORDS.items())
            self.stdout.write(f"{Model(model).label}: {words}")
        for kind, path in report["files"].items():
            self.stdout.write(f"  {kind}: {path}")
        self.stdout.write(f"{report['seconds']} giây")


WORDS = {
    "total": "tổng số",
    "registered": "đăng ký",
    "assessed": "được đánh giá",
    "recognised": "được công nhận",
    "refused": "chưa được công nhận",
}


def village_names(path: Path) -> list[str]:
    """The names in a list of villages: the column ``name`` or ``village``, else the last one."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if any(row.values())]
    if not rows:
        return []
    column = next((name for name in ("name", "village") if name in rows[0]), list(rows[0])[-1])
    return [row[column] for row in rows]
