"""How a server stops: a proxy and open pages are told first, and what is being stored is stored before it ends.

On SIGTERM /readyz says draining, and so do pages; TRACKING_DRAIN_SECONDS later (at once, where none are set) the
server takes no connection any more, waits for its writers and ends. A second signal does not wait for the proxy.
"""

import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

from tracking import database, events

SECONDS = "TRACKING_DRAIN_SECONDS"
_draining = threading.Event()

_Handler = Callable[[int, FrameType | None], object] | int | None


def draining() -> bool:
    """Whether the server has been told to stop."""
    return _draining.is_set()


def begin(tell: Callable[[], object]) -> None:
    """Take SIGTERM over from whoever has it now, and hand it on once the proxy knows. In the main thread alone.

    `tell` is called once, within the signal, to have whoever has a page open know too.
    """
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, drained(signal.getsignal(signal.SIGTERM), seconds(), tell))


def seconds() -> float:
    """How long a proxy has to notice. Raises ValueError where that is no number."""
    chosen = float(os.environ.get(SECONDS) or 0)
    if not 0 <= chosen < float("inf"):
        raise ValueError(SECONDS)
    return chosen


def drained(handler: _Handler, seconds: float, tell: Callable[[], object]) -> Callable[[int, FrameType | None], None]:
    """A handler of a signal that says draining, tells it once, and calls another one some seconds later."""

    def stop(number: int, frame: FrameType | None) -> None:
        again = _draining.is_set()
        _draining.set()
        if not again:
            tell()
        if again or not seconds:
            _hand_on(handler, number, frame)
            return
        events.note("stopping", seconds=seconds)
        waiting = threading.Timer(seconds, _hand_on, (handler, number, None))
        waiting.daemon = True
        waiting.start()

    return stop


def end() -> None:
    """Wait for what this process is storing, and close the database; the server answers nobody any more."""
    _draining.set()
    database.settle()
    database.close()
    events.note("stopped")


def _hand_on(handler: _Handler, number: int, frame: FrameType | None) -> None:
    if callable(handler):
        handler(number, frame)
