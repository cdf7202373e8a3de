"""What memory this process takes, in megabytes. Linux alone."""

from pathlib import Path


def peak() -> float:
    """The most that it ever held. Linux counts the parent's into a child's `ru_maxrss`, but not into this."""
    return _memory("VmHWM")


def held() -> float:
    """What it holds now."""
    return _memory("VmRSS")


def _memory(name: str) -> float:
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024
