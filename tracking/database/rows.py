"""Rows of queries as frames, and frames as rows of tables.

UnfitRows    rows that a table cannot hold
"""

import io
import secrets
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import psycopg
import pyarrow
import pyarrow.csv
import sqlalchemy as sa
from pandas.api.types import pandas_dtype
from sqlalchemy import Connection

from tracking.database import timing
from tracking.database.drivers import bound, driver_of, is_server, keep_open

# `frame` makes that copy, of few rows, and knows it.
warnings.filterwarnings("ignore", "Arrow output on a DB-API result makes an extra copy", UserWarning)
# Rows that are held at one time where a table goes through piece by piece.
CHUNK = 50_000
# Text goes to a server in quotes, so that the empty text is one and what is missing is none.
_LINES = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")
# How the types that schema.sql declares are called in Arrow.
_ARROW: dict[type[sa.types.TypeEngine[Any]], Callable[[Any], pyarrow.DataType]] = {
    sa.Integer: lambda _: pyarrow.int32(),
    sa.Boolean: lambda _: pyarrow.bool_(),
    sa.Float: lambda _: pyarrow.float64(),
    sa.Numeric: lambda declared: pyarrow.decimal128(declared.precision, declared.scale),
    sa.DateTime: lambda _: pyarrow.timestamp("us"),
    sa.Date: lambda _: pyarrow.date32(),
    sa.LargeBinary: lambda _: pyarrow.binary(),
    sa.String: lambda _: pyarrow.string(),
}


class UnfitRows(Exception):
    """Rows that a table cannot hold: other columns or types than its own, a blank or a key twice where none may be."""


def frame(connection: Connection, statement: sa.Select[Any] | sa.TextClause, **values: object) -> pd.DataFrame:
    """The rows of a query, in the engine's own types: text as str, DECIMAL as Decimal objects."""
    if not is_server(connection):
        rows = arrow(connection, statement, **values)
        found = rows.to_pandas()
        if rows.num_rows:
            return found
        # A text without a chunk, as Arrow gives it then, is what pandas 3.1 can neither merge nor join.
        columns = {at: pd.Series(dtype=kind) for at, kind in enumerate(found.dtypes)}
        return pd.DataFrame(columns).set_axis(found.columns, axis="columns")
    result = connection.execute(statement, values)
    return pd.DataFrame(result.all(), columns=list(result.keys()))


def arrow(connection: Connection, statement: sa.Select[Any] | sa.TextClause, **values: object) -> pyarrow.Table:
    """The same rows in Arrow, to be added to a table: nothing is made of them on the way from an embedded database."""
    if is_server(connection):
        return pyarrow.Table.from_pandas(frame(connection, statement, **values), preserve_index=False)
    # Straight to Arrow: a million rows in a second, where row by row takes ten.
    # Not by `sql`, which plans a query twice: of few rows that takes longer than to copy them once more.
    with timing.timed(statement):
        return driver_of(connection).execute(*bound(connection, statement, values)).to_arrow_table()


def value(connection: Connection, statement: sa.TextClause, values: Mapping[str, object] | None = None) -> Any:
    """The first column of the first row of a query, None where there is none.

    The result is read to its end: left open, it stands in the way of the next frame on an embedded connection.
    """
    rows = connection.execute(statement, values).all()
    return rows[0][0] if rows else None


def frames(connection: Connection, statement: sa.Select[Any]) -> Iterator[pd.DataFrame]:
    """The rows of a query as `frame` gives them, CHUNK at a time; no frame where there are none.

    Until the last one is taken the connection must not be asked for anything else.
    """
    if is_server(connection):
        result = connection.execute(statement, execution_options={"yield_per": CHUNK})
        for rows in result.partitions():
            yield pd.DataFrame(rows, columns=list(result.keys()))
        return
    for batch in _batches(connection, statement, {}):
        yield batch.to_pandas()


def _batches(
    connection: Connection, statement: sa.Select[Any] | sa.TextClause, values: dict[str, object]
) -> Iterator[pyarrow.RecordBatch]:
    reader = _executed(connection, statement, values).to_arrow_reader(CHUNK)
    keep_open(connection, reader)
    yield from reader


def _executed(connection: Connection, statement: sa.Select[Any] | sa.TextClause, values: dict[str, object]):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the driver's own
    query, given = bound(connection, statement, values)
    # What `execute` gives would be copied once more on its way to Arrow.
    return driver_of(connection).sql(query, params=given or None)


def declared(connection: Connection, table: str) -> pyarrow.Schema:
    """The columns of one of our tables in the types that the schema declares."""
    return pyarrow.schema(
        [
            pyarrow.field(column["name"], _arrow(column["type"]), column["nullable"])
            for column in sa.inspect(connection).get_columns(table)
        ]
    )


def _arrow(declared: sa.types.TypeEngine[Any]) -> pyarrow.DataType:
    return next(arrow(declared) for kind, arrow in _ARROW.items() if isinstance(declared, kind))


