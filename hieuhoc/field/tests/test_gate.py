"""What a phone's script asks over the wire: who is let in, what is no receipt, photos in pieces."""

from __future__ import annotations

import hashlib
import io
import json

import pytest
from django.urls import reverse
from PIL import Image

from hieuhoc.common.ids import uuid7
from hieuhoc.dossiers.models import Evidence
from hieuhoc.field.models import Envelope, Photo
from hieuhoc.field.tests.phones import Phone

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Hieuhoc-Field": "1"}


@pytest.fixture
def calls(browse):
    """``calls(person).get("lay/?place=1")``: what the script of a person's phone gets as JSON, with its status."""

    def of(person):
        client = browse(person)

        def ask(method, path, body=b"", **more):
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            answer = client.generic(
                method, f"/thuc-dia/{path}", data, content_type="application/json", headers=SCRIPT | more
            )
            return answer.status_code, answer.json()

        return ask

    return of


def picture(size=(640, 480), **more):
    """A photo as a phone takes it, with a place among its data."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (13.0, 57.0, 9.0)
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG", exif=exif, **more)
    return out.getvalue()


def put(ask, photo, data, start=0, stop=None, **more):
    """Send a piece of a photo."""
    told = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()} | more
    query = "&".join(f"{key}={value}" for key, value in told.items())
    return ask("PUT", f"anh/{photo}/?from={start}&{query}", data[start:stop])


def test_without_the_header_of_the_script_nothing_is_let_in(world, browse):
    client = browse(world.ksor)
    assert [client.get(reverse("field:pull")).status_code, client.post(reverse("field:send")).status_code] == [400, 400]


def test_a_stranger_is_told_to_sign_in_and_nothing_is_a_receipt(world, calls):
    status, told = calls(None)("POST", "gui/", {"v": 1, "envelopes": [{"id": str(uuid7())}]})
    assert (status, told["code"], told["v"]) == (401, "sign_in", 1) and "receipts" not in told
    assert not Envelope.objects.exists()


@pytest.mark.parametrize("person", ["hoa", "province", "national", "inspector", "admin", "nobody", "province_approver"])
def test_who_writes_nowhere_pulls_nothing(world, calls, person):
    status, told = calls(getattr(world, person))("GET", "lay/")
    assert (status, told["code"]) == (403, "no_post")


def test_a_phone_pulls_its_own_village_and_no_other(world, calls):
    world.dossier(subject=world.household("Ksor An"))
    world.household("Siu Blơn", place=world.phung)
    ask = calls(world.ksor)
    status, told = ask("GET", f"lay/?place={world.ring.pk}")
    assert (status, [one["name"] for one in told["subjects"]]) == (200, ["Ksor An"])
    assert [one["name"] for one in told["places"]] == ["Làng Ring"]
    for place in (world.phung, world.brel, world.ia_bang):
        assert ask("GET", f"lay/?place={place.pk}")[0] == 403


def test_a_box_of_somebody_else_is_not_taken_for_who_is_signed_in(world, calls):
    body = {"v": 1, "envelopes": [Phone(world.ksor, world.ring, world.round()).makes("note", text="x")]}
    status, told = calls(world.minh)("POST", "gui/", body, **{"X-Hieuhoc-Person": str(world.ksor.pk)})
    assert (status, told["code"], told["person"]["id"]) == (409, "other_person", world.minh.pk)
    assert not Envelope.objects.exists()
    assert calls(world.ksor)("POST", "gui/", body, **{"X-Hieuhoc-Person": str(world.ksor.pk)})[0] == 200


def test_a_villages_phone_stays_signed_in_and_an_office_does_not(world, browse):
    for person, days in ((world.ksor, 14), (world.minh, 0)):
        client = browse(person)
        answer = client.get(reverse("field:pull"), headers=SCRIPT)
        assert answer.status_code == 200
        assert round(client.session.get_expiry_age() / 86_400) in (days, round(0.5)), person
        assert bool(answer.cookies.get("sessionid")) == bool(days)


def test_a_pull_is_sent_compressed(world, browse):
    for n in range(20):
        world.household(f"Ksor {n}")
    answer = browse(world.ksor).get(reverse("field:pull"), headers=SCRIPT | {"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"


def test_a_version_the_server_does_not_know_is_told_and_nothing_taken(world, calls):
    status, told = calls(world.ksor)("POST", "gui/", {"v": 9, "envelopes": [{"id": str(uuid7())}]})
    assert (status, told["code"]) == (409, "upgrade") and not Envelope.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"v":1}', b'{"v":1,"envelopes":{}}', b'{"v":1,"envelopes":[1]}',
                                  b'{"v":1,"envelopes":' + b"[" * 100_000])  # fmt: skip
def test_half_a_body_is_no_delivery(world, calls, body):
    status, told = calls(world.ksor)("POST", "gui/", body)
    assert (status, told["code"]) == (400, "unreadable")


def test_a_photo_comes_in_pieces_goes_on_where_it_stopped_and_loses_its_place(world, calls):
    phone, ask = Phone(world.ksor, world.ring, world.round()), calls(world.ksor)
    house, photo, data = world.dossier().subject, str(uuid7()), picture()
    letter = phone.makes("photo", house, photo=photo, key="T-1", note="Góc học tập")
    assert phone.sends(letter) == [("held", "no_photo")]
    assert put(ask, photo, data, 0, 50_000) == (200, {"v": 1, "have": 50_000, "done": False, "refused": ""})
    assert put(ask, photo, data, 0, 50_000)[1] == {"v": 1, "code": "offset", "have": 50_000}
    assert ask("GET", f"anh/{photo}/")[1]["have"] == 50_000
    assert put(ask, photo, data, 50_000)[1]["done"] is True
    assert put(ask, photo, data, 50_000)[1]["done"] is True  # its answer was lost, it is sent again
    evidence = Evidence.objects.get()
    assert (evidence.indicator, evidence.note, evidence.added_by) == ("T-1", "Góc học tập", world.ksor)
    kept = Image.open(io.BytesIO(__import__("hieuhoc.files.store", fromlist=["store"]).read(evidence.file)))
    assert not dict(kept.getexif())
    assert Envelope.objects.get().outcome == "applied"
    assert phone.sends(phone.makes("drop_photo", house, after=letter["id"])) == [("applied", "")]
    assert not Evidence.objects.filter(removed_at=None).exists()


def test_a_photo_taken_before_the_withdrawal_is_kept_though_its_bytes_come_after(world, calls):
    phone, ask = Phone(world.ksor, world.ring, world.round()), calls(world.ksor)
    house, before, after = world.dossier().subject, str(uuid7()), str(uuid7())
    sent = phone.sends(phone.makes("photo", house, photo=before), phone.makes("withdraw", house, reason="Chuyển đi"))
    assert sent == [("held", "no_photo"), ("applied", "")]
    put(ask, before, picture())
    assert Envelope.objects.get(kind="photo").outcome == "applied" and Evidence.objects.count() == 1
    put(ask, after, picture())
    assert phone.sends(phone.makes("photo", house, photo=after)) == [("refused", "not_possible")]


def test_bytes_that_are_not_what_was_sent_are_begun_anew(world, calls):
    ask, photo, data = calls(world.ksor), str(uuid7()), picture()
    status, told = put(ask, photo, data[:-1] + b"x", sha256=hashlib.sha256(data).hexdigest())
    assert (status, told["have"], told["done"]) == (200, 0, False) and Photo.objects.get().have == 0
    assert put(ask, photo, data)[1]["done"] is True


def test_what_is_no_photo_is_refused_with_its_envelope(world, calls):
    phone, ask = Phone(world.ksor, world.ring, world.round()), calls(world.ksor)
    photo = str(uuid7())
    letter = phone.makes("photo", world.dossier().subject, photo=photo)
    assert "Không nhận" in put(ask, photo, b"<html>" * 50)[1]["refused"]
    assert phone.sends(letter) == [("refused", "photo_refused")]


@pytest.mark.parametrize("query", ["", "?from=0", "?from=-1&size=5", "?from=0&size=99999999999", "?from=0&size=0",
                                   "?from=0&size=9999999&sha256=" + "a" * 64, "?from=0&size=5&sha256=x"])  # fmt: skip
def test_a_piece_that_says_nothing_sensible_is_refused(world, calls, query):
    assert calls(world.ksor)("PUT", f"anh/{uuid7()}/{query}", b"12345")[0] in (400, 422)


def test_a_photo_belongs_to_who_sent_it(world, calls):
    photo, data = str(uuid7()), picture()
    put(calls(world.ksor), photo, data, 0, 1000)
    foreign = calls(world.lan)
    assert foreign("GET", f"anh/{photo}/")[1]["have"] == 0
    assert put(foreign, photo, data, 1000)[0] == 422
    whole = Phone(world.lan, world.brel, world.round(place=world.ia_bang))
    put(calls(world.ksor), photo, data, 1000)
    next_door = world.dossier(subject=world.household("Rơ Mah Tin", place=world.brel)).subject
    assert whole.sends(whole.makes("photo", next_door, photo=photo)) == [("refused", "not_yours")]


def test_numbers_of_another_script_are_no_place(world, calls):
    assert calls(world.ksor)("GET", "lay/?place=²")[0] == 200  # no place said: the person's own
    assert calls(world.ksor)("GET", "lay/?place=99999999999999999999")[0] == 200


@pytest.mark.parametrize("day", ["21/11/1990", "2026-13-40", "1990"])
def test_a_day_of_birth_as_it_was_typed_does_not_break_the_officers_table(world, browse, day):
    phone, made = Phone(world.ksor, world.ring, world.round()), str(uuid7())
    phone.sends(phone.makes("subject", made, model="CITIZEN", name="Ksor H'Nhi", details={"birth_date": day}))
    for tab in ("all", "refused", "conflict"):
        assert browse(world.minh).get(reverse("field:table") + f"?xem={tab}").status_code == 200
