"""One portable file of everything that came in and of drafts, and back: the judgement follows from it.

A ZIP with a Parquet file per table, typed as schema.sql declares, and a manifest of their rows and digests; it goes
from one kind of database to the other.
"""

import json
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from tracking import database
from tracking.access import acts, trail
from tracking.database import archives, journal, loads, placing, refresh, seals, states, steps
from tracking.database.journal import UnreadableLoad
from tracking.database.schema import DRAFTS, FILES_OF_DRAFTS

MANIFEST = "manifest.json"
# What a file that is no whole backup is found out by.
_BROKEN = (
    KeyError,
    TypeError,
    ValueError,
    OSError,
    zipfile.BadZipFile,
    database.UnfitRows,
    IntegrityError,
    UnreadableLoad,
)
# Tables that the first backups had already: of later ones an older backup has none.
_FROM_THE_FIRST = frozenset(
    {
        *("load", "edition", "track", "unit", "conversion", "metric", "clause", "requirement", "rule", "reading"),
        *("space", "enrolment", "filing", "observation"),
    }
)
# The files themselves are by far the most of it: they go out and in a few at a time.
DOCUMENTS = "document.parquet"


class BrokenBackupError(Exception):
    """The file is not a whole backup."""


class NewerBackupError(Exception):
    """A newer version of the product made the backup."""


class AlteredLoads(BrokenBackupError):
    """Loads that are not what was sealed when they came in."""

    def __init__(self, loads: Sequence[int]) -> None:
        super().__init__(loads)
        self.loads = loads


class NotEmptyError(Exception):
    """The database holds data already."""


def backup(engine: Engine, path: Path) -> database.Head:
    """Write everything to a file, its owner's alone; the newest load that is in it, and the head of the chain there.

    It is read back before it takes the place of an older one, which stays where that fails. Raises OSError where it
    cannot be written, BrokenBackupError where the disk gives back something else than was written, Forbidden but for
    the keeper.
    """
    acts.keepers(engine)
    with placing.placed(path, placing.PRIVATE) as half:
        with database.reading(engine) as connection:
            _write(connection, half)
            head = database.head(connection)
        placing.flush(half)
        with zipfile.ZipFile(half) as archive, _broken(half):
            _prove(archive, half)
    return head


def _write(connection: Connection, path: Path) -> None:
    rows, digests = {}, {}
    with zipfile.ZipFile(path, "w") as archive:
        for table in (*states.INCOMING, *DRAFTS):
            columns = database.declared(connection, table)
            pieces = database.stored(connection, table)
            rows[table], digests[table] = archives.write_table(archive, table, columns, pieces)
        for table in ("document", FILES_OF_DRAFTS):
            documents = (
                pa.Table.from_pylist([each._asdict() for each in few], archives.DOCUMENT)
                for few in loads.documents(connection, table)
            )
            rows[table], digests[table] = archives.write_table(archive, table, archives.DOCUMENT, documents)
        void = connection.execute(sa.text("SELECT load_id FROM void_load ORDER BY load_id")).scalars().all()
        manifest = {
            "data_version": database.data_version(connection),
            "head": str(database.head(connection)),
            "trail": str(trail.head(connection)),
            "schema": steps.newest(),
            "rows": rows,
            "sha256": digests,
            "void": list(void),
        }
        archive.writestr(zipfile.ZipInfo(MANIFEST, archives.MADE), json.dumps(manifest, indent=1))


def _prove(archive: zipfile.ZipFile, path: Path) -> int:
    """Hold every member against the manifest; the schema version that it is of. Raises BrokenBackupError."""
    manifest = json.loads(archive.read(MANIFEST))
    for table, count in manifest["rows"].items():
        digest = archives.digest(archive, table)
        # A backup of an earlier version has no digests; each of its members has the check sum of a ZIP.
        if digest != manifest.get("sha256", {table: digest})[table]:
            raise BrokenBackupError(path)
        with archive.open(archives.member(table)) as member:
            if pa.parquet.ParquetFile(member).metadata.num_rows != count:
                raise BrokenBackupError(path)
    return int(manifest.get("schema", 0))


@contextmanager
def _broken(path: Path) -> Iterator[None]:
    """Whatever a file that is no whole backup is found out by, as BrokenBackupError."""
    try:
        yield
    except _BROKEN as error:
        raise BrokenBackupError(path) from error


