"""What an envelope says, read strictly: a value of the right shape, or the sentence why not. Pure (PROTOCOL.md)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hieuhoc.field.models import Kind

LONGEST_TEXT = 2000
MOST_BYTES = 20_000
KINDS = frozenset(Kind.values)


class Unreadable(ValueError):
    """The envelope cannot be read; the message is the sentence, ``code`` the word for programs."""

    def __init__(self, message: str, code: str = "unreadable"):
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Base:
    """What the phone saw before it wrote: a revision and its value, from the server."""

    rev: int
    value: Any


@dataclass(frozen=True)
class Letter:
    """One envelope read: who it is about and what it asks; ``words`` holds the texts of its kind."""

    id: UUID
    kind: str
    place: int
    subject: UUID | None = None
    round: int | None = None
    key: str = ""
    value: Any = None
    base: Base | None = None
    after: UUID | None = None
    said_by: str = ""
    written_at: datetime | None = None
    pass_: str = ""
    photo: UUID | None = None
    words: tuple[tuple[str, Any], ...] = ()

    def word(self, name: str) -> Any:
        """One of the texts of its kind; "" where it has none."""
        return dict(self.words).get(name, "")


NEEDS = {
    Kind.SUBJECT: ("subject",),
    Kind.REGISTER: ("subject", "round"),
    Kind.ANSWER: ("subject", "round", "key"),
    Kind.PHOTO: ("subject", "round", "photo"),
    Kind.DROP_PHOTO: ("subject", "round", "after"),
    Kind.WITHDRAW: ("subject", "round"),
    Kind.SUBMIT: ("subject", "round"),
    Kind.NOTE: (),
}
WORDS = {
    Kind.SUBJECT: ("model", "name", "code"),
    Kind.PHOTO: ("note",),
    Kind.WITHDRAW: ("reason",),
    Kind.NOTE: ("text",),
}


def read(body: dict[str, Any]) -> Letter:
    """The envelope as a value; raises ``Unreadable`` with the sentence to show."""
    if len(json.dumps(body)) > MOST_BYTES:
        raise Unreadable("Việc này dài quá mức máy chủ nhận.")
    kind = body.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise Unreadable("Máy chủ chưa biết loại việc này; mở lại trang thực địa khi có mạng.", "unknown_kind")
    letter = Letter(
        id=_need(_uuid(body, "id"), "id"), kind=str(kind), place=_need(_whole(body, "place"), "place"),
        subject=_uuid(body, "subject"), round=_whole(body, "round"), key=_text(body, "key", 20),
        value=body.get("value"), base=_base(body.get("base")), after=_uuid(body, "after"),
        said_by=_text(body, "said_by", 80), written_at=written(body.get("at")), pass_=_text(body, "pass", 400),
        photo=_uuid(body, "photo"), words=_words(Kind(kind), body),
    )  # fmt: skip
    for name in NEEDS[Kind(kind)]:
        _need(getattr(letter, name), name)
    return letter


def written(value: Any) -> datetime | None:
    """The phone's clock as it was written, with a zone; None where it cannot be."""
    try:
        when = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return when if 2000 < when.year < 2200 else None


def _words(kind: Kind, body: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    found: list[tuple[str, Any]] = [(name, _text(body, name, LONGEST_TEXT)) for name in WORDS.get(kind, ())]
    if kind == Kind.SUBJECT:
        details = body.get("details") or {}
        if not isinstance(details, dict):
            raise Unreadable("Phần ghi thêm của mục mới không đọc được.")
        found.append(("details", details))
    return tuple(found)


def _base(value: Any) -> Base | None:
    if value is None:
        return None
    rev = value.get("rev") if isinstance(value, dict) else None
    if not isinstance(rev, int) or isinstance(rev, bool):
        raise Unreadable("Không rõ câu trả lời này dựa trên bản nào.")
    return Base(rev, value.get("value"))


def _need(value: Any, name: str) -> Any:
    if value in (None, ""):
        raise Unreadable(f"Phong bì thiếu phần «{name}».")
    return value


def _uuid(body: dict[str, Any], name: str) -> UUID | None:
    if body.get(name) in (None, ""):
        return None
    try:
        return UUID(str(body[name]))
    except ValueError:
        raise Unreadable(f"Mã ở phần «{name}» không đọc được.") from None


def _whole(body: dict[str, Any], name: str) -> int | None:
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**63:
        raise Unreadable(f"Phần «{name}» phải là một số.")
    return value


def _text(body: dict[str, Any], name: str, most: int) -> str:
    value = body.get(name) or ""
    if not isinstance(value, str):
        raise Unreadable(f"Phần «{name}» phải là chữ.")
    if len(value) > most:
        raise Unreadable(f"Phần «{name}» dài quá {most} chữ.")
    return value.replace("\x00", "").strip()
