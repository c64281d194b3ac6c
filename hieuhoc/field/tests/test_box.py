"""The box on the phone in Chromium: what was done is kept, whoever is at the phone, and sent once it has a network."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from hieuhoc.dossiers.models import Dossier, Evidence
from hieuhoc.field import actions, boxfile
from hieuhoc.field.models import Envelope, Photo
from hieuhoc.field.tests.phone_browser import SEND, SENT, answered, give, in_box, picture
from hieuhoc.field.views import phone as views
from hieuhoc.field.views import shell
from hieuhoc.registry.models import Subject
from tests.browser import shot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_what_was_done_offline_survives_the_death_of_the_browser_and_arrives(village, phone):
    handset = phone(village.ksor)
    page = handset.cut_off()
    give(page, village.bia, "GD-1.2", 7)
    page.set_input_files("[id='photo-GD-1.2']", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    page.wait_for_selector(".thumbs img")
    handset.look("#/them/FAMILY", wait="#name")
    page.fill("#name", "Rơ Châm Út")
    page.fill("#members", "5")
    page.click("#save")
    page.click("[id='i-GD-1.1-9']")
    page.wait_for_selector("[id='i-GD-1.1-9'][aria-pressed=true]")
    handset.kill()

    page = handset.open(wait="#rows a")
    page.wait_for_selector("text=▲ 5 việc chưa gửi")
    assert page.locator("#rows a").count() == 4
    assert not Subject.objects.filter(name="Rơ Châm Út").exists()
    handset.sign_in(village.ksor)
    handset.look(SEND, wait="#send").click("#send")
    page.wait_for_selector(SENT)
    assert in_box(page, village.ksor) == []
    assert answered(village.bia) == {"GD-1.1": 8, "GD-1.2": 7}
    new = Subject.objects.get(name="Rơ Châm Út")
    assert (new.place, new.details["members"], answered(new)) == (village.ring, 5, {"GD-1.1": 9})
    assert Photo.objects.get().size <= 300 * 1024
    assert Evidence.objects.filter(dossier__subject=village.bia, indicator="GD-1.2").count() == 1


LOGIN_PAGE = {"status": 200, "content_type": "text/html", "body": "<html>Đăng nhập Wi-Fi</html>"}
NOT_RECEIPTS = {
    "a login page": (LOGIN_PAGE, "Mạng này chưa tới được máy chủ"),
    "a broken server": ({"status": 500, "content_type": "text/html", "body": "lỗi"}, "Máy chủ đang bận hoặc gặp lỗi"),
    "json of another server": ({"status": 200, "json": {"ok": True}}, "Mạng này chưa tới được máy chủ"),
    "receipts for other envelopes": (
        {"status": 200, "json": {"v": 1, "receipts": [{"id": "x", "outcome": "applied"}]}},
        "việc chưa gửi",
    ),
    "an outcome it does not know": (None, "việc chưa gửi"),
    "a newer server": ({"status": 409, "json": {"v": 1, "code": "upgrade", "message": "…"}}, "Trang đã cũ"),
    "no post": ({"status": 403, "json": {"v": 1, "code": "no_post", "message": "…"}}, "chưa được giao ghi"),
    "unreadable": (
        {"status": 400, "json": {"v": 1, "code": "unreadable", "message": "Không đọc được"}},
        "Không đọc được",
    ),
    "signed out": ({"status": 401, "json": {"v": 1, "code": "sign_in", "message": "…"}}, "Đăng nhập lại để gửi"),
}


def _answer(answer: dict[str, Any], route: Any) -> None:
    route.fulfill(**answer)


def test_nothing_but_a_receipt_empties_the_box(village, phone):
    handset = phone(village.ksor, background=False)
    page = handset.visit()
    handset.offline()
    give(page, village.bia, "GD-1.2", 7)
    kept = in_box(page, village.ksor)
    for name, (told, sentence) in NOT_RECEIPTS.items():
        strange = {"v": 1, "receipts": [{"id": kept[0]["id"], "outcome": "sao-chep"}]}
        answer = told or {"status": 200, "json": strange}
        handset.start().route("**/thuc-dia/gui/", partial(_answer, answer))
        handset.offline(False)
        handset.look(SEND, wait="#send:not(:disabled)").click("#send")
        page.wait_for_selector("#send:not(:disabled)")
        expect(page.locator("body")).to_contain_text(sentence)
        assert in_box(page, village.ksor) == kept, name
        page.wait_for_selector("text=▲ 1 việc chưa gửi")
        handset.start().unroute("**/thuc-dia/gui/")
    assert Envelope.objects.count() == 0
    page.click("#send")
    page.wait_for_selector(SENT)
    assert answered(village.bia)["GD-1.2"] == 7


def test_a_lost_receipt_makes_a_duplicate_that_is_done_once(village, phone):
    handset = phone(village.ksor, background=False)
    page = handset.visit()

    def lose(route):
        route.fetch()
        route.abort()

    handset.start().route("**/thuc-dia/gui/", lose)
    give(page, village.bia, "GD-1.2", 7)
    handset.look(SEND, wait="#send:not(:disabled)")
    page.wait_for_selector("text=Chưa có mạng")
    assert len(in_box(page, village.ksor)) == 1 and answered(village.bia)["GD-1.2"] == 7
    handset.start().unroute("**/thuc-dia/gui/")
    give(page, village.bia, "GD-1.2", 6)  # the former was tried: a new envelope that names it
    assert [one.get("after") for one in in_box(page, village.ksor)] == [None, in_box(page, village.ksor)[0]["id"]]
    handset.look(SEND, wait="#send:not(:disabled)").click("#send")
    page.wait_for_selector(SENT)
    assert answered(village.bia)["GD-1.2"] == 6
    assert Dossier.objects.get(subject=village.bia).answers["GD-1.2"]["rev"] == 2


def test_signed_out_it_says_so_and_the_way_back_leads_here(village, phone):
    handset = phone(village.ksor, background=False)
    page = handset.visit()
    handset.sign_out()
    give(page, village.bia, "GD-1.2", 7)
    link = page.locator("#head a", has_text="Đăng nhập")
    link.wait_for()
    assert link.get_attribute("href") == "/tai-khoan/dang-nhap/?next=%2Fthuc-dia%2F"
    assert len(in_box(page, village.ksor)) == 1


def test_two_people_on_one_phone_have_two_boxes(village, phone):
    other = village.user("rcom-lan", "village_recorder", village.ring, full_name="Rơ Com Lan")
    handset = phone(village.ksor, background=False)
    page = handset.visit()
    handset.offline()
    give(page, village.bia, "GD-1.2", 7)
    handset.sign_in(other)
    handset.offline(False)
    handset.look(SEND, wait="#send:not(:disabled)").click("#send")
    page.click("#other-box")
    page.wait_for_selector("text=Rơ Com Lan")
    page.wait_for_selector(SENT)
    assert (len(in_box(page, village.ksor)), in_box(page, other)) == (1, [])
    assert Envelope.objects.count() == 0
    give(page, village.bia, "GD-1.3", 5)
    page.wait_for_selector(SENT)
    assert {one.person for one in Envelope.objects.all()} == {other}
    handset.sign_in(village.ksor)
    page.reload()
    page.click("#other-box")
    page.wait_for_selector("text=Ksor H'Lung")
    page.wait_for_selector(SENT)
    assert answered(village.bia) == {"GD-1.1": 8, "GD-1.2": 7, "GD-1.3": 5}


def test_a_pin_locks_the_box_and_leaving_with_unsent_work_asks_first(village, phone):
    handset = phone(village.ksor)
    page = handset.open("#/hop", wait="#set-pin")
    page.wait_for_selector(SENT)
    page.fill("#pin", "12")
    page.click("#set-pin")
    page.wait_for_selector("text=Mã PIN gồm 4 đến 6 chữ số.")
    page.fill("#pin", "2468")
    page.click("#set-pin")
    page.click("#lock")
    shot(page, "field-lock")
    page.fill("#pin", "1111")
    page.click("#unlock")
    page.wait_for_selector("text=Mã PIN không đúng.")
    page.reload()
    page.fill("#pin", "2468")
    page.click("#unlock")
    page.wait_for_selector("#send")
    handset.offline()
    give(page, village.bia, "GD-1.2", 7)
    handset.look(SEND, wait="#ask-leave").click("#ask-leave")
    page.wait_for_selector("text=Còn 1 việc chưa gửi. Đăng xuất không làm mất việc")
    shot(page, "field-leave")
    page.click("#leave")
    page.wait_for_selector("text=Hộp của ai?")
    shot(page, "field-people")
    page.click(f"#person-{village.ksor.pk}")
    page.fill("#pin", "2468")
    page.click("#unlock")
    page.wait_for_selector("text=▲ 1 việc chưa gửi")


def test_a_photo_goes_on_where_it_stopped(village, phone):
    handset = phone(village.ksor, background=False)
    page = handset.visit()
    asked: list[str] = []

    def break_off(route):
        asked.append(re.findall(r"from=(\d+)", route.request.url)[0])
        route.continue_() if len(asked) < 3 else route.abort()

    handset.start().route("**/thuc-dia/anh/*/?from=*", break_off)
    page.evaluate("to => { location.hash = to }", f"#/muc/{village.bia.pk}")
    page.set_input_files("[id='photo-GD-1.2']", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    page.wait_for_selector("text=▲ 1 việc chưa gửi")
    handset.look(SEND, wait="text=Chưa có mạng")
    assert asked[:3] == ["0", "65536", "131072"] and set(asked[3:]) <= {"131072"} and Photo.objects.get().have == 131072
    asked.clear()
    handset.start().unroute("**/thuc-dia/anh/*/?from=*")
    page.on("request", lambda one: asked.extend(re.findall(r"anh/.*from=(\d+)", one.url)))
    page.click("#send")
    page.wait_for_selector(SENT)
    assert asked[0] == "131072"
    assert Evidence.objects.filter(dossier__subject=village.bia, indicator="GD-1.2").count() == 1


def test_a_photo_that_is_with_the_commune_is_taken_back(village, phone):
    handset = phone(village.ksor)
    page = handset.visit()
    page.evaluate("to => { location.hash = to }", f"#/muc/{village.bia.pk}")
    for _ in range(2):
        page.set_input_files("[id='photo-GD-1.2']", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()})
        page.wait_for_selector(SENT)
    page.wait_for_selector("text=Gỡ ảnh đã gửi (2)")
    handset.kill()
    handset.sign_in(village.ksor)
    page = handset.open(f"#/muc/{village.bia.pk}", wait="text=Gỡ ảnh đã gửi (2)")
    page.wait_for_selector(SENT)
    handset.offline()
    page.click("text=Gỡ ảnh đã gửi (2)")
    page.click("text=Gỡ >> nth=1")
    page.wait_for_selector("text=Gỡ ảnh đã gửi (1)")
    assert Evidence.objects.filter(removed_at=None).count() == 2
    handset.offline(False)
    page.wait_for_selector(SENT)
    assert Evidence.objects.filter(removed_at=None).count() == 1 and Evidence.objects.count() == 2
    page.reload()
    page.wait_for_selector("text=Gỡ ảnh đã gửi (1)")


def test_the_box_as_a_file_is_what_would_have_been_sent(village, phone):
    handset = phone(village.ksor)
    page = handset.visit()
    handset.offline()
    give(page, village.bia, "GD-1.2", 7)
    page.set_input_files("[id='photo-GD-1.2']", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    page.wait_for_selector(".thumbs img")
    handset.look(SEND, wait="#file")
    with page.expect_download() as coming:
        page.click("#file")
    assert re.fullmatch(r"hop-thuc-dia-[\d-]+\.json", coming.value.suggested_filename)
    told = json.loads(coming.value.path().read_text())
    assert (told["v"], told["file"], told["person"]["id"]) == (1, "hieuhoc-hop", village.ksor.pk)
    assert told["envelopes"] == in_box(page, village.ksor) and len(told["envelopes"]) == 2
    (photo,) = told["photos"].items()
    sent = base64.b64decode(photo[1]["base64"])
    assert (photo[0], len(sent)) == (told["envelopes"][1]["photo"], photo[1]["size"])
    assert hashlib.sha256(sent).hexdigest() == photo[1]["sha256"] == told["envelopes"][1]["sha256"]
    assert len(sent) <= 300 * 1024 and not Image.open(io.BytesIO(sent)).getexif()
    taken = boxfile.take(coming.value.path().read_bytes(), by=village.minh)
    assert (taken.person, taken.outcomes, taken.photos, taken.problems) == (village.ksor, {"applied": 2}, 1, ())
    handset.offline(False)
    page.wait_for_selector(SENT)  # what came by the file is a duplicate now, and nothing is written twice
    assert Envelope.objects.count() == 2 == len(told["envelopes"])
    assert Evidence.objects.filter(dossier__subject=village.bia, indicator="GD-1.2").count() == 1


def test_two_tabs_and_the_worker_never_send_the_same_at_once(village, phone, monkeypatch):
    handset = phone(village.ksor)
    one = handset.open(wait="#rows a")
    two = handset.open(wait="#rows a")
    one.wait_for_selector(SENT)
    two.wait_for_selector(SENT)
    handset.offline()
    give(one, village.bia, "GD-1.2", 7)
    two.wait_for_selector("text=▲ 1 việc chưa gửi")
    deliveries: list[int] = []

    def receive(bodies: list[Any], **more: Any) -> Any:
        deliveries.append(len(bodies))
        return actions.receive(bodies, **more)

    monkeypatch.setattr(views, "actions", SimpleNamespace(receive=receive))
    handset.offline(False)
    one.wait_for_selector(SENT)
    two.wait_for_selector(SENT)
    assert deliveries == [1]


def test_who_forgot_the_pin_signs_in_anew_and_keeps_the_box(village, phone):
    handset = phone(village.ksor)
    page = handset.open("#/hop", wait="#set-pin")
    page.wait_for_selector(SENT)
    page.fill("#pin", "2468")
    page.click("#set-pin")
    page.wait_for_selector("#lock")
    handset.settled(page)
    handset.offline()
    give(page, village.bia, "GD-1.2", 7)
    page.reload()
    page.click("#forgot")
    page.wait_for_selector("text=Cần có mạng")
    handset.offline(False)
    page.click("#forgot")
    page.wait_for_url("**/tai-khoan/dang-nhap/**")
    again = handset.open(wait="text=Hộp của ai?")
    again.click(f"#person-{village.ksor.pk}")
    again.wait_for_selector("#unlock")
    handset.sign_in(village.ksor)
    again.reload()
    again.wait_for_selector("#rows a")
    again.wait_for_selector(SENT)
    assert answered(village.bia)["GD-1.2"] == 7


def test_after_an_update_of_the_server_the_box_is_still_there(village, phone, monkeypatch):
    handset = phone(village.ksor)
    page = handset.visit()
    handset.settled(page)
    before = page.evaluate("caches.keys()")
    handset.offline()
    give(page, village.bia, "GD-1.2", 7)
    monkeypatch.setattr(shell, "PICTURES", ("icon-192.png", "icon-512.png"))
    handset.offline(False)
    page.reload()
    page.wait_for_function("before => caches.keys().then((names) => names.length > before.length)", arg=before)
    page.wait_for_selector(SENT)
    assert answered(village.bia)["GD-1.2"] == 7
    handset.offline()
    page.reload()
    page.wait_for_selector("[id='i-GD-1.2-7'][aria-pressed=true]")


def test_what_the_phone_cannot_keep_is_said_and_not_shown_as_kept(village, phone):
    handset = phone(village.ksor)
    page = handset.open(f"#/muc/{village.bia.pk}", wait="[id='i-GD-1.2-7']")
    page.wait_for_selector(SENT)
    page.evaluate(
        "() => { IDBObjectStore.prototype.add = () => { throw new DOMException('đầy', 'QuotaExceededError'); }; }"
    )
    page.click("[id='i-GD-1.2-7']")
    page.wait_for_selector("text=Việc vừa rồi chưa ghi được vào máy")
    assert page.get_attribute("[id='i-GD-1.2-7']", "aria-pressed") == "false"
    handset.faults.clear()


def test_with_the_page_closed_the_worker_sends_when_there_is_a_network_again(village, phone):
    handset = phone(village.ksor)
    page = handset.cut_off()
    give(page, village.bia, "GD-1.2", 7)
    page.wait_for_function("navigator.serviceWorker.ready.then((at) => at.sync.getTags()).then((tags) => tags.length)")
    wake = handset.waker(page)
    page.goto("about:blank")
    handset.offline(False)
    for _ in range(60):
        wake()
        page.wait_for_timeout(1000)
        if Envelope.objects.exclude(outcome="").exists():
            break
    assert answered(village.bia)["GD-1.2"] == 7
