"""Running figures of a round by village and model, each share with its denominator.

Counts come from the registers in two statements whatever the size. A share always says of what: ``share_of_total`` of
all subjects of the model, ``share_of_registered`` of those registered; the two are never mixed (domain §6).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.utils.timezone import localdate

from hieuhoc.audit.models import Entry
from hieuhoc.common.text import fold
from hieuhoc.dossiers import queries as dossiers
from hieuhoc.places import tree
from hieuhoc.registry import queries as registry
from hieuhoc.registry.models import Model
from hieuhoc.rounds.models import Round

COUNTS = ("total", "registered", "assessed", "recognised", "refused", "revoked")
_STAFF = """
select count(*), count(*) filter (where titled) from (
    select distinct m.member_id, exists (
        select from dossiers_dossier d where d.round_id = %(round)s and d.subject_id = m.member_id
           and d.state = 'recognised' and d.revoked_on is null) as titled
      from dossiers_dossier o join registry_membership m on m.group_id = o.subject_id and m.role = 'staff'
       and m.valid @> %(day)s
     where o.round_id = %(round)s and o.model = 'ORGANISATION' and o.state = 'recognised' and o.revoked_on is null
) as people
"""


@dataclass
class Line:
    """The counts of one place and model."""

    place_id: int
    place: str
    model: str
    counts: Counter = field(default_factory=Counter)

    @property
    def model_label(self) -> str:
        """The model in words."""
        return str(Model(self.model).label)

    def __getattr__(self, name: str) -> int:
        if name in COUNTS:
            return self.counts[name]
        raise AttributeError(name)


def of_round(round_: Round) -> list[Line]:
    """One line for each village (and the commune itself) and model that has subjects or dossiers, by name of place."""
    counts: dict[tuple[int, str], Counter] = {}
    for (place, model), total in registry.count_by_place(round_.place_id, counted_on(round_)).items():
        counts.setdefault((place, model), Counter())["total"] = total
    for row in dossiers.counts_by_place(round_.pk):
        key = row.pop("place_id"), row.pop("model")
        counts.setdefault(key, Counter()).update(row)
    names = tree.versions_of({place for place, _ in counts}, day_of(round_))
    order = list(Model.values)
    lines = [
        Line(place, names[place].name if place in names else "", model, found)
        for (place, model), found in counts.items()
    ]
    return sorted(lines, key=lambda line: (order.index(line.model), line.place_id != round_.place_id, line.place))


def counted_on(round_: Round) -> date | None:
    """The day all subjects are counted as of: now (None) while this year's round runs, else that of its last close."""
    if round_.state == Round.State.OPEN and round_.year >= localdate().year:
        return None
    closes = Entry.objects.filter(verb="round.close", target_type="rounds.round", target_id=str(round_.pk))
    last = closes.order_by("-at").values_list("at", flat=True).first()
    return localdate(last) if last else None


def computed(round_: Round, sums: Mapping[str, Line] | None = None) -> dict[str, dict[str, int | None]]:
    """What the registers give of the commune's year, by indicator; ``again`` had the same title in an earlier year.

    ``sums`` are the totals of the round where they were counted already.
    """
    sums = totals(of_round(round_), round_.place_id, "") if sums is None else sums
    before = dossiers.recognised_before(round_.pk, round_.year)
    found: dict[str, dict[str, int | None]] = {}
    for model, line in sums.items():
        again = min(before.get(model, 0), line.recognised)
        found[model] = {
            "total": line.total, "registered": line.registered, "count": line.recognised,
            "first_time": line.recognised - again, "again": again,
        }  # fmt: skip
    staff, titled = _staff(round_)
    if staff:
        found["citizens_in_organisations"] = {"total": staff, "count": titled}
    return found


def _staff(round_: Round) -> tuple[int, int]:
    """The staff of the organisations recognised this year, and those of them who are learning citizens."""
    with connection.cursor() as cursor:
        cursor.execute(_STAFF, {"round": round_.pk, "day": day_of(round_)})
        return cursor.fetchone()


def list_key(name: str) -> tuple:
    """Order of villages in a list: by their words, numbers by value (Thôn 2 before Thôn 10)."""
    return tuple((int(word), "") if word.isdecimal() else (0, fold(word)) for word in name.split())


def totals(lines: list[Line], commune_id: int, commune: str) -> dict[str, Line]:
    """The sum of the commune for each model, in the order of the models."""
    sums: dict[str, Line] = {}
    for line in lines:
        whole = sums.setdefault(line.model, Line(commune_id, commune, line.model))
        whole.counts.update(line.counts)
    for whole in sums.values():  # who was added to a year after its close is of it all the same
        whole.counts["total"] = max(whole.counts["total"], whole.counts["registered"])
    return sums


def day_of(round_: Round) -> date:
    """The day on which names and the tree of a round are read: its end, or today while it runs."""
    return min(round_.closes_on or localdate(), localdate())
