"""`hieuhoc account`: make the first administrator of an installation, or give somebody a new one-time link."""

import json
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate, localtime

from hieuhoc.accounts import actions
from hieuhoc.accounts.models import Role, User
from hieuhoc.common.dates import vn_date
from hieuhoc.places import tree


class Command(BaseCommand):
    """make and link; 0 done, 1 refused with the reason, 2 wrong usage."""

    help = "Tài khoản: lập tài khoản đầu tiên, cấp lời mời mới. Mật khẩu do chủ tài khoản tự đặt qua lời mời."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of the two commands."""
        acts = parser.add_subparsers(dest="act", required=True, metavar="make|link")
        make = acts.add_parser("make", help="lập tài khoản với một nhiệm vụ, in lời mời dùng một lần")
        make.add_argument("username", metavar="USERNAME")
        make.add_argument("--name", required=True, help="họ và tên")
        make.add_argument("--role", required=True, choices=Role.values, metavar="ROLE", help=", ".join(Role.values))
        make.add_argument(
            "--place", required=True, metavar="CODE", help="mã địa bàn hôm nay, ví dụ 23908; cả nước là VN"
        )
        make.add_argument("--phone", default="", help="điện thoại")
        link = acts.add_parser("link", help="bỏ mật khẩu cũ nếu có, in lời mời mới")
        link.add_argument("username", metavar="USERNAME")
        link.add_argument("--reason", default="Cấp lại bằng dòng lệnh", help="lý do, ghi vào nhật ký")
        link.add_argument("--second-factor-off", action="store_true", help="tắt cả lớp bảo vệ thứ hai")
        for one in (make, link):
            one.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and tell the link once."""
        try:
            handed = self._make(options) if options["act"] == "make" else self._link(options)
        except actions.Refused as refused:
            self._refuse(options, str(refused))
        link = settings.PUBLIC_ADDRESS + handed.path
        if options["json"]:
            said = {
                "username": handed.user.username,
                "name": handed.user.full_name,
                "link": link,
                "expires_at": localtime(handed.expires_at).isoformat(timespec="seconds"),
            }
            self.stdout.write(json.dumps({"account": said}, ensure_ascii=False))
            return
        self.stdout.write(f"Tài khoản: {handed.user.username} ({handed.user.full_name})")
        self.stdout.write(f"Lời mời dùng một lần, đến hết {vn_date(localtime(handed.expires_at).date())}:")
        self.stdout.write(link)

    def _make(self, options: dict[str, Any]) -> actions.Handover:
        today = localdate()
        place = tree.by_code(options["place"].strip().upper(), None, today)
        if place is None:
            raise actions.Refused(f"Hôm nay không có địa bàn mã «{options['place']}».")
        new = actions.NewAccount(
            full_name=options["name"],
            username=options["username"].strip().lower(),
            role=options["role"],
            place_id=place.unit_id,
            start=today,
            phone=options["phone"],
        )
        return actions.make_account(new, by=None, reason="Lập bằng dòng lệnh")

    def _link(self, options: dict[str, Any]) -> actions.Handover:
        user = User.objects.filter(username=options["username"].strip().lower()).first()
        if user is None:
            raise actions.Refused(f"Không có tài khoản «{options['username']}».")
        off = options["second_factor_off"]
        return actions.reset(user.pk, by=None, reason=options["reason"], second_factor=off)

    def _refuse(self, options: dict[str, Any], said: str) -> NoReturn:
        if options["json"]:
            self.stdout.write(json.dumps({"refused": {"code": "refused", "message": said}}, ensure_ascii=False))
        raise CommandError(said, returncode=1)
