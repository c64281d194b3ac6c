"""The round's pages: five steps, lists to work through, bulk moves with undo, registering; lists and workbooks."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from hieuhoc.audit.models import Entry
from hieuhoc.dossiers import steps
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.registry.models import Model

BULK = reverse("dossiers:move_many")


def at(round_, step, **query):
    """The address of a step."""
    words = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse("rounds:step", args=[round_.pk, step]) + (f"?{words}" if words else "")


def states(*dossiers):
    """Where dossiers stand now."""
    return [Dossier.objects.get(pk=one.pk).state for one in dossiers]


def test_the_round_shows_each_models_counts_and_the_mark_of_illustrative_sets(world, browse):
    world.dossier(State.SUBMITTED)
    world.household("Siu Ó", place=world.phung)
    page = browse(world.minh).get(reverse("rounds:round", args=[world.round().pk])).content.decode()
    assert '<b class="hh-num">1</b> chờ thẩm định' in page
    assert "Minh họa – không phải văn bản chính thức" in page
    assert reverse("rounds:settings", args=[world.round().pk]) in page


@pytest.mark.parametrize("person", ["minh", "ksor", "hoa", "province", "inspector"])
@pytest.mark.parametrize("step", [step.key for step in steps.STEPS])
def test_every_step_opens_for_whom_the_commune_is_near(world, browse, person, step):
    answer = browse(getattr(world, person)).get(at(world.round(), step))
    assert answer.status_code == 200 and steps.BY_KEY[step].todo in answer.content.decode()


@pytest.mark.parametrize("person", ["lan", "admin", "nobody"])
def test_a_round_out_of_reach_looks_absent(world, browse, person):
    client, round_ = browse(getattr(world, person)), world.round()
    for address in (
        reverse("rounds:round", args=[round_.pk]),
        at(round_, "score"),
        reverse("rounds:settings", args=[round_.pk]),
    ):
        assert client.get(address).status_code == 404


def test_a_step_that_is_none_is_not_found(world, browse):
    assert browse(world.minh).get(at(world.round(), "dance")).status_code == 404


@pytest.mark.parametrize(
    ("step", "state", "here", "there"),
    [
        ("score", State.DRAFT, True, "verify"), ("score", State.RETURNED, True, "verify"),
        ("verify", State.SUBMITTED, True, "score"), ("propose", State.VERIFIED, True, "verify"),
        ("recognise", State.PROPOSED, True, "propose"), ("recognise", State.RECOGNISED, True, "propose"),
    ],
)  # fmt: skip
def test_a_dossier_stands_at_its_step_alone(world, browse, step, state, here, there):
    dossier = world.dossier(state)
    client = browse(world.minh)
    assert (str(dossier.pk) in client.get(at(dossier.round, step, model="FAMILY")).content.decode()) == here
    assert str(dossier.pk) not in client.get(at(dossier.round, there, model="FAMILY")).content.decode()


def test_a_recorder_sees_the_own_village_and_the_own_moves(world, browse):
    own = world.dossier()
    other = world.dossier(subject=world.household("Siu Ó", place=world.phung))
    page = browse(world.ksor).get(at(own.round, "score", model="FAMILY")).content.decode()
    assert str(own.pk) in page and str(other.pk) not in page and "Gửi lên xã" in page
    page = browse(world.ksor).get(at(own.round, "verify", model="FAMILY")).content.decode()
    assert "Thẩm định xong" not in page


def test_the_counts_of_a_recorder_are_of_the_own_village(world, browse):
    world.dossier(State.SUBMITTED)
    world.dossier(State.SUBMITTED, world.household("Siu Ó", place=world.phung))
    address = reverse("rounds:round", args=[world.round().pk])
    assert '<b class="hh-num">1</b> chờ thẩm định' in browse(world.ksor).get(address).content.decode()
    assert '<b class="hh-num">2</b> chờ thẩm định' in browse(world.minh).get(address).content.decode()


def bulk(round_, move, *dossiers, **more):
    """What the form of a list sends."""
    ids = [str(one.pk) for one in dossiers]
    return {"round": round_.pk, "model": "FAMILY", "states": "submitted,verified,draft", "move": move, "id": ids} | more


def test_chosen_dossiers_are_verified_in_one_click_and_taken_back(world, browse):
    chosen = [world.dossier(State.SUBMITTED, world.household(f"Ksor {n}")) for n in range(3)]
    left = world.dossier(State.SUBMITTED, world.household("Siu Ó"))
    client = browse(world.minh)
    page = client.post(BULK, bulk(left.round, "verify", *chosen), follow=True).content.decode()
    assert states(*chosen, left) == ["verified"] * 3 + ["submitted"]
    undo = reverse("dossiers:undo", args=[Entry.objects.get(verb="dossier.verify").pk])
    assert "Thẩm định xong: 3 hồ sơ." in page and undo in page
    client.post(undo)
    assert states(*chosen, left) == ["submitted"] * 4


def test_all_that_the_filter_finds_go_and_nothing_else(world, browse):
    inside = [world.dossier(State.SUBMITTED, world.household(f"Ksor {n}")) for n in range(60)]
    other = world.dossier(State.SUBMITTED, world.household("Siu Ó", place=world.phung))
    browse(world.minh).post(BULK, bulk(other.round, "verify", all="1", thon=str(world.ring.pk)))
    assert set(states(*inside)) == {"verified"} and states(other) == ["submitted"]


def test_a_return_of_many_needs_its_reason_and_gives_it_to_each(world, browse):
    chosen = [world.dossier(State.SUBMITTED, world.household(f"Ksor {n}")) for n in range(2)]
    client = browse(world.minh)
    page = client.post(BULK, bulk(chosen[0].round, "return", *chosen), follow=True).content.decode()
    assert "cần ghi lý do" in page and states(*chosen) == ["submitted"] * 2
    client.post(BULK, bulk(chosen[0].round, "return", *chosen, reason_return="Thiếu minh chứng"))
    assert states(*chosen) == ["returned"] * 2
    assert set(Dossier.objects.values_list("reason", flat=True)) == {"Thiếu minh chứng"}


def test_who_does_not_pass_is_left_and_said(world, browse):
    good = world.dossier(State.VERIFIED, world.household("Ksor Một"), outcome="pass")
    bad = world.dossier(State.VERIFIED, world.household("Ksor Hai"), outcome="fail")
    page = browse(world.minh).post(BULK, bulk(good.round, "propose", all="1"), follow=True).content.decode()
    assert states(good, bad) == ["proposed", "verified"]
    assert "Đề nghị công nhận: 1 hồ sơ. 1 hồ sơ chưa đạt" in page


@pytest.mark.parametrize(("move", "said"), [("verify", "Chưa chọn hồ sơ nào")])
def test_nothing_chosen_is_said(world, browse, move, said):
    round_ = world.dossier(State.SUBMITTED).round
    assert said in browse(world.minh).post(BULK, bulk(round_, move), follow=True).content.decode()


@pytest.mark.parametrize("move", ["recognise", "dance", ""])
def test_a_decision_is_no_click(world, browse, move):
    dossier = world.dossier(State.PROPOSED)
    assert browse(world.hoa).post(BULK, bulk(dossier.round, move, dossier)).status_code == 404
    assert browse(world.hoa).post(reverse("dossiers:move", args=[dossier.pk]), {"move": move}).status_code == 404
    assert states(dossier) == ["proposed"]


@pytest.mark.parametrize("person", ["ksor", "hoa", "province", "inspector"])
def test_who_may_not_verify_does_not_by_the_form_either(world, browse, person):
    dossier = world.dossier(State.SUBMITTED)
    answer = browse(getattr(world, person)).post(BULK, bulk(dossier.round, "verify", dossier))
    assert answer.status_code == 403 and states(dossier) == ["submitted"]


def test_a_foreign_dossier_in_the_form_stays_where_it_is(world, browse):
    own = world.dossier(State.SUBMITTED)
    foreign = world.dossier(State.SUBMITTED, world.household("Rơ Mah Tin", place=world.brel))
    browse(world.minh).post(BULK, bulk(own.round, "verify", own, foreign))
    assert states(own, foreign) == ["verified", "submitted"]


def test_an_undo_is_for_its_author_and_refused_when_things_moved_on(world, browse):
    dossier = world.dossier(State.SUBMITTED)
    minh = browse(world.minh)
    minh.post(BULK, bulk(dossier.round, "verify", dossier))
    undo = reverse("dossiers:undo", args=[Entry.objects.get(verb="dossier.verify").pk])
    assert browse(world.hoa).post(undo).status_code == 404
    Dossier.objects.filter(pk=dossier.pk).update(state=State.RETURNED)
    assert "Không hoàn tác được" in minh.post(undo, follow=True).content.decode()
    assert states(dossier) == ["returned"]


@pytest.mark.parametrize("to", ["https://la.vn/", "//la.vn/", "javascript:alert(1)"])
def test_the_way_back_never_leaves_the_house(world, browse, to):
    dossier = world.dossier(State.SUBMITTED)
    answer = browse(world.minh).post(BULK, bulk(dossier.round, "verify", dossier, next=to))
    assert answer["Location"] == reverse("rounds:round", args=[dossier.round_id])


@pytest.mark.parametrize("text", ["", "x", "0", "99999999"])
def test_a_round_that_is_none_is_not_found(world, browse, text):
    assert browse(world.minh).post(BULK, {"round": text, "move": "verify"}).status_code == 404


def test_subjects_are_registered_from_the_step(world, browse):
    round_, first, second = world.round(), world.household("Ksor Một"), world.household("Ksor Hai")
    client = browse(world.minh)
    page = client.get(at(round_, "register", model="FAMILY")).content.decode()
    assert str(first.pk) in page and str(second.pk) in page
    address = reverse("dossiers:register", args=[round_.pk, "FAMILY"])
    client.post(address, {"id": [str(first.pk), "x"]})
    page = client.get(at(round_, "register", model="FAMILY")).content.decode()
    assert str(first.pk) not in page and str(second.pk) in page
    client.post(address, {"all": "1", "q": "ksor hai"})
    assert set(Dossier.objects.values_list("subject__name", flat=True)) == {"Ksor Một", "Ksor Hai"}


def test_last_years_are_offered_and_registered_with_one_click(world, browse):
    old = world.household("Ksor Một")
    world.dossier(State.RECOGNISED, old, round=world.round(2025))
    world.household("Ksor Hai")
    round_, client = world.round(2026), browse(world.minh)
    assert "Đăng ký lại 1 hộ của năm trước" in client.get(at(round_, "register", model="FAMILY")).content.decode()
    client.post(reverse("dossiers:register", args=[round_.pk, "FAMILY"]), {"which": "last_year"})
    assert Dossier.objects.get(round=round_).subject == old
    assert "của năm trước" not in client.get(at(round_, "register", model="FAMILY")).content.decode()


def test_a_recorder_registers_the_own_village_only(world, browse):
    own, other = world.household("Ksor Một"), world.household("Siu Ó", place=world.phung)
    address = reverse("dossiers:register", args=[world.round().pk, "FAMILY"])
    browse(world.ksor).post(address, {"id": [str(own.pk), str(other.pk)]})
    assert [one.subject for one in Dossier.objects.all()] == [own]


@pytest.mark.parametrize(("view", "state"), [("da", State.DRAFT), ("rut", State.WITHDRAWN)])
def test_the_registered_and_the_withdrawn_are_listed_apart(world, browse, view, state):
    dossiers = {one: world.dossier(one, world.household(f"Ksor {one}")) for one in (State.DRAFT, State.WITHDRAWN)}
    page = browse(world.minh).get(at(world.round(), "register", model="FAMILY", xem=view)).content.decode()
    assert [one for one, dossier in dossiers.items() if str(dossier.pk) in page] == [state]


def test_a_model_without_criteria_says_so(world, browse):
    round_ = world.round()
    round_.models.filter(model=Model.CLAN).delete()
    client = browse(world.minh)
    assert "không xét năm nay" in client.get(at(round_, "register", model="CLAN")).content.decode()
    assert client.post(reverse("dossiers:register", args=[round_.pk, "CLAN"]), {"all": "1"}).status_code == 404
    assert "không xét năm nay" in client.get(reverse("dossiers:grid", args=[round_.pk, "CLAN"])).content.decode()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ksor Một", "Siu Hai"]), ("state=draft", ["Ksor Một"]), ("state=returned", []),
        ("outcome=pass", ["Siu Hai"]), ("outcome=none", ["Ksor Một"]), ("q=hai", ["Siu Hai"]),
        ("q=kSOR", ["Ksor Một"]), ("thon=0", []), ("state=nonsense", ["Ksor Một", "Siu Hai"]),
    ],
)  # fmt: skip
def test_the_list_is_filtered_as_the_board_asks(world, browse, query, names):
    world.dossier(State.DRAFT, world.household("Ksor Một"), outcome="incomplete")
    world.dossier(State.SUBMITTED, world.household("Siu Hai"), outcome="pass")
    page = browse(world.minh).get(f"{reverse('dossiers:list')}?round={world.round().pk}&{query}").content.decode()
    assert [name for name in ("Ksor Một", "Siu Hai") if f">{name}</a>" in page] == names


def test_the_list_without_a_round_is_that_of_the_commune_worked_for(world, browse):
    world.dossier()
    assert "Ksor H&#x27;Bia" in browse(world.minh).get(reverse("dossiers:list")).content.decode()
    assert browse(world.province).get(reverse("dossiers:list")).status_code == 302


def test_the_workbook_carries_answers_reasons_and_the_mark_of_the_set(world, browse):
    world.dossier(State.SUBMITTED, world.household("Ksor Một", code="IT-1"), because="Đạt.", outcome="pass", total=100)
    answer = browse(world.minh).get(reverse("dossiers:export", args=[world.round().pk, "FAMILY"]))
    heads, row = load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    assert heads[5:7] == ("T-1", "T-2") and "không phải văn bản chính thức" in heads[-1]
    assert row[:8] == (1, "Ksor Một", "IT-1", "Làng Ring", "Thôn đã gửi", 50, 50, 100)


@pytest.mark.parametrize("address", ["export", "list"])
def test_a_model_that_is_none_is_not_found(world, browse, address):
    assert browse(world.minh).get(reverse(f"dossiers:{address}", args=[world.round().pk, "DANCE"])).status_code == 404


def test_judging_anew_is_one_click(world, browse):
    dossier = world.dossier(State.SUBMITTED, outcome="incomplete")
    browse(world.minh).post(reverse("rounds:judge", args=[dossier.round_id]), {"model": "FAMILY"})
    dossier.refresh_from_db()
    assert dossier.outcome == "pass"


def test_a_step_asks_the_database_a_fixed_number_of_times(world, browse, django_assert_max_num_queries):
    for n in range(55):
        world.dossier(State.SUBMITTED, world.household(f"Ksor {n}"))
    client, address = browse(world.minh), at(world.round(), "verify", model="FAMILY")
    with django_assert_max_num_queries(20):  # may only fall
        client.get(address)


def test_a_closed_round_offers_nothing(world, browse):
    dossier = world.dossier(State.SUBMITTED)
    dossier.round.state = "closed"
    dossier.round.save()
    client = browse(world.minh)
    assert "Thẩm định xong" not in client.get(at(dossier.round, "verify", model="FAMILY")).content.decode()
    assert "đã khóa" in client.post(BULK, bulk(dossier.round, "verify", dossier), follow=True).content.decode()
