"""Best of several runs, and one printed line per measure."""

import time
from collections.abc import Callable


def best(work: Callable[[], object], runs: int = 3) -> float:
    """Seconds of the quickest of `runs` calls: the one that other work on the machine disturbed least."""
    return in_turn(work, runs=runs)[0]


def in_turn(*works: Callable[[], object], runs: int = 3) -> list[float]:
    """`best` of each of several works, which take turns: a machine that slows down meanwhile slows all of them."""
    taken = [[_once(work) for work in works] for _ in range(runs)]
    return [min(each) for each in zip(*taken, strict=True)]


def say(what: str, seconds: float, remark: str = "") -> None:
    """One line: what was measured, in milliseconds, and what it means as a ratio or a rate."""
    print(f"  {what:<58} {seconds * 1000:>10,.1f} ms  {remark}", flush=True)


def _once(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
