"""What the commune does with what met, what is double, what was refused; and a box brought as a file."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.common.ids import uuid7
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.models import Dossier, Evidence
from hieuhoc.field import boxfile, queries, settling
from hieuhoc.field.models import Envelope
from hieuhoc.field.tests.phones import Phone
from hieuhoc.field.tests.test_gate import picture
from hieuhoc.rounds.models import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def met(world):
    """An answer of the office (50) and one of the phone (10) that met; the phone's envelope and the dossier."""
    dossier = world.dossier()
    dossiers.answer(dossier.pk, {"T-1": 50}, by=world.minh)
    phone = Phone(world.ksor, world.ring, world.round())
    body = phone.answers(dossier.subject, "T-1", 10, said_by="Chủ hộ")
    phone.sends(body)
    return Envelope.objects.get(made_id=body["id"]), dossier, phone, body


def stands(dossier):
    """The answer that stands."""
    dossier.refresh_from_db()
    return dossier.answers.get("T-1", {}).get("value")


def test_the_phones_answer_is_taken_by_a_person_and_taken_back(world, met):
    one, dossier, _, _ = met
    settling.choose(one, True, by=world.minh, because="Đã gọi hỏi gia đình")
    assert stands(dossier) == 10 and dossier.answers["T-1"]["said_by"] == "Ksor H'Lung"
    one.refresh_from_db()
    assert (one.settlement, one.settled_by, one.settled_because) == ("taken", world.minh, "Đã gọi hỏi gia đình")
    settling.undo(one, by=world.minh)
    assert stands(dossier) == 50
    assert [entry.verb for entry in Entry.objects.filter(verb__startswith="field.").order_by("pk")] == [
        "field.settle", "field.unsettle",
    ]  # fmt: skip


def test_the_answer_that_is_there_is_kept_and_what_the_phone_wrote_before_it_knew_meets_it_again(world, met):
    one, dossier, phone, body = met
    settling.choose(one, False, by=world.minh)
    assert stands(dossier) == 50
    with pytest.raises(settling.Refused, match="đã có người xử lý"):
        settling.choose(one, True, by=world.minh)
    assert phone.sends(phone.follows(dossier.subject, "T-1", 30, body)) == [("conflict", "follows_conflict")]
    assert stands(dossier) == 50
    assert phone.sends(phone.answers(dossier.subject, "T-1", 30, 1, 50)) == [("applied", "")]  # it knows by now


def test_a_choice_that_something_stands_on_is_not_taken_back(world, met):
    one, dossier, _, _ = met
    settling.choose(one, True, by=world.minh)
    dossiers.answer(dossier.pk, {"T-1": 20}, by=world.minh)
    with pytest.raises(settling.Refused, match="sửa tiếp"):
        settling.undo(Envelope.objects.get(pk=one.pk), by=world.minh)


def test_an_earlier_answer_of_the_same_phone_goes_with_the_last(world, met):
    _, dossier, phone, body = met
    last = phone.follows(dossier.subject, "T-1", 12, body)
    assert phone.sends(last) == [("conflict", "follows_conflict")]
    settling.choose(Envelope.objects.get(made_id=last["id"]), True, by=world.minh)
    assert stands(dossier) == 12 and not Envelope.objects.filter(settlement="").exists()


def test_a_choice_is_of_what_its_maker_saw_and_its_undo_of_what_the_choice_made(world, browse, met):
    one, dossier, phone, _ = met
    phone.sends(phone.answers(dossier.subject, "T-1", 33, 1, 50))  # the head saw 50 and corrected it
    page = browse(world.minh).get(reverse("field:table")).content.decode()
    assert "Giữ 33" in page and "Lấy 10" in page
    with pytest.raises(settling.Refused, match="sửa tiếp"):
        settling.choose(one, True, by=world.minh, seen=1)
    assert stands(dossier) == 33
    settling.choose(one, True, by=world.minh, seen=2)
    assert stands(dossier) == 10
    settling.undo(Envelope.objects.get(pk=one.pk), by=world.minh)
    assert stands(dossier) == 33


def test_an_answer_cleared_and_written_anew_is_not_undone_by_its_number(world, met):
    one, dossier, _, _ = met
    settling.choose(one, True, by=world.minh)
    for value in (None, 7, 8):
        dossiers.answer(dossier.pk, {"T-1": value}, by=world.minh)
    assert dossier.__class__.objects.get(pk=dossier.pk).answers["T-1"]["rev"] == 2
    with pytest.raises(settling.Refused, match="sửa tiếp"):
        settling.undo(Envelope.objects.get(pk=one.pk), by=world.minh)


