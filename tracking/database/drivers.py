"""Which engine a connection is to, and the driver under it."""

import pyarrow
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

_OPEN = "open readers"


def driver_of(connection: Connection):  # type: ignore[no-untyped-def]  # noqa: ANN201 - two drivers, no common type
    """The driver's own connection, in the same transaction."""
    return connection.connection.driver_connection


def is_server(connection: Connection) -> bool:
    """Whether it is to a server, PostgreSQL, and not to a DuckDB of this process."""
    return connection.dialect.name == "postgresql"


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
