"""Makes the tables and views of a new database, and brings an older one up to them, step by step."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import duckdb
import psycopg
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from tracking.database import placing, schema, seals, steps, transactions, unavailable
from tracking.database.drivers import driver_of, is_server
from tracking.database.unavailable import DatabaseUnavailable

_SERVER = Path(__file__).parent / "server.sql"
# What a view names twice a server would compute once, for all spaces whoever is looked at. DuckDB, left to it, computes
# it once for those that are looked at: told not to, it planned one space's judgement for half as long again.
_FOR_SERVERS = " AS NOT MATERIALIZED ("
# A file is copied by another process: closing it in this one would let go of the lock that DuckDB holds on it.
_COPY = """
import shutil, sys
try:
    shutil.copyfile(sys.argv[1], sys.argv[2])
except OSError as error:
    sys.exit(str(error))
"""


class Upgrade(NamedTuple):
    """A database brought up: its version before, its version now, and where the file of before was saved, if it was."""

    before: int
    now: int
    saved: Path | None


def initialise(engine: Engine) -> Upgrade | None:
    """Make the tables and views of `schema.sql` where they are not there, after the steps that an older database lacks.

    What was brought up, None where there was nothing to do. Safe to run again, and to go on with after it was stopped.
    Raises DatabaseUnavailable: for a newer database, for tables of somebody else's that are in the way, and for views
    of somebody else's that rest on ours, which are never dropped.
    """
    with _failures(engine), transactions.one_writer, placing.private():
        with engine.connect() as connection:
            before = steps.version(connection)
            if steps.standing(connection) == "newer":
                raise DatabaseUnavailable("newer", unavailable.shown(engine.url), str(before))
        lacking = [] if before is None else steps.steps()[before:]
        saved = _save(engine, before) if before is not None and lacking else None
        for step in lacking:
            with engine.begin() as connection:
                _take(connection, step)
        with engine.begin() as connection:
            _make(connection, fresh=before is None)
    return Upgrade(before, lacking[-1].version, saved) if before is not None and lacking else None


def _take(connection: Connection, step: steps.Step) -> None:
    _alone(connection)
    if steps.version(connection) != step.version - 1:
        # Another process was quicker.
        return
    _drop_views(connection)
    driver_of(connection).execute(step.script)
    if step.name == "seals":
        seals.seal(connection, seals.unsealed(connection))
    steps.note(connection, step.version)


def make(engine: Engine) -> None:
    """Make the tables and views in an empty database that nobody else has."""
    with engine.begin() as connection:
        _make(connection, fresh=True)


def _make(connection: Connection, *, fresh: bool) -> None:
    _alone(connection)
    script = schema.script()
    if not is_server(connection):
        # The driver itself takes a script of many statements as it is.
        driver_of(connection).execute(script.replace(_FOR_SERVERS, " AS ("))
    else:
        _make_on_server(connection, script)
        driver_of(connection).execute(_SERVER.read_text(encoding="utf-8"))
    if fresh and not steps.version(connection):
        steps.note(connection, steps.newest())
        # What comes in is judged by these rules from the first.
        note_rules(connection, schema.rules())


def judged_by(connection: Connection) -> str | None:
    """The rules by which everything that is stored was last judged; None where it has to be judged anew."""
    found = connection.execute(sa.text("SELECT sha256 FROM judged_by")).scalars().all()
    return str(found[0]) if found else None


def note_rules(connection: Connection, rules: str) -> None:
    """Write down that everything was judged by these rules."""
    connection.execute(sa.text("DELETE FROM judged_by"))
    connection.execute(sa.text("INSERT INTO judged_by VALUES (:rules)"), {"rules": rules})


def _make_on_server(connection: Connection, script: str) -> None:
    """Run `schema.sql`; views make way where one of their columns is another now."""
    try:
        with connection.begin_nested():
            driver_of(connection).execute(script)
    except psycopg.errors.InvalidTableDefinition:
        if not steps.version(connection):
            raise
        _drop_views(connection)
        driver_of(connection).execute(script)


def _alone(connection: Connection) -> None:
    """Keep out another process that starts at the same time until the transaction ends."""
    if is_server(connection):
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('schema.sql'))"))


def _drop_views(connection: Connection) -> None:
    """Drop every view that is or was ours."""
    ours = schema.views(schema.script())
    ours += [name for step in steps.steps() for name in step.views_gone]
    there = set(sa.inspect(connection).get_view_names())
    if views := [name for name in dict.fromkeys(ours) if name in there]:
        # A server drops what rests on each other only together, DuckDB only one by one.
        for some in [", ".join(views)] if is_server(connection) else views:
            connection.execute(sa.text(f"DROP VIEW {some}"))


def _save(engine: Engine, version: int) -> Path | None:
    """Copy the file of an embedded database beside it, as it stands; None where there is no file."""
    file = placing.file_of(engine)
    if file is None:
        return None
    with engine.connect() as connection:
        driver_of(connection).execute("CHECKPOINT")
    saved = file.with_name(f"{file.stem}.schema-{version}.duckdb")
    while saved.exists():
        saved = saved.with_name(f"{saved.stem}-again.duckdb")
    with placing.placed(saved, placing.PRIVATE) as half:
        copied = subprocess.run([sys.executable, "-c", _COPY, str(file), str(half)], stderr=subprocess.PIPE, text=True)
        if copied.returncode:
            raise OSError(copied.stderr.strip())
    # Earlier versions let others read it.
    file.chmod(placing.PRIVATE)
    return saved


@contextmanager
def _failures(engine: Engine) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, duckdb.Error, psycopg.Error, OSError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(cause, psycopg.errors.DependentObjectsStillExist):
            named = (cause.diag.message_detail or str(cause)).replace("\n", "; ")
            raise DatabaseUnavailable("built-upon", unavailable.shown(engine.url), named) from error
        raise DatabaseUnavailable(unavailable.reason(error), unavailable.shown(engine.url), str(error)) from error