def restore(engine: Engine, path: Path) -> database.Head:
    """Bring a backup, or a folder of loads, into a database without data, all of it or nothing; its newest load.

    Every load is held against its seal, where the backup is not from before there were any.
    Raises BrokenBackupError, NewerBackupError, NotEmptyError, DatabaseUnavailable, Forbidden but for the keeper.
    """
    acts.keepers(engine)
    if path.is_dir():
        with _broken(path):
            return database.write(engine, partial(_bring_loads, folder=path))
    with _broken(path), zipfile.ZipFile(path) as archive, archive.open(DOCUMENTS) as member:
        if _prove(archive, path) > steps.newest():
            raise NewerBackupError(path)
        database.write(engine, _empty)
        try:
            # In transactions of their own: in one, DuckDB holds them all until its end.
            for few in pa.parquet.ParquetFile(member).iter_batches(loads.FEW):
                database.write(engine, partial(loads.keep, documents=_documents(few)))
            return database.write(engine, partial(_bring, archive=archive))
        except BaseException:
            database.write(engine, _forget_nobodys)
            raise


def _bring_loads(connection: Connection, folder: Path) -> database.Head:
    """Add every load of a folder: the chain of their seals says that none is missing."""
    _empty(connection)
    numbers = journal.numbers(folder)
    brought = [journal.bring(connection, journal.file_of(folder, load_id)) for load_id in numbers]
    if not numbers or [each.load_id for each in brought] != numbers:
        raise BrokenBackupError(folder)
    loads.void(connection, sorted({*range(1, numbers[-1])} - {*numbers}))
    return _proven(connection, [each.load_id for each in brought if not each.head])


def _proven(connection: Connection, unsealed: Sequence[int]) -> database.Head:
    """Seal what came without a seal, hold every load against its own, and judge all. Raises AlteredLoads."""
    seals.seal(connection, unsealed)
    found = seals.findings(connection)
    if found.altered or found.unchained:
        raise AlteredLoads(found.altered or found.unchained)
    refresh.refresh(connection)
    return database.head(connection)


def _bring(connection: Connection, archive: zipfile.ZipFile) -> database.Head:
    if database.data_version(connection):
        # Somebody was quicker.
        raise NotEmptyError
    for table in (*states.INCOMING, *DRAFTS):
        if table not in _FROM_THE_FIRST and archives.member(table) not in archive.namelist():
            continue
        with archive.open(archives.member(table)) as member:
            file = pa.parquet.ParquetFile(member)
            columns = _columns(connection, table, file.schema_arrow.names)
            for few in file.iter_batches(database.CHUNK):
                rows = pa.Table.from_batches([few]).select(columns.names)
                database.append(connection, table, rows.cast(columns))
    if archives.member(FILES_OF_DRAFTS) in archive.namelist():
        with archive.open(archives.member(FILES_OF_DRAFTS)) as member:
            for few in pa.parquet.ParquetFile(member).iter_batches(loads.FEW):
                loads.keep(connection, _documents(few), FILES_OF_DRAFTS)
    loads.void(connection, json.loads(archive.read(MANIFEST)).get("void", []))
    sealed = archives.member("seal") in archive.namelist()
    return _proven(connection, [] if sealed else seals.unsealed(connection))


def _documents(few: pa.RecordBatch) -> list[loads.Document]:
    """Files as a backup has them. Raises BrokenBackupError where one is not what its SHA-256 says."""
    found = [loads.Document(**each) for each in few.to_pylist()]
    if any(each.altered for each in found):
        raise BrokenBackupError
    return found


def _columns(connection: Connection, table: str, names: Sequence[str]) -> pa.Schema:
    """The table's columns that a backup has; one of an earlier shape lacks those that came since, which are NULL."""
    columns = database.declared(connection, table)
    since = {field.name for field in columns if field.nullable} - {*names}
    database.check_columns(connection, table, [*names, *since])
    return pa.schema([field for field in columns if field.name not in since])


def _empty(connection: Connection) -> None:
    if database.data_version(connection):
        raise NotEmptyError
    # A restore that was stopped left them.
    _forget_nobodys(connection)


def _forget_nobodys(connection: Connection) -> None:
    connection.execute(sa.text("DELETE FROM document WHERE sha256 NOT IN (SELECT sha256 FROM load)"))
