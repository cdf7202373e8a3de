"""A replica: a second server that follows the first, and is read in its place where it has what it must have.

It is one server and never several behind one name, so that what was once read of it is there at the next reading too.
"""

import threading
import time

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from tracking import events
from tracking.database import engine as engines
from tracking.database.rows import value
from tracking.database.unavailable import DatabaseUnavailable, failures_told

# Seconds until one that was away is asked again.
_AGAIN = 5.0
# Nobody waits long for one that does not answer, since the first server does.
_PATIENCE = {"connect_timeout": "2", "tcp_user_timeout": "5000"}
_REPLICA, _READ_THERE = "tracking_replica", "tracking_read_there"
_NEWEST = sa.text("SELECT COALESCE(MAX(load_id), 0) FROM load")
_HEAD = sa.text("SELECT head FROM seal WHERE load_id = :version")


class Follower:
    """The replica of a database, connected to when it is first asked for, and again a while after it was away."""

    def __init__(self, first: Engine, url: str) -> None:
        # The highest load number that this process stored.
        self.stored = 0
        self._first, self._url = first, url
        self._engine: Engine | None = None
        self._away_until = 0.0
        self._one_connects = threading.Lock()

    def engine(self) -> Engine | None:
        """The replica itself; None while it is away, or where it is the replica of another database."""
        if time.monotonic() < self._away_until:
            return None
        with self._one_connects:
            if self._engine is None:
                try:
                    self._engine = self._connected()
                except DatabaseUnavailable:
                    self.leave()
            return self._engine

    def leave(self) -> None:
        """It does not answer: for a while nobody asks it."""
        if time.monotonic() >= self._away_until:
            events.note("replica", state="away")
        self._away_until = time.monotonic() + _AGAIN
        self.close()

    def close(self) -> None:
        """Let go of its connections."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.dispose()

    def version(self) -> int | None:
        """The highest load number that it has; None while it is away."""
        engine = self.engine()
        if engine is None:
            return None
        try:
            with engine.connect() as connection:
                return int(connection.execute(_NEWEST).scalar_one())
        except DBAPIError:
            self.leave()
            return None

    def _connected(self) -> Engine:
        engine = engines.connect(make_url(self._url).update_query_dict(_PATIENCE).render_as_string(hide_password=False))
        try:
            with engine.connect() as there, self._first.connect() as here:
                version = there.execute(_NEWEST).scalar_one()
                heads = {value(each, _HEAD, {"version": version}) for each in (there, here)}
        except DBAPIError as error:
            engine.dispose()
            raise DatabaseUnavailable("unreachable", "", str(error)) from error
        if len(heads) > 1:
            # Figures of another database are worse than none.
            engine.dispose()
            raise DatabaseUnavailable("broken", "")
        events.note("replica", state="there")
        return engine


def fits(url: str, replica: str) -> bool:
    """Whether a database at one address can have its replica at the other: both are servers, or there is no replica."""
    try:
        return not replica or {make_url(each).get_backend_name() for each in (url, replica)} == {"postgresql"}
    except ArgumentError:
        return False


def follow(engine: Engine, url: str) -> None:
    """Let a database that was opened have a replica at an address; who wants to read there says so by `at_replica`."""
    replica = Follower(engine, url)
    engine.update_execution_options(**{_REPLICA: replica})
    sa.event.listen(engine, "engine_disposed", lambda _: replica.close())


def follower(engine: Engine) -> Follower | None:
    """The replica of a database; None where it has none."""
    return engine.get_execution_options().get(_REPLICA)


def at_replica(engine: Engine) -> Engine:
    """The same database, of which every reading is at the replica while that answers; what is written goes where it
    went."""
    return engine.execution_options(**{_READ_THERE: True, engines.OPENED: engines.opened(engine)})


def current(engine: Engine) -> Engine:
    """The same database, read at its replica where that has every load; else as it is. Raises DatabaseUnavailable."""
    replica = follower(engine)
    version = None if replica is None else replica.version()
    if version is None:
        return engine
    with failures_told(engine), engine.connect() as connection:
        newest = int(connection.execute(_NEWEST).scalar_one())
    return at_replica(engine) if version >= newest else engine


def to_read(engine: Engine) -> Follower | None:
    """The replica at which this engine's readings are to be; None where they are not, or it has none."""
    return follower(engine) if engine.get_execution_options().get(_READ_THERE) else None
