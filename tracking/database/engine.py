"""A URL to an engine, one state to read, one transaction to write.

DatabaseUnavailable    the database cannot be used; `reason` names the sentence that says what to do

Who opens a database by its address is its keeper and sees all of it; `seen_by` is the same database as somebody else
sees it, and every reading of it shows those spaces alone.
"""

import os
import re
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

import duckdb
import psycopg
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, ProgrammingError

from tracking import events
from tracking.database import journal, placing, seals, servers, steps, timing
from tracking.database.drivers import close_before_the_end, is_server
from tracking.database.turns import Turns

DEFAULT_URL = "duckdb:///data/tracking.duckdb"

# With SQLAlchemy's default of 5 + 10 connections, 16 readers let one writer through in 4 seconds.
POOL_SIZE = 20
# Two writers on one row: DuckDB fails the second at once. So the writers of this process take turns, and
# what another process does to a server in the meantime is tried again.
WRITE_ATTEMPTS = 5
# Raised where the disk, the network or the server is at fault, not the statement. What `append` and `frame` hand to the
# driver itself comes back in the driver's own words.
_FAILED = (OperationalError, duckdb.OperationalError, psycopg.OperationalError)
one_writer = Turns()
_one_beside = threading.Lock()
# Why a database may not be used as it stands.
_UNUSABLE = {"nothing": "missing", "older": "older", "newer": "newer"}

# Set in the environment of a process that may store nothing: the database did not hold when it was started.
READ_ONLY = "TRACKING_READ_ONLY"

# The password in an address that cannot be taken apart.
_PASSWORD = re.compile(r"\A([^/]*//[^:/@]*:).*(@)")

Result = TypeVar("Result")


Kind = Literal["city", "district", "edition", "space"]


class Scope(NamedTuple):
    """Spaces that somebody may see: all of them (city), or those of a district, of an edition, or one by its ID."""

    kind: Kind
    code: str = ""


CITY = Scope("city")
_VISIBLE, _OPENED = "tracking_visible", "tracking_opened"


