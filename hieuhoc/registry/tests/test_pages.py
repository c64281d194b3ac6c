"""The pages of the registry: list, search, record, add, correct, twins; who sees what."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from hieuhoc.audit.models import Entry
from hieuhoc.dossiers.models import State
from hieuhoc.registry import actions
from hieuhoc.registry.models import CitizenNumber, Model, Subject

LIST = reverse("registry:list")


def test_the_list_shows_the_commune_and_nothing_of_the_next(world, browse):
    world.household("Ksor H'Bia")
    world.household("Rơ Mah Tin", place=world.brel)
    page = browse(world.minh).get(LIST).content.decode()
    assert "Ksor H&#x27;Bia" in page and "Rơ Mah Tin" not in page


def test_a_village_recorder_sees_the_own_village_only(world, browse):
    world.household("Ksor H'Bia")
    world.household("Siu Blơn", place=world.phung)
    page = browse(world.ksor).get(LIST).content.decode()
    assert "Ksor H&#x27;Bia" in page and "Siu Blơn" not in page


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("h'bia", True), ("KSOR", True), ("ksor bia", True), ("bia ksor", True), ("hbia", True),
        ("IT01-001", True), ("0905000001", True), ("ksor x", False), ("rơ mah", False), ("%", False),
    ],
)  # fmt: skip
def test_search_needs_no_marks(world, browse, typed, found):
    world.household("Ksor H'Bia", code="IT01-001", phone="0905000001")
    page = browse(world.minh).get(LIST, {"q": typed}).content.decode()
    assert ("IT01-001" in page.split("danh-sach")[-1]) == found


def test_a_citizen_number_finds_its_bearer(world, browse):
    one = world.citizen("Ksor H'Nhi")
    actions.set_citizen_number(one.pk, "064079901204", by=world.minh)
    page = browse(world.minh).get(LIST, {"loai": Model.CITIZEN, "q": "064079901204"}).content.decode()
    assert "Ksor H&#x27;Nhi" in page and "064079901204</" not in page


def test_names_come_in_the_order_of_given_names(world, browse):
    for name in ("Nguyễn Văn Bình", "Trần Thị An", "Lê Đức", "Phạm Thị Dung"):
        world.household(name)
    page = browse(world.minh).get(LIST).content.decode()
    places = [page.index(name) for name in ("Trần Thị An", "Nguyễn Văn Bình", "Phạm Thị Dung", "Lê Đức")]
    assert places == sorted(places)


@pytest.mark.parametrize(("asked", "names"), [("co", ["Ksor Một"]), ("chua", ["Ksor Ba", "Ksor Hai"])])
def test_the_list_is_filtered_by_who_takes_part_this_year(world, browse, asked, names):
    world.dossier(State.DRAFT, world.household("Ksor Một"))
    world.dossier(State.WITHDRAWN, world.household("Ksor Hai"))
    world.household("Ksor Ba")
    page = browse(world.minh).get(LIST, {"dk": asked}).content.decode()
    assert [name for name in ("Ksor Ba", "Ksor Hai", "Ksor Một") if f">{name}<" in page] == names


def test_htmx_gets_the_list_alone(world, browse):
    world.household("Ksor H'Bia")
    part = browse(world.minh).get(LIST, {"q": "bia"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "Ksor H&#x27;Bia" in part


def test_the_list_asks_the_database_a_fixed_number_of_times(world, browse, django_assert_max_num_queries):
    world.round()
    for n in range(60):
        world.household(f"Ksor {n}", code=str(n), place=world.ring if n % 2 else world.phung)
    client = browse(world.minh)
    with django_assert_max_num_queries(16):  # may only fall
        client.get(LIST, {"q": "ksor", "thon": world.ring.pk})


def test_a_province_officer_chooses_a_commune_first(world, browse):
    world.household("Ksor H'Bia")
    page = browse(world.province).get(LIST).content.decode()
    assert f"?xa={world.ia_tor.pk}" in page and f"?xa={world.ia_bang.pk}" not in page
    assert "Ksor H&#x27;Bia" in browse(world.province).get(LIST, {"xa": world.ia_tor.pk}).content.decode()


@pytest.mark.parametrize("asked", ["0", "99999999", "x", "-1"])
def test_a_commune_that_is_not_there_is_not_found(world, browse, asked):
    assert browse(world.minh).get(LIST, {"xa": asked}).status_code == 404


def test_the_workbook_holds_the_filtered_list_and_no_numbers(world, browse):
    one = world.household("=1+1", details={"members": 4})
    actions.set_citizen_number(one.pk, "064079901204", by=world.minh)
    world.household("Siu Blơn", place=world.phung)
    answer = browse(world.minh).get(reverse("registry:export"), {"thon": world.ring.pk})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][:4] == ("STT", "Họ và tên chủ hộ", "Mã hộ", "Thôn/làng")
    assert rows[1][:5] == (1, "'=1+1", None, "Làng Ring", 4) and len(rows) == 2
    assert "064079901204" not in str(rows)


@pytest.mark.parametrize(
    ("person", "status"),
    [("minh", 200), ("ksor", 200), ("hoa", 200), ("inspector", 200), ("lan", 404), ("admin", 404), ("nobody", 404)],
)
def test_who_opens_a_record(world, browse, person, status):
    one = world.household()
    answer = browse(getattr(world, person)).get(reverse("registry:one", args=[one.pk]))
    assert answer.status_code == status


def test_a_look_at_a_person_leaves_a_line_that_the_record_shows(world, browse):
    one = world.citizen()
    page = browse(world.hoa).get(reverse("registry:one", args=[one.pk]))
    entry = Entry.objects.get(verb="registry.look")
    assert (entry.actor, entry.target_id) == (world.hoa, str(one.pk))
    assert "1 lượt xem" in page.content.decode()


def test_a_look_at_an_organisation_leaves_none(world, browse):
    browse(world.minh).get(reverse("registry:one", args=[world.organisation().pk]))
    assert not Entry.objects.filter(verb="registry.look").exists()


def test_the_record_masks_the_number_and_tells_what_happened(world, browse):
    one = world.citizen("Ksor H'Nhi", details={"birth_date": "1959-11-21", "sex": "female", "group": 2})
    actions.set_citizen_number(one.pk, "064079901204", by=world.minh)
    actions.correct(one.pk, name="Ksor H'Nhí", details=one.details | {"sex": "male"}, by=world.minh, reason="Ghi nhầm")
    page = browse(world.minh).get(reverse("registry:one", args=[one.pk])).content.decode()
    assert "•••••••••204" in page and "064079901204" not in page
    assert "21/11/1959" in page and "Người lao động" in page
    assert "Giới tính: Nữ → Nam" in page and "Lý do: Ghi nhầm" in page and "Nguyễn Thị Minh" in page


@pytest.mark.parametrize(
    ("reason", "status", "seen"), [("Đối chiếu giấy tờ", 200, True), ("  ", 422, False), ("", 422, False)]
)
def test_a_number_is_shown_only_for_a_reason(world, browse, reason, status, seen):
    one = world.citizen()
    actions.set_citizen_number(one.pk, "064079901204", by=world.minh)
    answer = browse(world.minh).post(reverse("registry:number", args=[one.pk]), {"reason": reason})
    assert (answer.status_code, "064079901204" in answer.content.decode()) == (status, seen)
    assert Entry.objects.filter(verb="registry.read_citizen_number", reason=reason.strip()).exists() == seen
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("person", ["ksor", "hoa", "province", "inspector"])
def test_who_may_not_see_the_number(world, browse, person):
    one = world.citizen()
    actions.set_citizen_number(one.pk, "064079901204", by=world.minh)
    answer = browse(getattr(world, person)).post(reverse("registry:number", args=[one.pk]), {"reason": "Xem"})
    assert answer.status_code in (403, 404) and "064079901204" not in answer.content.decode()


ADDED = {
    Model.FAMILY: {"name": "Ksor Thu", "code": "IT01-9", "members": "1.234", "phone": "0905 000 001"},
    Model.CLAN: {"name": "Dòng họ Kpuih", "head_name": "Kpuih Blơn", "families": "27"},
    Model.COMMUNITY: {"name": "Làng Ring", "households": "102"},
    Model.ORGANISATION: {"name": "Trường Mầm non", "staff": "14", "learners": ""},
    Model.CITIZEN: {"name": "Rơ Mah Pyưh", "birth_date": "1959", "sex": "male", "group": "3", "cccd": "064059900280"},
}


@pytest.mark.parametrize("model", ADDED)
def test_each_model_is_added_by_hand(world, browse, model):
    answer = browse(world.minh).post(reverse("registry:add", args=[model]), {"place": world.ring.pk} | ADDED[model])
    one = Subject.objects.get(model=model)
    assert answer.status_code == 302 and answer["Location"] == reverse("registry:one", args=[one.pk])
    assert (one.name, one.place_id, one.commune_id) == (ADDED[model]["name"], world.ring.pk, world.ia_tor.pk)


def test_what_is_typed_is_kept_in_the_canonical_form(world, browse):
    client = browse(world.minh)
    client.post(reverse("registry:add", args=[Model.FAMILY]), {"place": world.ring.pk} | ADDED[Model.FAMILY])
    client.post(
        reverse("registry:add", args=[Model.CITIZEN]),
        {"place": world.ring.pk} | ADDED[Model.CITIZEN] | {"birth_date": "21/11/1959"},
    )
    household = Subject.objects.get(model=Model.FAMILY)
    citizen = Subject.objects.get(model=Model.CITIZEN)
    assert (household.details, household.phone) == ({"members": 1234}, "0905000001")
    assert citizen.details == {"birth_date": "1959-11-21", "sex": "male", "group": 3}
    assert CitizenNumber.objects.get(subject=citizen).last_three == "280"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "  ", "Cần ghi mục này"),
        ("members", "nhiều", "Cần một số đếm"),
        ("members", "-1", "Cần một số đếm"),
        ("members", "2,5", "Cần một số đếm"),
        ("phone", "123", "phải có 10 chữ số"),
        ("cccd", "123456", "phải có đúng 12 chữ số"),
        ("place", "0", "không phải là một lựa chọn"),
    ],
)
def test_a_wrong_entry_is_said_and_nothing_typed_is_lost(world, browse, field, typed, said):
    entry = {"place": world.ring.pk, "name": "Ksor Thu", "address": "Nhóm 3"} | {field: typed}
    answer = browse(world.minh).post(reverse("registry:add", args=[Model.FAMILY]), entry)
    page = answer.content.decode()
    assert answer.status_code == 422 and not Subject.objects.exists()
    assert "Nhóm 3" in page and "Chưa lưu được" in page
    assert said in page or field == "place"


@pytest.mark.parametrize("typed", ["31/02/1990", "1800", "3000", "21-11", "hôm qua", "01/01/2999"])
def test_a_day_of_birth_that_cannot_be_is_said(world, browse, typed):
    entry = {"place": world.ring.pk, "name": "Rơ Mah Pyưh", "birth_date": typed}
    answer = browse(world.minh).post(reverse("registry:add", args=[Model.CITIZEN]), entry)
    assert answer.status_code == 422 and "Ngày sinh không đúng" in answer.content.decode()


def test_the_same_household_twice_is_refused_with_a_sentence(world, browse):
    world.household("Ksor Thu", code="IT01-9")
    answer = browse(world.minh).post(
        reverse("registry:add", args=[Model.FAMILY]), {"place": world.ring.pk} | ADDED[Model.FAMILY]
    )
    assert answer.status_code == 422 and "Đã có một mục trùng tên" in answer.content.decode()


def test_a_recorder_adds_to_the_own_village_only(world, browse):
    client = browse(world.ksor)
    for place, made in ((world.phung, False), (world.ia_tor, False), (world.ring, True)):
        client.post(reverse("registry:add", args=[Model.FAMILY]), {"place": place.pk, "name": f"Ksor {place.pk}"})
        assert Subject.objects.filter(place=place).exists() == made


def test_a_correction_needs_a_reason_and_keeps_what_the_form_does_not_show(world, browse):
    one = world.household("Ksor Thu", details={"members": 3, "share_percent": 5})
    address = reverse("registry:correct", args=[one.pk])
    typed = {"name": "Ksor Thủ", "members": "", "adults": "2", "code": ""}
    refused = browse(world.minh).post(address, typed)
    assert refused.status_code == 422 and "Ksor Thủ" in refused.content.decode()
    browse(world.minh).post(address, typed | {"reason": "Ghi nhầm"})
    one.refresh_from_db()
    assert (one.name, one.details) == ("Ksor Thủ", {"share_percent": 5, "adults": 2})


def test_a_subject_moves_is_closed_and_opened_again(world, browse):
    one, client = world.household("Ksor Thu"), browse(world.minh)
    client.post(reverse("registry:move", args=[one.pk]), {"place": world.phung.pk, "reason": "Chuyển nhà"})
    one.refresh_from_db()
    assert one.place == world.phung
    client.post(reverse("registry:close", args=[one.pk]), {"reason": "Chuyển đi"})
    one.refresh_from_db()
    assert one.active_to is not None
    page = client.get(reverse("registry:one", args=[one.pk])).content.decode()
    assert "Nơi ở: Làng Ring → Làng Phung" in page and "Mục này đã đóng" in page
    client.post(reverse("registry:reopen", args=[one.pk]))
    one.refresh_from_db()
    assert one.active_to is None


@pytest.mark.parametrize(("act", "said"), [("close", "Cần ghi lý do"), ("move", "Cần ghi lý do")])
def test_an_act_without_its_reason_shows_the_record_again(world, browse, act, said):
    one = world.household("Ksor Thu")
    answer = browse(world.minh).post(reverse(f"registry:{act}", args=[one.pk]), {"place": world.phung.pk})
    assert answer.status_code == 422 and said in answer.content.decode() and "Ksor Thu" in answer.content.decode()


def test_twins_are_compared_merged_and_taken_apart(world, browse):
    first = world.household("Ksor Thu", details={"members": 3})
    second = world.household("Ksor Thu", code="IT01-2", phone="0905000001")
    client = browse(world.minh)
    assert "Cùng tên, cùng nơi" in client.get(reverse("registry:twins")).content.decode()
    page = client.get(reverse("registry:compare", args=[first.pk, second.pk])).content.decode()
    assert "IT01-2" in page and "hh-differs" in page
    client.post(reverse("registry:merge", args=[first.pk, second.pk]))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.code, first.phone, first.details) == ("IT01-2", "0905000001", {"members": 3})
    assert second.merged_into == first and second.active_to is not None
    client.post(reverse("registry:unmerge", args=[second.pk]))
    first.refresh_from_db()
    assert (first.code, first.phone) == ("", "")


def test_two_that_are_two_are_not_shown_again(world, browse):
    first, second = world.household("Ksor Thu"), world.household("Ksor Thu", code="IT01-2")
    client = browse(world.minh)
    client.post(reverse("registry:distinct", args=[second.pk, first.pk]))
    assert "Không thấy cặp nào" in client.get(reverse("registry:twins")).content.decode()


def test_twins_are_not_for_recorders_and_not_for_neighbours(world, browse):
    first, second = world.household("Ksor Thu"), world.household("Ksor Thu", code="IT01-2")
    assert browse(world.ksor).get(reverse("registry:twins")).status_code == 403
    for person in (world.ksor, world.lan, world.province):
        answer = browse(person).post(reverse("registry:merge", args=[first.pk, second.pk]))
        assert answer.status_code == 404
    assert not Subject.objects.exclude(merged_into=None).exists()


def test_the_record_names_its_groups_members_and_years(world, browse):
    household, person = world.household("Ksor Thu"), world.citizen("Ksor H'Nhi")
    world.member(person, household, role="person")
    world.dossier(State.RECOGNISED, household)
    page = browse(world.minh).get(reverse("registry:one", args=[household.pk])).content.decode()
    assert "Ksor H&#x27;Nhi" in page and "người trong hộ" in page and "Được công nhận" in page
    page = browse(world.minh).get(reverse("registry:one", args=[person.pk])).content.decode()
    assert "Ksor Thu" in page and "Chưa đăng ký năm nào" in page


def test_a_stranger_is_sent_to_the_door(world, browse):
    one = world.household()
    for address in (LIST, reverse("registry:one", args=[one.pk]), reverse("registry:add"), reverse("registry:twins")):
        assert browse().get(address).status_code == 302


def test_closed_subjects_are_listed_apart(world, browse):
    world.household("Ksor Còn")
    world.household("Ksor Đi", active_to=date(2026, 1, 1))
    client = browse(world.minh)
    assert "Ksor Đi" not in client.get(LIST).content.decode()
    page = client.get(LIST, {"dong": "1"}).content.decode()
    assert "Ksor Đi" in page and "Ksor Còn" not in page


def test_a_withdrawal_of_another_year_does_not_count_for_this_one(world, browse):
    one = world.household("Ksor Thu")
    world.dossier(State.WITHDRAWN, one, round=world.round(2025))
    world.dossier(State.DRAFT, one, round=world.round(2026))
    assert ">Ksor Thu<" in browse(world.minh).get(LIST, {"dk": "co"}).content.decode()
