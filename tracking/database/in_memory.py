"""A database in memory for what is computed and thrown away: the schema, and nothing in it.

DuckDB binds every view while it makes it, 0.2 s for `schema.sql`. One is therefore made once in a process, as a file,
and each that is asked for is a copy of it, views bound as they are used.
"""

import tempfile
import threading
from pathlib import Path

from sqlalchemy import Connection, Engine

from tracking.database import engine as engines
from tracking.database import schema, upgrades
from tracking.database.drivers import driver_of

_one_makes = threading.Lock()
# The folder of the original and the script by which it was made: another script makes another one.
_original: tuple[str, tempfile.TemporaryDirectory[str]] | None = None


def scratch() -> Engine:
    """A fresh one; it goes when the engine is disposed of. Rules and tables are those of `schema.sql` as it is now."""
    made = engines.connect("duckdb://", create=True)
    file = _made()
    with made.connect() as connection:
        take_over(connection, file)
    return made


def take_over(connection: Connection, file: Path) -> None:
    """Copy an embedded database's tables, views, comments and rows into an empty one."""
    driver = driver_of(connection)
    driver.execute(f"ATTACH '{_quoted(file)}' AS original (READ_ONLY)")
    driver.execute(f'COPY FROM DATABASE original TO "{_name(connection)}"')
    driver.execute("DETACH original")


def _put(connection: Connection, file: Path) -> None:
    """The other way: all of a database into a file that is not there yet."""
    driver = driver_of(connection)
    driver.execute(f"ATTACH '{_quoted(file)}' AS original")
    driver.execute(f'COPY FROM DATABASE "{_name(connection)}" TO original')
    driver.execute("DETACH original")


def _name(connection: Connection) -> str:
    [name] = driver_of(connection).execute("SELECT current_database()").fetchone()
    return str(name)


def _quoted(file: Path) -> str:
    return str(file).replace("'", "''")


def _made() -> Path:
    """The original. It is made again where something that tidies up temporary files took it away."""
    global _original
    script = schema.script()
    with _one_makes:
        if _original is None or _original[0] != script or not _file(_original[1]).exists():
            if _original is not None:
                _original[1].cleanup()
            folder = tempfile.TemporaryDirectory(prefix="tracking-scratch-", ignore_cleanup_errors=True)
            # Not as a file from the first: that waits for whoever is storing something.
            original = engines.connect("duckdb://", create=True)
            upgrades.make(original)
            with original.connect() as connection:
                _put(connection, _file(folder))
            original.dispose()
            _original = script, folder
        return _file(_original[1])


def _file(folder: tempfile.TemporaryDirectory[str]) -> Path:
    return Path(folder.name) / "original.duckdb"
