"""The places' pages as people meet them: finding, reading, and acts shown first and done when confirmed."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.utils.timezone import localdate

from hieuhoc.audit.models import Entry
from hieuhoc.places import tree
from hieuhoc.places.models import Unit
from hieuhoc.registry.models import Model, Subject

BASIS = "Nghị quyết 12/NQ-HĐND ngày 1/8/2026"


@pytest.fixture
def minh(world, browse):
    return browse(world.minh)


@pytest.fixture
def typed():
    """What the form of an act asks beside its own fields."""
    return {"day": localdate().isoformat(), "legal_basis": BASIS, "reason": ""}


def text(response):
    return response.content.decode()


def names(world):
    return [one.name for one in tree.children(world.ia_tor.pk, localdate())]


def test_the_catalogue_is_found_without_marks(world, minh):
    page = text(minh.get("/dia-ban/", {"q": "ia tor, gia lai"}))
    assert "Xã Ia Tôr, Tỉnh Gia Lai" in page
    assert f"/dia-ban/{world.ia_tor.pk}/" in page


def test_nothing_typed_shows_the_provinces(world, minh):
    assert "Tỉnh Gia Lai" in text(minh.get("/dia-ban/"))


def test_nothing_found_says_what_to_try(minh):
    assert "Không có đơn vị nào khớp" in text(minh.get("/dia-ban/", {"q": "zzz"}))


@pytest.mark.parametrize("day", ["30/6/2025", "2025-06-30"])
def test_the_day_counts(world, minh, day):
    assert "Không có đơn vị nào khớp vào ngày 30/06/2025" in text(minh.get("/dia-ban/", {"q": "ia tor", "ngay": day}))


def test_lists_go_to_excel(world, minh):
    import python_calamine

    def rows(address, **given):
        answer = minh.get(address, given)
        assert "spreadsheetml" in answer["Content-Type"]
        return python_calamine.CalamineWorkbook.from_object(BytesIO(answer.content)).get_sheet_by_index(0).to_python()

    found = [cell for row in rows("/dia-ban/xuat/", q="ia tor") for cell in row]
    assert "Xã Ia Tôr, Tỉnh Gia Lai" in found
    assert "23908" in found
    world.household()
    assert [row[1:] for row in rows(f"/dia-ban/{world.ia_tor.pk}/thon/xuat/")][-2:] == [
        ["Làng Phung", "23908-002", 0, 0], ["Làng Ring", "23908-001", 1, 0],
    ]  # fmt: skip


@pytest.mark.parametrize("given", [{"ngay": "hôm qua"}, {"cap": "xóm"}, {"q": "%_'\"<script>"}])
def test_odd_questions_are_answered(world, minh, given):
    response = minh.get("/dia-ban/", {"q": "ia"} | given)
    assert response.status_code == 200
    assert "<script>" not in text(response).replace('<script src="', "")


def test_a_unit_says_what_it_is_and_stands_under(world, minh):
    page = text(minh.get(f"/dia-ban/{world.ia_tor.pk}/"))
    for words in ("Xã Ia Tôr", "Mã 23908", "Tỉnh Gia Lai", "Làng Ring", "Thôn của xã", "01/07/2025"):
        assert words in page


def test_a_unit_before_its_time_says_so(world, minh):
    page = text(minh.get(f"/dia-ban/{world.ia_tor.pk}/", {"ngay": "2025-06-30"}))
    assert "Ngày 30/06/2025 không có đơn vị này" in page
    assert "Có từ ngày 01/07/2025" in page


@pytest.mark.parametrize("address", ["/dia-ban/999999/", "/dia-ban/999999/thon/", "/dia-ban/999999/doi-ten/"])
def test_an_unknown_unit_is_absent(minh, address):
    assert minh.get(address).status_code == 404


ACTS = ["thon", "thon/xuat", "thon/them", "doi-ten", "tach", "dong", "nhap", "bo"]


@pytest.mark.parametrize("who", ["hoa", "ksor", "lan", "province", "inspector", "nobody"])
def test_others_do_not_find_the_acts(world, browse, who):
    client = browse(getattr(world, who))
    for act in ACTS:
        unit = world.ia_tor if act in ("thon", "thon/xuat", "thon/them", "nhap") else world.ring
        assert client.get(f"/dia-ban/{unit.pk}/{act}/").status_code == 404
    assert client.get("/dia-ban/").status_code == 200


def test_the_commune_itself_is_not_the_officers_to_change(world, minh, browse):
    for act in ("doi-ten", "dong", "chuyen"):
        assert minh.get(f"/dia-ban/{world.ia_tor.pk}/{act}/").status_code == 404
        assert browse(world.admin).get(f"/dia-ban/{world.ia_tor.pk}/{act}/").status_code == 200


def test_villages_show_what_lives_there(world, minh):
    world.household()
    page = text(minh.get(f"/dia-ban/{world.ia_tor.pk}/thon/"))
    assert "Làng Ring" in page
    assert f"/dia-ban/{world.phung.pk}/bo/" in page
    assert f"/dia-ban/{world.ring.pk}/bo/" not in page


def test_villages_are_added_by_name(world, minh):
    answer = minh.post(f"/dia-ban/{world.ia_tor.pk}/thon/them/", {"names": "Thôn 3\r\n\r\nthôn  12\nLàng Ring\n"})
    assert answer.status_code == 302
    assert names(world) == ["Thôn 3", "Thôn 12", "Làng Phung", "Làng Ring"]
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["Đã ghi thêm 2 thôn."]
    assert Entry.objects.filter(verb="places.open", actor=world.minh).count() == 1


def test_a_rename_is_shown_first_and_done_when_confirmed(world, minh, typed):
    address = f"/dia-ban/{world.ring.pk}/doi-ten/"
    given = typed | {"name": "Ring Mới", "kind": "làng"}
    page = minh.post(address, given)
    assert "làng Ring (23908-001) đổi thành Làng Ring Mới" in text(page)
    assert tree.name_of(world.ring.pk, localdate()) == "Làng Ring"
    assert 'value="Ring Mới"' in text(minh.post(address, given | {"edit": "1"}))
    assert minh.post(address, given | {"confirm": "1"}).status_code == 302
    assert tree.name_of(world.ring.pk, localdate()) == "Làng Ring Mới"
    assert tree.name_of(world.ring.pk, localdate() - timedelta(days=1)) == "Làng Ring"


def test_two_villages_become_one_and_what_lives_there_follows(world, minh, typed):
    here = world.household("Ksor H'Bia", place=world.ring)
    there = world.household("Ksor H'Bia", place=world.phung)
    community = world.subject(Model.COMMUNITY, "Làng Ring", place=world.ring)
    ended = world.household("Đã chuyển đi", place=world.ring, active_to=localdate())
    form = text(minh.get(f"/dia-ban/{world.ia_tor.pk}/nhap/", {"don-vi": [world.ring.pk, world.phung.pk]}))
    assert form.count("checked") == 2
    given = typed | {"units": [world.ring.pk, world.phung.pk], "name": "Ring Phung", "kind": "làng"}
    page = text(minh.post(f"/dia-ban/{world.ia_tor.pk}/nhap/", given))
    assert "Đang ghi ở đó: 2 hộ." in page
    assert "1 nhiệm vụ được giao ở đó cần giao lại" in page
    assert minh.post(f"/dia-ban/{world.ia_tor.pk}/nhap/", given | {"confirm": "1"}).status_code == 302
    assert names(world) == ["Làng Ring Phung"]
    new = tree.children(world.ia_tor.pk, localdate()).get().unit_id
    places = dict(Subject.objects.values_list("pk", "place_id"))
    assert (places[here.pk], places[there.pk]) == (new, new)
    assert (places[community.pk], places[ended.pk]) == (world.ring.pk, world.ring.pk)
    community.refresh_from_db()
    assert community.active_to == localdate()
    keys = set(Subject.objects.filter(pk__in=[here.pk, there.pk]).values_list("natural_key", flat=True))
    assert len(keys) == 2
    assert f"{new}|" in "".join(keys)
    assert Entry.objects.filter(verb__in=["places.merge", "registry.rehome"]).count() == 2


def test_a_village_with_households_is_not_closed_into_nothing(world, minh, typed):
    household = world.household()
    address = f"/dia-ban/{world.ring.pk}/dong/"
    refused = minh.post(address, typed | {"into": "", "confirm": "1"})
    assert refused.status_code == 422
    assert "Còn 1 mục trong Danh sách ghi ở đây" in text(refused)
    assert minh.post(address, typed | {"into": world.phung.pk, "confirm": "1"}).status_code == 302
    household.refresh_from_db()
    assert household.place_id == world.phung.pk
    assert names(world) == ["Làng Phung"]


def test_an_empty_village_is_closed(world, minh, typed):
    assert minh.post(f"/dia-ban/{world.ring.pk}/dong/", typed | {"into": "", "confirm": "1"}).status_code == 302
    assert "Thôn không còn" in text(minh.get(f"/dia-ban/{world.ia_tor.pk}/thon/"))


def test_a_village_is_split_and_the_first_takes_the_rest(world, minh, typed):
    household = world.household()
    given = typed | {"parts": "Làng Ring 1\nLàng Ring 2", "confirm": "1"}
    assert minh.post(f"/dia-ban/{world.ring.pk}/tach/", given).status_code == 302
    household.refresh_from_db()
    assert tree.name_of(household.place_id, localdate()) == "Làng Ring 1"
    assert names(world) == ["Làng Phung", "Làng Ring 1", "Làng Ring 2"]


def test_a_part_leaves_and_the_rest_stays(world, minh, typed):
    household = world.household()
    given = typed | {"parts": "Làng Ring 2", "keep": "on"}
    hidden = text(minh.post(f"/dia-ban/{world.ring.pk}/tach/", given))
    assert 'name="keep" value="True"' in hidden
    minh.post(f"/dia-ban/{world.ring.pk}/tach/", given | {"keep": "True", "confirm": "1"})
    household.refresh_from_db()
    assert household.place_id == world.ring.pk
    assert names(world) == ["Làng Phung", "Làng Ring", "Làng Ring 2"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"legal_basis": ""}, "Cần ghi mục này"),
        ({"legal_basis": "  "}, "Cần ghi mục này"),
        ({"name": "Làng Phung"}, "đã có làng Phung"),
        ({"day": (date.today() + timedelta(days=3)).isoformat()}, "chưa đến"),
        ({"day": "2025-01-01"}, "cấp"),
    ],
)
def test_a_refused_act_keeps_what_was_typed(world, minh, typed, given, said):
    given = typed | {"name": "Ring Mới", "kind": "làng", "day": given.get("day", typed["day"])} | given
    if given["day"] == "2025-01-01":
        said = "có từ ngày 01/07/2025"
    answer = minh.post(f"/dia-ban/{world.ring.pk}/doi-ten/", given | {"confirm": "1"})
    assert answer.status_code == 422
    assert said in text(answer)
    assert f'value="{given["name"]}"' in text(answer)
    assert tree.name_of(world.ring.pk, localdate()) == "Làng Ring"


def test_a_correction_changes_what_was_written_not_the_place(world, minh):
    version = tree.version_on(world.ring.pk, localdate())
    address = f"/dia-ban/{world.ring.pk}/dinh-chinh/?giai-doan={version.pk}"
    given = {"name": "Làng Rinh", "kind": "làng", "code": "23908-001", "first_day": "2025-07-01", "legal_basis": ""}
    assert minh.post(address, given | {"reason": ""}).status_code == 422
    assert minh.post(address, given | {"reason": "Gõ nhầm"}).status_code == 302
    assert tree.name_of(world.ring.pk, date(2025, 7, 1)) == "Làng Rinh"
    page = text(minh.get(f"/dia-ban/{world.ring.pk}/"))
    assert "Làng Ring → Làng Rinh" in page
    assert "Gõ nhầm" in page


def test_a_foreign_version_is_not_corrected_here(world, minh):
    version = tree.version_on(world.brel.pk, localdate())
    assert minh.get(f"/dia-ban/{world.ring.pk}/dinh-chinh/?giai-doan={version.pk}").status_code == 404
    assert minh.get(f"/dia-ban/{world.ring.pk}/dinh-chinh/?giai-doan=x").status_code == 404


def test_a_village_entered_by_mistake_goes(world, minh):
    minh.post(f"/dia-ban/{world.ia_tor.pk}/thon/them/", {"names": "Thôn 3"})
    made = tree.find("thôn 3", localdate())[0].unit_id
    assert minh.post(f"/dia-ban/{made}/bo/", {"reason": "Gõ nhầm"}).status_code == 302
    assert not Unit.objects.filter(pk=made).exists()


def test_communes_merge_with_everything_in_them(world, browse, typed):
    """By somebody with the right at the province; households and organisations follow into the new commune."""
    boss = world.user("boss", "administrator", world.gia_lai)
    household, school = world.household(), world.organisation()
    given = typed | {"units": [world.ia_tor.pk, world.ia_bang.pk], "name": "Ia Tôr Băng", "kind": "xã", "code": "23999"}
    client = browse(boss)
    assert "4 nhiệm vụ" in text(client.post(f"/dia-ban/{world.gia_lai.pk}/nhap/", given))
    assert client.post(f"/dia-ban/{world.gia_lai.pk}/nhap/", given | {"confirm": "1"}).status_code == 302
    new = tree.by_code("23999", "commune", localdate()).unit_id
    household.refresh_from_db()
    school.refresh_from_db()
    assert (household.place_id, household.commune_id) == (world.ring.pk, new)
    assert (school.place_id, school.commune_id) == (new, new)
    page = text(client.get(f"/dia-ban/{world.ia_tor.pk}/"))
    assert "Nay là" in page
    assert "Xã Ia Tôr Băng (23999)" in page


def test_a_village_moves_to_another_commune_with_its_people(world, browse, typed):
    boss = world.user("boss", "administrator", world.gia_lai)
    household = world.household()
    client = browse(boss)
    address = f"/dia-ban/{world.ring.pk}/chuyen/"
    assert "Không có đơn vị nào mang mã này" in text(client.post(address, typed | {"parent": "99999"}))
    assert client.post(address, typed | {"parent": "23710", "confirm": "1"}).status_code == 302
    household.refresh_from_db()
    assert (household.place_id, household.commune_id) == (world.ring.pk, world.ia_bang.pk)


def test_nobody_moves_a_village_into_a_foreign_commune(world, minh, typed):
    answer = minh.post(f"/dia-ban/{world.ring.pk}/chuyen/", typed | {"parent": "23710", "confirm": "1"})
    assert answer.status_code == 403
    assert tree.is_below(world.ring.pk, world.ia_tor.pk, localdate())


def test_history_is_for_those_who_may_read_the_log(world, browse, typed):
    browse(world.minh).post(
        f"/dia-ban/{world.ring.pk}/doi-ten/", typed | {"name": "Ring Mới", "kind": "làng", "confirm": "1"}
    )
    address = f"/dia-ban/{world.ring.pk}/"
    assert "Làng Ring → Làng Ring Mới" in text(browse(world.minh).get(address))
    assert BASIS in text(browse(world.inspector).get(address))
    assert "Lịch sử" not in text(browse(world.lan).get(address))


def test_a_list_of_villages_takes_few_queries(world, minh, django_assert_max_num_queries):
    minh.post(f"/dia-ban/{world.ia_tor.pk}/thon/them/", {"names": "\n".join(f"Thôn {n}" for n in range(1, 31))})
    with django_assert_max_num_queries(16):
        assert text(minh.get(f"/dia-ban/{world.ia_tor.pk}/thon/")).count("hh-choice") == 32
