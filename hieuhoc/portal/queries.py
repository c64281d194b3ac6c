"""What the public may see: counts with their denominators, and the names of bodies that were recognised.

Families and citizens are persons: only their number is shown. Communities, clans and organisations are bodies;
a decision names them in public, so the honour roll does too (docs/decisions/honour-roll.md).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Count, Max, Prefetch, QuerySet
from django.utils.timezone import localdate

from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.figures import queries as figures
from hieuhoc.figures.facts import Value
from hieuhoc.figures.models import Source
from hieuhoc.figures.progress import Progress, progress
from hieuhoc.places import heirs, search, tree
from hieuhoc.places.models import Level, UnitVersion
from hieuhoc.plans import queries as plans
from hieuhoc.plans import wording
from hieuhoc.recognition.models import Correction, Recognition
from hieuhoc.registry.models import Model
from hieuhoc.registry.wording import ONE
from hieuhoc.rounds.models import Round, RoundModel
from hieuhoc.rounds.queries import area_of

NAMED = (Model.COMMUNITY, Model.CLAN, Model.ORGANISATION)
KEPT_SECONDS = 300
LISTED = 24
FOUND = 20


@dataclass(frozen=True)
class Figure:
    """One model's counts; a share is of those registered, and says so."""

    model: str
    label: str
    unit: str
    total: int | None
    registered: int
    recognised: int


@dataclass(frozen=True)
class Place:
    """A commune as the public page names it."""

    code: str
    name: str
    above: str
    recognised: int = 0


@dataclass(frozen=True)
class Village:
    """The families of one village."""

    name: str
    total: int
    registered: int
    recognised: int


@dataclass(frozen=True)
class Nation:
    """The sums of a year over all communes that have a round."""

    year: int
    communes: int
    figures: tuple[Figure, ...]
    listed: tuple[Place, ...]
    illustrative: bool


@dataclass(frozen=True)
class Roll:
    """The names of one model on the honour roll."""

    model: str
    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Year:
    """What the public page of a commune shows of one year."""

    figures: tuple[Figure, ...]
    villages: tuple[Village, ...]
    roll: tuple[Roll, ...]
    illustrative: bool


def nation() -> Nation | None:
    """The sums of the latest year that has a title, else of the latest round; kept for five minutes."""
    return cache.get_or_set("portal.nation", _nation, KEPT_SECONDS)


def _nation() -> Nation | None:
    year = _standing().aggregate(y=Max("year"))["y"] or Round.objects.aggregate(y=Max("year"))["y"]
    if year is None:
        return None
    titles = _standing().filter(year=year)
    return Nation(
        year,
        Round.objects.filter(year=year).count(),
        _figures(Counter(), _numbers(_registered(round__year=year), "model"), _numbers(titles, "model")),
        _listed(year, titles),
        _illustrative(round__year=year),
    )


def _standing() -> QuerySet[Recognition]:
    """The titles that have legal effect: their decision is signed and no later one took them back."""
    return Recognition.objects.filter(decision__day__isnull=False, revocation=None)


def _illustrative(**where: object) -> bool:
    """Whether a criteria set that is no official text was judged by."""
    return RoundModel.objects.filter(**where, version__state="illustrative").exists()


def _registered(**where: object) -> QuerySet[Dossier]:
    return Dossier.objects.filter(**where).exclude(state=State.WITHDRAWN)


def _numbers(found: QuerySet, by: str) -> Counter:
    """How many there are of each value of a column."""
    return Counter(dict(found.order_by().values_list(by).annotate(n=Count("pk"))))


def _figures(totals: Counter, registered: Counter, recognised: Counter) -> tuple[Figure, ...]:
    """The counts in the order of the programme; a total of which nothing is known is None."""
    return tuple(
        Figure(
            model.value,
            str(model.label),
            ONE[model],
            totals.get(model.value),
            registered[model.value],
            recognised[model.value],
        )
        for model in Model
        if registered[model.value] or totals[model.value]
    )


