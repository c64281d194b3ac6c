"""Envelopes taken in: five outcomes, whatever order they come in, and nothing twice."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils.timezone import localdate, now

from hieuhoc.accounts.models import Post, User
from hieuhoc.audit.models import Entry
from hieuhoc.common.ids import uuid7
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.models import Dossier, Evidence, State
from hieuhoc.field import actions, doing, leftover
from hieuhoc.field.models import Envelope, Photo, StandIn
from hieuhoc.field.tests.phones import Phone
from hieuhoc.files.models import StoredFile
from hieuhoc.registry import actions as registry
from hieuhoc.registry.models import Subject

pytestmark = pytest.mark.django_db
APPLIED, HELD = ("applied", ""), ("held", "no_base")


@pytest.fixture
def phone(world):
    """Ksor H'Lung's phone at Làng Ring."""
    return Phone(world.ksor, world.ring, world.round())


def stands(subject):
    """The answers that stand in the subject's dossier."""
    return {key: said["value"] for key, said in Dossier.objects.get(subject_id=subject).answers.items()}


def test_a_house_is_registered_scored_and_judged_by_one_delivery(world, phone):
    house = world.household()
    sent = phone.sends(
        phone.makes("register", house), phone.answers(house, "T-1", 45), phone.answers(house, "T-2", 40),
        phone.makes("submit", house),
    )  # fmt: skip
    dossier = Dossier.objects.get(subject=house)
    assert sent == [APPLIED] * 4 and stands(house.pk) == {"T-1": 45, "T-2": 40}
    assert (dossier.outcome, dossier.state) == ("pass", State.SUBMITTED)
    assert Entry.objects.filter(verb="dossier.answer", actor=world.ksor).count() == 1


def test_sent_twice_is_done_once_and_said(world, phone):
    house = world.household()
    bodies = [phone.makes("register", house), phone.answers(house, "T-1", 45)]
    phone.sends(*bodies)
    again = phone.receipts(*bodies)
    assert [(one.outcome, one.first, one.rev) for one in again] == [
        ("duplicate", "applied", None), ("duplicate", "applied", 1),
    ]  # fmt: skip
    assert Entry.objects.filter(verb="dossier.answer").count() == 1


def test_a_delivery_that_another_one_of_the_same_overtook_does_nothing_twice(world, phone):
    """Laid down by the first, done by the second, and only then gone on with by the first."""
    house = world.dossier().subject
    bodies = [phone.answers(house, "T-1", 45), phone.makes("note", house, text="Sáu chữ")]
    laid_down = actions._store({UUID(one["id"]): one for one in bodies}, world.ksor, None, None)
    phone.sends(*bodies)
    found = doing.do(set(laid_down), world.ksor, new=laid_down.values())
    assert [one.outcome for one in found.values()] == ["applied"] * 2
    assert Dossier.objects.get(subject=house).answers["T-1"]["rev"] == 1
    assert Entry.objects.filter(verb="dossier.answer").count() == 1


def test_a_right_that_ends_between_two_deliveries_has_ended(world, phone):
    house = world.dossier().subject
    assert phone.sends(phone.answers(house, "T-1", 45)) == [APPLIED]
    Post.objects.filter(user=world.ksor).delete()
    assert phone.sends(phone.answers(house, "T-2", 40)) == [("refused", "no_right")]


def test_an_answer_after_a_step_of_the_same_delivery_meets_what_that_left(world, phone):
    """Withdrawn by it, the dossier takes no answer: what counts is its state now, not the one read before."""
    house = world.dossier().subject
    bodies = [phone.answers(house, "T-1", 45), phone.makes("withdraw", house, reason="Chuyển đi")]
    late = phone.answers(house, "T-1", 50, rev=1, was=45)
    assert phone.sends(*bodies, late) == [APPLIED, APPLIED, ("refused", "closed")]


def test_an_answer_that_comes_before_its_house_waits_for_it(world, phone):
    made = str(uuid7())
    house = phone.makes("subject", made, model="FAMILY", name="Rơ Châm Hyat", details={"members": "5"})
    register, answer = phone.makes("register", made), phone.answers(made, "T-1", 45)
    assert phone.sends(answer) == [("held", "no_subject")]
    assert phone.sends(register) == [("held", "no_subject")]
    assert phone.sends(house) == [APPLIED]
    assert stands(made) == {"T-1": 45}
    assert set(Envelope.objects.values_list("outcome", flat=True)) == {"applied"}
    assert Subject.objects.get(pk=made).details == {"members": 5}


