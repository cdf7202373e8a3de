"""Work that a hostile file could make endless, in a process of its own with a limit of memory and of time.

A workbook of a few hundred bytes can ask for terabytes, and the library that reads it then ends the process that it is
in. So that process is not ours: it may fail without harm, and what it makes comes back through a pipe.
"""

import subprocess
import sys
import threading
from pathlib import Path

_PROJECT = Path(__file__).parents[3]
# 100,000 rows of 40 columns take some 0.8 GB.
MEMORY = 2 * 1024**3
SECONDS = 60
# So many files are opened at once, and no more; whoever comes later waits for a turn.
AT_ONCE = 2
turn = threading.BoundedSemaphore(AT_ONCE)


class LimitExceeded(Exception):
    """The process ended without an answer: it asked for too much, or took too long."""


def run(module: str, *arguments: int, given: bytes, seconds: int = SECONDS) -> bytes:
    """What `python -m MODULE MEMORY SECONDS ARGUMENTS…` makes of what is given to it. Raises LimitExceeded."""
    command = [sys.executable, "-m", module, *map(str, (MEMORY, seconds, *arguments))]
    try:
        process = subprocess.run(
            command, cwd=_PROJECT, input=given, capture_output=True, timeout=2 * seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise LimitExceeded(module) from error
    if process.returncode:
        raise LimitExceeded(module)
    return process.stdout


def limit(memory: int, seconds: int) -> None:
    """Let the system end this process where it asks for more. Windows has no such limits."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
