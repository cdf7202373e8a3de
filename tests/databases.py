"""Databases for the tests: each a copy of one that is made once, since making the schema takes ten times as long."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tests import city as cities
from tests.policies import SHANGHAI
from tracking import database
from tracking.database import in_memory, journal, loads
from tracking.database.drivers import driver_of
from tracking.database.rows import stored
from tracking.maintenance import sample
from tracking.policy import loading as policies

# Names the folder of originals that all the processes which run the tests share.
SHARED = "ORIGINALS_OF_TESTS"


def empty() -> Engine:
    """A fresh DuckDB in memory, with the schema."""
    return _in_memory(_empty())


def shanghai() -> Engine:
    """The same with Shanghai's policy in force."""
    return _in_memory(_shanghai())


def programme() -> Engine:
    """The same with the made-up programme."""
    return _in_memory(_programme())


def small() -> Engine:
    """The same with the filings of a dozen made-up spaces for two years."""
    return _in_memory(_small())


def city() -> Engine:
    """The same with a made-up city of 600 spaces."""
    return _in_memory(_city())


def city_at(file: Path) -> str:
    """The address of a database in this file, with the made-up city."""
    return _placed(_city(), file)


def shanghai_at(file: Path) -> str:
    """The address of a database in this file, with Shanghai's policy in force."""
    return _placed(_shanghai(), file)


def programme_at(file: Path) -> str:
    """The address of a database in this file, with the made-up programme."""
    return _placed(_programme(), file)


Fill = Callable[[Engine], object]


def filled(engine: Engine, fill: Fill) -> Engine:
    """Bring into a fresh database, empty or with Shanghai's policy, what `fill` does to one with that policy.

    It is done once, on DuckDB: its rows and its files of loads are copied, on either engine in a tenth of the time.
    """
    _, folder = _filled(fill)
    database.write_beside(engine, lambda connection: _bring(connection, fill))
    own = journal.folder_of(engine)
    if own is not None:
        shutil.copytree(folder, own, dirs_exist_ok=True)
    return engine


def filled_at(file: Path, fill: Fill) -> str:
    """The address of a database in this file, as `fill` makes it with Shanghai's policy in force."""
    _filled(fill)
    return _placed(_original(fill), file)


def _original(fill: Fill) -> Path:
    return Path(_folder().name) / f"{fill.__module__}.{fill.__qualname__}.duckdb"


@cache
def _filled(fill: Fill) -> tuple[Mapping[str, pa.Table], Path]:
    """What is in a database after it, by table, and the folder of its loads."""
    file = _original(fill)
    engine = database.connect(_placed(_shanghai(), file))
    fill(engine)
    rows = _rows(engine)
    return rows, file.with_name(f"{file.name}.loads")


def _rows(engine: Engine) -> Mapping[str, pa.Table]:
    """What is in a database, by table. It is closed."""
    with database.reading(engine) as connection:
        # What is chosen is the reader's own; a shape and the rules are there with the schema.
        tables = {*sa.inspect(connection).get_table_names()} - {"chosen_day", "chosen_viewer", "judged_by"}
        found = {table: list(stored(connection, table)) for table in sorted(tables - {"schema_version"})}
    engine.dispose()
    return {table: pa.concat_tables(pieces) for table, pieces in found.items() if pieces}


@cache
def _beyond(fill: Fill, begun: Callable[[], Engine]) -> Mapping[str, pa.Table]:
    """What is in a database after it that is not there when it is begun."""
    there, found = _rows(begun()), {}
    for table, rows in _filled(fill)[0].items():
        # Of the policy each table has its number or its name first.
        key = rows.column_names[0]
        known = there[table][key] if table in there else pa.array([], rows[key].type)
        found[table] = rows.filter(pa.compute.invert(pa.compute.is_in(rows[key], known)))
    return {table: rows for table, rows in found.items() if len(rows)}


def _bring(connection: Connection, fill: Fill) -> None:
    begun = (empty, shanghai)[database.data_version(connection)]
    for table, new in _beyond(fill, begun).items():
        if table == "document":
            # Bytes are no text, as which all else is sent to a server.
            loads.keep(connection, [loads.Document(**row) for row in new.to_pylist()])
        else:
            database.append(connection, table, new)


@cache
def _empty() -> Path:
    return _made("empty", lambda _: None)


@cache
def _shanghai() -> Path:
    return _made("shanghai", lambda engine: policies.load(engine, SHANGHAI, by="tests"))


@cache
def _programme() -> Path:
    return _enrolled("programme", sample.load)


@cache
def _city() -> Path:
    return _enrolled("city", cities.fill)


def _enrolled(name: str, fill: Fill) -> Path:
    """One with Shanghai's policy in force, and what is filled in by it."""

    def work(engine: Engine) -> None:
        policies.load(engine, SHANGHAI, by="tests")
        fill(engine)

    return _made(name, work)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Where the originals of this process are, as long as the tests run."""
    return tempfile.TemporaryDirectory(prefix="originals-")


@cache
def _small() -> Path:
    def fill(engine: Engine) -> None:
        with tempfile.TemporaryDirectory() as folder:
            sample.write(Path(folder), spaces=12, years=2)
            sample.load(engine, Path(folder))

    return _enrolled("small", fill)


def _made(name: str, fill: Callable[[Engine], object]) -> Path:
    folder = Path(os.environ.get(SHARED) or _folder().name) / name
    with _alone(folder):
        if not folder.exists():
            half = folder.with_name(f"{name}.half")
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            engine = database.connect(f"duckdb:///{half / name}.duckdb", create=True)
            database.initialise(engine)
            fill(engine)
            engine.dispose()
            half.rename(folder)
    return folder / f"{name}.duckdb"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While no other process makes it."""
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def by_one_thread(engine: Engine) -> None:
    """Have a DuckDB do its work in the thread that asks: few rows come sooner so."""
    with engine.connect() as connection:
        driver_of(connection).execute("SET threads = 1")


def _in_memory(original: Path) -> Engine:
    engine = database.connect("duckdb://", create=True)
    by_one_thread(engine)
    with engine.connect() as connection:
        in_memory.take_over(connection, original)
    return engine


def _placed(original: Path, file: Path) -> str:
    shutil.copy(original, file)
    shutil.copytree(original.with_name(f"{original.name}.loads"), file.with_name(f"{file.name}.loads"))
    return f"duckdb:///{file}"
