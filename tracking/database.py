"""A URL to an engine. The only file that knows that engines differ.

DatabaseUnavailable    the database cannot be used; `reason` names the sentence that says what to do
UnfitRows              rows that a table cannot hold
"""

import io
import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pandas as pd
import psycopg
import pyarrow
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, ProgrammingError

DEFAULT_URL = "duckdb:///data/tracking.duckdb"
SCHEMA = Path(__file__).parent.parent / "schema.sql"

# With SQLAlchemy's default of 5 + 10 connections, 16 readers let one writer through in 4 seconds.
POOL_SIZE = 20
# Rows that are held at one time where a table goes through piece by piece.
CHUNK = 50_000
# Two writers on one row: DuckDB fails the second at once. So the writers of this process take turns, and
# what another process does to a server in the meantime is tried again.
WRITE_ATTEMPTS = 5
# A missing value on its way to a server: a sign that no text has, since the empty text is a text.
_MISSING = "\ue000"
# Raised where the disk, the network or the server is at fault, not the statement. What `append` and `frame` hand to the
# driver itself comes back in the driver's own words.
_FAILED = (OperationalError, duckdb.OperationalError, psycopg.OperationalError)
_one_writer = threading.RLock()

# The password in an address that cannot be taken apart.
_PASSWORD = re.compile(r"\A([^/]*//[^:/@]*:).*(@)")

Result = TypeVar("Result")


class DatabaseUnavailable(Exception):
    """The database cannot be used.

    reason is one of held (another process has the file), missing (nothing there yet), unreachable, place (no file can
    be opened or made there), forbidden (the account may not), broken (not a database of ours), url (not the address of
    a database that is supported).
    """

    def __init__(self, reason: str, url: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {url} {detail}".strip())
        self.reason = reason
        self.url = url
        self.detail = detail


class UnfitRows(Exception):
    """Rows that a table cannot hold: other columns or types than its own, a blank or a key twice where none may be."""


def connect(url: str = DEFAULT_URL, *, create: bool = False) -> Engine:
    """An engine on a database that answers. `duckdb://` alone is a fresh one in memory.

    Raises DatabaseUnavailable; without `create`, also where there is no database of ours yet.
    """
    try:
        address = make_url(url)
        engine = sa.create_engine(_located(address, create), pool_size=POOL_SIZE)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        raise DatabaseUnavailable("url", _PASSWORD.sub(r"\1***\2", url), str(error)) from error
    except OSError as error:
        raise DatabaseUnavailable("place", _shown(address), str(error)) from error
    try:
        with engine.connect() as connection:
            found = sa.inspect(connection).has_table("asked_day")
    except (DBAPIError, duckdb.Error) as error:
        raise DatabaseUnavailable(_reason(error), _shown(address), str(error)) from error
    if not found and not create:
        engine.dispose()
        raise DatabaseUnavailable("missing", _shown(address))
    return engine


def initialise(engine: Engine) -> None:
    """Make the tables and views of `schema.sql` where they are not there. Safe to run again.

    Raises DatabaseUnavailable, also where tables of somebody else's are in the way.
    """
    try:
        with _one_writer, engine.begin() as connection:
            script = SCHEMA.read_text(encoding="utf-8")
            if _is_server(connection):
                _run_on_server(connection, script)
            else:
                # The driver itself takes a script of many statements as it is.
                _driver(connection).execute(script)
    except (DBAPIError, duckdb.Error, psycopg.Error) as error:
        raise DatabaseUnavailable(_reason(error), _shown(engine.url), str(error)) from error


def _run_on_server(connection: Connection, script: str) -> None:
    """Run `schema.sql`; views of an older one make way where one of their columns is another now.

    Views of somebody else that rest on ours are never dropped: they are told as what is in the way.
    """
    # Two processes that start at once would replace the same views.
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('schema.sql'))"))
    try:
        with connection.begin_nested():
            _driver(connection).execute(script)
    except psycopg.errors.InvalidTableDefinition:
        if not sa.inspect(connection).has_table("asked_day"):
            raise
        views = re.findall(r"^CREATE OR REPLACE VIEW (\w+)", script, re.MULTILINE)
        connection.execute(sa.text(f"DROP VIEW IF EXISTS {', '.join(views)}"))
        _driver(connection).execute(script)


