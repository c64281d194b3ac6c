"""`hieuhoc certificate`: what a code stands for, whether a signed statement is ours, a new signing key."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import localdate

from hieuhoc.common.dates import vn_date
from hieuhoc.recognition import queries, rules, signing
from hieuhoc.recognition.queries import Answer


class Command(BaseCommand):
    """check CODE, verify STATEMENT, rotate-key; 0 done, 1 unknown or not standing or forged, 2 wrong usage."""

    help = "Giấy công nhận: tra mã, kiểm tra chữ ký số, đổi khóa ký"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of the three acts."""
        acts = parser.add_subparsers(dest="act", required=True, metavar="check|verify|rotate-key")
        check = acts.add_parser("check", help="giấy mang mã này ghi gì, còn giá trị không")
        check.add_argument("code", metavar="CODE", help="mã in dưới mã QR, hoặc cả địa chỉ trong mã QR")
        verify = acts.add_parser("verify", help="kiểm tra chữ ký số trong mã QR mà không cần mạng")
        verify.add_argument("text", metavar="TEXT", help="nội dung mã QR, hoặc phần sau dấu #")
        rotate = acts.add_parser("rotate-key", help="dùng khóa ký mới từ nay; khóa cũ vẫn kiểm tra được")
        for parser_ in (check, verify, rotate):
            parser_.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the act that was asked for."""
        acts = {"check": self._check, "verify": self._verify, "rotate-key": self._rotate}
        acts[options["act"]](options)

    def _check(self, options: dict[str, Any]) -> None:
        answer = queries.check(code_in(options["code"]))
        if options["json"]:
            self.stdout.write(json.dumps(answer_json(answer), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(lines(answer)))
        if not answer.stands:
            raise SystemExit(1)

    def _verify(self, options: dict[str, Any]) -> None:
        text = options["text"].rpartition("#")[2]
        try:
            claim = asdict(signing.read(text, signing.public_keys()))
        except signing.Forged as forged:
            if options["json"]:
                self.stdout.write(json.dumps({"genuine": False, "because": str(forged)}, ensure_ascii=False))
            self.stderr.write(str(forged))
            raise SystemExit(1) from forged
        if options["json"]:
            return self.stdout.write(json.dumps({"genuine": True, "says": claim}, ensure_ascii=False))
        title = rules.title_of(claim["model"], claim["year"], claim["level"] or None, None)
        said = f"Chữ ký số đúng. Giấy ghi: {claim['name']}, {claim['place']}, {title}."
        return self.stdout.write(f"{said} So với giấy đang cầm; tra mã để biết danh hiệu còn giá trị không.")

    def _rotate(self, options: dict[str, Any]) -> None:
        number = signing.rotate()
        if options["json"]:
            return self.stdout.write(json.dumps({"key": number}))
        return self.stdout.write(f"Từ nay ký bằng khóa số {number}. Sao lưu lại ngay để giữ khóa mới.")


def code_in(typed: str) -> str:
    """The code in what was typed or scanned: the code itself, or the address that holds it."""
    return typed.partition("#")[0].rstrip("/").rpartition("/")[2]


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer as the interface promises it: what the certificate says and no more."""
    if not answer.found:
        return {"code": answer.code, "found": False, "stands": False, "because": answer.because}
    return {
        "code": answer.code,
        "found": True,
        "stands": answer.stands,
        "state": answer.state,
        "because": answer.because,
        "certificate": {
            "title": answer.title,
            "model": answer.model,
            "year": answer.year,
            "level": answer.level,
            "subject": answer.subject,
            "name": answer.name,
            "place": answer.address,
            "number": answer.number,
            "decision": answer.decision or None,
            "date": answer.day.isoformat() if answer.day else None,
            "issuer": answer.body,
            "illustrative": answer.illustrative,
            "demonstration": answer.demonstration,
        },
        "successors": [heir | {"on": heir["on"].isoformat() if heir["on"] else None} for heir in answer.heirs],
    }


def lines(answer: Answer) -> list[str]:
    """The answer in words."""
    if not answer.found:
        return [answer.because]
    when = f" ngày {vn_date(answer.day)}" if answer.day else ""
    said = [
        f"{answer.subject}: {answer.name}",
        answer.address,
        f"{answer.title} (số vào sổ {answer.number})",
        f"{answer.body}, Quyết định số {answer.decision or '(chưa ký)'}{when}",
        answer.because,
    ]
    for heir in answer.heirs:
        said.append(f"Địa bàn nay thuộc {heir['name']} ({heir['code']}), tính đến {vn_date(localdate())}.")
    return said