def test_the_same_answer_on_two_phones_is_a_conflict_and_both_are_kept(world, phone):
    dossier = world.dossier()
    other = Phone(world.minh, world.ring, world.round())
    assert phone.sends(phone.answers(dossier.subject, "T-1", 45)) == [APPLIED]
    mine = other.answers(dossier.subject, "T-1", 30)
    assert other.sends(mine) == [("conflict", "changed")]
    kept = Envelope.objects.get(made_id=mine["id"])
    assert stands(dossier.subject_id) == {"T-1": 45} and kept.body["value"] == 30
    assert (kept.result["theirs"]["value"], kept.result["theirs"]["by"]) == (45, world.ksor.pk)


def test_the_same_value_on_two_phones_is_no_conflict(world, phone):
    dossier = world.dossier()
    other = Phone(world.minh, world.ring, world.round())
    bodies = [one.answers(dossier.subject, "T-1", 45) for one in (phone, other)]
    assert phone.sends(bodies[0]) + other.sends(bodies[1]) == [APPLIED, APPLIED]


def test_two_answers_of_a_house_on_two_phones_both_stand(world, phone):
    dossier = world.dossier()
    other = Phone(world.minh, world.ring, world.round())
    assert phone.sends(phone.answers(dossier.subject, "T-1", 45)) == [APPLIED]
    assert other.sends(other.answers(dossier.subject, "T-2", 40)) == [APPLIED]
    assert stands(dossier.subject_id) == {"T-1": 45, "T-2": 40}


def test_a_phone_goes_on_from_its_own_last_answer_in_any_order(world, phone):
    house = world.dossier().subject
    first = phone.answers(house, "T-1", 10)
    second = phone.follows(house, "T-1", 20, first)
    third = phone.follows(house, "T-1", 30, second)
    assert phone.sends(third, second) == [HELD, HELD]
    assert stands(house.pk) == {}
    assert phone.sends(first) == [APPLIED] and stands(house.pk) == {"T-1": 30}


def test_in_one_delivery_the_last_answer_stands(world, phone):
    house = world.dossier().subject
    first = phone.answers(house, "T-1", 10)
    second = phone.follows(house, "T-1", None, first)
    third = phone.follows(house, "T-1", 30, second)
    assert phone.sends(first, second, third) == [APPLIED] * 3 and stands(house.pk) == {"T-1": 30}


def test_what_follows_a_conflict_is_part_of_it(world, phone):
    dossier = world.dossier()
    dossiers.answer(dossier.pk, {"T-1": 50}, by=world.minh)
    first = phone.answers(dossier.subject, "T-1", 10)
    second = phone.follows(dossier.subject, "T-1", 20, first)
    assert phone.sends(first, second) == [("conflict", "changed"), ("conflict", "follows_conflict")]
    assert stands(dossier.subject_id) == {"T-1": 50}


def test_what_follows_a_refused_answer_stands_on_what_that_stood_on(world, phone):
    house = world.dossier().subject
    wrong = phone.answers(house, "T-1", 51)
    assert phone.sends(wrong, phone.follows(house, "T-1", 50, wrong)) == [("refused", "wrong_value"), APPLIED]
    assert stands(house.pk) == {"T-1": 50}


def test_withdrawn_and_registered_again_in_one_delivery_is_registered(world, phone):
    house = world.dossier().subject
    sent = phone.sends(
        phone.answers(house, "T-1", 45), phone.makes("withdraw", house, reason="Gia đình đổi ý"),
        phone.makes("register", house), phone.answers(house, "T-2", 40),
    )  # fmt: skip
    assert sent == [APPLIED] * 4
    assert Dossier.objects.get(subject=house).state == State.DRAFT and stands(house.pk) == {"T-1": 45, "T-2": 40}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": "fly"}, "unknown_kind"),
        ({"value": 51}, "wrong_value"),
        ({"value": "mười"}, "wrong_value"),
        ({"value": {"count": [1]}}, "wrong_value"),
        ({"key": "X-1"}, "wrong_value"),
        ({"key": ""}, "unreadable"),
        ({"round": 10**30}, "unreadable"),
        ({"round": 999_999}, "no_round"),
        ({"base": 3}, "unreadable"),
        ({"subject": "x"}, "unreadable"),
        ({"place": "12"}, "unreadable"),
        ({"said_by": "x" * 81}, "unreadable"),
        ({"at": "hôm qua", "value": 45}, ""),
        ({"key": "T-1\x00", "value": 45}, ""),
    ],
)
def test_what_cannot_be_done_is_kept_and_refused_with_a_sentence(world, phone, more, code):
    house = world.dossier().subject
    body = phone.answers(house, "T-1", 45) | more
    receipt = phone.receipts(body)[0]
    assert (receipt.outcome, receipt.code) == (("refused", code) if code else APPLIED)
    assert bool(receipt.message) == bool(code)
    assert Envelope.objects.get(made_id=body["id"]).body["id"] == body["id"]


