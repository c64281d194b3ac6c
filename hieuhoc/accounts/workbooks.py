"""Workbooks of accounts: the list as it stands, and the blank sheet to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

import xlsxwriter

from hieuhoc.accounts.imports import COLUMNS
from hieuhoc.accounts.models import Role, User
from hieuhoc.accounts.queries import STATES, PostRow
from hieuhoc.common.dates import vn_date

SHEET = "Tài khoản"
HEADINGS = ("Họ và tên", "Tên đăng nhập", "Điện thoại", "Tình trạng", "Vai trò", "Địa bàn", "Từ ngày", "Đến ngày")
EXAMPLE = ("Nguyễn Văn Minh", "", "0905000001", "Cán bộ Hội Khuyến học xã", "23908", "01/01/2026", "")


def people(users: Iterable[User], posts: Mapping[int, Sequence[PostRow]]) -> bytes:
    """One row a post that holds or will; a person without one has a row of their own."""
    rows = []
    for user in users:
        who = [user.full_name, user.username, user.phone, STATES[user.state]]  # type: ignore[attr-defined]
        held = [post for post in posts.get(user.pk, ()) if post.when != "over"]
        rows += [who + _told(post) for post in held] or [who]
    return _write([HEADINGS, *rows])


def blank() -> bytes:
    """The sheet to fill in, with one example row and the roles to choose from."""
    headings = [heading for heading, _ in COLUMNS.values()]
    return _write([headings, EXAMPLE], choices=[str(role.label) for role in Role])


def _told(post: PostRow) -> list[str]:
    return [post.role_label, post.place, vn_date(post.start), vn_date(post.last) if post.last else ""]


def _write(rows: Sequence[Sequence[str]], choices: Sequence[str] = ()) -> bytes:
    """Cells are written as text, so that nothing typed by a person is ever run as a formula."""
    book = BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True}) as file:
        sheet = file.add_worksheet(SHEET)
        bold, plain = (
            file.add_format({"bold": True, "bg_color": "#dfe9f5", "border": 1}),
            file.add_format({"num_format": "@"}),
        )
        for n, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(n, column, text, bold if n == 0 else plain)
        sheet.set_column(0, 7, 24, plain)
        sheet.freeze_panes(1, 0)
        if choices:
            column = list(COLUMNS).index("role")
            sheet.data_validation(1, column, 1000, column, {"validate": "list", "source": choices})
    return book.getvalue()
