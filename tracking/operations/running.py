"""What goes on beside the answers while a server runs: its log, its counters, a look each minute, its end."""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from tracking import database, events
from tracking.database import replicas
from tracking.maintenance import dashboard
from tracking.operations import log, metrics, readiness, stopping
from tracking.operations.heads import Daily
from tracking.operations.reminding import Quarterly
from tracking.reminders import channels
from tracking.reminders.channels import UnusableChannels
from tracking.review import inbox

_EVERY = 60.0


class Wrong(NamedTuple):
    """What is set so that the server cannot be watched: the key of a sentence, and what goes into it."""

    key: str
    details: dict[str, str]


def prepare(room: Path, address: str = "") -> Wrong | None:
    """Begin the log and the counters, where they are wanted; what is set wrongly, or None.

    `room` is where the database grows, `address` where it is.
    """
    gauges = {
        "disk_left_bytes": ("Room for the database.", lambda: float(readiness.disk_left(room))),
        "writers_waiting": ("Who waits for a turn to store.", lambda: float(database.writers())),
        "draining": ("1 once it has been told to stop.", lambda: float(stopping.draining())),
    }
    try:
        stopping.seconds()
    except ValueError:
        return Wrong("operations.not_a_number", {"name": stopping.SECONDS, "value": os.environ[stopping.SECONDS]})
    if not replicas.fits(address, os.environ.get(dashboard.REPLICA, "")):
        return Wrong("operations.no_replica", {"name": dashboard.REPLICA})
    try:
        if database.is_file(address):
            channels.configured()
    except UnusableChannels as unusable:
        return Wrong(f"channels.unusable_{unusable.reason}", {})
    try:
        log.begin()
    except OSError as error:
        return Wrong("operations.no_log", {"name": log.TARGET, "detail": str(error)})
    try:
        metrics.begin(gauges)
    except (OSError, OverflowError, ValueError) as error:
        return Wrong("operations.no_metrics", {"name": metrics.PORT, "detail": str(error)})
    return None


def lifespan(
    engine: Callable[[], Engine], restarting: Callable[[], object], address: str = ""
) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """What a server does before its first answer and after its last one; `address` is where its database is.

    `restarting` is called in the server's loop once it is told to stop, while every page is still connected.
    """

    @asynccontextmanager
    async def live(_: object) -> AsyncGenerator[None, None]:
        loop = asyncio.get_running_loop()
        stopping.begin(lambda: loop.call_soon_threadsafe(restarting))
        events.note("started")
        daily, quarterly = Daily(engine), Quarterly(engine)
        looking = [asyncio.create_task(_each_minute(lambda: daily.look(date.today())))]
        if database.is_file(address):
            looking.append(asyncio.create_task(_each_minute(lambda: quarterly.look(inbox.now()))))
        try:
            yield
        finally:
            for each in looking:
                each.cancel()
            for each in looking:
                with suppress(asyncio.CancelledError):
                    await each
            await run_in_threadpool(quarterly.end)
            await run_in_threadpool(stopping.end)

    return live


async def _each_minute(look: Callable[[], None]) -> None:
    while True:
        await run_in_threadpool(look)
        await asyncio.sleep(_EVERY)
