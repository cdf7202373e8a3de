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
    [name] = driver.execute("SELECT current_database()").fetchone()
    quoted = str(file).replace("'", "''")
    driver.execute(f"ATTACH '{quoted}' AS original (READ_ONLY)")
    driver.execute(f'COPY FROM DATABASE original TO "{name}"')
    driver.execute("DETACH original")


def _made() -> Path:
    """The original. It is made again where something that tidies up temporary files took it away."""
    global _original
    script = schema.script()
    with _one_makes:
        if _original is None or _original[0] != script or not _file(_original[1]).exists():
            if _original is not None:
                _original[1].cleanup()
            folder = tempfile.TemporaryDirectory(prefix="tracking-scratch-", ignore_cleanup_errors=True)
            original = engines.connect(f"duckdb:///{_file(folder)}", create=True)
            upgrades.initialise(original)
            original.dispose()
            _original = script, folder
        return _file(_original[1])


def _file(folder: tempfile.TemporaryDirectory[str]) -> Path:
    return Path(folder.name) / "original.duckdb"
