"""How a state looks: its tone and its sign. Never colour alone: each badge has a sign and a word."""

from __future__ import annotations

TONES: dict[str, tuple[str, str]] = {
    # dossiers
    "draft": ("plain", "pen"),
    "submitted": ("info", "send"),
    "returned": ("warn", "returned"),
    "verified": ("info", "done"),
    "proposed": ("info", "paper"),
    "recognised": ("honour", "seal"),
    "not_recognised": ("bad", "cross"),
    "withdrawn": ("plain", "exit"),
    # outcomes of scoring
    "": ("plain", "question"),
    "pass": ("good", "done"),
    "fail": ("bad", "cross"),
    "incomplete": ("warn", "question"),
    # rounds, criteria, recognitions
    "open": ("good", "round"),
    "closed": ("plain", "lock"),
    "published": ("good", "lock"),
    "official": ("good", "done"),
    "provisional": ("warn", "warn"),
    "illustrative": ("warn", "warn"),
    "local": ("info", "map"),
    "not_entered": ("plain", "question"),
    "issued": ("honour", "seal"),
    "standing": ("honour", "seal"),
    "expired": ("plain", "clock"),
    "revoked": ("bad", "cross"),
    "corrected": ("info", "history"),
    # activities of plans ("done" stands among the jobs)
    "todo": ("plain", "clock"),
    "doing": ("info", "pen"),
    "dropped": ("plain", "close"),
    "late": ("bad", "warn"),
    # links of self-assessment
    "unopened": ("plain", "send"),
    "opened": ("info", "eye"),
    "locked": ("warn", "lock"),
    # jobs and imports
    "waiting": ("plain", "clock"),
    "running": ("info", "round"),
    "done": ("good", "done"),
    "failed": ("bad", "cross"),
    "cancelled": ("plain", "close"),
    "checked": ("info", "eye"),
    "applying": ("info", "round"),
    "applied": ("good", "done"),
    "refused": ("bad", "cross"),
    "undone": ("plain", "undo"),
}
UNKNOWN = ("plain", "info")


def tone(state: str) -> str:
    """Return plain, info, good, warn, bad or honour for a state's value."""
    return TONES.get(state, UNKNOWN)[0]


def sign(state: str) -> str:
    """Return the icon of a state's value."""
    return TONES.get(state, UNKNOWN)[1]
