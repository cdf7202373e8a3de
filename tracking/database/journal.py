"""Every load of an embedded database stands beside it too: a folder with a file per load, written before the commit.

A file is a ZIP with the load's rows of each table, its seal among them, its document, and a manifest: the SHA-256 of
each member and the load's head of the chain, so that a file that is missing or another is noticed.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking.database import archives, placing
from tracking.database.rows import append, declared, filled, stored
from tracking.database.schema import INCOMING

MANIFEST = "manifest.json"
# Names the first of several loads that are stored together, until each of them has its file.
_TOGETHER = "together"
_BROKEN = (KeyError, TypeError, ValueError, OSError, zipfile.BadZipFile)


Keep = Callable[[Connection, Sequence[int], Iterable[str]], None]


class UnreadableLoad(Exception):
    """A load's file is not whole."""


class Manifest(NamedTuple):
    """What a load's file says of itself: by table its rows; the chain's head at it, empty in files without a seal."""

    load_id: int
    rows: dict[str, int]
    head: str


def folder_of(engine: Engine) -> Path | None:
    """The folder of loads beside an embedded database; None for one in memory and for a server."""
    file = placing.file_of(engine)
    return file.with_name(f"{file.name}.loads") if file else None


def file_of(folder: Path, load_id: int) -> Path:
    """The place of a load's file."""
    return folder / f"{load_id:08d}.load"


def numbers(folder: Path) -> list[int]:
    """The loads that have a file, in their order; of loads that are stored together none before all of them have."""
    if not folder.is_dir():
        return []
    first = _first_of_those_together(folder)
    found = sorted(int(path.stem) for path in folder.glob("[0-9]*.load"))
    return found if first is None else [number for number in found if number < first]


def drop_unfinished(folder: Path) -> None:
    """Take away the files of loads that were to be stored together, of which not each had its file: none is stored."""
    first = _first_of_those_together(folder)
    if first is None:
        return
    for path in folder.glob("[0-9]*.load"):
        if int(path.stem) >= first:
            path.unlink()
    placing.flush(folder)
    (folder / _TOGETHER).unlink()


def _first_of_those_together(folder: Path) -> int | None:
    mark = folder / _TOGETHER
    return int(mark.read_text(encoding="utf-8")) if mark.exists() else None


@contextmanager
def kept(engine: Engine) -> Iterator[Keep]:
    """Around a transaction: what to call at its end, with the loads that it made and the tables in which they have
    rows, to keep them.

    Where the transaction fails after all, their files are taken away again.
    """
    folder = folder_of(engine)
    made: list[Path] = []

    def keep(connection: Connection, numbers: Sequence[int], tables: Iterable[str]) -> None:
        if folder is None:
            return
        if len(numbers) > 1:
            _make(folder)
            with placing.placed(folder / _TOGETHER, placing.PRIVATE) as half:
                half.write_text(str(numbers[0]), encoding="utf-8")
        for load_id in numbers:
            made.append(file_of(folder, load_id))
            write(connection, folder, load_id, tables)
        (folder / _TOGETHER).unlink(missing_ok=True)

    try:
        yield keep
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        if folder is not None:
            (folder / _TOGETHER).unlink(missing_ok=True)
        raise


def _make(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700)
        placing.flush(folder.parent)


def write(connection: Connection, folder: Path, load_id: int, among: Iterable[str] = INCOMING) -> None:
    """Write a load's file, whole and flushed to the disk; `among` the tables in which it can have rows. Raises
    OSError."""
    _make(folder)
    where = f"load_id = {load_id:d}"
    found = filled(connection, among, where)
    tables = {table: list(stored(connection, table, where)) for table in INCOMING if table in found}
    document = sa.text(
        "SELECT document.sha256, document.content FROM document "
        "INNER JOIN load ON load.sha256 = document.sha256 WHERE load.load_id = :load_id"
    )
    rows = [
        {"sha256": sha256, "content": bytes(content)}
        for sha256, content in connection.execute(document, {"load_id": load_id}).all()
    ]
    tables["document"] = [pa.Table.from_pylist(rows, archives.DOCUMENT)]
    with placing.placed(file_of(folder, load_id), placing.PRIVATE) as half:
        counts, digests = {}, {}
        with zipfile.ZipFile(half, "w") as archive:
            for table, pieces in tables.items():
                counts[table], digests[table] = archives.write_table(archive, table, pieces[0].schema, pieces)
            head = tables["seal"][0]["head"][0].as_py() if "seal" in tables else ""
            manifest = {"load_id": load_id, "rows": counts, "members": digests, "head": head}
            archive.writestr(zipfile.ZipInfo(MANIFEST, archives.MADE), json.dumps(manifest, indent=1))


def manifest(path: Path) -> Manifest:
    """What a load's file says of itself. Raises UnreadableLoad."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = json.loads(archive.read(MANIFEST))
            return Manifest(found["load_id"], found["rows"], found.get("head", ""))
    except _BROKEN as error:
        raise UnreadableLoad(path) from error


def prove(path: Path) -> Manifest:
    """Hold every member of a load's file against its SHA-256; what it says of itself. Raises UnreadableLoad."""
    found = manifest(path)
    try:
        with zipfile.ZipFile(path) as archive:
            for table, digest in json.loads(archive.read(MANIFEST))["members"].items():
                if archives.digest(archive, table) != digest:
                    raise UnreadableLoad(path)
    except _BROKEN as error:
        raise UnreadableLoad(path) from error
    return found


def bring(connection: Connection, path: Path) -> Manifest:
    """Add a load from its file to the database, each member held against its SHA-256. Raises UnreadableLoad."""
    found = prove(path)
    try:
        with zipfile.ZipFile(path) as archive:
            for table in found.rows:
                rows = pa.parquet.read_table(io.BytesIO(archive.read(archives.member(table))))
                if table == "document":
                    _bring_documents(connection, rows)
                else:
                    columns = declared(connection, table)
                    append(connection, table, rows.select(columns.names).cast(columns))
    except _BROKEN as error:
        raise UnreadableLoad(path) from error
    return found


def _bring_documents(connection: Connection, rows: pa.Table) -> None:
    for row in rows.to_pylist():
        if hashlib.sha256(row["content"]).hexdigest() != row["sha256"]:
            raise UnreadableLoad(row["sha256"])
        there = sa.text("SELECT COUNT(*) FROM document WHERE sha256 = :sha256")
        if not connection.execute(there, {"sha256": row["sha256"]}).scalar_one():
            connection.execute(sa.text("INSERT INTO document VALUES (:sha256, :content)"), row)
