"""Starts the dashboard as a process of its own, on this machine's own address alone."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tracking import database
from tracking.database import DEFAULT_URL, READ_ONLY, Engine, replicas

APP = Path(__file__).parents[2] / "app.py"
# The address of a server that follows the database's, to be read in its place.
REPLICA = "TRACKING_REPLICA"
# Until there is a sign-in, nobody else may reach it.
ADDRESS = "127.0.0.1"
# Set in the environment of the dashboard: the process that started it.
_STARTED_BY = "TRACKING_STARTED_BY"
_PR_SET_PDEATHSIG = 1


def run(address: str, port: int, say: Callable[[str], None], *, read_only: bool = False) -> int:
    """Serve until stopped; the exit code. `say` gets the address to open; a port in use makes way for the next.

    With `read_only` the dashboard shows the database, says so, and stores nothing.
    """
    free = _free(port)
    say(f"http://{ADDRESS}:{free}")
    options = ["--server.address", ADDRESS, "--server.port", str(free), "--server.headless", "true"]
    command = [sys.executable, "-m", "streamlit", "run", str(APP), *options]
    environment = {
        **os.environ,
        "TRACKING_DATABASE": address,
        READ_ONLY: "1" if read_only else "",
        _STARTED_BY: str(os.getpid()),
    }
    with subprocess.Popen(command, env=environment, cwd=Path.cwd()) as process:
        # Who ends this process means the dashboard.
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        try:
            code = process.wait()
            return 0 if code == -signal.SIGTERM else code
        except KeyboardInterrupt:
            # Ctrl+C reached the dashboard too, which is closing its database.
            process.wait()
            return 0


def end_with_its_starter() -> None:
    """In the dashboard's process, on Linux: end when `run` is killed, instead of holding the database for nobody."""
    starter = os.environ.get(_STARTED_BY)
    if not starter or sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(starter):
        # It was killed before this was asked for.
        os.kill(os.getpid(), signal.SIGTERM)


def database_url() -> str:
    """The database of a dashboard: TRACKING_DATABASE, else the embedded one."""
    return os.environ.get("TRACKING_DATABASE") or DEFAULT_URL


def connect(address: str) -> Engine:
    """A database that is there, with its replica where TRACKING_REPLICA names one. Raises DatabaseUnavailable."""
    engine = database.connect(address)
    if replica := os.environ.get(REPLICA):
        replicas.follow(engine, replica)
    return engine


def _free(port: int) -> int:
    while True:
        with socket.socket() as trial:
            if trial.connect_ex((ADDRESS, port)):
                return port
        port += 1
