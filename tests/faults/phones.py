"""Simulated phones on a bad network: what they do, what can happen to what they send, what must hold after.

``Phone`` keeps the rules of the page's box (PROTOCOL.md) and nothing else of it: every change is an envelope, only a
receipt with its id takes it out, a photo goes on where it stopped. ``Network`` drops, doubles, delays, cuts in half
and answers with a hotel's login page. All chance comes from one generator, so that a run can be had again.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from PIL import Image

from hieuhoc.common.ids import uuid7
from hieuhoc.dossiers.models import Dossier, Evidence
from hieuhoc.field import access
from hieuhoc.field.models import Envelope
from hieuhoc.registry.models import Subject

KEYS = ("T-1", "T-2")
AT_ONCE, PIECE = 20, 1500
LOGIN_PAGE = (200, b"<html><title>Wifi khach san</title><form>Nhap so phong</form></html>")
Wire = Callable[[str, str, bytes, bool], tuple[int, bytes]]


class Cut(Exception):
    """Nothing came back."""


@dataclass
class Network:
    """Between a phone and the server: ``wire(method, path, body, half)`` reaches the server for that phone."""

    rng: Random
    wire: Wire
    bad: bool = True
    late: list[tuple[str, str, bytes]] = field(default_factory=list)

    def send(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """What comes back, or ``Cut``; the server may have had it all the same, once, twice, or later."""
        fault = self.rng.choice(FAULTS) if self.bad else "none"
        if fault == "dropped":
            raise Cut
        if fault == "late":
            self.late.append((method, path, body))
            raise Cut
        if fault in ("login", "broken"):
            return LOGIN_PAGE if fault == "login" else (502, b"<html>Bad gateway</html>")
        answer = self.wire(method, path, body, fault == "half")
        if fault == "doubled":
            self.wire(method, path, body, False)
        if fault in ("unheard", "half"):
            raise Cut
        return answer

    def deliver_late(self) -> None:
        """What was delayed arrives after all; its answer reaches nobody."""
        while self.late:
            self.wire(*self.late.pop(self.rng.randrange(len(self.late))), False)


FAULTS = ("none",) * 6 + ("dropped", "unheard", "doubled", "late", "half", "login", "broken")


@dataclass
class Phone:
    """One person's phone: houses it knows, what it last saw of each answer, its box."""

    rng: Random
    network: Network
    place: int
    round: int
    houses: list[str] = field(default_factory=list)
    seen: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    last: dict[tuple[str, str], str] = field(default_factory=dict)
    box: list[dict[str, Any]] = field(default_factory=list)
    photos: dict[str, bytes] = field(default_factory=dict)
    made: dict[str, dict[str, Any]] = field(default_factory=dict)

    def make(self, kind: str, **more: Any) -> dict[str, Any]:
        """Put an envelope into the box."""
        body = {"id": str(uuid7()), "kind": kind, "place": self.place, "round": self.round,
                "at": f"2026-11-{self.rng.randint(1, 28):02}T08:00:00+07:00"} | more  # fmt: skip
        self.box.append(body)
        self.made[body["id"]] = body
        return body

    def act(self) -> None:
        """Do something a village head does at a door."""
        act = self.rng.choice(ACTS)
        if act == "house":
            house = str(uuid7())
            self.make("subject", subject=house, model="FAMILY", name=f"Nhà {house[-6:]}")
            self.make("register", subject=house)
            self.houses.append(house)
        elif self.houses:
            house = self.rng.choice(self.houses)
            getattr(self, f"_{act}")(house)

    def _answer(self, house: str) -> None:
        key = self.rng.choice(KEYS)
        at = house, key
        stands = {"after": self.last[at]} if at in self.last else {"base": self.seen.get(at, {"rev": 0, "value": None})}
        body = self.make("answer", subject=house, key=key, value=self.rng.randint(0, 50), **stands)
        self.last[at] = body["id"]

    def _register(self, house: str) -> None:
        self.make("register", subject=house)

    def _submit(self, house: str) -> None:
        self.make("submit", subject=house)

    def _withdraw(self, house: str) -> None:
        self.make("withdraw", subject=house, reason="Chuyển đi")

    def _note(self, house: str) -> None:
        self.make("note", subject=house, text=f"Gia đình đi vắng {self.rng.randint(1, 9)} ngày")

    def _photo(self, house: str) -> None:
        photo = str(uuid7())
        self.photos[photo] = picture(self.rng.randint(0, 255))
        self.make("photo", subject=house, key=self.rng.choice(KEYS), photo=photo)

    def send(self) -> None:
        """Send the first of the box, and the photos; what is not acknowledged stays."""
        try:
            for photo in list(self.photos):
                self._send_photo(photo)
            self._send_box()
        except Cut:
            return

    def _send_box(self) -> None:
        if not self.box:
            return
        some = self.box[:AT_ONCE]
        if self.network.bad and self.rng.random() < 0.15:
            self.rng.shuffle(some)
        status, answer = self.network.send("POST", "gui/", json.dumps({"v": 1, "envelopes": some}).encode())
        told = _told(answer)
        if status != 200 or not isinstance(told.get("receipts"), list):
            return
        by_id = {one["id"]: one for one in told["receipts"]}
        for body in some:
            if body["id"] in by_id:
                self.box.remove(body)
                self._learn(body, by_id[body["id"]])

    def _learn(self, body: dict[str, Any], receipt: dict[str, Any]) -> None:
        at = body.get("subject", ""), body.get("key", "")
        became = receipt.get("first") or receipt["outcome"]
        if body["kind"] == "answer" and became == "applied" and self.last.get(at) == body["id"]:
            del self.last[at]
            self.seen[at] = {"rev": receipt["rev"], "value": body["value"]}

    def _send_photo(self, photo: str) -> None:
        data = self.photos[photo]
        told = _told(self.network.send("GET", f"anh/{photo}/")[1])
        have = told.get("have")
        while have is not None and not told.get("done"):
            query = f"from={have}&size={len(data)}&sha256={hashlib.sha256(data).hexdigest()}"
            told = _told(self.network.send("PUT", f"anh/{photo}/?{query}", data[have : have + PIECE])[1])
            have = told.get("have")
        if told.get("done"):
            del self.photos[photo]

    def pull(self) -> None:
        """See what the server has; what is still in the box is one's own to say."""
        try:
            _, answer = self.network.send("GET", f"lay/?place={self.place}")
        except Cut:
            return
        told = _told(answer)
        if "dossiers" not in told:
            return
        self.houses = list(dict.fromkeys(self.houses + [one["id"] for one in told["subjects"]]))
        unsent = {(one.get("subject"), one.get("key")) for one in self.box}
        for dossier in told["dossiers"]:
            for key in KEYS:
                at = dossier["subject"], key
                if at not in unsent:
                    stands = dossier["answers"].get(key, {"rev": 0, "value": None})
                    self.seen[at] = {"rev": stands["rev"], "value": stands["value"]}
                    self.last.pop(at, None)