def _listed(year: int, titles: QuerySet[Recognition]) -> tuple[Place, ...]:
    """The communes of the year with the most titles, named as today."""
    recognised = _numbers(titles, "commune_id")
    places = Round.objects.filter(year=year).order_by("pk").values_list("place_id", flat=True)
    first = sorted(places, key=lambda place: -recognised[place])[:LISTED]
    return tuple(_places({place: recognised[place] for place in first}))


def _places(recognised: dict[int, int]) -> list[Place]:
    today = localdate()
    found, lines = tree.versions_of(recognised, today), tree.lines_of(recognised, today)
    return [
        Place(found[pk].code, found[pk].name, lines.get(pk, "").partition(", ")[2], number)
        for pk, number in recognised.items()
        if pk in found
    ]


def communes_named(text: str) -> list[Place]:
    """Communes of today whose name fits; marks do not matter."""
    hits = search.find(text, localdate(), Level.COMMUNE, limit=FOUND)
    return [Place(hit.code, hit.name, hit.parent.name if hit.parent else "") for hit in hits]


def commune_of_code(code: str, on: date) -> UnitVersion | None:
    """The commune that has the code today; of a code of former times, the commune that took most of it over."""
    now = search.by_code(code, Level.COMMUNE, on)
    if now is not None:
        return now
    before = UnitVersion.objects.filter(code=code, unit__level=Level.COMMUNE).order_by("-valid__startswith").first()
    heir = next(iter(heirs.heirs(before.unit_id, on)), None) if before else None
    return tree.version_on(heir.unit_id, on) if heir else None


def rounds_of(commune_id: int) -> list[Round]:
    """The rounds of a commune, the latest first."""
    return list(Round.objects.filter(place_id=commune_id).order_by("-year"))


def year_of(round_: Round) -> Year:
    """What the public sees of one round: counts by model and village, the honour roll, the mark of the criteria."""
    titles = _standing().filter(decision__round=round_)
    lines = figures.of_round(round_)
    recognised = _numbers(titles, "model")
    by_village = _numbers(titles.filter(model=Model.FAMILY), "place_id")
    totals: Counter[str] = Counter()
    registered: Counter[str] = Counter()
    for line in lines:
        totals[line.model] += line.total
        registered[line.model] += line.registered
    return Year(
        _figures(totals, registered, recognised),
        tuple(
            Village(line.place, line.total, line.registered, by_village[line.place_id])
            for line in lines
            if line.model == Model.FAMILY and line.place_id != round_.place_id
        ),
        _roll(titles),
        _illustrative(round=round_),
    )


def targets_of(round_: Round) -> list[tuple[Progress, str, str, str]]:
    """The public figures of a round beside the targets that bind the whole commune, in words; kept for five minutes."""
    return cache.get_or_set(f"portal.targets.{round_.pk}", lambda: _targets_of(round_), KEPT_SECONDS) or []


def _targets_of(round_: Round) -> list[tuple[Progress, str, str, str]]:
    day = figures.day_of(round_)
    values = {
        one.model: Value(
            round_.place_id, round_.year, one.model, Source.COMPUTED, total=one.total, registered=one.registered,
            count=one.recognised,
        )
        for one in year_of(round_).figures
    }  # fmt: skip
    bound = plans.bound([round_.place_id], round_.year, day, area_of(round_))[round_.place_id]
    held = progress([one for one in bound if not one.territory], values, round_.year)
    return [_aimed(one, one.value.indicator) for one in held if one.value and one.of]


def _aimed(one: Progress, model: str) -> tuple[Progress, str, str, str]:
    target = one.bound.target
    return one, wording.about(*target.matter), wording.amount(target), ONE[Model(model)]


def _roll(titles: QuerySet[Recognition]) -> tuple[Roll, ...]:
    """The bodies by the name on their certificate, later corrections laid over it; persons are never in it."""
    corrections = Prefetch("corrections", Correction.objects.order_by("decision__day", "pk"))
    names: dict[str, list[str]] = {}
    for title in titles.filter(model__in=NAMED).order_by("sequence").prefetch_related(corrections):
        words = dict(title.printed)
        for correction in title.corrections.all():
            words |= correction.after
        names.setdefault(title.model, []).append(words["name"])
    return tuple(Roll(model.value, str(model.label), tuple(names[model])) for model in NAMED if model in names)
