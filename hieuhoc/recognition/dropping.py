"""Titles taken out of a decision before it is signed: kept as they were, listed where it matters, put back so.

The number and the code of such a title are given to nobody else: a proof sheet of its certificate may lie somewhere.
Reads, and the statements ``actions.drop_title`` and ``actions.restore_title`` are made of.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now

from hieuhoc.dossiers.actions import Refused
from hieuhoc.dossiers.models import State
from hieuhoc.recognition.models import Decision, Dropped, Recognition
from hieuhoc.rounds.models import Round

KEPT = (
    "id", "subject_id", "model", "year", "level", "validity_months", "commune_id", "place_id", "sequence", "code",
    "printed",
)  # fmt: skip


def take_out(title: Recognition, *, by: Any, reason: str) -> Dropped:
    """Keep the title as it is and delete it; needs the transaction of the act, and the decision locked."""
    kept = {name: getattr(title, name) for name in KEPT}
    kept |= {"id": str(title.pk), "subject_id": str(title.subject_id)}
    dropped = Dropped.objects.create(
        decision_id=title.decision_id, dossier_id=title.dossier_id, kept=kept, reason=reason.strip(), dropped_by=by
    )
    Recognition.objects.filter(pk=title.pk).delete()
    return dropped


def put_back(dropped: Dropped) -> Recognition:
    """Make the title again as it was, with its number and its code; needs the transaction of the act."""
    Dropped.objects.filter(pk=dropped.pk).update(undone_at=now())
    return Recognition.objects.create(decision_id=dropped.decision_id, dossier_id=dropped.dossier_id, **dropped.kept)


def held(decision_id: int) -> Decision:
    """The decision, locked after its round: the order in which every act on decisions locks."""
    round_id = Decision.objects.values_list("round_id", flat=True).get(pk=decision_id)
    Round.objects.select_for_update().get(pk=round_id)
    return Decision.objects.select_for_update(of=("self",)).select_related("round").get(pk=decision_id)


def unsigned(decision_id: int) -> Decision:
    """The decision, locked, while its list may still change; a signed one is refused with the way that is left."""
    decision = held(decision_id)
    if decision.is_signed:
        raise Refused(
            f"Quyết định số {decision.number}/{decision.symbol} đã ký, danh sách không đổi được nữa. Không còn xứng"
            " đáng thì thu hồi: mở tên trong Sổ công nhận, bấm «Thu hồi»."
        )
    return decision


def list_changed(decision: Decision) -> None:
    """Note that the list changed: papers made before are in use no more."""
    Decision.objects.filter(pk=decision.pk).update(listed_at=now())


def standing(round_id: int) -> QuerySet[Dropped]:
    """What was taken out of the decisions of a round and waits for another decision; the latest first."""
    found = Dropped.objects.filter(decision__round_id=round_id, undone_at=None, dossier__state=State.PROPOSED)
    return found.select_related("decision", "dossier__subject", "dropped_by").order_by("-pk")
