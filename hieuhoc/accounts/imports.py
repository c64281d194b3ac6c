"""Accounts from a sheet: find the columns, read every row, say every problem; nothing is written here.

Use: ``checked = check(read(data), manager=user)``; ``checked.problems`` empty means ``checked.accounts`` may
be given to ``actions.make_accounts``, which takes all of them or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from hieuhoc.accounts import reading, rules
from hieuhoc.accounts.access import MANAGE, reach
from hieuhoc.accounts.forms import usernames_like
from hieuhoc.accounts.models import Role, User
from hieuhoc.accounts.reading import Unreadable
from hieuhoc.accounts.rules import NewAccount
from hieuhoc.common.text import fold, nfc
from hieuhoc.places.models import UnitVersion

COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "full_name": ("Họ và tên", ("ho va ten", "ho ten", "ho ten can bo", "ten nguoi dung")),
    "username": ("Tên đăng nhập", ("ten dang nhap", "tai khoan", "username")),
    "phone": ("Điện thoại", ("dien thoai", "so dien thoai", "dt", "sdt")),
    "role": ("Vai trò", ("vai tro", "nhiem vu", "chuc danh")),
    "place": ("Mã địa bàn", ("ma dia ban", "ma don vi", "dia ban", "ma xa")),
    "start": ("Từ ngày", ("tu ngay", "ngay bat dau")),
    "last": ("Đến ngày", ("den ngay", "den het ngay", "ngay ket thuc")),
}
NEEDED = ("full_name", "role", "place")
MOST = 1000
ROLE_WORDS = {
    "truong thon": Role.VILLAGE_RECORDER,
    "chi hoi truong": Role.VILLAGE_RECORDER,
    "nguoi ghi": Role.VILLAGE_RECORDER,
    "thon": Role.VILLAGE_RECORDER,
    "can bo xa": Role.COMMUNE_OFFICER,
    "hoi khuyen hoc xa": Role.COMMUNE_OFFICER,
    "nguoi duyet": Role.COMMUNE_APPROVER,
    "nguoi duyet xa": Role.COMMUNE_APPROVER,
    "ubnd xa": Role.COMMUNE_APPROVER,
    "can bo tinh": Role.PROVINCE_OFFICER,
    "hoi khuyen hoc tinh": Role.PROVINCE_OFFICER,
    "nguoi duyet tinh": Role.PROVINCE_APPROVER,
    "kiem tra": Role.INSPECTOR,
    "quan tri vien": Role.ADMINISTRATOR,
} | {fold(str(role.label)): role for role in Role}
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell, or in the row as a whole when ``column`` is empty."""

    row: int
    column: str
    message: str


@dataclass
class Checked:
    """The accounts that could be read and everything that is wrong with the rest."""

    accounts: list[NewAccount] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


Row = tuple[int, dict[str, str]]


def read(data: bytes) -> list[Row]:
    """The rows of the first sheet that has the headings; raises ``Unreadable`` with the sentence to show."""
    for grid in (found := reading.grids(data)):
        if _heading(grid):
            return find_rows(grid)
    return find_rows(found[0] if found else [])


def find_rows(grid: Sequence[Sequence[str]]) -> list[Row]:
    """The rows below the heading, by number as a spreadsheet shows it; columns by their Vietnamese heading."""
    heading = _heading(grid)
    if heading is None:
        wanted = ", ".join(COLUMNS[key][0] for key in NEEDED)
        raise Unreadable(f"Không thấy dòng tiêu đề có các cột: {wanted}. Tải bảng mẫu để điền.")
    at, columns = heading
    rows = []
    for number, cells in enumerate(grid[at + 1 :], at + 2):
        row = {key: cells[column].strip() if column < len(cells) else "" for key, column in columns.items()}
        if any(row.values()):
            rows.append((number, row))
    if len(rows) > MOST:
        raise Unreadable(f"Bảng có {len(rows)} dòng; mỗi lần nhận nhiều nhất {MOST} người.")
    return rows


