"""``hieuhoc demo_world``: the demonstration, a whole year of xã Ia Tôr with invented people, through the real verbs."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from hieuhoc.accounts.actions.demonstration import PEOPLE, make_demonstration_accounts
from hieuhoc.accounts.models import Role, User
from hieuhoc.figures import running
from hieuhoc.places import tree
from hieuhoc.places.models import Level
from hieuhoc.recognition import actions as deciding
from hieuhoc.recognition import papers, queries
from hieuhoc.recognition.models import Decision
from hieuhoc.web import year
from hieuhoc.web.management.commands.round import village_names
from hieuhoc.web.operator import operator

PLACE, YEAR, SEED = "23908", 2026, 387
NUMBER = "412"
OPENED, LATEST = date(YEAR, 1, 12), date(YEAR, 12, 15)
COUNCIL = (
    ("Trần Văn Hòa", "Chủ tịch Ủy ban nhân dân xã", "chair", False),
    ("Nguyễn Thị Minh", "Chủ tịch Hội Khuyến học xã", "vice", True),
    ("Siu Hoan", "Công chức văn hóa - xã hội", "secretary", False),
    ("Rơ Châm Lan", "Chủ tịch Hội Liên hiệp Phụ nữ xã", "member", False),
    ("Lê Quốc Bảo", "Giám đốc Trung tâm học tập cộng đồng", "member", False),
)


class Command(BaseCommand):
    help = "Dựng dữ liệu trình diễn: cả năm 2026 của xã Ia Tôr với người không có thật."

    def add_arguments(self, parser):
        parser.add_argument("--out", type=Path, default=Path("var/demo"))
        parser.add_argument("--new-passwords", action="store_true", help="Cấp lại mật khẩu cho tài khoản trình diễn")
        parser.add_argument("--households", type=int, default=2600)
        parser.add_argument("--citizens", type=int, default=5000)

    def handle(self, out: Path, new_passwords: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Chỉ dựng trong bản trình diễn: chạy «make demo» (HIEUHOC_DEMO=1).")
        commune = tree.by_code(PLACE, Level.COMMUNE, localdate())
        if commune is None:
            raise CommandError("Chưa nạp danh mục địa bàn.")
        self._build(commune.unit_id, out, options)
        self._accounts(commune.unit_id, new_passwords)
        self.stdout.write(f"Giấy tờ và tệp của năm {YEAR}: {out.resolve()}")

    def _build(self, commune_id: int, out: Path, options: dict[str, Any]) -> None:
        manifest = make_workbooks(out / "tep-vao", options["households"], options["citizens"])
        if not User.objects.filter(username=PEOPLE[0][1]).exists():
            run = year.Year(commune_id, YEAR, operator(commune_id), None, self.stderr.write)
            villages = year.open_villages(run, (), village_names(manifest.villages))
            self._told = make_demonstration_accounts(commune_id, year_villages(commune_id, villages[0]))
        officer, approver = (person(role) for role in (Role.COMMUNE_OFFICER, Role.COMMUNE_APPROVER))
        run = year.Year(commune_id, YEAR, officer, approver, self.stderr.write)
        decision = year.run_year(
            run,
            rosters=[one.path for one in manifest.rosters],
            scores=[one.path for one in manifest.scores],
            opened_on=OPENED,
        )
        if decision and not decision.is_signed:
            finish(run, decision)
        self._public(officer)
        running.refresh()
        if decision and not (out / "da-xong").exists():
            self.stderr.write("Đang làm giấy tờ…")
            papers.make_all(run.round.pk, out_dir=out, by=officer, tell=self.stderr.write)
            (out / "da-xong").touch()

    def _public(self, officer: User) -> None:
        """Real plans and published figures, beside the invented people."""
        from demo.public import take_in

        take_in(officer, person(Role.NATIONAL_OFFICER), self.stderr.write)

    def _accounts(self, commune_id: int, again: bool) -> None:
        told = getattr(self, "_told", None)
        if again and told is None:
            recorder = User.objects.get(username=PEOPLE[0][1])
            told = make_demonstration_accounts(commune_id, recorder.posts.first().place_id)
        if told is None:
            self.stdout.write("Tài khoản trình diễn: như lần trước (cấp lại mật khẩu: make demo PASSWORDS=new).")
            return
        self.stdout.write("Tài khoản trình diễn (mật khẩu ngẫu nhiên, chỉ in một lần):")
        for username, password, role, _ in told:
            self.stdout.write(f"  {username:<16} {password:<16} {Role(role).label}")


def make_workbooks(folder: Path, households: int, citizens: int):
    """The workbooks of the year, by the makers of ``demo/`` at the root of the repository."""
    sys.path.insert(0, str(settings.BASE_DIR))
    from demo.make import build

    folder.mkdir(parents=True, exist_ok=True)
    return build(folder, seed=SEED, households=households, citizens=citizens)


def year_villages(commune_id: int, name: str) -> int:
    """The unit of the village with this name."""
    from hieuhoc.intake import places

    return places.villages_of(commune_id, localdate())[name]


def person(role: str) -> User:
    """The demonstration's person with this role."""
    return User.objects.get(username=next(username for r, username, _, _ in PEOPLE if r == role))


def finish(run: year.Year, decision: Decision) -> None:
    """The council with its votes, the submission, and the signature that gives the decision its effect."""
    council = queries.council(run.round.pk)
    if council is None:
        members = [dict(zip(("name", "post", "role", "association"), one, strict=True)) for one in COUNCIL]
        council = deciding.found_council(run.round.pk, members, by=run.by)
        votes = [{"model": row["model"], "yes": 5, "no": 0} for row in queries.tallies(run.round) if row["proposed"]]
        present = list(council.members.values_list("pk", flat=True))
        deciding.hold_council(council.pk, votes, by=run.by, present=present)
    signed = min(localdate(), LATEST)
    if queries.submission(run.round.pk) is None:
        deciding.write_submission(
            run.round.pk, by=run.by, number="18", day=signed - timedelta(days=4), signer="Nguyễn Thị Minh"
        )
    deciding.sign_decision(decision.pk, NUMBER, signed, by=run.decider, signer="Trần Văn Hòa")
