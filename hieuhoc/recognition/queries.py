"""What others ask of recognition: titles by round and village, the register, what a code stands for, papers made.

Reads only. The public answer to a code says what the certificate says, masks the name of a person, and takes the
same way for a code that is known and one that is not. Use: ``queries.check("7KQM-2RXW-94TD-H6PC")``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.timezone import localdate

from hieuhoc.common.text import fold
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.places import tree
from hieuhoc.recognition import rules
from hieuhoc.recognition.models import Correction, Council, Decision, Paper, PaperTemplate, Recognition, Submission
from hieuhoc.registry import queries as registry
from hieuhoc.registry.models import Model
from hieuhoc.rounds.models import Round

PUT_FORWARD = (State.PROPOSED, State.RECOGNISED)


def tallies(round_: Round) -> list[dict[str, Any]]:
    """By model of the round: all subjects, registered, assessed, put forward, recognised, refused."""
    totals = registry.count_by_place(round_.place_id)
    counted = {row["model"]: row for row in _counts(Dossier.objects.filter(round=round_))}
    models = [model for model in Model.values if model in set(round_.models.values_list("model", flat=True))]
    return [
        {"model": model, "total": sum(n for (_, of), n in totals.items() if of == model), **_filled(counted.get(model))}
        for model in models
    ]


COUNTED = ("registered", "assessed", "proposed", "recognised", "refused")


def _filled(row: dict[str, Any] | None) -> dict[str, int]:
    return {name: row[name] if row else 0 for name in COUNTED}


def _counts(dossiers: QuerySet[Dossier], *by: str) -> QuerySet:
    taking_part = ~Q(state=State.WITHDRAWN)
    return dossiers.values("model", *by).annotate(
        registered=Count("id", filter=taking_part),
        assessed=Count("id", filter=taking_part & Q(outcome__in=["pass", "fail"])),
        proposed=Count("id", filter=Q(state__in=PUT_FORWARD)),
        recognised=Count("id", filter=Q(state=State.RECOGNISED)),
        refused=Count("id", filter=Q(state=State.NOT_RECOGNISED)),
    )


def by_village(round_: Round) -> dict[tuple[int, str], dict[str, int]]:
    """(place, model) → total, registered, assessed, proposed, recognised, refused."""
    found = {
        (row["place_id"], row["model"]): _filled(row)
        for row in _counts(Dossier.objects.filter(round=round_), "place_id")
    }
    totals = registry.count_by_place(round_.place_id)
    return {key: {"total": totals.get(key, 0), **found.get(key, _filled(None))} for key in sorted({*totals, *found})}


def decisions(round_id: int, kind: str = "") -> QuerySet[Decision]:
    """The decisions of a round, oldest first."""
    found = Decision.objects.filter(round_id=round_id).order_by("issued_at", "pk")
    return found.filter(kind=kind) if kind else found


def unsigned(round_id: int) -> Decision | None:
    """The granting decision that waits for its signature, if there is one; not one whose titles were all taken out."""
    waiting = decisions(round_id, Decision.Kind.GRANT).filter(day=None, recognitions__isnull=False)
    return waiting.distinct().last()


def ended(round_id: int) -> QuerySet[Dossier]:
    """Dossiers that wait for a decision although the record of their subject was closed or merged into another."""
    waiting = Dossier.objects.filter(round_id=round_id, state=State.PROPOSED, subject__active_to__isnull=False)
    return waiting.select_related("subject__merged_into").order_by("model", "subject__sort_key")


def council(round_id: int) -> Council | None:
    """The council that works now."""
    return Council.objects.filter(round_id=round_id).prefetch_related("members").order_by("-pk").first()


def submission(round_id: int) -> Submission | None:
    """The latest tờ trình."""
    return Submission.objects.filter(round_id=round_id).order_by("-pk").first()


def titles(decision_id: int) -> QuerySet[Recognition]:
    """The titles of a decision in the order of its list."""
    return Recognition.objects.filter(decision_id=decision_id).order_by("model", "sequence")


def concerned(decision: Decision) -> QuerySet[Recognition]:
    """The titles that a later decision took back or put right."""
    about = Q(revocation__decision=decision) | Q(corrections__decision=decision)
    return Recognition.objects.filter(about).order_by("model", "sequence").distinct()


def register(
    commune_ids: QuerySet | list[int],
    *,
    year: int | None = None,
    model: str = "",
    text: str = "",
    decision: int | None = None,
) -> QuerySet:
    """The register of titles of communes, newest year first; ``text`` finds a name, a number or a code."""
    found = Recognition.objects.filter(commune_id__in=commune_ids).select_related("decision", "subject", "revocation")
    if year:
        found = found.filter(year=year)
    if model:
        found = found.filter(model=model)
    if decision:
        found = found.filter(decision_id=decision)
    found = found.order_by("-year", "model", "sequence")
    code = rules.read_code(text)
    if code:
        return found.filter(code=code)
    words = Q()
    for word in fold(text).split():
        words &= Q(subject__search_key__contains=word)
    if text.strip():
        found = found.filter(words | Q(printed__number__istartswith=text.strip()))
    return found


def printed_now(recognition: Recognition) -> dict[str, Any]:
    """The words of a certificate with its corrections laid over them."""
    words = dict(recognition.printed)
    for correction in recognition.corrections.order_by("decision__day", "pk"):
        words |= correction.after
    return words


def printed_before(recognition: Recognition, correction: Correction) -> dict[str, Any]:
    """The words of a certificate as a correction found them."""
    words = dict(recognition.printed)
    earlier = recognition.corrections.order_by("decision__day", "pk")
    for one in earlier.filter(pk__lt=correction.pk) if correction.pk else earlier:
        words |= one.after
    return words


def standing_of(recognition: Recognition, on: date) -> rules.Standing:
    """Whether a title stands on a day, and why."""
    taken = getattr(recognition, "revocation", None)
    return rules.standing(
        signed=recognition.decision.day,
        months=recognition.validity_months,
        revoked=(f"{taken.decision.number}/{taken.decision.symbol}", taken.decision.day) if taken else None,
        year=recognition.year,
        on=on,
    )


@dataclass(frozen=True)
class Answer:
    """What anybody may know of a certificate; ``found`` is False for every code that is not one."""

    code: str
    found: bool = False
    title: str = ""
    year: int | None = None
    level: int | None = None
    model: str = ""
    subject: str = ""
    name: str = ""
    address: str = ""
    number: str = ""
    decision: str = ""
    day: date | None = None
    body: str = ""
    state: str = "unknown"
    stands: bool = False
    because: str = "Không có giấy công nhận nào mang mã này."
    illustrative: bool = False
    demonstration: bool = False
    corrected: bool = False
    heirs: list[dict[str, Any]] = field(default_factory=list)


def check(typed: str, on: date | None = None) -> Answer:
    """What the certificate with this code says, whether it stands on the day, where its commune went."""
    code = rules.read_code(typed)
    day = on or localdate()
    found = Recognition.objects.filter(code=code or "").select_related("decision", "revocation__decision").first()
    if found is None:
        return Answer(rules.show_code(code) if code else typed.strip()[:40])
    return _answer(found, day)


def _answer(found: Recognition, day: date) -> Answer:
    words, standing, decision = printed_now(found), standing_of(found, day), found.decision
    return Answer(
        code=rules.show_code(found.code),
        found=True,
        title=words["title"],
        year=found.year,
        level=found.level,
        model=found.model,
        subject=words["subject"],
        name=rules.masked(words["name"], found.model),
        address=words["address"],
        number=words["number"],
        decision=f"{decision.number}/{decision.symbol}" if decision.is_signed else "",
        day=decision.day,
        body=decision.body,
        state=standing.state,
        stands=standing.stands,
        because=standing.because,
        illustrative=words["illustrative"],
        demonstration=decision.wording.get("demonstration", False),
        corrected=words != found.printed,
        heirs=_heirs(found, day),
    )


def _heirs(found: Recognition, day: date) -> list[dict[str, Any]]:
    """The units the commune of a title belongs to today, when it is not itself any more."""
    at = found.decision.day or found.decision.issued_at.date()
    heirs = tree.heirs(found.commune_id, day, at)
    return [
        {"code": heir.code, "name": heir.name, "on": heir.day, "whole": heir.whole, "default": heir.default}
        for heir in heirs
        if heir.unit_id != found.commune_id or heir.kind != "continue"
    ]


def papers(round_id: int) -> Iterator[Paper]:
    """The papers in use: the latest of each kind, place and decision; none older than the list it was made from."""
    found = (
        Paper.objects.filter(round_id=round_id)
        .exclude(decision__listed_at__gt=F("made_at"))
        .select_related("file", "place", "decision")
    )
    latest = found.order_by("kind", "place_id", "decision_id", "file__name", "-made_at", "-pk")
    return iter(latest.distinct("kind", "place_id", "decision_id", "file__name"))


def template(place_id: int, kind: str) -> PaperTemplate | None:
    """The commune's own template of a paper, or None when the product's is used."""
    latest = PaperTemplate.objects.filter(place_id=place_id, kind=kind).order_by("-given_at", "-pk").first()
    return latest if latest and latest.file_id else None
