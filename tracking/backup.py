"""One portable file of everything that came in, and back: the judgement follows from it.

A ZIP with a Parquet file per table and a manifest of their rows; it goes from one kind of database to the other.
"""

import io
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from tracking import database, refresh, versions

MANIFEST = "manifest.json"
# The first day a ZIP can name: the same database gives the same bytes.
_MADE = (1980, 1, 1, 0, 0, 0)
TABLES = (*versions.INCOMING, "document")


class BrokenBackupError(Exception):
    """The file is not a whole backup."""


class NotEmptyError(Exception):
    """The database holds data already."""


def backup(engine: Engine, path: Path) -> int:
    """Write everything to a file; the data version that is in it. Raises OSError where it cannot be written."""
    with database.reading(engine) as connection, zipfile.ZipFile(path, "w") as archive:
        rows = {}
        for table in TABLES:
            frame = database.frame(connection, sa.text(f"SELECT * FROM {table} ORDER BY 1, 2"))
            out = io.BytesIO()
            pa.parquet.write_table(pa.Table.from_pandas(frame, preserve_index=False), out, compression="zstd")
            archive.writestr(zipfile.ZipInfo(f"{table}.parquet", _MADE), out.getvalue())
            rows[table] = len(frame)
        version = database.data_version(connection)
        manifest = json.dumps({"data_version": version, "rows": rows}, indent=1)
        archive.writestr(zipfile.ZipInfo(MANIFEST, _MADE), manifest)
    return version


def restore(engine: Engine, path: Path) -> int:
    """Bring a backup into a database without data, all of it or nothing; its data version.

    Raises BrokenBackupError, NotEmptyError, DatabaseUnavailable.
    """
    frames = {table: _read(path, table) for table in TABLES}
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read(MANIFEST))
        whole = manifest["rows"] == {table: rows.num_rows for table, rows in frames.items()}
        kept = frames["document"]
        readable = not kept.num_rows or pa.types.is_binary(kept.schema.field("content").type)
    except (KeyError, TypeError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise BrokenBackupError(path) from error
    if not whole or not readable:
        raise BrokenBackupError(path)

    def work(connection: Connection) -> int:
        if database.data_version(connection):
            raise NotEmptyError
        for table in TABLES:
            database.check_columns(connection, table, frames[table].column_names)
        for table in versions.INCOMING:
            database.append(connection, table, frames[table].to_pandas())
        insert = sa.text("INSERT INTO document VALUES (:sha256, :content)")
        for document in frames["document"].to_pylist():
            connection.execute(insert, document)
        refresh.refresh(connection)
        return database.data_version(connection)

    try:
        return database.write(engine, work)
    except (database.UnfitRows, IntegrityError) as error:
        raise BrokenBackupError(path) from error


def _read(path: Path, table: str) -> pa.Table:
    try:
        with zipfile.ZipFile(path) as archive:
            return pa.parquet.read_table(io.BytesIO(archive.read(f"{table}.parquet")))
    except (KeyError, OSError, zipfile.BadZipFile, pa.ArrowInvalid) as error:
        raise BrokenBackupError(path) from error
