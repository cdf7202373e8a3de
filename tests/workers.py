"""Processes at work on a database, to be killed (tests/at_work.py)."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.at_work import Task


class Workers:
    """Starts one process after the other."""

    def __init__(self, starter: "subprocess.Popen[str]", errors: Path) -> None:
        self._starter = starter
        self._errors = errors
        self._number = 0

    def start(self, task: Task) -> None:
        """Have a process do it from now on."""
        Path(task.receipts).unlink(missing_ok=True)
        assert self._starter.stdin
        print(json.dumps(task), file=self._starter.stdin, flush=True)
        self._number = int(self._line())

    def kill(self) -> int:
        """Kill it wherever it is; its exit code, which is another one where it had ended by itself."""
        with suppress(ProcessLookupError):
            os.kill(self._number, signal.SIGKILL)
        return self.ended()

    def until_written(self, receipts: Path, lines: int) -> float:
        """When so many lines were written down. Raises ProcessLookupError where whoever writes them has ended."""
        while not receipts.exists() or receipts.read_text(encoding="utf-8").count("\n") < lines:
            os.kill(self._number, 0)
            time.sleep(0.005)
        return time.monotonic()

    def ended(self) -> int:
        """The exit code, once it has ended by itself."""
        code, self._number = int(self._line()), 0
        return code

    def let_go(self) -> None:
        """Leave nobody at work where a test ended before its time."""
        if self._number:
            self.kill()

    def errors(self) -> str:
        """What the processes wrote to standard error."""
        return self._errors.read_text(encoding="utf-8")

    def _line(self) -> str:
        assert self._starter.stdout
        return self._starter.stdout.readline()


@contextmanager
def workers() -> Iterator[Workers]:
    """What starts them, which is there for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        errors = Path(folder) / "errors"
        with (
            errors.open("w", encoding="utf-8") as written,
            subprocess.Popen(
                [sys.executable, "-m", "tests.at_work"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=written,
                text=True,
            ) as starter,
        ):
            those = Workers(starter, errors)
            try:
                yield those
            finally:
                those.let_go()
