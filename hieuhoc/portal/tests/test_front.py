"""The public pages: figures with their denominators, bodies by name, persons only by number."""

import pytest
from django.core.cache import cache
from django.utils.timezone import localdate

from hieuhoc.dossiers.models import Outcome, State
from hieuhoc.plans import national
from hieuhoc.recognition import actions as recognition
from hieuhoc.recognition.models import Recognition
from hieuhoc.registry.models import Model
from tests.browser import axe, chromium, shot, small_targets, too_wide, visit  # noqa: F401

BODIES = ("Dòng họ Rơ Châm", "Làng Ring", "Trường Tiểu học Lê Lợi")
PERSONS = ("Ksor H&#x27;Bia", "Siu Phung", "Rơ Châm Brel", "Nguyễn Văn An", "Trần Thị Hạnh")


@pytest.fixture
def year(world):
    """A year with results of every kind and a signed decision."""
    cache.clear()
    subjects = [
        world.household("Ksor H'Bia"),
        world.household("Siu Phung"),
        world.citizen("Trần Thị Hạnh"),
        world.subject(Model.CLAN, BODIES[0]),
        world.subject(Model.COMMUNITY, BODIES[1]),
        world.organisation(BODIES[2]),
    ]
    for subject in subjects:
        world.dossier(State.PROPOSED, subject)
    world.dossier(State.SUBMITTED, world.household("Rơ Châm Brel"), outcome=Outcome.FAIL)
    world.dossier(State.WITHDRAWN, world.household("Nguyễn Văn An"))
    world.dossier(State.NOT_RECOGNISED, world.organisation("Hợp tác xã Ia Băng"))
    decision = recognition.issue_decision(world.round().pk, by=world.hoa)
    recognition.sign_decision(decision.pk, "57", localdate(), by=world.hoa, signer="Trần Văn Hòa")
    yield world
    cache.clear()


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_the_front_page_counts_with_the_denominator(year, browse):
    page = text_of(browse(), "/")
    assert "<span>2/3 hộ ·</span> <span>66,67 %</span>" in page
    assert "Chương trình 387" in page


def test_a_stranger_sees_the_front_page_of_an_empty_installation(db, browse):
    cache.clear()
    assert "Năm mô hình học tập" in text_of(browse(), "/")


@pytest.mark.parametrize("path", ["/", "/xa/23908/"])
def test_persons_are_never_named(year, browse, path):
    page = text_of(browse(), path)
    assert [person for person in PERSONS if person in page] == []


def test_bodies_that_hold_a_title_are_named(year, browse):
    page = text_of(browse(), "/xa/23908/")
    assert [body for body in BODIES if body not in page] == []
    assert "Hợp tác xã Ia Băng" not in page


def test_nothing_is_public_before_the_decision_is_signed(world, browse):
    cache.clear()
    world.dossier(State.PROPOSED, world.organisation(BODIES[2]))
    recognition.issue_decision(world.round().pk, by=world.hoa)
    page = text_of(browse(), "/xa/23908/")
    assert BODIES[2] not in page
    assert "<span>0/1 đơn vị ·</span> <span>0,00 %</span>" in page


def test_a_title_taken_back_leaves_the_roll_and_the_count(year, browse):
    title = Recognition.objects.get(model=Model.ORGANISATION)
    recognition.revoke([title.pk], by=year.hoa, reason="Khai không đúng", number="58", day=localdate())
    page = text_of(browse(), "/xa/23908/")
    assert BODIES[2] not in page
    assert "<span>0/2 đơn vị ·</span> <span>0,00 %</span>" in page


def test_the_roll_shows_a_corrected_name(year, browse):
    title = Recognition.objects.get(model=Model.ORGANISATION)
    new = {"name": "Trường Tiểu học Lê Lai"}
    recognition.correct(title.pk, new, by=year.hoa, reason="Sai tên", number="58", day=localdate())
    page = text_of(browse(), "/xa/23908/")
    assert "Trường Tiểu học Lê Lai" in page
    assert BODIES[2] not in page


def test_an_illustrative_set_is_marked(year, browse):
    assert "Bộ tiêu chí minh họa – không phải văn bản chính thức" in text_of(browse(), "/xa/23908/")


def test_the_share_of_the_commune_names_both_denominators(year, browse):
    page = text_of(browse(), "/xa/23908/")
    assert "<span>2/3 hộ ·</span> <span>66,67 %</span>" in page
    assert "<span>2/4 hộ ·</span> <span>50,00 %</span>" in page


@pytest.mark.parametrize("typed", ["ia tor", "Ia Tôr", "23908"])
def test_a_commune_is_found_without_marks(year, browse, typed):
    assert "/xa/23908/" in text_of(browse(), f"/?xa={typed}")


def test_nothing_found_says_what_to_do(year, browse):
    assert "Không tìm thấy “zzz”" in text_of(browse(), "/?xa=zzz")


def test_an_unknown_code_is_not_found(year, browse):
    assert browse().get("/xa/99999/").status_code == 404


def test_a_commune_without_a_round_says_so(year, browse):
    assert "Chưa có số liệu" in text_of(browse(), "/xa/23710/")


def test_the_public_sees_the_targets_beside_the_figures(year, browse):
    national.load()
    assert "/xa/23908/chi-tieu/?nam=" in text_of(browse(), "/xa/23908/")
    part = text_of(browse(), "/xa/23908/chi-tieu/")
    assert "hộ gia đình được công nhận" in part and "387/QĐ-TTg" in part and "2/4 hộ" in part
    assert [person for person in PERSONS if person in part] == []
    assert browse().get("/xa/99999/chi-tieu/").status_code == browse().get("/xa/23710/chi-tieu/").status_code == 404


def test_an_earlier_year_can_be_asked_for(year, browse):
    year.round(2020)
    page = text_of(browse(), "/xa/23908/?nam=2020")
    assert "năm 2020" in page
    assert "Dòng họ Rơ Châm" not in page


@pytest.mark.parametrize("path", ["/", "/xa/23908/"])
def test_the_public_pages_ask_few_questions(year, browse, path, django_assert_max_num_queries):
    client = browse()
    with django_assert_max_num_queries(10):
        client.get(path)


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1366])
@pytest.mark.parametrize(("path", "name"), [("/?xa=ia", "cong-khai"), ("/xa/23908/", "cong-khai-xa")])
def test_the_public_pages_are_accessible_and_fit(year, visit, path, name, width):  # noqa: F811
    page = visit(path, width=width)
    shot(page, f"{name}-{width}")
    assert (axe(page), too_wide(page), small_targets(page)) == ([], [], [])
