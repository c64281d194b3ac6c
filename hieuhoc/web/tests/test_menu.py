"""The menu follows the rights; the post worked under is chosen among one's own."""

import pytest

from hieuhoc.web import menu
from hieuhoc.web.posts import standing_of


def labels(person, path="/"):
    return [item.label for item in menu.items(standing_of(person), path)]


@pytest.mark.parametrize(
    ("person", "has", "lacks"),
    [
        ("minh", {"Việc cần làm", "Sổ đăng ký"}, {"Tài khoản"}),
        ("ksor", {"Việc cần làm", "Sổ đăng ký"}, {"Tài khoản", "Nhập từ Excel"}),
        ("admin", {"Việc cần làm", "Tài khoản"}, {"Sổ đăng ký"}),
    ],
)
def test_the_menu_shows_what_the_person_may_do(world, person, has, lacks):
    shown = set(labels(getattr(world, person)))
    assert has <= shown
    assert not lacks & shown


def test_without_a_post_there_is_no_menu(world):
    assert labels(world.nobody) == []


def test_the_deepest_page_is_the_current_one(world):
    items = menu.items(standing_of(world.minh), "/so-dang-ky/them/")
    assert [item.label for item in items if item.current] == ["Sổ đăng ký"]


def test_only_an_own_post_can_be_chosen(world, browse):
    other = standing_of(world.hoa).post
    assert browse(world.minh).post("/chuc-trach/", {"post": other.id}).status_code == 404


def test_the_chosen_post_gives_the_rights(world, browse):
    second = world.post(world.minh, "administrator", world.ia_tor)
    client = browse(world.minh)
    assert client.post("/chuc-trach/", {"post": second.pk}).status_code == 302
    assert "Quản trị tại" in client.get("/viec-can-lam/").content.decode()


def test_an_ended_post_is_not_held(world):
    from datetime import timedelta

    from django.utils.timezone import localdate

    world.post(world.nobody, "commune_officer", world.ia_tor, end=localdate())
    assert standing_of(world.nobody).post is None
    world.post(world.nobody, "commune_officer", world.ia_tor, end=localdate() + timedelta(days=1))
    assert standing_of(world.nobody).post.commune_name == "Xã Ia Tôr"


def test_the_frame_asks_one_question(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        standing_of(world.minh)


def test_the_open_round_is_the_current_one(world):
    world.round(2030, state="closed")
    opened = world.round(2029)
    assert standing_of(world.minh).post.round_id == opened.pk


def test_a_village_finds_its_meeting_and_everybody_the_own_account(world, browse):
    round_ = world.round()
    assert "Họp thôn" in labels(world.ksor)
    assert "Ghi tại nhà dân" in labels(world.ksor) and "Ghi tại nhà dân" not in labels(world.minh)
    assert "Họp thôn" not in labels(world.minh)
    page = browse(world.ksor).get("/viec-can-lam/").content.decode()
    assert f"/cong-nhan/dot/{round_.pk}/thon/{world.ring.pk}/" in page
    assert 'href="/tai-khoan/"' in page
