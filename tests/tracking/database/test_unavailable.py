"""What a disk, a server or an account refuses is told as what it is."""

import errno
import os

import duckdb
import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from tracking.database.unavailable import reason

NO_ROOM = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "tracking.duckdb")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NO_ROOM, "full"),
        (psycopg.errors.DiskFull("could not extend file"), "full"),
        (duckdb.IOException(f"IO Error: Could not write file: {NO_ROOM.strerror}"), "full"),
        (duckdb.FatalException(f"database has been invalidated: {NO_ROOM.strerror}"), "full"),
        (psycopg.OperationalError("FATAL:  could not write init file"), "full"),
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES)), "place"),
        (duckdb.IOException("IO Error: Cannot open file"), "place"),
        (duckdb.IOException("IO Error: Could not set lock on file: Conflicting lock is held"), "held"),
        (duckdb.IOException("IO Error: The file is not a valid DuckDB database file"), "broken"),
        (psycopg.errors.InsufficientPrivilege("permission denied for table space"), "forbidden"),
        (psycopg.OperationalError("connection refused"), "unreachable"),
        (psycopg.ProgrammingError('invalid connection option "color"'), "url"),
    ],
    ids=str,
)
def test_each_error_is_told_as_what_is_wrong(error: Exception, expected: str) -> None:
    assert reason(error) == expected


def test_what_sqlalchemy_wraps_is_told_as_what_it_is() -> None:
    wrapped: DBAPIError = OperationalError("SELECT 1", {}, psycopg.errors.DiskFull("could not extend file"))
    assert reason(wrapped) == "full"
