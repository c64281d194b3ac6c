"""A day in the village on a real phone: worked without a network, the browser killed, sent through a bad network.

The truth is what the recorder entered (``Recorder.entered``); at the end the database says the same, each thing once.
"""

from __future__ import annotations

import io
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Error, Page

from hieuhoc.criteria.models import Indicator
from hieuhoc.dossiers.models import Dossier, Evidence
from hieuhoc.field.models import Envelope, Photo
from hieuhoc.field.tests.phone_browser import Handset, phone, shipped  # noqa: F401
from hieuhoc.files import store
from hieuhoc.registry.models import Subject

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SENT, PIECE = "text=✓ Đã gửi hết", 64 * 1024
NEW, LEFT = "Rơ Châm Út", "Gia đình chuyển về xã cũ"
LATE, TRIES = 0.1, 150  # seconds every answer takes; how often she tries at most
SMALL, LARGE = 96, 640  # a photo of one piece, and one of several

# Tap the answers one after the other, each only when the phone has kept the one before.
TAP = """async (said) => {
  for (const [key, value] of said) {
    const tile = () => document.getElementById(`i-${key}-${value}`);
    tile().click();
    while (tile()?.getAttribute("aria-pressed") !== "true") await new Promise((done) => setTimeout(done, 4));
  }
}"""


