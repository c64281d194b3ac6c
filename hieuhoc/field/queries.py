"""What the phone and the officer's page read: one village's pull since a cursor, what waits for a person.

The cursor is PostgreSQL's own order of transactions, never a clock: a row changed after the cursor was written by a
transaction that the cursor's snapshot did not see. A cursor of another database is no cursor, and everything is given.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet, Subquery, Value
from django.utils.timezone import localdate

from hieuhoc.accounts.access import reach
from hieuhoc.accounts.models import User
from hieuhoc.criteria.queries import criteria_of
from hieuhoc.dossiers import answering, derived, typed
from hieuhoc.dossiers.models import Dossier, Outcome, State
from hieuhoc.field import criteria as told
from hieuhoc.field import passes
from hieuhoc.field.models import Envelope
from hieuhoc.field.models import Outcome as Ended
from hieuhoc.places import tree
from hieuhoc.places.models import Level, UnitVersion
from hieuhoc.registry import wording
from hieuhoc.registry.models import Subject
from hieuhoc.rounds.models import Round, RoundModel
from hieuhoc.scoring import BadAnswer, Criteria
from hieuhoc.scoring.applies import applies_to, read_facts

HERE = "select (select system_identifier from pg_control_system()), oid, pg_snapshot_xmin(pg_current_snapshot())::text \
from pg_database where datname = current_database()"
# A row's xmin is the low half of a transaction's number; age() counts both from the newest, within one statement.
CHANGED = """
with reader as (select age(%(then)s::xid8::xid) as age)
select s.id, d.round_id, d.id is not null and (
        age(d.xmin) <= reader.age
        or exists (select from dossiers_evidence e where e.dossier_id = d.id and age(e.xmin) <= reader.age)),
    age(s.xmin) <= reader.age
from reader, registry_subject s left join dossiers_dossier d on d.subject_id = s.id and d.round_id = any(%(rounds)s)
where s.place_id = %(place)s and s.active_to is null
"""
EVIDENCE = """
select e.dossier_id, e.indicator, array_agg(e.id::text order by e.id) from dossiers_evidence e
where e.removed_at is null and e.dossier_id = any(%s) group by 1, 2
"""
# The photos that the person sent: what is still among the evidence can be taken back from the phone.
SENT = """
select result->>'evidence', jsonb_build_object('id', made_id, 'key', key, 'at', body->'at')::text from field_envelope
where place_id = %s and kind = 'photo' and outcome = 'applied' and person_id = %s
"""
NOTHING_HELD: dict[str, Any] = {"evidence": {}, "sent": []}
MOST_AGE = 2_000_000_000


@dataclass(frozen=True)
class Cursor:
    """Where a reader stands in the history of one database."""

    system: int
    database: int
    transaction: int

    def __str__(self) -> str:
        return f"{self.system:x}.{self.database:x}.{self.transaction:x}"


def here() -> Cursor:
    """The cursor of this moment: every transaction before it has ended."""
    with connection.cursor() as cursor:
        cursor.execute(HERE)
        system, database, transaction = cursor.fetchone()
    return Cursor(int(system), int(database), int(transaction))


def read_cursor(since: str, now: Cursor) -> int | None:
    """The transaction where the reader stands; None where everything has to be given."""
    try:
        then = Cursor(*(int(part, 16) for part in since.split(".")))
    except (ValueError, TypeError):
        return None
    same = (then.system, then.database) == (now.system, now.database)
    return then.transaction if same and 0 <= now.transaction - then.transaction < MOST_AGE else None


def commune_of(place_id: int, day: date) -> int:
    """The commune a village stands under on the day."""
    return tree.at_level(place_id, Level.COMMUNE, day) or place_id


def places_of(user: Any) -> dict[int, str]:
    """The places whose households the person may write, by name: the villages of the posts, or the post's own place."""
    today = localdate()
    within = reach(user, "dossier.write").filter(descendant__level__in=(Level.VILLAGE, Level.COMMUNE))
    standing = UnitVersion.objects.filter(unit_id__in=within, valid__contains=today)  # not those that have ended
    return dict(standing.order_by("sort_key", "code").values_list("unit_id", "name"))


