"""The real dashboard with a made-up city, and a real Chromium to look at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from tests import databases
from tracking.maintenance import dashboard

ARTEFACTS = Path(__file__).parent.parent.parent / ".artefacts"
NAMES = ("chromium", "chromium-browser", "google-chrome")
# As root there is no sandbox; the others keep Chromium from calling home.
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
# So many milliseconds nothing may be running before a page counts as quiet.
CALM = 600

Open = Callable[..., Page]


def _executable() -> str | None:
    """An installed Chromium; None for Playwright's own."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the dashboard of a city answers, for all tests that only read; who files something has an own one."""
    with served(databases.city_at(tmp_path_factory.mktemp("dashboard") / "test.duckdb")) as there:
        yield there


@contextmanager
def served(url: str) -> Iterator[str]:
    """A dashboard of its own on a database, and where it answers."""
    with socket.socket() as free:
        free.bind((dashboard.ADDRESS, 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "-m", "tracking", "--database", url, "serve", "--port", str(port)]
    ) as server:
        try:
            _wait_for(port)
            yield f"http://{dashboard.ADDRESS}:{port}"
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as trial:
            if not trial.connect_ex((dashboard.ADDRESS, port)):
                return
        time.sleep(0.1)
    raise TimeoutError(f"no dashboard on port {port}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=_executable(), args=FLAGS)
        except Error as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"NO CHROMIUM, THE BROWSER TESTS DID NOT RUN: {error}")
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Open]:
    """Opens a page of the dashboard and waits until it is quiet; no error may stand in the console."""
    opened = []
    errors: list[str] = []

    def visit(path: str, *, width: int = 1440, lang: str = "zh", scheme: str = "light") -> Page:
        locale = "zh-CN" if lang == "zh" else "en-GB"
        context = chromium.new_context(viewport={"width": width, "height": 1000}, locale=locale, color_scheme=scheme)
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}/{path}")
        quiet(page)
        return page

    yield visit
    for context in opened:
        context.close()
    assert [error for error in errors if "404" not in error] == []


def quiet(page: Page) -> None:
    """Wait until the page's script has run and drawn."""
    calm = 0
    while calm < CALM:
        expect(page.locator(READY)).to_be_attached(timeout=30_000)
        page.wait_for_timeout(100)
        calm = calm + 100 if page.locator(READY).count() else 0


def keep(page: Page, name: str) -> None:
    """Keep a picture of the whole page for people to look at."""
    ARTEFACTS.mkdir(exist_ok=True)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": min(int(height) + 20, 6000)})
    page.wait_for_timeout(500)
    # As a PNG it would take seconds.
    page.screenshot(path=ARTEFACTS / f"{name}.jpeg", quality=80)
