"""Rounds: opened with what is usual, changed, closed and opened again; versions pinned; their pages."""

from contextlib import ExitStack
from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.criteria import actions as criteria
from hieuhoc.dossiers.models import State
from hieuhoc.registry.models import Model
from hieuhoc.rounds import actions, queries
from hieuhoc.rounds.models import Round
from tests.beside import at_once, waiting

OPEN, LIST = reverse("rounds:open"), reverse("rounds:list")


@pytest.fixture
def offered(world):
    """A published version for each model."""
    return {model: world.version(model) for model in actions.GRASSROOTS}


def test_a_round_opens_with_usual_days_names_and_the_versions_offered(world, offered):
    opened = actions.open_round(world.ia_tor.pk, 2026, by=world.minh)
    assert (opened.association, opened.register_by) == ("Hội Khuyến học xã Ia Tôr", date(2026, 3, 31))
    entries = {one.model: one for one in opened.models.all()}
    assert {model: one.version_id for model, one in entries.items()} == {str(m): v.pk for m, v in offered.items()}
    assert entries["FAMILY"].deciding_body == "Ủy ban nhân dân xã Ia Tôr"
    assert Entry.objects.get(verb="round.open").after["year"] == 2026


def test_a_model_left_out_is_not_in_the_round(world, offered):
    opened = actions.open_round(world.ia_tor.pk, 2026, by=world.minh, versions={"CLAN": None})
    assert "CLAN" not in opened.models.values_list("model", flat=True) and opened.models.count() == 4


def test_a_year_opens_once(world, offered):
    actions.open_round(world.ia_tor.pk, 2026, by=world.minh)
    with pytest.raises(actions.Refused, match="đã mở"):
        actions.open_round(world.ia_tor.pk, 2026, by=world.minh)


@pytest.mark.parametrize("person", ["ksor", "hoa", "lan", "province", "inspector", "admin", "nobody"])
def test_who_may_not_open(world, person):
    with pytest.raises(Forbidden):
        actions.open_round(world.ia_tor.pk, 2026, by=getattr(world, person))


def test_a_version_is_pinned_once_somebody_is_judged_by_it(world):
    round_, other = world.round(), criteria.draft_from(world.version().pk, "bản 2", by=world.national)
    type(other).objects.filter(pk=other.pk).update(status="published", published_at=now())
    actions.pin(round_.pk, Model.FAMILY, other.pk, by=world.minh)
    assert queries.model_of(round_.pk, Model.FAMILY).version == other
    world.dossier(round=round_)
    with pytest.raises(actions.Refused, match="không đổi giữa năm"):
        actions.pin(round_.pk, Model.FAMILY, other.pk, by=world.minh)


def test_a_change_tells_what_it_changed(world):
    round_ = world.round()
    actions.change(round_.pk, by=world.minh, head="Nguyễn Thị Minh", register_by=date(2026, 4, 1))
    entry = Entry.objects.get(verb="round.change")
    assert (entry.before["head"], entry.after["head"]) == ("", "Nguyễn Thị Minh")
    assert entry.after["register_by"] == "2026-04-01"


def test_who_decides_is_named_for_all_models(world):
    round_ = world.round()
    actions.name_deciding_body(round_.pk, "  UBND   xã Ia Tôr ", by=world.minh)
    assert set(round_.models.values_list("deciding_body", flat=True)) == {"UBND xã Ia Tôr"}
    with pytest.raises(actions.Refused, match="Cần ghi"):
        actions.name_deciding_body(round_.pk, " ", by=world.minh)


def test_a_round_with_proposals_undecided_is_not_closed(world):
    dossier = world.dossier(State.PROPOSED)
    with pytest.raises(actions.Refused, match="chưa có quyết định"):
        actions.close_round(dossier.round_id, by=world.minh)


def test_a_closed_round_changes_nothing_until_opened_with_a_reason(world):
    round_ = world.round()
    actions.close_round(round_.pk, by=world.minh)
    for act in (
        lambda: actions.change(round_.pk, by=world.minh, head="x"),
        lambda: actions.pin(round_.pk, Model.FAMILY, world.version().pk, by=world.minh),
        lambda: actions.name_deciding_body(round_.pk, "x", by=world.minh),
        lambda: actions.close_round(round_.pk, by=world.minh),
    ):
        with pytest.raises(actions.Refused, match="đã khóa"):
            act()
    with pytest.raises(actions.Refused, match="lý do"):
        actions.reopen_round(round_.pk, by=world.minh, reason=" ")
    actions.reopen_round(round_.pk, by=world.minh, reason="Bổ sung hồ sơ")
    actions.change(round_.pk, by=world.minh, head="x")


