"""Biểu thống kê of a round as a workbook: a summary of the models, then a sheet a model by village."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings

from hieuhoc.common.numbers import vn_int
from hieuhoc.documents import workbooks
from hieuhoc.documents.papers import Letterhead
from hieuhoc.figures import queries, yearly
from hieuhoc.figures.indicators import BY_KEY
from hieuhoc.figures.progress import Progress, progress
from hieuhoc.figures.queries import Line
from hieuhoc.places import tree
from hieuhoc.plans import queries as plans
from hieuhoc.plans import wording
from hieuhoc.rounds.models import Round
from hieuhoc.rounds.queries import area_of


def statistics(round_: Round) -> bytes:
    """The workbook of the round's running figures, ready to print."""
    day = queries.day_of(round_)
    commune = tree.versions_of([round_.place_id], day)[round_.place_id]
    lines = queries.of_round(round_)
    sums = queries.totals(lines, round_.place_id, commune.name)
    note = f"Số liệu đến ngày {day:%d/%m/%Y}; tỷ lệ không làm tròn lên."
    summary = workbooks.Table(
        "Tổng hợp", "Mô hình", [_row(whole.model_label, whole) for whole in sums.values()], summed=False, note=note
    )
    tables = [summary, *(_by_village(whole, lines, round_.place_id, note) for whole in sums.values())]
    head = Letterhead(
        authority=round_.association,
        issued_place=commune.bare,
        year=round_.year,
        symbol="",
        signer=round_.head,
        demonstration=settings.DEMO,
    )
    title = f"BIỂU THỐNG KÊ KẾT QUẢ NĂM {round_.year}"
    return workbooks.statistics(head, title=title, tables=tables, aims=_aims(round_, sums))


def _aims(round_: Round, sums: Mapping[str, Line]) -> list[workbooks.Aim]:
    """The targets that bind the commune beside the figures of the round; those of a part of it are left out."""
    day = queries.day_of(round_)
    bound = plans.bound([round_.place_id], round_.year, day, area_of(round_))[round_.place_id]
    held = progress([one for one in bound if not one.territory], yearly.running(round_, sums), round_.year)
    return [_aim(one) for one in held]


def _aim(one: Progress) -> workbooks.Aim:
    target, plan = one.bound.target, one.bound.reach.plan
    unit = BY_KEY[one.value.indicator].unit if one.value else ""
    standing = one.why or ("Đạt" if one.reached else f"Còn {vn_int(one.missing or 0)} {unit}")
    return workbooks.Aim(
        wording.about(*target.matter), wording.amount(target), target.year, one.count, one.of, standing,
        f"{plan.place} {plan.number}".strip(), target.sentence,
    )  # fmt: skip


def _by_village(whole: Line, lines: Iterable[Line], commune_id: int, note: str) -> workbooks.Table:
    rows = [
        _row("Chung của xã" if line.place_id == commune_id else line.place, line)
        for line in lines
        if line.model == whole.model
    ]
    return workbooks.Table(whole.model_label, "Thôn, làng", rows, note=note)


def _row(name: str, line: Line) -> workbooks.Row:
    return workbooks.Row(name, line.total, line.registered, line.assessed, line.recognised)
