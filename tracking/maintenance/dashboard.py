"""Starts the dashboard as a process of its own, on this machine's own address alone."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tracking.database import DEFAULT_URL, READ_ONLY

APP = Path(__file__).parents[2] / "app.py"
# Until there is a sign-in, nobody else may reach it.
ADDRESS = "127.0.0.1"


def run(database: str, port: int, say: Callable[[str], None], *, read_only: bool = False) -> int:
    """Serve until stopped; the exit code. `say` gets the address to open; a port in use makes way for the next.

    With `read_only` the dashboard shows the database, says so, and stores nothing.
    """
    free = _free(port)
    say(f"http://{ADDRESS}:{free}")
    options = ["--server.address", ADDRESS, "--server.port", str(free), "--server.headless", "true"]
    command = [sys.executable, "-m", "streamlit", "run", str(APP), *options]
    environment = {**os.environ, "TRACKING_DATABASE": database, READ_ONLY: "1" if read_only else ""}
    with subprocess.Popen(command, env=environment, cwd=Path.cwd()) as process:
        # Who ends this process means the dashboard.
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        try:
            return process.wait()
        except KeyboardInterrupt:
            # Ctrl+C reached the dashboard too, which is closing its database.
            process.wait()
            return 0


def database_url() -> str:
    """The database of a dashboard: TRACKING_DATABASE, else the embedded one."""
    return os.environ.get("TRACKING_DATABASE") or DEFAULT_URL


def _free(port: int) -> int:
    while True:
        with socket.socket() as trial:
            if trial.connect_ex((ADDRESS, port)):
                return port
        port += 1