ACTS = ("answer",) * 20 + ("register", "house", "note", "photo") * 2 + ("submit", "withdraw")
_PICTURES: dict[int, bytes] = {}


def picture(shade: int) -> bytes:
    """A small photo of one shade."""
    if shade not in _PICTURES:
        out = io.BytesIO()
        Image.effect_noise((60, 40), 30 + shade / 4).convert("RGB").save(out, "JPEG")
        _PICTURES[shade] = out.getvalue()
    return _PICTURES[shade]


def _told(answer: bytes) -> dict[str, Any]:
    """The answer, if it is one of this server."""
    try:
        told = json.loads(answer)
    except ValueError:
        return {}
    return told if isinstance(told, dict) and told.get("v") == 1 else {}


def quiet_down(phones: list[Phone]) -> None:
    """The network is good again: everything is sent, what was delayed arrives, everything is sent once more."""
    for phone in phones:
        phone.network.bad = False
    for _ in range(2):
        for phone in phones:
            for _ in range(500):
                if not (phone.box or phone.photos):
                    break
                phone.send()
            phone.network.deliver_late()


def check(phones: list[Phone], officer: Any) -> dict[str, int]:
    """What must hold once every box is empty: nothing lost, nothing twice, every conflict shown; counts by outcome."""
    made = {one: body for phone in phones for one, body in phone.made.items()}
    assert not [phone for phone in phones if phone.box or phone.photos]
    stored = {str(one.made_id): one for one in Envelope.objects.all()}
    assert stored.keys() == made.keys()
    for one, body in made.items():
        assert stored[one].body == body
    counts: dict[str, int] = defaultdict(int)
    for one in stored.values():
        counts[one.outcome] += 1
    held = [(one.kind, one.code, one.number, one.waits_for) for one in stored.values() if one.outcome == "held"]
    assert set(counts) <= {"applied", "conflict", "refused"}, (counts, held)
    assert not [one for one in stored.values() if one.outcome != "applied" and not (one.message and one.code)]
    _check_answers(stored)
    applied = [one for one in stored.values() if one.outcome == "applied"]
    houses = {one.subject for one in applied if one.kind == "subject"}
    assert Subject.objects.filter(pk__in=houses).count() == len(houses)
    photos = [one for one in applied if one.kind == "photo"]
    kept = {str(pk) for pk in Evidence.objects.values_list("pk", flat=True)}
    assert {one.result["evidence"] for one in photos} == kept
    assert Evidence.objects.count() == len(photos)
    shown = access.envelopes_for(officer).filter(outcome="conflict", settlement="").count()
    assert shown == counts["conflict"]
    return dict(counts)


def _check_answers(stored: dict[str, Envelope]) -> None:
    """Each written answer stands on the one before it; the last one stands; nobody wrote over what he had not seen."""
    cells: dict[tuple[UUID, str], list[Envelope]] = defaultdict(list)
    for one in stored.values():
        if one.kind == "answer" and one.outcome == "applied" and one.subject:
            cells[one.subject, one.key].append(one)
    answers = dict(Dossier.objects.values_list("subject_id", "answers"))
    for (subject, key), written in cells.items():
        by_rev: dict[int, list[Envelope]] = defaultdict(list)
        for one in written:
            by_rev[one.result["rev"]].append(one)
        assert sorted(by_rev) == list(range(1, len(by_rev) + 1))
        for rev, some in by_rev.items():
            assert len({one.body["value"] for one in some}) == 1
            assert rev - 1 in {_base_rev(one, stored) for one in some}
        last = by_rev[len(by_rev)][0]
        there = answers[subject][key]
        assert (there["rev"], there["value"]) == (len(by_rev), last.body["value"])


def _base_rev(one: Envelope, stored: dict[str, Envelope]) -> int:
    while "after" in one.body:
        before = stored[one.body["after"]]
        if before.outcome == "applied":
            return before.result["rev"]
        one = before
    return one.body["base"]["rev"]