def test_an_envelope_that_cannot_be_read_holds_up_no_other(world, phone):
    house = world.dossier().subject
    bodies = [{"id": "x"}, {}, phone.answers(house, "T-1", 45), phone.makes("note", text="\ud800 Nhà này đi vắng")]
    assert [one[0] for one in phone.sends(*bodies)] == ["refused", "refused", "applied", "applied"]


def test_a_closed_round_refuses_and_says_so(world, phone):
    dossier = world.dossier()
    dossier.round.state = "closed"
    dossier.round.save()
    assert phone.sends(phone.answers(dossier.subject, "T-1", 45)) == [("refused", "closed")]


def test_a_verified_dossier_that_is_proposed_takes_no_answer(world, phone):
    dossier = world.dossier(State.PROPOSED)
    assert phone.sends(phone.answers(dossier.subject, "T-1", 1, 1, 50)) == [("refused", "closed")]


def test_a_new_household_that_is_there_already_is_a_question_for_the_commune(world, phone):
    there = world.household("Ksor H'Bia")
    made = str(uuid7())
    sent = phone.sends(
        phone.makes("subject", made, model="FAMILY", name="Ksor H'Bia"), phone.makes("register", made),
        phone.answers(made, "T-1", 45),
    )  # fmt: skip
    assert sent == [("conflict", "twin"), ("held", "no_subject"), ("held", "no_subject")]
    assert Envelope.objects.get(kind="subject").result == {"twin": str(there.pk)}


@pytest.mark.parametrize("kind", ["register", "answer", "withdraw", "submit", "photo", "subject", "note"])
def test_a_phone_of_one_village_writes_nothing_in_the_next(world, kind):
    next_door = world.dossier(subject=world.household("Siu Blơn", place=world.phung))
    phone = Phone(world.ksor, world.phung, world.round())
    body = phone.makes(
        kind, next_door.subject if kind != "subject" else str(uuid7()), key="T-1", value=1, reason="x", text="x",
        base={"rev": 0, "value": None}, photo=str(uuid7()), model="FAMILY", name="Kpă Tư",
    )  # fmt: skip
    assert phone.sends(body) == [("refused", "no_right")]
    own = Phone(world.ksor, world.ring, world.round())
    if kind not in ("subject", "note"):
        assert own.sends(own.makes(kind, next_door.subject, **{k: v for k, v in body.items() if k in (
            "key", "value", "reason", "base", "photo")})) == [("refused", "not_yours")]  # fmt: skip
    next_door.refresh_from_db()
    assert (next_door.answers, next_door.state, next_door.revision) == ({}, State.DRAFT, 1)


def test_an_id_of_somebody_else_tells_nothing(world, phone):
    house = world.dossier().subject
    body = phone.answers(house, "T-1", 45)
    phone.sends(body)
    foreign = Phone(world.lan, world.brel)
    assert foreign.sends(body) == [("refused", "id_taken")]
    assert phone.sends(body | {"value": 30}) == [("refused", "id_taken")]
    assert stands(house.pk) == {"T-1": 45}


