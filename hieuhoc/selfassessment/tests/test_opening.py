"""Who gets in by a link, and who does not: tries, codes, years of birth, days, revocation, other links."""

from __future__ import annotations

import html
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.recognition.rules import read_code, show_code
from hieuhoc.registry.models import Model, Subject
from hieuhoc.rounds.models import Round
from hieuhoc.selfassessment import access, actions, keys, rules
from hieuhoc.selfassessment.models import Link, SelfAssessment
from hieuhoc.selfassessment.tests.conftest import at, consented, day, enter, headed, link, poster
from hieuhoc.selfassessment.views import public


def test_the_right_code_leads_to_consent(world):
    client, made = Client(), link(world)
    assert "Ksor H'Bia" not in client.get(at(made)).content.decode()
    client.post(at(made), {"answer": keys.paper_code(made.pk, made.subject_id)})
    assert client.get(at(made)).headers["Location"] == at(made, "consent")
    assert "Ksor H&#x27;Bia" in client.get(at(made, "consent")).content.decode()
    assert "_auth_user_id" not in client.session


def test_a_wrong_code_is_refused_and_the_tenth_stops_the_link_until_an_officer_opens_it(world):
    client, made = Client(), link(world)
    for _ in range(rules.TRIES_SUBJECT):
        assert enter(client, made, answer="abc 1").status_code == 422
    stopped = enter(client, made)
    assert stopped.status_code == 410 and "tạm khóa" in stopped.content.decode()
    actions.unlock(made.pk, by=world.minh)
    assert enter(client, made).status_code == 302


def test_the_right_code_gives_the_tries_back(world):
    client, made = Client(), link(world)
    enter(client, made, answer="1")
    enter(client, made)
    assert Link.objects.get(pk=made.pk).misses == 0


def test_an_address_that_tried_too_often_waits_whatever_it_opens(world):
    client = Client(REMOTE_ADDR="10.0.0.7")
    made = [link(world, world.household(f"Hộ {n}")) for n in range(3)]
    for n in range(20):
        enter(client, made[n % 3], answer="x")
    waits = enter(client, made[2])
    assert waits.status_code == 429 and "Chờ 10 phút" in waits.content.decode()
    assert enter(Client(REMOTE_ADDR="10.0.0.8"), made[2]).status_code == 302


def test_a_wrong_name_and_a_wrong_year_get_the_same_answer(world):
    headed(world, "Ksor H'Bia", "1970")
    made = poster(world)
    said = set()
    for name, year in (("Không Có Ai", "1970"), ("Ksor H'Bia", "1971"), ("Ksor H'Bia", "không nhớ")):
        answer = enter(Client(), made, Subject(name=name), answer=year)
        body = html.unescape(answer.content.decode()).replace(name, "").replace(year, "")
        said.add((answer.status_code, re.sub(r'(csrfmiddlewaretoken" value|data-csrf)="[^"]*"', "", body)))
    assert len(said) == 1
    assert "Tên phải là tên trong sổ của thôn" in said.pop()[1]


def test_every_answer_takes_the_same_time(world, monkeypatch):
    monkeypatch.setattr(public, "ANSWER_AFTER", 0.4)
    headed(world, "Ksor H'Bia", "1970")
    made = poster(world)
    for name, year in (("Không Có Ai", "1970"), ("Ksor H'Bia", "1971"), ("Ksor H'Bia", "1970")):
        start = time.monotonic()
        enter(Client(), made, Subject(name=name), answer=year)
        assert time.monotonic() - start >= 0.4


def test_a_name_has_few_tries_under_a_poster_and_whether_it_is_there_is_not_told(world):
    headed(world, "Ksor H'Bia", "1970")
    headed(world, "Rơ Châm Pok", "1980")
    made = poster(world)
    for name in ("Ksor H'Bia", "Không Có Ai"):
        said = {enter(Client(), made, Subject(name=name), answer="1999").status_code for _ in range(6)}
        assert said == {422}
    assert enter(Client(), made, Subject(name="KSOR H'BIA"), answer="1970").status_code == 422
    assert enter(Client(), made, Subject(name="ro cham pok"), answer="1980").status_code == 302
    actions.unlock(made.pk, by=world.ksor)
    assert enter(Client(), made, Subject(name="ksor h'bia"), answer=" 1970 ").status_code == 302


def test_two_of_one_name_and_year_are_neither(world):
    headed(world, "Siu Blưh", "1970", code="1")
    two = world.household("Siu Blưh", code="2")
    world.member(Subject.objects.get(model="CITIZEN", name="Siu Blưh"), two, role="person")
    made = poster(world)
    assert enter(Client(), made, Subject(name="Siu Blưh"), answer="1970").status_code == 422


