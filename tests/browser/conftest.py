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
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, WebSocket, expect, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests import databases
from tracking.maintenance import dashboard

# Where pictures are kept for people to look at, if anywhere: nothing is told by them that a test does not ask itself.
PICTURES = os.environ.get("PICTURES")
NAMES = ("chromium", "chromium-browser", "google-chrome")
# As root there is no sandbox; the others keep Chromium from calling home.
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
# So many milliseconds a page may still take to ask for something, once it has all that it asked for.
CALM = 150
# What a page is drawn with; what ends as a download is never told to have finished.
DRAWN = ("script", "stylesheet", "font", "image")
PATIENCE = 60

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
        page = watched(context)
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}/{path}")
        quiet(page)
        return page

    yield visit
    for context in opened:
        context.close()
    assert [error for error in errors if "404" not in error] == []


class _Traffic:
    """What a page asks of the server: whether it has all that it asked for, and since when."""

    def __init__(self, page: Page) -> None:
        self._running, self._fetched, self._at = True, set[Request](), time.monotonic()
        page.on("websocket", self._begin)
        page.on("request", lambda request: self._note(self._fetched.add, request))
        for end in ("requestfinished", "requestfailed"):
            page.on(end, lambda request: self._note(self._fetched.discard, request))

    def calm(self) -> bool:
        """Whether every run of the script that was asked for has ended, every file is there, and it stays so."""
        return not self._running and not self._fetched and time.monotonic() - self._at > CALM / 1000

    def __repr__(self) -> str:
        return f"running: {self._running}, fetched: {[each.url for each in self._fetched]}"

    def _note(self, keep: Callable[[Request], None], request: Request) -> None:
        if request.resource_type in DRAWN:
            keep(request)
        self._at = time.monotonic()

    def _begin(self, socket: WebSocket) -> None:
        self._running = True
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)
        socket.on("close", self._close)

    def _close(self, _: WebSocket) -> None:
        self._running = True

    def _sent(self, frame: str | bytes) -> None:
        self._at = time.monotonic()
        if isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
            self._running = True

    def _received(self, frame: str | bytes) -> None:
        self._at = time.monotonic()
        message = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
        if message.WhichOneof("type") == "script_finished":
            # One that is cut short for another run is followed by that one.
            self._running = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN


_traffic: WeakKeyDictionary[Page, _Traffic] = WeakKeyDictionary()


def watched(context: BrowserContext) -> Page:
    """A new page, of which is known when it is quiet."""
    page = context.new_page()
    _traffic[page] = _Traffic(page)
    return page


def quiet(page: Page) -> None:
    """Wait until the page's script has run and its answer is drawn."""
    until = time.monotonic() + PATIENCE
    # What came meanwhile is only heard while something is waited for.
    page.wait_for_timeout(50)
    while not _traffic[page].calm():
        assert time.monotonic() < until, _traffic[page]
        page.wait_for_timeout(50)
    expect(page.locator(READY)).to_be_attached(timeout=PATIENCE * 1000)


def unfold(page: Page, name: str) -> None:
    """Have all of a page in sight, and keep a picture of it."""
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": min(int(height) + 20, 6000)})
    page.wait_for_timeout(500)
    picture(page, name)


def picture(page: Page, name: str) -> None:
    """Keep what is in sight of a page in the folder that PICTURES names."""
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        # As a PNG it would take seconds.
        page.screenshot(path=Path(PICTURES) / f"{name}.jpeg", quality=80)
