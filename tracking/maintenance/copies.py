"""A copy to take home: the database as a file that DuckDB opens, and every table as Parquet files by year."""

import os
import stat
import tempfile
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.database import loads, states
from tracking.exports import formats
from tracking.results.tables import dictionary
from tracking.results.tables.columns import COLUMNS
from tracking.results.tables.filters import Chosen
from tracking.words.language import Lang

# Another name than the database's own, so that a copy beside it never takes its place.
DATABASE = "tracking-copy.duckdb"


def write(engine: Engine, folder: Path, as_of: date, *, lang: Lang) -> int:
    """Put the copy into a folder, over an earlier one; the data version that is in it.

    `tracking-copy.duckdb` may only be read: every table and view of schema.sql is in it, each with what it means.
    `<table>/<year>.parquet` has the table's rows of a data year as of the day, `verdicts/all.parquet` all of them.
    Raises OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # One state for all of it, whatever is loaded in the meantime.
    with database.reading(engine, as_of) as connection:
        _database(connection, folder / DATABASE)
        for table, columns in COLUMNS.items():
            (folder / table).mkdir(exist_ok=True)
            # A year that was there and is no more would be read with the others.
            for stale in (folder / table).glob("[0-9][0-9][0-9][0-9].parquet"):
                stale.unlink()
            for year in _years(connection, table) if "year" in columns else [None]:
                chosen: Chosen = {"lang": lang} if year is None else {"lang": lang, "years": (year,)}
                with (folder / table / f"{year or 'all'}.parquet").open("wb") as file:
                    formats.export(connection, table, chosen, "parquet", file)
        return database.data_version(connection)


def _years(connection: sa.Connection, table: str) -> list[int]:
    year: sa.ColumnClause[int] = sa.column("year")
    years = sa.select(year).select_from(sa.table(table)).distinct().order_by(year)
    return list(connection.execute(years).scalars().all())


def _database(source: sa.Connection, path: Path) -> None:
    """Write the database to a file beside its place, then put it there at once: who reads it has one or the other."""
    with tempfile.TemporaryDirectory(dir=path.parent) as beside:
        made = Path(beside) / path.name
        target = database.connect(f"duckdb:///{made}", create=True)
        try:
            database.initialise(target)
            # In transactions of their own: in one, DuckDB holds them all until its end.
            for few in loads.documents(source):
                with target.begin() as connection:
                    loads.keep(connection, few)
            with target.begin() as connection:
                states.advance(source, connection, 0, database.data_version(source))
                dictionary.comment(connection)
        finally:
            target.dispose()
        made.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        os.replace(made, path)