def photo_of(number: int, width: int) -> bytes:
    """A photo like no other: its upper left corner has a colour that says the house's number."""
    picture = Image.effect_noise((width, width * 3 // 4), 60).convert("RGB")
    picture.paste((number % 6 * 50, number // 6 * 50, 120), (0, 0, width // 3, width // 3))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def number_on(evidence: Evidence) -> int:
    """Which house's photo the server keeps here."""
    assert evidence.file is not None
    red, green, _ = Image.open(io.BytesIO(store.read(evidence.file))).convert("RGB").getpixel((12, 12))
    return round(red / 50) + 6 * round(green / 50)


@dataclass
class House:
    """What was entered of one household."""

    state: str = "draft"
    reason: str = ""
    answers: dict[str, int] = field(default_factory=dict)
    photos: list[tuple[str, int]] = field(default_factory=list)


class Recorder:
    """H'Lung with her phone: she works through the page; what she entered is remembered here."""

    def __init__(self, handset: Handset, world: Any):
        self.handset, self.world = handset, world
        scale = Indicator.objects.filter(version=world.versions["FAMILY"])
        self.points = [(key, int(points)) for key, points in scale.values_list("key", "points")]
        self.entered: dict[str, House] = {}
        self.notes: list[str] = []
        self.acts = 0

    @property
    def page(self) -> Page:
        """The page in her hand."""
        return self.handset.start().pages[-1]

    def at(self, where: str, heading: str) -> None:
        """Go to a screen of the page."""
        self.page.evaluate("to => { location.hash = to }", where)
        self.page.wait_for_selector(f'h1:has-text("{heading}")')

    def answers(self, number: int) -> list[tuple[str, int]]:
        """The scores of a house: each house has others."""
        return [(key, (number * 7 + at * 3) % (points + 1)) for at, (key, points) in enumerate(self.points)]

    def another(self, said: tuple[str, int]) -> tuple[str, int]:
        """Another score for the same."""
        key, value = said
        return key, (value + 1) % (dict(self.points)[key] + 1)

    def tap(self, house: House, said: list[tuple[str, int]]) -> None:
        """Tap scores on the page of the house in front of her."""
        self.page.evaluate(TAP, said)
        house.answers |= dict(said)
        self.acts += len(said)

    def photograph(self, house: House, number: int, width: int) -> None:
        """Take one photo of the house in front of her."""
        key = self.points[number % len(self.points)][0]
        taken = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": photo_of(number, width)}
        self.page.set_input_files(f"[id='photo-{key}']", taken)
        self.page.wait_for_selector("text=/^1 ảnh/")
        house.photos.append((key, number))
        self.acts += 1

    def visit(self, subject: Subject, number: int) -> House:
        """Go to a house; register it where it is not yet."""
        self.at(f"#/muc/{subject.pk}", subject.name)
        if not Dossier.objects.filter(subject=subject).exists():
            self.page.click("#register")
            self.acts += 1
        self.page.wait_for_selector(f"[id='i-{self.points[0][0]}-0']")
        return self.entered.setdefault(subject.name, House())

    def meet(self, name: str) -> House:
        """A household nobody knew: into the village's list, and registered."""
        self.at("#/them/FAMILY", "Thêm hộ")
        self.page.fill("#name", name)
        self.page.fill("#members", "5")
        self.page.click("#save")
        self.page.wait_for_selector(f'h1:has-text("{name}")')
        self.acts += 2
        return self.entered.setdefault(name, House())

    def withdraw(self, subject: Subject, reason: str) -> None:
        """The household takes no part this year."""
        self.at(f"#/rut/{subject.pk}", "Rút đăng ký")
        self.page.fill("#reason", reason)
        self.page.click("#withdraw")
        self.page.wait_for_selector("text=Đăng ký lại năm")
        self.entered[subject.name].state, self.entered[subject.name].reason = "withdrawn", reason
        self.acts += 1

    def say(self, text: str) -> None:
        """A word to the commune."""
        self.at("#/nhan/", "Nhắn cho xã")
        self.page.fill("#text", text)
        self.page.click("#say")
        self.page.wait_for_selector("#rows a")
        self.notes.append(text)
        self.acts += 1


def kept_by_the_server() -> dict[str, House]:
    """What the database has of every household, in the same words."""
    found = {}
    for dossier in Dossier.objects.select_related("subject").prefetch_related("evidence__file"):
        photos = [(one.indicator, number_on(one)) for one in dossier.evidence.all()]
        said = {key: answer["value"] for key, answer in dossier.answers.items()}
        assert dossier.subject.name not in found
        found[dossier.subject.name] = House(dossier.state, dossier.reason, said, photos)
    return found


def arrived_once(recorder: Recorder) -> None:
    """The server's state is what was entered; nothing was refused, is still waiting, or was written twice."""
    told = Envelope.objects.exclude(outcome="applied").values_list("kind", "outcome", "code", "message")
    assert list(told) == []
    assert kept_by_the_server() == recorder.entered
    notes = Envelope.objects.filter(kind="note").order_by("number")
    assert [one.body["text"] for one in notes] == recorder.notes
    new = Subject.objects.get(name=NEW)
    assert (new.place, new.details["members"]) == (recorder.world.ring, 5)
    assert sorted(Subject.objects.values_list("name", flat=True)) == sorted(recorder.entered)
    assert Photo.objects.filter(file__isnull=False).count() == Photo.objects.count() == len(recorder.entered)
    sent = Counter(Envelope.objects.filter(kind="answer").values_list("subject", "key"))
    written = Dossier.objects.values_list("subject", "answers")
    assert sent == {(pk, key): said["rev"] for pk, answers in written for key, said in answers.items()}


@pytest.fixture
def village(world):
    """Làng Ring in an open year with an illustrative set; ``houses(n)``: all but two are registered."""
    shipped(world, "demo-family")
    world.round()

    def houses(count: int) -> list[Subject]:
        made = [world.household(f"Ksor Hộ {n:02}", code=f"{n:03}") for n in range(count)]
        for one in made[:-2]:
            world.dossier(subject=one)
        return made

    world.houses = houses
    return world


@pytest.fixture
def recorder(village, phone) -> Recorder:  # noqa: F811
    """The recorder of Làng Ring; her phone sends by the page and by its worker."""
    return Recorder(phone(village.ksor), village)


def first_visit(recorder: Recorder) -> Page:
    """Open the page once where there is a network."""
    page = recorder.handset.open(wait="#rows a")
    recorder.handset.settled(page)
    page.wait_for_selector(SENT)
    return page


@pytest.fixture
def cut(live_server, monkeypatch):
    """``cut(handset, True)``: the phone has no network, and whatever else of the browser tries reaches no server."""

    def set_to(handset: Handset, away: bool) -> None:
        monkeypatch.setattr(live_server.thread.httpd, "verify_request", lambda *_: not away)
        handset.offline(away)

    return set_to


def die_and_open(recorder: Recorder) -> None:
    """The battery runs out; opened again, still without a network, everything is there."""
    recorder.handset.kill()
    recorder.handset.offline()
    page = recorder.handset.open(wait="#rows a")
    page.wait_for_selector(f"text=▲ {recorder.acts} việc chưa gửi")
    rows = page.locator("#rows a", has_text=f"{len(recorder.points)}/{len(recorder.points)} câu · 1 ảnh")
    assert sorted(rows.locator("b").all_text_contents()) == sorted(recorder.entered)
    assert not Envelope.objects.exists()


def test_thirty_houses_without_a_network_and_two_deaths_arrive_whole(village, recorder, cut):
    houses = village.houses(29)
    first_visit(recorder)
    cut(recorder.handset, True)
    for number, subject in enumerate(houses):
        house = recorder.visit(subject, number)
        recorder.tap(house, recorder.answers(number))
        recorder.photograph(house, number, SMALL)
        if number in (9, 19):
            die_and_open(recorder)
    house = recorder.meet(NEW)
    recorder.tap(house, recorder.answers(29))
    recorder.photograph(house, 29, SMALL)
    recorder.withdraw(houses[3], LEFT)
    recorder.say("Nhà ông Siu đi rẫy, tuần sau tôi ghé lại.")
    recorder.page.wait_for_selector(f"text=▲ {recorder.acts} việc chưa gửi")
    assert len(recorder.entered) == 30 and not Envelope.objects.exists()

    recorder.handset.sign_in(village.ksor)
    cut(recorder.handset, False)
    recorder.page.wait_for_selector(SENT)
    arrived_once(recorder)
    assert Envelope.objects.count() == recorder.acts


class Weather:
    """A network that cuts every step of sending: first on the way there, then on the way back; after that it is late.

    It stands between page and server (in the browser's own network), so that what is lost on the way back was done.
    """

    def __init__(self, page: Page):
        self.met: Counter[str] = Counter()
        self.cuts: set[tuple[str, str]] = set()
        self.step = ""
        self.received = False
        self.posts = 0
        self.over(page)

    def over(self, page: Page) -> None:
        """From now on it is over this page."""
        self.line = page.context.new_cdp_session(page)
        self.line.on("Fetch.requestPaused", self._meet)
        paths, stages = ("lay", "gui", "anh"), ("Request", "Response")
        wanted = [{"urlPattern": f"*/thuc-dia/{path}/*", "requestStage": at} for path in paths for at in stages]
        self.line.send("Fetch.enable", {"patterns": wanted})

    def _meet(self, told: dict[str, Any]) -> None:
        with suppress(Error):  # the page has gone meanwhile
            if "responseStatusCode" in told or "responseErrorReason" in told:
                self._on_the_way_back(told["requestId"])
            else:
                self._on_the_way_there(told["requestId"], told["request"])

    def _on_the_way_there(self, request: str, asked: dict[str, Any]) -> None:
        self.step = self._named(asked["method"], asked["url"])
        self.met[self.step] += 1
        if self.met[self.step] == 1:
            self._cut(request, "dropped", "InternetDisconnected")
        else:
            time.sleep(LATE)
            self.line.send("Fetch.continueRequest", {"requestId": request})

    def _on_the_way_back(self, request: str) -> None:
        if self.met[self.step] == 2:
            return self._cut(request, "lost", "ConnectionReset")
        self.received = not self.step.endswith("pull")
        self.posts += self.step.startswith("envelopes")
        self.line.send("Fetch.continueRequest", {"requestId": request})
        return None

    def _cut(self, request: str, how: str, reason: str) -> None:
        self.cuts.add((self.step.split(" ")[0], how))
        self.received = False
        self.line.send("Fetch.failRequest", {"requestId": request, "errorReason": reason})

    def _named(self, method: str, url: str) -> str:
        """Which step of sending a request is; the same when it is tried again."""
        at, query = urlsplit(url), dict(parse_qsl(urlsplit(url).query))
        if "/lay/" in at.path:
            return "second-pull" if self.received else "first-pull"
        if "/gui/" in at.path:
            return f"envelopes {self.posts}"
        if method == "GET":
            return f"photo-there? {at.path}"
        last = int(query["from"]) + PIECE >= int(query["size"])
        return f"{'last-piece' if last else 'piece'} {at.path}{query['from']}"


STEPS = ("first-pull", "envelopes", "photo-there?", "piece", "last-piece", "second-pull")


def flap(handset: Handset) -> None:
    """The network goes and comes."""
    handset.offline()
    handset.offline(False)


def send_until_sent(recorder: Recorder, weather: Weather) -> None:
    """Try by hand and by the network's coming back, until all is sent and nothing was cut on the way."""
    recorder.at("#/hop", "Hộp việc")
    for turn in range(TRIES):
        before = weather.met.copy()
        flap(recorder.handset) if turn % 2 else recorder.page.click("#send:not(:disabled)")
        recorder.page.wait_for_selector("#send:not(:disabled)")
        quiet = all(weather.met[step] > 2 or weather.met[step] == before[step] for step in weather.met)
        if quiet and weather.met != before and recorder.page.locator(SENT).count():
            return
    raise AssertionError(f"Not sent after {TRIES} tries: {recorder.page.inner_text('#main')}")


def score_in_bad_weather(recorder: Recorder, house: House, number: int) -> None:
    """The network goes and comes between the steps; some scores are thought better of after they were tried."""
    said = recorder.answers(number)
    recorder.tap(house, said[:4])
    flap(recorder.handset)
    recorder.photograph(house, number, SMALL if number % 3 else LARGE)
    recorder.tap(house, [recorder.another(one) for one in said[4:]])
    flap(recorder.handset)
    recorder.tap(house, said[4:])
    recorder.handset.offline()
    recorder.tap(house, [recorder.another(said[0])])


def test_a_network_that_fails_at_every_step_brings_everything_once(village, phone):  # noqa: F811
    handset = phone(village.ksor, background=False)  # the weather stands over the page, not over its worker
    recorder = Recorder(handset, village)
    houses = village.houses(5)
    weather = Weather(first_visit(recorder))
    for number, subject in enumerate(houses):
        score_in_bad_weather(recorder, recorder.visit(subject, number), number)
        if number == 2:
            send_until_sent(recorder, weather)
    score_in_bad_weather(recorder, recorder.meet(NEW), 5)
    recorder.withdraw(houses[1], LEFT)
    recorder.say("Sóng chập chờn, tôi gửi nhiều lần.")
    send_until_sent(recorder, weather)
    arrived_once(recorder)
    assert weather.cuts == {(step, how) for step in STEPS for how in ("dropped", "lost")}
