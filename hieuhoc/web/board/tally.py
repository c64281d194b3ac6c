"""The numbers behind a commune's or a village's board, read in a few grouped queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count as Number
from django.db.models import F, Q
from django.utils.timezone import localdate

from hieuhoc.common.numbers import vn_int
from hieuhoc.dossiers.models import Dossier, Outcome, State
from hieuhoc.places import tree
from hieuhoc.recognition.models import Decision
from hieuhoc.registry import queries as registry
from hieuhoc.registry.models import Model, Subject
from hieuhoc.registry.wording import ONE
from hieuhoc.rounds.models import Round, RoundModel
from hieuhoc.sheets.models import Import
from hieuhoc.sheets.models import State as ImportState
from hieuhoc.web.board.shape import Aim, Count, Line
from hieuhoc.web.links import link

JUDGED = (Outcome.PASS, Outcome.FAIL)
UNJUDGED_STATES = (State.DRAFT, State.RETURNED, State.SUBMITTED, State.VERIFIED)
EXAMPLES = 4


@dataclass(frozen=True)
class Tally:
    """Subjects by (place, model), dossiers by (place, model, state, outcome); ``revoked`` titles by model."""

    subjects: dict[tuple[int, str], int] = field(default_factory=dict)
    rows: tuple[tuple[int, str, str, str, int], ...] = ()
    revoked: Counter[str] = field(default_factory=Counter)

    def of(self, states: Iterable[str] = (), outcomes: Iterable[str] = (), place: int | None = None) -> Counter[str]:
        """Number of dossiers by model, in any of ``states`` and ``outcomes`` (none named: all but withdrawn)."""
        wanted, judged = set(states), set(outcomes)
        found: Counter[str] = Counter()
        for at, model, state, outcome, number in self.rows:
            in_state = state in wanted if wanted else state != State.WITHDRAWN
            if in_state and (not judged or outcome in judged) and place in (None, at):
                found[model] += number
        return found

    def number(self, *states: str, outcomes: Iterable[str] = ()) -> int:
        """Number of dossiers of all models."""
        return sum(self.of(states, outcomes).values())

    def by_place(self, *states: str) -> Counter[int]:
        """Number of dossiers in these states by place."""
        found: Counter[int] = Counter()
        for at, _, state, _, number in self.rows:
            if state in states:
                found[at] += number
        return found

    def totals(self) -> Counter[str]:
        """Number of subjects by model."""
        found: Counter[str] = Counter()
        for (_, model), number in self.subjects.items():
            found[model] += number
        return found

    def unregistered(self) -> Counter[str]:
        """Number of subjects by model that have no dossier in the round."""
        return Counter({model: n for model, n in (self.totals() - self.of()).items() if n > 0})

    def silent(self, model: str = Model.FAMILY) -> list[int]:
        """Places that have subjects of the model and not one registered."""
        registered = {at for at, of, state, _, n in self.rows if of == model and state != State.WITHDRAWN and n}
        return [at for (at, of), n in self.subjects.items() if of == model and n and at not in registered]

    def counts(self, aims: Mapping[str, tuple[Aim, ...]] | None = None) -> tuple[Count, ...]:
        """The counts of each model that has subjects or dossiers, in the order of the programme, with its targets."""
        totals, registered = self.totals(), self.of()
        judged, recognised = self.of((), JUDGED), self.of((State.RECOGNISED,)) - self.revoked
        return tuple(
            Count(
                model.value,
                str(model.label),
                ONE[model],
                totals[model],
                registered[model],
                judged[model],
                recognised[model],
                (aims or {}).get(model, ()),
            )
            for model in Model
            if totals[model] or registered[model]
        )


def of_commune(commune_id: int, round_id: int | None) -> Tally:
    """The numbers of a whole commune; two queries."""
    return Tally(registry.count_by_place(commune_id), *_rows(round_id, None))


def of_village(village_id: int, commune_id: int, round_id: int | None) -> Tally:
    """The numbers of one village; two queries."""
    found = Subject.objects.filter(place_id=village_id, commune_id=commune_id, active_to=None)
    rows = found.order_by().values_list("place_id", "model").annotate(n=Number("id"))
    return Tally({(place, model): n for place, model, n in rows}, *_rows(round_id, village_id))


def _rows(round_id: int | None, place_id: int | None) -> tuple[tuple, Counter[str]]:
    if round_id is None:
        return (), Counter()
    found = Dossier.objects.filter(round_id=round_id)
    if place_id is not None:
        found = found.filter(place_id=place_id)
    columns = ("place_id", "model", "state", "outcome")
    taken_back = Number("id", filter=Q(state=State.RECOGNISED, revoked_on__isnull=False))
    rows = list(found.order_by().values_list(*columns).annotate(n=Number("id"), gone=taken_back))
    revoked: Counter[str] = Counter()
    for _, model, _, _, _, gone in rows:
        revoked[model] += gone
    return tuple(row[:5] for row in rows), revoked


def words(numbers: Counter[str]) -> str:
    """ "312 hộ, 2 dòng họ", in the order of the programme."""
    return ", ".join(f"{vn_int(numbers[model])} {ONE[model]}" for model in Model if numbers[model])


def returned(round_id: int, place_id: int | None = None) -> tuple[Line, ...]:
    """The latest dossiers sent back, each with its reason; one query."""
    found = Dossier.objects.filter(round_id=round_id, state=State.RETURNED)
    if place_id is not None:
        found = found.filter(place_id=place_id)
    rows = found.order_by("-updated_at").values_list("pk", "subject__name", "reason")[:EXAMPLES]
    return tuple(Line(name, reason or "Không ghi lý do.", link("dossiers:one", pk)) for pk, name, reason in rows)


def village_names(commune_id: int) -> dict[int, str]:
    """The villages of the commune today with their names, in order; one query."""
    return dict(tree.children(commune_id, localdate()).values_list("unit_id", "name"))


def criteria(round_: Round) -> dict[str, str]:
    """What the criteria pinned for each model are in law (official, illustrative, not_entered …); one query."""
    return dict(RoundModel.objects.filter(round=round_).values_list("model", "version__state"))


def missing(states: dict[str, str]) -> list[str]:
    """Models whose criteria have not been entered, in words."""
    return [str(Model(model).label) for model, state in states.items() if state == "not_entered"]


def illustrative(states: dict[str, str]) -> bool:
    """Whether a set that is no official text is judged by."""
    return "illustrative" in states.values()


def grants(round_id: int) -> list[tuple[int, bool, int]]:
    """(id, signed, titles) of the decisions that grant titles in the round, oldest first; one query."""
    found = Decision.objects.filter(round_id=round_id, kind=Decision.Kind.GRANT).order_by("issued_at", "pk")
    rows = found.annotate(n=Number("recognitions")).values_list("pk", "day", "n")
    return [(pk, day is not None, n) for pk, day, n in rows]


def twins(commune_id: int, place_id: int | None = None) -> int:
    """Pairs of records that may be one, as the page of the registry lists them."""
    return registry.count_pairs(commune_id, place_id)


def open_imports(place_ids: Iterable[int]) -> list[Import]:
    """Sheets checked but not applied, or broken off while being applied, newest first."""
    return list(
        Import.objects.filter(place_id__in=list(place_ids))
        .filter(state__in=[ImportState.CHECKED, ImportState.APPLYING])
        .annotate(file_name=F("file__name"))
        .order_by("-created_at")[:EXAMPLES]
    )
