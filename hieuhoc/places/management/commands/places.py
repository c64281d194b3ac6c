"""`hieuhoc places`: load the catalogue, find a unit on a day, follow what became of one."""

import argparse
import json
import re
from datetime import date
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from hieuhoc.common.dates import vn_date
from hieuhoc.places import tree
from hieuhoc.places.load import load
from hieuhoc.places.models import Level
from hieuhoc.places.search import hit_on

_VIETNAMESE_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_KINDS = {"merge": "nhập vào", "split": "tách một phần sang", "rename": "đổi tên thành", "continue": "vẫn là"}


def day(text: str) -> date:
    """A day typed as 2026-11-21 or 21/11/2026; anything else is wrong usage."""
    found = _VIETNAMESE_DAY.fullmatch(text.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text.strip())
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"«{text}» không phải là ngày; viết 2026-11-21 hoặc 21/11/2026") from problem


def unit_json(hit: tree.Hit) -> dict[str, Any]:
    """A unit as the interface promises it; the days are the first and the last day in force."""
    return {
        "id": hit.unit_id,
        "code": hit.code,
        "name": hit.name,
        "kind": hit.kind,
        "level": hit.level,
        "parent": {"code": hit.parent.code, "name": hit.parent.name} if hit.parent else None,
        "valid_from": hit.valid_from.isoformat() if hit.valid_from else None,
        "valid_to": hit.valid_to.isoformat() if hit.valid_to else None,
    }


def heir_json(heir: tree.Heir) -> dict[str, Any]:
    """An heir as the interface promises it; `on` is the day it took over."""
    return {
        "code": heir.code,
        "name": heir.name,
        "on": heir.day.isoformat() if heir.day else None,
        "kind": str(heir.kind),
        "whole": heir.whole,
        "default": heir.default,
    }


class Command(BaseCommand):
    """Load, find, heirs; 0 found, 1 nothing found with the reason, 2 wrong usage."""

    help = "Địa bàn: nạp danh mục, tìm đơn vị theo ngày, xem đơn vị cũ nay là đơn vị nào"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of the three commands."""
        acts = parser.add_subparsers(dest="act", required=True, metavar="load|find|heirs")
        self._json(acts.add_parser("load", help="nạp danh mục đơn vị hành chính kèm sản phẩm; chạy lại không hại gì"))
        find = acts.add_parser("find", help="tìm đơn vị theo tên (có dấu hay không) hoặc mã")
        find.add_argument("text", metavar="TEXT", help='ví dụ: "ia bang", "xã Ia Tôr, Gia Lai", 23908')
        find.add_argument("--on", type=day, metavar="DATE", help="vào ngày nào; bỏ trống là hôm nay")
        find.add_argument("--level", choices=Level.values, metavar="L", help=", ".join(Level.values))
        find.add_argument("--under", metavar="CODE", help="chỉ tìm trong đơn vị có mã này")
        self._json(find)
        heirs = acts.add_parser("heirs", help="đơn vị có mã ấy vào ngày ấy nay là đơn vị nào")
        heirs.add_argument("code", metavar="CODE")
        heirs.add_argument("--level", choices=Level.values, metavar="L", required=True, help=", ".join(Level.values))
        heirs.add_argument("--at", type=day, metavar="DATE", required=True, help="ngày của mã")
        heirs.add_argument("--on", type=day, metavar="DATE", help="đến ngày nào; bỏ trống là hôm nay")
        self._json(heirs)

    def _json(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the act that was asked for."""
        {"load": self._load, "find": self._find, "heirs": self._heirs}[options["act"]](options)

    def _load(self, options: dict[str, Any]) -> None:
        self.stderr.write("Đang nạp danh mục đơn vị hành chính…")
        done = load()
        if options["json"]:
            counts = {"units": done.units, "versions": done.versions, "successions": done.successions}
            return self._print_json(counts | {"seconds": round(done.seconds, 3)})
        if done.changed:
            said = f"Đã nạp {done.units} đơn vị, {done.versions} giai đoạn, {done.successions} quan hệ kế thừa."
        else:
            said = "Danh mục đã đủ, không có gì phải nạp."
        return self.stdout.write(said)

    def _find(self, options: dict[str, Any]) -> None:
        on = options["on"] or localdate()
        under = None
        if options["under"]:
            above = tree.by_code(options["under"], None, on)
            if above is None:
                self._refuse(options, {"units": []}, "unknown_unit", _no_code(options["under"], on))
            under = above.unit_id
        hits = tree.find(options["text"], on, options["level"], under)
        if not hits:
            said = _nothing(options["text"], on)
            self._refuse(options, {"units": []}, "nothing_found", said)
        if options["json"]:
            return self._print_json({"units": [unit_json(hit) for hit in hits]})
        lines = tree.lines_of([hit.unit_id for hit in hits], on)
        for hit in hits:
            self.stdout.write(f"{hit.code:>9}  {lines.get(hit.unit_id, hit.name)}{_days(hit)}")
        return None

    def _heirs(self, options: dict[str, Any]) -> None:
        at, on = options["at"], options["on"] or localdate()
        if on < at:
            raise CommandError("--on phải từ ngày --at trở đi", returncode=2)
        version = tree.by_code(options["code"], options["level"], at)
        hit = hit_on(version.unit_id, at) if version else None
        if hit is None:
            nothing = {"unit": None, "heirs": []}
            self._refuse(options, nothing, "unknown_unit", _no_code(options["code"], at))
        heirs = tree.heirs(hit.unit_id, on, at)
        if options["json"]:
            return self._print_json({"unit": unit_json(hit), "heirs": [heir_json(heir) for heir in heirs]})
        return self._print_heirs(hit, heirs, at, on)

    def _print_heirs(self, hit: tree.Hit, heirs: list[tree.Heir], at: date, on: date) -> None:
        self.stdout.write(f"{tree.line_of(hit.unit_id, at)} ({hit.code}, ngày {vn_date(at)})")
        if not heirs:
            self.stdout.write(f"  đã kết thúc, không có đơn vị kế thừa vào ngày {vn_date(on)}")
        for heir in heirs:
            main = "  ← mặc định" if heir.default and len(heirs) > 1 else ""
            name = tree.line_of(heir.unit_id, on)
            self.stdout.write(f"  {_KINDS[heir.kind]} {name} ({heir.code}){main}")

    def _print_json(self, value: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False))

    def _refuse(self, options: dict[str, Any], empty: dict[str, Any], code: str, message: str) -> NoReturn:
        """Say why on stderr, with --json also on stdout, and end with 1."""
        if options["json"]:
            self._print_json(empty | {"refused": {"code": code, "message": message}})
        self.stderr.write(message)
        raise SystemExit(1)


def _nothing(text: str, on: date) -> str:
    """That nothing fits on the day, and which units of that name there were before."""
    said = f"Không có đơn vị nào khớp với «{text}» vào ngày {vn_date(on)}."
    ended = [f"{hit.name} ({hit.code}, {_days(hit).strip(' ()')})" for hit in tree.find_ended(text, on)]
    return f"{said} Trước đó có: {'; '.join(ended)}." if ended else said


def _no_code(code: str, on: date) -> str:
    return f"Không có đơn vị nào mang mã {code} vào ngày {vn_date(on)}."


def _days(hit: tree.Hit) -> str:
    """The days in force, where they are known."""
    first = f"từ {vn_date(hit.valid_from)}" if hit.valid_from else ""
    last = f"đến {vn_date(hit.valid_to)}" if hit.valid_to else ""
    said = " ".join(filter(None, (first, last)))
    return f"  ({said})" if said else ""
