"""Dividing a commune on the page: the parts, which village goes where, the effects, and only then the act."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from hieuhoc.audit.models import Entry
from hieuhoc.places import tree
from hieuhoc.registry.models import Model

BASIS = "Nghị quyết 21/NQ-HĐND ngày 3/9/2026"


@pytest.fixture
def boss(world, browse):
    return browse(world.user("boss", "administrator", world.gia_lai))


@pytest.fixture
def parts():
    """Step one: two communes in place of Ia Tôr, the second under its old code."""
    return {
        "name1": "Ia Tôr Đông", "kind1": "xã", "code1": "24001",
        "name2": "Ia Tôr Tây", "kind2": "xã", "code2": "23908",
        "day": localdate().isoformat(), "legal_basis": BASIS, "reason": "Địa bàn rộng",
    }  # fmt: skip


@pytest.fixture
def shared(world, parts):
    """Step two: Ring to the first part, Phung to the second, which follows by default."""
    return parts | {"share": "1", f"to{world.ring.pk}": "0", f"to{world.phung.pk}": "1", "default": "1"}


def text(response):
    return response.content.decode()


def address(unit):
    return f"/dia-ban/{unit.pk}/tach/"


def standing(world):
    return [row.name for row in tree.children(world.gia_lai.pk, localdate())]


def test_the_page_of_a_commune_offers_the_division_to_who_may(world, boss, browse):
    assert address(world.ia_tor) in text(boss.get(f"/dia-ban/{world.ia_tor.pk}/"))
    assert address(world.ia_tor) not in text(browse(world.minh).get(f"/dia-ban/{world.ia_tor.pk}/"))
    assert browse(world.minh).get(address(world.ia_tor)).status_code == 404


def test_the_nation_is_not_divided(world, browse):
    assert browse(world.user("top", "administrator", world.viet_nam)).get(address(world.viet_nam)).status_code == 404


def test_after_the_parts_each_village_is_asked_for(world, boss, parts):
    world.household()
    page = text(boss.post(address(world.ia_tor), parts))
    for said in ("Bước 2/3", "Làng Ring", "1 hộ, 0 công dân", "Làng Phung", "Xã Ia Tôr Đông", "Phần kế thừa mặc định"):
        assert said in page
    assert "checked" not in page


def test_nothing_is_assumed_of_a_village(world, boss, shared):
    left = {key: value for key, value in shared.items() if key != f"to{world.phung.pk}"}
    answer = boss.post(address(world.ia_tor), left | {"confirm": "1"})
    assert answer.status_code == 422
    assert "Cần chọn một phần" in text(answer)
    assert "Làng Phung" in text(answer)
    assert standing(world) == ["Xã Ia Băng", "Xã Ia Tôr"]


def test_the_effects_are_shown_before_anything_is_written(world, boss, shared):
    world.household()
    world.citizen(place=world.phung)
    page = text(boss.post(address(world.ia_tor), shared))
    for said in ("Bước 3/3", "tách ra xã Ia Tôr Đông (24001), xã Ia Tôr Tây (23908)", "1 hộ, 0 công dân",
                 "0 hộ, 1 công dân", "Danh hiệu và số liệu đã có vẫn đứng tên xã Ia Tôr"):  # fmt: skip
        assert said in page
    assert standing(world) == ["Xã Ia Băng", "Xã Ia Tôr"]
    assert not Entry.objects.filter(verb="places.split").exists()


def test_villages_and_what_lives_there_follow_their_part(world, boss, shared):
    household, school = world.household(), world.organisation()
    away, clan = world.household("Rơ Châm Brel", place=world.phung), world.subject(Model.CLAN, place=world.ia_tor)
    assert boss.post(address(world.ia_tor), shared | {"confirm": "1"}).status_code == 302
    assert standing(world) == ["Xã Ia Băng", "Xã Ia Tôr Đông", "Xã Ia Tôr Tây"]
    east, west = (tree.by_code(code, "commune", localdate()).unit_id for code in ("24001", "23908"))
    for one in (household, school, away, clan):
        one.refresh_from_db()
    assert (household.place_id, household.commune_id) == (world.ring.pk, east)
    assert (away.place_id, away.commune_id) == (world.phung.pk, west)
    assert {(one.place_id, one.commune_id) for one in (school, clan)} == {(west, west)}
    entry = Entry.objects.get(verb="places.split")
    assert (entry.reason, entry.after["legal_basis"]) == ("Địa bàn rộng", BASIS)
    page = text(boss.get(f"/dia-ban/{world.ia_tor.pk}/"))
    assert "Nay là" in page
    assert "Địa bàn rộng" in page
    assert "mặc định" in page


def test_a_part_leaves_and_the_commune_goes_on(world, boss, parts):
    household = world.household()
    given = parts | {"keep": "on", "name2": "", "code2": "", "share": "1", f"to{world.ring.pk}": "0"}
    page = text(boss.post(address(world.ia_tor), given))
    assert "ở lại xã Ia Tôr" in page
    assert "Phần kế thừa mặc định" not in page
    given |= {f"to{world.phung.pk}": "giu"}
    assert boss.post(address(world.ia_tor), given | {"confirm": "1"}).status_code == 302
    household.refresh_from_db()
    assert tree.name_of(household.commune_id, localdate()) == "Xã Ia Tôr Đông"
    assert tree.is_below(world.phung.pk, world.ia_tor.pk, localdate())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name2": "", "code2": ""}, "Cần ít nhất hai phần"),
        ({"name2": ""}, "Có mã mà chưa có tên"),
        ({"code1": ""}, "Cần ghi mã theo danh mục"),
        ({"legal_basis": ""}, "Cần ghi mục này"),
        ({"day": "31/02/2026"}, "Ngày"),
        ({"day": (localdate() + timedelta(days=2)).isoformat()}, "chưa đến"),
        ({"name1": "A" * 10_000}, "ký tự"),
        ({"code1": "23710"}, "đang là của xã Ia Băng"),
        ({"name1": "Ia Băng"}, "đã có xã Ia Băng"),
        ({"day": "2025-07-01"}, "Đúng ngày 01/07/2025"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(world, boss, shared, given, said):
    typed = shared | given
    answer = boss.post(address(world.ia_tor), typed | {"confirm": "1"})
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'value="Ia Tôr Tây"' in text(answer) or not typed["name2"]
    assert standing(world) == ["Xã Ia Băng", "Xã Ia Tôr"]


def test_going_back_keeps_what_was_chosen(world, boss, shared):
    assert text(boss.post(address(world.ia_tor), shared | {"again": "1"})).count("checked") == 3
    page = text(boss.post(address(world.ia_tor), shared | {"edit": "1"}))
    assert "Bước 1/3" in page
    assert 'value="Ia Tôr Đông"' in page


def test_done_twice_is_refused_with_a_sentence(world, boss, shared):
    assert boss.post(address(world.ia_tor), shared | {"confirm": "1"}).status_code == 302
    answer = boss.post(address(world.ia_tor), shared | {"confirm": "1"})
    assert answer.status_code == 422
    assert "Đúng ngày" in text(answer) or "không còn" in text(answer)
    assert standing(world) == ["Xã Ia Băng", "Xã Ia Tôr Đông", "Xã Ia Tôr Tây"]


def test_words_of_a_script_stay_words(world, boss, parts):
    page = text(boss.post(address(world.ia_tor), parts | {"name1": "<script>alert(1)</script>"}))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("given", [{"name1": "A" * 200}, {"code2": "1" * 30}])
def test_a_field_is_told_one_thing_at_a_time(world, boss, parts, given):
    answer = text(boss.post(address(world.ia_tor), parts | given))
    assert "Cần ít nhất hai phần" not in answer
    assert "Cần ghi mã" not in answer
