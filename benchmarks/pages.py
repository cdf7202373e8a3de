"""Every page in a real Chromium: the time from a click until it is quiet, the server's part, and the bytes sent."""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

from benchmarks import programme
from tracking import dashboard, database

SIZES = (32, 600, 10_000)
YEARS = 3
# The page, and a click on it that a person makes next.
PAGES = ("", "space", "shortfalls", "decisions", "filing", "policy")
QUIET = '[data-testid="stApp"][data-test-script-state="notRunning"]'
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]


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
                sent = _counter(page)
                page.goto(address)
                _quiet(page)
                for path in PAGES:
                    _say(page, sent, spaces, path)
                browser.close()


def _say(page: Page, sent: list[int], spaces: int, path: str) -> None:
    """One page, opened by its link in the menu: first with nothing cached, then again."""
    link = page.locator("[data-testid=stPageLink-NavLink]").nth(PAGES.index(path))
    told = []
    for _ in range(2):
        page.locator("[data-testid=stPageLink-NavLink]").nth((PAGES.index(path) + 1) % len(PAGES)).click()
        _quiet(page)
        sent.clear()
        started = time.perf_counter()
        link.click()
        _quiet(page)
        told.append((time.perf_counter() - started - SETTLED, sum(sent)))
    (first, bytes_sent), (again, _) = told
    print(
        f"  {spaces:>6,} spaces  {path or 'overview':<12} {first * 1000:>8,.0f} ms first"
        f"  {again * 1000:>8,.0f} ms again  {bytes_sent / 1000:>9,.0f} kB",
        flush=True,
    )


# So long nothing may be running before a page counts as quiet.
SETTLED = 0.3


def _quiet(page: Page) -> None:
    page.wait_for_timeout(100)
    calm = 0.0
    while calm < SETTLED:
        page.locator(QUIET).wait_for(state="attached", timeout=120_000)
        page.wait_for_timeout(50)
        calm = calm + 0.05 if page.locator(QUIET).count() else 0.0


def _counter(page: Page) -> list[int]:
    """Grows by the bytes of every message and file that the page receives."""
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sent.append(len(frame))))
    page.on("response", lambda response: sent.append(int(response.headers.get("content-length", 0))))
    return sent


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
