"""What others ask of criteria: a version as it is judged, what holds on a day, what a round may pin.

`criteria_of(version_id)` is what a round scores with; a frozen version is read once and kept. Nothing here
writes or refuses. Use: `criteria_of(round_model.version_id)`.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from hieuhoc.criteria import rules, shape
from hieuhoc.criteria.models import CriteriaVersion, State, Status
from hieuhoc.places import tree
from hieuhoc.places.models import Unit
from hieuhoc.scoring import BadCriteria, Criteria

_LATEST = F("valid__startswith").desc(nulls_last=True)
_KEPT: OrderedDict[int, Criteria] = OrderedDict()
_KEPT_AT_MOST = 200
_PREFERENCE = (State.LOCAL, State.OFFICIAL, State.PROVISIONAL, State.ILLUSTRATIVE)


def criteria_of(version_id: int) -> Criteria:
    """The version as scoring takes it; CriteriaVersion.DoesNotExist for an unknown id."""
    kept = _KEPT.get(version_id)
    if kept is not None:
        return kept
    version = CriteriaVersion.objects.select_related("set").get(pk=version_id)
    criteria = Criteria.from_dict(shape_of(version))
    if not version.is_draft:
        _keep(version_id, criteria)
    return criteria


def shape_of(version: CriteriaVersion) -> dict:
    """The written shape of a version, a draft with its problems included."""
    return shape.to_dict(version, version.indicators.all())


def problems_of(version: CriteriaVersion) -> list[str]:
    """Why a version cannot be published yet, in sentences; an empty list means it can."""
    problems = []
    if version.state == State.NOT_ENTERED:
        problems.append("Tính chất còn là “chưa nhập bộ tiêu chí chính thức”: nhập xong thì đổi sang chính thức.")
    try:
        Criteria.from_dict(shape_of(version))
    except BadCriteria as bad:
        problems += bad.problems
    return problems


def current(code: str, on: date) -> CriteriaVersion | None:
    """The national version of a set in force on the day: the latest to begin, None where none is."""
    found = _published().filter(set__code=code, province=None, valid__contains=on)
    return found.order_by(_LATEST, "-pk").first()


def published(code: str, version: str | None = None) -> CriteriaVersion | None:
    """The version of that name, retired ones too; without a name the newest national one in use."""
    found = CriteriaVersion.objects.select_related("set").filter(set__code=code).exclude(status=Status.DRAFT)
    if version is not None:
        return found.filter(version=version).order_by("province_id").first()
    return found.filter(status=Status.PUBLISHED, province=None).order_by("-published_at", "-pk").first()


def published_for(model: str, place_id: int, on: date) -> list[CriteriaVersion]:
    """What a round of this place may pin on the day, best first: local, official, provisional, illustrative.

    Only versions that can judge: entered in full, for the level of the place, of its own province if local.
    """
    level = Unit.objects.values_list("level", flat=True).get(pk=place_id)
    mine = Q(province=None) | Q(province__in=tree.above(place_id, on))
    found = _published().filter(mine, model=model, valid__contains=on, complete=True)
    found = found.filter(Q(used_at__contains=[level]) | Q(used_at=[]))
    rank = Case(
        *(When(state=state, then=Value(n)) for n, state in enumerate(_PREFERENCE)),
        default=Value(len(_PREFERENCE)),
        output_field=IntegerField(),
    )
    return list(found.exclude(state=State.NOT_ENTERED).order_by(rank, _LATEST, "-pk"))


def difference(old_id: int, new_id: int) -> list[rules.Difference]:
    """What changed between two versions, indicator by indicator, in sentences."""
    return rules.difference(criteria_of(old_id), criteria_of(new_id))


def catalogue() -> QuerySet[CriteriaVersion]:
    """Every version with its set and province, for the list of sets."""
    ordered = CriteriaVersion.objects.select_related("set", "province")
    return ordered.order_by("set__model", "set__code", "province_id", _LATEST, "-pk")


def _published() -> QuerySet[CriteriaVersion]:
    return CriteriaVersion.objects.select_related("set").filter(status=Status.PUBLISHED)


def _keep(version_id: int, criteria: Criteria) -> None:
    _KEPT[version_id] = criteria
    while len(_KEPT) > _KEPT_AT_MOST:
        _KEPT.popitem(last=False)
