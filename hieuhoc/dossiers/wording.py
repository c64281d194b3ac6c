"""How a dossier's history reads: each act in a sentence, answers as "GD-1.1: 7 → 8". Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hieuhoc.dossiers import typed
from hieuhoc.dossiers.workflow import MOVES
from hieuhoc.scoring import Criteria

VERBS = {
    "dossier.register": "Đăng ký vào đợt",
    "dossier.answer": "Ghi điểm",
    "dossier.take_scores": "Ghi điểm từ bảng",
    "dossier.undo_scores": "Hoàn tác lần ghi điểm từ bảng",
    "dossier.set_facts": "Ghi thông tin để chấm",
    "dossier.attach": "Thêm minh chứng",
    "dossier.unregister": "Bỏ đăng ký nhầm",
    "dossier.cite": "Ghi căn cứ làm minh chứng",
    "dossier.detach": "Gỡ minh chứng",
    "dossier.judge": "Tính lại kết quả",
    "registry.move": "Chuyển nơi ở, hồ sơ theo về thôn mới",
    "registry.rehome": "Hồ sơ theo về đơn vị mới",
    "dossier.take_title_back": "Danh hiệu bị thu hồi",
} | {f"dossier.{name}": move.label for name, move in MOVES.items()}
SHOWN = 8


@dataclass(frozen=True)
class Said:
    """One line of a dossier's history."""

    at: datetime
    who: str
    did: str
    changes: tuple[str, ...] = ()
    reason: str = ""


def said(dossier_id: Any, criteria: Criteria | None, entries: Iterable[Any]) -> list[Said]:
    """The acts on a dossier in sentences, newest first."""
    return [
        Said(
            entry.at,
            str(entry.actor or "Hệ thống"),
            VERBS.get(entry.verb, entry.verb),
            tuple(changes(str(dossier_id), criteria, entry)),
            entry.reason,
        )
        for entry in entries
    ]


def changes(dossier_id: str, criteria: Criteria | None, entry: Any) -> list[str]:
    """What an act changed in the answers; an act on many holds them by dossier."""
    if entry.verb != "dossier.answer" or criteria is None:
        return []
    before, after = (_own(side or {}, dossier_id) for side in (entry.before, entry.after))
    lines = [
        f"{key}: {_text(criteria, key, before.get(key))} → {_text(criteria, key, after.get(key))}"
        for key in after
        if before.get(key) != after.get(key)
    ]
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], f"và {more} chỉ số khác"] if more > 0 else lines


def _own(side: dict[str, Any], dossier_id: str) -> dict[str, Any]:
    return side.get(dossier_id, side)


def _text(criteria: Criteria, key: str, value: Any) -> str:
    indicator = criteria.by_key.get(key)
    return (typed.shown(indicator, value) if indicator else str(value or "")) or "trống"