def test_the_current_round_is_the_latest_open_one(world):
    old, new = world.round(2025), world.round(2026)
    assert queries.current(world.ia_tor.pk) == new
    Round.objects.filter(pk=new.pk).update(state="closed")
    assert queries.current(world.ia_tor.pk) == old
    Round.objects.filter(pk=old.pk).update(state="closed")
    assert queries.current(world.ia_tor.pk) == new and queries.current(world.ia_bang.pk) is None


def test_counts_leave_the_withdrawn_out(world):
    world.dossier(State.RECOGNISED, world.household("Ksor Một"))
    world.dossier(State.WITHDRAWN, world.household("Ksor Hai"))
    one = queries.with_counts(queries.of_place(world.ia_tor.pk)).get()
    assert (one.registered, one.recognised) == (1, 1)


def typed(world, **more):
    """What the form of opening sends when nothing is changed."""
    versions = {f"version_{model}": world.version(model).pk for model in actions.GRASSROOTS}
    return {
        "year": 2026, "area": "general", "association": "Hội Khuyến học xã Ia Tôr", "deciding_body": "UBND xã Ia Tôr",
        "register_by": "2026-03-31", "villages_close_on": "15/11/2026", "propose_by": "2026-12-04",
    } | versions | more  # fmt: skip


def test_the_form_is_filled_in_and_opens_with_one_click(world, browse, offered):
    client = browse(world.minh)
    page = client.get(OPEN).content.decode()
    assert "Hội Khuyến học xã Ia Tôr" in page and f'value="31/03/{date.today().year}"' in page
    answer = client.post(OPEN, typed(world))
    opened = Round.objects.get()
    assert answer["Location"] == reverse("rounds:step", args=[opened.pk, "register"])
    assert (opened.villages_close_on, opened.closes_on, opened.models.count()) == (date(2026, 11, 15), None, 5)


def test_a_model_can_be_left_out_of_the_year(world, browse, offered):
    browse(world.minh).post(OPEN, typed(world, version_CLAN=""))
    assert set(Round.objects.get().models.values_list("model", flat=True)) == set(actions.GRASSROOTS) - {Model.CLAN}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"year": "hai nghìn"}, "bốn chữ số"), ({"year": "1999"}, "2012"),
        ({"register_by": "31/02/2026"}, "Ngày không đúng"), ({"register_by": "2026-12-01"}, "đứng trước"),
        ({"association": " "}, "Cần ghi mục này"),
        ({"deciding_body": ""}, "Cần ghi mục này"), ({"version_FAMILY": "99999"}, "Gia đình học tập"),
    ],
)  # fmt: skip
def test_a_wrong_form_is_said_and_kept(world, browse, offered, more, said):
    answer = browse(world.minh).post(OPEN, typed(world, head="Nguyễn Thị Minh") | more)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and "Nguyễn Thị Minh" in page and not Round.objects.exists()


def test_a_year_opened_twice_is_said(world, browse, offered):
    world.round(2026)
    answer = browse(world.minh).post(OPEN, typed(world))
    assert answer.status_code == 422 and "đã mở" in answer.content.decode()


@pytest.mark.parametrize(("person", "status"), [("ksor", 403), ("hoa", 403), ("inspector", 403), ("nobody", 403)])
def test_opening_is_for_officers(world, browse, person, status):
    assert browse(getattr(world, person)).get(OPEN).status_code == status


def test_settings_are_changed_days_emptied_and_the_deciding_body_named(world, browse):
    round_ = world.round(2026, register_by=date(2026, 3, 1))
    client, address = browse(world.minh), reverse("rounds:settings", args=[round_.pk])
    sent = {
        "area": "hard",
        "association": "Hội KH",
        "deciding_body": "UBND huyện",
        "register_by": "",
        "propose_by": "2026-12-01",
    }
    page = client.post(address, sent, follow=True).content.decode()
    round_.refresh_from_db()
    assert (round_.area, round_.register_by, round_.propose_by) == ("hard", None, date(2026, 12, 1))
    assert set(round_.models.values_list("deciding_body", flat=True)) == {"UBND huyện"}
    assert "Đã lưu cài đặt" in page and "Tính lại kết quả" in page


