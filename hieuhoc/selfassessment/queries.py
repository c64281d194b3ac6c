"""What is asked of self-assessment: links and answers of a round, years of birth, the live sheet of one subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.timezone import localdate

from hieuhoc.common.text import fold, name_key
from hieuhoc.dossiers import derived, judging
from hieuhoc.dossiers.models import Dossier
from hieuhoc.recognition.models import Recognition
from hieuhoc.registry.models import Membership, Model, Subject
from hieuhoc.rounds.models import Round
from hieuhoc.scoring import BadAnswer, Criteria, Result, score
from hieuhoc.selfassessment import rules
from hieuhoc.selfassessment.models import Link, SelfAssessment

BY_YEAR = frozenset({Model.FAMILY, Model.CITIZEN})  # models of which the registry may know a year of birth


@dataclass(frozen=True)
class Asked:
    """The filters of a list: villages within reach (None: all), one village, a model, words of a name."""

    within: QuerySet | None = None
    place: int | None = None
    model: str = ""
    text: str = ""


def years_of(subjects: Collection[Subject]) -> dict[UUID, frozenset[str]]:
    """The year of birth of each citizen, and of the head of each household where a member bears the head's name."""
    found: dict[UUID, set[str]] = defaultdict(set)
    heads = {one.pk: name_key(one.name) for one in subjects if one.model == Model.FAMILY}
    for one in subjects:
        if one.model == Model.CITIZEN:
            found[one.pk].add(str(one.details.get("birth_date", ""))[:4])
    members = Membership.objects.filter(group__in=list(heads), valid__upper_inf=True, member__model=Model.CITIZEN)
    for group, name, details in members.values_list("group_id", "member__name", "member__details"):
        if name_key(name) == heads[group]:
            found[group].add(str(details.get("birth_date", ""))[:4])
    years = {pk: frozenset(year for year in known if year.isdecimal()) for pk, known in found.items()}
    return {pk: known for pk, known in years.items() if known}


def born(subject: Subject) -> str:
    """The day or year of birth of a citizen, as the registry has it."""
    return str(subject.details.get("birth_date", "")) if subject.model == Model.CITIZEN else ""


def named(link: Link, name: str) -> list[Subject]:
    """The subjects a link is for that bear the name; marks do not matter."""
    found = subjects_of(link)
    return list(found.filter(search_key=fold(name))[:20] if link.subject_id is None else found)


def subjects_of(link: Link) -> QuerySet[Subject]:
    """The subjects a link is for, as they stand today."""
    if link.subject_id:
        return Subject.objects.filter(pk=link.subject_id, active_to=None)
    found = Subject.objects.filter(place_id=link.place_id, model=link.model, active_to=None)
    return found.order_by("sort_key", "id")


def standing_of(link: Link, on: date) -> rules.Standing:
    """What a link is on the day; the link comes with its subject."""
    ended = link.subject is not None and link.subject.active_to is not None
    return rules.standing(
        revoked=link.revoked_at is not None, expires_on=link.expires_on, locked=link.locked_at is not None,
        opened=link.opened_at is not None, ended=ended, on=on,
    )  # fmt: skip


def links(round_: Round, asked: Asked) -> QuerySet[Link]:
    """The links of a round within reach: by village, its poster first, then by given name; revoked ones last."""
    found = _narrowed(Link.objects.filter(round=round_), asked, "place_id")
    last, first = F("revoked_at").asc(nulls_first=True), F("subject__sort_key").asc(nulls_first=True)
    return found.select_related("subject").order_by(last, "place_id", first, "pk")


def assessments(round_: Round, asked: Asked) -> QuerySet[SelfAssessment]:
    """The self-assessments of a round within reach, by village and given name."""
    found = _narrowed(SelfAssessment.objects.filter(round=round_), asked, "subject__place_id")
    return found.select_related("subject").order_by("subject__place_id", "subject__sort_key", "pk")


def _narrowed(found: QuerySet, asked: Asked, place: str) -> QuerySet:
    if asked.within is not None:
        found = found.filter(**{f"{place}__in": asked.within})
    if asked.place is not None:
        found = found.filter(**{place: asked.place})
    if asked.model:
        found = found.filter(model=asked.model)
    for word in fold(asked.text).split():
        found = found.filter(subject__search_key__contains=word)
    return found


def used(links_: Iterable[Link]) -> dict[UUID, tuple[int, int]]:
    """How many self-assessments were begun through each link, and how many of them are finished."""
    found = SelfAssessment.objects.filter(link__in=list(links_), withdrawn_at=None).order_by()
    rows = found.values_list("link_id").annotate(n=Count("pk"), done=Count("pk", filter=~Q(finished_at=None)))
    return {pk: (number, done) for pk, number, done in rows}


def standing_link(round_id: int, subject_id: UUID) -> Link | None:
    """The link of one subject that was not revoked."""
    return Link.objects.filter(round_id=round_id, subject_id=subject_id, revoked_at=None).first()


def of_subject(round_id: int, subject_id: UUID) -> SelfAssessment | None:
    """The self-assessment of a subject in a round."""
    return SelfAssessment.objects.filter(round_id=round_id, subject_id=subject_id).select_related("round").first()


def dossier_of(round_id: int, subject_id: UUID) -> Dossier | None:
    """The dossier of a subject in a round."""
    return Dossier.objects.filter(round_id=round_id, subject_id=subject_id).first()


def dossiers_of(round_id: int, subjects: Iterable[UUID]) -> dict[UUID, Dossier]:
    """The dossiers of some subjects in a round."""
    found = Dossier.objects.filter(round_id=round_id, subject_id__in=list(subjects))
    return {one.subject_id: one for one in found}


def title_of(round_id: int, subject_id: UUID) -> Recognition | None:
    """The title a signed decision gave the subject for the round."""
    found = Recognition.objects.filter(decision__round_id=round_id, subject_id=subject_id, decision__day__isnull=False)
    return found.select_related("decision", "revocation__decision").order_by("-decision__day", "-pk").first()


def closed(round_: Round, dossier: Dossier | None, on: date | None = None) -> str:
    """Say why the answers of a subject cannot be changed any more; "" while they can."""
    return rules.closed(
        round_open=round_.state == Round.State.OPEN, year=round_.year, until=round_.villages_close_on,
        dossier=dossier.state if dossier else "", on=on or localdate(),
    )  # fmt: skip


def judged(criteria: Criteria, round_: Round, subject_id: UUID, answers: dict[str, Any]) -> Result | None:
    """The score sheet of self-given answers. Evidence is not asked here: the commune sees to it at verification."""
    dossier = dossier_of(round_.pk, subject_id)
    shares = derived.shares(round_.pk, criteria)
    values = {key: judging.plain(value) for key, value in answers.items() if key in criteria.keys}
    values |= {key: by_subject.get(subject_id) for key, by_subject in shares.items()}
    facts = {"area": round_.area, **(dossier.facts if dossier else {})}
    try:
        return score(criteria, values, facts, dossier.level_sought if dossier else None)
    except BadAnswer:
        return None
