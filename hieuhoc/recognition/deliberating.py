"""What a meeting of the council may decide, and on which day a decision may stand on it. Reads and refuses only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hieuhoc.dossiers.actions import Refused
from hieuhoc.dossiers.models import Dossier
from hieuhoc.recognition import queries, rules
from hieuhoc.recognition.models import Council, CouncilMeeting, CouncilMember, Decision, Submission


def members_there(council: Council, present: Sequence[int]) -> list[CouncilMember]:
    """The members who vote, of the council that works now; anybody else is refused."""
    latest = queries.council(council.round_id)
    if latest is None or latest.pk != council.pk:
        raise Refused("Hội đồng này đã được lập lại; ghi cuộc họp của hội đồng mới.")
    members = list(council.members.filter(pk__in=present))
    if len(members) != len(set(present)):
        raise Refused("Có người biểu quyết không thuộc hội đồng.")
    return members


def refuse_votes(council: Council, voters: int, votes: Sequence[Mapping[str, Any]]) -> None:
    """Refuse votes that do not add up, are counted twice, or are about what is not put forward."""
    for vote in votes:
        problem = rules.vote_problem(vote["yes"], vote["no"], vote.get("abstained", 0), voters)
        if problem:
            raise Refused(problem)
    matters = [(vote["model"], vote.get("dossier")) for vote in votes]
    if len(matters) != len(set(matters)):
        raise Refused("Một nội dung được ghi biểu quyết hai lần.")
    if {model for model, _ in matters} - set(council.round.models.values_list("model", flat=True)):
        raise Refused("Có danh hiệu không thuộc đợt xét này.")
    single = {(model, str(dossier)) for model, dossier in matters if dossier}
    here = Dossier.objects.filter(round=council.round, state__in=queries.PUT_FORWARD)
    known = here.filter(pk__in=[dossier for _, dossier in single]).values_list("model", "pk")
    if single - {(model, str(pk)) for model, pk in known}:
        raise Refused("Có hồ sơ biểu quyết riêng không được đề nghị trong đợt xét này.")


def refuse_day(decision: Decision, day: date) -> None:
    """Refuse to sign before the submission and the meeting the decision stands on."""
    submissions = Submission.objects.filter(round=decision.round).order_by("pk").values_list("made_at", "day")
    meetings = CouncilMeeting.objects.filter(council__round=decision.round).order_by("pk")
    held = [(at, rules.day_in(words)) for at, words in meetings.values_list("recorded_at", "held")]
    problem = rules.before_problem(day, _behind(decision, list(submissions)), _behind(decision, held))
    if problem:
        raise Refused(problem)


def _behind(decision: Decision, recorded: list[tuple[Any, date | None]]) -> date | None:
    """The day of the latest that was recorded before the decision was drawn up; else of the first recorded after."""
    days = [(at, day) for at, day in recorded if day is not None]
    earlier = [day for at, day in days if at <= decision.issued_at]
    return earlier[-1] if earlier else days[0][1] if days else None