def write(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    """Run `work` in one transaction, alone among writers; all of it is stored or nothing.

    `work` is called again from the start where another process was in the way, so what it does
    outside the connection must bear that. Raises DatabaseUnavailable if that does not end.
    """
    for attempt in range(1, WRITE_ATTEMPTS + 1):
        try:
            with _failures_told(engine), _one_writer, engine.begin() as connection:
                _alone(connection)
                return work(connection)
        except DatabaseUnavailable as unavailable:
            if attempt == WRITE_ATTEMPTS or unavailable.reason == "forbidden":
                raise
            time.sleep(0.05 * attempt)
    raise AssertionError("the last attempt returns or raises")


def rehearse(engine: Engine, work: Callable[[Connection], Result], as_of: date | None = None) -> Result:
    """Run `work` as `write` would, to see what it leads to as of a day, and keep nothing of it.

    Raises DatabaseUnavailable.
    """
    with _failures_told(engine), _one_writer, engine.connect() as connection:
        try:
            _alone(connection)
            _ask_for(connection, as_of)
            with whole_tables(connection):
                return work(connection)
        finally:
            connection.rollback()


@contextmanager
def reading(engine: Engine, as_of: date | None = None) -> Iterator[Connection]:
    """A connection on one consistent state, in which every view tells as of that day (default: today).

    Nothing done on it is kept. Raises DatabaseUnavailable.
    """
    with _failures_told(engine), engine.connect() as connection:
        if _is_server(connection):
            connection.execution_options(isolation_level="REPEATABLE READ")
        _ask_for(connection, as_of)
        try:
            with whole_tables(connection):
                yield connection
        finally:
            connection.rollback()


def frame(connection: Connection, statement: sa.Select[Any] | sa.TextClause, **values: object) -> pd.DataFrame:
    """The rows of a query, in the engine's own types: text as str, DECIMAL as Decimal objects."""
    if _is_server(connection):
        result = connection.execute(statement, values)
        return pd.DataFrame(result.all(), columns=list(result.keys()))
    # Straight to Arrow: a million rows in a second, where row by row takes ten.
    return _executed(connection, statement, values).to_arrow_table().to_pandas()


def frames(connection: Connection, statement: sa.Select[Any]) -> Iterator[pd.DataFrame]:
    """The rows of a query as `frame` gives them, CHUNK at a time; no frame where there are none.

    Until the last one is taken the connection must not be asked for anything else.
    """
    if _is_server(connection):
        result = connection.execute(statement, execution_options={"yield_per": CHUNK})
        for rows in result.partitions():
            yield pd.DataFrame(rows, columns=list(result.keys()))
        return
    for batch in _executed(connection, statement, {}).to_arrow_reader(CHUNK):
        yield batch.to_pandas()


def _executed(connection: Connection, statement: sa.Select[Any] | sa.TextClause, values: dict[str, object]):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the driver's own
    compiled = statement.compile(connection, compile_kwargs={"render_postcompile": True})
    parameters = {**compiled.params, **values}
    return _driver(connection).execute(str(compiled), [parameters[name] for name in compiled.positiontup or ()])


def append(connection: Connection, table: str, rows: pd.DataFrame) -> None:
    """Add a frame's rows to a table, by column names, in the connection's transaction.

    `table` and the column names are ours, never a file's. Missing values become NULL. Raises UnfitRows.
    """
    if rows.empty:
        return
    try:
        _append(connection, table, rows)
    except (duckdb.DataError, duckdb.IntegrityError, psycopg.DataError, psycopg.IntegrityError) as error:
        raise UnfitRows(table) from error


def _append(connection: Connection, table: str, rows: pd.DataFrame) -> None:
    columns = ", ".join(rows.columns)
    driver = _driver(connection)
    if _is_server(connection):
        text = io.StringIO()
        rows.to_csv(text, index=False, header=False, na_rep=_MISSING)
        command = f"COPY {table} ({columns}) FROM STDIN (FORMAT csv, NULL '{_MISSING}')"
        with driver.cursor() as cursor, cursor.copy(command) as copy:
            copy.write(text.getvalue())
        return
    # By itself the driver would look at every text of the frame as an object.
    driver.register("incoming_rows", pyarrow.Table.from_pandas(rows, preserve_index=False))
    try:
        driver.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM incoming_rows")
    finally:
        driver.unregister("incoming_rows")


def check_columns(connection: Connection, table: str, columns: Sequence[str]) -> None:
    """Raises UnfitRows where the names, which can be a file's, are not those of the table's columns."""
    if sorted(columns) != sorted(column["name"] for column in sa.inspect(connection).get_columns(table)):
        raise UnfitRows(table)


def transfer(
    source: Connection,
    target: Connection,
    table: str,
    version: int,
    after: int = 0,
    space_ids: Sequence[str] | None = None,
) -> None:
    """Copy a table's rows of the loads behind `after` up to `version` from one database to another, exactly.

    With `space_ids` those of these spaces alone.
    """
    loads = f"SELECT * FROM {table} WHERE load_id > {after:d} AND load_id <= {version:d}"
    values: dict[str, object] = {} if space_ids is None else {"space_ids": list(space_ids)}
    if space_ids is not None:
        loads += " AND space_id IN (SELECT UNNEST(CAST(:space_ids AS TEXT[])))"
    statement = sa.text(f"{loads} ORDER BY load_id")
    if _is_server(source) or _is_server(target):
        append(target, table, frame(source, statement, **values))
        return
    rows = _executed(source, statement, values).to_arrow_table()
    driver = _driver(target)
    driver.register("transferred_rows", rows)
    driver.execute(f"INSERT INTO {table} SELECT * FROM transferred_rows")
    driver.unregister("transferred_rows")


def count_anew(connection: Connection) -> None:
    """Let a server count its rows, for its plans: the views took 100 times as long by the counts of empty tables."""
    if _is_server(connection):
        connection.execute(sa.text("ANALYZE"))


@contextmanager
def whole_tables(connection: Connection) -> Iterator[None]:
    """Let a server join whole tables.

    It takes a view of views for few rows and joins them row by row, which took minutes for 60 spaces.
    """
    if not _is_server(connection):
        yield
        return
    before = connection.execute(sa.text("SHOW enable_nestloop")).scalar_one()
    connection.execute(sa.text("SET LOCAL enable_nestloop = off"))
    yield
    connection.execute(sa.text(f"SET LOCAL enable_nestloop = {before}"))


def data_version(connection: Connection) -> int:
    """The highest load number, 0 for an empty database."""
    return int(connection.execute(sa.text("SELECT COALESCE(MAX(load_id), 0) FROM load")).scalar_one())


def _alone(connection: Connection) -> None:
    """Keep other processes' writers out until the transaction ends: an embedded database has none."""
    if _is_server(connection):
        # Load numbers must become visible in their own order, and without a gap.
        connection.execute(sa.text("LOCK TABLE load IN EXCLUSIVE MODE"))


def _ask_for(connection: Connection, as_of: date | None) -> None:
    if as_of is not None:
        connection.execute(sa.text("INSERT INTO asked_day VALUES (CAST(:day AS DATE))"), {"day": as_of})


def _driver(connection: Connection):  # type: ignore[no-untyped-def]  # noqa: ANN202 - two drivers, no common type
    return connection.connection.driver_connection


def _is_server(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _located(address: URL, create: bool) -> URL:
    """The address with its file's folder there, and a memory that all connections of the engine share."""
    if address.get_backend_name() == "postgresql":
        return address
    if address.get_backend_name() != "duckdb":
        raise DatabaseUnavailable("url", _shown(address))
    if address.database in (None, "", ":memory:"):
        return address.set(database=f":memory:{uuid.uuid4().hex}")
    if not address.database.startswith(":memory:"):
        path = Path(address.database)
        if not create and not path.exists():
            raise DatabaseUnavailable("missing", _shown(address))
        path.parent.mkdir(parents=True, exist_ok=True)
    return address


@contextmanager
def _failures_told(engine: Engine) -> Iterator[None]:
    """What the disk, the server or the account refuses, as DatabaseUnavailable; a wrong statement stays a defect."""
    try:
        yield
    except (*_FAILED, ProgrammingError) as error:
        reason = _reason(error)
        if isinstance(error, ProgrammingError) and reason != "forbidden":
            raise
        raise DatabaseUnavailable(reason, _shown(engine.url), str(error)) from error


def _reason(error: Exception) -> str:
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


def _shown(address: URL) -> str:
    return address.render_as_string(hide_password=True)
