"""Accounts from a sheet: every problem of every row, all or none, hostile files harm nothing."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate
from openpyxl import Workbook, load_workbook

from hieuhoc.accounts import imports, reading, workbooks
from hieuhoc.accounts.models import Role, User
from hieuhoc.audit.models import Entry

HEAD = ["STT", "HỌ VÀ TÊN", "Tên đăng nhập", "Số điện thoại", "Vai trò", "Mã địa bàn", "Từ ngày", "Đến ngày"]
FINE = [1, "Rah Lan H'Nga", "", 905000123, "Cán bộ Hội Khuyến học xã", 23908, date(2026, 1, 5), "31/12/2026"]
UPLOAD = "/tai-khoan/danh-sach/nhap/"


def book(*rows, above=0) -> bytes:
    file, made = BytesIO(), Workbook()
    for _ in range(above):
        made.active.append(["UBND XÃ IA TÔR"])
    for row in (HEAD, *rows):
        made.active.append(row)
    made.save(file)
    return file.getvalue()


def changed(**cells) -> list:
    at = {"name": 1, "username": 2, "phone": 3, "role": 4, "place": 5, "start": 6, "last": 7}
    row = list(FINE)
    for key, value in cells.items():
        row[at[key]] = value
    return row


def checked(world, *rows) -> imports.Checked:
    grid = [[reading.as_text(cell) for cell in row] for row in (HEAD, *rows)]
    return imports.check(imports.find_rows(grid), manager=world.admin)


def test_a_row_becomes_an_account(world):
    (account,) = checked(world, FINE).accounts
    assert account == imports.NewAccount(
        "Rah Lan H'Nga",
        "hngarl",
        Role.COMMUNE_OFFICER,
        world.ia_tor.pk,
        date(2026, 1, 5),
        date(2026, 12, 31),
        "0905000123",
    )


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"name": " "}, "Họ và tên", "Thiếu họ và tên."),
        ({"name": "x" * 121}, "Họ và tên", "Họ và tên dài quá 120 ký tự."),
        ({"username": "Mình"}, "Tên đăng nhập", "chữ thường không dấu"),
        ({"username": "MINH"}, "Tên đăng nhập", "«minh» đã có người dùng"),
        ({"phone": "không có"}, "Điện thoại", "10 chữ số"),
        ({"role": ""}, "Vai trò", "Thiếu vai trò."),
        ({"role": "Chủ tịch"}, "Vai trò", "Không có vai trò «Chủ tịch»"),
        ({"role": "Trưởng thôn"}, "Vai trò", "phải gắn với: thôn"),
        ({"place": ""}, "Mã địa bàn", "Thiếu mã địa bàn."),
        ({"place": 23710}, "Mã địa bàn", "Không có địa bàn mã «23710» trong phạm vi quản trị."),
        ({"start": "31/02/2026"}, "Từ ngày", "«31/02/2026» không phải ngày"),
        ({"last": date(2025, 12, 31)}, "Đến ngày", "Ngày cuối đứng trước ngày đầu."),
    ],
)
def test_a_problem_is_told_with_its_row_and_column(world, cells, column, said):
    found = checked(world, FINE, changed(**{"name": "Người Khác"} | cells))
    assert [(one.row, one.column) for one in found.problems] == [(3, column)]
    assert said in found.problems[0].message and len(found.accounts) == 1


def test_all_problems_of_a_row_are_told_at_once(world):
    found = checked(world, changed(name="", phone="12", role="?", place="x", start="mai"))
    assert [one.column for one in found.problems] == ["Họ và tên", "Điện thoại", "Vai trò", "Mã địa bàn", "Từ ngày"]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (date(2026, 1, 5), date(2026, 1, 5)),
        (datetime(2026, 1, 5, 8), date(2026, 1, 5)),
        (46027.0, date(2026, 1, 5)),
        ("5/1/2026", date(2026, 1, 5)),
        ("05-01-2026", date(2026, 1, 5)),
        ("2026-01-05", date(2026, 1, 5)),
        ("", localdate()),
        (None, localdate()),
    ],
)
def test_days_are_read_as_officers_write_them(world, typed, day):
    (account,) = checked(world, changed(start=typed, last="")).accounts
    assert account.start == day and account.last is None


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        ("cán bộ hội khuyến học xã", Role.COMMUNE_OFFICER),
        ("CAN BO XA", Role.COMMUNE_OFFICER),
        ("commune_approver", Role.COMMUNE_APPROVER),
        ("Quản trị viên", Role.ADMINISTRATOR),
        ("Kiểm tra", Role.INSPECTOR),
    ],
)
def test_roles_are_read_in_words(world, typed, role):
    assert checked(world, changed(role=typed)).accounts[0].role == role


def test_two_of_one_name_get_two_user_names(world):
    found = checked(world, FINE, changed(place="23908-001", role="Trưởng thôn"))
    assert [account.username for account in found.accounts] == ["hngarl", "hngarl2"]


def test_the_same_person_in_the_same_post_twice_is_told(world):
    found = checked(world, FINE, FINE)
    assert found.problems == [imports.Problem(3, "Họ và tên", "Người này đã có ở dòng trên, cùng vai trò và địa bàn.")]


def test_a_user_name_typed_twice_is_told(world):
    found = checked(world, changed(username="nga"), changed(name="Người Khác", username="nga"))
    assert [one.row for one in found.problems] == [3]


def test_checking_costs_the_same_for_few_rows_and_for_many(world, django_assert_max_num_queries):
    rows = [changed(name=f"Người {n}") for n in range(300)]
    with django_assert_max_num_queries(4):
        assert len(checked(world, *rows).accounts) == 300


def test_the_heading_may_stand_below_a_title(world):
    ((number, row),) = imports.read(book(FINE, above=3))
    assert (number, row["full_name"], row["place"]) == (5, "Rah Lan H'Nga", "23908")


def test_a_csv_is_read_too():
    rows = imports.read("Họ và tên;Vai trò;Mã địa bàn\nLan;Kiểm tra;23908\n".encode("utf-8-sig"))
    assert rows == [(2, {"full_name": "Lan", "role": "Kiểm tra", "place": "23908"})]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Tệp rỗng"),
        (b"<html><table></table></html>", "trang web"),
        (b"PK\x03\x04 not a workbook", "hỏng"),
        (b"\x00\x01\x02\xff\xfe" * 50, "không phải bảng tính"),
        ("Tên;Tuổi\nLan;3\n".encode(), "Không thấy dòng tiêu đề"),
    ],
)
def test_a_wrong_file_gets_one_sentence(data, said):
    with pytest.raises(imports.Unreadable, match=said):
        imports.read(data)


def test_a_sheet_too_long_is_refused():
    grid = [HEAD, *[[str(cell) for cell in FINE]] * 1001]
    with pytest.raises(imports.Unreadable, match="1001 dòng"):
        imports.find_rows([[str(cell) for cell in row] for row in grid])


def test_the_blank_sheet_has_the_columns_that_are_read(world):
    made = load_workbook(BytesIO(workbooks.blank())).active
    assert [cell.value for cell in made[1]] == [heading for heading, _ in imports.COLUMNS.values()]
    ((_, row),) = imports.read(workbooks.blank())
    assert imports.check([(2, row)], manager=world.admin).problems == []


# Through the pages


def send(client, data: bytes):
    return client.post(UPLOAD, {"file": SimpleUploadedFile("danh-sach.xlsx", data)})


def signed_rows(page: str) -> str:
    return page.split('name="signed" hidden>')[1].split("<")[0]


def test_a_right_sheet_is_checked_then_applied_with_links(world, browse):
    admin = browse(world.admin)
    seen = send(admin, book(FINE, changed(name="Siu Hlan", role="Trưởng thôn", place="23908-001")))
    page = seen.content.decode()
    assert seen.status_code == 200 and "Lập 2 tài khoản và lấy lời mời" in page
    assert not User.objects.filter(username="hngarl").exists()
    applied = admin.post(f"{UPLOAD}ghi/", {"signed": signed_rows(page)}).content.decode()
    assert applied.count("acc-square") == 2 and "hlans" in applied
    assert Entry.objects.get(verb="account.import").after["source"] == "danh-sach.xlsx"


def test_a_sheet_with_one_wrong_row_makes_nobody(world, browse):
    admin = browse(world.admin)
    seen = send(admin, book(FINE, changed(name="Siu Hlan", place=1)))
    page = seen.content.decode()
    assert seen.status_code == 422 and "Chưa lập tài khoản nào" in page and 'name="signed"' not in page
    assert not User.objects.filter(username="hngarl").exists()


def test_applying_twice_makes_nobody_twice(world, browse):
    admin = browse(world.admin)
    rows = signed_rows(send(admin, book(changed(username="nga"))).content.decode())
    admin.post(f"{UPLOAD}ghi/", {"signed": rows})
    again = admin.post(f"{UPLOAD}ghi/", {"signed": rows})
    assert again.status_code == 422 and "đã có người dùng" in again.content.decode()
    assert User.objects.filter(username="nga").count() == 1


@pytest.mark.parametrize("forged", ["", "abc", "eyJyb3dzIjpbXX0:1:x"])
def test_forged_rows_are_not_applied(world, browse, forged):
    assert browse(world.admin).post(f"{UPLOAD}ghi/", {"signed": forged}).url == UPLOAD


def test_no_file_and_a_file_too_large_are_told(world, browse):
    admin = browse(world.admin)
    assert "Chưa chọn tệp." in admin.post(UPLOAD, {}).content.decode()
    assert "lớn quá 5 MB" in send(admin, b"x" * (5 * 1024 * 1024 + 1)).content.decode()
