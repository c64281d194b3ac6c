"""Adding one subject by hand can be undone, until a later act stands on it."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.dossiers.models import State
from hieuhoc.files import store
from hieuhoc.registry import actions
from hieuhoc.registry.models import CitizenNumber, ImportedRow, Membership, Model, Subject
from hieuhoc.registry.tests.test_acts import NUMBER, add, groups
from hieuhoc.sheets.models import Import
from tests.browser import axe, chromium, shot, small_targets, too_wide, visit  # noqa: F401

WHY = "Thêm nhầm hộ"


def test_it_is_gone_with_its_number_and_memberships_and_its_lines_stay(world):
    clan = world.subject(Model.CLAN, "Dòng họ Ksor")
    one = add(world, details={"clan": "Ksor", "members": 4}, citizen_number=NUMBER)
    assert groups(one) == [clan.name] and CitizenNumber.objects.get().last_three == NUMBER[-3:]
    actions.undo_add(one.pk, by=world.minh, reason=WHY)
    assert list(Subject.objects.all()) == [clan]
    assert not Membership.objects.exists() and not CitizenNumber.objects.exists()
    entry = Entry.objects.get(verb="registry.undo_add")
    assert (entry.reason, entry.before["name"], entry.target_id) == (WHY, "Ksor Thu", str(one.pk))
    assert NUMBER not in str(entry.before) and Entry.objects.filter(verb="registry.add").count() == 1
    assert add(world).name == "Ksor Thu"


LATER = {
    "corrected": (lambda w, one: actions.correct(one.pk, name="X", details={}, by=w.minh, reason="x"), "người sửa"),
    "moved": (lambda w, one: actions.move(one.pk, place_id=w.phung.pk, by=w.minh, reason="x"), "người sửa"),
    "closed": (lambda w, one: actions.close(one.pk, by=w.minh, reason="x"), "người sửa"),
    "numbered": (lambda w, one: actions.set_citizen_number(one.pk, NUMBER, by=w.minh), "ghi số căn cước"),
    "kept in a merge": (lambda w, one: actions.merge(one.pk, twin(w).pk, by=w.minh, reason="x"), "gộp"),
    "dropped in a merge": (lambda w, one: actions.merge(twin(w).pk, one.pk, by=w.minh, reason="x"), "gộp"),
    "said to be another": (lambda w, one: actions.say_distinct(one.pk, twin(w).pk, by=w.minh), "người sửa"),
    "named by a roster": (lambda w, one: roster(w), "tệp danh sách của xã ghi vào sổ"),
    "registered": (lambda w, one: w.dossier(State.DRAFT, one), "1 hồ sơ đăng ký; bỏ đăng ký nhầm trước"),
}


def roster(world) -> None:
    """A list of households of the commune, applied after; it may name the household as it stands."""
    file = store.keep(b"a,b\n", "ds.csv", by=world.minh, kinds=store.SHEET)
    Import.objects.create(
        place=world.ia_tor, kind="households", file=file, state="applied", applied_at=now() + timedelta(minutes=1)
    )


def twin(world) -> Subject:
    return world.household("Ksor Thủ")


@pytest.mark.parametrize("later", LATER)
def test_a_later_act_is_named_and_nothing_is_lost(world, later):
    one = add(world)
    act, sentence = LATER[later]
    act(world, one)
    with pytest.raises(actions.Refused, match=f"Không hoàn tác được việc thêm: .*{sentence}"):
        actions.undo_add(one.pk, by=world.minh, reason=WHY)
    assert Subject.objects.filter(pk=one.pk).exists()


def test_members_found_since_stand_on_a_group(world):
    clan = add(world, Model.CLAN, "Dòng họ Ksor")
    add(world, name="Ksor Ba", details={"clan": "Ksor"})
    with pytest.raises(actions.Refused, match="1 thành viên"):
        actions.undo_add(clan.pk, by=world.minh, reason=WHY)


def test_a_look_stands_in_no_way_and_a_registration_undone_no_more(world):
    one = add(world)
    actions.look(one, by=world.minh)
    world.dossier(State.DRAFT, one).delete()
    actions.undo_add(one.pk, by=world.minh, reason=WHY)
    assert not Subject.objects.exists()


def test_what_no_person_added_is_not_undone_so(world):
    one = world.household("Từ bảng")
    with pytest.raises(actions.Refused, match="không phải thêm bằng tay"):
        actions.undo_add(one.pk, by=world.minh, reason=WHY)
    assert not ImportedRow.objects.exists()


@pytest.mark.parametrize("name", ["lan", "inspector", "hoa", "admin", "nobody"])
def test_who_may_not_add_does_not_undo(world, name):
    one = add(world)
    with pytest.raises(Forbidden):
        actions.undo_add(one.pk, by=world.people[name], reason=WHY)


def test_a_recorder_adds_no_citizen_number(world):
    with pytest.raises(Forbidden):
        add(world, by=world.ksor, citizen_number=NUMBER)
    assert not Subject.objects.exists()


def test_the_undo_is_offered_at_once_and_later_on_the_record(world, browse):
    client = browse(world.minh)
    sent = {"place": world.ring.pk, "name": "Ksor Thu"}
    page = client.post(reverse("registry:add", args=[Model.FAMILY]), sent, follow=True).content.decode()
    one = Subject.objects.get()
    undo = reverse("registry:undo_add", args=[one.pk])
    assert page.count(undo) == 2 and "Thêm nhầm, bỏ khỏi danh sách" in page
    answer = client.post(undo)
    assert answer["Location"].startswith(reverse("registry:list")) and not Subject.objects.exists()
    assert Entry.objects.get(verb="registry.undo_add").reason == "Hoàn tác"


def test_refused_on_the_page_in_a_sentence_and_no_longer_offered(world, browse):
    one, client = add(world), browse(world.minh)
    world.dossier(State.DRAFT, one)
    page = html.unescape(client.post(reverse("registry:undo_add", args=[one.pk]), follow=True).content.decode())
    assert "Không hoàn tác được việc thêm: đã có 1 hồ sơ đăng ký" in page
    assert "Thêm nhầm, bỏ khỏi danh sách" not in page


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1366])
def test_the_offer_on_the_record_fits(world, visit, width):  # noqa: F811
    page = visit(reverse("registry:one", args=[add(world).pk]), as_=world.minh, width=width)
    page.get_by_text("Thêm nhầm, bỏ khỏi danh sách").click()
    shot(page, f"so-dang-ky-them-nham-{width}")
    assert (axe(page), too_wide(page), small_targets(page)) == ([], [], [])
