"""Every write on criteria: load what ships, draft, edit, import, publish, retire.

A version is a draft until it is published; from then on the database refuses any change but retiring it.
A wish for another rule is a new version. Acts refuse with `Refused`, whose message is the sentence to show.
Use: `actions.publish(version_id, by=user)`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from hieuhoc.accounts.access import require
from hieuhoc.audit import log
from hieuhoc.criteria import drafting, shape
from hieuhoc.criteria.access import RIGHT, place_of
from hieuhoc.criteria.drafting import Shape, Unfit
from hieuhoc.criteria.loading import Loaded, load_shipped_sets
from hieuhoc.criteria.models import CriteriaSet, CriteriaVersion, Indicator, Judging, State, Status
from hieuhoc.criteria.queries import problems_of, shape_of

__all__ = [
    "Loaded",
    "Refused",
    "create_set",
    "delete_draft",
    "draft_from",
    "edit_head",
    "import_indicators",
    "load_shipped_sets",
    "publish",
    "put_group",
    "put_indicator",
    "remove_group",
    "remove_indicator",
    "retire",
]


class Refused(ValueError):
    """The act is not possible; the message is the sentence to show."""


@transaction.atomic
def create_set(code: str, title: str, model: str, judging: str, version: str, *, by: Any) -> CriteriaVersion:
    """A new national set with an empty draft; refused when the code is taken."""
    place = place_of(None)
    require(by, RIGHT, place)
    owner, made = CriteriaSet.objects.get_or_create(code=code, defaults={"title": title, "model": model})
    if not made:
        raise Refused(f"Mã bộ tiêu chí {code} đã có; mở bộ đó và lập bản mới.")
    draft = CriteriaVersion.objects.create(
        set=owner,
        version=version,
        title=title,
        model=model,
        judging=judging,
        state=State.PROVISIONAL,
        valid=DateRange(None, None),
        body={"levels": 2 if judging == Judging.LEVELS else 0},
        created_by=by,
    )
    log.record("criteria.create", draft, by=by, place=place, after={"code": code, "version": version})
    return draft


@transaction.atomic
def draft_from(based_on_id: int, version: str, *, by: Any, province_id: int | None = None) -> CriteriaVersion:
    """A new draft that begins as a copy; with a province it is that province's local variant of the set."""
    place = place_of(province_id)
    require(by, RIGHT, place)
    origin = CriteriaVersion.objects.select_related("set").get(pk=based_on_id)
    if CriteriaVersion.objects.filter(set=origin.set_id, version=version, province=province_id).exists():
        raise Refused(f"Bộ tiêu chí này đã có bản “{version}”.")
    copied = shape_of(origin) | {"version": version, "state": _state_of_copy(origin, province_id)}
    draft = CriteriaVersion.objects.create(
        **shape.head(copied), set=origin.set, province_id=province_id, based_on=origin, created_by=by
    )
    Indicator.objects.bulk_create(shape.indicator_rows(copied, draft))
    log.record("criteria.draft", draft, by=by, place=place, after={"from": origin.pk, "version": version})
    return draft


def _state_of_copy(origin: CriteriaVersion, province_id: int | None) -> str:
    if province_id is not None:
        return State.LOCAL
    return State.PROVISIONAL if origin.state == State.LOCAL else origin.state


def edit_head(version_id: int, fields: Shape, *, by: Any) -> None:
    """Change what stands above the indicators of a draft: names, marks, bands, document, days."""
    _edit(version_id, "criteria.edit", lambda written: drafting.put_head(written, fields), by)


def put_group(version_id: int, group: dict[str, Any], *, by: Any, old_key: str | None = None) -> None:
    """Add a criterion to a draft, or change the one of `old_key`."""
    _edit(version_id, "criteria.edit", lambda written: drafting.put_group(written, group, old_key), by)


def remove_group(version_id: int, key: str, *, by: Any) -> None:
    """Take an empty criterion out of a draft."""
    _edit(version_id, "criteria.edit", lambda written: drafting.remove_group(written, key), by)


