"""Rows of queries as frames, and frames as rows of tables.

UnfitRows    rows that a table cannot hold
"""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import pandas as pd
import psycopg
import pyarrow
import sqlalchemy as sa
from sqlalchemy import Connection

from tracking.database.drivers import driver_of, is_server

# Rows that are held at one time where a table goes through piece by piece.
CHUNK = 50_000
# A missing value on its way to a server: a sign that no text has, since the empty text is a text.
_MISSING = "\ue000"


class UnfitRows(Exception):
    """Rows that a table cannot hold: other columns or types than its own, a blank or a key twice where none may be."""


def frame(connection: Connection, statement: sa.Select[Any] | sa.TextClause, **values: object) -> pd.DataFrame:
    """The rows of a query, in the engine's own types: text as str, DECIMAL as Decimal objects."""
    if is_server(connection):
        result = connection.execute(statement, values)
        return pd.DataFrame(result.all(), columns=list(result.keys()))
    # Straight to Arrow: a million rows in a second, where row by row takes ten.
    return _executed(connection, statement, values).to_arrow_table().to_pandas()


def frames(connection: Connection, statement: sa.Select[Any]) -> Iterator[pd.DataFrame]:
    """The rows of a query as `frame` gives them, CHUNK at a time; no frame where there are none.

    Until the last one is taken the connection must not be asked for anything else.
    """
    if is_server(connection):
        result = connection.execute(statement, execution_options={"yield_per": CHUNK})
        for rows in result.partitions():
            yield pd.DataFrame(rows, columns=list(result.keys()))
        return
    for batch in _executed(connection, statement, {}).to_arrow_reader(CHUNK):
        yield batch.to_pandas()


def _executed(connection: Connection, statement: sa.Select[Any] | sa.TextClause, values: dict[str, object]):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the driver's own
    compiled = statement.compile(connection, compile_kwargs={"render_postcompile": True})
    parameters = {**compiled.params, **values}
    return driver_of(connection).execute(str(compiled), [parameters[name] for name in compiled.positiontup or ()])


def append(connection: Connection, table: str, rows: pd.DataFrame) -> None:
    """Add a frame's rows to a table, by column names, in the connection's transaction.

    `table` and the column names are ours, never a file's. Missing values become NULL. Raises UnfitRows.
    """
    if rows.empty:
        return
    try:
        _append(connection, table, rows)
    except (duckdb.DataError, duckdb.IntegrityError, psycopg.DataError, psycopg.IntegrityError) as error:
        raise UnfitRows(table) from error


def _append(connection: Connection, table: str, rows: pd.DataFrame) -> None:
    columns = ", ".join(rows.columns)
    driver = driver_of(connection)
    if is_server(connection):
        text = io.StringIO()
        rows.to_csv(text, index=False, header=False, na_rep=_MISSING)
        command = f"COPY {table} ({columns}) FROM STDIN (FORMAT csv, NULL '{_MISSING}')"
        with driver.cursor() as cursor, cursor.copy(command) as copy:
            copy.write(text.getvalue())
        return
    # By itself the driver would look at every text of the frame as an object.
    driver.register("incoming_rows", pyarrow.Table.from_pandas(rows, preserve_index=False))
    try:
        driver.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM incoming_rows")
    finally:
        driver.unregister("incoming_rows")


def check_columns(connection: Connection, table: str, columns: Sequence[str]) -> None:
    """Raises UnfitRows where the names, which can be a file's, are not those of the table's columns."""
    if sorted(columns) != sorted(column["name"] for column in sa.inspect(connection).get_columns(table)):
        raise UnfitRows(table)


def transfer(
    source: Connection,
    target: Connection,
    table: str,
    version: int,
    after: int = 0,
    space_ids: Sequence[str] | None = None,
) -> None:
    """Copy a table's rows of the loads behind `after` up to `version` from one database to another, exactly.

    With `space_ids` those of these spaces alone.
    """
    loads = f"SELECT * FROM {table} WHERE load_id > {after:d} AND load_id <= {version:d}"
    values: dict[str, object] = {} if space_ids is None else {"space_ids": list(space_ids)}
    if space_ids is not None:
        loads += " AND space_id IN (SELECT UNNEST(CAST(:space_ids AS TEXT[])))"
    statement = sa.text(f"{loads} ORDER BY load_id")
    if is_server(source) or is_server(target):
        append(target, table, frame(source, statement, **values))
        return
    rows = _executed(source, statement, values).to_arrow_table()
    driver = driver_of(target)
    driver.register("transferred_rows", rows)
    driver.execute(f"INSERT INTO {table} SELECT * FROM transferred_rows")
    driver.unregister("transferred_rows")


def typed(frame: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    """The frame with each column in its declared type, whichever engine it came from."""
    if frame.empty:
        # A text without a chunk, as Arrow gives it, is what pandas 3.1 can neither merge nor join.
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
    # Most are so already, and to cast them all costs a frame of few rows more than reading it did.
    are = frame.dtypes.to_dict()
    others = {name: frame[name].astype(kind) for name, kind in columns.items() if are[name] != kind}
    return frame.assign(**others)[list(columns)]