def _heading(grid: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    names = {word: key for key, (_, words) in COLUMNS.items() for word in words}
    for at, cells in enumerate(grid[:30]):
        found = {names[word]: n for n, cell in enumerate(cells) if (word := fold(cell)) in names}
        if all(key in found for key in NEEDED):
            return at, found
    return None


def check(rows: Iterable[Row], *, manager: User) -> Checked:
    """Read every row against the rules and what is already there; three queries for the whole sheet."""
    rows = list(rows)
    places = _places({_code(row["place"]) for _, row in rows}, manager)
    taken = _taken(rows)
    checked = Checked()
    seen: set[tuple] = set()
    for number, row in rows:
        line = _Reading(number, row, places, taken, checked.problems)
        account = line.account()
        if account is None:
            continue
        same = (fold(account.full_name), account.role, account.place_id)
        if same in seen:
            checked.problems.append(
                Problem(number, "Họ và tên", "Người này đã có ở dòng trên, cùng vai trò và địa bàn.")
            )
            continue
        seen.add(same)
        taken.add(account.username)
        checked.accounts.append(account)
        checked.rows.append(number)
    return checked


def _places(codes: set[str], manager: User) -> dict[str, tuple[int, str]]:
    """Units within reach today by code; a number cell may have lost the zero in front."""
    wanted = codes | {code.zfill(5) for code in codes if code.isdigit() and len(code) == 4}
    found = UnitVersion.objects.filter(
        code__in=wanted, valid__contains=localdate(), unit_id__in=reach(manager, MANAGE)
    ).values_list("code", "unit_id", "unit__level")
    by_code = {code: (unit_id, level) for code, unit_id, level in found}
    return by_code | {code: by_code[code.zfill(5)] for code in codes - by_code.keys() if code.zfill(5) in by_code}


def _taken(rows: Sequence[Row]) -> set[str]:
    typed = {row.get("username", "").lower() for _, row in rows}
    names = [row["full_name"] for _, row in rows]
    return usernames_like(*names) | set(User.objects.filter(username__in=typed).values_list("username", flat=True))


@dataclass
class _Reading:
    """One row being read; problems go into the common list."""

    number: int
    row: Mapping[str, str]
    places: Mapping[str, tuple[int, str]]
    taken: set[str]
    problems: list[Problem]

    def account(self) -> NewAccount | None:
        """The account of the row, or None when something is wrong."""
        before = len(self.problems)
        name, phone, role = self._name(), self._phone(), self._role()
        place = self._place()
        start = self._day("start") or localdate()
        last = self._day("last")
        if last is not None and last < start:
            self._wrong("last", "Ngày cuối đứng trước ngày đầu.")
        if role and place and (problem := rules.role_problem(role, place[1])):
            self._wrong("role", problem)
        username = self._username(name)
        if len(self.problems) > before or place is None:
            return None
        return NewAccount(name, username, role, place[0], start, last, phone)

    def _wrong(self, key: str, message: str) -> None:
        self.problems.append(Problem(self.number, COLUMNS[key][0], message))

    def _name(self) -> str:
        name = nfc(self.row["full_name"])
        if not name:
            self._wrong("full_name", "Thiếu họ và tên.")
        elif len(name) > rules.LONGEST_NAME:
            self._wrong("full_name", f"Họ và tên dài quá {rules.LONGEST_NAME} ký tự.")
        return name

    def _phone(self) -> str:
        phone = rules.read_phone(self.row.get("phone", ""))
        if phone is None:
            self._wrong("phone", "Số điện thoại phải có 10 chữ số, bắt đầu bằng số 0.")
        return phone or ""

    def _role(self) -> str:
        typed = self.row["role"]
        role = ROLE_WORDS.get(fold(typed)) or (Role(typed) if typed in Role else None)
        if role is None:
            known = "; ".join(str(one.label) for one in Role)
            self._wrong("role", f"Không có vai trò «{typed}». Các vai trò: {known}." if typed else "Thiếu vai trò.")
        return role or ""

    def _place(self) -> tuple[int, str] | None:
        code = _code(self.row["place"])
        place = self.places.get(code)
        if place is None:
            said = f"Không có địa bàn mã «{code}» trong phạm vi quản trị." if code else "Thiếu mã địa bàn."
            self._wrong("place", said)
        return place

    def _day(self, key: str) -> date | None:
        value = self.row.get(key)
        if not value:
            return None
        day = _read_day(value)
        if day is None:
            self._wrong(key, f"«{value}» không phải ngày. Ví dụ đúng: 21/11/2026.")
        return day

    def _username(self, name: str) -> str:
        username = self.row.get("username", "").lower()
        if not username:
            return rules.suggest_username(name, self.taken)
        if problem := rules.username_problem(username):
            self._wrong("username", problem)
        elif username in self.taken:
            self._wrong("username", f"Tên đăng nhập «{username}» đã có người dùng hoặc đã ở dòng trên.")
        return username


def _code(text: str) -> str:
    return text.replace(" ", "")


def _read_day(text: str) -> date | None:
    if text.isdigit() and 20_000 < int(text) < 80_000:
        return _EPOCH + timedelta(days=int(text))
    for form in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
