"""One state to read, one transaction to write, and writers in their turn."""

import itertools
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from tracking import events
from tracking.database import journal, placing, replicas, seals
from tracking.database.drivers import is_server
from tracking.database.engine import Scope, scopes
from tracking.database.looking import look, look_away, whole_tables
from tracking.database.schema import INCOMING
from tracking.database.turns import Turns
from tracking.database.unavailable import DatabaseUnavailable, disk_told, failures_told, shown

# Two writers on one row: DuckDB fails the second at once. So the writers of this process take turns, and
# what another process does to a server in the meantime is tried again.
WRITE_ATTEMPTS = 5
one_writer = Turns()
_one_beside = threading.Lock()
_counted = itertools.count(1)
_written = 0

# Set in the environment of a process that may store nothing: the database did not hold when it was started.
READ_ONLY = "TRACKING_READ_ONLY"


Result = TypeVar("Result")


def write(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    """Run `work` in one transaction, alone among writers; all of it is stored or nothing.

    The loads that it makes are sealed, and stand beside an embedded database before they are stored in it. `work` sees
    the spaces that are seen through this engine.

    `work` is called again from the start where another process was in the way, so what it does
    outside the connection must bear that. Raises DatabaseUnavailable if that does not end, and where the process may
    store nothing.
    """
    if read_only():
        raise DatabaseUnavailable("read-only", shown(engine.url))
    begun = time.perf_counter()
    sealed: seals.Head | None = None
    for attempt in range(1, WRITE_ATTEMPTS + 1):
        try:
            with (
                failures_told(engine),
                one_writer,
                placing.private(),
                journal.kept(engine) as keep,
                engine.begin() as connection,
            ):
                _alone(connection)
                if sealed is None or seals.head(connection, sealed.load_id) != sealed:
                    before = data_version(connection)
                    look(connection, scopes(engine))
                    result = work(connection)
                    look_away(connection)
                    unsealed = seals.unsealed(connection, before)
                    tables = seals.seal(connection, unsealed, seals.program())
                    made = _made(connection, before)
                    numbers = [number for number, _ in made]
                    # What comes under seal already, from a backup, may have rows in any table.
                    known = tables if numbers == unsealed else INCOMING
                    with disk_told(engine):
                        keep(connection, numbers, known)
                    # A server that is gone while it commits may have stored it: then it is not done again.
                    sealed = seals.head(connection) if made and is_server(connection) else None
            _note_written()
            if made and (replica := replicas.follower(engine)):
                replica.stored = max(replica.stored, made[-1][0])
            for number, kind in made:
                events.note("load", kind=kind, load=number, seconds=round(time.perf_counter() - begun, 3))
            return result
        except DatabaseUnavailable as unavailable:
            if attempt == WRITE_ATTEMPTS or unavailable.reason in ("forbidden", "read-only", "full"):
                raise
            time.sleep(0.05 * attempt)
    raise AssertionError("the last attempt returns or raises")


def write_beside(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    """Run `work` in one short transaction on rows that no load brings; it waits for no load that is on its way.

    `work` is called again from the start where another process was in the way. Raises DatabaseUnavailable.
    """
    for attempt in range(1, WRITE_ATTEMPTS + 1):
        try:
            with failures_told(engine), _one_beside, engine.begin() as connection:
                if is_server(connection):
                    connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('beside'))"))
                done = work(connection)
            _note_written()
            return done
        except DatabaseUnavailable as unavailable:
            if attempt == WRITE_ATTEMPTS or unavailable.reason in ("forbidden", "full"):
                raise
            time.sleep(0.05 * attempt)
    raise AssertionError("the last attempt returns or raises")


def writers() -> int:
    """How many writers of this process wait for their turn."""
    return one_writer.waiting()


def written() -> int:
    """A number that is another one once this process has stored anything: what was read before may be so no longer."""
    return _written


def _note_written() -> None:
    global _written  # noqa: PLW0603 - one count for the process
    _written = next(_counted)


def settle() -> None:
    """Wait until whatever this process is storing, or waits to store, is stored."""
    with one_writer:
        return


def read_only() -> bool:
    """Whether this process may store nothing."""
    return bool(os.environ.get(READ_ONLY))


def _made(connection: Connection, before: int) -> list[tuple[int, str]]:
    """The loads behind a number, each with its kind."""
    statement = sa.text("SELECT load_id, kind FROM load WHERE load_id > :before ORDER BY load_id")
    return [(int(number), str(kind)) for number, kind in connection.execute(statement, {"before": before}).all()]


def rehearse(engine: Engine, work: Callable[[Connection], Result], as_of: date | None = None) -> Result:
    """Run `work` on one consistent state as of a day, at the first server, and keep nothing of it.

    It takes no turn among writers: beside temporary tables, `work` is to change nothing that they wait for.
    Raises DatabaseUnavailable.
    """
    with failures_told(engine), closing(_look_at(engine, scopes(engine), as_of)) as connection:
        try:
            with whole_tables(connection):
                return work(connection)
        finally:
            connection.rollback()


@contextmanager
def reading(engine: Engine, as_of: date | None = None) -> Iterator[Connection]:
    """A connection on one consistent state, in which every view tells as of that day (default: today), and of the
    spaces alone that are seen through this engine.

    Nothing done on it is kept. One at a replica that is just gone is at the first server. Raises DatabaseUnavailable.
    """
    with failures_told(engine), closing(_looking(engine, as_of)) as connection:
        try:
            with whole_tables(connection):
                yield connection
        finally:
            connection.rollback()


def _looking(engine: Engine, as_of: date | None) -> Connection:
    replica = replicas.to_read(engine)
    there = None if replica is None else replica.engine()
    if replica is None or there is None:
        return _look_at(engine, scopes(engine), as_of)
    try:
        return _look_at(there, scopes(engine), as_of)
    except DBAPIError:
        replica.leave()
        return _look_at(engine, scopes(engine), as_of)


def _look_at(engine: Engine, scopes: Sequence[Scope], as_of: date | None) -> Connection:
    connection = engine.connect()
    try:
        if is_server(connection):
            connection.execution_options(isolation_level="REPEATABLE READ")
        look(connection, scopes, as_of)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def reading_beside(engine: Engine) -> Iterator[Connection]:
    """A connection for rows that no load brings and that are of no space: accounts, sessions. Raises
    DatabaseUnavailable.

    It knows of no day and of nobody who looks: to set them took as long as to find a session.
    """
    with failures_told(engine), engine.connect() as connection:
        yield connection


def data_version(connection: Connection) -> int:
    """The highest load number, 0 for an empty database."""
    return int(connection.execute(sa.text("SELECT COALESCE(MAX(load_id), 0) FROM load")).scalar_one())


def _alone(connection: Connection) -> None:
    """Keep other processes' writers out until the transaction ends: an embedded database has none."""
    if is_server(connection):
        # Load numbers must become visible in their own order, and without a gap.
        connection.execute(sa.text("LOCK TABLE load IN EXCLUSIVE MODE"))