def test_a_version_is_chosen_in_the_settings(world, browse):
    round_ = world.round(2026)
    round_.models.filter(model=Model.CLAN).delete()
    address = reverse("rounds:pin", args=[round_.pk])
    browse(world.minh).post(address, {"model": "CLAN", "version": world.version(Model.CLAN).pk})
    assert round_.models.filter(model=Model.CLAN).exists()
    for version in ("", "0", world.version(Model.FAMILY).pk):
        assert browse(world.minh).post(address, {"model": "CLAN", "version": version}).status_code == 404


def test_closing_and_opening_again_from_the_settings(world, browse):
    round_, client = world.round(2026), browse(world.minh)
    client.post(reverse("figures:close", args=[round_.pk]))
    round_.refresh_from_db()
    assert round_.state == "closed"
    assert "cần ghi lý do" in client.get(reverse("rounds:settings", args=[round_.pk])).content.decode()
    client.post(reverse("rounds:reopen", args=[round_.pk]), {"reason": "Bổ sung"})
    round_.refresh_from_db()
    assert round_.state == "open"


@pytest.mark.parametrize("person", ["ksor", "hoa", "lan", "province"])
@pytest.mark.parametrize("address", ["rounds:settings", "rounds:pin", "figures:close", "rounds:reopen"])
def test_settings_are_out_of_reach_for_others(world, browse, person, address):
    client, where = browse(getattr(world, person)), reverse(address, args=[world.round().pk])
    assert (client.get if address == "rounds:settings" else client.post)(where).status_code == 404


def test_the_years_of_a_commune_and_of_a_province(world, browse):
    world.round(2025)
    world.round(2026, place=world.ia_bang)
    page = browse(world.minh).get(LIST).content.decode()
    assert "Đợt 2025" in page and "Đợt 2026" not in page
    page = browse(world.province).get(LIST).content.decode()
    assert "Đợt 2025" in page and "Đợt 2026" in page and "Xã Ia Băng" in page


def test_a_commune_without_rounds_is_told_what_to_do(world, browse):
    page = browse(world.minh).get(LIST).content.decode()
    assert "Chưa có đợt xét nào" in page and OPEN in page


def test_a_model_is_judged_by_a_version_published_for_it(world):
    round_, clan = world.round(), world.version(Model.CLAN)
    with pytest.raises(actions.Refused, match="không phải là bản đã ban hành của «Gia đình học tập»"):
        actions.pin(round_.pk, Model.FAMILY, clan.pk, by=world.minh)
    with pytest.raises(actions.Refused, match="không phải là bản đã ban hành"):
        actions.open_round(world.ia_tor.pk, 2020, by=world.minh, versions={Model.FAMILY: clan.pk})
    assert not Round.objects.filter(year=2020).exists()
    retired = world.version(Model.FAMILY)
    type(retired).objects.filter(pk=retired.pk).update(status="retired", retired_at=now())
    with pytest.raises(actions.Refused, match="không phải là bản đã ban hành"):
        actions.pin(round_.pk, Model.FAMILY, retired.pk, by=world.minh)


def test_an_open_year_is_not_opened_again(world):
    with pytest.raises(actions.Refused, match="đang mở"):
        actions.reopen_round(world.round().pk, by=world.minh, reason="x")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("first", "second"), [(False, True), (True, False), (True, True)])
def test_who_holds_a_round_alone_and_who_holds_it_beside_others_wait_for_each_other(world, first, second):
    round_ = world.round()
    with ExitStack() as beside:
        with transaction.atomic():
            queries.hold(round_.pk, alone=first)
            told = beside.enter_context(waiting(lambda: held(round_, second)))
        assert told.result(30) == round_.year


@pytest.mark.django_db(transaction=True)
def test_those_who_hold_a_round_beside_others_do_not_wait(world):
    round_ = world.round()
    with transaction.atomic():
        queries.hold(round_.pk, alone=False)
        assert at_once(lambda: held(round_, False)) == [round_.year]


def held(round_, alone):
    """The round's year, as told to who has held it."""
    with transaction.atomic():
        return queries.hold(round_.pk, alone=alone).year