def put_indicator(version_id: int, group_key: str, row: dict[str, Any], *, by: Any, old_key: str | None = None) -> None:
    """Add an indicator to a draft, or change the one of `old_key`."""
    _edit(version_id, "criteria.edit", lambda written: drafting.put_indicator(written, group_key, row, old_key), by)


def remove_indicator(version_id: int, key: str, *, by: Any) -> None:
    """Take an indicator out of a draft."""
    _edit(version_id, "criteria.edit", lambda written: drafting.remove_indicator(written, key), by)


def import_indicators(version_id: int, groups: list[dict[str, Any]], *, by: Any) -> None:
    """Replace all indicators of a draft by those of a workbook (see imports.read_rows)."""
    _edit(version_id, "criteria.import", lambda written: drafting.replace_indicators(written, groups), by)


@transaction.atomic
def _edit(version_id: int, verb: str, change: Callable[[Shape], Shape], by: Any) -> None:
    """One change of a draft: its rows are written anew, the act keeps what was before."""
    draft = _draft(version_id, by)
    before = shape_of(draft)
    try:
        after = change(before)
    except Unfit as unfit:
        raise Refused(str(unfit)) from unfit
    CriteriaVersion.objects.filter(pk=draft.pk).update(**shape.head(after))
    draft.indicators.all().delete()
    Indicator.objects.bulk_create(shape.indicator_rows(after, draft))
    old, new = _changed(before, after)
    log.record(verb, draft, by=by, place=place_of(draft.province_id), before=old, after=new)


@transaction.atomic
def publish(version_id: int, *, by: Any) -> None:
    """Put a draft in force as it stands; the database freezes it. Refused while a problem is left."""
    draft = _draft(version_id, by)
    problems = problems_of(draft)
    if problems:
        raise Refused("Chưa ban hành được: " + " ".join(problems))
    CriteriaVersion.objects.filter(pk=draft.pk).update(
        status=Status.PUBLISHED, published_at=timezone.now(), published_by=by
    )
    log.record("criteria.publish", draft, by=by, place=place_of(draft.province_id))


@transaction.atomic
def retire(version_id: int, *, by: Any, reason: str) -> None:
    """Offer a published version to no new round; rounds that pinned it keep it."""
    version = _locked(version_id, by)
    if version.status != Status.PUBLISHED:
        raise Refused("Chỉ ngừng dùng được bản đã ban hành.")
    if not reason.strip():
        raise Refused("Cần ghi lý do ngừng dùng.")
    CriteriaVersion.objects.filter(pk=version.pk).update(status=Status.RETIRED, retired_at=timezone.now())
    log.record("criteria.retire", version, by=by, place=place_of(version.province_id), reason=reason)


@transaction.atomic
def delete_draft(version_id: int, *, by: Any) -> None:
    """Throw a draft away; what it held stays in the act log."""
    draft = _draft(version_id, by)
    if draft.state == State.NOT_ENTERED:
        raise Refused("Mẫu trống của văn bản chính thức được giữ lại để nhập khi có văn bản.")
    log.record(
        "criteria.delete", draft, by=by, place=place_of(draft.province_id), before=shape.as_json(shape_of(draft))
    )
    draft.indicators.all().delete()
    draft.delete()


def _draft(version_id: int, by: Any) -> CriteriaVersion:
    version = _locked(version_id, by)
    if not version.is_draft:
        raise Refused("Bản này đã ban hành nên không sửa được; hãy lập bản mới từ bản này.")
    return version


def _locked(version_id: int, by: Any) -> CriteriaVersion:
    version = CriteriaVersion.objects.select_for_update(of=("self",)).select_related("set").get(pk=version_id)
    require(by, RIGHT, place_of(version.province_id))
    return version


def _changed(before: Shape, after: Shape) -> tuple[Shape, Shape]:
    """The parts of the written shape that differ, plain enough for the act log."""
    names = [name for name in after if before[name] != after[name]]
    old, new = ({name: one[name] for name in names} for one in (before, after))
    return shape.as_json(old), shape.as_json(new)