def test_a_later_answer_of_the_phone_stays_open_when_an_earlier_one_is_chosen(world, met):
    one, dossier, phone, body = met
    last = phone.follows(dossier.subject, "T-1", 12, body)
    phone.sends(last)
    settling.choose(one, True, by=world.minh)
    assert Envelope.objects.get(made_id=last["id"]).settlement == "" and stands(dossier) == 10


def test_what_was_seen_while_it_was_held_is_written_all_the_same_when_its_base_comes(world):
    phone, house = Phone(world.ksor, world.ring, world.round()), world.household()
    answer = phone.answers(house, "T-1", 45)
    phone.sends(answer)
    settling.read(Envelope.objects.get(), by=world.minh)
    phone.sends(phone.makes("register", house))
    assert stands(Dossier.objects.get()) == 45
    assert Envelope.objects.get(made_id=answer["id"]).settlement == ""


def test_an_account_out_of_reach_is_not_named_by_a_file(world):
    phone = Phone(world.province, world.ring, world.round())
    with pytest.raises(boxfile.Refused, match="tài khoản nào"):
        boxfile.take(box_of(phone), by=world.minh)


@pytest.mark.parametrize("person", ["ksor", "hoa", "lan", "province", "nobody"])
def test_only_who_verifies_there_settles(world, met, person):
    with pytest.raises(Forbidden):
        settling.choose(met[0], True, by=getattr(world, person))


def test_a_question_stands_on_the_phone_until_it_is_settled(world, met):
    one = met[0]
    settling.ask(one, "Hộ này được 10 hay 50 điểm?", by=world.minh)
    told = queries.pull(world.ksor, world.ring.pk, "", queries.places_of(world.ksor))["questions"]
    assert [(q["text"], q["by"]) for q in told] == [("Hộ này được 10 hay 50 điểm?", "Nguyễn Thị Minh")]
    settling.choose(Envelope.objects.get(pk=one.pk), False, by=world.minh)
    assert queries.pull(world.ksor, world.ring.pk, "", queries.places_of(world.ksor))["questions"] == []


def test_an_answer_to_a_question_is_shown_with_the_question(world, browse, met):
    one, _, phone, body = met
    settling.ask(one, "Hộ này được 10 hay 50 điểm?", by=world.minh)
    phone.sends(phone.makes("note", text="Được 10 điểm.", question=body["id"]))
    page = browse(world.minh).get(reverse("field:table") + "?xem=note").content.decode()
    assert "Trả lời câu hỏi «Hộ này được 10 hay 50 điểm?»: Được 10 điểm." in page


@pytest.mark.parametrize("joined", [True, False])
def test_a_double_household_is_that_one_or_another(world, joined):
    there, made = world.household("Ksor H'Bia"), str(uuid7())
    phone = Phone(world.ksor, world.ring, world.round())
    house = phone.makes("subject", made, model="FAMILY", name="Ksor H'Bia")
    phone.sends(house, phone.makes("register", made), phone.answers(made, "T-1", 45))
    one = Envelope.objects.get(made_id=house["id"])
    if joined:
        settling.join(one, by=world.minh)
    else:
        with pytest.raises(settling.Refused, match="mã hộ"):
            settling.separate(one, " ", by=world.minh)
        settling.separate(one, "012", by=world.minh)
    dossier = Dossier.objects.get()
    assert str(dossier.subject_id) == (str(there.pk) if joined else made) and stands(dossier) == 45
    assert not Envelope.objects.filter(outcome="held").exists()
    assert phone.sends(phone.answers(made, "T-2", 40)) == [("applied", "")]  # the phone goes on with the id it knows


def box_of(phone, *bodies, photos=None):
    """A box as the page writes it to a file."""
    person = {"id": phone.person.pk, "name": phone.person.full_name}
    return json.dumps({
        "v": 1, "file": "hieuhoc-hop", "person": person, "box": str(uuid7()), "envelopes": bodies,
        "photos": photos or {},
    }).encode()  # fmt: skip


