"""A real phone for the tests: Chromium with service workers at 360 × 640, one person signed in.

``phone(world.ksor)`` gives a ``Handset``; ``handset.open()`` its page. ``kill()`` ends the browser without a word and
``open()`` afterwards starts it again on the same disk, as a phone whose battery ran out.
"""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils.timezone import now
from PIL import Image
from playwright.sync_api import BrowserContext, Error, Page, Playwright, sync_playwright

from hieuhoc.criteria import sets, shape
from hieuhoc.criteria.models import CriteriaSet, CriteriaVersion, Indicator
from hieuhoc.dossiers.models import Dossier
from hieuhoc.registry.models import Subject
from tests import browser

SENT, SEND = "text=✓ Đã gửi hết", "#/hop"
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"]


class Handset:
    """One phone: its disk, its browser, its page."""

    def __init__(self, playwright: Playwright, disk: Path, address: str, background: bool = True):
        self.playwright, self.disk, self.address, self.background = playwright, disk, address, background
        self.context: BrowserContext | None = None
        self.faults: list[str] = []

    def start(self) -> BrowserContext:
        """The browser, started where it is not running."""
        if self.context is None:
            self.context = self.playwright.chromium.launch_persistent_context(
                str(self.disk), executable_path=browser.CHROMIUM, args=ARGS, locale="vi-VN",
                timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 360, "height": 640}, service_workers="allow",
                is_mobile=True, has_touch=True,
            )  # fmt: skip
            self.context.set_default_timeout(browser.PATIENCE)
            if not self.background:
                self.context.add_init_script("delete ServiceWorkerRegistration.prototype.sync")
        return self.context

    def sign_in(self, person: Any) -> None:
        """From now on the browser is this person's."""
        self.start().add_cookies([browser._session(person, self.address)])

    def sign_out(self) -> None:
        """The session is gone, as after twelve hours."""
        self.start().clear_cookies(name=settings.SESSION_COOKIE_NAME)

    def open(self, where: str = "", *, wait: str = "#search, h1") -> Page:
        """A page of the phone, ready to be used."""
        page = self.start().new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.goto(f"{self.address}/thuc-dia/{where}")
        page.wait_for_selector(wait)
        return page

    def visit(self) -> Page:
        """The list, once everything has been fetched and sent: what most days begin with."""
        page = self.open(wait="#rows a")
        page.wait_for_selector(SENT)
        return page

    def cut_off(self) -> Page:
        """The list after a whole visit, with the network cut: from here on the phone is in the hills."""
        page = self.visit()
        self.settled(page)
        self.offline()
        return page

    def look(self, where: str, *, wait: str = "h1") -> Page:
        """The last page, gone to another of its screens."""
        page = self.start().pages[-1]
        page.evaluate("to => { location.hash = to }", where)
        page.wait_for_selector(wait)
        return page

    def settled(self, page: Page) -> None:
        """Wait until the page opens without a network."""
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_function("navigator.serviceWorker.controller !== null")

    def offline(self, cut: bool = True) -> None:
        """Cut the network, or give it back."""
        self.start().set_offline(cut)

    def waker(self, page: Page) -> Callable[[], None]:
        """What calls the worker as the browser does when it takes the network for good again.

        Chromium by itself calls again only after minutes where its first call met the cut network.
        """
        registered: list[str] = []
        line = self.start().new_cdp_session(page)
        line.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda said: registered.extend(one["registrationId"] for one in said["registrations"]),
        )
        line.send("ServiceWorker.enable")

        def wake() -> None:
            for one in set(registered):
                told = {"origin": self.address, "registrationId": one, "tag": "hieuhoc-hop", "lastChance": False}
                line.send("ServiceWorker.dispatchSyncEvent", told)

        return wake

    def kill(self) -> None:
        """End the browser at once, without letting the page say goodbye: its processes are those that use this disk."""
        context, self.context = self.start(), None
        for status in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if str(self.disk) in status.read_text(errors="replace"):
                    os.kill(int(status.parent.name), signal.SIGKILL)
        with suppress(Error):
            context.close()

    def close(self) -> None:
        """The end of the test."""
        if self.context is not None:
            self.context.close()


@pytest.fixture
def phone(live_server: Any, tmp_path: Path) -> Iterator[Callable[..., Handset]]:
    """``phone(person)`` is a new phone on which the person is signed in; no page may throw.

    Without ``background`` only the page sends: what a test puts in its way stands in nobody else's.
    """
    if not Path(browser.CHROMIUM).exists():
        pytest.skip("Chưa có Chromium: chạy tests/browser.sh")
    made: list[Handset] = []
    with sync_playwright() as playwright:

        def make(person: Any = None, *, background: bool = True) -> Handset:
            handset = Handset(playwright, tmp_path / f"phone-{len(made)}", live_server.url, background)
            made.append(handset)
            if person is not None:
                handset.sign_in(person)
            return handset

        yield make
        for handset in made:
            handset.close()
    assert [fault for handset in made for fault in handset.faults] == []


def shipped(world: Any, code: str) -> CriteriaVersion:
    """A shipped set published in the world, used by its rounds from now on."""
    criteria = sets.load(code)
    written = criteria.to_dict()
    criteria_set = CriteriaSet.objects.create(code=code, title=criteria.title, model=criteria.model)
    made = CriteriaVersion.objects.create(set=criteria_set, **shape.head(written))
    Indicator.objects.bulk_create(shape.indicator_rows(written, made))
    CriteriaVersion.objects.filter(pk=made.pk).update(status="published", published_at=now())
    made.refresh_from_db()
    world.versions[criteria.model] = made
    return made


@pytest.fixture
def village(world):
    """Làng Ring with three households; two are registered, of one something is answered."""
    for code in ("demo-family", "demo-clan", "demo-community"):
        shipped(world, code)
    world.round()
    world.bia = world.household("Ksor H'Bia", code="001", details={"members": 4})
    world.blon = world.household("Siu Blơn", code="002", details={"members": 6})
    world.nay = world.household("Nay H'Ươm", code="003")
    world.dossier(subject=world.bia, answers={"GD-1.1": {"value": 8, "by": world.ksor.pk, "at": "", "rev": 1}})
    world.dossier(subject=world.nay)
    return world


def picture(width: int = 2400) -> bytes:
    """A photo as a camera makes it: large, and saying where it was taken."""
    noise = Image.effect_noise((width, width * 3 // 4), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (13.0, 58.0, 1.0), 3: "E", 4: (108.0, 0.0, 1.0)}
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()


def answered(subject: Subject) -> dict[str, Any]:
    """What the server has of the subject."""
    return {key: said["value"] for key, said in Dossier.objects.get(subject=subject).answers.items()}


def give(page: Page, subject: Subject, key: str, value: int) -> None:
    """Tap a score, and wait until the phone has it."""
    page.evaluate("to => { location.hash = to }", f"#/muc/{subject.pk}")
    page.click(f"[id='i-{key}-{value}']")
    page.wait_for_selector(f"[id='i-{key}-{value}'][aria-pressed=true]")


def in_box(page: Page, person: Any) -> list[dict[str, Any]]:
    """The envelopes on the phone's disk."""
    return page.evaluate(
        """id => new Promise((done) => {
          const open = indexedDB.open(`hieuhoc-field-${id}`);
          open.onsuccess = () => {
            const all = open.result.transaction("box").objectStore("box").getAll();
            all.onsuccess = () => { open.result.close(); done(all.result.map((one) => one.body)); };
          };
        })""",
        person.pk,
    )