def test_a_poster_with_codes_knows_each_household_by_its_own(world):
    one, two = world.household("Siu Blưh", code="1"), world.household("Siu Blưh", code="2")
    made, client = poster(world, way="code"), Client()
    assert enter(client, made, two).status_code == 302
    assert client.cookies[access.COOKIE].value.startswith(str(two.pk))
    assert keys.paper_code(made.pk, one.pk) != keys.paper_code(made.pk, two.pk)


def test_a_poster_opens_no_other_village_and_no_other_model(world):
    away = headed(world, "Rơ Châm Pok", "1980", place=world.phung)
    headed(world, "Ksor H'Bia", "1970")
    made = poster(world)
    assert enter(Client(), made, away, answer="1980").status_code == 422
    citizen = poster(world, model=Model.CITIZEN)
    assert enter(Client(), citizen, Subject(name="Ksor H'Bia"), answer="1970").status_code == 302
    assert enter(Client(), citizen, away, answer="1980").status_code == 422


def test_the_cookie_of_one_link_opens_no_other(world):
    client, one = Client(), link(world)
    other = link(world, world.household("Rơ Châm Pok"))
    consented(client, one)
    given = client.cookies[access.COOKIE]
    assert given["path"] == at(one) and given["httponly"] and int(given["max-age"]) <= 4 * 3600
    stolen = Client()
    stolen.cookies[access.COOKIE] = given.value
    for name in ("consent", "result", "withdraw"):
        assert stolen.get(at(other, name)).headers["Location"] == at(other)
    assert stolen.post(at(other, "step", 1), {"T-1": "1"}).headers["Location"] == at(other)
    assert not SelfAssessment.objects.filter(subject=other.subject).exists()


def test_a_cookie_made_up_is_none(world):
    client, made = Client(), link(world)
    client.cookies[access.COOKIE] = f"{made.subject_id}:x:y"
    assert client.get(at(made, "result")).headers["Location"] == at(made)


def test_whoever_moved_out_of_the_village_is_no_longer_let_in_by_its_poster(world):
    house = headed(world, "Ksor H'Bia", "1970")
    client, made = Client(), poster(world)
    enter(client, made, house, answer="1970")
    Subject.objects.filter(pk=house.pk).update(place=world.phung)
    assert client.get(at(made, "consent")).headers["Location"] == at(made)


def test_a_link_ends_after_its_last_day(world):
    made = link(world, expires_on=day(0))
    assert Client().get(at(made)).status_code == 200
    Link.objects.filter(pk=made.pk).update(expires_on=day(-1))
    page = Client().get(at(made))
    assert page.status_code == 410
    assert "hết hạn" in page.content.decode() and "Hỏi trưởng thôn" in page.content.decode()


def test_a_revoked_link_stops_at_once_even_for_whoever_is_in(world):
    client, made = Client(), link(world)
    consented(client, made)
    actions.revoke(made.pk, by=world.minh, reason="Phát nhầm nhà")
    assert client.post(at(made, "step", 1), {"T-1": "50"}).status_code == 410
    assert SelfAssessment.objects.get().answers == {}
    actions.restore(made.pk, by=world.minh)
    assert client.get(at(made, "step", 1)).status_code == 200
    assert Entry.objects.get(verb="selfassessment.revoke").reason == "Phát nhầm nhà"


def test_a_revocation_needs_a_reason_and_a_new_link_keeps_the_old_one_from_coming_back(world):
    made = link(world)
    with pytest.raises(actions.Refused, match="lý do"):
        actions.revoke(made.pk, by=world.minh, reason=" ")
    actions.revoke(made.pk, by=world.minh, reason="Mất phiếu")
    actions.make(made.round_id, [made.subject_id], way="code", expires_on=day(), by=world.minh)
    with pytest.raises(actions.Refused, match="khác thay"):
        actions.restore(made.pk, by=world.minh)


def test_a_poster_comes_back_unless_another_stands(world):
    world.household()
    made = poster(world, way="code")
    actions.revoke(made.pk, by=world.minh, reason="Sai ngày")
    actions.restore(made.pk, by=world.minh)
    actions.revoke(made.pk, by=world.minh, reason="Sai ngày")
    poster(world, way="code")
    with pytest.raises(actions.Refused, match="khác thay"):
        actions.restore(made.pk, by=world.minh)


def test_a_subject_that_left_the_registry_is_said(world):
    made = link(world)
    Subject.objects.filter(pk=made.subject_id).update(active_to=day(0))
    page = Client().get(at(made))
    assert page.status_code == 410 and "không còn trong sổ" in page.content.decode()


