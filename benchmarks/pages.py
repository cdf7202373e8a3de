"""Every page in a real Chromium: the time from a click until it is quiet, the server's part, and the bytes sent.

The server's part is from the first message that the click sends to the last one that comes back; its CPU seconds are
what a machine that has other work to do can be held to.
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, WebSocket, sync_playwright

from benchmarks import programme
from tracking import database
from tracking.access import looking_after
from tracking.database import CITY, Scope
from tracking.maintenance import dashboard

SIZES = (32, 600, 10_000)
YEARS = 3
# Each page with the one that it is opened from and the link there. The aims: quiet within 1 s in the middle and 1.5 s
# in 19 of 20 at 600 spaces, 2 s at 10,000, and never more than 2 MB.
MENU = ("space", "shortfalls", "decisions", "filing", "review", "inbox", "methods")
PAGES = {
    "overview": ("policy", ".menu a[href^='./']"),
    **{name: ("policy", f".menu a[href^='{name}']") for name in MENU},
    "policy": ("methods", ".menu a[href^='policy']"),
    "compare": ("space", "[data-testid=stMain] a[href^='compare']"),
    "brand": ("space", "[data-testid=stMain] a[href^='brand']"),
}
# Visits of each page; before the first of them nothing of it is cached.
VISITS = 5
# Whoever looks at all of them: one who reviews a district and decides for the city.
PASSWORD = "four lively herons dance"
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
            looking_after.add(engine, "manager", password=PASSWORD)
            looking_after.give(engine, "manager", "manager", CITY)
            looking_after.give(engine, "manager", "district_reviewer", Scope("district", programme.DISTRICTS[0]))
            engine.dispose()
            with _served(url) as (address, server), sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
                page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="zh-CN")
                page.add_init_script(WATCH)
                traffic = _listen(page)
                _enter(page, address)
                waited = [each for name in PAGES for each in _say(page, traffic, server, spaces, name)]
                browser.close()
            print(f"  {spaces:>6,} spaces  every page   {_spread(waited)}", flush=True)


def _enter(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("[name=name]", "manager")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    _quiet(page)


def _say(page: Page, traffic: Traffic, server: int, spaces: int, name: str) -> list[float]:
    """One page, opened by its link again and again; what each of these took until its last change, in milliseconds."""
    start, link = PAGES[name]
    waited, served, seconds, received = [], [], [], []
    for _ in range(VISITS):
        page.locator(PAGES[start][1]).first.click()
        _quiet(page)
        traffic.clear()
        before = _cpu(server)
        page.locator(link).first.click()
        _quiet(page)
        waited.append(page.evaluate("window.changed - window.clicked"))
        seconds.append(_cpu(server) - before)
        served.append(traffic.server())
        received.append(sum(traffic.received))
    print(
        f"  {spaces:>6,} spaces  {name:<12} {waited[0]:>8,.0f} ms first  {_spread(waited)}"
        f"  server {statistics.median(served) * 1000:>6,.0f} ms"
        f"  CPU {seconds[0]:.2f} s first {statistics.median(seconds[1:]):.2f} s again  {received[0] / 1000:>7,.0f} kB",
        flush=True,
    )
    return waited


def _spread(waited: list[float]) -> str:
    last = sorted(waited)[max(0, round(0.95 * len(waited)) - 1)]
    return f"{statistics.median(waited):>6,.0f} ms median {last:>6,.0f} ms p95"


def _cpu(process: int) -> float:
    """The CPU seconds of a process and of those that it started. Linux alone."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    # Behind the name, which may hold anything: the state is the third of the fields, user and system time follow.
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + sum(_cpu(int(child)) for child in children)


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
def _served(url: str) -> Iterator[tuple[str, int]]:
    """Where a dashboard answers, and its process."""
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
            yield f"http://{dashboard.ADDRESS}:{port}", server.pid
        finally:
            server.terminate()