@pytest.mark.parametrize(
    ("wrote", "pulled", "taken"),
    [
        (-3, -10, True),  # written before the end
        (-3, None, False),  # no pass: the phone's clock alone proves nothing
        (1, -10, False),  # written after the end
        (-3, 0, False),  # pulled after the end: it cannot have been written before
    ],
)
def test_a_post_that_ended_takes_what_was_written_before_its_end(world, wrote, pulled, taken):
    today = localdate()
    ended = world.user("cu", "village_recorder", None)
    ended.posts.all().delete()
    world.post(ended, "village_recorder", world.ring, date(2025, 7, 1), today - timedelta(days=1))
    phone = Phone(ended, world.ring, world.round())
    house = world.dossier().subject
    body = phone.answers(house, "T-1", 45, at=(now() + timedelta(days=wrote)).isoformat())
    if pulled is not None:
        body["pass"] = phone.pass_of(today + timedelta(days=pulled))
    assert phone.sends(body) == [APPLIED if taken else ("refused", "no_right")]
    kept = Envelope.objects.get(made_id=body["id"])
    assert kept.place_id == world.ring.pk  # its commune is shown what was refused


def test_who_said_it_stays_with_the_answer(world, phone):
    house = world.dossier().subject
    phone.sends(phone.answers(house, "T-1", 45, said_by="Chủ hộ"))
    assert Dossier.objects.get(subject=house).answers["T-1"]["said_by"] == "Chủ hộ"


def test_many_answers_are_few_questions(world, phone, django_assert_max_num_queries):
    houses = [world.dossier(subject=world.household(f"Ksor {n}")).subject for n in range(20)]
    bodies = [phone.answers(house, key, 45) for house in houses for key in ("T-1", "T-2")]
    with django_assert_max_num_queries(8):  # may only fall
        assert set(phone.sends(*bodies)) == {APPLIED}


@pytest.mark.parametrize(("kind", "most"), [("answer", 6), ("photo", 8), ("register", 15)])  # may only fall
def test_one_envelope_is_few_questions(world, phone, kind, most, django_assert_max_num_queries):
    houses = [world.household(f"Ksor {n}") for n in range(2)]
    if kind != "register":
        houses = [world.dossier(subject=one).subject for one in houses]
    file = StoredFile.objects.create(sha256="0" * 64, kind="jpeg", size=1, name="a.jpg")
    shot = Photo.objects.create(pk=uuid7(), person=world.ksor, size=1, sha256="0" * 64, have=1, file=file)
    first, second = (phone.makes(kind, one, key="T-1", value=45, photo=str(shot.pk)) for one in houses)
    phone.sends(first)  # the set of criteria is read once by a process
    with django_assert_max_num_queries(most):
        assert phone.sends(second) == [APPLIED]


def test_photos_of_one_delivery_keep_their_order(world, phone):
    house = world.dossier().subject
    file = StoredFile.objects.create(sha256="0" * 64, kind="jpeg", size=1, name="a.jpg")
    made = {"person": world.ksor, "size": 1, "sha256": "0" * 64, "have": 1, "file": file}
    shots = [Photo.objects.create(pk=uuid7(), **made) for _ in range(6)]
    phone.sends(*(phone.makes("photo", house, photo=str(one.pk), note=str(n)) for n, one in enumerate(shots)))
    assert list(Evidence.objects.order_by("added_at").values_list("note", flat=True)) == list("012345")
    assert Evidence.objects.values("added_at").distinct().count() == 6


def test_a_writer_whose_account_is_stopped_writes_nothing_that_waited(world, phone):
    """Woken by somebody else's registration, the answer is done by its writer's rights of now."""
    house = world.household()
    assert phone.sends(phone.answers(house, "T-1", 45)) == [HELD]
    User.objects.filter(pk=world.ksor.pk).update(is_active=False)
    other = Phone(world.minh, world.ring, world.round())
    assert other.sends(other.makes("register", house)) == [APPLIED]
    assert stands(house.pk) == {}
    assert Envelope.objects.get(kind="answer").code == "no_right"


def test_what_breaks_us_is_kept_shown_and_blocks_nobody(world, phone, monkeypatch):
    """An error nobody foresaw, in the answer that waits for Minh's registration."""
    from hieuhoc.field import answers

    house, other = world.household(), world.dossier(subject=world.household("Ksor An")).subject
    poison = phone.answers(house, "T-1", 13)
    assert phone.sends(poison) == [HELD]
    write = answers.write

    def breaks(desk, letters):
        if any(one.value == 13 for one in letters):
            raise RuntimeError("nobody foresaw this")
        return write(desk, letters)

    monkeypatch.setattr(answers, "write", breaks)
    minh = Phone(world.minh, world.ring, world.round())
    assert minh.sends(minh.makes("register", house)) == [APPLIED]
    assert phone.sends(phone.answers(other, "T-1", 45), phone.answers(other, "T-2", 13)) == [APPLIED, ("held", "error")]
    broken = Envelope.objects.filter(code="error")
    assert {one.place_id for one in broken} == {world.ring.pk} and broken.count() == 2
    monkeypatch.undo()
    assert leftover.try_held() == 2 and stands(house.pk) == {"T-1": 13}


