"""The officers' side: the panel beside a dossier, taking over, the lists, papers, the workbook."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.recognition.rules import show_code
from hieuhoc.registry import actions as registry
from hieuhoc.selfassessment import actions
from hieuhoc.selfassessment.keys import paper_code, token_of
from hieuhoc.selfassessment.models import Link, SelfAssessment
from hieuhoc.selfassessment.tests.conftest import answered, at, day, headed, link, poster

QUERIES = 17


def panel(browse, person, dossier):
    return browse(person).get(reverse("selfassessment:beside", args=[dossier.pk])).content.decode()


def values(dossier):
    dossier.refresh_from_db()
    return {key: one["value"] for key, one in dossier.answers.items()}


def test_beside_a_dossier_stands_what_the_subject_says_and_nothing_where_there_is_nothing(world, browse):
    made = link(world)
    dossier = Dossier.objects.get()
    assert panel(browse, world.inspector, dossier).strip() == ""
    assert "Đã có đường dẫn" in panel(browse, world.minh, dossier)
    answered(Client(), made)
    seen = panel(browse, world.inspector, dossier)
    assert "Tự chấm bằng đường dẫn" in seen and "chưa phải điểm của hồ sơ" in seen and "Lấy" not in seen
    Dossier.objects.update(state=State.PROPOSED, frozen_at="2026-11-01T00:00Z")
    assert "Lấy" not in panel(browse, world.minh, dossier)


def test_a_withdrawn_self_assessment_is_beside_no_dossier(world, browse):
    client, made = Client(), link(world)
    answered(client, made)
    client.post(at(made, "withdraw"))
    assert panel(browse, world.inspector, Dossier.objects.get()).strip() == ""


def test_the_empty_ones_are_taken_at_once_and_say_who_said_it(world, browse):
    answered(Client(), link(world))
    dossier = Dossier.objects.get()
    dossiers.answer(dossier.pk, {"T-1": 10}, by=world.minh)
    browse(world.minh).post(reverse("selfassessment:take", args=[dossier.pk]))
    assert values(dossier) == {"T-1": 10, "T-2": 40}
    assert dossier.answers["T-2"]["said_by"] == "Tự chấm" and dossier.answers["T-2"]["by"] == world.minh.pk
    assert Entry.objects.get(verb="selfassessment.take_over").after == {"taken": ["T-2"]}
    page = browse(world.minh).get(reverse("dossiers:one", args=[dossier.pk])).content.decode()
    assert page.count("Theo: Tự chấm") == 1
    assert SelfAssessment.objects.get().taken_at


def test_one_is_taken_over_what_stood_there_but_not_over_what_came_since(world, browse):
    answered(Client(), link(world))
    dossier = Dossier.objects.get()
    dossiers.answer(dossier.pk, {"T-1": 10}, by=world.minh)
    take = reverse("selfassessment:take", args=[dossier.pk])
    late = browse(world.minh).post(take, {"key": "T-1", "seen": "7"}, follow=True).content.decode()
    assert "người khác vừa ghi ô này là 10" in late and values(dossier) == {"T-1": 10}
    browse(world.minh).post(take, {"key": "T-1", "seen": "10"})
    assert values(dossier) == {"T-1": 45}


@pytest.mark.parametrize(("key", "said"), [("X", "không có chỉ số"), ("T-2", "Không có câu trả lời tự chấm")])
def test_what_was_not_answered_is_not_taken(world, browse, key, said):
    answered(Client(), link(world), **{"T-2": ""})
    take = reverse("selfassessment:take", args=[Dossier.objects.get().pk])
    assert said in browse(world.minh).post(take, {"key": key}, follow=True).content.decode()
    assert values(Dossier.objects.get()) == {}


def test_a_locked_dossier_takes_nothing_over(world):
    answered(Client(), link(world))
    Dossier.objects.update(state=State.NOT_RECOGNISED)
    refused = actions.take_over(Dossier.objects.get().pk, {"T-1": None}, by=world.minh)
    assert "không sửa được" in refused["T-1"] and not SelfAssessment.objects.get().taken_at


def test_taking_over_is_for_who_writes_dossiers(world):
    answered(Client(), link(world))
    with pytest.raises(Forbidden):
        actions.take_over(Dossier.objects.get().pk, {"T-1": None}, by=world.inspector)


def test_what_was_taken_over_stays_in_the_dossier_after_a_withdrawal(world):
    client, made = Client(), link(world)
    answered(client, made)
    dossier = Dossier.objects.get()
    actions.take_over(dossier.pk, {"T-1": None, "T-2": None}, by=world.minh)
    assert "phần đó ở lại hồ sơ" in client.get(at(made, "withdraw")).content.decode()
    client.post(at(made, "withdraw"))
    assert values(dossier) == {"T-1": 45, "T-2": 40} and SelfAssessment.objects.get().answers == {}


def test_a_recorder_sees_the_links_of_the_village_only(world, browse):
    link(world), link(world, world.household("Rơ Châm Pok", place=world.phung))
    page = reverse("selfassessment:list", args=[world.round().pk]) + "?xem=duong-dan"
    seen = {who: browse(getattr(world, who)).get(page).content.decode() for who in ("minh", "ksor")}
    assert "Rơ Châm Pok" in seen["minh"] and "Rơ Châm Pok" not in seen["ksor"] and "H&#x27;Bia" in seen["ksor"]


@pytest.mark.parametrize("view", ["duong-dan", "tu-cham"])
def test_the_lists_ask_as_much_for_many_as_for_few(world, browse, view, django_assert_max_num_queries):
    for n in range(12):
        answered(Client(), link(world, world.household(f"Hộ {n}")))
    client = browse(world.minh)
    address = reverse("selfassessment:list", args=[world.round().pk]) + f"?xem={view}"
    client.get(address)
    with django_assert_max_num_queries(QUERIES):
        assert client.get(address).content.decode().count('scope="row"') == 12


def test_the_form_makes_slips_for_all_who_registered_in_a_village(world, browse):
    for name in ("Siu Blưh", "Rơ Châm Pok"):
        world.dossier(subject=world.household(name))
    world.household("Chưa Đăng Ký")
    given = {
        "kind": "each",
        "model": "FAMILY",
        "place": world.ring.pk,
        "way": "code",
        "expires_on": f"{day():%d/%m/%Y}",
    }
    page = browse(world.ksor).post(reverse("selfassessment:make", args=[world.round().pk]), given, follow=True)
    assert "Đã làm 2 đường dẫn mới." in page.content.decode()
    assert set(Link.objects.values_list("subject__name", flat=True)) == {"Siu Blưh", "Rơ Châm Pok"}
    again = browse(world.minh).post(reverse("selfassessment:make", args=[world.round().pk]), given, follow=True)
    assert "2 đường dẫn đã có được gia hạn" in again.content.decode()


def test_the_form_says_what_cannot_be(world, browse):
    world.household()
    given = {"kind": "poster", "place": world.ring.pk, "way": "birth_year", "expires_on": f"{day():%d/%m/%Y}"}
    make = reverse("selfassessment:make", args=[world.round().pk])
    for more, said in (
        ({"model": "CLAN"}, "Mô hình này không có năm sinh"),
        ({"model": "FAMILY"}, "chưa có năm sinh của ai ở đây"),
        ({"model": "FAMILY", "expires_on": "1/1/2020"}, "Ngày hết hạn phải từ hôm nay"),
        ({"model": "FAMILY", "place": world.brel.pk}, "Lựa chọn này không có"),
    ):
        page = browse(world.minh).post(make, given | more)
        assert page.status_code == 422 and said in page.content.decode()


def printed(answer) -> str:
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_the_papers_show_names_codes_and_numbers_and_the_print_is_logged(world, browse):
    made = [link(world, world.household(f"Ksor Hộ {n}")) for n in range(9)]
    answer = browse(world.minh).post(reverse("selfassessment:print", args=[world.round().pk]), {"all": "1"})
    text = printed(answer)
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 2
    for one in made:
        assert paper_code(one.pk, one.subject_id) in text and show_code(token_of(one.pk)) in text
    entry = Entry.objects.get(verb="selfassessment.print")
    assert (entry.after, entry.actor) == ({"links": 9}, world.minh)


def test_a_poster_names_nobody_unless_each_has_a_code(world, browse):
    headed(world, "Ksor H'Bia", "1970")
    made, printer = poster(world), browse(world.minh)
    sheet = reverse("selfassessment:print", args=[world.round().pk])
    assert "H'Bia" not in printed(printer.post(sheet, {"id": [made.pk]}))
    poster(world, way="code")
    text = printed(printer.post(sheet, {"id": [made.pk]}))
    assert "Ksor H'Bia" in text and "quét mã" in text.lower()


def test_revoked_links_are_not_printed(world, browse):
    made = link(world)
    actions.revoke(made.pk, by=world.minh, reason="Sai")
    sheet = reverse("selfassessment:print", args=[made.round_id])
    page = browse(world.minh).post(sheet, {"id": [made.pk]}, follow=True)
    assert "Chưa có phiếu nào để in." in page.content.decode()


def test_the_workbooks_hold_the_lists_and_nothing_that_opens_a_link(world, browse):
    made = link(world)
    answered(Client(), made)
    for view, expected in (("duong-dan", "Đã mở"), ("tu-cham", "Đang làm")):
        answer = browse(world.minh).get(reverse("selfassessment:export", args=[made.round_id]), {"xem": view})
        rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert "Ksor H'Bia" in rows[1] and expected in rows[1]
        assert not any(
            token_of(made.pk) in str(cell) or cell == paper_code(made.pk, made.subject_id) for cell in rows[1]
        )


def test_a_link_is_revoked_from_the_list_and_the_toast_takes_it_back(world, browse):
    made, client = link(world), browse(world.minh)
    page = client.post(reverse("selfassessment:revoke", args=[made.pk]), {"reason": "Mất phiếu"}, follow=True)
    undo = reverse("selfassessment:restore", args=[made.pk])
    assert "Đã thu hồi đường dẫn" in page.content.decode() and f'action="{undo}"' in page.content.decode()
    client.post(undo)
    assert Link.objects.get().revoked_at is None
    assert (
        "cần ghi lý do" in client.post(reverse("selfassessment:revoke", args=[made.pk]), follow=True).content.decode()
    )


def test_a_subject_with_a_link_is_not_simply_taken_out_of_the_registry(world):
    where = {"place_id": world.ring.pk, "commune_id": world.ia_tor.pk}
    subject = registry.add("FAMILY", name="Thêm Nhầm", details={}, by=world.minh, **where)
    link(world, subject, register=False)
    with pytest.raises(registry.Refused, match="Không hoàn tác được"):
        registry.undo_add(subject.pk, by=world.minh, reason="Nhầm")


def test_a_link_for_one_is_made_from_the_dossier(world, browse):
    dossier = world.dossier()
    given = {"way": "code", "expires_on": f"{day():%d/%m/%Y}"}
    page = browse(world.minh).post(reverse("selfassessment:make_one", args=[dossier.pk]), given, follow=True)
    assert "Đã làm 1 đường dẫn mới." in page.content.decode() and "Ksor H&#x27;Bia" in page.content.decode()


def test_an_officer_withdraws_for_whoever_comes_and_asks(world, browse):
    held = answered(Client(), link(world))
    address = reverse("selfassessment:withdraw_for", args=[held.pk])
    assert "ai yêu cầu" in browse(world.minh).post(address, follow=True).content.decode()
    assert SelfAssessment.objects.get().answers
    browse(world.ksor).post(address, {"reason": "Bà H'Bia đến xã ngày 2/12"})
    assert SelfAssessment.objects.get().answers == {}
    entry = Entry.objects.get(verb="selfassessment.withdraw")
    assert (entry.actor, entry.reason) == (world.ksor, "Bà H'Bia đến xã ngày 2/12")


def test_slips_for_the_whole_commune_leave_out_who_withdrew(world, browse):
    world.dossier(subject=world.household("Siu Blưh"))
    world.dossier(subject=world.household("Rơ Châm Pok", place=world.phung))
    world.dossier(State.WITHDRAWN, world.household("Đã Rút"))
    given = {"kind": "each", "model": "FAMILY", "place": world.ia_tor.pk, "way": "code"}
    given["expires_on"] = f"{day():%d/%m/%Y}"
    browse(world.minh).post(reverse("selfassessment:make", args=[world.round().pk]), given)
    assert set(Link.objects.values_list("subject__name", flat=True)) == {"Siu Blưh", "Rơ Châm Pok"}


def test_a_poster_for_nobody_is_refused(world):
    with pytest.raises(actions.Refused, match="không có ai của mô hình này"):
        poster(world, way="code")
