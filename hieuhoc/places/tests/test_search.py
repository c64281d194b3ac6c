"""Finding a unit by what is typed: every hit, the exact ones first, on a day."""

from datetime import date

import pytest

from hieuhoc.places import tree
from hieuhoc.places.tests.conftest import NEW, OLD, TODAY

pytestmark = pytest.mark.django_db
FEBRUARY = date(2026, 2, 1)


def found(text, on=TODAY, level=None, under=None):
    above = tree.by_code(under, None, on).unit_id if under else None
    return [(hit.name, hit.code) for hit in tree.find(text, on, level, above)]


@pytest.mark.parametrize(
    ("text", "on", "level", "under", "hits"),
    [
        ("ia bang", OLD, None, None, [("Xã Ia Bang", "23924"), ("Xã Ia Băng", "23719"), ("Xã Ia Băng", "23905")]),
        ("Ia Băng", OLD, None, None, [("Xã Ia Băng", "23719"), ("Xã Ia Băng", "23905"), ("Xã Ia Bang", "23924")]),
        ("IA BANG", TODAY, None, None, [("Xã Ia Băng", "23710")]),
        ("xã ia băng", OLD, None, "632", [("Xã Ia Băng", "23905"), ("Xã Ia Bang", "23924")]),
        ("ia bang, dak doa", OLD, None, None, [("Xã Ia Băng", "23719")]),
        ("Xã Ia Tôr, Gia Lai", TODAY, None, None, [("Xã Ia Tôr", "23908")]),
        ("Ia Tôr, Tỉnh Gia Lai", TODAY, None, None, [("Xã Ia Tôr", "23908")]),
        ("Ia Tôr, 52", TODAY, None, None, [("Xã Ia Tôr", "23908")]),
        ("Ia Tôr, Đắk Lắk", TODAY, None, None, []),
        ("23908", TODAY, None, None, [("Xã Ia Tôr", "23908")]),
        ("52", OLD, "province", None, [("Tỉnh Bình Định", "52")]),
        ("52", NEW, "province", None, [("Tỉnh Gia Lai", "52")]),
        ("vn", TODAY, "nation", None, [("Việt Nam", "VN")]),
        ("dong nai", FEBRUARY, "province", None, [("Tỉnh Đồng Nai", "75")]),
        ("dong nai", TODAY, "province", None, [("Thành phố Đồng Nai", "75")]),
        ("tỉnh đồng nai", TODAY, "province", None, []),
        ("ba ria vung tau", OLD, "province", None, [("Tỉnh Bà Rịa - Vũng Tàu", "77")]),
        ("bắc kạn", TODAY, "province", None, []),
        ("%", TODAY, None, None, []),
        ("", TODAY, None, None, []),
    ],
)
def test_what_is_found(country, text, on, level, under, hits):
    assert found(text, on, level, under) == hits


def test_colliding_names_are_all_shown_the_marks_typed_first(country):
    hits = [name for name, _ in found("Văn Lăng", OLD)]
    assert sorted(set(hits)) == ["Huyện Văn Lãng", "Xã Văn Lang", "Xã Văn Lăng"]
    assert hits[0] == "Xã Văn Lăng"


def test_the_place_of_the_tone_mark_does_not_count(country):
    assert found("Hiệp Hoà", TODAY) == found("Hiệp Hòa", TODAY) != []


def test_exact_hits_come_before_longer_names(country):
    hits = tree.find("gia lai", TODAY)
    assert hits[0].name == "Tỉnh Gia Lai"
    exact = [hit.exact for hit in tree.find("tân", OLD)]
    assert exact == sorted(exact, reverse=True)
    assert len(exact) > 500


def test_words_are_found_from_their_beginning(country):
    assert ("Xã Ia Tôr", "23908") in found("tôr")
    assert found("ôr, Gia Lai") == []


def test_a_limit_keeps_the_best(country):
    assert [hit.name for hit in tree.find("gia", TODAY, limit=3)] == [hit.name for hit in tree.find("gia", TODAY)[:3]]


def test_a_hit_says_where_and_when(country):
    (hit,) = tree.find("23905", OLD)
    assert (hit.parent.code, hit.parent.name) == ("632", "Huyện Chư Prông")
    assert (hit.level, hit.kind, hit.valid_from, hit.valid_to) == ("commune", "xã", None, OLD)


def test_villages_are_found_in_their_commune(ia_tor):
    assert [name for name, _ in found("thôn 1", under="23908")] == ["Thôn 1", "Thôn 10"]
    assert [name for name, _ in found("phu cat, ia tor")] == ["Thôn Phù Cát"]


def test_a_search_takes_two_queries(country, django_assert_num_queries):
    with django_assert_num_queries(2):
        tree.find("tân", TODAY)


def test_codes_are_read_with_their_day(country, django_assert_num_queries):
    with django_assert_num_queries(1):
        held = tree.by_codes(["23905", "23908", "99999"], "commune", OLD)
    assert {code: one.name for code, one in held.items()} == {"23905": "Xã Ia Băng", "23908": "Xã Ia Tôr"}
    assert tree.by_code("23905", "commune", NEW) is None


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("bắc kạn", [("Tỉnh Bắc Kạn", "06"), ("Thành Phố Bắc Kạn", "058")]),
        ("23905", [("Xã Ia Băng", "23905")]),
        ("huyện chư prông", [("Huyện Chư Prông", "632")]),
        ("đồng nai", [("Tỉnh Đồng Nai", "75"), ("Xã Đồng Nai", "25414")]),
        ("zzz", []),
        ("", []),
    ],
)
def test_what_ended_is_named_when_asked(country, text, ended):
    """Đồng Nai of 2025 ended when it took in Bình Phước; the city of today is another unit."""
    assert [(hit.name, hit.code) for hit in tree.find_ended(text, TODAY)] == ended


def test_nothing_has_ended_before_the_first_end(country):
    assert tree.find_ended("bắc kạn", OLD) == []
