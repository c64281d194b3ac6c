"""The year's steps with their counts, and the calendar of the round."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from hieuhoc.common.numbers import vn_int
from hieuhoc.dossiers.models import State
from hieuhoc.rounds.models import Round
from hieuhoc.web.board.shape import Day, Step
from hieuhoc.web.board.tally import JUDGED, Tally
from hieuhoc.web.links import link

BEYOND_VILLAGE = (
    State.SUBMITTED,
    State.VERIFIED,
    State.PROPOSED,
    State.RECOGNISED,
    State.NOT_RECOGNISED,
)
VERIFIED = (State.VERIFIED, State.PROPOSED, State.RECOGNISED, State.NOT_RECOGNISED)
DECIDED = (State.RECOGNISED, State.NOT_RECOGNISED)


def of_commune(round_id: int, tally: Tally, at: str = "") -> tuple[Step, ...]:
    """The five steps of a commune's year; ``at`` names the one where work waits for the reader."""
    everything, registered = sum(tally.totals().values()), tally.number()
    verified, decided = tally.number(*VERIFIED), tally.number(*DECIDED)
    proposed = tally.number(State.PROPOSED) + decided
    return marked(
        [
            ("Đăng ký", "đã đăng ký", registered, everything, link("rounds:step", round_id, "register")),
            (
                "Chấm điểm",
                "đã chấm",
                tally.number(outcomes=JUDGED),
                registered,
                link("rounds:step", round_id, "score"),
            ),
            ("Thẩm định", "đã thẩm định", verified, registered, link("rounds:step", round_id, "verify")),
            ("Đề nghị", "đã đề nghị", proposed, verified, link("rounds:step", round_id, "propose")),
            ("Công nhận", "đã có quyết định", decided, proposed, link("rounds:step", round_id, "recognise")),
        ],
        at,
    )


def of_village(round_id: int, tally: Tally) -> tuple[Step, ...]:
    """The four steps a village sees."""
    everything, registered = sum(tally.totals().values()), tally.number()
    judged, decided = tally.number(outcomes=JUDGED), tally.number(*DECIDED)
    sent, send = tally.number(*BEYOND_VILLAGE), link("dossiers:list", round=round_id, state=State.DRAFT)
    return marked(
        [
            ("Đăng ký", "đã đăng ký", registered, everything, link("rounds:step", round_id, "register")),
            ("Chấm điểm", "đã chấm", judged, registered, link("rounds:step", round_id, "score")),
            ("Gửi lên xã", "đã gửi", sent, registered, send),
            ("Kết quả", "đã có quyết định", decided, registered, link("dossiers:list", round=round_id)),
        ]
    )


def marked(found: list[tuple[str, str, int, int, str]], now: str = "") -> tuple[Step, ...]:
    """Say which step is done and which one is now: the one named, else the first that is not done."""
    steps, now_given = [], bool(now)
    for at, (name, did, count, of, url) in enumerate(found):
        done = of > 0 and count >= of
        if at == 0:  # registering is of free will: it is never "all"
            done = count > 0
        state = "now" if name == now else "done" if done else "" if now_given else "now"
        now_given = now_given or state == "now"
        steps.append(Step(name, _text(did, count, of), url, state))
    return tuple(steps)


def _text(did: str, count: int, of: int) -> str:
    return f"{vn_int(count)}/{vn_int(of)} {did}" if of else "Chưa bắt đầu"


def calendar(round_: Round, tally: Tally) -> tuple[Day, ...]:
    """The days of the round. Only what is left undone makes a past day late; registering is of free will."""
    left = {
        "register_by": 0,
        "villages_close_on": tally.number(State.DRAFT, State.RETURNED),
        "propose_by": tally.number(State.SUBMITTED, State.VERIFIED),
        "closes_on": tally.number(State.PROPOSED),
    }
    names = ("Hạn đăng ký", "Thôn gửi hồ sơ", "Trình UBND xã", "Khóa đợt xét")
    return tuple(
        Day(name, getattr(round_, field), _passed(getattr(round_, field), number))
        for name, (field, number) in zip(names, left.items(), strict=True)
    )


def _passed(day: date | None, left: int) -> bool:
    return day is not None and day < localdate() and not left


def ahead(day: date | None) -> date | None:
    """The day while it lies ahead: a past day for something of free will presses nobody."""
    return day if day is not None and day >= localdate() else None
