"""What a page's run finds once, however often it is asked for: who is there, the data version, the language.

It holds for the one run of the whole page, in its own thread. A callback before it and a fragment by itself ask anew,
and so does the run itself once this process has stored anything.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from tracking import database

Found = TypeVar("Found")

_runs = threading.local()


@contextmanager
def run() -> Iterator[None]:
    """Around all that a page does in one run."""
    _runs.found = {}
    try:
        yield
    finally:
        _runs.found = None


def once(name: str, find: Callable[[], Found]) -> Found:
    """What `find` gave under this name in the same run, unless something was stored since; outside of one, anew."""
    found: dict[str, tuple[int, Any]] | None = getattr(_runs, "found", None)
    if found is None:
        return find()
    written = database.written()
    if name not in found or found[name][0] != written:
        found[name] = (written, find())
    kept: Found = found[name][1]
    return kept
