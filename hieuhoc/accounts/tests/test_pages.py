"""The administrator's pages and one's own, as a browser meets them."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.utils.timezone import localdate
from openpyxl import load_workbook

from hieuhoc.accounts import actions
from hieuhoc.accounts.models import Invitation, Post, Role, User
from hieuhoc.accounts.tests.conftest import PASSWORD

LIST = "/tai-khoan/danh-sach/"


@pytest.fixture
def admin(world, browse):
    return browse(world.admin)


def text(answer) -> str:
    return answer.content.decode()


def links(page: str) -> list[str]:
    return re.findall(r"/tai-khoan/loi-moi/[\w-]+/", page)


MAKE = {"full_name": "Rah Lan H'Nga", "role": "commune_officer", "place": "23908", "start": "2026-01-01"}


def test_the_list_shows_who_works_within_reach(admin):
    page = text(admin.get(LIST))
    assert "Nguyễn Thị Minh" in page and "Rơ Châm Lan" not in page
    assert "Cán bộ Hội Khuyến học xã · Xã Ia Tôr, Tỉnh Gia Lai" in page


def test_the_list_is_searched_without_marks(admin):
    page = text(admin.get(LIST, {"q": "nguyen thi"}))
    assert "Nguyễn Thị Minh" in page and "Trần Văn Hòa" not in page
    assert "Không có ai như vậy" in text(admin.get(LIST, {"q": "zzz"}))


def test_the_list_costs_the_same_for_one_person_and_for_many(world, admin, django_assert_max_num_queries):
    for n in range(40):
        world.user(f"nguoi{n}", Role.VILLAGE_RECORDER, world.ring)
    with django_assert_max_num_queries(12):
        admin.get(LIST)


def test_the_list_comes_as_a_workbook_with_its_filters(world, admin):
    User.objects.filter(pk=world.minh.pk).update(full_name="=1+1")
    book = load_workbook(BytesIO(admin.get(f"{LIST}xuat/", {"vai-tro": "commune_officer"}).content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][:4] == ("Họ và tên", "Tên đăng nhập", "Điện thoại", "Tình trạng")
    assert rows[1][0] == "=1+1" and book.active["A2"].data_type == "s" and len(rows) == 2


def test_an_account_made_by_the_page_can_be_used_by_its_link(world, admin, browse):
    answer = admin.post(f"{LIST}lap/", MAKE)
    page = text(answer)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert "Tên đăng nhập: <strong>hngarl</strong>" in page and "<svg" in page
    (link,) = set(links(page))
    stranger = browse()
    assert "Rah Lan H&#x27;Nga" in text(stranger.get(link))
    assert stranger.post(link, {"password": PASSWORD, "again": PASSWORD}).url == "/tai-khoan/dang-nhap/"
    assert stranger.post("/tai-khoan/dang-nhap/", {"login": "hngarl", "password": PASSWORD}).status_code == 302
    gone = stranger.get(link)
    assert gone.status_code == 410 and "không còn dùng được" in text(gone)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"full_name": ""}, "Cần ghi mục này."),
        ({"place": "99999"}, "Không thấy địa bàn này trong phạm vi quản trị."),
        ({"place": "Xã Ia Băng"}, "Không thấy địa bàn này trong phạm vi quản trị."),
        ({"place": "làng"}, "Có 2 địa bàn như vậy, cần chọn một: Làng Phung"),
        ({"role": "village_recorder"}, "phải gắn với: thôn"),
        ({"username": "MÌNH"}, "Tên đăng nhập dài 3 đến 30"),
        ({"username": "minh"}, "đã có người dùng"),
        ({"phone": "123"}, "phải có 10 chữ số"),
        ({"start": "31/02/2026"}, "Ngày không đúng"),
        ({"last": "2025-01-01"}, "Ngày cuối đứng trước ngày đầu."),
    ],
)
def test_a_wrong_form_says_what_to_correct_and_makes_nothing(admin, fields, said):
    answer = admin.post(f"{LIST}lap/", MAKE | fields)
    assert answer.status_code == 422 and said in text(answer)
    assert not User.objects.filter(full_name="Rah Lan H'Nga").exists()


@pytest.mark.parametrize(
    "typed",
    ["23908-001", "ring", "Làng Ring", "lang ring", "Làng Ring, Xã Ia Tôr, Tỉnh Gia Lai (23908-001)"],
)
def test_a_place_is_found_by_code_name_or_suggestion(world, admin, typed):
    admin.post(f"{LIST}lap/", MAKE | {"place": typed, "role": "village_recorder", "username": "moi"})
    assert Post.objects.get(user__username="moi").place == world.ring


def test_suggestions_of_places_stay_within_reach(admin):
    page = text(admin.get(f"{LIST}dia-ban/", {"place": "lang"}))
    assert "Làng Ring, Xã Ia Tôr, Tỉnh Gia Lai (23908-001)" in page and "Brel" not in page


def test_a_person_page_tells_posts_state_and_history(world, admin):
    actions.correct(world.minh.pk, full_name="Nguyễn Thị Minh", phone="0905000111", by=world.admin)
    page = text(admin.get(f"{LIST}{world.minh.pk}/"))
    for told in ("Cán bộ Hội Khuyến học xã", "0905000111", "Đang giữ", "Lời mời đã quá hạn", "Sửa họ tên, điện thoại"):
        assert told in page


def test_a_person_partly_out_of_reach_is_shown_in_part(world, admin):
    actions.change_own_phone("0905000222", by=world.minh)
    world.post(world.minh, Role.COMMUNE_OFFICER, world.ia_bang)
    page = text(admin.get(f"{LIST}{world.minh.pk}/"))
    assert "ngoài phạm vi" in page and "Xã Ia Băng" not in page
    assert "0905000222" not in page and "Lịch sử" not in page
    assert admin.get(f"{LIST}{world.minh.pk}/cap-lai/").status_code == 403


def test_a_post_is_granted_and_ended_by_the_pages(world, admin):
    fields = {"role": "village_recorder", "place": "23908-002", "start": "2026-01-01", "reason": "Bầu lại"}
    assert admin.post(f"{LIST}{world.ksor.pk}/giao/", fields).url == f"{LIST}{world.ksor.pk}/"
    post = Post.objects.get(user=world.ksor, place=world.phung)
    ending = f"/tai-khoan/nhiem-vu/{post.pk}/ket-thuc/"
    assert "Người ghi của thôn tại Làng Phung" in text(admin.get(ending))
    assert admin.post(ending, {"last": "2026-12-31", "reason": "Nghỉ"}).status_code == 302
    post.refresh_from_db()
    assert post.valid.upper == date(2027, 1, 1)
    again = admin.post(ending, {"last": "2027-12-31", "reason": "Nghỉ"})
    assert again.status_code == 422 and "đã kết thúc ngày 31/12/2026" in text(again)


def test_a_reset_by_the_page_shows_a_new_link_once(world, admin, signed):
    signed()
    page = text(admin.post(f"{LIST}{world.minh.pk}/cap-lai/", {"reason": "Quên mật khẩu"}))
    assert len(set(links(page))) == 1
    assert links(text(admin.get(f"{LIST}{world.minh.pk}/"))) == []


def test_chosen_people_get_their_links_on_one_sheet(world, admin):
    answer = admin.post(f"{LIST}moi/", {"person": [world.minh.pk, world.hoa.pk, world.lan.pk]})
    page = text(answer)
    assert len(set(links(page))) == 2 and "Rơ Châm Lan" not in page
    assert admin.post(f"{LIST}moi/", {}).url == LIST
    assert Invitation.objects.count() == 2


def test_stopping_and_opening_by_the_pages(world, admin):
    page = f"{LIST}{world.minh.pk}/"
    assert admin.post(f"{page}ngung/", {"reason": ""}).status_code == 422
    assert admin.post(f"{page}ngung/", {"reason": "Nghỉ hưu"}).url == page
    assert "Đã ngừng" in text(admin.get(page)) and "Mở lại tài khoản" in text(admin.get(page))
    assert admin.post(f"{page}mo-lai/").url == page
    assert User.objects.get(pk=world.minh.pk).is_active


def test_a_correction_by_the_page(world, admin):
    page = f"{LIST}{world.minh.pk}/sua/"
    assert 'value="Nguyễn Thị Minh"' in text(admin.get(page))
    admin.post(page, {"full_name": "Nguyễn Thị Minh Hà", "phone": "905000123"})
    changed = User.objects.get(pk=world.minh.pk)
    assert (changed.full_name, changed.phone) == ("Nguyễn Thị Minh Hà", "0905000123")


def test_an_invitation_asks_for_a_fair_password(world, browse):
    handed = actions.invite(world.minh.pk, by=world.admin)
    for fields, said in (
        ({"password": "ngắn", "again": "ngắn"}, "ít nhất 10 ký tự"),
        ({"password": PASSWORD, "again": "khác"}, "không giống nhau"),
        ({"password": "", "again": ""}, "Cần ghi mục này."),
    ):
        answer = browse().post(handed.path, fields)
        assert answer.status_code == 422 and said in text(answer)
    assert "no-store" in browse().get(handed.path)["Cache-Control"]


def test_ones_own_page_tells_posts_and_takes_a_telephone(world, browse):
    mine = browse(world.minh)
    page = text(mine.get("/tai-khoan/"))
    assert "Cán bộ Hội Khuyến học xã" in page and "không có nhiệm vụ" not in page
    assert mine.post("/tai-khoan/", {"phone": "0905 000 333"}).status_code == 302
    assert User.objects.get(pk=world.minh.pk).phone == "0905000333"
    assert mine.post("/tai-khoan/", {"phone": "abc"}).status_code == 422


def test_a_page_without_a_post_says_so(world, browse):
    Post.objects.filter(user=world.ksor).update(valid=(date(2025, 7, 1), localdate()))
    page = text(browse(world.ksor).get("/tai-khoan/"))
    assert "Hiện không có nhiệm vụ nào còn hiệu lực" in page and "Đã kết thúc" in page