def test_a_household_of_the_past_is_not_said_to_be_registered(world, phone):
    house = world.household()
    registry.close(house.pk, by=world.minh, reason="Chuyển đi")
    assert phone.sends(phone.makes("register", house)) == [("refused", "not_possible")]


def test_a_household_merged_away_goes_on_as_the_one_it_is(world, phone):
    keep, drop = world.household("Ksor An"), world.household("Ksor Ân")
    registry.merge(keep.pk, drop.pk, by=world.minh, reason="Một hộ")
    assert phone.sends(phone.makes("register", drop), phone.answers(drop, "T-1", 45)) == [APPLIED, APPLIED]
    assert stands(keep.pk) == {"T-1": 45}


def test_two_ids_of_one_household_in_one_delivery_meet(world, phone):
    there, made = world.dossier(subject=world.household("Ksor H'Bia")).subject, uuid7()
    StandIn.objects.create(made_id=made, subject=there, said_by=world.minh)
    sent = phone.sends(phone.answers(made, "T-1", 45), phone.answers(there, "T-1", 10))
    assert sent == [APPLIED, ("conflict", "changed")] and stands(there.pk) == {"T-1": 45}


def test_a_household_that_moved_takes_what_its_recorder_wrote_before(world, phone):
    house = world.dossier().subject
    world.post(world.ksor, "village_recorder", world.phung)
    body = phone.answers(house, "T-1", 45)
    registry.move(house.pk, place_id=world.phung.pk, by=world.minh, reason="Chuyển làng")
    assert phone.sends(body) == [APPLIED]


def test_an_old_pass_says_nothing(world):
    today = localdate()
    ended = world.user("cu", "village_recorder", None)
    ended.posts.all().delete()
    world.post(ended, "village_recorder", world.ring, date(2025, 7, 1), today - timedelta(days=100))
    phone = Phone(ended, world.ring, world.round())
    old = {"at": (now() - timedelta(days=150)).isoformat(), "pass": phone.pass_of(today - timedelta(days=200))}
    assert phone.sends(phone.answers(world.dossier().subject, "T-1", 45, **old)) == [("refused", "no_right")]


def test_what_a_kill_left_undone_is_done_by_its_writers_rights(world, phone):
    house = world.dossier().subject
    body = phone.answers(house, "T-1", 45)
    actions._store({UUID(body["id"]): body}, world.ksor, None, None)  # killed between the raw store and the doing
    assert Phone(world.lan, world.brel).sends(body) == [("refused", "id_taken")]
    assert phone.receipts(body)[0].first == "applied" and stands(house.pk) == {"T-1": 45}


@pytest.mark.parametrize(
    "more",
    [
        {"value": float("nan")}, {"value": float("inf")}, {"value": 10**400}, {"key": "T\ud800"}, {"kind": "\ud800"},
        {"at": "2026-11-20T08:00:00+20:00"}, {"text": "\\u0000 sáu chữ"}, {"said_by": "\x00"}, {"value": "x" * 30_000},
        {"value": {"count": {"a": {"b": 1}}, "of": []}}, {"subject": {"a": 1}}, {"base": {"rev": True}},
    ],
)  # fmt: skip
def test_a_hostile_envelope_is_answered_and_the_next_one_done(world, phone, more):
    house = world.dossier().subject
    receipts = phone.receipts(phone.answers(house, "T-1", 45) | more, phone.answers(house, "T-2", 40))
    assert len(receipts) == 2 and receipts[1].outcome == "applied"


def test_a_bottomless_envelope_is_answered(world, phone):
    deep = 1
    for _ in range(900):
        deep = {"a": deep}
    house = world.dossier().subject
    assert phone.sends(phone.answers(house, "T-1", deep), phone.answers(house, "T-2", 40))[1] == APPLIED
