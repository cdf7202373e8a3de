"""Queries that took too long are noted, with their text and without what was put into them."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import events

SLOW = "TRACKING_SLOW_SECONDS"
_USUALLY = 1.0
_LONGEST = 400


def watch(engine: Engine) -> None:
    """Time every statement that goes through SQLAlchemy from now on."""

    @sa.event.listens_for(engine, "before_cursor_execute")
    def _(_connection, _cursor, _statement, _parameters, context, _many) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        context.begun = time.perf_counter()

    @sa.event.listens_for(engine, "after_cursor_execute")
    def _(_connection, _cursor, statement, _parameters, context, _many) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        _note(statement, time.perf_counter() - context.begun)


@contextmanager
def timed(statement: object) -> Iterator[None]:
    """Time what is handed to the driver itself."""
    begun = time.perf_counter()
    yield
    _note(statement, time.perf_counter() - begun)


def limit() -> float:
    """From how many seconds on a query is slow."""
    try:
        return float(os.environ.get(SLOW) or _USUALLY)
    except ValueError:
        # No query fails of how it is timed.
        return _USUALLY


def _note(statement: object, seconds: float) -> None:
    if seconds >= limit():
        events.note("slow-query", seconds=round(seconds, 3), statement=" ".join(str(statement).split())[:_LONGEST])
