"""A stop is told first, waits for what is being stored, and is done at once when it is asked for twice."""

import signal
import threading
import time

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tests.tracking.operations.conftest import Noted
from tracking import database
from tracking.operations import stopping


def test_proxy_and_pages_know_before_the_server_stops(noted: Noted) -> None:
    stopped, pages = threading.Event(), threading.Event()
    stop = stopping.drained(lambda *_: stopped.set(), 0.2, pages.set)
    assert not stopping.draining()
    stop(signal.SIGTERM, None)
    assert pages.is_set()
    assert stopping.draining()
    assert not stopped.is_set()
    assert stopped.wait(10)
    assert noted.of("stopping") == [{"seconds": 0.2}]


def test_who_asks_twice_does_not_wait() -> None:
    calls: list[int] = []
    stop = stopping.drained(lambda number, _: calls.append(number), 60, lambda: calls.append(0))
    stop(signal.SIGTERM, None)
    assert calls == [0]
    stop(signal.SIGTERM, None)
    assert calls == [0, signal.SIGTERM]


def test_what_is_being_stored_is_stored_before_the_end(engine: Engine, noted: Noted) -> None:
    begun, done = threading.Event(), threading.Event()

    def work(connection: Connection) -> None:
        begun.set()
        time.sleep(0.3)
        connection.execute(sa.text("SELECT 1"))
        done.set()

    writer = threading.Thread(target=database.write, args=(engine, work))
    writer.start()
    assert begun.wait(10)
    stopping.end()
    assert done.is_set()
    assert stopping.draining()
    assert noted.of("stopped") == [{}]
    writer.join()
