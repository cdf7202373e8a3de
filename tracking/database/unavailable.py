"""Why a database cannot be used, and what the disk, the server or the account refuses told as that.

DatabaseUnavailable    the database cannot be used; `reason` names the sentence that says what to do
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import psycopg
from sqlalchemy import Engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

# Raised where the disk, the network or the server is at fault, not the statement. What `append` and `frame` hand to the
# driver itself comes back in the driver's own words.
_FAILED = (OperationalError, duckdb.OperationalError, duckdb.FatalException, psycopg.OperationalError)
# As the system says it, which DuckDB repeats, and as a server that does not come to a session for it.
_NO_ROOM = (os.strerror(errno.ENOSPC).lower(), "could not write init file")


class DatabaseUnavailable(Exception):
    """The database cannot be used.

    reason is one of held (another process has the file), missing (nothing there yet), older and newer (made by
    another version of the product), rules (judged by the rules of another version), built-upon (views of somebody
    else's rest on ours, which have to be made anew), look-alike (a server that speaks as PostgreSQL does and is
    another), unreachable, place (no file can be opened or made there), full (its disk has no room), forbidden (the
    account may not), read-only (it did not hold when the dashboard was started), broken (not a database of ours),
    url (not the address of a database that is supported).
    """

    def __init__(self, reason: str, url: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {url} {detail}".strip())
        self.reason = reason
        self.url = url
        self.detail = detail


@contextmanager
def failures_told(engine: Engine) -> Iterator[None]:
    """What the disk, the server or the account refuses, as DatabaseUnavailable; a wrong statement stays a defect."""
    try:
        yield
    except (*_FAILED, DatabaseError) as error:
        cause = reason(error)
        if not isinstance(error, _FAILED) and cause != "forbidden" and not _fatal(error):
            raise
        raise DatabaseUnavailable(cause, shown(engine.url), str(error)) from error


@contextmanager
def disk_told(engine: Engine) -> Iterator[None]:
    """What the disk refuses the files beside a database, as DatabaseUnavailable."""
    try:
        yield
    except OSError as error:
        raise DatabaseUnavailable(reason(error), shown(engine.url), str(error)) from error


def _fatal(error: Exception) -> bool:
    """Whether DuckDB could not go on: a disk that is full while it tidies up its file, at the end of a transaction."""
    return isinstance(error.orig if isinstance(error, DBAPIError) else error, duckdb.FatalException)


def reason(error: Exception) -> str:
    """Which of the reasons an error is."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    words = str(cause).lower()
    if isinstance(cause, psycopg.errors.DiskFull) or any(each in words for each in _NO_ROOM):
        return "full"
    if isinstance(cause, OSError):
        return "place"
    if "could not set lock" in words or "conflicting lock" in words:
        return "held"
    if isinstance(cause, psycopg.errors.InsufficientPrivilege):
        return "forbidden"
    if isinstance(cause, psycopg.OperationalError):
        return "unreachable"
    if type(cause) is psycopg.ProgrammingError:
        # An option in the address that the driver does not know: it never came to a statement.
        return "url"
    if isinstance(cause, (duckdb.OperationalError, duckdb.FatalException)) and "not a valid duckdb" not in words:
        return "place"
    return "broken"


def shown(address: URL) -> str:
    """An address without its password."""
    return address.render_as_string(hide_password=True)
