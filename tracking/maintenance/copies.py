"""A copy to take home: the database as a file that DuckDB opens, and every table as Parquet files by year."""

import errno
import os
import tempfile
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from tracking import database
from tracking.access import acts
from tracking.database import DatabaseUnavailable, loads, placing, states
from tracking.exports import formats
from tracking.maintenance import packages
from tracking.results.tables import dictionary
from tracking.results.tables.columns import COLUMNS
from tracking.results.tables.filters import Chosen
from tracking.words.language import Lang

# Another name than the database's own, so that a copy beside it never takes its place.
DATABASE = "tracking-copy.duckdb"
READ_ONLY = 0o444


def write(engine: Engine, folder: Path, as_of: date, *, lang: Lang) -> int:
    """Put the copy into a folder, over an earlier one; the data version that is in it.

    `tracking-copy.duckdb` may only be read: every table and view of schema.sql is in it, each with what it means.
    `<table>/<year>.parquet` has the table's rows of a data year as of the day, `verdicts/all.parquet` all of them;
    `codes.csv` the code lists, `datapackage.json` (Frictionless) what all of it is, `SHA256SUMS` its sums.
    Raises OSError where the folder cannot be written, Forbidden but for the keeper.
    """
    acts.keepers(engine)
    folder.mkdir(parents=True, exist_ok=True)
    # Beside the earlier one until all of it is there: on a full disk that one stays.
    with tempfile.TemporaryDirectory(dir=folder, prefix=".half") as half:
        made = Path(half)
        # One state for all of it, whatever is loaded in the meantime.
        with database.reading(engine, as_of) as connection:
            version = database.data_version(connection)
            _database(connection, made / DATABASE)
            for table, columns in COLUMNS.items():
                (made / table).mkdir()
                for year in _years(connection, table) if "year" in columns else [None]:
                    chosen: Chosen = {"lang": lang} if year is None else {"lang": lang, "years": (year,)}
                    with (made / table / f"{year or 'all'}.parquet").open("wb") as file:
                        formats.export(connection, table, chosen, "parquet", file)
            packages.describe(connection, made, lang)
        _put(made, folder)
    return version


def _put(made: Path, folder: Path) -> None:
    placing.put(made / DATABASE, folder / DATABASE, READ_ONLY)
    for name in packages.FILES:
        placing.put(made / name, folder / name)
    for table in COLUMNS:
        (folder / table).mkdir(exist_ok=True)
        files = {file.name: file for file in (made / table).iterdir()}
        # A year that was there and is no more would be read with the others.
        for stale in (folder / table).glob("[0-9][0-9][0-9][0-9].parquet"):
            if stale.name not in files:
                stale.unlink()
        for name, file in files.items():
            placing.put(file, folder / table / name)


def _years(connection: sa.Connection, table: str) -> list[int]:
    year: sa.ColumnClause[int] = sa.column("year")
    years = sa.select(year).select_from(sa.table(table)).distinct().order_by(year)
    return list(connection.execute(years).scalars().all())


def _database(source: sa.Connection, path: Path) -> None:
    """Write the database to a file, and see that it opens and is whole. Raises OSError."""
    version = database.data_version(source)
    target = database.connect(f"duckdb:///{path}", create=True)
    try:
        database.initialise(target)
        # In transactions of their own: in one, DuckDB holds them all until its end. And not by `write`, which would
        # keep every load beside the copy too.
        for few in loads.documents(source):
            with target.begin() as connection:
                loads.keep(connection, few)
        with target.begin() as connection:
            states.advance(source, connection, 0, version)
            dictionary.comment(connection)
            # Whoever has the copy may look at all of it.
            database.look(connection, database.scopes(target))
        target.dispose()
        with database.reading(target) as connection:
            if database.data_version(connection) != version:
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
    except (DatabaseUnavailable, OperationalError) as error:
        # It is the copy's disk that fails, not the database.
        raise OSError(errno.EIO, str(error).splitlines()[0], str(path)) from error
    finally:
        target.dispose()
