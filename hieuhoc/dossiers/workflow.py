"""The table of moves: the one truth about what may become of a dossier, who may do it and when a reason is due.

Buttons, checks, the diagram of the documentation and the test of every role × state × move are drawn from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from hieuhoc.dossiers.models import Outcome, State


@dataclass(frozen=True)
class Move:
    """From which states to which, by which right, under what name on the button; the outcome it demands."""

    sources: frozenset[str]
    target: str
    right: str
    label: str
    needs_reason: bool = False
    outcome: str = ""


def _move(sources: set[str], target: str, right: str, label: str, **more) -> Move:
    return Move(frozenset(sources), target, right, label, **more)


MOVES: dict[str, Move] = {
    "submit": _move({State.DRAFT, State.RETURNED}, State.SUBMITTED, "dossier.write", "Gửi lên xã"),
    "return": _move({State.SUBMITTED, State.VERIFIED}, State.RETURNED, "dossier.verify", "Trả lại", needs_reason=True),
    "verify": _move({State.SUBMITTED}, State.VERIFIED, "dossier.verify", "Thẩm định xong"),
    "propose": _move({State.VERIFIED}, State.PROPOSED, "dossier.propose", "Đề nghị công nhận", outcome=Outcome.PASS),
    "refuse": _move({State.VERIFIED}, State.NOT_RECOGNISED, "dossier.propose", "Chưa công nhận", needs_reason=True),
    "send_back": _move({State.PROPOSED}, State.VERIFIED, "recognition.decide", "Yêu cầu xem lại", needs_reason=True),
    "decline": _move(
        {State.PROPOSED}, State.NOT_RECOGNISED, "recognition.decide", "Không công nhận", needs_reason=True
    ),
    "recognise": _move({State.PROPOSED}, State.RECOGNISED, "recognition.decide", "Công nhận", outcome=Outcome.PASS),
    "drop": _move(
        {State.RECOGNISED}, State.PROPOSED, "recognition.decide", "Đưa ra khỏi quyết định", needs_reason=True
    ),
    "withdraw": _move(
        {State.DRAFT, State.SUBMITTED, State.RETURNED, State.VERIFIED},
        State.WITHDRAWN,
        "dossier.write",
        "Rút đăng ký",
        needs_reason=True,
    ),
    "register_again": _move({State.WITHDRAWN}, State.DRAFT, "dossier.write", "Đăng ký lại"),
    "reopen": _move({State.NOT_RECOGNISED}, State.VERIFIED, "dossier.propose", "Xét lại", needs_reason=True),
    "take_back": _move({State.SUBMITTED}, State.DRAFT, "dossier.write", "Lấy lại để sửa"),
    "unverify": _move({State.VERIFIED}, State.SUBMITTED, "dossier.verify", "Bỏ thẩm định"),
    "unpropose": _move({State.PROPOSED}, State.VERIFIED, "dossier.propose", "Rút đề nghị", needs_reason=True),
}
# The move that takes another back; what is decided is never taken back, only followed by the next fact.
UNDO = {
    "submit": "take_back",
    "verify": "unverify",
    "propose": "unpropose",
    "refuse": "reopen",
    "return": "submit",
    "withdraw": "register_again",
    "register_again": "withdraw",
}
# Moves that go with a decision (recognition): into it, and out of it while it is not signed; no page offers them alone.
BY_DECISION = frozenset({"recognise", "drop"})

EDITABLE = frozenset({State.DRAFT, State.RETURNED, State.SUBMITTED, State.VERIFIED})
FROZEN = frozenset({State.PROPOSED, State.RECOGNISED})
LOCKED = FROZEN | {State.NOT_RECOGNISED}  # states whose score sheet stands as it was


def moves_from(state: str) -> dict[str, Move]:
    """The moves that leave ``state``, by name, in the order of the table."""
    return {name: move for name, move in MOVES.items() if state in move.sources}


def diagram() -> str:
    """The table as a Mermaid state diagram for the documentation."""
    lines = ["stateDiagram-v2", "    [*] --> draft"]
    lines += [
        f"    {source} --> {move.target}: {name}" for name, move in MOVES.items() for source in sorted(move.sources)
    ]
    return "\n".join(lines)