def pull(user: User, place_id: int, since: str, places: dict[int, str]) -> dict[str, Any]:
    """Everything the phone of a village needs, or what changed since the cursor (PROTOCOL.md)."""
    today, cursor = localdate(), here()
    commune = commune_of(place_id, today)
    open_rounds = list(Round.objects.filter(place_id=commune, state=Round.State.OPEN).order_by("-year"))
    then = read_cursor(since, cursor)
    rows = _rows(place_id, [one.pk for one in open_rounds], then)
    subjects = list(dict.fromkeys(pk for pk, _, _, new in rows if new or then is None))
    changed = list(dict.fromkeys(pk for pk, _, new, _ in rows if new or then is None))
    sets = _sets(open_rounds)
    names = tree.names_of([place_id, commune], today)
    name, above = names[place_id], names[commune]
    return {
        "v": 1, "cursor": str(cursor), "full": then is None, "day": today.isoformat(),
        "pass": passes.give(user.pk, place_id, today), "person": {"id": user.pk, "name": user.full_name},
        "places": [{"id": pk, "name": words, "commune": above} for pk, words in places.items()],
        "place": {"id": place_id, "name": name, "commune": above},
        "rounds": [_round(one, sets) for one in open_rounds],
        "subjects": _subjects(subjects),
        "dossiers": _dossiers(user, open_rounds, sets, place_id, changed),
        "present": list(dict.fromkeys(row[0] for row in rows)),
        "registered": [[round_id, pk] for pk, round_id, _, _ in rows if round_id],
        "open": _open(user, place_id), "questions": _questions(user, place_id),
    }  # fmt: skip


def _rows(place_id: int, round_ids: list[int], then: int | None) -> list[tuple[UUID, int | None, bool, bool]]:
    """Every subject of the village with the rounds it takes part in; whether its dossier, whether it changed since."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, {"then": str(then or 3), "rounds": round_ids, "place": place_id})
        return cursor.fetchall()


def _sets(open_rounds: Iterable[Round]) -> dict[tuple[int, str], Criteria]:
    """The criteria of each round and model."""
    entries = RoundModel.objects.filter(round__in=list(open_rounds)).values_list("round_id", "model", "version_id")
    return {(round_id, model): criteria_of(version) for round_id, model, version in entries}


def _round(round_: Round, sets: dict[tuple[int, str], Criteria]) -> dict[str, Any]:
    closes = round_.villages_close_on
    return {
        "id": round_.pk, "year": round_.year, "area": round_.area,
        "villages_close_on": closes.isoformat() if closes else None,
        "models": {model: told.of_model(one, round_.area) for (pk, model), one in sets.items() if pk == round_.pk},
    }  # fmt: skip


def _subjects(ids: list[UUID]) -> list[dict[str, Any]]:
    found = Subject.objects.filter(pk__in=ids).order_by("model", "sort_key", "pk")
    columns = ("id", "model", "name", "code", "details")
    return [
        {"id": pk, "model": model, "name": name, "code": code, "about": about(model, details)}
        for pk, model, name, code, details in found.values_list(*columns)
    ]


def about(model: str, details: dict[str, Any]) -> str:
    """What tells one household from the next at the door; no more of it is carried on the phone."""
    if model == "FAMILY":
        parts = [f"{details['members']} khẩu" if details.get("members") else "", details.get("address", "")]
    elif model == "CITIZEN":
        parts = [str(details.get("birth_date", ""))[:4], details.get("household_code", "")]
    else:
        parts = [wording.shown("head_name", details.get("head_name"))]
    return ", ".join(str(part) for part in parts if part)


def _dossiers(
    user: User,
    open_rounds: Iterable[Round],
    sets: dict[tuple[int, str], Criteria],
    place_id: int,
    subjects: list[UUID],
) -> list[dict[str, Any]]:
    """The dossiers of these subjects; those whose set counts titles are always given, since titles move elsewhere."""
    by_round = {one.pk: one for one in open_rounds}
    counting = {of for of, criteria in sets.items() if any(one.derived for one in criteria.indicators)}
    wanted = Q(subject_id__in=subjects) | Q(model__in={model for _, model in counting})
    found = list(Dossier.objects.filter(wanted, round_id__in=by_round, place_id=place_id).order_by("pk"))
    held, people = _evidence(user, place_id, found), _people(found)
    shares = {of: derived.shares(of[0], sets[of]) for of in {(one.round_id, one.model) for one in found} & counting}
    shown = []
    for one in found:
        one.round, of = by_round[one.round_id], (one.round_id, one.model)
        shown.append(_dossier(one, sets[of], people, shares.get(of, {})) | held.get(one.pk, NOTHING_HELD))
    return shown


def _dossier(one: Dossier, criteria: Criteria, people: dict[int, str], shares: dict[str, Any]) -> dict[str, Any]:
    computed = {
        key: typed.shown(criteria.by_key[key], by_subject.get(one.subject_id)) for key, by_subject in shares.items()
    }
    return {
        "round": one.round_id, "subject": one.subject_id, "model": one.model, "state": one.state,
        "state_label": State(one.state).label, "locked": answering.closed(one), "reason": one.reason,
        "answers": {
            key: {"value": said["value"], "rev": said["rev"], "by": people.get(said.get("by"), "")}
            for key, said in one.answers.items()
        },
        "derived": computed, "off": _off(criteria, one),
        "outcome": one.outcome, "outcome_label": str(Outcome(one.outcome).label),
        "total": None if one.total is None else str(one.total.normalize() if one.total else 0),
        "because": one.because,
    }  # fmt: skip


def _off(criteria: Criteria, one: Dossier) -> list[str]:
    """The indicators that do not apply to the subject, as far as what is known of it decides."""
    if not any(indicator.applies for indicator in criteria.indicators):
        return []
    try:
        facts = read_facts(criteria, {"area": one.round.area, **one.facts})
    except BadAnswer:
        return []
    return [indicator.key for indicator in criteria.indicators if applies_to(indicator, facts) is False]


def _evidence(user: User, place_id: int, found: list[Dossier]) -> dict[UUID, dict[str, Any]]:
    """By dossier: how much there is for each indicator (``evidence``), the person's own photos among it (``sent``)."""
    held: dict[UUID, dict[str, Any]] = defaultdict(lambda: {"evidence": {}, "sent": []})
    with connection.cursor() as cursor:
        cursor.execute(SENT, [place_id, user.pk])
        mine = dict(cursor.fetchall())
        cursor.execute(EVIDENCE, [[one.pk for one in found]])
        for dossier, indicator, pieces in cursor.fetchall():
            held[dossier]["evidence"][indicator] = len(pieces)
            held[dossier]["sent"] += [json.loads(mine[one]) for one in pieces if one in mine]
    return held