def test_a_box_brought_as_a_file_is_taken_in_once_with_its_photos(world):
    phone, dossier, photo, data = Phone(world.ksor, world.ring, world.round()), world.dossier(), str(uuid7()), picture()
    kept = {photo: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest(),
                    "base64": base64.b64encode(data).decode()}}  # fmt: skip
    bodies = [phone.answers(dossier.subject, "T-1", 45), phone.makes("photo", dossier.subject, key="T-1", photo=photo)]
    phone.sends(bodies[0])
    box = box_of(phone, *bodies, photos=kept)
    assert boxfile.take(box, by=world.minh).outcomes == {"duplicate": 1, "applied": 1}
    assert boxfile.take(box, by=world.minh).outcomes == {"duplicate": 2}
    assert Evidence.objects.get().added_by == world.minh
    assert stands(dossier) == 45


def test_who_brought_a_box_answers_for_it_and_who_wrote_it_is_named(world):
    phone, dossier = Phone(world.ksor, world.ring, world.round()), world.dossier()
    ended = (date(2025, 7, 1), date(2025, 7, 2))  # the village head has left office long ago; the officer vouches
    world.ksor.posts.update(valid=ended)
    boxfile.take(box_of(phone, phone.answers(dossier.subject, "T-1", 45)), by=world.minh)
    dossier.refresh_from_db()
    assert (dossier.answers["T-1"]["by"], dossier.answers["T-1"]["said_by"]) == (world.minh.pk, "Ksor H'Lung")
    one = Envelope.objects.get()
    assert (one.person, one.brought_by) == (world.ksor, world.minh)


def test_a_box_of_another_commune_writes_nothing(world):
    phone = Phone(world.ksor, world.ring, world.round())
    box = box_of(phone, phone.answers(world.dossier().subject, "T-1", 45))
    with pytest.raises(boxfile.Refused, match="tài khoản nào"):
        boxfile.take(box, by=world.lan)
    assert Dossier.objects.get().answers == {}


@pytest.mark.parametrize("data", [
    b"", b"x", b"[]", b"{}", b'{"file":"hieuhoc-hop"}', b'{"file":"hieuhoc-hop","envelopes":[],"v":2}',
    b'{"file":"hieuhoc-hop","envelopes":[],"v":1,"person":{"id":"x"}}',
])  # fmt: skip
def test_what_is_no_box_gets_one_sentence(world, data):
    with pytest.raises(boxfile.Refused):
        boxfile.take(data, by=world.minh)


def test_the_page_lists_what_waits_chooses_and_undoes(world, browse, met, django_assert_max_num_queries):
    client = browse(world.minh)
    client.get(reverse("field:table"))
    with django_assert_max_num_queries(18):  # may only fall
        page = client.get(reverse("field:table"))
    text = page.content.decode()
    assert "Đang có trong hồ sơ" in text and "Nguyễn Thị Minh" in text and "Ksor H&#x27;Lung (lời: Chủ hộ)" in text
    client.post(reverse("field:settle", args=[met[0].made_id]), {"act": "take", "xem": "conflict"})
    assert stands(met[1]) == 10
    client.post(reverse("field:undo", args=[met[0].made_id]))
    assert stands(met[1]) == 50
    assert "Từ thực địa" in client.get("/viec-can-lam/").content.decode()
    assert client.get(reverse("field:table") + "?xem=all&excel=1").content[:2] == b"PK"


def test_a_file_dropped_on_the_page_says_what_it_brought(world, browse):
    phone, dossier = Phone(world.ksor, world.ring, world.round()), world.dossier()
    file = SimpleUploadedFile("hop.json", box_of(phone, phone.answers(dossier.subject, "T-1", 45)))
    page = browse(world.minh).post(reverse("field:take_file"), {"file": file}, follow=True)
    assert "Hộp việc của Ksor H&#x27;Lung: 1 việc đã ghi." in page.content.decode()


def waiting(world):
    """How many answers met and how many notes nobody has read, as the board asks it."""
    round_ = Round.objects.annotate(**queries.waiting_of(world.minh)).get()
    return round_.met, round_.unread


def test_notes_and_refusals_of_a_page_are_marked_as_seen_at_once(world, browse):
    phone = Phone(world.ksor, world.ring, world.round())
    phone.sends(*(phone.makes("note", text=f"Lời {n}") for n in range(3)))
    ids = [str(one) for one in Envelope.objects.values_list("made_id", flat=True)]
    assert waiting(world) == (0, 3)
    browse(world.minh).post(reverse("field:seen"), {"id": [*ids, "x"], "xem": "note"})
    assert waiting(world) == (0, 0)