def test_making_again_keeps_the_paper_and_gives_a_new_day(world):
    made = link(world, expires_on=day(3))
    again = actions.make(made.round_id, [made.subject_id], way="code", expires_on=day(40), by=world.minh)
    assert (again.new, again.links[0].pk, again.links[0].expires_on) == (0, made.pk, day(40))


def test_making_again_follows_whoever_moved_and_changes_the_way(world):
    house = headed(world, "Ksor H'Bia", "1970")
    made = link(world, house)
    Subject.objects.filter(pk=house.pk).update(place=world.phung)
    again = actions.make(made.round_id, [house.pk], way="birth_year", expires_on=day(), by=world.minh).links[0]
    assert (again.pk, again.way, again.place_id) == (made.pk, "birth_year", world.phung.pk)


def test_who_has_no_year_of_birth_gets_a_code(world):
    known, unknown = headed(world, "Ksor H'Bia", "1970"), world.household("Rơ Châm Pok")
    made = actions.make(world.round().pk, [known.pk, unknown.pk], way="birth_year", expires_on=day(), by=world.minh)
    assert {one.subject_id: one.way for one in made.links} == {known.pk: "birth_year", unknown.pk: "code"}
    assert made.coded == 1


@pytest.mark.parametrize("expires", [-1, 401])
def test_a_link_stands_neither_in_the_past_nor_for_ever(world, expires):
    with pytest.raises(actions.Refused, match="Ngày hết hạn"):
        link(world, expires_on=day(expires))


def test_a_closed_round_gets_no_links(world):
    house = world.household()
    Round.objects.filter(pk=world.round().pk).update(state="closed")
    with pytest.raises(actions.Refused, match="đã khóa"):
        actions.make(world.round().pk, [house.pk], way="code", expires_on=day(), by=world.minh)


def test_links_are_for_who_writes_there(world):
    with pytest.raises(Forbidden):
        link(world, world.household("Rơ Châm Pok", place=world.phung), by=world.ksor)
    with pytest.raises(Forbidden):
        poster(world, by=world.inspector)


def test_subjects_of_another_commune_are_left_out(world):
    away = world.household("Rơ Châm Lan", place=world.brel)
    with pytest.raises(actions.Refused, match="Không có ai"):
        actions.make(world.round().pk, [away.pk], way="code", expires_on=day(), by=world.minh)


def test_the_number_on_the_paper_is_typed_any_way(world):
    made = link(world)
    number = show_code(keys.token_of(made.pk))
    for typed in (number, number.lower().replace("-", " ")):
        answer = Client().get(reverse("selfassessment:enter"), {"phieu": typed})
        assert answer.headers["Location"] == at(made)
    wrong = Client().get(reverse("selfassessment:enter"), {"phieu": "7KQM"})
    assert wrong.status_code == 404 and "Không có phiếu nào mang số này" in wrong.content.decode()


def test_nothing_in_the_database_opens_a_link(world):
    made = link(world)
    stored = [str(value) for value in Link.objects.filter(pk=made.pk).values_list().get()]
    assert not any(keys.token_of(made.pk) in one or keys.paper_code(made.pk, made.subject_id) in one for one in stored)


@given(st.uuids())
def test_every_token_reads_back_as_a_code(pk):
    token = keys.token_of(pk)
    assert read_code(show_code(token).lower()) == token


@given(st.dates(), st.dates())
def test_sixteen_is_reached_on_the_birthday_and_a_year_alone_counts_for_its_youngest(born, on):
    exact, year = rules.under_age(born.isoformat(), on), rules.under_age(f"{born.year:04d}", on)
    assert exact == ((on.year - born.year, on.month, on.day) < (16, born.month, born.day))
    assert year or not exact


@given(
    st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.integers(-3, 3),
)  # fmt: skip
def test_a_link_opens_exactly_when_nothing_stops_it(revoked, locked, opened, ended, left):
    on = day(0)
    found = rules.standing(
        revoked=revoked, expires_on=on + timedelta(days=left), locked=locked, opened=opened, ended=ended, on=on
    )
    assert (found.why == "") == (not revoked and not locked and not ended and left >= 0)


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_are_no_way_around_the_limit(world):
    made = link(world)

    def wrong(number):
        answer = enter(Client(REMOTE_ADDR=f"10.1.0.{number}"), made, answer=f"{number}")
        connection.close()
        return answer.status_code

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(wrong, range(24)))
    assert answers.count(422) == rules.TRIES_SUBJECT and set(answers) <= {422, 410, 429}
    made.refresh_from_db()
    assert made.misses == rules.TRIES_SUBJECT and made.locked_at
