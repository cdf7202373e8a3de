"""Find or fetch a Chromium for the browser tests; say loudly where none is to be had."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Its libraries come with it, and the fonts without which Chinese is boxes.
DEBIAN = ["chromium", "fonts-noto-cjk"]
PATIENCE = 300


def main() -> int:
    """0 where there is a browser; 1 where there is none and a run without one may not pass (in CI)."""
    if _installed() or _fetched() or _from_debian() or _from_playwright():
        return 0
    print("\n" + "!" * 70 + "\n!! No Chromium: THE BROWSER TESTS DO NOT RUN.\n" + "!" * 70 + "\n", file=sys.stderr)
    return 1 if os.environ.get("CI") else 0


def _installed() -> bool:
    return any(shutil.which(name) for name in NAMES)


def _fetched() -> bool:
    """Playwright's own build, from an earlier run."""
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def _from_debian() -> bool:
    """Debian's package, where we may install it."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    install = ["install", "-y", "--no-install-recommends", *DEBIAN]
    return all(_runs("apt-get", "-q", *arguments) for arguments in (["update"], install)) and _installed()


def _from_playwright() -> bool:
    return _runs(sys.executable, "-m", "playwright", "install", "chromium")


def _runs(*command: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
