"""`hieuhoc score --set CODE [--version V] FILE`: judge JSON lines, one score sheet a line.

Needs no database for the sets that ship. A line that cannot be judged gets an `error` in its place, the rest
is judged, and the command ends with 1.
"""

from __future__ import annotations

import json
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from hieuhoc.criteria import sets
from hieuhoc.scoring import BadAnswer, Criteria, Problem, score_many, to_json

USAGE = 2
_KNOWN = {"id", "answers", "facts", "level"}


class _Twice(ValueError):
    """A key that stands twice in one object."""


class Command(BaseCommand):
    help = "Chấm điểm theo một bộ tiêu chí: mỗi dòng JSON một đối tượng, trả về mỗi dòng một phiếu điểm."
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        # Django's own --version gives way to the version of the set.
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **options)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="tệp các dòng JSON, hoặc - để đọc từ stdin")
        parser.add_argument("--set", dest="code", required=True, metavar="CODE", help="mã bộ tiêu chí")
        parser.add_argument("--version", dest="set_version", metavar="V", help="bản; mặc định bản mới nhất")
        parser.add_argument("--json", action="store_true", help="kết quả luôn là các dòng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        criteria = _criteria(options["code"], options["set_version"])
        with ExitStack() as stack:
            lines = _open(options["file"], stack)
            refused = 0
            for text, bad in judge_lines(criteria, lines):
                refused += bad
                self.stdout.write(text + "\n", ending="")
        if refused:
            self.stderr.write(f"{refused} dòng không chấm được, lý do ghi ở từng dòng.")
            sys.exit(1)


def _criteria(code: str, version: str | None) -> Criteria:
    """The shipped version, else a published one of this installation."""
    try:
        return sets.load(code, version)
    except sets.UnknownSet as unknown:
        found = _stored(code, version) if _has_database() else None
        if found is None:
            raise CommandError(str(unknown), returncode=USAGE) from None
        return found


def _stored(code: str, version: str | None) -> Criteria | None:
    from hieuhoc.criteria import queries

    try:
        found = queries.published(code, version)
    except DatabaseError:  # an installation whose tables are not made yet
        return None
    return queries.criteria_of(found.pk) if found else None


def _has_database() -> bool:
    """Whether there is one to ask: an embedded server is not set up only to say that a code is unknown."""
    embedded = settings.DATABASES["default"].get("EMBEDDED")
    return embedded is None or (Path(embedded) / "pg" / "PG_VERSION").exists()


def _open(name: str, stack: ExitStack) -> BinaryIO:
    if name == "-":
        return sys.stdin.buffer
    try:
        return stack.enter_context(Path(name).open("rb"))
    except OSError as error:
        raise CommandError(f"Không mở được tệp {name}: {error.strerror}.", returncode=USAGE) from error


def judge_lines(criteria: Criteria, lines: Iterable[bytes]) -> Iterator[tuple[str, bool]]:
    """The answer to each line that is not blank, and whether it was refused."""
    asked: list[tuple[Any, BadAnswer | None]] = []

    def rows() -> Iterator[tuple[Any, Any, Any]]:
        for number, line in enumerate(lines, start=1):
            line = line.removeprefix(BOM_UTF8) if number == 1 else line
            if line.strip():
                row, bad = _read(line, number)
                asked.append((row.get("id"), bad))
                yield row.get("answers"), row.get("facts"), row.get("level")

    for result in score_many(criteria, rows()):
        name, bad = asked.pop()
        if bad:
            yield _error(name, bad), True
        elif isinstance(result, BadAnswer):
            yield _error(name, result), True
        else:
            yield to_json(result, id=name), False


def _read(line: bytes, number: int) -> tuple[dict[str, Any], BadAnswer | None]:
    """One JSON object; what is wrong with the line itself comes beside an empty one."""
    try:
        row = _decode(line.decode().strip())
    except _Twice as twice:
        return {}, _bad("bad_json", f"Dòng {number}: mục {twice} ghi hai lần.")
    except (ValueError, RecursionError):
        return {}, _bad("bad_json", f"Dòng {number} không phải là JSON đọc được.")
    if not isinstance(row, dict):
        return {}, _bad("bad_json", f"Dòng {number} phải là một đối tượng JSON có id và answers.")
    stray = sorted(row.keys() - _KNOWN)
    if stray:
        return {"id": row.get("id")}, _bad("bad_json", f"Dòng {number}: không hiểu mục {', '.join(stray)[:80]}.")
    return row, None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once: of two answers to one indicator neither may be chosen."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Twice(next(key for n, (key, _) in enumerate(pairs) if key in dict(pairs[:n]))[:40])
    return found


_decode = json.JSONDecoder(parse_float=Decimal, object_pairs_hook=_once).decode


def _bad(code: str, message: str) -> BadAnswer:
    return BadAnswer(Problem("", code, message))


def _error(name: Any, bad: BadAnswer) -> str:
    problems = [{"key": p.key, "code": p.code, "message": p.message} for p in bad.problems]
    first = problems[0]
    return json.dumps({"id": name, "error": {**first, "problems": problems}}, ensure_ascii=False, default=str)
