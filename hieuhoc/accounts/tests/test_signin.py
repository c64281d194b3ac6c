"""Signing in through the pages: password, lockout, second factor, change of password; no other door."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axes.models import AccessAttempt
from django.urls import NoReverseMatch, get_resolver, reverse

from hieuhoc.accounts import actions, queries
from hieuhoc.accounts.models import User
from hieuhoc.accounts.tests.conftest import PASSWORD
from hieuhoc.audit.models import Entry

LOGIN = "/tai-khoan/dang-nhap/"


def sign_in(client, username="minh", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": username, "password": password}, **more)


def test_a_person_with_a_post_lands_on_the_board(signed, client):
    signed()
    assert sign_in(client).url == "/viec-can-lam/"


def test_the_user_name_may_be_typed_in_capitals(signed, client):
    signed()
    assert sign_in(client, " MINH ").status_code == 302


def test_a_person_without_a_post_lands_on_the_own_page_and_reads_why(world, signed, client):
    signed(world.nobody)
    answer = sign_in(client, "nobody", follow=True)
    assert answer.redirect_chain[-1][0] == reverse("accounts:profile")
    assert "Hiện không có nhiệm vụ nào còn hiệu lực" in answer.content.decode()


def test_the_page_asked_for_comes_after_signing_in(signed, client):
    signed()
    asked = client.get("/tai-khoan/danh-sach/")
    assert asked.url == f"{LOGIN}?next=/tai-khoan/danh-sach/"
    answer = client.post(asked.url, {"login": "minh", "password": PASSWORD, "next": "/tai-khoan/"})
    assert answer.url == "/tai-khoan/"


def test_nobody_is_sent_to_another_site(signed, client):
    signed()
    assert sign_in(client, QUERY_STRING="next=https://example.com/").url == "/viec-can-lam/"


@pytest.mark.parametrize(("username", "password"), [("minh", "sai mật khẩu"), ("khong-co", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_look_the_same(signed, client, username, password):
    signed()
    page = sign_in(client, username, password).content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in page and "Sign" not in page


def test_an_account_without_a_password_cannot_sign_in(world, client):
    assert sign_in(client).status_code == 200
    assert not client.session.get("_auth_user_id")


def test_a_stopped_account_cannot_sign_in_and_is_signed_out(world, signed, client):
    signed()
    sign_in(client)
    actions.deactivate(world.minh.pk, by=world.admin, reason="Nghỉ")
    assert client.get("/tai-khoan/").status_code == 302
    assert sign_in(client).status_code == 200


def test_after_five_failures_the_door_is_locked_and_says_for_how_long(signed, client):
    signed()
    answers = [sign_in(client, password="sai") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    page = answers[-1].content.decode()
    assert "Tạm khóa đăng nhập" in page and "<strong>15 phút</strong>" in page
    assert "người quản trị ở xã hoặc ở tỉnh" in page and "«minh»" in page
    assert sign_in(client).status_code == 429


def test_the_lock_is_for_one_name_at_one_address(world, signed, client):
    signed()
    signed(world.hoa)
    for _ in range(5):
        sign_in(client, password="sai")
    assert sign_in(client, "hoa").status_code == 302
    assert sign_in(client, "Minh", REMOTE_ADDR="10.0.0.9").status_code == 302


def test_capitals_do_not_give_more_tries(signed, client):
    signed()
    names = ["minh", "MINH", "Minh", "mINH", "miNH"]
    assert [sign_in(client, name, "sai").status_code for name in names][-1] == 429


def test_trying_many_names_from_one_address_is_slowed_down(client, db):
    many = 120  # a training room of that many behind one router still gets in
    answers = [sign_in(client, f"ten{n}", "sai") for n in range(many + 1)]
    assert {answer.status_code for answer in answers[:many]} == {200}
    assert answers[many].status_code == 429 and "Thử quá nhiều lần" in answers[many].content.decode()


def test_a_lock_is_over_after_its_time(signed, client):
    signed()
    for _ in range(5):
        sign_in(client, password="sai")
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time = attempt.attempt_time.replace(year=2020)
        attempt.save()
    assert sign_in(client).status_code == 302


def test_an_accepted_invitation_opens_a_locked_name_at_once(world, signed, client):
    signed()
    for _ in range(5):
        sign_in(client, password="sai")
    handed = actions.reset(world.minh.pk, by=world.admin, reason="Quên")
    actions.accept_invitation(handed.token, "mật khẩu mới của Minh")
    assert sign_in(client, password="mật khẩu mới của Minh").status_code == 302


@pytest.mark.parametrize("path", ["dang-ky/", "signup/", "email/", "password/reset/", "mat-khau/quen/"])
def test_there_is_no_other_door(client, path, db):
    assert client.get(f"/tai-khoan/{path}").status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password"])
def test_the_closed_doors_have_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)
    assert not [key for key in get_resolver().reverse_dict if key == name]


def test_signing_out_needs_a_click(signed, client):
    signed()
    sign_in(client)
    assert "Đăng xuất" in client.get("/tai-khoan/dang-xuat/").content.decode()
    assert client.session.get("_auth_user_id")
    assert client.post("/tai-khoan/dang-xuat/").url == "/"
    assert not client.session.get("_auth_user_id")


def test_changing_the_password_is_written_down_and_signs_other_browsers_out(world, signed, browse):
    user = signed()
    mine, other = browse(user), browse(user)
    new = "bốn con vịt bơi ngược dòng"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert mine.post("/tai-khoan/mat-khau/", fields).url == "/tai-khoan/"
    assert mine.get("/tai-khoan/").status_code == 200
    assert other.get("/tai-khoan/").status_code == 302
    assert Entry.objects.get(verb="account.password").actor == user


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"oldpassword": "sai"}, "Mật khẩu đang dùng không đúng."),
        ({"password2": "khác hẳn cái trên"}, "Hai lần gõ không giống nhau."),
        ({"password1": "ngắn", "password2": "ngắn"}, "Mật khẩu cần ít nhất 10 ký tự."),
        ({"password1": "NguyễnThịMinh", "password2": "NguyễnThịMinh"}, "quá giống với họ và tên"),
        ({"password1": "1234567890", "password2": "1234567890"}, "quá phổ biến"),
        ({"password1": "", "password2": ""}, "Cần ghi mục này."),
    ],
)
def test_a_wrong_change_is_told_in_vietnamese(signed, browse, fields, said):
    usual = {"oldpassword": PASSWORD, "password1": "bốn con vịt bơi", "password2": "bốn con vịt bơi"}
    page = browse(signed()).post("/tai-khoan/mat-khau/", usual | fields).content.decode()
    assert said in page
    assert User.objects.get(username="minh").check_password(PASSWORD)


# The second factor


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def guarded(world, signed, browse, django_capture_on_commit_callbacks):
    """Minh with the second factor on; gives (her browser, the secret, a recovery code)."""
    user = signed()
    client = browse()
    sign_in(client)
    asked = client.get("/tai-khoan/hai-lop/bat/")
    assert asked.url.startswith("/tai-khoan/xac-nhan/")
    client.post(asked.url, {"password": PASSWORD})
    page = client.get("/tai-khoan/hai-lop/bat/").content.decode()
    assert "data:image/svg+xml;base64," in page
    secret = re.search(r'acc-secret">(\w+)<', page)[1]
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/tai-khoan/hai-lop/bat/", {"code": code_for(secret)})
    assert answer.url == "/tai-khoan/hai-lop/ma-du-phong/"
    codes = re.findall(r"<code>(\w+)</code>", client.get(answer.url).content.decode())
    assert len(codes) == 10
    Authenticator.objects.filter(user=user).update(last_used_at=None)
    return client, secret, codes[0]


def test_the_secret_is_not_readable_in_the_database(guarded):
    _, secret, _ = guarded
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept and "gAAAA" in kept


def test_with_the_second_factor_a_password_is_not_enough(guarded, browse):
    _, secret, _ = guarded
    client = browse()
    assert sign_in(client).url == "/tai-khoan/dang-nhap/ma/"
    assert client.get("/tai-khoan/").status_code == 302
    wrong = client.post("/tai-khoan/dang-nhap/ma/", {"code": "000000"})
    assert "Mã không đúng" in wrong.content.decode()
    assert client.post("/tai-khoan/dang-nhap/ma/", {"code": code_for(secret)}).url == "/viec-can-lam/"


def test_a_recovery_code_works_once(guarded, browse):
    *_, code = guarded
    for expected in (302, 200):
        client = browse()
        sign_in(client)
        assert client.post("/tai-khoan/dang-nhap/ma/", {"code": code}).status_code == expected


def test_switching_it_on_and_off_is_written_down(guarded, world):
    client, *_ = guarded
    assert client.post("/tai-khoan/hai-lop/tat/").url == "/tai-khoan/hai-lop/"
    told = Entry.objects.filter(verb="account.second_factor").order_by("pk")
    assert [line.after["what"] for line in told] == ["totp_activated", "totp_deactivated"]
    assert not Authenticator.objects.exists()
    assert queries.history(world.minh)[0].words == "Đổi lớp bảo vệ thứ hai"


def test_the_pages_of_the_second_factor_speak_vietnamese(guarded):
    client, *_ = guarded
    for path in ("hai-lop/", "hai-lop/tat/", "hai-lop/ma-du-phong/", "hai-lop/ma-du-phong/tao/", "mat-khau/"):
        page = client.get(f"/tai-khoan/{path}").content.decode()
        text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page, flags=re.S)
        assert not re.search(r"\b(Sign|Password|Codes?|Two-Factor|Authenticat\w+|Activate|Confirm)\b", text), path


def test_new_recovery_codes_replace_the_old(guarded):
    client, _, code = guarded
    assert client.post("/tai-khoan/hai-lop/ma-du-phong/tao/").url == "/tai-khoan/hai-lop/ma-du-phong/"
    page = client.get("/tai-khoan/hai-lop/ma-du-phong/").content.decode()
    assert code not in page
    file = client.get("/tai-khoan/hai-lop/ma-du-phong/tai/")
    assert file["Content-Type"].startswith("text/plain") and len(file.content.split()) == 10
