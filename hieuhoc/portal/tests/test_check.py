"""The public check of certificates: what it says, to whom it says nothing, how it slows down trying."""

from __future__ import annotations

import json
import re
import time
from html import unescape

import pytest
from django.core.management import call_command

from hieuhoc.portal import check
from hieuhoc.recognition import actions, certificates, queries, rules, signing, throttle
from hieuhoc.recognition.models import CheckMiss
from hieuhoc.recognition.tests.conftest import decision, put_forward, signed, today
from hieuhoc.registry.models import Model
from tests.browser import axe, chromium, small_targets, too_wide, visit

__all__ = ["chromium", "decision", "put_forward", "signed", "today", "visit"]


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(check, "ANSWER_AFTER", 0)


@pytest.fixture
def title(signed):
    return queries.titles(signed.pk).filter(model=Model.FAMILY).last()


def said(answer) -> str:
    """The text of a page without its tags."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))


def test_the_page_says_what_the_certificate_says_and_masks_the_name(browse, title):
    text = said(browse().get(f"/xac-nhan/{title.code}"))
    for words in (title.printed["title"], "Kpuih H***", "Làng Ring, xã Ia Tôr, tỉnh Gia Lai", title.printed["number"]):
        assert words in text
    assert "số 57/QĐ-UBND" in text and "Còn giá trị" in text
    assert "Bộ tiêu chí minh họa" in text
    assert "Ngưn" not in text


def test_a_typed_code_gets_its_own_address(browse, title):
    answer = browse().get("/xac-nhan/", {"ma": rules.show_code(title.code).lower()})
    assert (answer.status_code, answer["Location"]) == (302, f"/xac-nhan/{title.code}")


def test_a_mistyped_code_is_told_without_asking_the_register(browse, title, django_assert_num_queries):
    wrong = ("3" if title.code[0] == "2" else "2") + title.code[1:]
    with django_assert_num_queries(0):
        answer = browse().get("/xac-nhan/", {"ma": wrong})
    assert "gõ thiếu hoặc sai một chữ" in said(answer)
    assert not CheckMiss.objects.exists()


def test_an_unknown_code_gets_the_same_page_and_status(browse, title):
    known, unknown = browse().get(f"/xac-nhan/{title.code}"), browse().get(f"/xac-nhan/{rules.new_code()}")
    assert known.status_code == unknown.status_code == 200
    assert "Không có giấy công nhận nào mang mã này" in said(unknown)
    assert known.headers["Cache-Control"] == unknown.headers["Cache-Control"]


def test_known_and_unknown_codes_take_the_same_time(browse, title, monkeypatch):
    monkeypatch.setattr(check, "ANSWER_AFTER", 0.3)
    client, times = browse(), []
    for code in (title.code, rules.new_code()):
        start = time.monotonic()
        client.get(f"/xac-nhan/{code}")
        times.append(time.monotonic() - start)
    assert min(times) >= 0.3


def test_who_asks_in_vain_too_often_waits_and_others_do_not(browse, title):
    client = browse()
    for _ in range(throttle.MISSES):
        assert client.get(f"/xac-nhan/{rules.new_code()}").status_code == 200
    refused = client.get(f"/xac-nhan/{title.code}")
    assert refused.status_code == 429 and "Chờ 10 phút" in said(refused)
    assert browse().get(f"/xac-nhan/{title.code}", REMOTE_ADDR="192.0.2.9").status_code == 200


def test_codes_that_exist_are_never_held_against_anybody(browse, title):
    for _ in range(throttle.MISSES + 5):
        assert browse().get(f"/xac-nhan/{title.code}").status_code == 200
    assert not CheckMiss.objects.exists()


def test_askers_are_kept_as_a_hash_and_forgotten(db):
    CheckMiss.objects.create(asker="x", window=1, misses=3)
    throttle.missed("192.0.2.7")
    (kept,) = CheckMiss.objects.all()
    assert "192.0.2.7" not in kept.asker and len(kept.asker) == 64


def test_a_revoked_title_says_so(world, browse, title, today):
    actions.revoke([title.pk], by=world.hoa, number="60", day=today, reason="Kê khai sai")
    text = said(browse().get(f"/xac-nhan/{title.code}"))
    assert "Không còn giá trị" in text and "Quyết định số 60/QĐ-UBND" in text
    assert "Kê khai sai" not in text


def test_before_it_is_signed_a_title_has_no_effect(browse, decision):
    code = queries.titles(decision.pk).first().code
    assert "Chưa có hiệu lực" in said(browse().get(f"/xac-nhan/{code}"))


def test_a_corrected_name_is_the_one_shown(world, browse, title, today):
    actions.correct(title.pk, {"name": "Siu H'Ngưn"}, by=world.hoa, number="61", day=today, reason="Sai họ")
    text = said(browse().get(f"/xac-nhan/{title.code}"))
    assert "Siu H***" in text and "đã được đính chính" in text


def test_the_published_keys_prove_a_statement(browse, signed, title):
    keys = {int(number): key for number, key in browse().get("/xac-nhan/khoa.json").json()["keys"].items()}
    (made,) = certificates.of([title], signed)
    assert signing.read(made.url.partition("#")[2], keys).code == title.code


# --- the command


def run(capsys, *words: str) -> tuple[int, dict]:
    try:
        call_command("certificate", *words, "--json")
        status = 0
    except SystemExit as end:
        status = int(end.code)
    return status, json.loads(capsys.readouterr().out)


def test_the_command_says_the_same_as_the_page(capsys, title):
    status, found = run(capsys, "check", rules.show_code(title.code))
    assert (status, found["stands"], found["certificate"]["name"]) == (0, True, "Kpuih H***")
    assert found["certificate"]["decision"] == "57/QĐ-UBND"
    assert found["successors"] == []


def test_the_command_reads_a_whole_address(capsys, signed, title):
    (made,) = certificates.of([title], signed)
    assert run(capsys, "check", made.url)[1]["found"]


def test_the_command_ends_with_1_for_what_does_not_stand(capsys, world, title, today):
    assert run(capsys, "check", rules.new_code())[0] == 1
    actions.revoke([title.pk], by=world.hoa, number="60", day=today, reason="Kê khai sai")
    status, found = run(capsys, "check", title.code)
    assert (status, found["state"]) == (1, "revoked")


def test_the_command_verifies_without_asking_the_register(capsys, signed, title, django_assert_num_queries):
    (made,) = certificates.of([title], signed)
    with django_assert_num_queries(0):
        status, found = run(capsys, "verify", made.url)
    assert (status, found["says"]["name"]) == (0, "Kpuih H'Ngưn")
    status, found = run(capsys, "verify", made.url[:-3] + "AAA")
    assert (status, found["genuine"]) == (1, False)


def test_the_command_speaks_to_people_too(capsys, title):
    call_command("certificate", "check", title.code)
    out = capsys.readouterr().out
    assert "Hộ gia đình: Kpuih H***" in out and "57/QĐ-UBND" in out


# --- in the browser


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1366])
def test_the_page_is_fit_for_everybody(visit, title, width):
    page = visit(f"/xac-nhan/{title.code}", width=width)
    assert (axe(page), too_wide(page), small_targets(page)) == ([], [], [])


@pytest.mark.browser
def test_the_browser_proves_the_statement_of_the_qr(visit, signed, title):
    (made,) = certificates.of([title], signed)
    statement = made.url.partition("#")[2]
    page = visit(f"/xac-nhan/{title.code}#{statement}")
    page.wait_for_selector("#chu-ky:not([hidden])")
    assert "Chữ ký số đúng" in page.inner_text("#chu-ky") and "Kpuih H'Ngưn" in page.inner_text("#chu-ky")
    forged = visit(f"/xac-nhan/{title.code}#{statement[:30]}x{statement[31:]}")
    forged.wait_for_selector("#chu-ky:not([hidden])")
    assert "Chữ ký số không đúng" in forged.inner_text("#chu-ky")


@pytest.mark.browser
def test_the_offline_page_proves_without_a_network(visit, browse, signed, title, tmp_path):
    kept = tmp_path / "kiem-tra.html"
    kept.write_bytes(browse().get("/xac-nhan/ngoai-tuyen/").content)
    (made,) = certificates.of([title], signed)
    page = visit("/xac-nhan/")
    page.context.set_offline(True)
    page.goto(kept.as_uri())
    page.fill("textarea", made.url)
    page.click("button")
    page.wait_for_selector("#chu-ky:not([hidden])")
    assert "Chữ ký số đúng" in page.inner_text("#chu-ky")
