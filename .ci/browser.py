"""Find or fetch a Chromium for the browser tests; say loudly where none is to be had."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
DEBIAN = ["chromium", "fonts-noto-cjk"]


def main() -> int:
    """0 where there is a browser; 1 where there is none and a run without one may not pass (in CI)."""
    if any(shutil.which(name) for name in NAMES) or _playwrights_own() or _debians():
        return 0
    print("\n" + "!" * 70 + "\n!! No Chromium: THE BROWSER TESTS DO NOT RUN.\n" + "!" * 70 + "\n", file=sys.stderr)
    return 1 if os.environ.get("CI") else 0


def _debians() -> bool:
    """Debian's package, where we may install it."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *DEBIAN]):
        if subprocess.run(["apt-get", "-q", *arguments], check=False, env=environment, **quiet).returncode:
            return False
    return shutil.which("chromium") is not None


def _playwrights_own() -> bool:
    """Playwright's own build, found or fetched."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        # Debian's comes with the libraries and the Chinese fonts that it needs.
        return False
    fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(fetch, check=False, timeout=300).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