def stored(connection: Connection, table: str, where: str = "TRUE", **values: object) -> Iterator[pyarrow.Table]:
    """A table's rows, typed as it is declared and ordered by all columns, CHUNK at a time.

    Nothing is guessed from the values: a column that is half filled, or not at all, has its type. Until the last is
    taken the connection must not be asked for anything else.
    """
    if not is_server(connection):
        statement = sa.text(f"SELECT * FROM {table} WHERE {where} ORDER BY ALL")
        for batch in _batches(connection, statement, values):
            yield pyarrow.Table.from_batches([batch])
        return
    columns = declared(connection, table)
    order = ", ".join(columns.names)
    statement = sa.text(f"SELECT {order} FROM {table} WHERE {where} ORDER BY {order}")
    result = connection.execute(statement, values, execution_options={"yield_per": CHUNK})
    for rows in result.partitions():
        by_column = zip(zip(*rows, strict=True), columns.types, strict=True)
        yield pyarrow.table([pyarrow.array(cells, kind) for cells, kind in by_column], schema=columns)


def append(connection: Connection, table: str, rows: pd.DataFrame | pyarrow.Table) -> None:
    """Add rows to a table, by column names, in the connection's transaction.

    `table` and the column names are ours, never a file's. Missing values become NULL. Raises UnfitRows.
    """
    if not len(rows):
        return
    try:
        # By itself DuckDB would look at every text of a frame as an object.
        arrow = rows if isinstance(rows, pyarrow.Table) else pyarrow.Table.from_pandas(rows, preserve_index=False)
        _append(connection, table, arrow)
    except (duckdb.DataError, duckdb.IntegrityError, psycopg.DataError, psycopg.IntegrityError) as error:
        raise UnfitRows(table) from error


def _append(connection: Connection, table: str, rows: pyarrow.Table) -> None:
    columns = ", ".join(rows.column_names)
    driver = driver_of(connection)
    if is_server(connection):
        lines = io.BytesIO()
        # Of a column with an empty chunk it would write whatever was in memory before.
        pyarrow.csv.write_csv(rows.combine_chunks(), lines, _LINES)
        with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT csv)") as copy:
            copy.write(lines.getbuffer())
        return
    driver.register("incoming_rows", rows)
    driver.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM incoming_rows")
    # Not where that failed: nothing but a rollback is taken then, and the next ones take the name over.
    driver.unregister("incoming_rows")


def lines(connection: Connection, statement: sa.TextClause) -> Iterator[tuple[int, memoryview]]:
    """What a query of a number and a text gives, in its order: for each number the bytes of its texts, in pieces.

    Until the last is taken the connection must not be asked for anything else.
    """
    if is_server(connection):
        result = connection.execute(statement, execution_options={"yield_per": CHUNK})
        for rows in result.partitions():
            for number, texts in groupby(rows, itemgetter(0)):
                yield number, memoryview("".join(text for _, text in texts).encode())
        return
    for batch in _batches(connection, statement, {}):
        numbers, texts = batch.column(0).to_numpy(), batch.column(1).cast(pyarrow.large_string())
        _, offsets, content = texts.buffers()
        starts = np.frombuffer(offsets, dtype=np.int64)[texts.offset :]
        cuts = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(numbers)]
        for first, end in pairwise(cuts):
            if end > first:
                yield int(numbers[first]), memoryview(content)[starts[first] : starts[end]]


def filled(connection: Connection, tables: Iterable[str], where: str) -> set[str]:
    """Those of some tables that have such rows: a load is in two or three, and to ask each costs more than this."""
    rows = (f"(SELECT CAST('{table}' AS TEXT) AS named FROM {table} WHERE {where} LIMIT 1)" for table in tables)
    return set(connection.execute(sa.text(" UNION ALL ".join(rows))).scalars().all())


def alike(connection: Connection, one: str, other: str) -> bool:
    """Whether two tables or views are seen to have the same rows at a glance; a server has none, and it is False.

    Each is gone through once and nothing of it is kept: the sums of the rows' hashes, which nobody can aim at, since
    they are salted anew each time.
    """
    if is_server(connection):
        return False
    sums = "(SELECT SUM(CAST(HASH(piece, :salt) AS HUGEINT)) FROM {} AS piece)"
    statement = sa.text(f"SELECT {sums.format(one)} IS NOT DISTINCT FROM {sums.format(other)}")
    return bool(connection.execute(statement, {"salt": secrets.token_hex(16)}).scalar_one())


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
    where = f"load_id > {after:d} AND load_id <= {version:d}"
    values: dict[str, object] = {} if space_ids is None else {"space_ids": list(space_ids)}
    if space_ids is not None:
        where += " AND space_id IN (SELECT UNNEST(CAST(:space_ids AS TEXT[])))"
    if is_server(source) or is_server(target):
        for few in stored(source, table, where, **values):
            append(target, table, few)
        return
    rows = _executed(source, sa.text(f"SELECT * FROM {table} WHERE {where} ORDER BY load_id"), values).to_arrow_table()
    driver = driver_of(target)
    driver.register("transferred_rows", rows)
    driver.execute(f"INSERT INTO {table} SELECT * FROM transferred_rows")
    driver.unregister("transferred_rows")


def typed(frame: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    """The frame with each column in its declared type, whichever engine it came from."""
    if frame.empty:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
    # Most are so already, and to cast them all costs a frame of few rows more than reading it did; so does to put them
    # into the frame one by one.
    arrays = {name: _of_type(frame[name], _type(kind)).array for name, kind in columns.items()}
    return pd.DataFrame(arrays, index=frame.index, copy=True)


_type = cache(pandas_dtype)


def _of_type(column: "pd.Series[Any]", kind: object) -> "pd.Series[Any]":
    return column if column.dtype == kind else column.astype(kind)
