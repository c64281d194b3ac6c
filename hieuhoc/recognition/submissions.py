"""What a tờ trình put forward by name, what was taken back from it since, and what was put forward after it.

A tờ trình that was written stays as it was. A dossier taken back from it, by the association or by the People's
Committee, is a later fact: the act log has who, when and why, and the submission, its paper made anew and the draft
of the decision say so. Reads, and the one statement that keeps the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from hieuhoc.audit.models import EntryTarget
from hieuhoc.dossiers.models import Dossier, State
from hieuhoc.dossiers.workflow import MOVES
from hieuhoc.recognition import queries
from hieuhoc.recognition.models import Submission, Submitted
from hieuhoc.rounds.models import Round

# The moves by which what was put forward is put forward no more.
TAKEN_BACK = ("unpropose", "send_back", "decline")
DROPPED = "drop"  # taken out of the draft of the decision; it goes on being put forward
LIST = """
insert into recognition_submitted (submission_id, dossier_id)
select %s, id from dossiers_dossier where round_id = %s and state = any(%s)
"""


@dataclass(frozen=True)
class TakenBack:
    """One dossier taken back from a tờ trình: how, when, by whom, why; whether it is put forward again by now."""

    dossier_id: str
    name: str
    model: str
    act: str
    at: datetime
    who: str
    reason: str
    again: bool
    dropped: bool


def keep_list(submission: Submission) -> None:
    """Keep which dossiers stand behind the counts of a new tờ trình; needs the transaction of the act."""
    with connection.cursor() as cursor:
        cursor.execute(LIST, [submission.pk, submission.round_id, [str(state) for state in queries.PUT_FORWARD]])


def taken_back(submission: Submission | None) -> list[TakenBack]:
    """The dossiers taken back from a tờ trình since it was written: the latest act of each, in their order."""
    if submission is None:
        return []
    listed = Submitted.objects.filter(submission=submission).values("dossier_id")
    acts = EntryTarget.objects.filter(
        target_type="dossiers.dossier",
        target_id__in=listed,
        entry__verb__in=[f"dossier.{name}" for name in (*TAKEN_BACK, DROPPED)],
        entry__at__gte=submission.made_at,
    )
    latest = {one.target_id: one.entry for one in acts.select_related("entry__actor").order_by("entry_id")}
    dossiers = Dossier.objects.filter(pk__in=latest).select_related("subject")
    found = [
        TakenBack(
            str(one.pk),
            one.subject.name,
            one.get_model_display(),
            MOVES[latest[one.pk].verb.removeprefix("dossier.")].label,
            latest[one.pk].at,
            str(latest[one.pk].actor or "Hệ thống"),
            latest[one.pk].reason,
            one.state == State.RECOGNISED if drop else one.state in queries.PUT_FORWARD,
            drop,
        )
        for one in dossiers
        for drop in [latest[one.pk].verb == f"dossier.{DROPPED}"]
    ]
    return sorted(found, key=lambda one: one.at)


def since(round_: Round, submission: Submission | None) -> int:
    """How many dossiers wait for a decision that the latest tờ trình does not name; none where there is none yet."""
    if submission is None:
        return 0
    waiting = Dossier.objects.filter(round=round_, state=State.PROPOSED)
    return waiting.exclude(submitted__submission=submission).count()


def told(submission: Submission | None) -> str:
    """What was taken back as one sentence for papers, or ""."""
    gone = [one for one in taken_back(submission) if not one.again]
    parts = [
        f"{words} {len(which)} hồ sơ: {'; '.join(f'{one.name} ({one.reason})' for one in which)}"
        for words, which in (
            ("rút", [one for one in gone if not one.dropped]),
            ("đưa ra khỏi dự thảo quyết định", [one for one in gone if one.dropped]),
        )
        if which
    ]
    return f"Sau khi lập tờ trình, {'; '.join(parts)}." if parts else ""
