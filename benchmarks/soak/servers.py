"""Dashboards on one database: started, killed, started again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import IO
from urllib.error import URLError

import psutil

from tracking.maintenance import dashboard

_PATIENCE = 180


class Dashboard:
    """One process at a port of its own on this machine."""

    def __init__(self, database: str, log: Path) -> None:
        with socket.socket() as free:
            free.bind((dashboard.ADDRESS, 0))
            self.port = int(free.getsockname()[1])
        self._database = database
        self._log: IO[bytes] = log.open("wb")
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it; it takes a moment until it answers."""
        options = ["--server.address", dashboard.ADDRESS, "--server.port", str(self.port), "--server.headless", "true"]
        command = [sys.executable, "-m", "streamlit", "run", str(dashboard.APP), *options]
        environment = {**os.environ, "TRACKING_DATABASE": self._database}
        self._process = subprocess.Popen(command, env=environment, stdout=self._log, stderr=self._log)

    def wait(self) -> None:
        """Until people may be sent there. Raises TimeoutError."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"http://{dashboard.ADDRESS}:{self.port}/readyz", timeout=10):
                    return
            except (URLError, OSError):
                time.sleep(0.2)
        raise TimeoutError(f"{self.port}: {self._log.name}")

    def kill(self) -> None:
        """Without a word to anybody."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As its keeper stops it, for good."""
        self._end(signal.SIGTERM)
        self._log.close()

    def memory(self) -> float:
        """What it holds now, in megabytes."""
        assert self._process is not None
        return float(psutil.Process(self._process.pid).memory_info().rss) / 1024**2

    def cpu(self) -> float:
        """The processor time that it has taken, in seconds."""
        assert self._process is not None
        taken = psutil.Process(self._process.pid).cpu_times()
        return float(taken.user + taken.system)

    def _end(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)
        self._process.wait()
