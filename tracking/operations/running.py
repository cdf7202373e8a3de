"""What goes on beside the answers while a server runs: its log, its counters, a look each minute, its end."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from tracking import database, events
from tracking.operations import log, metrics, readiness, stopping
from tracking.operations.heads import Daily

_EVERY = 60.0


def lifespan(engine: Callable[[], Engine], room: Path) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """What a server does before its first answer and after its last one; `room` is where the database grows."""

    @asynccontextmanager
    async def live(_: object) -> AsyncGenerator[None, None]:
        log.begin()
        port = metrics.begin(
            {
                "disk_left_bytes": ("Room for the database.", lambda: float(readiness.disk_left(room))),
                "writers_waiting": ("Who waits for a turn to store.", lambda: float(database.writers())),
                "draining": ("1 once it has been told to stop.", lambda: float(stopping.draining())),
            }
        )
        stopping.begin()
        events.note("started", metrics=port)
        looking = asyncio.create_task(_look(Daily(engine)))
        try:
            yield
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking
            await run_in_threadpool(stopping.end)

    return live


async def _look(daily: Daily) -> None:
    while True:
        await run_in_threadpool(daily.look, date.today())
        await asyncio.sleep(_EVERY)
