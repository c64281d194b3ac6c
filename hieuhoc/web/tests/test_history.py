"""The act log in words, through its page."""

import io
import re
from pathlib import Path

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from python_calamine import CalamineWorkbook

from hieuhoc.audit import log
from hieuhoc.web.history.words import ROOMS, VERBS

ROOT = Path(__file__).resolve().parents[2]
RECORDED = re.compile(r'(?:log\.record|_log_later)\(\s*"([a-z]+\.[a-z_]+)"')


def test_every_verb_recorded_anywhere_has_words():
    used = {
        verb for path in ROOT.rglob("*.py") if "tests" not in path.parts for verb in RECORDED.findall(path.read_text())
    }
    assert used, "the pattern finds nothing any more"
    assert used - set(VERBS) == set()
    assert {verb.split(".")[0] for verb in VERBS} <= set(ROOMS)


@pytest.mark.django_db
def test_the_log_shows_acts_within_reach_only(world, client):
    for place, reason in ((world.ia_tor, "Nhầm ngày"), (world.ia_bang, "Việc xã khác")):
        with transaction.atomic():
            log.record("round.reopen", place, by=world.minh, place=place.pk, reason=reason)
    client.force_login(world.minh)
    page = client.get("/nhat-ky/").content.decode()
    assert "mở lại đợt xét" in page and "Nhầm ngày" in page
    assert "Việc xã khác" not in page


@pytest.mark.django_db
def test_the_log_is_found_by_person_without_marks_and_by_room(world, client):
    with transaction.atomic():
        log.record("round.reopen", world.ia_tor, by=world.minh, place=world.ia_tor.pk)
        log.record("places.load", world.ia_tor, by=world.hoa, place=world.ia_tor.pk)
    client.force_login(world.minh)
    assert "nạp danh mục" not in client.get("/nhat-ky/?q=nguyen+minh").content.decode()
    assert "mở lại đợt xét" not in client.get("/nhat-ky/?phong=places").content.decode()
    assert "nạp danh mục" in client.get("/nhat-ky/?ngay=khong-phai-ngay").content.decode()


@pytest.mark.django_db
def test_who_may_not_read_the_log_does_not_see_that_it_is_there(world, client):
    client.force_login(world.ksor)
    assert client.get("/nhat-ky/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "shown"), [("{:%d/%m/%Y}", True), ("{:%Y-%m-%d}", True), ("1/1/2020", False)])
def test_the_log_is_found_by_a_day_as_people_write_it(world, browse, day, shown):
    with transaction.atomic():
        log.record("round.reopen", world.ia_tor, by=world.minh, place=world.ia_tor.pk)
    page = browse(world.minh).get("/nhat-ky/", {"ngay": day.format(localdate())}).content.decode()
    assert ("mở lại đợt xét" in page) is shown


@pytest.mark.django_db
def test_the_log_goes_to_excel_as_it_was_found(world, browse):
    with transaction.atomic():
        log.record("round.reopen", world.ia_tor, by=world.minh, place=world.ia_tor.pk, reason="=1+1")
        log.record("places.load", world.ia_tor, by=world.hoa, place=world.ia_tor.pk)
    book = browse(world.minh).get("/nhat-ky/tai-ve/?phong=round")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    cells = [cell for row in rows for cell in row]
    assert "mở lại đợt xét" in cells
    assert "nạp danh mục địa bàn" not in cells
    assert "=1+1" not in cells, "a cell that would run is disarmed"
    assert browse(world.ksor).get("/nhat-ky/tai-ve/").status_code == 404