def _people(found: list[Dossier]) -> dict[int, str]:
    ids = {said.get("by") for one in found for said in one.answers.values()}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "full_name"))


def _open(user: User, place_id: int) -> list[dict[str, Any]]:
    """The person's own envelopes of this village that the commune still has on its table."""
    waiting = (Ended.HELD, Ended.CONFLICT)
    found = Envelope.objects.filter(person=user, place_id=place_id, outcome__in=waiting, settlement="")
    columns = ("made_id", "outcome", "subject", "key", "message")
    return [
        dict(zip(("id", "outcome", "subject", "key", "message"), row, strict=True))
        for row in found.order_by("number").values_list(*columns)
    ]


def _questions(user: User, place_id: int) -> list[dict[str, Any]]:
    """What the commune asked back about envelopes of this village."""
    asked = Envelope.objects.filter(place_id=place_id, settlement="").exclude(asked="").select_related("asked_by")
    return [
        {
            "id": one.made_id, "subject": one.subject, "key": one.key, "text": one.asked,
            "by": one.asked_by.full_name if one.asked_by else "", "at": one.asked_at,
        }
        for one in asked.filter(person=user).order_by("asked_at")
    ]  # fmt: skip


def waiting_of(user: Any) -> dict[str, Subquery]:
    """To be asked with something else: how many answers ``met``, how many notes and refusals nobody has read."""
    near = Envelope.objects.filter(settlement="", place_id__in=reach(user, "dossier.verify")).order_by()
    unread = Q(outcome=Ended.REFUSED) | Q(kind="note", outcome=Ended.APPLIED)
    return {"met": _count(near.filter(outcome=Ended.CONFLICT)), "unread": _count(near.filter(unread))}


def _count(found: QuerySet[Envelope]) -> Subquery:
    return Subquery(found.annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n"))
