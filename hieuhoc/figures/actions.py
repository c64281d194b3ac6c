"""Every write on figures: report, correct, withdraw, explain, take in published ones, close a year.

A fact is never edited. Correcting it adds a later one that stands in its place; withdrawing adds one that says so; both
need a reason. Every verb asks for the right "figures.write" at the place of the figure; closing a year for
"round.open". Use: ``report(place_id, 2026, "officers_briefed", {"count": 41, "total": 44}, by=user)``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from hieuhoc.accounts.access import require, require_everywhere
from hieuhoc.audit import log
from hieuhoc.common.ids import uuid7
from hieuhoc.figures import facts, queries, rules
from hieuhoc.figures.checks import RULES
from hieuhoc.figures.indicators import BY_KEY, COUNTS
from hieuhoc.figures.models import Explanation, Figure, Running, Source
from hieuhoc.figures.seats import seat, seats
from hieuhoc.files import store
from hieuhoc.places.locks import lock
from hieuhoc.rounds import actions as rounds
from hieuhoc.rounds.models import Round, RoundModel

RIGHT = "figures.write"
SAID = (*COUNTS, "share", "share_digits", "share_of", "qualifier", "title", "note", "address")
EVIDENCE = frozenset({"jpeg", "png", "webp", "pdf", "docx", "xlsx"})


class Refused(ValueError):
    """The act is not possible; the message is the sentence to show."""


@transaction.atomic
def report(
    place_id: int, year: int, indicator: str, said: Mapping[str, Any], *, by: Any, reason: str = "",
    file: tuple[bytes, str] | None = None,
) -> Figure:  # fmt: skip
    """Keep what is reported of an indicator; where something was reported already it is a correction, with a reason.

    ``said`` gives counts and note; ``file`` is the evidence (bytes, name). The same again changes nothing.
    """
    require(by, RIGHT, seat(place_id))
    if indicator not in BY_KEY:
        raise LookupError(indicator)
    _refuse_bad(said)
    lock([place_id])
    standing = facts.last_said(place_id, year, indicator, Source.REPORTED)
    made = Figure(place_id=place_id, year=year, indicator=indicator, source=Source.REPORTED, recorded_by=by, **said)
    if standing and standing.said == made.said and standing.note == made.note and file is None:
        return standing
    return _follow(standing, made, by, reason, file)


def _refuse_bad(said: Mapping[str, Any]) -> None:
    unknown = set(said) - set(SAID)
    if unknown:
        raise LookupError(unknown)
    problem = rules.impossible(said)
    if problem:
        raise Refused(problem)


def _follow(
    standing: Figure | None, made: Figure, by: Any, reason: str, file: tuple[bytes, str] | None = None
) -> Figure:
    """Add a fact, in the place of the one that stands if there is one."""
    if standing is not None and not standing.withdrawn and not reason.strip():
        raise Refused("Đã có số báo cáo. Ghi lý do để thay bằng số mới; số cũ vẫn được giữ.")
    if file is not None:
        try:
            made.file = store.keep(*file, by=by, kinds=EVIDENCE)
        except store.Refused as problem:
            raise Refused(str(problem)) from problem
    made.corrects, made.reason = standing, reason.strip()
    made.save()
    verb = "figures.correct" if standing else "figures.report"
    log.record(
        verb, made, by=by, place=made.place_id, reason=reason, before=_told(standing) if standing else None,
        after=_told(made),
    )  # fmt: skip
    return made


def _told(figure: Figure) -> dict[str, Any]:
    """A fact in the act log."""
    counts = {key: getattr(figure, key) for key in COUNTS if getattr(figure, key) is not None}
    about = {"year": figure.year, "indicator": figure.indicator, "source": figure.source}
    return about | counts | ({"share": str(figure.share)} if figure.share is not None else {})


@transaction.atomic
def withdraw(figure_id: int, *, by: Any, reason: str) -> Figure:
    """Say that a reported or published fact does not hold; it stays readable, and no page counts with it."""
    figure = Figure.objects.get(pk=figure_id)
    require(by, RIGHT, seat(figure.place_id))
    if figure.source == Source.COMPUTED:
        raise Refused("Số tính từ sổ đăng ký không rút được; mở lại đợt xét để tính lại.")
    if not reason.strip():
        raise Refused("Cần ghi lý do rút số liệu.")
    lock([figure.place_id])
    _refuse_followed(figure)
    return _follow(figure, _withdrawal(figure, by), by, reason)


def _withdrawal(figure: Figure, by: Any) -> Figure:
    return Figure(
        place_id=figure.place_id, year=figure.year, indicator=figure.indicator, source=figure.source,
        address=figure.address, title=figure.title, corrects=figure, withdrawn=True, recorded_by=by,
    )  # fmt: skip


def _refuse_followed(figure: Figure) -> None:
    if figure.withdrawn or Figure.objects.filter(corrects=figure).exists():
        raise Refused("Số liệu này đã được sửa hoặc rút trước đó; mở số mới nhất.")


@transaction.atomic
def explain(figure_id: int, rule: str, text: str, *, by: Any) -> Explanation:
    """Keep the "giải trình" of what a check found; a later one follows it, none is lost."""
    figure = Figure.objects.get(pk=figure_id)
    require(by, RIGHT, seat(figure.place_id))
    if rule not in {one.name for one in RULES}:
        raise LookupError(rule)
    if not text.strip():
        raise Refused("Cần ghi lời giải trình.")
    made = Explanation.objects.create(figure=figure, rule=rule, text=text.strip(), given_by=by)
    log.record("figures.explain", figure, by=by, place=figure.place_id, reason=text, after={"rule": rule})
    return made


@transaction.atomic
def take_published(
    figures: Sequence[Figure], explanations: Mapping[int, Mapping[str, str]], *, by: Any, place_id: int
) -> tuple[UUID, int]:
    """Keep published figures read from a file in one act: (the batch, how many are new).

    What says the same as a fact that stands changes nothing; what differs corrects it. ``explanations`` gives the
    "giải trình" by position and rule.
    """
    require_everywhere(by, RIGHT, set(seats({one.place_id for one in figures}).values()))
    lock({one.place_id for one in figures})
    batch, made = uuid7(), []
    standing = facts.last_published(figures)
    for at, one in enumerate(figures):
        before = standing.get(facts.identity(one))
        if before is not None and before.said == one.said:
            continue
        one.batch, one.recorded_by, one.corrects, one.source = batch, by, before, Source.PUBLISHED
        one.reason = "Nhập lại từ tệp" if before else ""
        made.append((at, one))
    Figure.objects.bulk_create([one for _, one in made])
    Explanation.objects.bulk_create(
        Explanation(figure=one, rule=rule, text=text.strip(), given_by=by)
        for at, one in made
        for rule, text in explanations.get(at, {}).items()
        if text.strip()
    )
    if made:
        log.record("figures.publish", made[0][1], by=by, place=place_id, after={"batch": str(batch), "rows": len(made)})
    return batch, len(made)


@transaction.atomic
def undo_published(batch: UUID, *, by: Any, place_id: int) -> int:
    """Take back what a file brought in, where nothing later stands on it; what it corrected stands again."""
    taken = list(facts.standing().filter(batch=batch).select_related("corrects"))
    require_everywhere(by, RIGHT, set(seats({one.place_id for one in taken}).values()))
    if not taken:
        raise Refused("Không còn số liệu nào của lần nhập này để rút.")
    made = [_undone(one, by) for one in taken]
    Figure.objects.bulk_create(made)
    after = {"batch": str(batch), "rows": len(made)}
    log.record("figures.undo", made[0], by=by, place=place_id, reason=made[0].reason, after=after)
    return len(made)


def _undone(figure: Figure, by: Any) -> Figure:
    """The fact that follows one taken back: what it had corrected, said again, else its withdrawal."""
    before = figure.corrects
    made = _withdrawal(figure, by)
    if before is not None and not before.withdrawn:
        made.withdrawn = False
        for name in (*SAID, "file_id"):
            setattr(made, name, getattr(before, name))
    made.reason = "Hoàn tác lần nhập từ tệp"
    return made


@transaction.atomic
def close_year(round_id: int, *, by: Any) -> list[Figure]:
    """Close a commune's year and freeze its computed figures, with who and when; after a reopening, anew."""
    rounds.close_round(round_id, by=by)
    round_ = Round.objects.get(pk=round_id)
    lock([round_.place_id])
    versions = dict(RoundModel.objects.filter(round=round_).values_list("model", "version_id"))
    before = {one.indicator: one for one in facts.chain(round_.place_id, round_.year, Source.COMPUTED)}
    made, computed = [], queries.computed(round_)
    for key, counts in computed.items():
        fact = Figure(
            place_id=round_.place_id, year=round_.year, indicator=key, source=Source.COMPUTED, recorded_by=by,
            version_id=versions.get(key), corrects=before.get(key),
            reason="Khóa lại đợt xét" if key in before else "", **counts,
        )  # fmt: skip
        if key not in before or before[key].said != fact.said:
            made.append(fact)
    made += [_gone(one, by) for key, one in before.items() if key not in computed and not one.withdrawn]
    Figure.objects.bulk_create(made)
    Running.objects.filter(place_id=round_.place_id, year=round_.year).delete()
    if made:
        after = {one.indicator: [one.count, one.registered, one.total] for one in made}
        log.record("figures.freeze", made[0], by=by, place=round_.place_id, after={"year": round_.year} | after)
    return made


def _gone(figure: Figure, by: Any) -> Figure:
    """The withdrawal of a frozen figure that the registers do not give any more."""
    made = _withdrawal(figure, by)
    made.reason = "Khóa lại đợt xét: sổ đăng ký không còn số này"
    return made
