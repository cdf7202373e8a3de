"""Find or fetch the programs that tests drive, a browser and an office; say loudly where one is not to be had."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

PATIENCE = 300


@dataclass(frozen=True)
class Program:
    """A program by its commands, its packages in Debian, what does not run without it, and other ways to it."""

    name: str
    commands: tuple[str, ...]
    debian: tuple[str, ...]
    missed: str
    fetched: Callable[[], bool] = lambda: False
    fetch: Callable[[], bool] = lambda: False


def main() -> int:
    """0 where all programs are there; 1 where one is not and a run without it may not pass (in CI)."""
    missing = [program for program in PROGRAMS if not _had(program)]
    for program in missing:
        print("\n" + "!" * 70 + f"\n!! No {program.name}: {program.missed}.\n" + "!" * 70 + "\n", file=sys.stderr)
    return 1 if missing and os.environ.get("CI") else 0


def _had(program: Program) -> bool:
    return _installed(program) or program.fetched() or _from_debian(program) or program.fetch()


def _installed(program: Program) -> bool:
    return any(shutil.which(command) for command in program.commands)


def _from_debian(program: Program) -> bool:
    """Debian's packages, where we may install them."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    install = ["install", "-y", "--no-install-recommends", *program.debian]
    return all(_runs("apt-get", "-q", *arguments) for arguments in (["update"], install)) and _installed(program)


def _browser_fetched() -> bool:
    """Playwright's own build, from an earlier run."""
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def _fetch_browser() -> bool:
    return _runs(sys.executable, "-m", "playwright", "install", "chromium")


def _runs(*command: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


PROGRAMS = (
    Program(
        "Chromium",
        ("chromium", "chromium-browser", "google-chrome"),
        # Its libraries come with it, and the fonts without which Chinese is boxes.
        ("chromium", "fonts-noto-cjk"),
        "THE BROWSER TESTS DO NOT RUN",
        _browser_fetched,
        _fetch_browser,
    ),
    Program(
        "LibreOffice",
        ("soffice", "libreoffice"),
        ("libreoffice-calc-nogui",),
        "THE TESTS THAT OPEN EXPORTS IN IT DO NOT RUN",
    ),
    Program(
        "PostgreSQL of the system",
        ("pg_ctlcluster",),
        ("postgresql",),
        "THE TESTS ON THE SERVER THAT CITIES RUN DO NOT RUN, ONLY THOSE ON THE ONE FROM PYPI",
    ),
)

if __name__ == "__main__":
    sys.exit(main())
