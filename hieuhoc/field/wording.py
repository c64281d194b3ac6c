"""What came from the field in words: one row of the officer's table. Pure, but for the names it is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime

from hieuhoc.dossiers import typed
from hieuhoc.field.models import Envelope, Kind, Outcome
from hieuhoc.registry import wording
from hieuhoc.scoring import Criteria

TABS = {
    "conflict": "Chọn một bản",
    "note": "Lời nhắn",
    "refused": "Không nhận được",
    "held": "Đang giữ",
    "all": "Tất cả đã gửi",
}


@dataclass(frozen=True)
class Said:
    """One side of two answers that met: what, who, when it was written and when it came; which revision is there."""

    value: str
    who: str
    written: datetime | None
    came: datetime | None = None
    rev: int = 0


@dataclass(frozen=True)
class Row:
    """One envelope as the officer reads it."""

    envelope: Envelope
    what: str
    about: str
    subject: UUID | None
    place: str
    text: str
    who: str
    ours: Said | None = None
    theirs: Said | None = None
    twin: str = ""


@dataclass(frozen=True)
class Names:
    """What the rows are told: subjects, places, people and criteria by their ids."""

    subjects: dict[UUID, tuple[str, str]]
    places: dict[int, str]
    people: dict[int, str]
    criteria: dict[tuple[int, str], Criteria]
    stand_ins: dict[UUID, UUID]
    answers: dict[tuple[int, UUID], dict[str, Any]]
    asked: dict[str, str]


def row(one: Envelope, names: Names) -> Row:
    """One envelope with everything a person needs to decide."""
    subject = names.stand_ins.get(one.subject, one.subject) if one.subject else None
    name, model = names.subjects.get(subject, ("", "")) if subject else ("", "")
    criteria = names.criteria.get((round_of(one), model))
    indicator = criteria.by_key.get(one.key) if criteria else None
    ours, theirs = _sides(one, names, indicator)
    return Row(
        one, _what(one, indicator), name or str(one.body.get("name", "")), subject if name else None,
        names.places.get(one.place_id or 0, ""), _text(one, indicator, names),
        _who(one), ours, theirs, names.subjects.get(_twin(one), ("", ""))[0],
    )  # fmt: skip


def round_of(one: Envelope) -> int:
    found = one.body.get("round")
    return found if isinstance(found, int) else 0


def _twin(one: Envelope) -> Any:
    found = (one.result or {}).get("twin")
    return UUID(found) if found else None


def _what(one: Envelope, indicator: Any) -> str:
    if one.kind == Kind.ANSWER and indicator is not None:
        return f"{one.key} {indicator.label}"
    label = dict(Kind.choices).get(one.kind, one.kind)
    return f"{label} {one.key}".strip()


def _who(one: Envelope) -> str:
    brought = f", {one.brought_by.full_name} nhận từ tệp" if one.brought_by else ""
    return f"{one.person.full_name}{brought}"


def _text(one: Envelope, indicator: Any, names: Names) -> str:
    body = one.body
    if one.kind == Kind.NOTE:
        asked = names.asked.get(str(body.get("question", "")))
        return f"Trả lời câu hỏi «{asked}»: {body.get('text', '')}" if asked else str(body.get("text", ""))
    if one.kind == Kind.ANSWER:
        return shown(indicator, body.get("value"))
    if one.kind == Kind.SUBJECT:
        details = body.get("details") if isinstance(body.get("details"), dict) else {}
        model = str(body.get("model", ""))
        known = wording.details_lines(model, details or {}) if model in wording.FIELDS else []
        return "; ".join(f"{label}: {value}" for label, value in known if value)
    return str(body.get("reason") or body.get("note") or "")


def shown(indicator: Any, value: Any) -> str:
    """An answer as it reads on paper; what is no answer of the indicator as it was sent."""
    if value is None:
        return "để trống"
    try:
        return typed.shown(indicator, value) if indicator is not None else str(value)[:60]
    except (TypeError, ValueError, KeyError, ArithmeticError):
        return str(value)[:60]


def _sides(one: Envelope, names: Names, indicator: Any) -> tuple[Said | None, Said | None]:
    if one.outcome != Outcome.CONFLICT or one.kind != Kind.ANSWER:
        return None, None
    subject = names.stand_ins.get(one.subject, one.subject) if one.subject else None
    live = names.answers.get((round_of(one), subject)) if subject and not one.settlement else None
    theirs = (one.result or {}).get("theirs") or {}
    theirs = theirs if live is None else live.get(one.key) or {}
    who = names.people.get(theirs.get("by") or 0, "")
    at = parse_datetime(theirs["at"]) if theirs.get("at") else None
    said = theirs.get("said_by")
    there = Said(
        shown(indicator, theirs.get("value")), f"{who} (lời: {said})" if said else who, at, rev=theirs.get("rev", 0)
    )
    mine = one.body.get("said_by")
    told = f"{one.person.full_name} (lời: {mine})" if mine else one.person.full_name
    return there, Said(shown(indicator, one.body.get("value")), told, one.written_at, one.received_at)
