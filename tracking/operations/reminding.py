"""Reminders from the running server, where the database is a file: as long as it runs, no command can have the file."""

import threading
import time
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine

from tracking import events
from tracking.database import DatabaseUnavailable
from tracking.operations import stopping
from tracking.reminders import channels, run
from tracking.reminders.channels import UnusableChannels
from tracking.reminders.run import Send, deliver

# As often as the timer that is laid out for a server's database.
EVERY = 15 * 60.0


class Quarterly:
    """Sends what is due to be said, a quarter of an hour after it last did, where channels are set."""

    def __init__(
        self, engine: Callable[[], Engine], clock: Callable[[], float] = time.monotonic, send: Send = deliver
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._send = send
        self._next = clock()
        self._at_work = threading.Lock()

    def look(self, now: datetime) -> None:
        """Send, unless it was done lately; `now` is UTC. What cannot be sent is tried again the next time."""
        with self._at_work:
            if self._clock() < self._next or stopping.draining():
                return
            self._next = self._clock() + EVERY
            try:
                configured = channels.configured()
                if configured is None:
                    return
                report = run.remind(self._engine(), configured, now, self._send, going=lambda: not stopping.draining())
            except (DatabaseUnavailable, UnusableChannels):
                return
            events.note("reminded", sent=report.sent, failed=len(report.failed))

    def end(self) -> None:
        """Wait for the message that is being sent, so that it is noted as sent; the server has been told to stop."""
        with self._at_work:
            pass
