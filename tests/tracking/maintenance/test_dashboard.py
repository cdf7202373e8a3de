"""A dashboard that is told to end has ended well, and never outlives the command that started it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[3]
PATIENCE = 120


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`serve` on an empty programme, and its port, once somebody listens there."""
    product = [sys.executable, "-m", "tracking", "--database", f"duckdb:///{tmp_path}/x.duckdb"]
    subprocess.run([*product, "init"], cwd=TOP, check=True, stdout=subprocess.DEVNULL)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*product, "serve", "--port", str(port)]
    watched = {**os.environ, "TRACKING_LOG": str(tmp_path / "log"), "TRACKING_DRAIN_SECONDS": "3"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, cwd=TOP, env=watched, **quiet) as process:
        try:
            until(lambda: listens(port))
            yield process, port
        finally:
            process.kill()


def test_whoever_ends_the_command_has_ended_the_dashboard_well(
    serving: tuple[subprocess.Popen[str], int], tmp_path: Path
) -> None:
    process, port = serving
    until(lambda: ready(port) == (200, "ok"))
    assert list(tmp_path.glob("*.loads/open-*"))
    process.send_signal(signal.SIGTERM)
    # Whoever stands before it is told, while it still answers.
    until(lambda: ready(port) == (503, "draining"))
    assert process.wait(PATIENCE) == 0
    assert not listens(port)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    noted = [line["event"] for line in lines]
    own = ["started", "stopping", "stopped"]
    assert [event for event in noted if event in own] == own
    # Found beside, and noted as soon as they are.
    assert {"seal-head", "trail-head"} <= set(noted)
    # Nobody is told of an unclean end at the next start.
    assert not list(tmp_path.glob("*.loads/open-*"))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the dashboard stays")
def test_a_killed_command_leaves_nobody_who_holds_the_database(serving: tuple[subprocess.Popen[str], int]) -> None:
    process, port = serving
    os.kill(process.pid, signal.SIGKILL)
    until(lambda: not listens(port))


def listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def ready(port: int) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/readyz")
    answer = connection.getresponse()
    found = (answer.status, json.loads(answer.read())["draining"])
    connection.close()
    return found


def until(happened) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.1)
