"""Chromium for the tests: pages opened as a person, looked at by axe, photographed.

Use in a test module (``from tests.browser import chromium, visit  # noqa: F401``)::

    def test_board(world, visit):
        page = visit("/viec-can-lam/", as_=world.minh, width=360)
        assert axe(page) == []
        shot(page, "viec-can-lam-360")

``visit`` serves the product with ``live_server``, signs the person in without the sign-in page and fails the
test when the page throws in JavaScript or asks for something that is not there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SHOTS = ROOT / "var" / "shots"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
SHELL = shutil.which("chromium-headless-shell") or CHROMIUM  # the same engine without a window: pages open sooner
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATIENCE = 90_000  # milliseconds: a machine with other work is slow, not wrong
BACKEND = "django.contrib.auth.backends.ModelBackend"

# Playwright's synchronous face runs an event loop in this thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for the tests of a module; its event loop must not outlive it in this process."""
    if not Path(SHELL).exists():
        pytest.skip("Chưa có Chromium: chạy tests/browser.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=SHELL,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"],
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """``visit(path, as_=person, width=1366)`` opens a page; a person keeps one browser for the whole test."""
    contexts: dict[object, Any] = {}
    faults: list[str] = []

    def go(path: str, *, as_: Any = None, width: int = 1366, height: int = 900) -> Page:
        key = getattr(as_, "pk", None)
        if key not in contexts:
            contexts[key] = chromium.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
            contexts[key].set_default_timeout(PATIENCE)
            if as_ is not None:
                contexts[key].add_cookies([_session(as_, live_server.url)])
        page = contexts[key].new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.on("pageerror", lambda error: faults.append(f"{path}: {error}"))
        page.on("response", lambda answer: faults.extend(_missing(answer)))
        answer = page.goto(live_server.url + path)
        assert answer is not None and answer.status < 400, f"{path}: {answer and answer.status}"
        return page

    yield go
    for context in contexts.values():
        context.close()
    assert faults == []


def axe(page: Page) -> list[str]:
    """The violations of WCAG 2.2 AA on the page, one line each; an empty list is what is wanted."""
    page.add_script_tag(path=str(AXE))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}}).then(result => result.violations)",
        WCAG,
    )
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


def too_wide(page: Page) -> list[str]:
    """The page must not scroll sideways: names what sticks out, or nothing."""
    return page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll("body *")]
            .filter((part) => part.getBoundingClientRect().right > width + 1)
            .map((part) => `${part.tagName.toLowerCase()}.${part.className}`.slice(0, 80));
        }"""
    )


def small_targets(page: Page) -> list[str]:
    """Buttons, fields and links that stand alone and are lower than 44 px (2.75 rem at 17 px is 46,75)."""
    return page.evaluate(
        """() => [...document.querySelectorAll("button, .btn, input, select, summary, nav a")]
          .filter((part) => part.type !== "hidden")
          .filter((part) => part.checkVisibility() && !part.closest("label, .hh-drop, .visually-hidden"))
          .filter((part) => !["checkbox", "radio"].includes(part.type) && !part.closest(".hh-crumbs"))
          .filter((part) => part.getBoundingClientRect().height < 44)
          .map((part) => `${part.tagName.toLowerCase()} "${part.textContent.trim().slice(0, 30)}"`)"""
    )


def shot(page: Page, name: str, *, full: bool = True) -> Path:
    """Photograph the page into ``var/shots/<name>.png``."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    path = SHOTS / f"{name}.png"
    page.screenshot(path=str(path), full_page=full)
    return path


def _session(user: Any, address: str) -> dict[str, str]:
    """The cookie of a signed-in person."""
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = BACKEND
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()
    return {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": address}


def _missing(answer: Any) -> list[str]:
    """A part of a page that was asked for and is not there."""
    if answer.status < 400 or answer.request.resource_type in ("document", "fetch", "xhr"):
        return []
    return [f"{answer.status} {answer.url}"]
