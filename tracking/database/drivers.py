"""Which engine a connection is to, and the driver under it."""

from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import pyarrow
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

_OPEN = "open readers"
# Where many rows are stored, DuckDB 2.0 looks so long for a better place of a projection that the overview's dearest
# question took half as much time again, and no question or refresh was found that gains by it.
_PLANNING = "SET GLOBAL disabled_optimizers = 'projection_placement'"
# A statement as DuckDB takes it, its own values, and the order of all.
_Compiled = tuple[str, Mapping[str, Any], Sequence[str]]
# Most statements are written down once and asked again and again: to compile one takes as long as a short question.
_compiled: WeakKeyDictionary[object, _Compiled] = WeakKeyDictionary()


def driver_of(connection: Connection):  # type: ignore[no-untyped-def]  # noqa: ANN201 - two drivers, no common type
    """The driver's own connection, in the same transaction."""
    return connection.connection.driver_connection


def is_server(connection: Connection) -> bool:
    """Whether it is to a server, PostgreSQL, and not to a DuckDB of this process."""
    return connection.dialect.name == "postgresql"


def run(connection: Connection, statement: sa.TextClause, **values: object) -> None:
    """Run a statement that answers nothing, in a transaction, which begins with it where none is open.

    DuckDB is asked past SQLAlchemy, which takes as long as a short question: every reading begins so.
    """
    if is_server(connection):
        connection.execute(statement, values)
        return
    if not connection.in_transaction():
        connection.begin()
    query, given = bound(connection, statement, values)
    # It answers nothing else before the count of rows was taken.
    driver_of(connection).execute(query, given).fetchall()


def bound(
    connection: Connection, statement: sa.Select[Any] | sa.TextClause, values: Mapping[str, object]
) -> tuple[str, list[object]]:
    """A statement as DuckDB's driver takes it, and the values in it."""
    query, own, order = _compiled.get(statement) or _compile(connection, statement)
    parameters = {**own, **values}
    return query, [parameters[name] for name in order]


def _compile(connection: Connection, statement: sa.Select[Any] | sa.TextClause) -> _Compiled:
    compiled = statement.compile(connection, compile_kwargs={"render_postcompile": True})
    made = (str(compiled), compiled.params, tuple(compiled.positiontup or ()))
    if isinstance(statement, sa.TextClause):
        _compiled[statement] = made
    return made


def keep_open(connection: Connection, reader: pyarrow.RecordBatchReader) -> None:
    """Note that rows are being read from DuckDB, which ends no transaction while some of them are still to come."""
    connection.info[_OPEN] = reader


def close_before_the_end(engine: Engine) -> None:
    """Let a transaction end though whoever read its rows left halfway: a full disk, a browser that was closed."""

    @sa.event.listens_for(engine, "rollback")
    @sa.event.listens_for(engine, "commit")
    def close(connection: Connection) -> None:
        # A connection that the server ended has no driver's connection to ask any more.
        reader = None if connection.invalidated else connection.info.pop(_OPEN, None)
        if reader is not None:
            reader.close()


def plan_quickly(engine: Engine) -> None:
    """Have DuckDB leave out what takes longer in planning a question than it spares in answering it."""
    if engine.dialect.name != "duckdb":
        return

    @sa.event.listens_for(engine, "connect")
    def leave_out(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
        connection.execute(_PLANNING)
