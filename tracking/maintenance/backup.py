"""One portable file of everything that came in, and back: the judgement follows from it.

A ZIP with a Parquet file per table and a manifest of their rows; it goes from one kind of database to the other.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from tracking import database
from tracking.database import loads, refresh, states

MANIFEST = "manifest.json"
# The first day a ZIP can name: the same database gives the same bytes.
_MADE = (1980, 1, 1, 0, 0, 0)
# What a file that is no whole backup is found out by.
_BROKEN = (KeyError, TypeError, ValueError, OSError, zipfile.BadZipFile, database.UnfitRows, IntegrityError)
# Tables that came in later than the first backups were made.
_SINCE = frozenset({"choice"})
# The files themselves are by far the most of it: they go out and in a few at a time.
DOCUMENTS = "document.parquet"
DOCUMENT = pa.schema([("sha256", pa.string()), ("content", pa.binary())])


class BrokenBackupError(Exception):
    """The file is not a whole backup."""


class NotEmptyError(Exception):
    """The database holds data already."""


def backup(engine: Engine, path: Path) -> int:
    """Write everything to a file; the data version that is in it. Raises OSError where it cannot be written."""
    with database.reading(engine) as connection, zipfile.ZipFile(path, "w") as archive:
        rows = {}
        for table in states.INCOMING:
            frame = database.frame(connection, sa.text(f"SELECT * FROM {table} ORDER BY 1, 2"))
            out = io.BytesIO()
            pa.parquet.write_table(pa.Table.from_pandas(frame, preserve_index=False), out, compression="zstd")
            archive.writestr(zipfile.ZipInfo(f"{table}.parquet", _MADE), out.getvalue())
            rows[table] = len(frame)
        rows["document"] = _write_documents(connection, archive)
        version = database.data_version(connection)
        manifest = json.dumps({"data_version": version, "rows": rows}, indent=1)
        archive.writestr(zipfile.ZipInfo(MANIFEST, _MADE), manifest)
    return version


def _write_documents(connection: Connection, archive: zipfile.ZipFile) -> int:
    with (
        archive.open(zipfile.ZipInfo(DOCUMENTS, _MADE), "w", force_zip64=True) as member,
        pa.parquet.ParquetWriter(_Placed(member), DOCUMENT, compression="zstd") as writer,
    ):
        count = 0
        for documents in loads.documents(connection):
            writer.write_table(pa.Table.from_pylist([each._asdict() for each in documents], DOCUMENT))
            count += len(documents)
    return count


class _Placed:
    """A file that is being written into a ZIP, and knows how far it is: Parquet asks, and a ZIP cannot tell."""

    closed = False

    def __init__(self, member: IO[bytes]) -> None:
        self._member = member
        self._at = 0

    def write(self, content: bytes) -> int:
        self._at += len(content)
        return self._member.write(content)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        self._member.flush()


def restore(engine: Engine, path: Path) -> int:
    """Bring a backup into a database without data, all of it or nothing; its data version.

    Raises BrokenBackupError, NotEmptyError, DatabaseUnavailable.
    """
    try:
        with zipfile.ZipFile(path) as archive, archive.open(DOCUMENTS) as member:
            there = {f"{table}.parquet" for table in states.INCOMING if table not in _SINCE} | set(archive.namelist())
            frames = {table: _read(archive, table) for table in states.INCOMING if f"{table}.parquet" in there}
            documents = pa.parquet.ParquetFile(member)
            rows = {table: frame.num_rows for table, frame in frames.items()}
            rows["document"] = documents.metadata.num_rows
            if json.loads(archive.read(MANIFEST))["rows"] != rows:
                raise BrokenBackupError(path)
            database.write(engine, _empty)
            try:
                # In transactions of their own: in one, DuckDB holds them all until its end.
                for few in documents.iter_batches(loads.FEW):
                    brought = [loads.Document(**each) for each in few.to_pylist()]
                    if any(each.altered for each in brought):
                        raise BrokenBackupError(path)
                    database.write(engine, partial(loads.keep, documents=brought))
                return database.write(engine, partial(_bring, frames=frames))
            except BaseException:
                database.write(engine, _forget_nobodys)
                raise
    except _BROKEN as error:
        raise BrokenBackupError(path) from error


def _bring(connection: Connection, frames: Mapping[str, pa.Table]) -> int:
    if database.data_version(connection):
        # Somebody was quicker.
        raise NotEmptyError
    for table, frame in frames.items():
        database.check_columns(connection, table, frame.column_names)
    for table, frame in frames.items():
        database.append(connection, table, frame.to_pandas())
    refresh.refresh(connection)
    return database.data_version(connection)


def _empty(connection: Connection) -> None:
    if database.data_version(connection):
        raise NotEmptyError
    # A restore that was stopped left them.
    _forget_nobodys(connection)


def _forget_nobodys(connection: Connection) -> None:
    connection.execute(sa.text("DELETE FROM document WHERE sha256 NOT IN (SELECT sha256 FROM load)"))


def _read(archive: zipfile.ZipFile, table: str) -> pa.Table:
    return pa.parquet.read_table(io.BytesIO(archive.read(f"{table}.parquet")))
