"""Every page in a real Chromium: the time from a click until it is quiet, the server's part, and the bytes sent.

The server's part is from the first message that the click sends to the last one that comes back.
"""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Page, WebSocket, sync_playwright

from benchmarks import programme
from tracking import database
from tracking.maintenance import dashboard

SIZES = (32, 600, 10_000)
YEARS = 3
# In the order of the menu. The aims: quiet within 1 s at 600 spaces and 2 s at 10,000, and never more than 2 MB.
PAGES = ("", "space", "shortfalls", "decisions", "filing", "policy", "methods")
# A page is quiet from its last change on, once nothing has changed or run for so many milliseconds behind it.
SETTLED = 500
# Told by the page itself: asking it from outside takes as long as some of what is measured.
WATCH = """
    window.changed = window.clicked = performance.now();
    addEventListener('click', () => { window.clicked = performance.now(); }, true);
    new MutationObserver(() => { window.changed = performance.now(); })
        .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
"""
QUIET = f"""
    document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]') !== null
    && performance.now() - Math.max(window.changed, window.clicked) > {SETTLED}
"""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]


@dataclass
class Traffic:
    """What went between a page and its server: bytes received, and when messages left and arrived."""

    received: list[int] = field(default_factory=list)
    departures: list[float] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)

    def clear(self) -> None:
        """Forget what went before."""
        for each in (self.received, self.departures, self.arrivals):
            each.clear()

    def server(self) -> float:
        """Seconds from the first message sent to the last received."""
        return max(self.arrivals, default=0.0) - min(self.departures, default=0.0)


def run() -> None:
    """Print, for each size of programme and each page, what a visitor waits and receives."""
    for spaces in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            url = f"duckdb:///{folder}/bench.duckdb"
            engine = database.connect(url, create=True)
            programme.fill(engine, spaces, YEARS)
            engine.dispose()
            with _served(url) as address, sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
                page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="zh-CN")
                page.add_init_script(WATCH)
                traffic = _listen(page)
                page.goto(address)
                _quiet(page)
                for path in PAGES:
                    _say(page, traffic, spaces, path)
                browser.close()


def _say(page: Page, traffic: Traffic, spaces: int, path: str) -> None:
    """One page, opened by its link in the menu: first with nothing cached, then again."""
    link = page.locator(".menu nav:first-of-type a").nth(PAGES.index(path))
    visits = []
    for _ in range(2):
        page.locator(".menu nav:first-of-type a").nth((PAGES.index(path) + 1) % len(PAGES)).click()
        _quiet(page)
        traffic.clear()
        link.click()
        _quiet(page)
        waited = page.evaluate("window.changed - window.clicked")
        visits.append((waited, traffic.server(), sum(traffic.received)))
    (first, _, received), (again, server, _) = visits
    print(
        f"  {spaces:>6,} spaces  {path or 'overview':<12} {first:>8,.0f} ms first"
        f"  {again:>8,.0f} ms again, {server * 1000:>7,.0f} ms of it the server's  {received / 1000:>9,.0f} kB",
        flush=True,
    )


def _quiet(page: Page) -> None:
    page.wait_for_function(QUIET, timeout=120_000)


def _listen(page: Page) -> Traffic:
    """Notes every message and file that goes between the page and its server."""
    traffic = Traffic()

    def receive(size: int) -> None:
        traffic.received.append(size)
        traffic.arrivals.append(time.perf_counter())

    def follow(socket: WebSocket) -> None:
        socket.on("framesent", lambda _: traffic.departures.append(time.perf_counter()))
        socket.on("framereceived", lambda frame: receive(len(frame)))

    page.on("websocket", follow)
    page.on("response", lambda response: traffic.received.append(int(response.headers.get("content-length", 0))))
    return traffic


@contextmanager
def _served(url: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind((dashboard.ADDRESS, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tracking", "--database", url, "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        for _ in range(600):
            with socket.socket() as trial:
                if not trial.connect_ex((dashboard.ADDRESS, port)):
                    break
            time.sleep(0.1)
        try:
            yield f"http://{dashboard.ADDRESS}:{port}"
        finally:
            server.terminate()