class DatabaseUnavailable(Exception):
    """The database cannot be used.

    reason is one of held (another process has the file), missing (nothing there yet), older and newer (made by another
    version of the product), rules (judged by the rules of another version), built-upon (views of somebody else's rest
    on ours, which have to be made anew), look-alike (a server that speaks as PostgreSQL does and is another),
    unreachable, place (no file can be opened or made there), forbidden (the account may not), read-only (it did not
    hold when the dashboard was started), broken (not a database of ours), url (not the address of a database that is
    supported).
    """

    def __init__(self, reason: str, url: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {url} {detail}".strip())
        self.reason = reason
        self.url = url
        self.detail = detail


def connect(url: str = DEFAULT_URL, *, create: bool = False) -> Engine:
    """An engine on a database that answers. `duckdb://` alone is a fresh one in memory.

    Raises DatabaseUnavailable, also for a newer one; without `create`, also where there is no database of ours yet,
    or an older one, which `initialise` brings up.
    """
    try:
        address = make_url(url)
        options = {_VISIBLE: (CITY,)}
        engine = sa.create_engine(_located(address, create), pool_size=POOL_SIZE, execution_options=options)
        close_before_the_end(engine)
        timing.watch(engine)
        servers.refuse_look_alikes(engine)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        raise DatabaseUnavailable("url", _PASSWORD.sub(r"\1***\2", url), str(error)) from error
    except OSError as error:
        raise DatabaseUnavailable("place", shown(address), str(error)) from error
    try:
        with placing.private(), engine.connect() as connection:
            standing = steps.standing(connection)
            version = steps.version(connection)
    except (DBAPIError, duckdb.Error) as error:
        engine.dispose()
        raise DatabaseUnavailable(reason(error), shown(address), str(error)) from error
    except servers.LookAlike as error:
        engine.dispose()
        raise DatabaseUnavailable("look-alike", shown(address), str(error)) from error
    if unusable := _UNUSABLE.get(standing) if standing == "newer" or not create else None:
        engine.dispose()
        raise DatabaseUnavailable(unusable, shown(address), str(version))
    return engine


def seen_by(engine: Engine, scopes: Iterable[Scope]) -> Engine:
    """The same database, of which every reading shows these spaces alone; without a scope none."""
    whole = opened(engine)
    return whole.execution_options(**{_VISIBLE: tuple(dict.fromkeys(scopes)), _OPENED: whole})


def opened(engine: Engine) -> Engine:
    """The engine that was opened, whoever it is looked at by: what is kept for all is kept by it."""
    return engine.get_execution_options().get(_OPENED, engine)  # type: ignore[no-any-return]


def scopes(engine: Engine) -> tuple[Scope, ...]:
    """What is seen of the database through this engine."""
    return engine.get_execution_options().get(_VISIBLE, ())  # type: ignore[no-any-return]


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
    for attempt in range(1, WRITE_ATTEMPTS + 1):
        try:
            with (
                _failures_told(engine),
                one_writer,
                placing.private(),
                journal.kept(engine) as keep,
                engine.begin() as connection,
            ):
                _alone(connection)
                before = data_version(connection)
                look(connection, scopes(engine))
                result = work(connection)
                _look_away(connection)
                seals.seal(connection, seals.unsealed(connection, before), seals.program())
                _keep(engine, keep, connection, before)
                made = _made(connection, before)
            for number, kind in made:
                events.note("load", kind=kind, load=number, seconds=round(time.perf_counter() - begun, 3))
            return result
        except DatabaseUnavailable as unavailable:
            if attempt == WRITE_ATTEMPTS or unavailable.reason in ("forbidden", "read-only"):
                raise
            time.sleep(0.05 * attempt)
    raise AssertionError("the last attempt returns or raises")


def write_beside(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    """Run `work` in one short transaction on rows that no load brings; it waits for no load that is on its way.

    `work` is called again from the start where another process was in the way. Raises DatabaseUnavailable.
    """
    for attempt in range(1, WRITE_ATTEMPTS + 1):
        try:
            with _failures_told(engine), _one_beside, engine.begin() as connection:
                if is_server(connection):
                    connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('beside'))"))
                return work(connection)
        except DatabaseUnavailable as unavailable:
            if attempt == WRITE_ATTEMPTS or unavailable.reason == "forbidden":
                raise
            time.sleep(0.05 * attempt)
    raise AssertionError("the last attempt returns or raises")


def writers() -> int:
    """How many writers of this process wait for their turn."""
    return one_writer.waiting()


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


def _keep(engine: Engine, keep: Callable[[Connection, int], None], connection: Connection, before: int) -> None:
    try:
        keep(connection, before)
    except OSError as error:
        raise DatabaseUnavailable("place", shown(engine.url), str(error)) from error


def rehearse(engine: Engine, work: Callable[[Connection], Result], as_of: date | None = None) -> Result:
    """Run `work` as `write` would, to see what it leads to as of a day, and keep nothing of it.

    Raises DatabaseUnavailable.
    """
    with _failures_told(engine), one_writer, engine.connect() as connection:
        try:
            _alone(connection)
            look(connection, scopes(engine), as_of)
            with whole_tables(connection):
                return work(connection)
        finally:
            connection.rollback()


@contextmanager
def reading(engine: Engine, as_of: date | None = None) -> Iterator[Connection]:
    """A connection on one consistent state, in which every view tells as of that day (default: today), and of the
    spaces alone that are seen through this engine.

    Nothing done on it is kept. Raises DatabaseUnavailable.
    """
    with _failures_told(engine), engine.connect() as connection:
        if is_server(connection):
            connection.execution_options(isolation_level="REPEATABLE READ")
        look(connection, scopes(engine), as_of)
        try:
            with whole_tables(connection):
                yield connection
        finally:
            connection.rollback()


def count_anew(connection: Connection) -> None:
    """Let a server count its rows, for its plans: the views took 100 times as long by the counts of empty tables."""
    if is_server(connection):
        connection.execute(sa.text("ANALYZE"))


@contextmanager
def whole_tables(connection: Connection) -> Iterator[None]:
    """Let a server join whole tables, by plans as it makes them.

    It takes a view of views for few rows and joins them row by row, which took minutes for 60 spaces. Kept from that,
    it takes what stays nested for so dear that it compiles each query to machine code first: 20 times as long.
    """
    if not is_server(connection):
        yield
        return
    settings = ("enable_nestloop", "jit")
    before = {name: connection.execute(sa.text(f"SHOW {name}")).scalar_one() for name in settings}
    for name in settings:
        connection.execute(sa.text(f"SET LOCAL {name} = off"))
    yield
    for name in settings:
        connection.execute(sa.text(f"SET LOCAL {name} = {before[name]}"))


def data_version(connection: Connection) -> int:
    """The highest load number, 0 for an empty database."""
    return int(connection.execute(sa.text("SELECT COALESCE(MAX(load_id), 0) FROM load")).scalar_one())


def _alone(connection: Connection) -> None:
    """Keep other processes' writers out until the transaction ends: an embedded database has none."""
    if is_server(connection):
        # Load numbers must become visible in their own order, and without a gap.
        connection.execute(sa.text("LOCK TABLE load IN EXCLUSIVE MODE"))


def look(connection: Connection, scopes: Sequence[Scope], as_of: date | None = None) -> None:
    """Let every view tell of these spaces, as of a day, until the transaction is rolled back."""
    if as_of is not None:
        connection.execute(sa.text("INSERT INTO chosen_day VALUES (CAST(:day AS DATE))"), {"day": as_of})
    if scopes:
        rows = [each._asdict() for each in scopes]
        connection.execute(sa.text("INSERT INTO chosen_viewer VALUES (:kind, :code)"), rows)


def _look_away(connection: Connection) -> None:
    """What is kept of a transaction lets nobody else see."""
    connection.execute(sa.text("DELETE FROM chosen_viewer"))


def _located(address: URL, create: bool) -> URL:
    """The address with its file's folder there, and a memory that all connections of the engine share."""
    if address.get_backend_name() == "postgresql":
        return address
    if address.get_backend_name() != "duckdb":
        raise DatabaseUnavailable("url", shown(address))
    if address.database in (None, "", ":memory:"):
        return address.set(database=f":memory:{uuid.uuid4().hex}")
    if not address.database.startswith(":memory:"):
        path = Path(address.database)
        if not create and not path.exists():
            raise DatabaseUnavailable("missing", shown(address))
        path.parent.mkdir(parents=True, exist_ok=True)
    return address


@contextmanager
def _failures_told(engine: Engine) -> Iterator[None]:
    """What the disk, the server or the account refuses, as DatabaseUnavailable; a wrong statement stays a defect."""
    try:
        yield
    except (*_FAILED, ProgrammingError) as error:
        cause = reason(error)
        if isinstance(error, ProgrammingError) and cause != "forbidden":
            raise
        raise DatabaseUnavailable(cause, shown(engine.url), str(error)) from error


def reason(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    words = str(cause).lower()
    if "could not set lock" in words or "conflicting lock" in words:
        return "held"
    if isinstance(cause, psycopg.errors.InsufficientPrivilege):
        return "forbidden"
    if isinstance(cause, psycopg.OperationalError):
        return "unreachable"
    if type(cause) is psycopg.ProgrammingError:
        # An option in the address that the driver does not know: it never came to a statement.
        return "url"
    if isinstance(cause, duckdb.OperationalError) and "not a valid duckdb" not in words:
        return "place"
    return "broken"


def shown(address: URL) -> str:
    return address.render_as_string(hide_password=True)
