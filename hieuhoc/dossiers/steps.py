"""The five steps of a round as people work through them: whose turn it is, what is done there, by when. Pure.

The moves themselves are in ``workflow``; a step only says which of them its list offers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hieuhoc.dossiers.models import State

WAITING, DONE = "waiting", "done"


@dataclass(frozen=True)
class Step:
    """One step: its address, its name, the field of its day in the round, the states it lists, the moves it offers."""

    key: str
    name: str
    due: str
    waiting: tuple[str, ...]
    done: tuple[str, ...]
    moves: tuple[str, ...]
    todo: str
    waits: str


DECIDED = (State.RECOGNISED, State.NOT_RECOGNISED)
STEPS = (
    Step(
        "register", "Đăng ký", "register_by", (), tuple(s for s in State.values if s != State.WITHDRAWN),
        ("withdraw", "register_again"),
        "Ghi vào đợt những ai tự nguyện đăng ký danh hiệu năm nay.", "chưa đăng ký",
    ),
    Step(
        "score", "Chấm điểm", "villages_close_on", (State.DRAFT, State.RETURNED),
        (State.SUBMITTED, State.VERIFIED, State.PROPOSED, *DECIDED), ("submit", "withdraw"),
        "Ghi điểm từng chỉ số trong bảng chấm, xong thì gửi lên xã.", "đang chấm",
    ),
    Step(
        "verify", "Thẩm định", "propose_by", (State.SUBMITTED,), (State.VERIFIED, State.PROPOSED, *DECIDED),
        ("verify", "return", "take_back"),
        "Xem hồ sơ thôn đã gửi: đúng thì thẩm định xong, thiếu thì trả lại kèm lý do.", "chờ thẩm định",
    ),
    Step(
        "propose", "Đề nghị", "propose_by", (State.VERIFIED,), (State.PROPOSED, *DECIDED),
        ("propose", "refuse", "return", "unverify"),
        "Đề nghị hồ sơ đạt lên Ủy ban nhân dân; hồ sơ chưa đạt thì ghi lý do.", "chờ đề nghị",
    ),
    Step(
        "recognise", "Công nhận", "closes_on", (State.PROPOSED,), DECIDED,
        ("unpropose", "send_back", "decline", "reopen"),
        "Ủy ban nhân dân quyết định; quyết định và giấy công nhận làm ở mục Giấy tờ.", "chờ quyết định",
    ),
)  # fmt: skip
BY_KEY = {step.key: step for step in STEPS}


def states_of(step: Step) -> tuple[str, ...]:
    """The states a step lists when nothing else is asked: who waits there; of the last one also what was decided."""
    if step.key == "register":
        return tuple(State.values)
    return (*step.waiting, *step.done) if step.key == "recognise" else step.waiting


@dataclass(frozen=True)
class Count:
    """How many wait at a step and how many have passed it."""

    step: Step
    waiting: int
    done: int

    @property
    def total(self) -> int:
        """Everybody the step is about."""
        return self.waiting + self.done


def counts(by_state: Mapping[str, int], total: int) -> list[Count]:
    """The count of each step; ``total`` is the number of subjects, of which the unregistered wait at the first."""
    found = []
    for step in STEPS:
        done = sum(by_state.get(state, 0) for state in step.done)
        waiting = max(total - done, 0) if step.key == "register" else sum(by_state.get(s, 0) for s in step.waiting)
        found.append(Count(step, waiting, done))
    return found


def now_at(found: list[Count]) -> str:
    """The step where work waits: the latest one with somebody waiting, but registering is never "the" work."""
    busy = [count.step.key for count in found[1:] if count.waiting]
    return busy[0] if busy else ("register" if not found[0].done else found[-1].step.key)
