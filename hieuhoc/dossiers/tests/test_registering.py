"""Registration: by hand, all, from last year; where a person may; never twice."""

import pytest
from django.urls import reverse

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.dossiers import actions
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.registry.models import Model
from hieuhoc.rounds.models import Round


def test_chosen_subjects_are_registered_once(world):
    round_, first, second = world.round(), world.household("Ksor Một"), world.household("Ksor Hai")
    made = actions.register(round_.pk, Model.FAMILY, by=world.minh, ids=[first.pk])
    assert len(made) == 1
    assert len(actions.register(round_.pk, Model.FAMILY, by=world.minh, ids=[first.pk, second.pk])) == 1
    assert actions.register(round_.pk, Model.FAMILY, by=world.minh, ids=[first.pk, second.pk]) == []
    one = Dossier.objects.get(subject=first)
    assert (one.state, one.place, one.model, one.outcome) == (State.DRAFT, world.ring, Model.FAMILY, "incomplete")
    assert Entry.objects.filter(verb="dossier.register").count() == 2


def test_what_is_not_of_the_commune_or_model_or_closed_is_not_registered(world):
    round_ = world.round()
    ids = [
        world.household("Rơ Mah Tin", place=world.brel).pk,
        world.citizen().pk,
        world.household("Ksor Đi", active_to="2026-01-01").pk,
    ]
    with pytest.raises(Forbidden):
        actions.register(round_.pk, Model.FAMILY, by=world.minh, ids=ids[:1])
    assert actions.register(round_.pk, Model.FAMILY, by=world.minh, ids=ids[1:]) == []


def test_last_year_s_are_registered_again(world):
    last = world.round(2025)
    titled, withdrawn = world.household("Ksor Một"), world.household("Ksor Hai")
    world.dossier(State.RECOGNISED, titled, round=last)
    world.dossier(State.WITHDRAWN, withdrawn, round=last)
    world.household("Ksor Ba")
    this = world.round(2026)
    made = actions.register(this.pk, Model.FAMILY, by=world.minh, which="last_year")
    one = Dossier.objects.get(pk__in=made)
    assert (one.subject, one.application) == (titled, "again")


def test_all_of_one_village(world):
    round_ = world.round()
    world.household("Ksor Một")
    world.household("Ksor Hai", place=world.phung)
    made = actions.register(round_.pk, Model.FAMILY, by=world.ksor, which="all", place_id=world.ring.pk)
    assert [one.place for one in Dossier.objects.filter(pk__in=made)] == [world.ring]
    assert len(actions.register(round_.pk, Model.FAMILY, by=world.minh, which="all")) == 1


@pytest.mark.parametrize("which", ["all", "last_year"])
def test_a_recorder_does_not_register_the_whole_commune(world, which):
    with pytest.raises(Forbidden):
        actions.register(world.round().pk, Model.FAMILY, by=world.ksor, which=which)


def test_a_recorder_does_not_register_a_neighbour_under_the_own_village(world):
    round_, neighbour = world.round(), world.household("Siu Ó", place=world.phung)
    with pytest.raises(Forbidden):
        actions.register(round_.pk, Model.FAMILY, by=world.ksor, ids=[neighbour.pk], place_id=world.ring.pk)


def test_a_closed_round_registers_nobody(world):
    round_ = world.round(state="closed")
    with pytest.raises(actions.Refused, match="đã khóa"):
        actions.register(round_.pk, Model.FAMILY, by=world.minh, ids=[world.household().pk])


def test_a_model_without_criteria_registers_nobody(world):
    round_ = world.round()
    round_.models.filter(model=Model.FAMILY).delete()
    with pytest.raises(LookupError):
        actions.register(round_.pk, Model.FAMILY, by=world.minh, which="all")


# --- taken back


def drafts(world, *names):
    """Registrations of these households, by the verb."""
    ids = [world.household(name).pk for name in names]
    return actions.register(world.round().pk, Model.FAMILY, by=world.minh, ids=ids)


def test_a_registration_by_mistake_is_taken_out_and_can_be_made_again(world):
    first, second = drafts(world, "Ksor Một", "Ksor Hai")
    subject = Dossier.objects.get(pk=first).subject_id
    assert actions.unregister([first], by=world.minh, reason="Đăng ký nhầm hộ") == 1
    assert list(Dossier.objects.values_list("pk", flat=True)) == [second]
    entry = Entry.objects.get(verb="dossier.unregister")
    assert (entry.actor, entry.reason, entry.count) == (world.minh, "Đăng ký nhầm hộ", 1)
    assert len(actions.register(world.round().pk, Model.FAMILY, by=world.minh, ids=[subject])) == 1


