"""What files bring into the dossiers of a round: scores, registrations; and taking them back.

Each verb is one transaction and one line of the act log, on the whole file at once. Scores go into open dossiers only,
and into new ones for subjects that had none; a row that fits nobody or several is said, never guessed. An undo is
refused when a later act stands on it. Use: ``imports.take_scores(round_id, "FAMILY", rows, by=user, places=…)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.timezone import now

from hieuhoc.accounts.access import require
from hieuhoc.audit import log
from hieuhoc.dossiers import judging, registering, scoresheet
from hieuhoc.dossiers.actions import Refused, open_round
from hieuhoc.dossiers.models import Dossier, Evidence, ScoredRow, State
from hieuhoc.dossiers.workflow import EDITABLE
from hieuhoc.rounds import queries as rounds
from hieuhoc.rounds.models import Round

TAKE_BACK = """
update dossiers_dossier d set answers = r.before->'answers', revision = d.revision + 1, updated_at = now()
from dossiers_scoredrow r where r.dossier_id = d.id and r.imported_id = %s
"""
CHANGED_SINCE = """
select count(*) from dossiers_scoredrow r join dossiers_dossier d on d.id = r.dossier_id
where r.imported_id = %s and md5(d.answers::text) <> r.before->>'laid'
"""


@transaction.atomic
def take_scores(
    round_id: int, model: str, rows: Iterable[Any], *, by: Any, places: Mapping[str | None, int], imported: Any = None
) -> scoresheet.Taken:
    """Take a checked score sheet: register whom it names, lay the answers, judge; doing it again changes nothing."""
    round_ = open_round(round_id)
    require(by, "sheet.import", round_.place_id)
    matched = scoresheet.match(scoresheet.Finder(round_.place_id, model, places), rows)
    made = registering.pour(round_, model, "ids", ids=[one for one, _ in matched.rows], imported=imported)
    taken = scoresheet.compare(round_, matched, _typed(round_, model), by=by.pk, at=_moment(), lock=True)
    scoresheet.lay(taken.changed, imported)
    changed = list(taken.changed)
    judging.judge(round_id, model, only={*made, *changed})
    taken.registered = len(made)
    after = {"model": model, "rows": len(matched.rows), "changed": len(changed), "registered": len(made)}
    log.record(
        "dossier.take_scores", imported or round_, by=by, place=round_.place_id, after=after, targets=changed,
        target_type="dossiers.dossier",
    )  # fmt: skip
    return taken


def foresee_scores(
    round_: Round, model: str, rows: Iterable[Any], *, by: Any, places: Mapping[str | None, int]
) -> scoresheet.Taken:
    """Say what ``take_scores`` would do, writing nothing."""
    matched = scoresheet.match(scoresheet.Finder(round_.place_id, model, places), rows)
    return scoresheet.compare(round_, matched, _typed(round_, model), by=by.pk, at=_moment())


def _typed(round_: Round, model: str) -> frozenset[str]:
    """The indicators that are typed; those computed from titles are not."""
    return frozenset(one.key for one in rounds.criteria_of(round_.pk, model).indicators if one.derived is None)


def _moment() -> str:
    return now().isoformat(timespec="seconds")


@transaction.atomic
def undo_scores(imported: Any, *, by: Any, reason: str) -> int:
    """Give the dossiers a score sheet changed their former answers, and take back those it registered."""
    require(by, "sheet.import", imported.place_id)
    kept = ScoredRow.objects.filter(imported=imported)
    made = Dossier.objects.filter(registered_by_import=imported)
    touched = Dossier.objects.filter(pk__in=kept.values("dossier_id")) | made
    first = touched.order_by().first()
    if first is None:
        log.record("dossier.undo_scores", imported, by=by, place=imported.place_id, reason=reason)
        return 0
    round_ = open_round(first.round_id)
    _refuse_standing(imported, touched, made)
    ids = list(kept.values_list("dossier_id", flat=True))
    log.record("dossier.undo_scores", imported, by=by, place=round_.place_id, reason=reason, targets=ids,
               target_type="dossiers.dossier")  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(TAKE_BACK, [imported.pk])
    kept.delete()
    made.delete()
    judging.judge(round_.pk, first.model, only=ids)
    return len(ids)


def _refuse_standing(imported: Any, touched: QuerySet, made: QuerySet) -> None:
    """Refuse to undo what a later act stands on, saying which."""
    if touched.exclude(state__in=EDITABLE).exists():
        raise Refused("Không hoàn tác được: có hồ sơ đã đề nghị hoặc đã có quyết định.")
    with connection.cursor() as cursor:
        cursor.execute(CHANGED_SINCE, [imported.pk])
        changed = cursor.fetchone()[0]
    if changed:
        raise Refused(f"Không hoàn tác được: {changed} hồ sơ đã được sửa điểm sau lần nhập này.")
    if made.exclude(state=State.DRAFT).exists() or Evidence.objects.filter(dossier__in=made).exists():
        raise Refused("Không hoàn tác được: hồ sơ lập từ lần nhập này đã được gửi hoặc đã có minh chứng.")


@transaction.atomic
def register_roster(round_id: int, model: str, keys: Iterable[str], *, by: Any, imported: Any = None) -> int:
    """Register the subjects with these natural keys, as a roster's column "Đăng ký" says; return how many are new."""
    round_ = open_round(round_id)
    require(by, "sheet.import", round_.place_id)
    rounds.criteria_of(round_id, model)
    made = registering.pour(round_, model, "keys", keys=keys, imported=imported)
    if made:
        judging.judge(round_id, model, only=made)
        log.record("dossier.register", round_, by=by, place=round_.place_id, after={"model": model, "new": len(made)},
                   targets=made, target_type="dossiers.dossier")  # fmt: skip
    return len(made)


def foresee_roster(round_: Round, model: str, keys: Iterable[str]) -> int:
    """How many of these natural keys ``register_roster`` would register: those without a dossier of the round."""
    wanted = list(set(keys))
    having = Dossier.objects.filter(round=round_, model=model, subject__natural_key__in=wanted)
    return len(wanted) - having.filter(subject__active_to=None).count()


@transaction.atomic
def unregister_roster(imported: Any, *, by: Any, place_id: int) -> int:
    """Take back the registrations a roster made, as long as nothing was written into them."""
    require(by, "sheet.import", place_id)
    made = Dossier.objects.filter(registered_by_import=imported)
    first = made.order_by().first()
    if first is None:
        return 0
    round_ = open_round(first.round_id)
    if made.exclude(state=State.DRAFT, answers={}).exists() or Evidence.objects.filter(dossier__in=made).exists():
        raise Refused("Không hoàn tác được: đã có người chấm hoặc gửi hồ sơ đăng ký từ lần nhập này.")
    ids = list(made.values_list("pk", flat=True))
    log.record(
        "dossier.unregister", round_, by=by, place=round_.place_id, reason="Hoàn tác lần nhập",
        before={"models": [first.model], "removed": len(ids)}, targets=ids, target_type="dossiers.dossier",
    )  # fmt: skip
    made.delete()
    return len(ids)
