"""Which engine a connection is to, and the driver under it."""

from sqlalchemy import Connection


def driver_of(connection: Connection):  # type: ignore[no-untyped-def]  # noqa: ANN201 - two drivers, no common type
    """The driver's own connection, in the same transaction."""
    return connection.connection.driver_connection


def is_server(connection: Connection) -> bool:
    """Whether it is to a server, PostgreSQL, and not to a DuckDB of this process."""
    return connection.dialect.name == "postgresql"