def write(world, dossier, how):
    """Something a person did with a registration."""
    acts = {
        "answered": lambda: actions.answer(dossier, {"T-1": 0}, by=world.minh),
        "answer taken back": lambda: (
            actions.answer(dossier, {"T-1": 0}, by=world.minh), actions.answer(dossier, {"T-1": None}, by=world.minh)
        ),
        "with evidence": lambda: actions.cite(dossier, "Sổ họp thôn", by=world.minh, indicator="T-1"),
        "evidence taken away": lambda: actions.detach(
            actions.cite(dossier, "Sổ họp thôn", by=world.minh, indicator="T-1").pk, by=world.minh
        ),
        "sent": lambda: actions.move([dossier], "submit", by=world.minh),
        "sent and taken back": lambda: (
            actions.move([dossier], "submit", by=world.minh), actions.move([dossier], "take_back", by=world.minh)
        ),
        "withdrawn": lambda: actions.move([dossier], "withdraw", by=world.minh, reason="Không dự"),
    }  # fmt: skip
    acts[how]()


@pytest.mark.parametrize(
    "how",
    [
        "answered",
        "answer taken back",
        "with evidence",
        "evidence taken away",
        "sent",
        "sent and taken back",
        "withdrawn",
    ],
)
def test_what_somebody_wrote_into_is_kept_and_all_go_or_none(world, how):
    first, second = drafts(world, "Ksor Một", "Ksor Hai")
    write(world, first, how)
    with pytest.raises(actions.Refused, match="1 hồ sơ đã có điểm"):
        actions.unregister([first, second], by=world.minh, reason="Nhầm")
    assert Dossier.objects.count() == 2 and not Entry.objects.filter(verb="dossier.unregister").exists()


@pytest.mark.parametrize("person", ["hoa", "lan", "province", "inspector", "admin", "nobody"])
def test_who_does_not_register_takes_no_registration_out(world, person):
    with pytest.raises(Forbidden):
        actions.unregister(drafts(world, "Ksor Một"), by=getattr(world, person), reason="Nhầm")
    assert Dossier.objects.count() == 1


def test_a_recorder_takes_out_the_own_villages_registrations_only(world):
    (own,) = drafts(world, "Ksor Một")
    other = world.dossier(subject=world.household("Siu Ó", place=world.phung))
    with pytest.raises(Forbidden):
        actions.unregister([own, other.pk], by=world.ksor, reason="Nhầm")
    assert actions.unregister([own], by=world.ksor, reason="Nhầm") == 1


@pytest.mark.parametrize(("reason", "state", "said"), [(" ", "open", "lý do"), ("Nhầm", "closed", "đã khóa")])
def test_a_reason_and_an_open_round_are_needed(world, reason, state, said):
    made = drafts(world, "Ksor Một")
    Round.objects.update(state=state)
    with pytest.raises(actions.Refused, match=said):
        actions.unregister(made, by=world.minh, reason=reason)
    assert Dossier.objects.count() == 1


def test_nothing_left_to_take_out_is_said(world):
    made = drafts(world, "Ksor Một")
    actions.unregister(made, by=world.minh, reason="Nhầm")
    with pytest.raises(actions.Refused, match="Không còn"):
        actions.unregister(made, by=world.minh, reason="Nhầm")


def test_the_message_after_registering_takes_it_back(world, browse):
    client, subject = browse(world.minh), world.household("Ksor Một")
    form = reverse("dossiers:register", args=[world.round().pk, Model.FAMILY])
    client.post(form, {"id": [str(subject.pk)]})
    entry = Entry.objects.get(verb="dossier.register")
    shown = client.post(reverse("dossiers:undo", args=[entry.pk]), follow=True).content.decode()
    assert "Đã hoàn tác «Đăng ký» với 1 hồ sơ" in shown and not Dossier.objects.exists()
    again = client.post(reverse("dossiers:undo", args=[entry.pk]), follow=True).content.decode()
    assert "Không hoàn tác được: Không còn đăng ký nào" in again


def test_the_page_takes_out_what_nobody_wrote_into_and_leaves_the_rest(world, browse):
    first, second = drafts(world, "Ksor Một", "Ksor Hai")
    actions.answer(first, {"T-1": 5}, by=world.minh)
    client, round_ = browse(world.minh), world.round()
    where = reverse("rounds:step", args=[round_.pk, "register"]) + "?model=FAMILY&xem=da"
    assert "Bỏ đăng ký nhầm" in client.get(where).content.decode()
    assert "Bỏ đăng ký nhầm" not in browse(world.inspector).get(where).content.decode()
    form = reverse("dossiers:unregister", args=[round_.pk, Model.FAMILY])
    sent = {"all": "1", "states": "draft,submitted", "next": where}
    assert "cần ghi lý do" in client.post(form, sent, follow=True).content.decode()
    shown = client.post(form, sent | {"reason_unregister": "Nhầm"}, follow=True).content.decode()
    assert "Đã bỏ 1 đăng ký nhầm. 1 hồ sơ đã có điểm" in shown
    assert list(Dossier.objects.values_list("pk", flat=True)) == [first] and second
