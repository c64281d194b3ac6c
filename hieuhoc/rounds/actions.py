"""Every write on rounds: open a year for a commune, change its days, close it.

Versions are pinned when the round opens and stay pinned; only a model without dossiers may be given another.
Use: ``actions.open_round(commune_id, 2026, by=user)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from hieuhoc.accounts.access import require
from hieuhoc.audit import log
from hieuhoc.common.text import nfc
from hieuhoc.criteria import queries as criteria
from hieuhoc.criteria.models import CriteriaVersion, Status
from hieuhoc.places import tree
from hieuhoc.registry.models import Model
from hieuhoc.rounds.models import Round, RoundModel

GRASSROOTS = (Model.FAMILY, Model.CLAN, Model.COMMUNITY, Model.ORGANISATION, Model.CITIZEN)


class Refused(ValueError):
    """The act is not possible; the message is the sentence to show."""


@transaction.atomic
def open_round(
    commune_id: int,
    year: int,
    *,
    by: Any,
    versions: Mapping[str, int | None] | None = None,
    days: dict[str, date | None] | None = None,
    area: str = "general",
    deciding_body: str = "",
    association: str = "",
    head: str = "",
    opened_on: date | None = None,
) -> Round:
    """Open the round of a commune's year with a criteria version pinned for each model.

    ``versions`` gives the version id by model, None for a model left out of the year; a model it does not name takes
    what the commune's area offers.
    """
    require(by, "round.open", commune_id)
    if Round.objects.filter(place_id=commune_id, year=year).exists():
        raise Refused(f"Đợt xét năm {year} của xã đã mở.")
    name = tree.name_of(commune_id, localdate())
    opened = Round.objects.create(
        place_id=commune_id,
        year=year,
        area=area,
        opened_on=opened_on or localdate(),
        association=association or f"Hội Khuyến học {name[:1].lower()}{name[1:]}",
        head=head,
        **(days or usual_days(year)),
    )
    body = deciding_body or f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}"
    pinned = _pinned(commune_id, year, versions or {})
    for model, version in pinned.items():
        _refuse_version(model, version)
    RoundModel.objects.bulk_create(
        RoundModel(round=opened, model=model, version_id=version, deciding_body=body)
        for model, version in pinned.items()
    )
    log.record("round.open", opened, by=by, place=commune_id, after={"year": year, "versions": pinned})
    return opened


def usual_days(year: int) -> dict[str, date]:
    """The days of a usual year (domain §5): registering in the first quarter, papers before 5 December."""
    return {
        "register_by": date(year, 3, 31),
        "villages_close_on": date(year, 11, 15),
        "propose_by": date(year, 12, 4),
        "closes_on": date(year, 12, 31),
    }


def _pinned(commune_id: int, year: int, versions: Mapping[str, int | None]) -> dict[str, int]:
    pinned = dict(versions)
    for model in GRASSROOTS:
        if model in pinned:
            continue
        offered = criteria.published_for(model, commune_id, date(year, 12, 31))
        if offered:
            pinned[model] = offered[0].pk
    return {model: version for model, version in pinned.items() if version is not None}


def _refuse_version(model: str, version_id: int) -> None:
    """A model is judged by a version that was published for it."""
    found = CriteriaVersion.objects.filter(pk=version_id).values_list("model", "status").first()
    if found != (str(model), Status.PUBLISHED):
        raise Refused(f"Bộ tiêu chí đã chọn không phải là bản đã ban hành của «{Model(model).label}».")


@transaction.atomic
def pin(round_id: int, model: str, version_id: int, *, by: Any) -> None:
    """Pin a criteria version for a model of an open round that has no dossier yet."""
    round_ = _open(round_id)
    require(by, "round.open", round_.place_id)
    if round_.dossiers.filter(model=model).exists():
        raise Refused("Đã có hồ sơ chấm theo bộ tiêu chí đang dùng; không đổi giữa năm.")
    _refuse_version(model, version_id)
    name = tree.name_of(round_.place_id, localdate())
    body = f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}"
    RoundModel.objects.update_or_create(
        round=round_,
        model=model,
        defaults={"version_id": version_id},
        create_defaults={"version_id": version_id, "deciding_body": body},
    )
    log.record("round.pin", round_, by=by, place=round_.place_id, after={"model": model, "version": version_id})


@transaction.atomic
def change(round_id: int, *, by: Any, **fields: Any) -> None:
    """Change days, area, names of an open round."""
    round_ = _open(round_id)
    require(by, "round.open", round_.place_id)
    before = {key: str(getattr(round_, key) or "") for key in fields}
    for key, value in fields.items():
        setattr(round_, key, value)
    round_.save(update_fields=list(fields))
    after = {key: str(value or "") for key, value in fields.items()}
    log.record("round.change", round_, by=by, place=round_.place_id, before=before, after=after)


@transaction.atomic
def name_deciding_body(round_id: int, body: str, *, by: Any) -> None:
    """Say who decides on the titles of an open round, for all its models."""
    round_ = _open(round_id)
    require(by, "round.open", round_.place_id)
    body = nfc(body)
    if not body:
        raise Refused("Cần ghi cơ quan quyết định công nhận.")
    before = sorted(set(round_.models.values_list("deciding_body", flat=True)))
    round_.models.update(deciding_body=body)
    log.record(
        "round.name_deciding_body", round_, by=by, place=round_.place_id, before={"bodies": before},
        after={"body": body},
    )  # fmt: skip


@transaction.atomic
def close_round(round_id: int, *, by: Any) -> None:
    """Close the year: no more is registered, scored or moved. ``figures.actions.close_year`` freezes its figures."""
    from hieuhoc.rounds.queries import unfinished

    round_ = _open(round_id)
    require(by, "round.open", round_.place_id)
    left = unfinished(round_.pk)
    if left:
        raise Refused(f"Còn {left} hồ sơ đã đề nghị mà chưa có quyết định; chưa khóa được.")
    if round_.decisions.filter(day=None, recognitions__isnull=False).exists():
        raise Refused("Còn quyết định chưa ký; ghi số và ngày ký rồi mới khóa được.")
    Round.objects.filter(pk=round_.pk).update(state=Round.State.CLOSED)
    log.record("round.close", round_, by=by, place=round_.place_id)


@transaction.atomic
def reopen_round(round_id: int, *, by: Any, reason: str) -> None:
    """Open a closed year again, with a reason."""
    round_ = Round.objects.select_for_update().get(pk=round_id)
    require(by, "round.open", round_.place_id)
    if round_.state == Round.State.OPEN:
        raise Refused(f"Đợt xét năm {round_.year} đang mở.")
    if not reason.strip():
        raise Refused("Cần ghi lý do mở lại.")
    Round.objects.filter(pk=round_.pk).update(state=Round.State.OPEN)
    log.record("round.reopen", round_, by=by, place=round_.place_id, reason=reason)


def _open(round_id: int) -> Round:
    round_ = Round.objects.select_for_update().get(pk=round_id)
    if round_.state != Round.State.OPEN:
        raise Refused(f"Đợt xét năm {round_.year} đã khóa.")
    return round_
