"""A phone for the tests: makes envelopes as the page does and keeps nothing else."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import now

from hieuhoc.common.ids import uuid7
from hieuhoc.field import actions, passes


class Phone:
    """One person's phone at one village; ``sends`` gives (outcome, code) of each envelope."""

    def __init__(self, person: Any, place: Any, round_: Any = None):
        self.person, self.place, self.round = person, place, round_

    def makes(self, kind: str, subject: Any = None, **more: Any) -> dict[str, Any]:
        """One envelope, not sent."""
        about = getattr(subject, "pk", subject)
        body = {"id": str(uuid7()), "kind": kind, "at": now().isoformat(), "place": self.place.pk}
        body |= {"subject": str(about)} if about else {}
        body |= {"round": self.round.pk} if self.round else {}
        return body | more

    def answers(self, subject: Any, key: str, value: Any, rev: int = 0, was: Any = None, **more: Any) -> dict[str, Any]:
        """One answer, written over revision ``rev`` with the value ``was``."""
        return self.makes("answer", subject, key=key, value=value, base={"rev": rev, "value": was}, **more)

    def follows(self, subject: Any, key: str, value: Any, after: dict[str, Any], **more: Any) -> dict[str, Any]:
        """One answer that builds on a former envelope of this phone."""
        return self.makes("answer", subject, key=key, value=value, after=after["id"], **more)

    def pass_of(self, day: Any) -> str:
        """The pass of a pull on the day."""
        return passes.give(self.person.pk, self.place.pk, day)

    def sends(self, *bodies: dict[str, Any]) -> list[tuple[str, str]]:
        """Send the envelopes; what the receipts say."""
        return [(one.outcome, one.code) for one in self.receipts(*bodies)]

    def receipts(self, *bodies: dict[str, Any]) -> list[actions.Receipt]:
        """Send the envelopes; the receipts."""
        return actions.receive(list(bodies), by=self.person)
