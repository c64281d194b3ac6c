"""Enter the criteria sets that ship into the tables, once, in a few statements."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from hieuhoc.audit import log
from hieuhoc.criteria import sets, shape
from hieuhoc.criteria.models import CriteriaSet, CriteriaVersion, Indicator, State, Status
from hieuhoc.criteria.queries import shape_of
from hieuhoc.scoring import Criteria


@dataclass(frozen=True)
class Loaded:
    """What loading the shipped sets did: versions added, found, and found with another content."""

    added: list[str]
    kept: list[str]
    differing: list[str]


@transaction.atomic
def load_shipped_sets() -> Loaded:
    """Enter the versions that ship and are not there yet; what is there is left as it is, and compared.

    An empty template stays a draft, to be filled in; all others are published as they ship.
    """
    shipped = {(c.code, c.version): c for c in sets.all_sets()}
    there = {
        (version.set.code, version.version): version
        for version in CriteriaVersion.objects.filter(province=None)
        .select_related("set")
        .prefetch_related("indicators")
    }
    new = [criteria for name, criteria in shipped.items() if name not in there]
    if new:
        _enter(new)
    kept = [name for name in shipped if name in there]
    differing = [name for name in kept if not there[name].is_draft and _differs(there[name], shipped[name])]
    return Loaded([_named(c.code, c.version) for c in new], [_named(*n) for n in kept], [_named(*n) for n in differing])


def _enter(new: list[Criteria]) -> None:
    """Sets, versions and indicators in one statement each, then one to publish them."""
    CriteriaSet.objects.bulk_create(
        [CriteriaSet(code=c.code, title=c.title, model=c.model) for c in {c.code: c for c in new}.values()],
        ignore_conflicts=True,
    )
    owners = dict(CriteriaSet.objects.values_list("code", "pk"))
    versions = CriteriaVersion.objects.bulk_create(
        [CriteriaVersion(set_id=owners[c.code], **shape.head(c.to_dict())) for c in new]
    )
    Indicator.objects.bulk_create(
        [row for c, version in zip(new, versions, strict=True) for row in shape.indicator_rows(c.to_dict(), version)]
    )
    entered = CriteriaVersion.objects.filter(pk__in=[version.pk for version in versions])
    entered.exclude(state=State.NOT_ENTERED).update(status=Status.PUBLISHED, published_at=timezone.now())
    log.record("criteria.load", versions[0], by=None, after={"versions": [_named(c.code, c.version) for c in new]})


def _differs(version: CriteriaVersion, criteria: Criteria) -> bool:
    return Criteria.from_dict(shape_of(version)) != criteria


def _named(code: str, version: str) -> str:
    return f"{code} {version}"
