"""Links of the world, and browsers without an account that open them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils.timezone import localdate, now

from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.recognition import actions as recognition
from hieuhoc.recognition.models import Recognition
from hieuhoc.registry.models import Model
from hieuhoc.selfassessment import actions
from hieuhoc.selfassessment.keys import paper_code, token_of
from hieuhoc.selfassessment.models import Link, SelfAssessment
from hieuhoc.selfassessment.views import public


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Nobody waits in a test; that the answers take the same time is looked at where it is tested."""
    monkeypatch.setattr(public, "ANSWER_AFTER", 0)


def day(ahead=30):
    return localdate() + timedelta(days=ahead)


def link(world, subject=None, *, way="code", expires_on=None, by=None, register=True) -> Link:
    """The link of a household of Làng Ring that is registered unless told."""
    subject = subject or world.household()
    round_ = world.round()
    if register:
        world.dossier(subject=subject)
    made = actions.make(round_.pk, [subject.pk], way=way, expires_on=expires_on or day(), by=by or world.minh)
    return Link.objects.select_related("subject", "round").get(pk=made.links[0].pk)


def poster(world, *, way="birth_year", model=Model.FAMILY, by=None) -> Link:
    return actions.make_poster(world.round().pk, world.ring.pk, model, way=way, expires_on=day(), by=by or world.minh)


def headed(world, name, year, **more):
    """A household whose head is in the registry with a year of birth."""
    house = world.household(name, **more)
    head = world.citizen(name, details={"birth_date": year}, **({"place": more["place"]} if "place" in more else {}))
    world.member(head, house, role="person", valid=DateRange(localdate() - timedelta(days=400), None))
    return house


def at(link, name="open", *more):
    return reverse(f"selfassessment:{name}", args=[token_of(link.pk), *more])


def enter(client, link, subject=None, **typed):
    """Confirm; the right code unless told."""
    subject = subject or link.subject
    given = {"answer": paper_code(link.pk, subject.pk), "name": subject.name} | typed
    return client.post(at(link), given)


def consented(client, link, subject=None) -> SelfAssessment:
    """Confirm and consent."""
    subject = subject or link.subject
    assert enter(client, link, subject).status_code == 302
    answer = client.post(at(link, "consent"), {"agree": "on", "represented": "on"})
    assert answer.status_code == 302
    return SelfAssessment.objects.get(subject=subject)


def answered(client, link, subject=None, **values) -> SelfAssessment:
    """Confirm, consent and answer both scores of the world's set."""
    held = consented(client, link, subject)
    client.post(at(link, "step", 1), {"T-1": "45", "T-2": "40"} | values)
    held.refresh_from_db()
    return held


def recognised(world, client, made) -> Recognition:
    """The title of a signed decision; what the page says while the decision waits for its signature is looked at."""
    dossier = Dossier.objects.get(subject=made.subject)
    sheet = {"outcome": "pass", "total": "85", "possible": "100", "lines": [], "missing": [], "because": "Đạt."}
    Dossier.objects.filter(pk=dossier.pk).update(
        state=State.PROPOSED, outcome="pass", total=85, missing=0, sheet=sheet, frozen_at=now()
    )
    decision = recognition.issue_decision(dossier.round_id, by=world.hoa)
    enter(client, made)
    assert "Chờ ký quyết định" in client.get(at(made, "result")).content.decode()
    recognition.sign_decision(decision.pk, "17", localdate(), by=world.hoa, signer="Trần Văn Hòa")
    return Recognition.objects.get()
